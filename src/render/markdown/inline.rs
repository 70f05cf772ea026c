//! Text and code spans.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::writer::Writer;
use crate::load::markdown::autolink;
use crate::model::document::NO_LINK;
use crate::render::html::push_escaped;

impl Writer<'_> {
    /// Writes text; bare URLs become links where no link is open.
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if self.links > 0 || self.heading.is_some() {
            return self.push_text(text);
        }
        let mut at = 0;
        for found in autolink::find(text) {
            self.push_text(&text[at..found.range.start]);
            self.link_around(&found.target, range, &text[found.range.clone()]);
            at = found.range.end;
        }
        self.push_text(&text[at..]);
    }

    /// Writes the code span that waits, if one does. Returns how many bytes of the text behind it are spent.
    pub(super) fn flush_code_span(&mut self, no_link: bool) -> usize {
        let Some(code) = self.code_span.take() else { return 0 };
        let may_link = !no_link && self.links == 0 && self.heading.is_none();
        let href = self.options.code_spans.filter(|_| may_link).and_then(|find| find(&code));
        let href = href.and_then(|href| crate::render::html::safe_url(&href));
        if let Some(href) = &href {
            self.html.push_str("<a");
            self.push_attribute("href", href);
            self.html.push('>');
        }
        self.html.push_str("<code>");
        self.push_text(&code);
        self.html.push_str(if href.is_some() { "</code></a>" } else { "</code>" });
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(&code);
        }
        if no_link { NO_LINK.len() } else { 0 }
    }
}

/// Renders the inline Markdown of a title: code, emphasis and text; everything else as text.
pub(super) fn inline_html(text: &str) -> String {
    let mut html = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => push_escaped(&mut html, &text),
            Event::Code(code) => {
                html.push_str("<code>");
                push_escaped(&mut html, &code);
                html.push_str("</code>");
            }
            Event::Start(Tag::Emphasis) => html.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => html.push_str("</em>"),
            Event::Start(Tag::Strong) => html.push_str("<strong>"),
            Event::End(TagEnd::Strong) => html.push_str("</strong>"),
            Event::SoftBreak | Event::HardBreak => html.push(' '),
            _ => {}
        }
    }
    html
}
