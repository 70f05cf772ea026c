//! What is said about a value besides its type: enumerated values, default, examples, XML, extensions, problems.

use super::tree::Scope;
use super::{Reference, push_box, push_code, push_docs_link, push_keywords};
use crate::model::api::{SchemaId, Xml};
use crate::model::node::{Node, Value};
use crate::render::html::HtmlBuilder;
use crate::schema::effective::EnumValue;
use crate::schema::{Effective, words};

/// More values than this are folded.
const SHOWN_VALUES: usize = 12;
/// Longer examples are folded.
const SHOWN_CHARACTERS: usize = 300;

impl<'a> Reference<'a> {
    /// Adds the facts of a value. `structured` leaves the examples out: they are shown whole elsewhere.
    pub(super) fn push_facts(
        &mut self,
        html: &mut HtmlBuilder,
        effective: &Effective<'a>,
        scope: &Scope<'_>,
        structured: bool,
    ) {
        self.push_extension_point(html, effective);
        self.push_values(html, effective);
        let mut facts = HtmlBuilder::new();
        if let Some(constant) = effective.constant {
            push_fact(&mut facts, "Always", constant);
        }
        if let Some(default) = effective.default {
            push_fact(&mut facts, "Default", default);
        }
        if !structured {
            for example in effective.examples {
                push_fact(&mut facts, "Example", example);
            }
        }
        if effective.null_not_listed {
            facts.push_markup("<li><code>null</code> is allowed, though the list does not name it</li>");
        }
        self.push_extra_facts(&mut facts, effective, scope);
        let facts = facts.finish();
        if !facts.is_empty() {
            self.spent += facts.as_str().len();
            html.push_markup("<ul class=\"field__facts\">");
            html.push_safe(&facts);
            html.push_markup("</ul>");
        }
        self.push_content_schema(html, effective, scope);
        self.push_extensions(html, effective.extensions.iter().copied());
        self.push_comments(html, effective);
        self.push_unknown(html, effective);
        self.push_faults(html, effective);
    }

    pub(super) fn push_extension_point(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>) {
        let Some(written) = effective.dynamic else { return };
        html.push_markup("<p class=\"schema__note\">Extension point ");
        push_code(html, written);
        html.push_markup(": another schema may put its own type here");
        let dynamic = |id: &SchemaId| self.schemas.get(*id).reference.as_deref().filter(|reference| reference.dynamic);
        let target = effective.layers.iter().find_map(|id| self.schemas.identity(dynamic(id)?.target?));
        if let Some(target) = target {
            html.push_markup("; by default it is ");
            self.push_schema_name(html, target);
        }
        html.push_markup(".</p>");
    }

    /// Adds the comments of the description's authors to one another, when the settings ask for them.
    fn push_comments(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>) {
        if !self.settings.show_comments {
            return;
        }
        for layer in &effective.layers {
            let comment = self.schemas.get(*layer).rare.as_deref().and_then(|rare| rare.comment.as_ref());
            if let Some(comment) = comment {
                html.push_markup("<p class=\"schema__note\">Comment: ");
                html.push_text(comment);
                html.push_markup("</p>");
            }
        }
    }

    fn push_extra_facts(&mut self, facts: &mut HtmlBuilder, effective: &Effective<'a>, scope: &Scope<'_>) {
        if let Some(xml) = effective.xml.filter(|_| scope.xml || scope.direction == crate::schema::Direction::Either) {
            push_xml(facts, xml);
        }
        if let Some(docs) = effective.external_docs {
            facts.push_markup("<li>");
            push_docs_link(facts, docs);
            facts.push_markup("</li>");
        }
        let text = ["x-deprecated-description", "x-deprecation-reason", "x-deprecated"];
        for note in text.iter().filter_map(|name| effective.extension(name)?.as_str()) {
            facts.push_markup("<li>");
            facts.push_text(note);
            facts.push_markup("</li>");
        }
    }

    fn push_values(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>) {
        let Some(values) = effective.values.as_ref().filter(|_| effective.constant.is_none()) else { return };
        if values.iter().any(EnumValue::is_explained) {
            return self.push_value_table(html, values);
        }
        let (shown, folded) =
            values.split_at(if values.len() > SHOWN_VALUES + 2 { SHOWN_VALUES } else { values.len() });
        html.push_markup("<div class=\"field__enum\">");
        html.push_text(if values.len() == 1 { "Always" } else { "One of" });
        self.push_value_chips(html, shown);
        if !folded.is_empty() {
            html.push_markup("<details><summary>");
            html.push_text(&format!("{} more values", folded.len()));
            html.push_markup("</summary>");
            self.push_value_chips(html, folded);
            html.push_markup("</details>");
        }
        html.push_markup("</div>");
    }

    fn push_value_chips(&mut self, html: &mut HtmlBuilder, values: &[EnumValue<'a>]) {
        for value in values {
            let text = words::value(value.value);
            self.spent += text.len() + 30;
            html.push_markup(" <code class=\"chip\">");
            html.push_text(&text);
            html.push_markup("</code>");
        }
    }

    fn push_value_table(&mut self, html: &mut HtmlBuilder, values: &[EnumValue<'a>]) {
        let folded = values.len() > SHOWN_VALUES * 2;
        if folded {
            html.push_markup("<details><summary>");
            html.push_text(&format!("One of {} values", values.len()));
            html.push_markup("</summary>");
        }
        html.push_markup(
            "<table class=\"enum\"><thead><tr><th scope=\"col\">Value</th><th scope=\"col\">Meaning</th></tr></thead><tbody>",
        );
        for value in values {
            self.spent += 80;
            html.push_markup("<tr><th scope=\"row\">");
            push_code(html, &words::value(value.value));
            html.push_markup("</th><td>");
            if value.deprecated {
                html.push_markup("<span class=\"chip chip--warn\">deprecated</span> ");
            }
            if let Some(label) = &value.label {
                html.push_markup("<b>");
                html.push_text(label);
                html.push_markup("</b> ");
            }
            if let Some(text) = &value.text {
                html.push_text(text);
            }
            if let Some(prose) = value.prose {
                self.push_prose(html, "prose", prose);
            }
            html.push_markup("</td></tr>");
        }
        html.push_markup("</tbody></table>");
        if folded {
            html.push_markup("</details>");
        }
    }

    fn push_content_schema(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>, scope: &Scope<'_>) {
        let Some(content) = effective.string.content_schema else { return };
        let inner = self.schemas.effective(&[content]);
        html.push_markup("<div class=\"field__items\"><span class=\"field__label\">The text holds</span> ");
        self.push_type(html, &[content], &inner);
        self.push_rules(html, &inner);
        let scope = scope.inside("content");
        for prose in inner.descriptions.clone() {
            self.push_prose(html, "prose field__text", prose);
        }
        self.push_facts(html, &inner, &scope, false);
        self.push_nested(html, &inner, &scope);
        html.push_markup("</div>");
    }

    fn push_unknown(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>) {
        if effective.unknown.is_empty() {
            return;
        }
        html.push_markup("<details class=\"schema__other\"><summary>Other keywords</summary>");
        push_keywords(html, &effective.unknown);
        html.push_markup("</details>");
    }

    fn push_faults(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>) {
        for problem in &effective.problems {
            self.push_problem(html, problem);
        }
        for conflict in &effective.conflicts {
            push_box(html, conflict, None);
        }
        if effective.circular {
            push_box(html, "these references lead only to one another", None);
        }
    }
}

impl EnumValue<'_> {
    /// Returns true when something is said about the value.
    pub(super) fn is_explained(&self) -> bool {
        self.label.is_some() || self.text.is_some() || self.prose.is_some() || self.deprecated
    }
}

/// Adds a word and a value.
pub(super) fn push_fact(html: &mut HtmlBuilder, word: &'static str, value: &Node) {
    let text = as_typed(value);
    html.push_markup("<li>");
    if text.len() > SHOWN_CHARACTERS {
        html.push_markup("<details><summary>");
        html.push_markup(word);
        html.push_markup("</summary><pre tabindex=\"0\"><code>");
        html.push_safe(&crate::render::code::json(value).html());
        html.push_markup("</code></pre></details></li>");
        return;
    }
    html.push_markup(word);
    html.push_markup(" ");
    push_code(html, &text);
    html.push_markup("</li>");
}

/// A string without quotes, unless it would then look like something else.
pub(super) fn as_typed(value: &Node) -> String {
    let Value::String(text) = &value.value else { return words::value(value) };
    let looks_like_another = matches!(&**text, "" | "true" | "false" | "null")
        || text.trim() != &**text
        || text.starts_with(['[', '{', '"'])
        || serde_json::from_str::<serde_json::Number>(text).is_ok();
    if looks_like_another { words::value(value) } else { text.to_string() }
}

fn push_xml(html: &mut HtmlBuilder, xml: &Xml) {
    html.push_markup("<li>As XML: ");
    let kind = match (&xml.node_type, xml.attribute, xml.wrapped) {
        (Some(node_type), _, _) => node_type.to_string(),
        (None, true, _) => "attribute".into(),
        (None, false, true) => "element around the items".into(),
        (None, false, false) => "element".into(),
    };
    html.push_text(&kind);
    if let Some(name) = &xml.name {
        html.push_markup(" ");
        push_code(html, name);
    }
    for (word, value) in [(", prefix ", &xml.prefix), (", namespace ", &xml.namespace)] {
        if let Some(value) = value {
            html.push_markup(word);
            push_code(html, value);
        }
    }
    html.push_markup("</li>");
}
