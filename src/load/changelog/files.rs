//! Folders of changelogs: one file a release, and several files made into one changelog.

use std::sync::Arc;

use super::label::{self, Named};
use super::order;
use super::{entries, read_date};
use crate::diag::{Diagnostic, Place, SourceText};
use crate::load::blocks::{self, Kind};
use crate::load::dates;
use crate::load::markdown::front;
use crate::model::Text;
use crate::model::changelog::{Changelog, Release};
use crate::model::node::{Node, Span, Value};
use crate::model::settings::Limits;

/// Loads one file of a folder such as `changelog/3.2.0.md`.
///
/// A file with releases of its own is an ordinary changelog. Any other is one release: its version is `version` of the
/// front matter, else what `title`, the level-1 heading or the file's name says; its date `date`, else the name's.
pub fn load_release_file(
    source: &Arc<SourceText>,
    front: &Node,
    api: Option<Text>,
    problems: &mut Vec<Diagnostic>,
) -> Changelog {
    let mut own = Vec::new();
    let changelog = super::load(source, api, &mut own);
    let named = front.get("version").is_some() || front.get("title").is_some();
    let is_one = named && changelog.releases.len() == 1;
    if !changelog.releases.is_empty() && !is_one {
        problems.append(&mut own);
        return changelog;
    }
    if changelog.releases.is_empty() && heads_folder(source) {
        return changelog;
    }
    let release = single_release(source, front, &changelog, problems);
    let mut changelog = Changelog { preamble: Vec::new(), releases: vec![release], ..changelog };
    order::assign_slugs(&mut changelog);
    changelog
}

/// Loads one file of a folder of releases, front matter and all.
pub fn load_folder_file(
    source: &Arc<SourceText>,
    api: Option<Text>,
    limits: &Limits,
    problems: &mut Vec<Diagnostic>,
) -> Changelog {
    let (front, _) = front::read(source, limits, problems);
    let empty = || Node { value: Value::Null, span: Span::default() };
    load_release_file(source, &front.unwrap_or_else(empty), api, problems)
}

fn single_release(
    source: &Arc<SourceText>,
    front: &Node,
    changelog: &Changelog,
    problems: &mut Vec<Diagnostic>,
) -> Release {
    let text = |key: &str| {
        front.get(key).and_then(Node::as_text).map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
    };
    let blocks = blocks::parse(&source.text, changelog.body.range.clone());
    let titled = blocks.first().is_some_and(|block| block.kind == Kind::Heading(1));
    let heading = if titled { blocks[0].range.clone() } else { changelog.body.range.start..changelog.body.range.start };
    let place = Place::new(source, heading.clone());
    let title = text("title")
        .or_else(|| titled.then(|| blocks::fold_space(&blocks[0].inline.text)))
        .filter(|title| !title.is_empty());
    let stem = source.path.stem();
    let lines = [text("version"), title.clone(), Some(stem.to_string())];
    let label = lines.iter().flatten().find_map(|line| label::read(line));
    let found = text("date").and_then(|date| dates::find(&date, 0).map(|found| (found.meaning, date)));
    let found =
        found.or_else(|| label.as_ref()?.date.as_ref().map(|(found, written)| (found.meaning, written.clone())));
    let found = found.or_else(|| dates::find(stem, 0).map(|found| (found.meaning, stem[found.range].to_string())));
    let (date, date_written) = read_date(found, &place, problems);
    let contents = entries::read(&source.text, None, &blocks[usize::from(titled)..], source.text.len());
    let version = match label.as_ref().map(|label| &label.named) {
        Some(Named::Version(version)) => Some(version.text.clone()),
        Some(Named::Unreleased) => None,
        Some(Named::Date) | None => {
            Some(text("version").or_else(|| date.map(|date| date.to_string())).unwrap_or_else(|| stem.to_string()))
        }
    };
    let unreleased = stem.eq_ignore_ascii_case("unreleased") && text("version").is_none();
    Release {
        version: version.filter(|_| !unreleased),
        label: title
            .or(text("version"))
            .unwrap_or_else(|| label.as_ref().map_or_else(|| stem.to_string(), |label| label.text.clone())),
        component: text("component").or_else(|| text("package")).or_else(|| label.as_ref()?.component.clone()),
        date,
        date_written,
        compare: text("compare"),
        yanked: label.is_some_and(|label| label.yanked) || front.get("yanked").and_then(Node::as_bool) == Some(true),
        summary: contents.summary,
        entries: contents.entries,
        slug: String::new(),
        range: blocks::trim(&source.text, heading.end..source.text.len()),
        place,
    }
}

/// Returns true for the file that introduces a folder and is no release itself.
fn heads_folder(source: &SourceText) -> bool {
    matches!(&*source.path.stem().to_lowercase(), "index" | "_index" | "readme" | "changelog")
}
