//! The parts of an `allOf` as they were written, beside the one schema that they come to.

use super::Reference;
use super::{push_code, push_ticked};
use crate::model::api::{ObjectRules, SchemaId};
use crate::render::html::HtmlBuilder;
use crate::schema::Effective;

impl<'a> Reference<'a> {
    /// Adds the parts of a merged schema, each by itself, in a part that opens.
    pub(super) fn push_as_written(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>) {
        let Some(&owner) = effective.layers.iter().find(|id| self.schemas.stands_for(**id).is_none()) else { return };
        let schema = self.schemas.get(owner);
        let Some(composition) = schema.composition.as_deref().filter(|parts| !parts.all_of.is_empty()) else { return };
        html.push_markup(
            "<details class=\"schema__other\"><summary>As written</summary><p class=\"schema__note\">All of:</p>",
        );
        html.push_markup("<ul class=\"schema__branches\">");
        for part in &composition.all_of {
            html.push_markup("<li>");
            self.push_part(html, *part);
            html.push_markup("</li>");
        }
        if let Some(rules) = schema.object.as_deref().filter(|rules| !names_of(rules).is_empty()) {
            html.push_markup("<li>its own ");
            push_ticked(html, &names_of(rules));
            html.push_markup("</li>");
        }
        html.push_markup("</ul></details>");
    }

    fn push_part(&mut self, html: &mut HtmlBuilder, part: SchemaId) {
        if let Some(identity) = self.schemas.identity(part) {
            return self.push_schema_name(html, identity);
        }
        let effective = self.schemas.effective(&[part]);
        self.push_type(html, &[part], &effective);
        self.push_rules(html, &effective);
        if let Some(rules) = self.schemas.get(part).object.as_deref().filter(|rules| !names_of(rules).is_empty()) {
            html.push_markup(" ");
            push_ticked(html, &names_of(rules));
        }
        if let Some(values) = &self.schemas.get(part).values {
            html.push_markup(" one of");
            for value in values {
                html.push_markup(" ");
                push_code(html, &crate::schema::words::value(value));
            }
        }
    }
}

/// The fields of an object with those that it requires.
fn names_of(rules: &ObjectRules) -> String {
    let of = |names: Vec<String>| names.join(", ");
    let ticked = |name: &str| format!("`{}`", name.replace('`', "'"));
    let fields = of(rules.properties.iter().map(|property| ticked(&property.name)).collect());
    let required = of(rules.required.iter().map(|name| ticked(name)).collect());
    match (fields.is_empty(), required.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("fields {fields}"),
        (true, false) => format!("required {required}"),
        (false, false) => format!("fields {fields}; required {required}"),
    }
}
