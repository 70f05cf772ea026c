//! The choices of a schema: alternatives as tabs that are readable one below the other, or a list of links.

use super::Reference;
use super::push_code;
use super::tree::Scope;
use crate::render::html::HtmlBuilder;
use crate::schema::effective::Branch;
use crate::schema::{Choice, ChoiceKind, Effective, anchor, words};

/// More branches than this become a list of links.
const TABS: usize = 20;

impl<'a> Reference<'a> {
    /// Adds every choice that is still open.
    pub(super) fn push_choices(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>, scope: &Scope<'_>) {
        for choice in &inner.choices {
            let branches = choice.labelled(self.schemas, inner);
            html.push_markup("<div class=\"schema__choice\"><p class=\"schema__note\">");
            html.push_text(match choice.kind {
                ChoiceKind::One => "Exactly one of:",
                ChoiceKind::Any => "One or more of:",
                ChoiceKind::Child => "One of the schemas that extend it:",
            });
            html.push_markup("</p>");
            let affordable = self.spent < super::TREE_BYTES && scope.depth < self.settings.limits.inline_depth;
            match branches.len() <= TABS && affordable {
                true => self.push_tabs(html, choice, &branches, inner, scope),
                false => self.push_branch_list(html, &branches, inner, scope),
            }
            html.push_markup("</div>");
        }
        self.push_mapping(html, inner);
    }

    fn push_tabs(
        &mut self,
        html: &mut HtmlBuilder,
        choice: &Choice,
        branches: &[Branch],
        inner: &Effective<'a>,
        scope: &Scope<'_>,
    ) {
        let group = self.id(&format!("{}-choice", scope.prefix));
        html.push_markup("<div class=\"tabs\"");
        html.push_attribute("data-tabs", &format!("oneof-{group}"));
        html.push_markup(">");
        for branch in branches {
            let part = anchor::part(&branch.label);
            let id = self.id(&format!("{}-{part}", scope.prefix));
            html.push_markup("<section class=\"tabs__panel\"");
            html.push_attribute("id", &id);
            html.push_attribute("data-tab", &part);
            html.push_markup("><p class=\"tabs__label\">");
            html.push_text(&branch.label);
            html.push_markup("</p>");
            self.push_branch(html, choice, branch, inner, &Scope { prefix: id, ..scope.clone() });
            html.push_markup("</section>");
        }
        html.push_markup("</div>");
    }

    fn push_branch(
        &mut self,
        html: &mut HtmlBuilder,
        choice: &Choice,
        branch: &Branch,
        inner: &Effective<'a>,
        scope: &Scope<'_>,
    ) {
        let effective = self.schemas.effective(&[branch.id]);
        html.push_markup("<p class=\"schema__type\">");
        self.push_type(html, &[branch.id], &effective);
        self.push_rules(html, &effective);
        self.push_marks(html, &effective, scope);
        push_chosen_by(html, inner, branch);
        html.push_markup("</p>");
        let mut scope = Scope { depth: scope.depth + 1, ..scope.clone() };
        scope.discriminator = inner.discriminator.map(|(discriminator, _)| discriminator.property.clone());
        if choice.kind == ChoiceKind::Child {
            scope.without = self.schemas.effective(&[choice.owner]).layers;
        }
        for prose in effective.descriptions.clone() {
            self.push_prose(html, "prose field__text", prose);
        }
        self.push_facts(html, &effective, &scope, false);
        self.push_branch_fields(html, &effective, &scope);
    }

    fn push_branch_list(
        &mut self,
        html: &mut HtmlBuilder,
        branches: &[Branch],
        inner: &Effective<'a>,
        scope: &Scope<'_>,
    ) {
        html.push_markup("<ul class=\"schema__branches\">");
        for branch in branches {
            self.spent += 80;
            html.push_markup("<li>");
            match branch.identity {
                Some(identity) => {
                    self.push_schema_name(html, identity);
                    push_chosen_by(html, inner, branch);
                    let around = self.schemas.get(branch.id).description.as_ref();
                    if let Some(prose) = around.filter(|_| identity != branch.id) {
                        self.push_prose(html, "prose field__text", prose);
                    }
                }
                None => self.push_unnamed_branch(html, branch, inner, scope),
            }
            html.push_markup("</li>");
        }
        html.push_markup("</ul>");
    }

    /// A branch without a page of its own is shown here or nowhere.
    fn push_unnamed_branch(
        &mut self,
        html: &mut HtmlBuilder,
        branch: &Branch,
        inner: &Effective<'a>,
        scope: &Scope<'_>,
    ) {
        let effective = self.schemas.effective(&[branch.id]);
        html.push_text(&branch.label);
        html.push_markup(" ");
        self.push_type(html, &[branch.id], &effective);
        self.push_rules(html, &effective);
        self.push_marks(html, &effective, scope);
        push_chosen_by(html, inner, branch);
        for prose in effective.descriptions.clone() {
            self.push_prose(html, "prose field__text", prose);
        }
        let mut scope = scope.inside(&branch.label);
        scope.discriminator = inner.discriminator.map(|(discriminator, _)| discriminator.property.clone());
        self.push_facts(html, &effective, &scope, false);
        self.push_nested(html, &effective, &scope);
    }

    /// Adds the mapped values that no branch shows.
    fn push_mapping(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>) {
        let Some((discriminator, _)) = inner.discriminator else { return };
        let branches = || inner.choices.iter().flat_map(|choice| &choice.branches);
        let shown = |target: Option<crate::model::api::SchemaId>| {
            let identity = target.and_then(|target| self.schemas.identity(target));
            identity.is_some() && branches().any(|branch| self.schemas.identity(*branch) == identity)
        };
        if inner.fixed_discriminator(self.schemas).is_some() {
            return;
        }
        let left: Vec<_> = discriminator.mapping.iter().filter(|(_, _, target)| !shown(*target)).collect();
        if left.is_empty() && discriminator.default_mapping.is_none() {
            return;
        }
        html.push_markup("<ul class=\"field__facts\">");
        for (value, written, target) in left {
            html.push_markup("<li>");
            push_code(html, &format!("{} = {value}", discriminator.property));
            html.push_markup(" is ");
            match target {
                Some(target) => self.push_schema_name(html, *target),
                None => push_code(html, written),
            }
            html.push_markup("</li>");
        }
        if let Some((written, target)) = &discriminator.default_mapping {
            let needed =
                inner.object.properties.iter().any(|known| *known.name == discriminator.property && known.required);
            html.push_markup(if needed { "<li>Any other value is " } else { "<li>Any other value, or none, is " });
            match target {
                Some(target) => self.push_schema_name(html, *target),
                None => push_code(html, written),
            }
            html.push_markup("</li>");
        }
        html.push_markup("</ul>");
    }
}

/// Adds the value of the discriminator that chooses a branch.
fn push_chosen_by(html: &mut HtmlBuilder, inner: &Effective<'_>, branch: &Branch) {
    let Some((discriminator, _)) = inner.discriminator else { return };
    for (at, value) in branch.values.iter().enumerate() {
        if at == 0 {
            html.push_markup(" when ");
            push_code(html, &discriminator.property);
        }
        html.push_markup(if at == 0 { " is " } else { " or " });
        push_code(html, &words::value(&crate::schema::example::string(value.clone())));
    }
}
