//! The outline of a Markdown text: headings with anchors, links, words by section, link definitions.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::autolink;
use super::directive::{Directive, Edge, Role};
use super::events::{Item, definitions, walk};
use super::prepare::{Dialect, prepare};
use super::raw_html::{Token, decoded, tokens};
use super::slug;
use crate::diag::SourceText;
use crate::model::document::{CodeSpan, Heading, Markdown, MarkdownLink, NO_LINK, Section};

/// Makes the outline of the Markdown in a byte range of a file.
///
/// Container lines, comments and code blocks are no text; inline code is. What is only for some audiences (`:::only`) is
/// left out of the words, so that the search index cannot tell what a page hides.
pub fn outline(source: &Arc<SourceText>, range: Range<usize>) -> Markdown {
    outline_as(source, range, Dialect::of(&source.path))
}

/// The same for a text of another dialect than its path's.
pub(super) fn outline_as(source: &Arc<SourceText>, range: Range<usize>, dialect: Dialect) -> Markdown {
    let range = clamped(&source.text, range);
    let prepared = prepare(&source.text[range.clone()], dialect);
    let mut outliner = Outliner::new(range.start);
    for (item, at) in walk(&prepared, &[]) {
        match item {
            Item::Markdown(event) => outliner.event(event, at),
            Item::Container(directive) => outliner.container(directive, at),
        }
    }
    let definitions = definitions(&prepared);
    outliner.finish(source, range, definitions)
}

/// Cuts a range to the text and to whole characters.
fn clamped(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text.floor_char_boundary(range.end.min(text.len()));
    text.floor_char_boundary(range.start.min(end))..end
}

/// Collects while the events pass.
#[derive(Default)]
struct Outliner {
    /// Where the text begins in its file.
    base: usize,
    headings: Vec<Heading>,
    explicit: Vec<Option<String>>,
    links: Vec<MarkdownLink>,
    code_spans: Vec<CodeSpan>,
    anchors: Vec<String>,
    sections: Vec<Section>,
    /// True inside a heading.
    in_heading: bool,
    /// True inside a code block.
    in_code: bool,
    /// Links and images that are open: bare URLs inside are theirs.
    open_links: usize,
    /// The HTML block that is being read, and where it begins.
    html: Option<(String, Range<usize>)>,
    /// Open containers that are only for some audiences.
    hidden: usize,
    /// Open containers: whether each is hidden.
    containers: Vec<bool>,
}

impl Outliner {
    fn new(base: usize) -> Outliner {
        let first = Section { heading: None, text: String::new() };
        Outliner { base, sections: vec![first], ..Outliner::default() }
    }

    fn place(&self, at: &Range<usize>) -> Range<usize> {
        self.base + at.start..self.base + at.end
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) if !self.in_code => {
                if text.starts_with(NO_LINK) && self.ends_with_code_span(at.start) {
                    self.code_spans.pop();
                }
                self.text_with_links(&text, &at);
            }
            Event::Code(text) => self.code_span(&text, &at),
            Event::Html(html) => match &mut self.html {
                Some((block, whole)) => {
                    block.push_str(&html);
                    whole.end = at.end;
                }
                None => self.raw(&html, &at),
            },
            Event::InlineHtml(html) => self.raw(&html, &at),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            _ => {}
        }
    }

    fn code_span(&mut self, code: &str, at: &Range<usize>) {
        self.text(code);
        if self.open_links == 0 && !self.in_heading {
            let range = self.place(at);
            self.code_spans.push(CodeSpan { code: code.to_owned(), range });
        }
    }

    /// Returns true when the last code span ends at this byte of the text.
    fn ends_with_code_span(&self, at: usize) -> bool {
        self.code_spans.last().is_some_and(|span| span.range.end == self.base + at)
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let range = self.place(&at);
                self.headings.push(Heading { level: level as u8, id: String::new(), text: String::new(), range });
                self.explicit.push(id.map(|id| id.to_string()));
                self.in_heading = true;
            }
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::HtmlBlock => self.html = Some((String::new(), at)),
            Tag::Link { link_type, dest_url, .. } => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.link(format!("{mail}{dest_url}"), false, &at);
                self.open_links += 1;
            }
            Tag::Image { dest_url, .. } => {
                self.link(dest_url.to_string(), true, &at);
                self.open_links += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, _at: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.in_heading = false;
                let heading = self.headings.len() - 1;
                self.sections.push(Section { heading: Some(heading), text: String::new() });
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::HtmlBlock => {
                if let Some((html, whole)) = self.html.take() {
                    self.raw(&html, &whole);
                }
            }
            TagEnd::Link | TagEnd::Image => self.open_links = self.open_links.saturating_sub(1),
            _ => {}
        }
        if !matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) {
            self.text(" ");
        }
    }

    fn container(&mut self, directive: &Directive, at: Range<usize>) {
        match directive.edge {
            Edge::Open => {
                let hides = directive.role() == Role::Only;
                self.containers.push(hides);
                self.hidden += usize::from(hides);
            }
            Edge::Close => {
                let hidden = self.containers.pop().unwrap_or(false);
                self.hidden -= usize::from(hidden);
            }
            Edge::Leaf => {}
        }
        if directive.edge != Edge::Close {
            let title = directive.label().unwrap_or("").to_string();
            self.text(&title);
            self.text(" ");
            if let Some(target) = directive.attribute("href").map(str::to_string) {
                self.link(target, false, &at);
            }
        }
    }

    fn link(&mut self, target: String, image: bool, at: &Range<usize>) {
        let range = self.place(at);
        self.links.push(MarkdownLink { target, image, range });
    }

    fn text_with_links(&mut self, text: &str, at: &Range<usize>) {
        self.text(text);
        if self.open_links > 0 {
            return;
        }
        for found in autolink::find(text) {
            // Offsets of the text are those of the file only while nothing was unescaped.
            let exact = text.len() == at.len();
            let range = if exact { at.start + found.range.start..at.start + found.range.end } else { at.clone() };
            self.link(found.target, false, &range);
        }
    }

    /// Links, anchors and text of raw HTML.
    fn raw(&mut self, html: &str, at: &Range<usize>) {
        let mut skipping = false;
        for (token, range) in tokens(html) {
            match token {
                Token::Text(_) if skipping => skipping = false,
                Token::Text(text) => self.text(&decoded(text)),
                Token::Open(tag) => {
                    skipping = matches!(tag.name.as_str(), "script" | "style");
                    let exact = html.len() == at.len();
                    let range = if exact { at.start + range.start..at.start + range.end } else { at.clone() };
                    self.raw_tag(&tag, &range);
                }
                Token::Close(..) => self.text(" "),
                Token::Comment => {}
            }
        }
    }

    fn raw_tag(&mut self, tag: &super::raw_html::Tag<'_>, at: &Range<usize>) {
        let anchor = tag.attribute("id").or_else(|| tag.attribute("name").filter(|_| tag.name == "a"));
        self.anchors.extend(anchor.and_then(slug::explicit_id));
        let target = match tag.name.as_str() {
            "a" => tag.attribute("href").map(|target| (target, false)),
            "img" => tag.attribute("src").map(|target| (target, true)),
            _ => None,
        };
        if let Some((target, image)) = target {
            self.link(target.to_string(), image, at);
        }
    }

    /// Adds plain text to the heading or section that is open, white space folded.
    fn text(&mut self, text: &str) {
        if let (true, Some(heading)) = (self.in_heading, self.headings.last_mut()) {
            push_folded(&mut heading.text, text);
        } else if let (0, Some(section)) = (self.hidden, self.sections.last_mut()) {
            push_folded(&mut section.text, text);
        }
    }

    fn finish(
        mut self,
        source: &Arc<SourceText>,
        range: Range<usize>,
        definitions: Vec<crate::model::document::LinkDefinition>,
    ) -> Markdown {
        for heading in &mut self.headings {
            heading.text.truncate(heading.text.trim_end().len());
        }
        let named: Vec<(Option<String>, &str)> =
            self.explicit.into_iter().zip(&self.headings).map(|(id, heading)| (id, heading.text.as_str())).collect();
        let ids = slug::assign(&named);
        for (heading, id) in self.headings.iter_mut().zip(ids) {
            heading.id = id;
        }
        for section in &mut self.sections {
            section.text.truncate(section.text.trim_end().len());
        }
        if self.sections.first().is_some_and(|first| first.text.is_empty()) && self.sections.len() > 1 {
            self.sections.remove(0);
        }
        let texts = self.sections.iter().map(|section| &section.text);
        let words = texts.chain(self.headings.iter().map(|heading| &heading.text)).map(|text| count_words(text)).sum();
        Markdown {
            source: Arc::clone(source),
            range,
            headings: self.headings,
            links: self.links,
            code_spans: self.code_spans,
            sections: self.sections,
            words,
            anchors: self.anchors,
            definitions,
        }
    }
}

/// Appends text with every run of white space as one space, and none at the beginning.
fn push_folded(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// Counts words; in scripts that part no words, two characters count as one.
fn count_words(text: &str) -> usize {
    let ideographs =
        text.chars().filter(|c| matches!(*c as u32, 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff)).count();
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count() + ideographs / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourcePath;

    fn outlined(text: &str) -> Markdown {
        let source = Arc::new(SourceText::new(SourcePath::new("a.md"), text));
        let length = source.text.len();
        outline(&source, 0..length)
    }

    #[test]
    fn headings_have_text_without_markup_and_their_bytes() {
        let markdown = outlined("# A `b` *c* [d](e)\n\nF\n=\n\n## A b c d {#own}\n");
        let found: Vec<_> = markdown.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
        assert_eq!(found, [(1, "a-b-c-d", "A b c d"), (1, "f", "F"), (2, "own", "A b c d")]);
        assert_eq!(&markdown.text()[markdown.headings[1].range.clone()], "F\n=\n");
    }

    #[test]
    fn every_kind_of_link_is_found_with_its_bytes() {
        let text = "[a](b.md \"t\") ![i](i.png) <https://x.y> [r] https://bare.example/x_y. `no://code`\n\n\
                    <a href=\"raw.md\"><img src='r.png'></a>\n\n[r]: ref.md\n";
        let markdown = outlined(text);
        let found: Vec<_> =
            markdown.links.iter().map(|l| (l.target.as_str(), l.image, &text[l.range.clone()])).collect();
        assert_eq!(
            found,
            [
                ("b.md", false, "[a](b.md \"t\")"),
                ("i.png", true, "![i](i.png)"),
                ("https://x.y", false, "<https://x.y>"),
                ("ref.md", false, "[r]"),
                ("https://bare.example/x_y", false, "https://bare.example/x_y"),
                ("raw.md", false, "<a href=\"raw.md\">"),
                ("r.png", true, "<img src='r.png'>"),
            ]
        );
        assert_eq!(markdown.definitions[0].target, "ref.md");
    }

    #[test]
    fn code_spans_outside_of_headings_and_links_may_link_themselves() {
        let text = "# `No`\n\n`Yes` and [`no`](a) and `not`{nolink} and ``GET /a``\n";
        let found: Vec<_> =
            outlined(text).code_spans.into_iter().map(|span| (span.code, text[span.range].to_owned())).collect();
        assert_eq!(found, [("Yes".into(), "`Yes`".into()), ("GET /a".to_owned(), "``GET /a``".to_owned())]);
    }

    #[test]
    fn sections_hold_words_and_nothing_else() {
        let text = "Before <!-- no -->it.\n\n# One\n\n:::tip Title\nHas *two*\nlines.\n:::\n\n```\ncode\n```\n\n\
                    | a | b |\n|---|---|\n| c | `d` |\n\n# Two\n";
        let markdown = outlined(text);
        let found: Vec<_> = markdown.sections.iter().map(|s| (s.heading, s.text.as_str())).collect();
        assert_eq!(found, [(None, "Before it."), (Some(0), "Title Has two lines. a b c d"), (Some(1), "")]);
        assert_eq!(markdown.words, 12);
    }

    #[test]
    fn what_is_for_some_audiences_is_no_searchable_text() {
        let markdown = outlined("a\n\n:::only{audience=x}\nsecret\n:::\n\nb\n");
        assert_eq!(markdown.sections[0].text, "a b");
    }

    #[test]
    fn anchors_of_raw_html_are_known() {
        assert_eq!(outlined("<a name=\"x\"></a>\n\n<h2 id=y>Z</h2>\n").anchors, ["x", "y"]);
    }

    #[test]
    fn a_range_leaves_the_rest_of_the_file_out() {
        let source = Arc::new(SourceText::new(SourcePath::new("a.md"), "# No\n\n# Yes\n\n[a](b)\n"));
        let markdown = outline(&source, 6..source.text.len());
        assert_eq!(markdown.headings.len(), 1);
        assert_eq!(&source.text[markdown.links[0].range.clone()], "[a](b)");
        assert_eq!(outline(&source, 500..900).text(), "");
    }
}
