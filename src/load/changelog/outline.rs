//! Which blocks of a changelog head releases, and which belong to none.
//!
//! Four forms are known: headings, `<Update label="…">` blocks, lists with a version in each bullet, and lines that
//! hold nothing but a version. The form that gives most releases wins; a heading counts by evidence, whatever its level.

mod accept;
mod forms;

use std::collections::BTreeSet;
use std::ops::Range;

use super::kinds;
use super::label::{self, Label};
use crate::load::blocks::{Block, Kind, trim};

/// A line that may head a release, and where it stands.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Index of its block.
    block: usize,
    /// Index of its list item.
    item: Option<usize>,
    /// The heading's level; deeper than any heading for the other forms.
    level: u8,
    label: Label,
}

/// One release of the file, still in blocks.
#[derive(Debug)]
pub struct Section<'a> {
    /// What its heading says.
    pub label: Label,
    /// The bytes of its heading.
    pub heading: Range<usize>,
    /// The URL that the heading links to.
    pub link: Option<String>,
    /// The bytes below its heading.
    pub range: Range<usize>,
    /// Text in the heading's own block, below its line.
    pub lead: Option<Range<usize>>,
    /// The blocks below its heading.
    pub blocks: &'a [Block],
    /// The heading that groups it with others.
    pub group: Option<&'a Block>,
}

/// The releases of a file in its order, and the rest.
#[derive(Debug, Default)]
pub struct Outline<'a> {
    /// The level-1 heading.
    pub title: Option<&'a Block>,
    /// What stands outside every release.
    pub preamble: Vec<Range<usize>>,
    /// The releases.
    pub sections: Vec<Section<'a>>,
}

/// Finds the releases among the blocks of a text.
pub fn outline<'a>(text: &str, blocks: &'a [Block]) -> Outline<'a> {
    let forms = [
        accept::headings(forms::headings(blocks)),
        forms::updates(text, blocks),
        forms::bullets(blocks),
        forms::lines(blocks),
    ];
    let mut best =
        forms.into_iter().reduce(|best, next| if next.len() > best.len() { next } else { best }).unwrap_or_default();
    best.sort_by_key(|candidate| (candidate.block, candidate.item));
    let owners = owners(blocks, &best);
    let title = title(blocks, &owners);
    let mut preamble = preamble(text, blocks, &owners, title);
    preamble.extend(lone_items(blocks, &best));
    preamble.sort_by_key(|range| range.start);
    let groups = groups(blocks, &owners, &best);
    let section = |((index, found), group): ((usize, Candidate), Option<&'a Block>)| {
        if let Some(item) = found.item {
            return item_section(text, &blocks[found.block].children[item], found.label, group);
        }
        let length = owners[found.block..].iter().take_while(|owner| **owner == Some(index)).count();
        let after = found.block + length;
        let end = blocks.get(after).map_or(text.len(), |next| next.range.start);
        block_section(text, &blocks[found.block..after], end, found.label, group)
    };
    let sections = best.into_iter().enumerate().zip(groups).map(section);
    Outline { title: title.map(|at| &blocks[at]), preamble, sections: sections.collect() }
}

/// For each block the index of the release that it belongs to.
fn owners(blocks: &[Block], found: &[Candidate]) -> Vec<Option<usize>> {
    let mut next = found.iter().enumerate().peekable();
    let mut current: Option<(usize, u8)> = None;
    let mut owners = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        if let Kind::Heading(level) = block.kind
            && current.is_some_and(|(_, own)| level < own.min(7))
            && !kinds::is_plain_section(&block.inline.text)
        {
            current = None;
        }
        while let Some((index, candidate)) = next.next_if(|(_, candidate)| candidate.block == at) {
            current = Some((index, candidate.level));
        }
        owners.push(current.map(|(index, _)| index));
        if is_end_of_update(block) || found.last().is_some_and(|last| last.item.is_some()) {
            current = None;
        }
    }
    owners
}

fn is_end_of_update(block: &Block) -> bool {
    block.kind == Kind::Html && block.inline.text.trim() == "</Update>"
}

fn title(blocks: &[Block], owners: &[Option<usize>]) -> Option<usize> {
    let is_title =
        |block: &Block| block.kind == Kind::Heading(1) && !block.inline.text.to_lowercase().contains("contents");
    (0..blocks.len()).find(|&at| owners[at].is_none() && is_title(&blocks[at]))
}

/// Runs of blocks outside every release that say more than a heading.
fn preamble(text: &str, blocks: &[Block], owners: &[Option<usize>], title: Option<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<(Range<usize>, bool)> = Vec::new();
    let mut open = false;
    for (at, block) in blocks.iter().enumerate() {
        if owners[at].is_some() || Some(at) == title {
            open = false;
            continue;
        }
        let says = !matches!(block.kind, Kind::Heading(_) | Kind::Rule) && !is_silent(text, block);
        match runs.last_mut().filter(|_| open) {
            Some((range, speaks)) => (range.end, *speaks) = (block.range.end, *speaks || says),
            None => runs.push((block.range.clone(), says)),
        }
        open = true;
    }
    runs.into_iter().filter(|(_, speaks)| *speaks).map(|(range, _)| range).collect()
}

/// Bullets that are no release, of lists whose others are.
fn lone_items(blocks: &[Block], found: &[Candidate]) -> Vec<Range<usize>> {
    let lists: BTreeSet<usize> =
        found.iter().filter(|candidate| candidate.item.is_some()).map(|candidate| candidate.block).collect();
    let taken: BTreeSet<_> = found.iter().map(|candidate| (candidate.block, candidate.item)).collect();
    let items = lists.iter().flat_map(|&list| (0..blocks[list].children.len()).map(move |item| (list, item)));
    items
        .filter(|&(list, item)| !taken.contains(&(list, Some(item))))
        .map(|(list, item)| blocks[list].children[item].range.clone())
        .collect()
}

/// Returns true for HTML that shows nothing: a comment, an anchor, a closing tag.
pub fn is_silent(text: &str, block: &Block) -> bool {
    let html = text.get(block.range.clone()).unwrap_or("");
    let is_html = block.kind == Kind::Html || (block.kind == Kind::Paragraph && block.inline.text.trim().is_empty());
    is_html && without_tags(html).trim().is_empty() && !html.contains("<img")
}

/// Drops comments and tags.
pub fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let end = match rest[at..].starts_with("<!--") {
            true => rest[at..].find("-->").map(|end| at + end + 3),
            false => rest[at..].find('>').map(|end| at + end + 1),
        };
        rest = end.map_or("", |end| &rest[end..]);
    }
    text.push_str(rest);
    text
}

/// The heading above each release that groups it with others: `# packages/cli`, `## 2026`.
fn groups<'a>(blocks: &'a [Block], owners: &[Option<usize>], found: &[Candidate]) -> Vec<Option<&'a Block>> {
    let heads = |at: usize| owners[at].is_none() && matches!(blocks[at].kind, Kind::Heading(_));
    let group = |candidate: &Candidate| {
        let above = (0..candidate.block).rev().find(|&at| heads(at));
        above
            .map(|at| &blocks[at])
            .filter(|block| matches!(block.kind, Kind::Heading(level) if level < candidate.level))
    };
    // A file of many releases under one heading would be walked from each of them: remember the last answer.
    let mut last: Option<(usize, Option<&Block>)> = None;
    let mut groups = Vec::with_capacity(found.len());
    for candidate in found {
        let fresh = last.is_none_or(|(from, _)| (from..candidate.block).any(heads));
        let answer = match (fresh, last) {
            (false, Some((_, known))) => {
                known.filter(|block| matches!(block.kind, Kind::Heading(level) if level < candidate.level))
            }
            _ => group(candidate),
        };
        last = Some((candidate.block, answer));
        groups.push(answer);
    }
    groups
}

/// The release that a bullet is.
fn item_section<'a>(text: &str, item: &'a Block, label: Label, group: Option<&'a Block>) -> Section<'a> {
    let heading = item.range.start..item.children.first().map_or(item.range.end, |head| head.range.end);
    let (range, blocks) = match label::is_bare(&item.head().text) {
        true => (heading.end.min(item.range.end)..item.range.end, item.rest()),
        false => (item.range.clone(), std::slice::from_ref(item)),
    };
    Section { label, link: link(item), heading, range: trim(text, range), lead: None, blocks, group }
}

/// The release that the first of some blocks heads; it ends at a byte.
fn block_section<'a>(
    text: &str,
    blocks: &'a [Block],
    end: usize,
    label: Label,
    group: Option<&'a Block>,
) -> Section<'a> {
    let block = &blocks[0];
    let heading = forms::heading_range(text, block);
    let mut range = trim(text, heading.end..end);
    if let Some(inside) = text[range.clone()].strip_suffix("</Update>") {
        range = trim(text, range.start..range.start + inside.len());
    }
    let lead = trim(text, heading.end..block.range.end.min(range.end).max(heading.end));
    let lead = (!lead.is_empty()).then_some(lead);
    Section { label, link: link(block), heading, range, lead, blocks: &blocks[1..], group }
}

fn link(block: &Block) -> Option<String> {
    let head = block.head();
    let mut links = head.links.iter().filter(|(url, covers)| {
        url.starts_with("http") && head.text[covers.clone()].contains(|c: char| c.is_ascii_digit())
    });
    links.next().map(|(url, _)| url.clone())
}
