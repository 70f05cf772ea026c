//! What a result shows, in chunks of neighbouring pages: a search loads those of its results only.

use std::collections::BTreeMap;

use super::directory::Directory;
use super::{Files, add, base36, push_front_coded};
use crate::search::records::{Kind, Record};

/// Bytes of a chunk before compression.
const SIZE: usize = 10_000;
/// Bytes of a chunk of prose before compression.
const PROSE: usize = 40_000;
/// Bytes of prose kept of one section.
const SECTION: usize = 4_000;

/// Writes what is shown of pages: URL without the base of its run, title, method and path,
/// separated by tabs. A line a page.
pub fn pages(pages: &[&[Record]], directory: &Directory, files: &mut Files) -> Vec<(usize, String)> {
    let mut run = directory.runs.iter().flat_map(|run| std::iter::repeat_n(run.base.len(), run.count));
    let line = |page: &&[Record]| {
        let head = &page[0];
        let rest = &head.url[run.next().unwrap_or(0)..];
        let call = head.call.as_ref().map_or(String::new(), |(method, path)| flat(&format!("{method} {path}")));
        format!("{rest}\t{}\t{call}", head.title)
    };
    chunked("pages", pages.iter().map(line), SIZE, files)
}

/// Writes what is shown of parts: the row of the kind as a letter, the anchor (`=` when it is the kind's beginning and
/// the label), a space, the label. A line a page, parts separated by tabs.
pub fn parts(pages: &[&[Record]], files: &mut Files) -> Vec<(usize, String)> {
    let line = |page: &&[Record]| page[1..].iter().map(part).collect::<Vec<_>>().join("\t");
    chunked("parts", pages.iter().map(line), SIZE, files)
}

fn part(record: &Record) -> String {
    let (_, _, _, beginning, _) = Kind::ALL[record.kind.row()];
    let is_plain = !beginning.is_empty() && record.anchor.strip_prefix(beginning) == Some(record.title.as_str());
    let anchor = if is_plain { "=" } else { record.anchor.as_str() };
    format!(
        "{}{} {}",
        char::from(b'a' + record.kind.row() as u8),
        anchor.replace(char::is_whitespace, "%20"),
        record.title
    )
}

/// Writes prose of pages: `part text`, separated by tabs. A line a page.
pub fn excerpts(pages: &[&[Record]], files: &mut Files) -> Vec<(usize, String)> {
    let shown = |record: &&Record| {
        !record.text.is_empty() && (record.kind.is_page() || matches!(record.kind, Kind::Heading | Kind::Entry))
    };
    let excerpt = |record: &Record| {
        let text = &record.text[..record.text.floor_char_boundary(SECTION)];
        format!("{} {}", base36(u64::from(record.part)), flat(text))
    };
    let line = |page: &&[Record]| page.iter().filter(shown).map(excerpt).collect::<Vec<_>>().join("\t");
    chunked("excerpts", pages.iter().map(line), PROSE, files)
}

/// Writes every path of an operation with the pages that it leads to, sorted and front-coded.
pub fn paths(pages: &[&[Record]], files: &mut Files) -> Vec<String> {
    let mut paths: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for head in pages.iter().map(|page| &page[0]) {
        if let Some((_, path)) = head.call.as_ref().filter(|(_, path)| !path.is_empty()) {
            paths.entry(path).or_default().push(base36(u64::from(head.page)));
        }
    }
    let (mut written, mut text, mut before) = (Vec::new(), String::new(), String::new());
    for (path, pages) in paths {
        let line = format!("{}\t{}", flat(path), pages.join(","));
        push_front_coded(&mut text, &before, &line);
        before = line;
        if text.len() >= 4 * SIZE {
            written.push(add(files, "paths", written.len(), std::mem::take(&mut text)));
            before.clear();
        }
    }
    if !text.is_empty() {
        written.push(add(files, "paths", written.len(), text));
    }
    written
}

fn chunked(stem: &str, lines: impl Iterator<Item = String>, size: usize, files: &mut Files) -> Vec<(usize, String)> {
    let (mut written, mut text, mut first) = (Vec::new(), String::new(), 0);
    for (page, line) in lines.enumerate() {
        if text.len() >= size {
            written.push((first, add(files, stem, written.len(), std::mem::take(&mut text))));
            first = page;
        }
        text.push_str(&line);
        text.push('\n');
    }
    if !text.is_empty() {
        written.push((first, add(files, stem, written.len(), text)));
    }
    written
}

/// Makes control characters spaces: lines and fields are separated by them.
fn flat(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
