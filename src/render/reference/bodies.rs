//! Bodies: the media types of a request or response, those of one schema together, with their fields.

use super::Reference;
use super::facts::push_fact;
use super::tree::Scope;
use crate::model::api::{MediaType, Operation, RequestBody};
use crate::render::html::HtmlBuilder;
use crate::schema::wire::{self, Syntax, form, syntax};
use crate::schema::{Direction, anchor};

impl<'a> Reference<'a> {
    /// Adds the request body of an operation.
    pub fn push_request_body(
        &mut self,
        html: &mut HtmlBuilder,
        operation: &'a Operation,
        body: &'a RequestBody,
        prefix: &str,
    ) {
        html.push_markup("<p class=\"body__meta\">");
        html.push_markup(if body.required { "<span class=\"field__required\">required</span>" } else { "optional" });
        html.push_markup("</p>");
        if let Some(problem) = &body.problem {
            self.push_problem(html, problem);
        }
        if let Some(prose) = &body.description {
            self.push_prose(html, "prose", prose);
        }
        let method = operation.kind.method().to_ascii_uppercase();
        if matches!(method.as_str(), "GET" | "HEAD" | "DELETE") {
            super::notes::push_note(
                html,
                &format!("The standard gives a body of {method} no meaning; some servers refuse or drop it."),
            );
        }
        self.push_media_types(html, &body.content, Direction::Request, prefix);
        self.push_extensions(html, &body.extensions);
    }

    /// Adds media types, grouped by what they hold.
    pub(super) fn push_media_types(
        &mut self,
        html: &mut HtmlBuilder,
        content: &'a [MediaType],
        direction: Direction,
        prefix: &str,
    ) {
        let groups = wire::groups(self.schemas, content);
        if let [only] = groups.as_slice() {
            push_names(html, only);
            self.push_media(html, only, direction, prefix);
            return;
        }
        if groups.is_empty() {
            return;
        }
        html.push_markup("<div class=\"tabs\"");
        html.push_attribute("data-tabs", &format!("media-{prefix}"));
        html.push_markup(">");
        for group in &groups {
            let part = anchor::part(&group[0].name);
            let id = self.id(&format!("{prefix}-{part}"));
            html.push_markup("<section class=\"tabs__panel\"");
            html.push_attribute("id", &id);
            html.push_attribute("data-tab", &part);
            html.push_markup("><p class=\"tabs__label\">");
            html.push_text(&group.iter().map(|media| shown_name(media)).collect::<Vec<_>>().join(", "));
            html.push_markup("</p>");
            self.push_media(html, group, direction, if std::ptr::eq(group, &groups[0]) { prefix } else { &id });
            html.push_markup("</section>");
        }
        html.push_markup("</div>");
    }

    fn push_media(&mut self, html: &mut HtmlBuilder, group: &[&'a MediaType], direction: Direction, prefix: &str) {
        let media = group[0];
        for problem in group.iter().filter_map(|media| media.problem.as_ref()) {
            self.push_problem(html, problem);
        }
        let mut scope = Scope::new(direction, prefix);
        scope.xml = group.iter().any(|media| syntax(&media.name) == Syntax::Xml);
        scope.form = Some(media).filter(|media| wire::has_encoding(media));
        match (media.schema, media.item_schema) {
            (Some(schema), _) => {
                self.push_binary_note(html, media);
                self.push_schema(html, &[schema], &scope);
            }
            (None, Some(item)) => {
                html.push_markup("<p class=\"schema__note\">Stream of items, each:</p>");
                self.push_schema(html, &[item], &scope);
            }
            (None, None) if syntax(&media.name) == Syntax::Binary => {
                html.push_markup("<p class=\"schema__note\">Binary file</p>");
            }
            (None, None) => html.push_markup("<p class=\"schema__note\">Any content</p>"),
        }
        if let (Some(_), Some(item)) = (media.schema, media.item_schema) {
            html.push_markup("<p class=\"schema__note\">Each item of the stream:</p>");
            self.push_schema(html, &[item], &scope);
        }
        self.push_schema_examples(html, group);
        for media in group {
            self.push_extensions(html, &media.extensions);
        }
    }

    /// Adds the examples of an inline schema that those of the media type take the place of elsewhere.
    fn push_schema_examples(&mut self, html: &mut HtmlBuilder, group: &[&'a MediaType]) {
        let effective = self.schemas.effective(group[0].schema.as_slice());
        if effective.identity.is_some() || group.iter().any(|media| media.examples.is_empty()) {
            return;
        }
        let mut facts = HtmlBuilder::new();
        effective.examples.iter().for_each(|example| push_fact(&mut facts, "Example of the schema", example));
        if !facts.is_empty() {
            html.push_markup("<ul class=\"field__facts\">");
            html.push_safe(&facts.finish());
            html.push_markup("</ul>");
        }
    }

    fn push_binary_note(&mut self, html: &mut HtmlBuilder, media: &MediaType) {
        let effective = self.schemas.effective(media.schema.as_slice());
        let base64 = effective.format.is_some_and(|format| matches!(&**format, "byte" | "base64"))
            || effective.string.content_encoding.is_some_and(|encoding| encoding.starts_with("base64"));
        if form::is_binary(&effective) {
            html.push_markup("<p class=\"schema__note\">Binary file</p>");
        } else if base64 {
            html.push_markup("<p class=\"schema__note\">Base64 text</p>");
        }
    }
}

/// Returns the name of a media type for the reader.
pub fn shown_name(media: &MediaType) -> &str {
    if media.name.is_empty() { "media type not stated" } else { &media.name }
}

fn push_names(html: &mut HtmlBuilder, group: &[&MediaType]) {
    html.push_markup("<p class=\"body__types\">");
    for media in group {
        html.push_markup("<code class=\"chip\">");
        html.push_text(shown_name(media));
        html.push_markup("</code> ");
    }
    html.push_markup("</p>");
}
