//! The forms in which releases are headed: each gives the lines that may head one.

use std::ops::Range;

use super::Candidate;
use crate::load::blocks::{Block, Kind};
use crate::load::changelog::label::{self, Label, Named, Strength};

/// Deeper than any heading.
const NO_HEADING: u8 = 7;

/// Above any heading: none inside an `<Update>` ends it, its closing tag does.
const UPDATE: u8 = 0;

/// Every heading that says something of a release.
pub fn headings(blocks: &[Block]) -> Vec<Candidate> {
    let heading = |(block, found): (usize, &Block)| match found.kind {
        Kind::Heading(level) => Some(Candidate { block, item: None, level, label: label::read(&found.inline.text)? }),
        _ => None,
    };
    blocks.iter().enumerate().filter_map(heading).collect()
}

/// `<Update label="November 18, 2026" description="v1.2.0">`, as Mintlify's changelogs have it.
pub fn updates(text: &str, blocks: &[Block]) -> Vec<Candidate> {
    let update = |(at, block): (usize, &Block)| {
        let tag = update_tag(text, block)?;
        let named = attribute(tag, "label")?;
        let line = match attribute(tag, "description") {
            Some(more) if label::read(more).is_some() && !more.contains(named) => {
                format!("{more} ({named})")
            }
            _ => named.to_string(),
        };
        Some(Candidate {
            block: at,
            item: None,
            level: UPDATE,
            label: label::read(&line).or_else(|| label::read(named))?,
        })
    };
    blocks.iter().enumerate().filter_map(update).collect()
}

/// Lists whose bullets are releases: most of them begin with a version or date, and half of them say more.
pub fn bullets(blocks: &[Block]) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (block, list) in blocks.iter().enumerate().filter(|(_, block)| block.kind == Kind::List) {
        let items = list.children.iter().enumerate();
        let found: Vec<Candidate> = items
            .filter_map(|(item, child)| {
                bullet(child).map(|label| Candidate { block, item: Some(item), level: NO_HEADING, label })
            })
            .collect();
        let full =
            list.children.iter().filter(|item| !item.rest().is_empty() || !label::is_bare(&item.head().text)).count();
        if found.len() * 5 >= list.children.len() * 3 && full * 2 >= list.children.len() {
            all.extend(found);
        }
    }
    believe(all)
}

fn bullet(item: &Block) -> Option<Label> {
    let line = item.head().first_line();
    let label = label::read(line)
        .filter(|label| label.strength == Strength::Sure && label.named != Named::Unreleased || label.unreleased)?;
    // A bullet about a version is not one that begins with it.
    let begins = line.trim_start_matches(|c: char| "[*v(".contains(c)).starts_with(|c: char| c.is_ascii_digit())
        || label.date.is_some()
        || label.unreleased;
    begins.then_some(label)
}

/// Paragraphs whose first line is bold and a version, or is a version and nothing else before a list.
pub fn lines(blocks: &[Block]) -> Vec<Candidate> {
    let line = |(at, block): (usize, &Block)| {
        let bold = block.inline.starts_strong();
        let before_list =
            blocks.get(at + 1).is_some_and(|next| next.kind == Kind::List) && block.inline.first_break.is_none();
        if block.kind != Kind::Paragraph || !(bold || before_list) {
            return None;
        }
        let label = label::read(block.inline.first_line())?;
        let version = matches!(label.named, Named::Version(_)) && label.strength == Strength::Sure;
        let short = block.inline.first_line().len() < 80;
        let named =
            version || (bold && block.inline.is_all_strong() && (label.named == Named::Date || label.unreleased));
        (named && short).then_some(Candidate { block: at, item: None, level: NO_HEADING, label })
    };
    believe(blocks.iter().enumerate().filter_map(line).collect())
}

/// One line without a date is no evidence in a form that prose uses too.
fn believe(found: Vec<Candidate>) -> Vec<Candidate> {
    let released = found.iter().filter(|candidate| candidate.label.named != Named::Unreleased).count();
    match released > 1 || (released == 1 && found.iter().any(|candidate| candidate.label.date.is_some())) {
        true => found,
        false => Vec::new(),
    }
}

/// The bytes of the line that heads a release: a heading whole, of a paragraph the first line, of an `<Update>` its tag.
pub fn heading_range(text: &str, block: &Block) -> Range<usize> {
    match block.kind {
        Kind::Heading(_) => block.range.clone(),
        _ => match update_tag(text, block) {
            Some(tag) => block.range.start..block.range.start + tag.len(),
            None => block.range.start..block.inline.first_break.map_or(block.range.end, |(at, _)| at),
        },
    }
}

/// The opening tag at the start of a block, to the end of its line.
fn update_tag<'a>(text: &'a str, block: &Block) -> Option<&'a str> {
    if !matches!(block.kind, Kind::Paragraph | Kind::Html) {
        return None;
    }
    let part = text.get(block.range.clone())?.trim_start();
    let part = part.strip_prefix("<Update").filter(|rest| rest.starts_with([' ', '\n', '\r', '\t']))?;
    let end = part.find(">\n").or_else(|| part.find(">\r\n")).map_or(part.trim_end().len(), |at| at + 1);
    text.get(block.range.start..block.range.start + "<Update".len() + end)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag
        .match_indices(name)
        .map(|(at, _)| at)
        .find(|&at| tag[..at].ends_with(char::is_whitespace) && tag[at + name.len()..].starts_with('='))?;
    let value = tag[at + name.len() + 1..].trim_start_matches('{');
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    value[1..].split(quote).next()
}
