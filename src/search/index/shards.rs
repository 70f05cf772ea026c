//! Terms to shards: files of lines `term rarity postings`, sorted, each of a size that is quick to load.

use std::fmt::Write;

use super::terms::Posting;
use super::{Files, add, base36};
use crate::search::rules::rarity;

/// Bytes of a shard of names before compression, which takes it to about a third.
const NAMES: usize = 16_000;
/// Bytes of a shard of prose before compression.
const TEXT: usize = 50_000;

/// Writes the shards of names; returns the first term and the file of each.
pub fn names(postings: &[Posting], pages: usize, files: &mut Files) -> Vec<(String, String)> {
    write("names", postings, pages, NAMES, usize::MAX, files)
}

/// Writes the shards of prose. A word of more than a third of the pages of a large portal tells nothing.
pub fn text(postings: &[Posting], pages: usize, files: &mut Files) -> Vec<(String, String)> {
    let most = if pages < 60 { usize::MAX } else { pages / 3 };
    write("text", postings, pages, TEXT, most, files)
}

fn write(
    stem: &str,
    postings: &[Posting],
    pages: usize,
    size: usize,
    most: usize,
    files: &mut Files,
) -> Vec<(String, String)> {
    let mut shards: Vec<(String, String)> = Vec::new();
    let (mut first, mut text) = (String::new(), String::new());
    for of_term in postings.chunk_by(|a, b| a.term == b.term) {
        if of_term.len() > most {
            continue;
        }
        if text.is_empty() {
            first.clone_from(&of_term[0].term);
        }
        push_line(&mut text, of_term, pages);
        if text.len() >= size {
            let file = add(files, stem, shards.len(), std::mem::take(&mut text));
            shards.push((first.clone(), file));
        }
    }
    if !text.is_empty() {
        let file = add(files, stem, shards.len(), text);
        shards.push((first, file));
    }
    shards
}

fn push_line(text: &mut String, of_term: &[Posting], pages: usize) {
    text.push_str(&of_term[0].term);
    text.push(' ');
    text.push_str(&base36(rarity(pages as u64, of_term.len() as u64)));
    let (mut before, mut separator) = (0, ' ');
    for posting in of_term {
        let _ = write!(text, "{separator}{}{}", base36(u64::from(posting.page - before)), posting.units);
        (before, separator) = (posting.page, ',');
    }
    text.push('\n');
}
