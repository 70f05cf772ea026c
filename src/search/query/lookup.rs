//! Terms in shards: which shard, which lines, which pages.

use std::collections::BTreeMap;

use super::parse::{Cover, Item, Query};
use super::path::Path;
use super::{Found, Index, merge};
use crate::search::tokens::term;

/// One line of a shard.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    term: &'a str,
    rarity: u64,
    postings: &'a str,
}

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Option<Line<'a>> {
        let (term, rest) = line.split_once(' ')?;
        let (rarity, postings) = rest.split_once(' ')?;
        Some(Line { term, rarity: number(rarity), postings })
    }

    /// Calls `each` with every place of the term.
    fn each(&self, levels: &[u64], mut each: impl FnMut(Place)) {
        let mut page = 0;
        for entry in self.postings.split(',') {
            let units = entry.find([':', '.']).unwrap_or(entry.len());
            page += number(&entry[..units]) as usize;
            for unit in units_of(&entry[units..]) {
                let rest = unit.trim_start_matches(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
                let level = rest.bytes().next().filter(u8::is_ascii_uppercase).map(|letter| usize::from(letter - b'A'));
                let weight = level.and_then(|level| levels.get(level)).copied().unwrap_or(0);
                let whole = rest.chars().last().filter(|mark| matches!(mark, '!' | '?'));
                each(Place { page, part: number(&unit[..unit.len() - rest.len()]) as u32, weight, whole });
            }
        }
    }
}

/// Where a term stands.
struct Place {
    page: usize,
    part: u32,
    /// 0 when the term is only a whole name or value there.
    weight: u64,
    /// `!` when it is a whole name there, `?` when it is a whole value.
    whole: Option<char>,
}

/// `:R!.2H` is `R!` (the page itself) and `2H`.
fn units_of(units: &str) -> impl Iterator<Item = &str> {
    units.split([':', '.']).skip(1)
}

/// Reads a number in base 36; what is none is 0.
pub fn number(digits: &str) -> u64 {
    u64::from_str_radix(digits, 36).unwrap_or(0)
}

impl Index<'_> {
    /// Where a word stands in names: itself, what begins with it, and its synonyms.
    pub(super) fn names_of(&self, item: &Item, query: &Query) -> Found {
        if item.known {
            return Found::new();
        }
        let mut found =
            self.word_of(&self.directory.names, item, query.items.len() == 1 || item.word.chars().count() > 2);
        if !item.stop {
            for synonym in self.synonyms(&item.term) {
                merge(&mut found, self.exact(&self.directory.names, &term(synonym), self.rules().synonym));
            }
        }
        found
    }

    /// Returns true when a word is a term of a name as it is typed.
    pub(super) fn is_name(&self, item: &Item) -> bool {
        self.line(&self.directory.names, &item.term).is_some()
    }

    /// Where a word stands in prose. Only the last one may be unfinished.
    pub(super) fn text_of(&self, item: &Item) -> Found {
        if item.known {
            return Found::new();
        }
        self.word_of(&self.directory.text, item, item.last)
    }

    /// Where a word stands in names, misspelt. Returns the nearest spelling.
    pub(super) fn spelled_word(&self, item: &Item, found: &mut Found) -> Option<String> {
        let mut spellings = self.nearest(&self.directory.words, &item.word);
        if spellings.is_empty() {
            // The vocabulary holds one form of each word, hardly ever the plural.
            spellings = self.nearest(&self.directory.words, &item.term);
        }
        for (word, mistakes) in &spellings {
            let share = if *mistakes > 1 { self.rules().typos } else { self.rules().typo };
            merge(found, self.exact(&self.directory.names, &term(word), share));
        }
        spellings.into_iter().next().map(|(word, _)| word)
    }

    /// Where a name of several parts stands, misspelt.
    pub(super) fn spelled_whole(&self, cover: &Cover, found: &mut Found) {
        for (whole, mistakes) in self.nearest(&self.directory.wholes, &cover.whole) {
            let share = if mistakes > 1 { self.rules().typos } else { self.rules().typo };
            let Some(line) = self.line(&self.directory.names, &whole) else { continue };
            self.whole(line, true, share, found);
        }
    }

    /// Where several items stand as one name, or begin one.
    pub(super) fn wholes_of(&self, cover: &Cover) -> Found {
        let mut found = Found::new();
        for line in self.begun(&self.directory.names, &cover.whole, &cover.whole) {
            if line.term == cover.whole {
                self.whole(line, cover.strong, 100, &mut found);
            } else {
                self.begin(line, &cover.whole, &mut found);
            }
        }
        found
    }

    /// The pages whose path agrees, with their scores.
    pub(super) fn paths_of(&self, path: &Path) -> BTreeMap<usize, u64> {
        let mut found = BTreeMap::new();
        for file in &self.directory.paths {
            let mut before = Vec::new();
            for line in self.text(file).lines() {
                let line = super::spelling::decoded(&mut before, line);
                let Some((template, pages)) = line.split_once('\t') else { continue };
                let agreement = path.agreement(template);
                if agreement >= self.rules().path_least {
                    let score = self.path_score(path, agreement);
                    found.extend(pages.split(',').map(|page| (number(page) as usize, score)));
                }
            }
        }
        found
    }

    fn path_score(&self, path: &Path, agreement: u64) -> u64 {
        let rules = self.rules();
        match agreement {
            1000 => rules.path_whole,
            _ if path.loose => rules.path * agreement / 1000 * rules.path_loose / 100,
            _ => rules.path * agreement / 1000,
        }
    }

    fn word_of(&self, shards: &[(String, String)], item: &Item, unfinished: bool) -> Found {
        let mut found = self.exact(shards, &item.term, 100);
        if unfinished {
            let length = item.word.chars().count() as u64;
            for line in self.begun(shards, &item.word, &item.term) {
                if line.term != item.term {
                    let share =
                        self.rules().begin + self.rules().begin_more * length / line.term.chars().count() as u64;
                    self.weigh(line, share, &mut found);
                }
            }
        }
        found
    }

    fn exact(&self, shards: &[(String, String)], term: &str, share: u64) -> Found {
        let mut found = Found::new();
        if let Some(line) = self.line(shards, term) {
            self.weigh(line, share, &mut found);
        }
        found
    }

    fn line(&self, shards: &[(String, String)], term: &str) -> Option<Line<'_>> {
        let at = shards.partition_point(|(first, _)| first.as_str() <= term).checked_sub(1)?;
        self.text(&shards[at].1).lines().filter_map(Line::parse).find(|line| line.term == term)
    }

    /// The terms that begin with `beginning`, the most common first, and `exact` wherever it comes.
    fn begun(&self, shards: &[(String, String)], beginning: &str, exact: &str) -> Vec<Line<'_>> {
        let first = shards.partition_point(|(first, _)| first.as_str() <= beginning).saturating_sub(1);
        let wanted = |(at, (start, _)): &(usize, &(String, String))| *at == first || start.starts_with(beginning);
        let shards = shards.iter().enumerate().skip(first).take_while(wanted).take(self.rules().most_shards);
        let lines = shards.flat_map(|(_, (_, file))| self.text(file).lines()).filter_map(Line::parse);
        let mut lines: Vec<Line<'_>> = lines.filter(|line| line.term.starts_with(beginning)).collect();
        lines.sort_by_key(|line| (line.term != exact, line.rarity, line.term.chars().count(), line.term));
        lines.truncate(self.rules().most_begun);
        lines
    }

    fn weigh(&self, line: Line<'_>, share: u64, found: &mut Found) {
        line.each(&self.rules().levels, |place| {
            if place.weight > 0 {
                raise(found, &place, place.weight * line.rarity / 8 * share / 100);
            }
        });
    }

    /// `share` is in hundredths: less for a misspelt name.
    fn whole(&self, line: Line<'_>, strong: bool, share: u64, found: &mut Found) {
        let rules = self.rules();
        line.each(&rules.levels, |place| {
            let is_value = place.whole == Some('?');
            let score = match (place.part, strong) {
                (0, _) if !is_value => rules.page_whole,
                (0, true) => 2 * rules.field_whole,
                (_, true) => rules.field_whole,
                (_, false) => rules.word_whole,
            };
            let share = if is_value { share * rules.value / 100 } else { share };
            if place.whole.is_some() {
                raise(found, &place, score * share / 100);
            }
        });
    }

    fn begin(&self, line: Line<'_>, beginning: &str, found: &mut Found) {
        let (typed, all) = (beginning.chars().count() as u64, line.term.chars().count() as u64);
        line.each(&self.rules().levels, |place| {
            let score = if place.part == 0 { self.rules().page_begin } else { self.rules().field_begin };
            if place.whole.is_some() {
                raise(found, &place, score * typed / all);
            }
        });
    }

    fn synonyms(&self, of: &str) -> impl Iterator<Item = &str> {
        let groups = self.directory.synonyms.iter().filter(move |group| group.iter().any(|word| term(word) == of));
        groups.flatten().map(String::as_str).filter(move |word| term(word) != of)
    }
}

fn raise(found: &mut Found, place: &Place, score: u64) {
    let best = found.entry(place.page).or_default().entry(place.part).or_default();
    *best = score.max(*best);
}
