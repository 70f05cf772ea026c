//! A name for each diagnostic that stays when lines move: what baselines and code quality reports compare by.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_128;

use crate::diag::{Diagnostic, Report};

/// Returns the fingerprint of each diagnostic, in the report's order: 32 hexadecimal digits.
///
/// Made of the code, the file, the message and the marked text. Equal ones in one file are counted, so that mending
/// one of two does not bring the other back.
pub fn fingerprints(report: &Report) -> Vec<String> {
    let mut seen: BTreeMap<u128, u32> = BTreeMap::new();
    let mut one = |diagnostic: &Diagnostic| {
        let base = xxh3_128(key(diagnostic, 0).as_bytes());
        let count = seen.entry(base).and_modify(|count| *count += 1).or_insert(0);
        format!("{:032x}", xxh3_128(key(diagnostic, *count).as_bytes()))
    };
    report.iter().map(&mut one).collect()
}

fn key(diagnostic: &Diagnostic, count: u32) -> String {
    let place = &diagnostic.place;
    let marked = place.source.text.get(place.start..place.end).unwrap_or("");
    let first = marked.lines().next().unwrap_or("").trim();
    [diagnostic.code.name, place.path().as_str(), &diagnostic.message, first, &count.to_string()].join("\0")
}
