//! The blocks of a Markdown text as a shallow tree: what the readers of changelogs and roadmaps look at.
//!
//! Takes a text and a byte range of it and gives its headings, paragraphs, lists and tables with their bytes and their
//! words. It knows nothing of releases or roadmaps, and renders nothing.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Lists and quotes nested deeper than this give only their words: no author means it, and the tree stays small.
const DEEPEST: usize = 12;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A heading and its level, 1 to 6.
    Heading(u8),
    /// A paragraph; also the text of a tight list item.
    Paragraph,
    /// A list; its children are items.
    List,
    /// A list item, and whether its box is ticked when it has one.
    Item(Option<bool>),
    /// A block quote or a footnote.
    Quote,
    /// A code block.
    Code,
    /// Raw HTML.
    Html,
    /// A table; its children are rows, the first of them the head.
    Table,
    /// A table row; its children are cells.
    Row,
    /// A table cell.
    Cell,
    /// A thematic break.
    Rule,
}

/// One block with its bytes and words.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its bytes of the whole text; a list item's begin with the indentation before its mark.
    pub range: Range<usize>,
    /// Its own words; those of its children are theirs.
    pub inline: Inline,
    /// The blocks inside it.
    pub children: Vec<Block>,
}

/// Words without markup, and what the markup said about them.
#[derive(Debug, Clone, Default)]
pub struct Inline {
    /// The words; line breaks are spaces.
    pub text: String,
    /// Links and what of `text` they cover.
    pub links: Vec<(String, Range<usize>)>,
    /// What of `text` is strong.
    pub strong: Vec<Range<usize>>,
    /// True when some of it is code.
    pub code: bool,
    /// Where the first line ends: a byte of the source and a byte of `text`.
    pub first_break: Option<(usize, usize)>,
}

impl Inline {
    /// Returns true when every word is strong; a colon may follow.
    pub fn is_all_strong(&self) -> bool {
        let text = self.text.trim().trim_end_matches(':');
        let strong: usize = self.strong.iter().map(|range| self.text[range.clone()].trim_end_matches(':').len()).sum();
        !text.is_empty() && strong >= text.trim().len()
    }

    /// Returns true when it begins with strong words.
    pub fn starts_strong(&self) -> bool {
        self.strong.first().is_some_and(|range| self.text[..range.start].trim().is_empty() && !range.is_empty())
    }

    /// Returns the first line of the text.
    pub fn first_line(&self) -> &str {
        self.first_break.map_or(&*self.text, |(_, at)| &self.text[..at])
    }
}

impl Block {
    /// Returns the words of the block and of all inside it, white space folded.
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        self.collect_words(&mut parts);
        fold_space(&parts.join(" "))
    }

    fn collect_words<'a>(&'a self, parts: &mut Vec<&'a str>) {
        parts.push(&self.inline.text);
        for child in &self.children {
            child.collect_words(parts);
        }
    }

    /// Returns the words of the first paragraph of a list item; the block's own for any other.
    pub fn head(&self) -> &Inline {
        match self.children.first() {
            Some(first) if matches!(self.kind, Kind::Item(_)) && first.is_text() => &first.inline,
            _ => &self.inline,
        }
    }

    /// Returns the blocks of a list item that follow its first paragraph.
    pub fn rest(&self) -> &[Block] {
        match self.children.first() {
            Some(first) if first.is_text() => &self.children[1..],
            _ => &self.children,
        }
    }

    fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Paragraph | Kind::Heading(_))
    }

    /// Returns the links of the block and of all inside it.
    pub fn links(&self) -> Vec<&str> {
        let mut links: Vec<&str> = self.inline.links.iter().map(|(url, _)| url.as_str()).collect();
        links.extend(self.children.iter().flat_map(Block::links));
        links
    }
}

/// Folds every run of white space to one space and drops it at both ends.
pub fn fold_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Drops blank lines at the beginning and white space at the end of a range.
pub fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let blank = part.len() - part.trim_start().len();
    let start = part[..blank].rfind('\n').map_or(0, |at| at + 1);
    let end = part.trim_end().len();
    range.start + start.min(end)..range.start + end
}

/// Drops what only decorates: emoji, their `:shortcodes:`, and other signs that are neither words nor punctuation.
pub fn without_signs(line: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c.is_ascii() || "‘’“”–—−«»…·•".contains(c);
    let mut text = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let length = shortcode(rest).unwrap_or(c.len_utf8());
        match (length > c.len_utf8(), c) {
            (true, _) => text.push(' '),
            (false, c) if c.is_whitespace() || !plain(c) => text.push(' '),
            (false, c) => text.push(c),
        }
        rest = &rest[length..];
    }
    fold_space(&text)
}

/// The length of `:rocket:` at the start of a text.
fn shortcode(text: &str) -> Option<usize> {
    let name = text.strip_prefix(':')?;
    let end = name.bytes().take(40).position(|byte| byte == b':')?;
    let is_name =
        end > 1 && name[..end].bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-+".contains(&b));
    (is_name && name[..end].bytes().any(|b| b.is_ascii_lowercase())).then_some(end + 2)
}

/// Parses a byte range of a text. Ranges in the result are bytes of the whole text.
pub fn parse(text: &str, range: Range<usize>) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let start = range.start;
    let part = text.get(range).unwrap_or("");
    let mut tree = Tree { text, top: Vec::new(), open: Vec::new(), inline: Vec::new(), too_deep: 0 };
    for (event, range) in Parser::new_ext(part, options).into_offset_iter() {
        tree.take(event, start + range.start..start + range.end);
    }
    while !tree.open.is_empty() {
        tree.close();
    }
    tree.top
}

/// The tree while it grows.
struct Tree<'a> {
    text: &'a str,
    top: Vec<Block>,
    open: Vec<Block>,
    /// Where strong words and links began: byte of the open block's text, and the link's URL.
    inline: Vec<(usize, Option<String>)>,
    too_deep: usize,
}

impl Tree<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, &range),
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.words(&words, &range);
                self.with_inline(|inline| inline.code = true);
            }
            Event::Html(html) => self.words(&html, &range),
            Event::InlineHtml(html) if html.starts_with("<br") => self.words(" ", &range),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => {}
            Event::SoftBreak | Event::HardBreak => self.line_break(&range),
            Event::Rule => {
                self.open_block(Kind::Rule, range);
                self.close();
            }
            Event::TaskListMarker(ticked) => {
                if let Some(item) = self.open.iter_mut().rev().find(|block| matches!(block.kind, Kind::Item(_))) {
                    item.kind = Kind::Item(Some(ticked));
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let kind = match tag {
            Tag::Strong => return self.mark(None),
            Tag::Link { dest_url, .. } => return self.mark(Some(dest_url.to_string())),
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::Paragraph => Kind::Paragraph,
            Tag::List(_) => Kind::List,
            Tag::Item => Kind::Item(None),
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => Kind::Quote,
            Tag::CodeBlock(_) => Kind::Code,
            Tag::HtmlBlock => Kind::Html,
            Tag::Table(_) => Kind::Table,
            Tag::TableHead | Tag::TableRow => Kind::Row,
            Tag::TableCell => Kind::Cell,
            _ => return,
        };
        if self.too_deep > 0 || self.open.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        self.inline.clear();
        self.open_block(kind, range);
    }

    fn end(&mut self, tag: TagEnd) {
        let is_block = match tag {
            TagEnd::Strong | TagEnd::Link => return self.unmark(),
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) => true,
            TagEnd::FootnoteDefinition | TagEnd::CodeBlock | TagEnd::HtmlBlock => true,
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => true,
            _ => false,
        };
        match is_block {
            true if self.too_deep > 0 => self.too_deep -= 1,
            true => {
                if tag == TagEnd::Item {
                    self.close_tight_text();
                }
                self.close();
            }
            false => {}
        }
    }

    fn open_block(&mut self, kind: Kind, mut range: Range<usize>) {
        self.close_tight_text();
        if matches!(kind, Kind::Item(_)) {
            let line = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
            if self.text[line..range.start].bytes().all(|byte| byte == b' ' || byte == b'\t') {
                range.start = line;
            }
        }
        self.open.push(Block { kind, range, inline: Inline::default(), children: Vec::new() });
    }

    /// A tight item's text has no paragraph of its own in CommonMark's events; it gets one here.
    fn close_tight_text(&mut self) {
        let [.., item, text] = &*self.open else {
            return;
        };
        if matches!(item.kind, Kind::Item(_)) && text.kind == Kind::Paragraph {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(block) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(block),
            None => self.top.push(block),
        }
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        if self.open.last().is_some_and(|block| matches!(block.kind, Kind::Item(_))) && self.too_deep == 0 {
            self.open_block(Kind::Paragraph, range.clone());
        }
        let Some(block) = self.open.last_mut() else {
            return;
        };
        if self.too_deep > 0 && !block.inline.text.is_empty() {
            block.inline.text.push(' ');
        }
        block.inline.text.push_str(words);
        block.range.end = block.range.end.max(range.end);
    }

    fn line_break(&mut self, range: &Range<usize>) {
        if let Some(block) = self.open.last_mut() {
            let at = block.inline.text.len();
            block.inline.first_break.get_or_insert((range.start, at));
            block.inline.text.push(' ');
        }
    }

    fn mark(&mut self, link: Option<String>) {
        let at = match self.open.last() {
            Some(block) if !matches!(block.kind, Kind::Item(_)) => block.inline.text.len(),
            _ => 0,
        };
        self.inline.push((at, link));
    }

    fn unmark(&mut self) {
        let Some((start, link)) = self.inline.pop() else {
            return;
        };
        self.with_inline(|inline| {
            let range = start.min(inline.text.len())..inline.text.len();
            match link {
                Some(url) => inline.links.push((url, range)),
                None => inline.strong.push(range),
            }
        });
    }

    fn with_inline(&mut self, change: impl FnOnce(&mut Inline)) {
        if let Some(block) = self.open.last_mut() {
            change(&mut block.inline);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tight_item_has_its_text_in_a_paragraph_and_its_indentation_in_its_range() {
        let text = "- a\n\n  - **b** [c](d)\n    more\n";
        let blocks = parse(text, 0..text.len());
        let inner = &blocks[0].children[0].rest()[0].children[0];
        assert_eq!(&text[inner.range.clone()], "  - **b** [c](d)\n    more\n");
        assert_eq!(inner.head().text, "b c more");
        assert_eq!(inner.head().strong.first(), Some(&(0..1)));
        assert_eq!(inner.head().links, [("d".to_string(), 2..3)]);
        assert_eq!(inner.head().first_line(), "b c");
        assert_eq!(blocks[0].words(), "a b c more");
    }

    #[test]
    fn what_nests_too_deep_keeps_its_words() {
        let text = format!("{}deep\n", "> ".repeat(4000));
        assert_eq!(parse(&text, 0..text.len())[0].words(), "deep");
    }
}
