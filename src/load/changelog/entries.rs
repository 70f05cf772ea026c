//! The entries of one release: its bullets and paragraphs, by section.

use std::ops::Range;

use super::kinds;
use super::outline::{is_silent, without_tags};
use crate::load::blocks::{Block, Kind, fold_space, trim};
use crate::model::changelog::{ChangeKind, ReleaseEntry};

/// What a release says.
#[derive(Debug, Default)]
pub struct Contents {
    /// What stands before the first section or entry.
    pub summary: Option<Range<usize>>,
    /// Entries in order.
    pub entries: Vec<ReleaseEntry>,
}

/// Levels of sections that are no headings: bold lines, and the summary of `<details>`.
const BOLD: u8 = 7;
const DETAILS: u8 = 8;

/// Reads the blocks of a release that ends at a byte; `lead` is text in the block of its heading.
pub fn read(text: &str, lead: Option<Range<usize>>, blocks: &[Block], end: usize) -> Contents {
    let mut reader = Reader {
        text,
        end,
        sections: Vec::new(),
        prose: lead.map(|range| (range.clone(), text[range].to_string())),
        contents: Contents::default(),
    };
    for (at, block) in blocks.iter().enumerate() {
        reader.block(block, blocks.get(at + 1));
    }
    reader.end_prose();
    reader.contents
}

/// A section that is open.
struct Open {
    level: u8,
    heading: String,
    kind: Option<ChangeKind>,
    breaks: bool,
}

struct Reader<'a> {
    text: &'a str,
    /// Where the release ends: before the closing tag of an `<Update>`, which may stand in its last paragraph.
    end: usize,
    sections: Vec<Open>,
    /// A run of paragraphs, code, tables and quotes: its bytes and words.
    prose: Option<(Range<usize>, String)>,
    contents: Contents,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block, next: Option<&Block>) {
        match block.kind {
            Kind::Heading(level) => self.section(level, &block.inline.text),
            Kind::Paragraph if is_bold_section(block, next) => {
                self.section(BOLD, block.inline.text.trim().trim_end_matches(':'))
            }
            Kind::List => {
                self.end_prose();
                block.children.iter().for_each(|item| self.item(item));
            }
            Kind::Item(_) => {
                self.end_prose();
                self.item(block);
            }
            Kind::Rule => self.end_summary(),
            Kind::Html => self.html(block),
            _ if is_silent(self.text, block) => {}
            _ => self.more_prose(block),
        }
    }

    fn section(&mut self, level: u8, heading: &str) {
        self.end_prose();
        self.sections.retain(|open| open.level < level);
        let heading = fold_space(heading);
        self.sections.push(Open {
            level,
            kind: kinds::of_section(&heading),
            breaks: kinds::section_breaks(&heading),
            heading,
        });
    }

    /// A bullet is an entry, unless it is a section's name with the entries in a list below it.
    fn item(&mut self, item: &Block) {
        let head = fold_space(&item.head().text);
        let lists = item.rest().iter().filter(|block| block.kind == Kind::List);
        if kinds::is_plain_section(&head)
            && lists.clone().count() > 0
            && item.rest().iter().all(|block| block.kind == Kind::List)
        {
            self.section(BOLD, head.trim_end_matches(':'));
            lists.flat_map(|list| &list.children).for_each(|entry| self.entry(entry));
            self.sections.pop();
            return;
        }
        self.entry(item);
    }

    fn entry(&mut self, item: &Block) {
        let words = item.words();
        if !kinds::is_placeholder(&words) {
            let breaks = kinds::entry_breaks(item.head(), &words);
            self.push(item.range.clone(), words, breaks);
        }
    }

    fn push(&mut self, range: Range<usize>, text: String, breaks: bool) {
        let named = self.sections.iter().rev().find_map(|open| open.kind);
        let entry = ReleaseEntry {
            kind: named.or_else(|| kinds::of_entry(&text)).unwrap_or(ChangeKind::Other),
            section: (!self.sections.is_empty())
                .then(|| self.sections.iter().map(|open| &*open.heading).collect::<Vec<_>>().join(" › ")),
            breaking: breaks || self.sections.iter().any(|open| open.breaks),
            range: trim(self.text, range.start..range.end.min(self.end).max(range.start)),
            text,
        };
        self.contents.entries.push(entry);
    }

    fn more_prose(&mut self, block: &Block) {
        let words = block.words();
        match &mut self.prose {
            Some((range, text)) => {
                range.end = block.range.end;
                text.push(' ');
                text.push_str(&words);
            }
            None => self.prose = Some((block.range.clone(), words)),
        }
    }

    /// Comments and anchors are no entry; `<details>` opens a section that its summary names.
    fn html(&mut self, block: &Block) {
        let html = &block.inline.text;
        let opens = html.matches("<details").count();
        let closes = html.matches("</details").count();
        let summary = html
            .split_once("<summary")
            .and_then(|(_, rest)| rest.split_once('>'))
            .and_then(|(_, rest)| rest.split("</summary").next());
        match opens.cmp(&closes) {
            std::cmp::Ordering::Greater => self.section(DETAILS, &without_tags(summary.unwrap_or("Details"))),
            std::cmp::Ordering::Less => {
                self.end_prose();
                self.sections.retain(|open| open.level != DETAILS);
            }
            std::cmp::Ordering::Equal if is_silent(self.text, block) => {}
            std::cmp::Ordering::Equal => self.more_prose(block),
        }
    }

    fn is_at_top(&self) -> bool {
        self.sections.is_empty() && self.contents.entries.is_empty()
    }

    fn end_summary(&mut self) {
        if !self.is_at_top() {
            self.end_prose();
        }
    }

    fn end_prose(&mut self) {
        let Some((range, words)) = self.prose.take() else {
            return;
        };
        let range = trim(self.text, range.start..range.end.min(self.end).max(range.start));
        if range.is_empty() {
            return;
        }
        if self.is_at_top() && self.contents.summary.is_none() {
            self.contents.summary = Some(range);
        } else if !kinds::is_placeholder(&words) {
            let words = fold_space(&words);
            let breaks = kinds::entry_breaks(&Default::default(), &words);
            self.push(range, words, breaks);
        }
    }
}

/// A bold line or a known word with a colon, above a list: `**Added**`, `Bug fixes:`.
fn is_bold_section(block: &Block, next: Option<&Block>) -> bool {
    let text = block.inline.text.trim();
    let listed = next.is_some_and(|next| next.kind == Kind::List);
    let known = || kinds::is_plain_section(text) || kinds::section_breaks(text);
    let short = text.split_whitespace().count() <= 6;
    let bold = block.inline.is_all_strong() && (listed || known());
    short && (bold || (listed && text.ends_with(':') && known()))
}
