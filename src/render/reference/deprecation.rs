//! What a description says about the end of an operation, beside `deprecated: true`.

use serde::Serialize;

use super::Reference;
use crate::model::api::Operation;
use crate::model::route::Subject;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::view::PageLink;

/// Deprecation in words.
#[derive(Debug, Serialize)]
pub struct Deprecation {
    /// `deprecated: true`; false when only a day or a replacement is named.
    pub deprecated: bool,
    /// Why, or what to use instead, as the description says.
    pub reason: Option<String>,
    /// The day it stops to work, as written.
    pub sunset: Option<String>,
    /// What replaces it, as a page.
    pub replacement: Option<PageLink>,
    /// What replaces it, as written, when that is no page.
    pub replaced_by: Option<String>,
}

impl Reference<'_> {
    /// Returns what is said about the end of an operation; `None` when nothing is.
    pub fn deprecation(&self, operation: &Operation) -> Option<Deprecation> {
        let text = |names: &[&str]| {
            let found = operation.extensions.iter().find(|entry| names.contains(&&*entry.key));
            found.and_then(|entry| entry.value.as_text()).map(|text| text.to_string())
        };
        let reason = text(&["x-deprecated-description", "x-deprecation-reason", "x-deprecated-reason"]);
        let sunset = text(&["x-sunset", "x-sunset-date", "x-removal-date"]);
        let replaced_by = text(&["x-replaced-by", "x-replacement", "x-deprecated-replaced-by", "x-successor"]);
        if !operation.deprecated && reason.is_none() && sunset.is_none() && replaced_by.is_none() {
            return None;
        }
        let replacement = replaced_by.as_deref().and_then(|written| self.operation_called(written));
        Some(Deprecation {
            deprecated: operation.deprecated,
            reason,
            sunset,
            replaced_by: replaced_by.filter(|_| replacement.is_none()),
            replacement,
        })
    }

    fn operation_called(&self, written: &str) -> Option<PageLink> {
        let same = |other: &Operation| {
            other.operation_id.as_deref() == Some(written)
                || format!("{} {}", other.kind.method(), other.kind.address()) == written
                || &**other.kind.address() == written
        };
        let at = self.api.operations.iter().position(same)?;
        self.context.link(Subject::Operation(self.at, at as u32))
    }
}

impl Deprecation {
    /// Returns it as a box; empty when there are no words but the mark.
    pub fn html(&self) -> SafeHtml {
        let mut html = HtmlBuilder::new();
        let mut sentence = |before: &'static str, text: Option<&str>, href: Option<&str>, after: &'static str| {
            let Some(text) = text else { return };
            html.push_markup("<p>");
            html.push_text(before);
            match href {
                Some(href) => super::push_link(&mut html, href, text),
                None => html.push_text(text),
            }
            html.push_text(after);
            html.push_markup("</p>");
        };
        sentence("", self.reason.as_deref(), None, "");
        sentence("Stops to work on ", self.sunset.as_deref(), None, ".");
        let page = self.replacement.as_ref();
        sentence("Use ", page.map(|page| page.title.as_str()), page.map(|page| page.href.as_str()), " instead.");
        sentence("Use ", self.replaced_by.as_deref(), None, " instead.");
        let sentences = html.finish();
        if sentences.is_empty() {
            return sentences;
        }
        let mut html = HtmlBuilder::new();
        html.push_markup("<div class=\"callout callout--caution\">");
        html.push_safe(&sentences);
        html.push_markup("</div>");
        html.finish()
    }
}
