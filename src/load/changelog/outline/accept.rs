//! Which headings are believed, with all of a file in view.

use std::collections::BTreeMap;

use super::Candidate;
use crate::load::changelog::label::{Named, Strength};
use crate::load::dates::Meaning;

/// Keeps the headings that head releases.
pub fn headings(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let main = main_level(&candidates);
    let mut keep: Vec<bool> = candidates.iter().map(|candidate| is_version(candidate, main)).collect();
    drop_repeated(&candidates, &mut keep);
    keep_dates(&candidates, &mut keep, main.map(|main| main.level));
    keep_unreleased(&candidates, &mut keep);
    candidates.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(candidate, _)| candidate).collect()
}

/// The level that most versions stand at.
#[derive(Clone, Copy)]
struct Main {
    level: u8,
    /// How few numbers a sure version at that level has.
    fewest_numbers: usize,
}

fn main_level(candidates: &[Candidate]) -> Option<Main> {
    let versions = || candidates.iter().filter(|candidate| matches!(candidate.label.named, Named::Version(_)));
    let sure = most_common(
        versions()
            .filter(|candidate| candidate.label.strength == Strength::Sure)
            .map(|candidate| (candidate.level, String::new())),
    );
    if let Some(((level, _), _)) = sure {
        let numbers =
            versions().filter(|candidate| candidate.level == level && candidate.label.strength == Strength::Sure);
        let fewest_numbers = numbers.filter_map(number_count).min().unwrap_or(1);
        return Some(Main { level, fewest_numbers });
    }
    let likely = || versions().filter(|candidate| !is_lone_number_in_words(candidate));
    let component = |candidate: &Candidate| candidate.label.component.as_deref().unwrap_or("").to_lowercase();
    let ((level, _), count) = most_common(likely().map(|candidate| (candidate.level, component(candidate))))?;
    let dates = candidates.iter().filter(|other| other.label.named == Named::Date && other.level < level).count();
    let exact = likely()
        .any(|candidate| matches!(&candidate.label.named, Named::Version(version) if version.numbers.len() > 2));
    (dates < count && (count > 1 || exact)).then_some(Main { level, fewest_numbers: 1 })
}

fn number_count(candidate: &Candidate) -> Option<usize> {
    match &candidate.label.named {
        Named::Version(version) => Some(version.numbers.len()),
        _ => None,
    }
}

fn is_lone_number_in_words(candidate: &Candidate) -> bool {
    matches!(&candidate.label.named, Named::Version(version) if version.is_single())
        && candidate.label.text.contains(' ')
}

fn most_common(keys: impl Iterator<Item = (u8, String)>) -> Option<((u8, String), usize)> {
    let mut counts: BTreeMap<(u8, String), usize> = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })
}

fn is_version(candidate: &Candidate, main: Option<Main>) -> bool {
    let (Named::Version(version), Some(main)) = (&candidate.label.named, main) else {
        return false;
    };
    match candidate.label.strength {
        Strength::Sure => true,
        Strength::Likely if version.is_single() => {
            candidate.level == main.level && main.fewest_numbers == 1 && !is_lone_number_in_words(candidate)
        }
        Strength::Likely => candidate.level == main.level,
        Strength::Loose => candidate.level == main.level && version.numbers.len() >= main.fewest_numbers.max(2),
    }
}

/// `## Portolan 1.2.0` and `## 1.2, what is new` below `# 1.2.0` are sections of that release; `# 1.x` above `## 1.2.0`
/// only groups.
fn drop_repeated(candidates: &[Candidate], keep: &mut [bool]) {
    let mut open: Option<usize> = None;
    for at in 0..candidates.len() {
        let Named::Version(version) = &candidates[at].label.named else {
            continue;
        };
        if !keep[at] {
            continue;
        }
        let above = open.filter(|&open| candidates[open].level < candidates[at].level);
        match above.map(|above| (above, &candidates[above].label.named)) {
            Some((_, Named::Version(outer)))
                if outer.numbers.starts_with(&version.numbers) && outer.stage == version.stage && !outer.wildcard =>
            {
                keep[at] = false
            }
            Some((above, Named::Version(outer))) if outer.wildcard => {
                keep[above] = false;
                open = Some(at);
            }
            Some(_) => {}
            None => open = Some(at),
        }
    }
}

/// Dates head releases where no versions do, or at the level of the versions; one above others only groups them.
fn keep_dates(candidates: &[Candidate], keep: &mut [bool], versions: Option<u8>) {
    let is_date = |candidate: &Candidate| candidate.label.named == Named::Date;
    let at_levels = |fits: &dyn Fn(&Candidate) -> bool| {
        most_common(
            candidates.iter().filter(|other| is_date(other) && fits(other)).map(|other| (other.level, String::new())),
        )
    };
    let is_sure = |candidate: &Candidate| candidate.label.strength == Strength::Sure;
    let dates = at_levels(&|candidate| is_sure(candidate) && !is_month(candidate)).or_else(|| at_levels(&is_sure));
    let dates = dates.or_else(|| at_levels(&|_| true).filter(|(_, count)| *count > 1));
    let Some(level) = versions.or(dates.map(|((level, _), _)| level)) else {
        return;
    };
    for at in (0..candidates.len()).rev() {
        let candidate = &candidates[at];
        let inside = |other: &usize| candidates[*other].level > candidate.level;
        let below = (at + 1..candidates.len()).take_while(inside);
        let groups = below.into_iter().any(|other| keep[other] && (is_month(candidate) || versions.is_some()));
        let fits = if versions.is_some() {
            candidate.level == level
        } else {
            candidate.level == level || is_month(candidate) && candidate.level < level
        };
        keep[at] |= is_date(candidate) && fits && !groups;
    }
}

fn is_month(candidate: &Candidate) -> bool {
    matches!(&candidate.label.date, Some((found, _)) if matches!(found.meaning, Meaning::Month(_)))
}

/// "Unreleased" may stand anywhere at the releases' levels; words that could mean it, only above all of them.
fn keep_unreleased(candidates: &[Candidate], keep: &mut [bool]) {
    let levels: Vec<u8> =
        candidates.iter().zip(&*keep).filter(|(_, keep)| **keep).map(|(candidate, _)| candidate.level).collect();
    let first = keep.iter().position(|keep| *keep).unwrap_or(0);
    let deepest = levels.iter().copied().max();
    for (at, candidate) in candidates.iter().enumerate() {
        if candidate.label.named == Named::Unreleased {
            keep[at] = match candidate.label.strength {
                Strength::Sure => deepest.is_none_or(|deepest| candidate.level <= deepest),
                Strength::Likely | Strength::Loose => at < first && levels.contains(&candidate.level),
            };
        }
    }
}
