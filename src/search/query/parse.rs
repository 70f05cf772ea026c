//! What a reader typed, as words, whole names, a path and a method.

use std::ops::Range;

use super::path::Path;
use crate::search::index::Directory;
use crate::search::rules::{Rules, is_stop};
use crate::search::tokens::{Run, has_digit, run, term};

/// Most characters of a query that are read.
const LONGEST: usize = 200;

/// One part of a word.
#[derive(Debug)]
pub struct Item {
    /// As typed, folded.
    pub word: String,
    /// Its term.
    pub term: String,
    /// True for the last one, which may not be finished.
    pub last: bool,
    /// True for a function word beside others that tell more.
    pub stop: bool,
    /// True when it need not be looked up: the path that it is in was found.
    pub known: bool,
}

/// Items that together may be one name.
#[derive(Debug)]
pub struct Cover {
    /// The items.
    pub items: Range<usize>,
    /// The name.
    pub whole: String,
    /// True when it was typed as one word.
    pub is_word: bool,
    /// True when it cannot be an ordinary word: it has several parts in one word, or a digit.
    pub strong: bool,
}

/// A query.
#[derive(Debug, Default)]
pub struct Query {
    /// The parts of its words.
    pub items: Vec<Item>,
    /// What may be whole names, the longest first.
    pub covers: Vec<Cover>,
    /// The path in it, and the items that it covers.
    pub path: Option<Path>,
    /// The letters of the method that was asked for.
    pub method: Option<String>,
}

struct Word {
    items: Range<usize>,
    whole: String,
}

impl Query {
    /// Reads what was typed.
    pub fn parse(typed: &str, directory: &Directory) -> Query {
        let typed: String = typed.chars().take(LONGEST).collect();
        let mut words: Vec<&str> = typed.split_whitespace().collect();
        let mut query = Query { method: method(&words, directory), ..Query::default() };
        if query.method.is_some() {
            words.remove(0);
        }
        let most = directory.rules.most_words;
        let (mut read, mut dotted) = (Vec::new(), Vec::new());
        for word in words {
            query.read(word, most, &mut read, &mut dotted);
        }
        if let Some(last) = query.items.last_mut() {
            last.last = true;
        }
        if query.items.iter().any(|item| !is_stop(&item.word)) {
            query.items.iter_mut().for_each(|item| item.stop = is_stop(&item.word));
        }
        query.covers = covers(&read, &dotted, &query.items);
        query
    }

    /// The names that dots join in a word such as `charge.amount`: the one before may be a page, the one behind its field.
    fn read_dotted(&self, word: &str, start: usize, most: usize, dotted: &mut Vec<Word>) {
        let is_name = |name: &str| name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if !word.contains('.') || word.contains(['/', '{']) || !word.split('.').all(is_name) {
            return;
        }
        let mut at = start;
        for Run { parts, whole } in word.split('.').filter_map(run) {
            let end = (at + parts.len()).min(most);
            if at < end {
                dotted.push(Word { items: at..end, whole });
            }
            at = end;
        }
    }

    fn read(&mut self, word: &str, most: usize, read: &mut Vec<Word>, dotted: &mut Vec<Word>) {
        let is_path = word.contains(['/', '{']);
        let start = self.items.len();
        let words = if is_path { Path::bare(word) } else { word };
        if let Some(Run { parts, whole }) = run(words) {
            for word in parts.into_iter().take(most - start) {
                let term = term(&word).into_owned();
                self.items.push(Item { word, term, last: false, stop: false, known: false });
            }
            if self.items.len() > start {
                read.push(Word { items: start..self.items.len(), whole });
                self.read_dotted(word, start, most, dotted);
            }
        }
        if is_path && self.path.is_none() {
            self.path = Some(Path::parse(word, start..self.items.len()));
        }
    }

    /// Leaves the words of a path alone when the path itself was found, and could be nothing else or is one exactly.
    pub fn trust_path(&mut self, best: u64, rules: &Rules) {
        let Some(path) = self.path.as_ref().filter(|path| best >= rules.path_whole || (best > 0 && !path.loose)) else {
            return;
        };
        let items = path.items.clone();
        self.covers.retain(|cover| cover.items.end <= items.start || cover.items.start >= items.end);
        self.items[items].iter_mut().for_each(|item| item.known = true);
    }

    /// Returns the query with misspelt words as they were understood; `None` when none was.
    pub fn respelled(&self, spelling: &[(usize, Option<String>)]) -> Option<String> {
        spelling.iter().find(|(_, word)| word.is_some())?;
        let word = |(at, item): (usize, &Item)| {
            let found = spelling.iter().find(|(item, _)| *item == at).and_then(|(_, word)| word.clone());
            found.unwrap_or_else(|| item.word.clone())
        };
        Some(self.items.iter().enumerate().map(word).collect::<Vec<_>>().join(" "))
    }
}

impl Item {
    /// Returns true for a word long enough to forgive a typing mistake. Numbers and versions forgive none.
    pub fn may_be_misspelt(&self, rules: &Rules) -> bool {
        !self.stop && !self.known && self.word.chars().count() >= rules.typo_letters[0] && !has_digit(&self.word)
    }
}

/// The method that the first word names: in capitals, or before a path.
fn method(words: &[&str], directory: &Directory) -> Option<String> {
    let (first, rest) = words.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let before_path = rest[0].contains('/');
    let named = |name: &str| if before_path { name.eq_ignore_ascii_case(first) } else { name == *first };
    let letters: String =
        directory.methods.iter().filter(|(name, ..)| named(name)).map(|(_, letter, _)| *letter).collect();
    (!letters.is_empty()).then_some(letters)
}

fn covers(words: &[Word], dotted: &[Word], items: &[Item]) -> Vec<Cover> {
    let joined = |words: &[Word]| Cover {
        items: words[0].items.start..words[words.len() - 1].items.end,
        whole: words.iter().map(|word| word.whole.as_str()).collect(),
        is_word: words.len() == 1,
        strong: (words.len() == 1 && words[0].items.len() > 1) || words.iter().any(|word| has_digit(&word.whole)),
    };
    let mut covers = Vec::new();
    if words.len() > 2 {
        covers.push(joined(words));
    }
    covers.extend(words.windows(2).map(joined));
    covers.extend(words.chunks(1).chain(dotted.chunks(1)).map(joined));
    covers.retain(|cover| !items[cover.items.clone()].iter().all(|item| item.stop));
    covers
}
