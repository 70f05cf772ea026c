//! Changelogs of the common forms to releases and entries.
//!
//! Takes a Markdown file as its author wrote it: Keep a Changelog, changesets, conventional-changelog, git-cliff, dated
//! notes and what people write by hand. Gives releases, newest first, each with its entries. What cannot be understood
//! keeps its text and gets no releases. It knows nothing of pages, and resolves no link.

#[cfg(test)]
pub(super) mod corpus_tests;
mod entries;
mod files;
mod kinds;
pub(super) mod label;
mod order;
mod outline;
#[cfg(test)]
mod tests;
pub(super) mod version;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::label::{Label, Named};
use self::outline::{Outline, Section};
use super::blocks::{self, Block, Kind};
use super::dates::{self, Meaning};
use super::markdown::{self, front};
use crate::diag::codes::history;
use crate::diag::{Diagnostic, Place, SourceText};
use crate::model::Text;
use crate::model::changelog::{Changelog, Release};

pub use files::{load_folder_file, load_release_file};

/// Loads one changelog file.
///
/// Reports `changelog-not-parsed` when no release is found (the file is then shown as it is), `ambiguous-date` and
/// `impossible-date`.
pub fn load(source: &Arc<SourceText>, api: Option<Text>, problems: &mut Vec<Diagnostic>) -> Changelog {
    let text = &source.text;
    let range = front::split(text).body..text.len();
    let blocks = blocks::parse(text, range.clone());
    let found = outline::outline(text, &blocks);
    let releases = releases(source, &found, problems);
    if releases.is_empty() {
        let place = Place::new(source, range.start..range.start);
        problems.push(
            Diagnostic::new(history::CHANGELOG_NOT_PARSED, place, "no releases were found in this changelog")
                .help("give each release a heading with its version and date, such as `## 1.2.0 - 2026-11-18`"),
        );
    }
    let title = found.title.map(|block| blocks::fold_space(&block.inline.text));
    let title = title
        .filter(|title| !title.is_empty() && !releases.iter().any(|release| release.component.as_ref() == Some(title)));
    let mut changelog =
        Changelog { api, title, preamble: found.preamble, body: markdown::outline(source, range), releases };
    order::newest_first(&mut changelog.releases);
    order::assign_slugs(&mut changelog);
    changelog
}

fn releases(source: &Arc<SourceText>, outline: &Outline<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Release> {
    let components = components(&outline.sections);
    let mut releases: Vec<Release> = Vec::with_capacity(outline.sections.len());
    for section in &outline.sections {
        let mut release = release(source, section, problems);
        if release.component.is_none() && components.len() > 1 {
            release.component = section
                .group
                .map(|group| blocks::fold_space(&group.inline.text))
                .filter(|name| components.contains(name));
        }
        // What says "unreleased" below a release was passed over; only above all it is what comes next.
        if section.label.unreleased && releases.iter().all(|above| above.version.is_none()) {
            release.version = None;
        }
        releases.push(release);
    }
    releases
}

/// The headings that name a component each: several headings that group releases and are no titles.
fn components(sections: &[Section<'_>]) -> BTreeSet<String> {
    const TITLES: &[&str] =
        &["change", "release", "history", "version", "older", "previous", "archive", "news", "content", "unreleased"];
    let is_name = |name: &String| {
        let lower = name.to_lowercase();
        !name.is_empty()
            && lower.parse::<u32>().is_err()
            && !TITLES.iter().any(|title| lower.contains(title))
            && dates::find(name, 0).is_none()
    };
    let names = sections.iter().filter_map(|section| section.group).map(|group| blocks::fold_space(&group.inline.text));
    names.filter(is_name).collect()
}

fn release(source: &Arc<SourceText>, section: &Section<'_>, problems: &mut Vec<Diagnostic>) -> Release {
    let label = &section.label;
    let place = Place::new(source, section.heading.clone());
    let contents = entries::read(&source.text, section.lead.clone(), section.blocks, section.range.end);
    let (date, date_written) = date(section, &place, problems);
    let version = match &label.named {
        Named::Version(version) => Some(version.text.clone()),
        Named::Date => label.date.as_ref().map(|(_, written)| written.clone()),
        Named::Unreleased => None,
    };
    Release {
        version,
        label: label.text.clone(),
        component: label.component.clone(),
        date,
        date_written,
        compare: section.link.clone().or_else(|| compare_link(section.blocks.first()?)),
        yanked: label.yanked,
        summary: contents.summary,
        entries: contents.entries,
        slug: String::new(),
        place,
        range: section.range.clone(),
    }
}

/// The date in the heading, else in the line below it, else in the heading that groups the release with others.
fn date(
    section: &Section<'_>,
    place: &Place,
    problems: &mut Vec<Diagnostic>,
) -> (Option<jiff::civil::Date>, Option<String>) {
    let in_group = || label::read(&section.group?.inline.text).filter(|group: &Label| group.named == Named::Date)?.date;
    let found = section.label.date.clone().map(|(found, written)| (found.meaning, written));
    let found = found
        .or_else(|| date_line(section.blocks.first()?))
        .or_else(|| in_group().map(|(found, written)| (found.meaning, written)));
    read_date(found, place, problems)
}

/// Gives a found date and how it is shown; reports one that is no day.
fn read_date(
    found: Option<(Meaning, String)>,
    place: &Place,
    problems: &mut Vec<Diagnostic>,
) -> (Option<jiff::civil::Date>, Option<String>) {
    let Some((meaning, written)) = found else {
        return (None, None);
    };
    let (code, what) = match meaning {
        Meaning::Day(day) => return (Some(day), None),
        Meaning::Month(first) => return (Some(first), Some(first.strftime("%B %Y").to_string())),
        Meaning::Ambiguous => (history::AMBIGUOUS_DATE, "could be read in two ways"),
        Meaning::Impossible => (history::IMPOSSIBLE_DATE, "is no day of the calendar"),
    };
    let message = format!("the date `{written}` {what}");
    problems
        .push(Diagnostic::new(code, place.clone(), message).help("write it as year-month-day, such as `2026-04-03`"));
    (None, Some(written))
}

/// A first line that is nothing but a date: `Released on 2026-08-20.`, `_November 18, 2026_`.
fn date_line(block: &Block) -> Option<(Meaning, String)> {
    let line = block.inline.first_line().trim();
    if block.kind != Kind::Paragraph || line.len() > 60 {
        return None;
    }
    let found = dates::find(line, 0)?;
    let silent = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.all(|word| {
            [
                "released",
                "release",
                "date",
                "on",
                "published",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
            ]
            .contains(&&*word.to_lowercase())
        })
    };
    (silent(&line[..found.range.start]) && silent(&line[found.range.end..]))
        .then(|| (found.meaning, line[found.range].to_string()))
}

/// A first line that is nothing but a link to a comparison: `[v0.5.3...v0.5.4](…/compare/v0.5.3...v0.5.4)`.
fn compare_link(block: &Block) -> Option<String> {
    let inline = &block.inline;
    let (url, covers) = inline.links.first().filter(|(url, _)| url.starts_with("http") && url.contains("/compare/"))?;
    let label = inline.text[..covers.start].trim().trim_end_matches(':').trim_matches('*');
    let alone = inline.first_line().len() <= covers.end + 1
        && (label.is_empty() || label.eq_ignore_ascii_case("full changelog"));
    (block.kind == Kind::Paragraph && alone).then(|| url.clone())
}
