//! A schema as a tree of fields: what stands directly, what opens, and where a link takes over.

use super::fields::{Name, Row};
use super::{Reference, TREE_BYTES, elsewhere};
use crate::model::Text;
use crate::model::api::{MediaType, SchemaId};
use crate::render::html::HtmlBuilder;
use crate::schema::effective::Property;
use crate::schema::{Direction, Effective, anchor};

/// Nested fields are open in the page when they are at most so many and stand at the first level.
const OPEN_FIELDS: usize = 8;
/// Lists of lists and maps of maps are looked through this deep.
const PEELED: usize = 64;

/// Fields inside fields are shown this deep, whatever they are.
const DEEPEST: usize = 32;
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
    /// The field whose value chose this branch of a choice.
    pub discriminator: Option<Text>,
}

impl Scope<'_> {
    /// Returns the scope of a whole body, header or page.
    pub fn new(direction: Direction, prefix: &str) -> Scope<'static> {
        let prefix = prefix.into();
        Scope { direction, prefix, depth: 0, xml: false, form: None, without: Vec::new(), discriminator: None }
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
            discriminator: None,
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
    levels: Vec<(String, Effective<'a>)>,
    /// What comes below is a schema that stands above.
    again: Option<(String, Effective<'a>)>,
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
        self.push_as_written(html, effective);
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
        if let Some((_, inner)) = peeled.levels.last().filter(|(_, inner)| has_fields(inner)) {
            self.push_expanded(html, inner, scope, look);
        }
        if let Some((label, again)) = &peeled.again {
            self.push_recursive(html, label, again);
        }
    }

    /// Looks through lists and maps that add nothing but themselves.
    fn peel(&self, effective: &Effective<'a>) -> Peeled<'a> {
        let mut peeled = Peeled { levels: Vec::new(), again: None };
        let mut seen: Vec<SchemaId> = key_of(effective).into_iter().collect();
        while peeled.levels.len() < PEELED {
            let at = peeled.levels.last().map_or(effective, |(_, level)| level);
            let (label, parts) = match (at.is_array(), at.is_object()) {
                _ if !peeled.levels.is_empty() && has_fields(at) => break,
                (true, _) if !at.array.items.is_empty() => ("Each item".to_string(), at.array.items.clone()),
                (_, true) => match at.map_values(self.schemas) {
                    Some(values) => (each_value(at), values),
                    None => break,
                },
                _ => break,
            };
            let level = self.schemas.effective(&parts);
            let Some(key) = key_of(&level) else { break };
            if seen.contains(&key) {
                peeled.again = Some((label, level));
                break;
            }
            seen.push(key);
            peeled.levels.push((label, level));
        }
        peeled
    }

    /// Adds what is said about the items of a list or the values of a map.
    fn push_level(&mut self, html: &mut HtmlBuilder, label: &str, level: &Effective<'a>, scope: &Scope<'_>) {
        let named = level.identity.is_some() && level.is_object();
        let mut inner = HtmlBuilder::new();
        self.push_rules(&mut inner, level);
        self.push_marks(&mut inner, level, scope);
        if named {
            self.push_extension_point(&mut inner, level);
        } else {
            for prose in level.descriptions.clone() {
                self.push_prose(&mut inner, "prose field__text", prose);
            }
            self.push_facts(&mut inner, level, scope, has_fields(level));
        }
        if !has_fields(level) {
            self.push_notes(&mut inner, level, &scope.inside(label));
        }
        let inner = inner.finish();
        if inner.is_empty() && matches!(label, "Each item" | "Each value") {
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
        let Some(key) = key_of(inner) else { return };
        if self.open.contains(&key) {
            return self.push_recursive(html, "", inner);
        }
        if look != Look::Top && !self.may_expand(inner, scope) {
            match inner.identity {
                Some(identity) if self.expanded.contains(&(identity, self.view_of(inner, scope.direction))) => {
                    self.push_above(html, identity);
                }
                // The link to its page stands beside its type.
                Some(_) => {}
                None => self.push_elsewhere(html, &elsewhere::fields_in_words(inner), key),
            }
            return;
        }
        if let Some(identity) = inner.identity
            && !self.expanded.insert((identity, self.view_of(inner, scope.direction)))
        {
            return self.push_above(html, identity);
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
        let one_way = |id: &SchemaId| self.one_way.get(id.0 as usize).copied().unwrap_or(false);
        if inner.layers.iter().any(one_way) { direction } else { Direction::Either }
    }

    fn may_expand(&self, inner: &Effective<'a>, scope: &Scope<'_>) -> bool {
        let seen = inner.identity.is_some_and(|id| self.expanded.contains(&(id, self.view_of(inner, scope.direction))));
        let deep = scope.depth >= self.settings.limits.inline_depth;
        let linked = inner.identity.is_some_and(|id| self.schemas.get(id).named.is_some());
        if seen || deep && linked || scope.depth >= DEEPEST {
            return false;
        }
        let fits = |budget: usize| self.spent + 300 * inner.object.properties.len() < budget;
        // What is shown nowhere else has more room.
        fits(TREE_BYTES) || !linked && fits(self.settings.limits.page_bytes / 2) && self.holder().is_none()
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
        let mut left = Vec::new();
        for property in self.ordered(&object.properties).into_iter().filter(shown) {
            if self.spent > self.settings.limits.page_bytes / 2 {
                left.push(format!("`{}`", property.name));
                continue;
            }
            self.push_property(&mut list, property, inner, scope);
        }
        for (pattern, id) in &object.patterns {
            let row = Row::new(Name::Pattern(pattern), std::slice::from_ref(id));
            self.push_row(&mut list, &row, scope);
        }
        if let Some(values) = inner.map_values(self.schemas) {
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
        if let (false, Some(key)) = (left.is_empty(), key_of(inner)) {
            self.push_elsewhere(html, &left.join(", "), key);
        }
    }

    /// Returns properties in the order of their `x-order`, those without one last.
    fn ordered<'p>(&self, properties: &'p [Property<'a>]) -> Vec<&'p Property<'a>> {
        let order = |property: &&Property<'a>| {
            let rare = property.parts.iter().filter_map(|part| self.schemas.get(*part).rare.as_deref());
            let entry = rare.flat_map(|rare| &rare.extensions).find(|entry| &*entry.key == "x-order")?;
            entry.value.as_text()?.parse::<i64>().ok()
        };
        let mut ordered: Vec<&Property<'a>> = properties.iter().collect();
        ordered.sort_by_cached_key(|property| order(property).unwrap_or(i64::MAX));
        ordered
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
        row.discriminator = scope.discriminator.as_ref() == Some(property.name)
            || inner.discriminator.is_some_and(|(discriminator, _)| discriminator.property == *property.name);
        row.fixed = fixed.map_or(Vec::new(), |(_, values)| values);
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
            self.push_row(html, &Row::new(Name::Position(at), position), scope);
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

/// What a value is told by from others: its name, or the outermost of its schemas.
fn key_of(effective: &Effective<'_>) -> Option<SchemaId> {
    effective.identity.or(effective.layers.first().copied())
}

/// `Each value by currency`: the description may say what the keys of a map are.
fn each_value(map: &Effective<'_>) -> String {
    match map.extension("x-additionalPropertiesName").and_then(|node| node.as_text()) {
        Some(name) => format!("Each value by {name}"),
        None => "Each value".into(),
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
