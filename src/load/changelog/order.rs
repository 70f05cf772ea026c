//! The order of releases and their slugs.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::version::Version;
use crate::model::changelog::{Changelog, Release};
use crate::slug::slug;

/// Turns a changelog that begins with the oldest release around; any other keeps the file's order.
pub fn newest_first(releases: &mut [Release]) {
    let steps = || {
        releases.windows(2).filter(|pair| pair[0].component == pair[1].component).map(|pair| step(&pair[0], &pair[1]))
    };
    let older_first = steps().filter(|step| *step == Some(Ordering::Less)).count();
    let newer_first = steps().filter(|step| *step == Some(Ordering::Greater)).count();
    // Back-ports go up now and then in a file that goes down; a file that goes up goes up nearly everywhere.
    if older_first > newer_first * 4 {
        releases.reverse();
        releases.sort_by_key(|release| release.version.is_some());
    }
}

/// Which of two neighbours is newer, when date and version do not contradict one another.
fn step(first: &Release, second: &Release) -> Option<Ordering> {
    let dates = first.date.zip(second.date).map(|(first, second)| first.cmp(&second));
    let versions = parsed(first).zip(parsed(second)).map(|(first, second)| first.compare(&second));
    match (dates, versions) {
        (Some(dates), Some(versions)) if dates.is_ne() && versions.is_ne() => (dates == versions).then_some(dates),
        (Some(dates), _) if dates.is_ne() => Some(dates),
        (_, versions) => versions,
    }
}

fn parsed(release: &Release) -> Option<Version> {
    Version::parse(release.version.as_deref()?)
}

/// Gives every release the part of its URL: its version, with the component before it where there are several, and a
/// number behind what comes twice.
pub fn assign_slugs(changelog: &mut Changelog) {
    let components: BTreeSet<_> = changelog.releases.iter().map(|release| &release.component).collect();
    let several = components.len() > 1;
    let wanted: Vec<String> = changelog.releases.iter().map(|release| wanted(release, several)).collect();
    let natural: BTreeSet<&String> = wanted.iter().collect();
    let mut taken = BTreeSet::new();
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for (slug, release) in wanted.iter().zip(&mut changelog.releases) {
        // `1.0-2` may be the name of a release, and not only of the second `1.0`.
        let from = counts.entry(slug).or_insert(2);
        release.slug = match taken.insert(slug.clone()) {
            true => slug.clone(),
            false => loop {
                let numbered = format!("{slug}-{from}");
                *from += 1;
                if !natural.contains(&numbered) && taken.insert(numbered.clone()) {
                    break numbered;
                }
            },
        };
    }
}

fn wanted(release: &Release, several: bool) -> String {
    let version = match (&release.version, release.date) {
        (None, _) => "unreleased".to_string(),
        (Some(version), Some(date)) if Version::parse(version).is_none() => date.to_string(),
        (Some(version), _) => version.clone(),
    };
    let component = release.component.as_deref().filter(|_| several);
    let slug = component.map_or_else(|| slug(&version), |component| slug(&format!("{component} {version}")));
    if slug.is_empty() { "release".to_string() } else { slug }
}
