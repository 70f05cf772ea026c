//! Bodies by example: a block of code for every example of a media type.

use super::Reference;
use super::bodies::shown_name;
use crate::model::api::{MediaType, Operation};
use crate::model::node::Value;
use crate::render::code::{self, Code};
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::schema::example::{self, Shown};
use crate::schema::wire::{self, Syntax, syntax};
use crate::schema::{Direction, anchor};

/// A tab of the examples panel.
struct Tab {
    label: String,
    html: SafeHtml,
}

impl<'a> Reference<'a> {
    /// Returns the examples of every response that has a body, as tabs by status.
    pub fn response_examples(&mut self, operation: &'a Operation, prefix: &str) -> SafeHtml {
        let mut tabs = Vec::new();
        for response in &operation.responses {
            let inner = self.media_tabs(&response.content, Direction::Response);
            if inner.is_empty() {
                continue;
            }
            let key = format!("example-{prefix}{}", response.status);
            let html = self.tabs(&anchor::part(&key), inner);
            tabs.push(Tab { label: response.status.to_string(), html });
        }
        self.tabs(&format!("{prefix}response-example"), tabs)
    }

    /// Returns the examples of a request body beyond the one in the samples; empty when there is only that one.
    pub fn request_examples(&mut self, operation: &'a Operation, prefix: &str) -> SafeHtml {
        let Some(body) = &operation.request_body else { return SafeHtml::default() };
        let tabs = self.media_tabs(&body.content, Direction::Request);
        let told = tabs.len() == 1 && body.content.iter().all(|media| media.examples.len() <= 1);
        let sent = matches!(operation.kind, crate::model::api::OperationKind::Http { .. });
        if told && sent {
            return SafeHtml::default();
        }
        self.tabs(&format!("{prefix}request-example"), tabs)
    }

    /// Returns the examples of a schema on its own page.
    pub fn schema_examples(&mut self, id: crate::model::api::SchemaId) -> SafeHtml {
        let shown = example::of_schema(self.schemas, id, Direction::Either, &self.settings.limits);
        let media = MediaType {
            name: "application/json".into(),
            schema: Some(id),
            item_schema: None,
            examples: Vec::new(),
            encoding: Vec::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
            extensions: Vec::new(),
            problem: None,
            span: Default::default(),
        };
        let tabs = shown.iter().enumerate().map(|(at, shown)| self.tab(&media, shown, at, false)).collect();
        self.tabs("schema-example", tabs)
    }

    fn media_tabs(&mut self, content: &'a [MediaType], direction: Direction) -> Vec<Tab> {
        let mut tabs: Vec<Tab> = Vec::new();
        let many = content.len() > 1;
        for media in content {
            let shown = example::of_media(self.schemas, media, direction, &self.settings.limits);
            for (at, shown) in shown.iter().enumerate() {
                let tab = self.tab(media, shown, at, many);
                if !tabs.iter().any(|known| known.html == tab.html) {
                    tabs.push(tab);
                }
            }
        }
        tabs
    }

    fn tab(&mut self, media: &MediaType, shown: &Shown<'a>, at: usize, many: bool) -> Tab {
        let name =
            shown.label.clone().unwrap_or_else(|| if at == 0 { String::new() } else { format!("Example {}", at + 1) });
        let label = match (many, name.is_empty()) {
            (false, true) => "Example".to_string(),
            (false, false) => name.clone(),
            (true, true) => shown_name(media).to_string(),
            (true, false) => format!("{} · {name}", shown_name(media)),
        };
        let mut html = HtmlBuilder::new();
        if let Some(prose) = shown.description {
            self.push_prose(&mut html, "prose", prose);
        }
        if let Some(problem) = shown.problem {
            self.push_problem(&mut html, problem);
        }
        if let Some(text) = shown.serialized {
            html.push_safe(&code::block(
                &format!("{} on the wire", title(media)),
                "text",
                &Code::plain_text(&**text).html(),
            ));
        }
        if let Some(code) = self.body_code(media, shown) {
            let caption = match shown.source.words() {
                Some(words) => format!("{} · {words}", title(media)),
                None => title(media).to_string(),
            };
            html.push_safe(&code::block(&caption, syntax(&media.name).language(), &code.html()));
        }
        if let Some(external) = shown.external {
            html.push_markup("<p>Example file: ");
            super::push_link(&mut html, external, external);
            html.push_markup("</p>");
        }
        Tab { label, html: html.finish() }
    }

    fn body_code(&self, media: &MediaType, shown: &Shown<'_>) -> Option<Code> {
        let value = shown.value.as_ref()?;
        let code = match (syntax(&media.name), &value.value) {
            (Syntax::Binary, _) if shown.source != example::Source::Author => Code::plain_text("(binary file)"),
            (Syntax::Json, Value::String(text)) => match parsed(text) {
                true => Code::plain_text(&**text),
                false => code::json(value),
            },
            (Syntax::Json, _) => code::json(value),
            (Syntax::Xml, _) => code::xml(&wire::body(self.schemas, media, value)),
            _ => Code::plain_text(wire::body(self.schemas, media, value)),
        };
        Some(code)
    }

    /// Puts tabs together; one tab alone needs no label.
    fn tabs(&mut self, key: &str, tabs: Vec<Tab>) -> SafeHtml {
        let mut tabs = tabs;
        if tabs.len() <= 1 && !key.ends_with("response-example") {
            return tabs.pop().map(|tab| tab.html).unwrap_or_default();
        }
        let mut html = HtmlBuilder::new();
        if tabs.is_empty() {
            return html.finish();
        }
        html.push_markup("<div class=\"tabs\"");
        html.push_attribute("data-tabs", &format!("media-{key}"));
        html.push_markup(">");
        for tab in tabs {
            let part = anchor::part(&tab.label);
            let id = self.id(&format!("{key}-{part}"));
            html.push_markup("<section class=\"tabs__panel\"");
            html.push_attribute("id", &id);
            html.push_attribute("data-tab", &part);
            html.push_markup("><h3 class=\"tabs__label\">");
            html.push_text(&tab.label);
            html.push_markup("</h3>");
            html.push_safe(&tab.html);
            html.push_markup("</section>");
        }
        html.push_markup("</div>");
        html.finish()
    }
}

/// A string that is itself a JSON document is shown as that document.
fn parsed(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['{', '['])
}

fn title(media: &MediaType) -> &str {
    match syntax(&media.name) {
        Syntax::Json if media.name.is_empty() || wire::essence(&media.name) == "application/json" => "JSON",
        _ => shown_name(media),
    }
}
