//! Raw HTML in Markdown, written anew tag by tag under the policy. What may not stand there is shown as text.

use std::ops::Range;

use super::links::shortened;
use super::policy::{self, Kind};
use super::writer::{NESTING, Open, What, Writer};
use super::{HeadingIds, Trust};
use crate::diag::codes::document as codes;
use crate::load::markdown::raw_html::{Tag, Token, reference_length, tokens};
use crate::load::markdown::slug::explicit_id;

impl Writer<'_> {
    /// Writes the HTML block that was collected, and ends in it what cannot hold blocks.
    pub(super) fn end_html_block(&mut self) {
        let Some((html, range)) = self.block_html.take() else { return };
        let depth = self.open.len();
        self.raw(&html, &range);
        let ends = |open: &Open| matches!(open.what, What::Raw { spans_blocks: false, .. });
        if let Some(first) = self.open.iter().skip(depth).position(ends) {
            while self.open.len() > depth + first {
                self.close_top();
            }
        }
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Writes a stretch of raw HTML.
    pub(super) fn raw(&mut self, html: &str, range: &Range<usize>) {
        for (token, at) in tokens(html) {
            let place =
                if html.len() == range.len() { range.start + at.start..range.start + at.end } else { range.clone() };
            match token {
                Token::Text(text) => self.raw_text(text),
                Token::Comment => {}
                Token::Open(tag) => self.raw_open(&tag, &place),
                Token::Close(name, written) => self.raw_close(&name, written),
            }
        }
    }

    /// Text with its character references as they are.
    fn raw_text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            self.both_texts(&rest[..at]);
            rest = &rest[at..];
            match reference_length(rest) {
                Some(length) => {
                    // A number may name a control character, so numbers are resolved; names are left to the browser.
                    match rest.as_bytes()[1] {
                        b'#' => self.both_texts(&crate::load::markdown::raw_html::decoded(&rest[..length])),
                        _ => self.html.push_str(&rest[..length]),
                    }
                    rest = &rest[length..];
                }
                None => {
                    self.both_texts("&");
                    rest = &rest[1..];
                }
            }
        }
        self.both_texts(rest);
    }

    /// Writes text, to the heading that is open too.
    fn both_texts(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        self.push_text(text);
    }

    fn raw_open(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        match tag.name.as_str() {
            "a" => return self.raw_link(tag, place),
            "img" => return self.raw_image(tag, place),
            _ => {}
        }
        let element = policy::element(&tag.name).filter(|_| self.open.len() < 2 * NESTING);
        let Some(element) = element else {
            self.report_element(tag, place);
            return self.both_texts(tag.written);
        };
        while let Some(Open { what: What::Raw { name, .. }, .. }) = self.open.last()
            && policy::ends_before(name, element.name)
        {
            self.close_top();
        }
        let name = self.shown_name(element.name);
        self.html.push('<');
        self.html.push_str(name);
        self.raw_id(tag);
        for (key, value) in &tag.attributes {
            if policy::attribute(&element, key, value) {
                self.push_attribute(key, value);
            } else if !policy::is_looks(key) && key != "id" && key != "name" {
                self.report_attribute(tag, key, place);
            }
        }
        self.html.push('>');
        if element.kind != Kind::Void {
            let spans_blocks = element.kind == Kind::Block;
            let close = format!("</{name}>").into();
            self.open.push(Open { what: What::Raw { name: element.name, spans_blocks }, close });
        }
    }

    /// Headings of raw HTML keep their place below the page's own.
    fn shown_name(&mut self, name: &'static str) -> &'static str {
        const LEVELS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        match LEVELS.iter().position(|level| *level == name) {
            Some(index) => LEVELS[usize::from(self.shown_level(index as u8 + 1)) - 1],
            None => name,
        }
    }

    /// Writes `id` (or the `name` of an anchor), once on a page; a description's would clash with the page's own.
    fn raw_id(&mut self, tag: &Tag<'_>) {
        let written = tag.attribute("id").or_else(|| tag.attribute("name").filter(|_| tag.name == "a"));
        let Some(id) = written.and_then(explicit_id).filter(|_| self.options.trust == Trust::Publisher) else { return };
        let of_heading = match self.options.heading_ids {
            HeadingIds::Given(headings) => headings.iter().any(|heading| heading.id == id),
            HeadingIds::Prefix(_) => self.headings.iter().any(|heading| heading.id == id),
        };
        if !of_heading && id != "main" && !self.raw_ids.contains(&id) {
            self.push_attribute("id", &id);
            self.raw_ids.push(id);
        }
    }

    fn raw_link(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        let around =
            tag.attribute("href").map(|target| self.around(target, tag.attribute("title").unwrap_or(""), place));
        for (key, _) in &tag.attributes {
            if !policy::is_looks(key) && !matches!(key.as_str(), "href" | "title" | "id" | "name" | "download") {
                self.report_attribute(tag, key, place);
            }
        }
        if self.links > 0 {
            // No link may stand in another.
            return;
        }
        self.links += 1;
        let (open, close) = around.map_or(("<a>".to_string(), "</a>"), |around| (around.open, around.close));
        let (name, rest) = open.split_at(open.find([' ', '>']).unwrap_or(open.len()));
        self.html.push_str(name);
        self.raw_id(tag);
        self.html.push_str(rest);
        self.open.push(Open { what: What::Raw { name: "a", spans_blocks: false }, close: close.into() });
    }

    fn raw_image(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        let mut more = String::new();
        for (key, value) in &tag.attributes {
            let number = !value.is_empty() && value.len() <= 4 && value.bytes().all(|byte| byte.is_ascii_digit());
            match key.as_str() {
                "width" | "height" if number => more.push_str(&format!(" {key}=\"{value}\"")),
                "title" => more.push_str(&format!(" title=\"{}\"", crate::render::html::attribute(value))),
                "align" if matches!(value.as_str(), "left" | "right") => more.push_str(&format!(" align=\"{value}\"")),
                "src" | "alt" | "id" | "name" | "srcset" | "sizes" | "decoding" => {}
                looks if policy::is_looks(looks) => {}
                _ => self.report_attribute(tag, key, place),
            }
        }
        if let Some(source) = tag.attribute("src") {
            self.write_image(source, tag.attribute("alt").unwrap_or(""), &more, place);
        }
    }

    fn raw_close(&mut self, name: &str, written: &str) {
        if matches!(name, "br" | "hr" | "wbr" | "col" | "img") {
            return;
        }
        if name != "a" && policy::element(name).is_none() {
            return self.both_texts(written);
        }
        let own = self.open.iter().rev().take_while(|open| matches!(open.what, What::Raw { .. }));
        let found = own.into_iter().position(|open| matches!(open.what, What::Raw { name: open, .. } if open == name));
        let Some(above) = found else { return };
        for _ in 0..=above {
            self.close_top();
        }
    }

    fn report_element(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        let written = tag.written.trim_start_matches('<').get(..tag.name.len()).unwrap_or(&tag.name);
        let message = format!("`<{}>` may not stand in Markdown and is shown as text", shortened(written));
        let help = match tag.name.as_str() {
            "iframe" | "video" | "audio" | "embed" | "object" => "link to it instead",
            "script" | "style" | "link" => "scripts and styles belong into the theme",
            _ => "write it in Markdown, or put it between backticks if it is meant as text",
        };
        self.problem(codes::HTML_NOT_ALLOWED, place.clone(), message, Some(help.into()));
    }

    fn report_attribute(&mut self, tag: &Tag<'_>, key: &str, place: &Range<usize>) {
        let message = format!("`{}` of `<{}>` may not stand in Markdown and is left out", shortened(key), tag.name);
        self.problem(codes::HTML_NOT_ALLOWED, place.clone(), message, None);
    }
}
