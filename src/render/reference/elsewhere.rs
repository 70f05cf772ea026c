//! Where the rest is: what stands above on the page, on a page of its own, or only in the description.

use super::Reference;
use crate::model::api::SchemaId;
use crate::model::route::{Subject, Url};
use crate::render::html::HtmlBuilder;
use crate::schema::Effective;

/// So many fields are named when a page has no room for them.
const NAMED: usize = 100;

impl<'a> Reference<'a> {
    /// Says that the fields of a named schema stand above.
    pub(super) fn push_above(&mut self, html: &mut HtmlBuilder, identity: SchemaId) {
        html.push_markup("<p class=\"schema__see\">The fields of ");
        self.push_schema_name(html, identity);
        html.push_markup(" are listed above.</p>");
    }

    /// Says that a schema stands inside itself; as what, if the label has words.
    pub(super) fn push_recursive(&mut self, html: &mut HtmlBuilder, label: &str, again: &Effective<'a>) {
        html.push_markup("<p class=\"schema__recursive\">");
        if !label.is_empty() {
            html.push_text(label);
            html.push_markup(" ");
        }
        match again.identity {
            Some(identity) => self.push_schema_name(html, identity),
            None => html.push_text("the same again"),
        }
        html.push_markup(" (recursive)</p>");
    }

    /// Says where something stands for which the page has no room: on the page of the schema around it, or in the
    /// description.
    pub(super) fn push_elsewhere(&mut self, html: &mut HtmlBuilder, what: &str, id: SchemaId) {
        html.push_markup("<p class=\"schema__note\">");
        super::push_ticked(html, what);
        if let Some(holder) = self.holder() {
            html.push_markup(": see the page of ");
            self.push_schema_name(html, holder);
            html.push_markup("</p>");
            return;
        }
        let edition = self.context.portal().edition(self.at);
        let href = self.context.href_to(&Url::new(format!("{}openapi.yaml", edition.base)));
        html.push_markup(" would make this page too long: see the ");
        super::push_link(html, &href, "description");
        html.push_markup(" <code>");
        html.push_text(&self.api.sources.place(self.schemas.get(id).span).to_string());
        html.push_markup("</code></p>");
    }

    /// Returns the named schema around what is being written that has a page of its own, which is not this one.
    pub(super) fn holder(&self) -> Option<SchemaId> {
        let elsewhere = |id: &SchemaId| {
            let subject = Subject::Schema(self.at, *id);
            self.context.route.subject != subject && self.context.href(subject).is_some()
        };
        self.open.iter().rev().copied().find(elsewhere)
    }
}

/// The fields of a value, so that their names at least stand on the page.
pub(super) fn fields_in_words(inner: &Effective<'_>) -> String {
    let names: Vec<String> =
        inner.object.properties.iter().take(NAMED).map(|property| format!("`{}`", property.name)).collect();
    let more = inner.object.properties.len().saturating_sub(NAMED);
    match (names.is_empty(), more) {
        (true, _) => "What is inside".into(),
        (false, 0) => format!("The fields {}", names.join(", ")),
        (false, more) => format!("The fields {} and {more} more", names.join(", ")),
    }
}
