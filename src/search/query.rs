//! Asks an index, by the rules that are written in it: for tests and the command line.
//!
//! The browser's script does the same steps in the same order on whole numbers, so that both give the same hits in the
//! same order. Takes the files of an index; asks for no other input.

mod lookup;
mod parse;
mod path;
mod score;
mod spelling;

use std::collections::BTreeMap;

use super::index::{Directory, ENTRY, Files};
use super::rules::Rules;
use parse::Query;

/// An index that was opened.
#[derive(Debug)]
pub struct Index<'a> {
    files: &'a Files,
    directory: Directory,
}

/// What was found: a page, and the parts of it that agree best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The number of the page.
    pub page: usize,
    /// How well it agrees; only comparable within one query.
    pub score: u64,
    /// The numbers of its parts, best first.
    pub parts: Vec<u32>,
}

/// What a query gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Pages, best first.
    pub hits: Vec<Hit>,
    /// The query as it was understood, when a word of it was taken for another.
    pub spelling: Option<String>,
}

/// Scores by page and part.
type Found = BTreeMap<usize, BTreeMap<u32, u64>>;

/// What one typed word gave: on its own, and as a whole name together with its neighbours.
#[derive(Debug, Default)]
struct Lookups {
    items: Vec<Found>,
    covers: Vec<Found>,
    paths: BTreeMap<usize, u64>,
}

impl<'a> Index<'a> {
    /// Opens an index; `None` when its entry is missing or of another form.
    pub fn open(files: &'a Files) -> Option<Index<'a>> {
        let directory: Directory = serde_json::from_slice(files.get(ENTRY)?).ok()?;
        (directory.version == super::index::VERSION).then_some(Index { files, directory })
    }

    /// Returns the directory.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Returns everything that agrees with a query.
    pub fn query(&self, words: &str) -> Answer {
        let mut query = Query::parse(words, &self.directory);
        let paths = query.path.as_ref().map_or(BTreeMap::new(), |path| self.paths_of(path));
        query.trust_path(paths.values().max().copied().unwrap_or(0), self.rules());
        let mut lookups = Lookups {
            items: query.items.iter().map(|item| self.names_of(item, &query)).collect(),
            covers: query.covers.iter().map(|cover| self.wholes_of(cover)).collect(),
            paths,
        };
        let missed = self.missed_wholes(&query, &lookups);
        let text: Vec<Found> = query.items.iter().map(|item| self.text_of(item)).collect();
        let mut spelling = Vec::new();
        for (at, item) in query.items.iter().enumerate() {
            if lookups.items[at].is_empty() && text[at].is_empty() && item.may_be_misspelt(self.rules()) {
                spelling.push((at, self.spelled_word(item, &mut lookups.items[at])));
            }
        }
        for at in missed {
            let cover = &query.covers[at];
            self.spelled_whole(cover, &mut lookups.covers[at]);
        }
        for (found, text) in lookups.items.iter_mut().zip(text) {
            merge(found, text);
        }
        Answer { hits: self.ranked(&query, &lookups), spelling: query.respelled(&spelling) }
    }

    fn rules(&self) -> &Rules {
        &self.directory.rules
    }

    fn text(&self, file: &str) -> &str {
        self.files.get(file).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// The covers of one word that nothing begins with, and of which a part is no word of any name.
    fn missed_wholes(&self, query: &Query, lookups: &Lookups) -> Vec<usize> {
        let is_missed = |at: &usize| {
            let cover = &query.covers[*at];
            cover.is_word
                && lookups.covers[*at].is_empty()
                && !query.items[cover.items.clone()].iter().all(|item| self.is_name(item))
        };
        (0..query.covers.len()).filter(is_missed).collect()
    }
}

/// Adds what was found elsewhere; the better score of each part counts.
fn merge(found: &mut Found, other: Found) {
    for (page, parts) in other {
        let known = found.entry(page).or_default();
        for (part, score) in parts {
            let best = known.entry(part).or_default();
            *best = score.max(*best);
        }
    }
}
