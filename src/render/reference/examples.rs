//! Bodies by example: a block of code for every example of a media type.

use super::Reference;
use super::bodies::shown_name;
use super::servers::is_absolute;
use crate::model::api::{ExampleFile, MediaType, Operation, OperationKind};
use crate::model::node::Value;
use crate::model::route::Url;
use crate::render::code::{self, Code};
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::samples;
use crate::schema::example::{self, Shown, Source};
use crate::schema::wire::written::{Written, written_json};
use crate::schema::wire::{self, Syntax, syntax};
use crate::schema::{Direction, anchor};

/// A tab of the examples panel.
struct Tab {
    label: String,
    /// The author gave the label, so that it stands even where there is only one tab.
    named: bool,
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
            tabs.push(Tab { label: response.status.to_string(), named: false, html });
        }
        self.tabs(&format!("{prefix}response-example"), tabs)
    }

    /// Returns the examples of a request body. When the samples hold the only one, and its author says nothing about
    /// it, only what marks it as generated is left.
    pub fn request_examples(&mut self, operation: &'a Operation, prefix: &str) -> SafeHtml {
        let Some(body) = &operation.request_body else { return SafeHtml::default() };
        if let Some(mark) = self.told_by_samples(operation, &body.content) {
            return mark;
        }
        let tabs = self.media_tabs(&body.content, Direction::Request);
        self.tabs(&format!("{prefix}request-example"), tabs)
    }

    fn told_by_samples(&self, operation: &'a Operation, content: &'a [MediaType]) -> Option<SafeHtml> {
        let [media] = content else { return None };
        let shown = example::of_media(self.schemas, media, Direction::Request, &self.settings.limits);
        let [only] = shown.as_slice() else { return None };
        if !only.is_bare() || !matches!(operation.kind, OperationKind::Http { .. }) {
            return None;
        }
        if syntax(&media.name) == Syntax::Binary && only.source != Source::Author {
            return Some(SafeHtml::default());
        }
        if !samples::show_body(self, operation) {
            return None;
        }
        let mut html = HtmlBuilder::new();
        if let Some(words) = only.source.words() {
            html.push_markup("<p class=\"op__note\">");
            html.push_text(words);
            html.push_markup(", in the request above.</p>");
        }
        Some(html.finish())
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
                // What has a name is never left out, even if another one looks the same.
                if tab.named || !tabs.iter().any(|known| known.html == tab.html) {
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
        if let Some(key) = shown.key {
            html.push_markup("<p class=\"op__note\"><code>");
            html.push_text(key);
            html.push_markup("</code></p>");
        }
        if let Some(prose) = shown.description {
            self.push_prose(&mut html, "prose", prose);
        }
        if let Some(problem) = shown.problem {
            self.push_problem(&mut html, problem);
        }
        self.push_example_code(&mut html, media, shown);
        if let Some(external) = shown.external {
            html.push_markup("<p>Example file: ");
            self.push_example_file(&mut html, external, shown.file);
            html.push_markup("</p>");
        }
        let named = shown.source == Source::Author && shown.label.is_some();
        Tab { label, named, html: html.finish() }
    }

    /// Adds every form of an example: its bytes, its data, its text in the media type.
    fn push_example_code(&self, html: &mut HtmlBuilder, media: &MediaType, shown: &Shown<'a>) {
        if let Some(text) = shown.serialized {
            let caption = format!("{} on the wire", title(media));
            html.push_safe(&code::block(&caption, "text", &Code::plain_text(&**text).html()));
        }
        let is_json = syntax(&media.name) == Syntax::Json;
        if let Some(value) = shown.value.as_ref().filter(|_| shown.is_data && !is_json) {
            html.push_safe(&code::block("Data", "json", &code::json(value).html()));
        }
        // The author's bytes stand for the data already.
        let written = shown.is_data && !is_json && shown.serialized.is_some();
        if let Some(code) = self.body_code(media, shown).filter(|_| !written) {
            let caption = match shown.source.words() {
                Some(words) => format!("{} · {words}", title(media)),
                None => title(media).to_string(),
            };
            html.push_safe(&code::block(&caption, syntax(&media.name).language(), &code.html()));
        }
        if let Some(text) = shown.file.and_then(|file| file.text.as_ref()) {
            let language = syntax(&media.name).language();
            html.push_safe(&code::block(title(media), language, &Code::plain_text(&**text).html()));
        }
    }

    /// Adds the link to the file of an example: a copy in the site, or its address elsewhere.
    pub(super) fn push_example_file(&self, html: &mut HtmlBuilder, written: &str, file: Option<&ExampleFile>) {
        let edition = self.context.portal().edition(self.at);
        let copied = file.filter(|file| edition.originals.iter().any(|(name, _)| *name == file.name));
        match copied {
            Some(file) => {
                let href = self.context.href_to(&Url::new(format!("{}{}", edition.base, file.name)));
                super::push_link(html, &href, written);
            }
            None if is_absolute(written) => super::push_link(html, written, written),
            None => super::push_code(html, written),
        }
    }

    fn body_code(&self, media: &MediaType, shown: &Shown<'_>) -> Option<Code> {
        let value = shown.value.as_ref()?;
        let code = match (syntax(&media.name), &value.value) {
            (Syntax::Binary, _) if shown.source != Source::Author => Code::plain_text("(binary file)"),
            (Syntax::Json, Value::String(text)) => match written_json(self.schemas, media, text) {
                Written::Value => code::json(value),
                Written::Document(document) => code::json(&document),
                Written::Text => Code::plain_text(&**text),
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
            let Some(only) = tabs.pop() else { return SafeHtml::default() };
            let mut html = HtmlBuilder::new();
            if only.named {
                html.push_markup("<h3 class=\"op__label\">");
                html.push_text(&only.label);
                html.push_markup("</h3>");
            }
            html.push_safe(&only.html);
            return html.finish();
        }
        let mut html = HtmlBuilder::new();
        if tabs.is_empty() {
            return html.finish();
        }
        html.push_markup("<div class=\"tabs\"");
        html.push_attribute("data-tabs", &format!("media-{key}"));
        html.push_markup(">");
        for tab in tabs {
            let id = self.id(&format!("{key}-{}", anchor::part(&tab.label)));
            let part = id.get(key.len() + 1..).unwrap_or(&id).to_string();
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

fn title(media: &MediaType) -> &str {
    match syntax(&media.name) {
        Syntax::Json if media.name.is_empty() || wire::essence(&media.name) == "application/json" => "JSON",
        _ => shown_name(media),
    }
}
