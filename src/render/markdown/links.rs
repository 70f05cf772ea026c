//! Links and images: where each leads is asked of whoever knows the portal, and what comes back passes `safe_url`.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::writer::{Open, What, Writer};
use super::{LinkOut, Trust};
use crate::diag::codes::document as codes;
use crate::render::html::{attribute, escape, safe_url};

/// A link's element around its text.
pub(super) struct Around {
    pub open: String,
    pub close: &'static str,
    /// What is shown when the link has no text.
    pub fallback: String,
}

impl Writer<'_> {
    pub(super) fn start_link(&mut self, kind: LinkType, target: &str, title: &str, range: &Range<usize>) {
        self.links += 1;
        if self.links > 1 {
            // No link may stand in another.
            return self.open_markdown("", "");
        }
        let mail = if kind == LinkType::Email { "mailto:" } else { "" };
        let around = self.around(&format!("{mail}{target}"), title, range);
        self.html.push_str(&around.open);
        self.open.push(Open { what: What::Markdown, close: around.close.into() });
    }

    /// Writes a link with this text.
    pub(super) fn link_around(&mut self, target: &str, range: &Range<usize>, text: &str) {
        let around = self.around(target, "", range);
        self.html.push_str(&around.open);
        self.push_text(if text.is_empty() { &around.fallback } else { text });
        self.html.push_str(around.close);
    }

    /// Asks where a target leads and makes the element.
    pub(super) fn around(&mut self, target: &str, title: &str, range: &Range<usize>) -> Around {
        let title_attribute = match title {
            "" => String::new(),
            title => format!(" title=\"{}\"", attribute(title)),
        };
        let link = |href: &str, more: &str| format!("<a href=\"{}\"{more}{title_attribute}>", attribute(href));
        let (open, fallback) = match self.resolved(target, false, range) {
            LinkOut::To(href) => (link(&href, ""), href),
            LinkOut::External(href) => (link(&href, " class=\"external\" rel=\"noopener\""), href),
            LinkOut::Operation { href, method, title } => {
                let open = link(&href, " class=\"oplink\"") + &method_chip(&method) + "<span class=\"oplink__title\">";
                return Around { open, close: "</span></a>", fallback: title };
            }
            LinkOut::Broken => {
                let open = "<span class=\"broken\">".to_string();
                return Around { open, close: "</span>", fallback: target.to_string() };
            }
        };
        Around { open, close: "</a>", fallback }
    }

    /// Asks where a target leads; what is not safe is broken, and reported.
    pub(super) fn resolved(&mut self, target: &str, image: bool, range: &Range<usize>) -> LinkOut {
        let asked = (self.options.link)(target, image);
        let safe = match &asked {
            LinkOut::To(href) => safe_url(href).map(LinkOut::To),
            LinkOut::External(href) => safe_url(href).map(LinkOut::External),
            LinkOut::Operation { href, method, title } => {
                safe_url(href).map(|href| LinkOut::Operation { href, method: method.clone(), title: title.clone() })
            }
            LinkOut::Broken if safe_url(target).is_none() => None,
            LinkOut::Broken => return LinkOut::Broken,
        };
        safe.unwrap_or_else(|| {
            let scheme = target.split(':').next().unwrap_or("").trim();
            let message = format!("`{}` has a scheme that a link may not have", shortened(target));
            let help = format!(
                "`{}:` is none of http, https, mailto and tel; the text is shown without a link",
                shortened(scheme)
            );
            self.problem(codes::UNSAFE_URL, range.clone(), message, Some(help));
            LinkOut::Broken
        })
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let mut more = String::new();
        if !image.title.is_empty() {
            more = format!(" title=\"{}\"", attribute(&image.title));
        }
        self.write_image(&image.target, image.alt.trim(), &more, &image.range);
    }

    /// Writes an image, or what stands in its place; `more` is safe attributes.
    pub(super) fn write_image(&mut self, target: &str, alt: &str, more: &str, range: &Range<usize>) {
        let source = match self.resolved(target, true, range) {
            LinkOut::To(href) => href,
            LinkOut::External(href) if self.options.trust == Trust::Publisher => {
                self.remote_images.push(href.clone());
                href
            }
            // A third party's image would tell its host who reads.
            LinkOut::External(href) if self.links == 0 => {
                let text = if alt.is_empty() { self.options.words.image.clone() } else { alt.to_string() };
                self.html.push_str(&format!(
                    "<a href=\"{}\" class=\"external\" rel=\"noopener\">{}</a>",
                    attribute(&href),
                    escape(&text)
                ));
                return;
            }
            LinkOut::External(_) | LinkOut::Operation { .. } | LinkOut::Broken => {
                let text = if alt.is_empty() { shortened(target) } else { alt.to_string() };
                self.html.push_str(&format!("<span class=\"broken\">{}</span>", escape(&text)));
                return;
            }
        };
        self.html.push_str("<img");
        self.push_attribute("src", &source);
        self.push_attribute("alt", alt);
        self.html.push_str(more);
        self.html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }
}

/// The chip of an HTTP method, which keeps to the title behind it.
fn method_chip(method: &str) -> String {
    let class: String = method.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    format!("<span class=\"method method--{class}\">{}</span>\u{a0}", escape(method))
}

/// A text cut to what fits a message.
pub(super) fn shortened(text: &str) -> String {
    let mut line: String = text.chars().filter(|c| !c.is_control()).take(60).collect();
    if line.len() < text.len() {
        line.push('…');
    }
    line
}
