//! What was found for each word, to pages in order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::parse::Query;
use super::{Found, Hit, Index, Lookups};
use crate::search::rules::Rules;
use crate::search::tokens::{run, term};

/// The facts of a page that ranking needs.
struct PageFacts {
    api: i64,
    share: u64,
    act: Option<char>,
    deprecated: bool,
    boost: u64,
}

impl Index<'_> {
    /// Returns the pages that hold as many words of the query as any does (one less, of a long query), best first.
    pub(super) fn ranked(&self, query: &Query, lookups: &Lookups) -> Vec<Hit> {
        let facts = self.facts();
        let hints = self.hints(query);
        let all = lookups.items.iter().chain(&lookups.covers).flat_map(|found| found.keys());
        let pages: BTreeSet<usize> = all.chain(lookups.paths.keys()).copied().collect();
        let counted = query.items.iter().filter(|item| !item.stop).count() as u64;
        let mut hits = Vec::new();
        for page in pages {
            let Some(facts) = facts.get(page) else { continue };
            let mut sum = Sum::new(query, lookups, page, self.rules());
            sum.hint(query, &hints, facts, self.rules().verb);
            let matched = sum.matched(query);
            let score = self.weighted(&sum, matched, counted, query, facts);
            if score > 0 {
                let parts = sum.parts(self.rules().most_parts);
                hits.push((matched, Hit { page, score, parts }));
            }
        }
        let most = hits.iter().map(|(matched, _)| *matched).max().unwrap_or(0);
        let least = if counted > 3 { most.saturating_sub(1) } else { most };
        let mut hits: Vec<Hit> =
            hits.into_iter().filter(|(matched, _)| *matched >= least).map(|(_, hit)| hit).collect();
        hits.sort_by_key(|hit| (Reverse(hit.score), hit.page));
        hits
    }

    /// Weighs what a page has by how many words it has, and by what it is. That it is exactly what was typed weighs the
    /// same, whatever it is.
    fn weighted(&self, sum: &Sum<'_>, matched: u64, counted: u64, query: &Query, facts: &PageFacts) -> u64 {
        let rules = self.rules();
        let mut score = sum.total(query, rules.near);
        if counted > 0 {
            score = score * matched * matched / (counted * counted);
        }
        score = score * facts.share / 100;
        if facts.deprecated {
            score = score * rules.deprecated / 100;
        }
        score = score * facts.boost / 100;
        match &query.method {
            None => score + sum.exact,
            Some(letters) if facts.act.is_some_and(|act| letters.contains(act)) => {
                (score + sum.exact) * rules.method / 100
            }
            Some(_) => score * rules.other_method / 100,
        }
    }

    fn facts(&self) -> Vec<PageFacts> {
        let directory = self.directory();
        let mut acts = directory.acts.chars();
        let mut facts = Vec::with_capacity(directory.count);
        for run in &directory.runs {
            let kind = directory.kinds.get(run.kind);
            let has_act = kind.is_some_and(|(word, ..)| matches!(word.as_str(), "operation" | "webhook"));
            for _ in 0..run.count {
                let act = if has_act { acts.next() } else { None };
                let share = kind.map_or(100, |(.., share)| *share);
                facts.push(PageFacts { api: run.api, share, act, deprecated: false, boost: 100 });
            }
        }
        let mut at = 0;
        for distance in &directory.deprecated {
            at += distance;
            facts.get_mut(at).into_iter().for_each(|facts| facts.deprecated = true);
        }
        for (at, boost) in &directory.boosts {
            facts.get_mut(*at).into_iter().for_each(|facts| facts.boost = u64::from(*boost));
        }
        facts
    }

    /// For each item: the letters of the methods that do what it says, and the APIs whose title holds it.
    fn hints(&self, query: &Query) -> Vec<(String, BTreeSet<i64>)> {
        let directory = self.directory();
        let titles: Vec<Vec<String>> = directory.apis.iter().map(|title| terms(title)).collect();
        let hint = |item: &super::parse::Item| {
            let says = |row: i64| {
                let verbs = usize::try_from(row).ok().and_then(|row| directory.verbs.get(row));
                verbs.is_some_and(|verbs| verbs.iter().any(|verb| term(verb) == item.term))
            };
            let letters = directory.methods.iter().filter(|(_, _, row)| says(*row)).map(|(_, letter, _)| *letter);
            let apis = titles.iter().enumerate().filter(|(_, title)| title.contains(&item.term));
            (letters.collect(), apis.map(|(at, _)| at as i64).collect())
        };
        query.items.iter().map(hint).collect()
    }
}

fn terms(title: &str) -> Vec<String> {
    run(title).map_or(Vec::new(), |run| run.parts.iter().map(|part| term(part).into_owned()).collect())
}

/// What a query has in one page.
struct Sum<'a> {
    items: Vec<u64>,
    is_matched: Vec<bool>,
    parts: BTreeMap<u32, u64>,
    founds: Vec<Option<&'a BTreeMap<u32, u64>>>,
    /// The score of being exactly what was typed.
    exact: u64,
}

impl<'a> Sum<'a> {
    fn new(query: &Query, lookups: &'a Lookups, page: usize, rules: &Rules) -> Sum<'a> {
        let founds: Vec<_> = lookups.items.iter().map(|found: &'a Found| found.get(&page)).collect();
        let items: Vec<u64> = founds.iter().map(|parts| parts.map_or(0, combined)).collect();
        let is_matched = founds.iter().map(Option::is_some).collect();
        let mut sum = Sum { items, is_matched, parts: BTreeMap::new(), founds, exact: 0 };
        for (part, score) in sum.founds.iter().flatten().flat_map(|parts| parts.iter()) {
            *sum.parts.entry(*part).or_default() += score;
        }
        if let (Some(path), Some(score)) = (&query.path, lookups.paths.get(&page)) {
            sum.cover(path.items.clone(), *score, rules.path_whole);
            *sum.parts.entry(0).or_default() += score;
        }
        let all = query.items.len() as u64;
        for (cover, found) in query.covers.iter().zip(&lookups.covers) {
            let Some(parts) = found.get(&page) else { continue };
            let covered = cover.items.len() as u64;
            let score = combined(parts) * covered * covered / (all * all);
            let most = if cover.is_word || covered == all { u64::MAX } else { rules.pair };
            sum.cover(cover.items.clone(), score.min(most), rules.page_whole);
            if !cover.is_word && covered == all && parts.contains_key(&0) {
                sum.exact = sum.exact.max(rules.phrase);
            }
            for (part, score) in parts {
                *sum.parts.entry(*part).or_default() += score;
            }
        }
        sum
    }

    /// Counts items as one name when that is worth more than each on its own. What is worth `exact` is kept apart.
    fn cover(&mut self, items: std::ops::Range<usize>, score: u64, exact: u64) {
        let own: u64 = self.items[items.clone()].iter().sum();
        if score >= exact {
            self.exact = self.exact.max(score);
        } else if items.is_empty() {
            self.items.push(score);
            self.is_matched.push(true);
        } else if score > own {
            self.items[items.clone()].fill(0);
            self.items[items.start] = score;
        }
        self.is_matched[items].fill(true);
    }

    /// A word that the page does not hold may still say what its method does, or which API it belongs to.
    fn hint(&mut self, query: &Query, hints: &[(String, BTreeSet<i64>)], facts: &PageFacts, score: u64) {
        for (at, (letters, apis)) in hints.iter().enumerate() {
            let says = facts.act.is_some_and(|act| letters.contains(act)) || apis.contains(&facts.api);
            if says && !self.is_matched[at] && !query.items[at].stop {
                self.is_matched[at] = true;
                self.items[at] = score;
            }
        }
    }

    fn matched(&self, query: &Query) -> u64 {
        query.items.iter().zip(&self.is_matched).filter(|(item, matched)| !item.stop && **matched).count() as u64
    }

    /// The sum, more when words stand in the same title, heading or field.
    fn total(&self, query: &Query, near: u64) -> u64 {
        let mut words: BTreeMap<u32, u64> = BTreeMap::new();
        for (item, found) in query.items.iter().zip(&self.founds) {
            for part in found.iter().filter(|_| !item.stop).flat_map(|parts| parts.keys()) {
                *words.entry(*part).or_default() += 1;
            }
        }
        let together = words.values().max().map_or(0, |most| most - 1);
        let sum: u64 = self.items.iter().sum();
        sum + sum * together * near / 100
    }

    /// The parts that agree at least half as well as the page itself and as the best of them.
    fn parts(&self, most: usize) -> Vec<u32> {
        let own = self.parts.get(&0).copied().unwrap_or(0);
        let mut parts: Vec<(u32, u64)> =
            self.parts.iter().filter(|(part, _)| **part > 0).map(|(p, s)| (*p, *s)).collect();
        parts.sort_by_key(|(part, score)| (Reverse(*score), *part));
        let best = parts.first().map_or(0, |(_, score)| *score);
        parts.retain(|(_, score)| score * 2 >= own && score * 2 >= best);
        parts.into_iter().take(most).map(|(part, _)| part).collect()
    }
}

/// What a word has in a page: its best place, and a little of the next best.
fn combined(parts: &BTreeMap<u32, u64>) -> u64 {
    let own = parts.get(&0).copied().unwrap_or(0);
    let inside = parts.iter().filter(|(part, _)| **part > 0).map(|(_, score)| *score).max().unwrap_or(0);
    own.max(inside) + own.min(inside) / 4
}
