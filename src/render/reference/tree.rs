//! A schema as a tree of fields: what stands directly, what opens, and where a link takes over.

use super::fields::{Name, Row};
use super::{Reference, TREE_BYTES};
use crate::model::api::{MediaType, SchemaId};
use crate::render::html::HtmlBuilder;
use crate::schema::effective::Property;
use crate::schema::{Direction, Effective, anchor};

/// Nested fields are open in the page when they are at most so many and stand at the first level.
const OPEN_FIELDS: usize = 8;
/// Lists of lists and maps of maps are looked through this deep.
const PEELED: usize = 8;

/// Where in a page a schema is shown.
#[derive(Debug, Clone)]
pub struct Scope<'m> {
    /// Which way the value travels.
    pub direction: Direction,
    /// What every anchor begins with.
    pub prefix: String,
    /// How many fields it stands inside.
    pub depth: usize,
    /// Notes say what each field is in XML.
    pub xml: bool,
    /// The form whose encodings the first level's fields have.
    pub form: Option<&'m MediaType>,
    /// Fields that come from these schemas are shown already.
    pub without: Vec<SchemaId>,
}

impl Scope<'_> {
    /// Returns the scope of a whole body, header or page.
    pub fn new(direction: Direction, prefix: &str) -> Scope<'static> {
        Scope { direction, prefix: prefix.into(), depth: 0, xml: false, form: None, without: Vec::new() }
    }

    /// Returns the scope of what is inside a field.
    pub(super) fn inside(&self, name: &str) -> Scope<'static> {
        Scope {
            direction: self.direction,
            prefix: anchor::join(&self.prefix, name),
            depth: self.depth + 1,
            xml: self.xml,
            form: None,
            without: Vec::new(),
        }
    }
}

/// How fields inside a value are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// At the top of a section: always, unless the page has them already.
    Top,
    /// Where the value stands, as long as the budget lasts.
    Inline,
    /// In a part that opens, as long as the budget lasts.
    Folded,
}

/// What a field's fields hang under after lists and maps are looked through.
struct Peeled<'a> {
    /// Each level between the field and the innermost value, the innermost last.
    levels: Vec<(&'static str, Effective<'a>)>,
}

impl<'a> Reference<'a> {
    /// Adds a schema at the top of a section: its type, what is said about it, and its fields.
    pub fn push_schema(&mut self, html: &mut HtmlBuilder, parts: &[SchemaId], scope: &Scope<'_>) {
        let effective = self.schemas.effective(parts);
        html.push_markup("<div class=\"schema\">");
        self.push_headline(html, parts, &effective, scope);
        self.push_contents(html, &effective, scope);
        html.push_markup("</div>");
    }

    /// Adds what stands below the type: descriptions, facts, fields. Used where the type was shown already.
    pub(super) fn push_contents(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>, scope: &Scope<'_>) {
        for prose in effective.descriptions.clone() {
            self.push_prose(html, "prose field__text", prose);
        }
        self.push_facts(html, effective, scope, true);
        self.push_levels(html, effective, scope, Look::Top);
    }

    /// Adds the type, the rules and the marks of a schema as a line of its own.
    fn push_headline(
        &mut self,
        html: &mut HtmlBuilder,
        parts: &[SchemaId],
        effective: &Effective<'a>,
        scope: &Scope<'_>,
    ) {
        html.push_markup("<p class=\"schema__type\">");
        self.push_type(html, parts, effective);
        self.push_rules(html, effective);
        self.push_marks(html, effective, scope);
        html.push_markup("</p>");
    }

    /// Adds the fields of a branch of a choice, without a part that opens.
    pub(super) fn push_branch_fields(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>, scope: &Scope<'_>) {
        self.push_levels(html, effective, scope, Look::Inline);
    }

    fn push_levels(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>, scope: &Scope<'_>, look: Look) {
        if has_fields(effective) {
            self.push_expanded(html, effective, scope, look);
            return;
        }
        self.push_notes(html, effective, scope);
        let peeled = self.peel(effective);
        for (label, level) in &peeled.levels {
            self.push_level(html, label, level, scope);
        }
        match peeled.levels.last() {
            Some((_, inner)) if has_fields(inner) => self.push_expanded(html, inner, scope, look),
            Some((_, inner)) => self.push_notes(html, inner, scope),
            None => {}
        }
    }

    /// Looks through lists and maps that add nothing but themselves.
    fn peel(&self, effective: &Effective<'a>) -> Peeled<'a> {
        let mut levels: Vec<(&'static str, Effective<'a>)> = Vec::new();
        for _ in 0..PEELED {
            let at = levels.last().map_or(effective, |(_, level)| level);
            let next = match (at.is_array(), at.is_object()) {
                _ if !levels.is_empty() && has_fields(at) => break,
                (true, _) if !at.array.items.is_empty() => ("Each item", at.array.items.clone()),
                (_, true) => match at.map_values(self.schemas) {
                    Some(values) => ("Each value", values),
                    None => break,
                },
                _ => break,
            };
            levels.push((next.0, self.schemas.effective(&next.1)));
        }
        Peeled { levels }
    }

    /// Adds what is said about the items of a list or the values of a map.
    fn push_level(&mut self, html: &mut HtmlBuilder, label: &'static str, level: &Effective<'a>, scope: &Scope<'_>) {
        let named = level.identity.is_some() && level.is_object();
        let mut inner = HtmlBuilder::new();
        self.push_rules(&mut inner, level);
        self.push_marks(&mut inner, level, scope);
        if !named {
            for prose in level.descriptions.clone() {
                self.push_prose(&mut inner, "prose field__text", prose);
            }
            self.push_facts(&mut inner, level, scope, has_fields(level));
        }
        let inner = inner.finish();
        if inner.is_empty() {
            return;
        }
        html.push_markup("<div class=\"field__items\"><span class=\"field__label\">");
        html.push_text(label);
        html.push_markup("</span> ");
        self.push_type_of(html, level);
        html.push_safe(&inner);
        html.push_markup("</div>");
    }

    /// Adds the fields inside a field, closed or open, or nothing where the type's link is enough.
    pub(super) fn push_nested(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>, scope: &Scope<'_>) {
        self.push_levels(html, effective, scope, Look::Folded);
    }

    fn push_expanded(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>, scope: &Scope<'_>, look: Look) {
        let Some(key) = inner.identity.or(inner.layers.first().copied()) else { return };
        if self.open.contains(&key) {
            html.push_markup("<p class=\"schema__recursive\">");
            match inner.identity {
                Some(identity) => self.push_schema_name(html, identity),
                None => html.push_text("the same fields again"),
            }
            html.push_markup(" (recursive)</p>");
            return;
        }
        if look != Look::Top && !self.may_expand(inner, scope) {
            return;
        }
        if let Some(identity) = inner.identity {
            let seen = !self.expanded.insert((identity, self.view_of(inner, scope.direction)));
            if seen && look != Look::Top {
                return;
            }
            if seen {
                html.push_markup("<p class=\"schema__see\">The fields of ");
                self.push_schema_name(html, identity);
                html.push_markup(" are listed above.</p>");
                return;
            }
        }
        self.open.push(key);
        match look {
            Look::Top | Look::Inline => self.push_inside(html, inner, scope),
            Look::Folded => self.push_details(html, inner, scope),
        }
        self.open.pop();
    }

    /// A schema looks the same either way unless some of its fields travel only one way.
    fn view_of(&self, inner: &Effective<'a>, direction: Direction) -> Direction {
        let one_way = inner.object.properties.iter().any(|property| {
            property.parts.iter().any(|part| self.schemas.get(*part).read_only || self.schemas.get(*part).write_only)
        });
        if one_way { direction } else { Direction::Either }
    }

    fn may_expand(&self, inner: &Effective<'a>, scope: &Scope<'_>) -> bool {
        let seen = inner.identity.is_some_and(|id| self.expanded.contains(&(id, self.view_of(inner, scope.direction))));
        let deep = scope.depth >= self.settings.limits.inline_depth;
        let linked = inner.identity.is_some_and(|id| self.schemas.get(id).named.is_some());
        let budget = if linked { TREE_BYTES } else { 2 * TREE_BYTES };
        let cost = 300 * inner.object.properties.len();
        !(seen || deep && linked) && scope.depth < 32 && self.spent + cost < budget
    }

    fn push_details(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>, scope: &Scope<'_>) {
        let count = inner.object.properties.len();
        html.push_markup("<details class=\"schema__nested\"");
        if scope.depth == 1 && count <= OPEN_FIELDS && inner.choices.len() <= 1 {
            html.push_markup(" open");
        }
        html.push_markup("><summary>");
        match (inner.identity, count) {
            (Some(identity), _) => {
                html.push_text("Fields of ");
                html.push_text(self.schemas.name(identity));
            }
            (None, 0) => html.push_text("Details"),
            (None, 1) => html.push_text("1 field"),
            (None, count) => html.push_text(&format!("{count} fields")),
        }
        html.push_markup("</summary>");
        self.push_inside(html, inner, scope);
        html.push_markup("</details>");
    }

    fn push_inside(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>, scope: &Scope<'_>) {
        self.push_fields(html, inner, scope);
        self.push_positions(html, inner, scope);
        self.push_choices(html, inner, scope);
        self.push_notes(html, inner, scope);
    }

    fn push_fields(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>, scope: &Scope<'_>) {
        let object = &inner.object;
        let shown = |property: &&Property<'_>| {
            property.parts.len() > 1 || !property.from.iter().any(|from| scope.without.contains(from))
        };
        let mut list = HtmlBuilder::new();
        let mut left = 0;
        for property in object.properties.iter().filter(shown) {
            if self.spent > self.settings.limits.page_bytes / 2 {
                left += 1;
                continue;
            }
            self.push_property(&mut list, property, inner, scope);
        }
        for (pattern, id) in &object.patterns {
            let row = Row::new(Name::Pattern(pattern), std::slice::from_ref(id));
            self.push_row(&mut list, &row, scope);
        }
        if let (Some(values), false) = (inner.map_values(self.schemas), object.properties.is_empty()) {
            let label = inner.extension("x-additionalPropertiesName").and_then(|node| node.as_text());
            let row = Row::new(Name::Other(label.as_deref()), &values);
            self.push_row(&mut list, &row, scope);
        }
        let list = list.finish();
        if !list.is_empty() {
            html.push_markup("<dl class=\"fields\">");
            html.push_safe(&list);
            html.push_markup("</dl>");
        }
        if left > 0 {
            html.push_markup("<p class=\"schema__note\">");
            html.push_text(&format!("{left} more fields are in the description’s source only."));
            html.push_markup("</p>");
        }
    }

    fn push_property(
        &mut self,
        html: &mut HtmlBuilder,
        property: &Property<'a>,
        inner: &Effective<'a>,
        scope: &Scope<'_>,
    ) {
        let fixed = inner.fixed_discriminator(self.schemas).filter(|(name, _)| *name == property.name);
        let mut row = Row::new(Name::Field(property.name), &property.parts);
        row.required = property.required;
        row.from = property.from.clone();
        row.discriminator =
            inner.discriminator.is_some_and(|(discriminator, _)| discriminator.property == *property.name);
        row.fixed = fixed.map(|(_, value)| value);
        row.encoding = scope.form.and_then(|form| form.encoding.iter().find(|known| known.property == *property.name));
        row.form = scope.form;
        self.push_row(html, &row, scope);
    }

    /// Adds the positions of a tuple.
    fn push_positions(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>, scope: &Scope<'_>) {
        if inner.array.prefix.is_empty() {
            return;
        }
        html.push_markup("<dl class=\"fields\">");
        for (at, position) in inner.array.prefix.iter().enumerate() {
            self.push_row(html, &Row::new(Name::Position(at), std::slice::from_ref(position)), scope);
        }
        let rest = &inner.array.items;
        let closed = rest.iter().any(|id| self.schemas.get(*id).boolean == Some(false));
        if !rest.is_empty() && !closed {
            self.push_row(html, &Row::new(Name::Rest, rest), scope);
        }
        html.push_markup("</dl>");
        if closed {
            html.push_markup("<p class=\"schema__note\">No more items.</p>");
        }
    }
}

/// Returns true when a value has fields, positions or choices of its own.
pub(super) fn has_fields(effective: &Effective<'_>) -> bool {
    let object = &effective.object;
    !object.properties.is_empty()
        || !object.patterns.is_empty()
        || !effective.choices.is_empty()
        || !effective.array.prefix.is_empty()
}
