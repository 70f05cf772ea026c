//! The writer: walks over a text's events and keeps the HTML balanced.
//!
//! Every element that is open (Markdown's, containers', raw HTML's) lies on one stack. An end of Markdown closes all
//! that was opened inside; an end of a container or raw element never reaches past the Markdown element around it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::containers::Container;
use super::{Options, Problem, Rendered, RenderedHeading};
use crate::diag::Code;
use crate::diag::codes::document as codes;
use crate::load::markdown::directive::Edge;
use crate::load::markdown::events::{Item, walk};
use crate::load::markdown::prepare::Prepared;
use crate::load::markdown::slug::Slugger;
use crate::model::document::NO_LINK;
use crate::render::html::{SafeHtml, push_escaped};

/// Elements inside one another that are written: deeper ones could exhaust the stack.
pub(super) const NESTING: usize = 64;

/// An open element.
pub(super) struct Open {
    pub what: What,
    /// What closes it; empty when it was not written.
    pub close: Cow<'static, str>,
}

/// What an open element is.
pub(super) enum What {
    /// An element of Markdown.
    Markdown,
    /// A footnote's text: the HTML that was written before it, and its label.
    Footnote { before: String, label: String },
    /// A raw element: its name, and whether it may stay open behind its HTML block.
    Raw { name: &'static str, spans_blocks: bool },
    /// A container.
    Container(Container),
}

/// A code block that is being read.
pub(super) struct CodeBlock {
    pub info: Option<String>,
    pub text: String,
    pub range: Range<usize>,
}

/// An image that is being read.
pub(super) struct Image {
    pub target: String,
    pub title: String,
    pub alt: String,
    pub range: Range<usize>,
    /// Images inside its description.
    pub inner: usize,
}

/// A table that is being written.
pub(super) struct Table {
    pub alignments: Vec<Alignment>,
    pub column: usize,
    pub in_head: bool,
    /// False below the nesting limit.
    pub written: bool,
}

/// Where the text of the heading that is open is collected.
pub(super) struct OpenHeading {
    pub level: u8,
    pub id: Option<String>,
    pub text: String,
    /// True when the page shows it as its title.
    pub skipped: bool,
    /// Where its element begins in the HTML.
    pub at: usize,
}

pub(super) struct Writer<'a> {
    pub options: &'a Options<'a>,
    pub html: String,
    pub open: Vec<Open>,
    pub problems: Vec<Problem>,
    pub headings: Vec<RenderedHeading>,
    /// Headings seen, the skipped one too.
    pub seen_headings: usize,
    /// Pairs of written and shown levels that are open.
    pub levels: Vec<(u8, u8)>,
    pub heading: Option<OpenHeading>,
    pub slugger: Slugger,
    pub code: Option<CodeBlock>,
    pub image: Option<Image>,
    pub table: Option<Table>,
    pub tables: BTreeMap<String, usize>,
    /// The HTML block that is being read.
    pub block_html: Option<(String, Range<usize>)>,
    /// A code span that waits for a `{nolink}` behind it.
    pub code_span: Option<String>,
    /// Links that are open: no link may stand in another.
    pub links: usize,
    pub remote_images: Vec<String>,
    /// Footnotes by label: the number, from 1 in order of first mention, and how often each is mentioned.
    pub footnotes: BTreeMap<String, (usize, usize)>,
    pub footnote_texts: BTreeMap<String, String>,
    pub raw_ids: Vec<String>,
    nesting_reported: bool,
}

/// Writes a whole text.
pub(super) fn write(prepared: &Prepared<'_>, options: &Options<'_>) -> Rendered {
    let mut writer = Writer::new(options, prepared.text.len());
    for (item, range) in walk(prepared, options.definitions) {
        writer.item(item, range);
    }
    writer.finish()
}

impl<'a> Writer<'a> {
    fn new(options: &'a Options<'a>, bytes: usize) -> Writer<'a> {
        Writer {
            options,
            html: String::with_capacity(bytes + bytes / 2),
            open: Vec::new(),
            problems: Vec::new(),
            headings: Vec::new(),
            seen_headings: 0,
            levels: Vec::new(),
            heading: None,
            slugger: Slugger::default(),
            code: None,
            image: None,
            table: None,
            tables: BTreeMap::new(),
            block_html: None,
            code_span: None,
            links: 0,
            remote_images: Vec::new(),
            footnotes: BTreeMap::new(),
            footnote_texts: BTreeMap::new(),
            raw_ids: Vec::new(),
            nesting_reported: false,
        }
    }

    fn finish(mut self) -> Rendered {
        self.flush_code_span(false);
        while !self.open.is_empty() {
            self.close_top();
        }
        self.write_footnotes();
        Rendered {
            html: SafeHtml::from_trusted(self.html),
            headings: self.headings,
            problems: self.problems,
            remote_images: self.remote_images,
        }
    }

    fn item(&mut self, item: Item<'_>, range: Range<usize>) {
        if self.heading.as_ref().is_some_and(|heading| heading.skipped) {
            if let Item::Markdown(Event::End(TagEnd::Heading(_))) = item {
                self.heading = None;
            }
            return;
        }
        match item {
            Item::Markdown(event) => self.event(event, range),
            Item::Container(directive) => {
                self.flush_code_span(false);
                match directive.edge {
                    Edge::Open | Edge::Leaf => self.open_container(directive),
                    Edge::Close => self.close_container(directive),
                }
            }
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Some(image) = &mut self.image {
            return match event {
                Event::Start(_) => image.inner += 1,
                Event::End(_) if image.inner > 0 => image.inner -= 1,
                Event::End(_) => self.end_image(),
                Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
                _ => {}
            };
        }
        if let Some(code) = &mut self.code {
            return match event {
                Event::Text(text) => code.text.push_str(&text),
                Event::End(TagEnd::CodeBlock) => self.end_code_block(),
                _ => {}
            };
        }
        if let Some((html, whole)) = &mut self.block_html {
            return match event {
                Event::Html(text) | Event::Text(text) => {
                    html.push_str(&text);
                    whole.end = range.end;
                }
                Event::End(TagEnd::HtmlBlock) => self.end_html_block(),
                _ => {}
            };
        }
        let rest = self.flush_code_span(matches!(&event, Event::Text(text) if text.starts_with(NO_LINK)));
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text.get(rest..).unwrap_or(""), &range),
            Event::Code(text) => self.code_span = Some(text.to_string()),
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html, &range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => {
                self.before_block();
                self.html.push_str("<hr>\n");
            }
            Event::TaskListMarker(ticked) => self.task(ticked),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, &range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, &range),
            Tag::Image { dest_url, title, .. } => {
                let (target, title) = (dest_url.to_string(), title.to_string());
                self.image = Some(Image { target, title, alt: String::new(), range, inner: 0 });
            }
            Tag::Emphasis => self.open_markdown("<em>", "</em>"),
            Tag::Strong => self.open_markdown("<strong>", "</strong>"),
            Tag::Strikethrough => self.open_markdown("<del>", "</del>"),
            Tag::Superscript => self.open_markdown("<sup>", "</sup>"),
            Tag::Subscript => self.open_markdown("<sub>", "</sub>"),
            block => {
                self.before_block();
                self.report_nesting(&range);
                self.start_block(block, range);
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Table => self.table = None,
            TagEnd::TableCell => self.next_column(),
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::Link => self.links = self.links.saturating_sub(1),
            _ => {}
        }
        self.close_markdown();
    }

    /// Opens an element of Markdown; beyond the nesting limit only its content is written.
    pub(super) fn open_markdown(&mut self, open: &str, close: impl Into<Cow<'static, str>>) {
        let deep = self.open.len() >= NESTING;
        if !deep {
            self.html.push_str(open);
        }
        let close = if deep { "".into() } else { close.into() };
        self.open.push(Open { what: What::Markdown, close });
    }

    /// Closes the innermost element of Markdown and all that was opened inside.
    pub(super) fn close_markdown(&mut self) {
        while let Some(open) = self.open.last() {
            let is_markdown = matches!(open.what, What::Markdown | What::Footnote { .. });
            self.close_top();
            if is_markdown {
                return;
            }
        }
    }

    /// Closes the innermost element, whatever it is.
    pub(super) fn close_top(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open.what {
            What::Container(container) => self.end_container(container, &open.close, true),
            What::Footnote { before, label } => {
                let text = std::mem::replace(&mut self.html, before);
                self.footnote_texts.entry(label).or_insert(text);
            }
            What::Markdown if open.close == "</p>\n" && self.html.ends_with("<p>") => {
                // A paragraph of nothing but a comment.
                self.html.truncate(self.html.len() - "<p>".len());
            }
            What::Raw { name: "a", .. } => {
                self.links = self.links.saturating_sub(1);
                self.html.push_str(&open.close);
            }
            What::Markdown | What::Raw { .. } => self.html.push_str(&open.close),
        }
    }

    fn report_nesting(&mut self, range: &Range<usize>) {
        if self.open.len() >= NESTING && !self.nesting_reported {
            self.nesting_reported = true;
            let message = format!("this is nested deeper than {NESTING} levels");
            self.problem(codes::LIMIT_NESTING, range.clone(), message, None);
        }
    }

    pub(super) fn problem(&mut self, code: &'static Code, range: Range<usize>, message: String, help: Option<String>) {
        self.problems.push(Problem { code, range, message, help });
    }

    pub(super) fn push_text(&mut self, text: &str) {
        push_escaped(&mut self.html, text);
    }

    /// Adds ` name="value"`.
    pub(super) fn push_attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        push_escaped(&mut self.html, value);
        self.html.push('"');
    }
}
