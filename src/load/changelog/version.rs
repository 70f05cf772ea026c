//! Version numbers as changelogs write them: read from one word, and compared.

use std::cmp::Ordering;

/// Words that may follow the numbers of a version that is not in the form of Semantic Versioning.
const STAGES: &[&str] = &[
    "a",
    "alpha",
    "b",
    "beta",
    "build",
    "c",
    "canary",
    "cr",
    "dev",
    "experimental",
    "final",
    "ga",
    "hotfix",
    "insiders",
    "lts",
    "m",
    "milestone",
    "next",
    "nightly",
    "p",
    "patch",
    "post",
    "pre",
    "preview",
    "prerelease",
    "r",
    "rc",
    "release",
    "rev",
    "snapshot",
    "sp",
    "stable",
    "unreleased",
];

/// A version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// As shown: without a leading `v`.
    pub text: String,
    /// Its numbers in order; a wildcard (`1.x`) ends them.
    pub numbers: Vec<u64>,
    /// What follows the numbers: `rc.1`, `beta2`; empty for a final version.
    pub stage: String,
    /// True when it was written with a `v`.
    pub prefixed: bool,
    /// True for `1.x`.
    pub wildcard: bool,
}

impl Version {
    /// Reads a whole word as a version; `None` when it is none.
    ///
    /// Takes `1.2.0`, `v1.2`, `v.2.0.0`, `1.2.0-rc.1`, `1.0b2`, `3.x`, `2.0.0+build.5`; a single number too, which the
    /// caller should believe only with more evidence.
    pub fn parse(word: &str) -> Option<Version> {
        let (digits, prefixed) = without_v(word);
        let (numbers, wildcard, end) = numbers(digits)?;
        let stage = &digits[end..];
        if !is_stage(stage, numbers.len()) || (wildcard && !stage.is_empty()) {
            return None;
        }
        let text = digits.trim_end_matches('+').to_string();
        Some(Version { text, numbers, stage: stage_name(stage), prefixed, wildcard })
    }

    /// Returns true for one number alone: `5`.
    pub fn is_single(&self) -> bool {
        self.numbers.len() == 1 && !self.wildcard
    }

    /// Compares by precedence (Semantic Versioning 2.0.0, item 11), for any count of numbers.
    pub fn compare(&self, other: &Version) -> Ordering {
        let length = self.numbers.len().max(other.numbers.len());
        let number = |version: &Version, at: usize| version.numbers.get(at).copied().unwrap_or(0);
        let by_numbers = (0..length).map(|at| number(self, at).cmp(&number(other, at))).find(|order| order.is_ne());
        by_numbers.unwrap_or_else(|| match (self.stage.is_empty(), other.stage.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => compare_stages(&self.stage, &other.stage),
        })
    }
}

fn without_v(word: &str) -> (&str, bool) {
    let rest = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let rest = match rest.len() < word.len() {
        true => rest.strip_prefix('.').unwrap_or(rest),
        false => rest,
    };
    (rest, rest.len() < word.len())
}

/// The numbers, whether a wildcard ends them, and the byte where they end.
fn numbers(text: &str) -> Option<(Vec<u64>, bool, usize)> {
    let mut numbers = Vec::new();
    let mut at = 0;
    loop {
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            let wild = !numbers.is_empty() && matches!(&text[at..], "x" | "X" | "*" | "x.x" | "X.X");
            return match (wild, at) {
                (_, 0) => None,
                (true, _) => Some((numbers, true, text.len())),
                (false, _) => Some((numbers, false, at - 1)),
            };
        }
        numbers.push(text[at..at + digits].parse().unwrap_or(u64::MAX));
        at += digits;
        match text[at..].starts_with('.') {
            true => at += 1,
            false => return Some((numbers, false, at)),
        }
    }
}

/// Whether what follows the numbers belongs to a version: `-rc.1`, `b2`, `.dev0`, `+5`, `_1.697.4`, `-2`.
fn is_stage(stage: &str, numbers: usize) -> bool {
    if matches!(stage, "" | "+") {
        return true;
    }
    if !stage.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+-_~".contains(&byte)) || stage.ends_with('.') {
        return false;
    }
    let name = stage.trim_start_matches(['-', '.', '_', '~', '+']);
    let letters: String = name.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let known = STAGES.contains(&&*letters);
    match stage.len() - name.len() {
        0 => numbers > 1 && (known || (letters.len() == 1 && name.len() == 1 && letters != "x")),
        1 if numbers > 2 && stage.starts_with(['-', '+']) => true,
        1 => known || (numbers > 1 && letters.is_empty() && !stage.starts_with('.')),
        _ => false,
    }
}

/// The stage without what Semantic Versioning ignores (`+build`) and without words for "final".
fn stage_name(stage: &str) -> String {
    let name = stage.split('+').next().unwrap_or("").trim_start_matches(['-', '.', '_', '~']).to_ascii_lowercase();
    match &*name {
        "final" | "ga" | "release" | "stable" | "lts" => String::new(),
        _ => name,
    }
}

fn compare_stages(a: &str, b: &str) -> Ordering {
    let (a, b) = (pieces(a), pieces(b));
    let pairs = a.iter().zip(&b).map(|(a, b)| match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    });
    pairs.into_iter().find(|order| order.is_ne()).unwrap_or(a.len().cmp(&b.len()))
}

/// Runs of digits and runs of letters: `rc10` comes after `rc9`.
fn pieces(stage: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let bytes = stage.as_bytes();
    for at in 1..=bytes.len() {
        if at == bytes.len() || bytes[at].is_ascii_digit() != bytes[at - 1].is_ascii_digit() {
            pieces.push(&stage[start..at]);
            start = at;
        }
    }
    pieces.into_iter().map(|piece| piece.trim_matches(['.', '-', '_'])).filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_other_words() {
        for word in [
            "1.2.0",
            "v1.2",
            "v.2.0.0",
            "1.2.0-rc.1",
            "1.0b2",
            "1.2.3rc1",
            "3.x",
            "2.0.0+build.5",
            "1.0.dev0",
            "1.0.2k",
            "5",
            "1.1.0-beta-2",
            "0.7.0+",
            "2.0-SNAPSHOT",
            "1.0-2",
        ] {
            assert!(Version::parse(word).is_some(), "{word}");
        }
        for word in ["", "v", "x", "1.15.md", "3d", "2nd", "1..2", "vX.Y.Z", "1.2.", "v1.2/x", "1.2.0é", "1.0x"] {
            assert_eq!(Version::parse(word), None, "{word}");
        }
        assert_eq!(Version::parse("V.2.0").unwrap().text, "2.0");
    }

    #[test]
    fn versions_are_compared_by_precedence() {
        let order =
            ["0.9", "1.0-alpha", "1.0-alpha.1", "1.0-rc9", "1.0-rc10", "1.0", "1.0.1", "1.2", "1.10", "2.0.0-1", "2"];
        for pair in order.windows(2) {
            let [a, b] = [Version::parse(pair[0]).unwrap(), Version::parse(pair[1]).unwrap()];
            assert_eq!(a.compare(&b), Ordering::Less, "{pair:?}");
        }
    }
}
