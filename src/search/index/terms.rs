//! The terms of every page, each with its weight in the page and in its parts.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::base36;
use crate::search::records::{Kind, Record};
use crate::search::rules::{is_stop, level, weight};
use crate::search::tokens::{LONGEST, Run, has_digit, run, runs, term};

/// One term of one page.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// The term.
    pub term: String,
    /// The page.
    pub page: u32,
    /// Where it stands in the page, as in the index: `:R!.2H`.
    pub units: String,
}

/// Every term of an index.
#[derive(Debug, Default)]
pub struct Terms {
    /// Terms of names, sorted.
    pub names: Vec<Posting>,
    /// Terms of prose, sorted.
    pub text: Vec<Posting>,
    /// Words of names as they are spelled, for finding the nearest; sorted.
    pub words: Vec<String>,
    /// Whole names of several parts; sorted.
    pub wholes: Vec<String>,
}

/// Longest title, in words, that is also a whole name.
const WHOLE_TITLE: usize = 7;

/// Returns the terms of pages, each given as its record and those of its parts.
pub fn of_pages(pages: &[&[Record]]) -> Terms {
    let found: Vec<Page> = pages.par_iter().map(|records| Page::of(records)).collect();
    let mut terms = Terms::default();
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    for (number, page) in found.into_iter().enumerate() {
        let posting = |(term, units): (String, String)| Posting { term, page: number as u32, units };
        terms.names.extend(page.encoded_names().map(posting));
        terms.text.extend(page.encoded_text().map(posting));
        terms.wholes.extend(page.wholes);
        for (term, word) in page.words {
            let known = spellings.entry(term).or_insert_with(|| word.clone());
            if (word.len(), &word) < (known.len(), known) {
                *known = word;
            }
        }
    }
    rayon::join(|| terms.names.par_sort_unstable(), || terms.text.par_sort_unstable());
    terms.words = spellings.into_values().collect();
    terms.words.sort();
    terms.wholes.sort();
    terms.wholes.dedup();
    terms
}

/// What a term is in one part of a page.
#[derive(Debug, Default, Clone, Copy)]
struct Cell {
    weight: u64,
    whole: Whole,
}

/// Whether a term is the whole of something.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whole {
    /// It is a part.
    #[default]
    No,
    /// An enumerated value.
    Value,
    /// A name.
    Name,
}

type Cells = BTreeMap<String, BTreeMap<u32, Cell>>;

/// The terms of one page.
#[derive(Debug, Default)]
struct Page {
    names: Cells,
    text: Cells,
    words: BTreeMap<String, String>,
    wholes: Vec<String>,
}

impl Page {
    fn of(records: &[Record]) -> Page {
        let mut page = Page::default();
        for record in records {
            match record.kind {
                kind if kind.is_page() => page.head(record),
                Kind::Heading => page.name(record.part, &record.title, weight::HEADING, WHOLE_TITLE),
                Kind::Entry => {}
                _ => record.names.iter().for_each(|name| page.name(record.part, name, weight::FIELD, usize::MAX)),
            }
            page.keywords(record);
            page.prose(record);
        }
        page
    }

    fn head(&mut self, record: &Record) {
        self.name(0, &record.title, weight::TITLE, WHOLE_TITLE);
        for name in record.names.iter().filter(|name| **name != record.title) {
            self.name(0, name, weight::NAME, usize::MAX);
        }
        if let Some((_, path)) = &record.call {
            let literal = path.split('/').filter(|segment| !segment.contains('{'));
            let parts: Vec<String> = literal.filter_map(run).flat_map(|run| run.parts).collect();
            let share = shared(weight::PATH, parts.len());
            parts.iter().for_each(|part| self.word(0, part, share));
        }
    }

    /// Adds the parts of a name, and the whole of it when it has no more than `whole` parts. Function words count only
    /// when there is nothing else.
    fn name(&mut self, part: u32, name: &str, weight: u64, whole: usize) {
        self.name_or_value(part, name, weight, whole, Whole::Name);
    }

    fn name_or_value(&mut self, part: u32, name: &str, weight: u64, whole: usize, kind: Whole) {
        let Some(Run { parts, whole: all }) = run(name) else { return };
        let mut telling: Vec<&String> = parts.iter().filter(|part| !is_stop(part)).collect();
        if telling.is_empty() {
            telling = parts.iter().collect();
        }
        let share = shared(weight, telling.len());
        telling.sort();
        telling.dedup();
        telling.into_iter().for_each(|word| self.word(part, word, share));
        if parts.len() <= whole && all.chars().count() < LONGEST {
            if parts.len() > 1 && !has_digit(&all) {
                self.wholes.push(all.clone());
            }
            let cell = self.names.entry(all).or_default().entry(part).or_default();
            cell.whole = cell.whole.max(kind);
        }
    }

    fn word(&mut self, part: u32, word: &str, weight: u64) {
        let term = term(word).into_owned();
        if word.len() > 2 && word.is_char_boundary(1) && !has_digit(word) {
            let known = self.words.entry(term.clone()).or_insert_with(|| word.to_owned());
            if (word.len(), word) < (known.len(), known.as_str()) {
                *known = word.to_owned();
            }
        }
        self.names.entry(term).or_default().entry(part).or_default().weight += weight;
    }

    /// Words that describe a page or are values of a field. A value of few parts is also whole, so that error codes and
    /// the like are found as they are written.
    fn keywords(&mut self, record: &Record) {
        let is_value =
            record.kind == Kind::Schema || !record.kind.is_page() && !matches!(record.kind, Kind::Entry | Kind::Scheme);
        let weight = if is_value { weight::VALUE } else { weight::KEYWORD };
        for keyword in &record.keywords {
            match is_value {
                true => self.name_or_value(record.part, keyword, weight, 4, Whole::Value),
                false => self.name(record.part, keyword, weight, 0),
            }
        }
    }

    /// The words of a text: more for each time one stands there, less the longer the text is, as in BM25.
    fn prose(&mut self, record: &Record) {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut length = 0;
        for run in runs(&record.text) {
            length += 1;
            if run.parts.len() > 1 && run.whole.is_ascii() {
                *counts.entry(run.whole).or_default() += 1;
            }
            for part in run.parts.iter().filter(|part| !is_stop(part)) {
                *counts.entry(term(part).into_owned()).or_default() += 1;
            }
        }
        let damping = 12 * (100 + length) / 200;
        for (term, count) in counts {
            if self.names.get(&term).is_some_and(|cells| cells.get(&record.part).is_some_and(|cell| cell.weight > 0)) {
                continue;
            }
            let share = weight::TEXT * count * 22 / (10 * count + damping);
            self.text.entry(term).or_default().entry(record.part).or_default().weight += share;
        }
    }

    fn encoded_names(&self) -> impl Iterator<Item = (String, String)> {
        self.names.iter().map(|(term, cells)| (term.clone(), encoded(cells)))
    }

    fn encoded_text(&self) -> impl Iterator<Item = (String, String)> {
        self.text.iter().map(|(term, cells)| (term.clone(), encoded(cells)))
    }
}

/// A word of a short name says more than one of a long name.
fn shared(weight: u64, words: usize) -> u64 {
    weight * 6 / (4 + words as u64)
}

fn encoded(cells: &BTreeMap<u32, Cell>) -> String {
    let mut out = String::new();
    for (part, cell) in cells {
        match part {
            0 => out.push(':'),
            part => {
                out.push('.');
                out.push_str(&base36(u64::from(*part)));
            }
        }
        if cell.weight > 0 {
            out.push(level(cell.weight));
        }
        match cell.whole {
            Whole::No => {}
            Whole::Value => out.push('?'),
            Whole::Name => out.push('!'),
        }
    }
    out
}
