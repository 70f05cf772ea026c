//! Changelogs: the list of releases, one release, and a changelog that is shown as it was written.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::Body;
use super::parts::{DateView, after_title, cut, toc};
use crate::model::changelog::{ChangeKind, Changelog, Release, ReleaseEntry};
use crate::model::document::Markdown;
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::view::PageLink;

/// What `changelog.html` sees.
#[derive(Debug, Serialize)]
pub struct ChangelogView {
    /// What stands before the first release.
    pub preamble_html: SafeHtml,
    /// The newest releases.
    pub newest: Vec<ReleaseRow>,
    /// All others, by year.
    pub years: Vec<YearView>,
    /// Changelogs that could not be split into releases.
    pub texts: Vec<PageLink>,
    /// The changelogs of single APIs, when this one shows all.
    pub apis: Vec<PageLink>,
}

/// The releases of a year.
#[derive(Debug, Serialize)]
pub struct YearView {
    /// `2026`, or `Undated`.
    pub title: String,
    /// Its releases, newest first.
    pub releases: Vec<ReleaseRow>,
}

/// One release in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ReleaseRow {
    /// The version, or the heading as written.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The API or component, when the list shows several.
    pub of: Option<String>,
    /// When.
    pub date: Option<DateView>,
    /// Withdrawn.
    pub yanked: bool,
    /// Not released yet.
    pub unreleased: bool,
    /// Its own words; empty in short rows.
    pub summary_html: SafeHtml,
    /// How many entries of each kind; breaking ones first.
    pub counts: Vec<CountView>,
    /// The first entries, breaking ones first; none in short rows.
    pub entries: Vec<EntryRow>,
    /// Entries that are not among them.
    pub more: usize,
}

/// How many entries of a kind.
#[derive(Debug, Clone, Serialize)]
pub struct CountView {
    /// `Breaking`, `Added` …
    pub word: &'static str,
    /// The look of its chip.
    pub look: &'static str,
    /// How many.
    pub count: usize,
}

/// One entry in a list of releases.
#[derive(Debug, Clone, Serialize)]
pub struct EntryRow {
    /// Its kind.
    pub word: &'static str,
    /// The look of its chip.
    pub look: &'static str,
    /// Its text.
    pub text: String,
}

/// What `release.html` sees.
#[derive(Debug, Serialize)]
pub struct ReleaseView {
    /// The facts of lists.
    pub row: ReleaseRow,
    /// The comparison with the version before.
    pub compare: Option<String>,
    /// Entries by kind, breaking ones first.
    pub groups: Vec<EntryGroup>,
    /// All of the text, when it holds no entries.
    pub body_html: SafeHtml,
    /// Operations, schemas and pages that the release mentions.
    pub mentions: Vec<PageLink>,
    /// Pages that mention it.
    pub mentioned_by: Vec<PageLink>,
}

/// Entries of one kind.
#[derive(Debug, Serialize)]
pub struct EntryGroup {
    /// `Breaking changes`, `Added`, or the author's own heading.
    pub title: String,
    /// The anchor.
    pub id: String,
    /// The look of its mark.
    pub look: &'static str,
    /// The entries.
    pub entries: Vec<EntryView>,
}

/// One entry.
#[derive(Debug, Serialize)]
pub struct EntryView {
    /// Its kind, where the group does not say it.
    pub word: Option<&'static str>,
    /// Its text.
    pub html: SafeHtml,
}

/// What `changelog-text.html` sees.
#[derive(Debug, Serialize)]
pub struct ChangelogTextView {
    /// All of it.
    pub body_html: SafeHtml,
}

/// Releases that a list shows in full.
const FULL: usize = 20;
/// Entries that a full row shows.
const ENTRIES: usize = 5;

/// A release and where it stands.
#[derive(Clone, Copy)]
struct Found<'a> {
    changelog: &'a Changelog,
    release: &'a Release,
    at: (u32, u32),
}

/// Makes the list of releases: of the whole portal, or of one API.
pub fn list(context: &PageContext<'_>, api: Option<ApiIndex>) -> Body {
    let portal = context.portal();
    let found = releases(context, api);
    let several = names_owner(context, api);
    let full = found.iter().take(FULL);
    let newest: Vec<ReleaseRow> = full.filter_map(|found| full_row(context, *found, several)).collect();
    let mut years: Vec<YearView> = Vec::new();
    for found in found.iter().skip(FULL) {
        let title = found.release.date.map_or("Undated".to_owned(), |date| date.year().to_string());
        let Some(row) = short_row(context, *found, several) else { continue };
        match years.iter_mut().find(|year| year.title == title) {
            Some(year) => year.releases.push(row),
            None => years.push(YearView { title, releases: vec![row] }),
        }
    }
    let own = of_scope(context, api);
    let preamble_html = match own.as_slice() {
        [(_, only)] => stretches(context, &only.body, &only.preamble),
        _ => SafeHtml::default(),
    };
    let texts = own.iter().filter(|(_, changelog)| changelog.releases.is_empty());
    let apis = portal.current_apis().filter(|_| api.is_none()).map(|(index, _)| index);
    let view = ChangelogView {
        preamble_html,
        texts: texts.filter_map(|(at, _)| context.link(Subject::ChangelogText(*at))).collect(),
        apis: apis.filter_map(|index| context.link(Subject::Changelog(Some(index)))).collect(),
        newest,
        years,
    };
    let latest = view.newest.first().map(|row| match &row.date {
        Some(date) => format!("Latest: {}, {}", row.title, date.shown),
        None => format!("Latest: {}", row.title),
    });
    Body::new(&view).description(latest)
}

/// Returns the newest releases of the portal or an API, without their entries; withdrawn ones are no news.
pub fn newest(context: &PageContext<'_>, api: Option<ApiIndex>, most: usize) -> Vec<ReleaseRow> {
    let several = names_owner(context, api);
    let current = |found: &Found<'_>| found.release.version.is_some() && !found.release.yanked;
    let released = releases(context, api).into_iter().filter(current);
    released.filter_map(|found| short_row(context, found, several)).take(most).collect()
}

/// Makes the page of a release: index of the changelog, index of the release.
pub fn release(context: &PageContext<'_>, changelog: u32, release: u32) -> Body {
    let portal = context.portal();
    let log = portal.changelogs.get(changelog as usize);
    let found = log.and_then(|log| Some((log, log.releases.get(release as usize)?)));
    let Some((log, one)) = found else { return Body::new(&()) };
    let found = Found { changelog: log, release: one, at: (changelog, release) };
    let Some(mut row) = short_row(context, found, true) else { return Body::new(&()) };
    row.summary_html = summary(context, found);
    let subject = Subject::Release(changelog, release);
    let groups = groups(context, found);
    let body_html = match groups.is_empty() {
        true => context.markdown(&found.changelog.body, one.range.clone(), 2),
        false => SafeHtml::default(),
    };
    if groups.is_empty() {
        row.summary_html = SafeHtml::default();
    }
    let toc = groups.iter().map(|group| crate::render::view::TocEntry {
        level: 2,
        id: group.id.clone(),
        title: group.title.clone(),
    });
    let toc = toc.collect();
    let view = ReleaseView {
        row,
        compare: one.compare.clone().and_then(|url| crate::render::html::safe_url(&url)),
        groups,
        body_html,
        mentions: context.mentions(subject),
        mentioned_by: context.mentioned_by(subject),
    };
    let words: Vec<&str> = one.entries.iter().map(|entry| entry.text.as_str()).take(3).collect();
    Body::new(&view).description((!words.is_empty()).then(|| cut(&words.join("; "), 155))).toc(toc)
}

/// Makes the page of a changelog that could not be split into releases.
pub fn text(context: &PageContext<'_>, changelog: u32) -> Body {
    let Some(log) = context.portal().changelogs.get(changelog as usize) else { return Body::new(&()) };
    let range = after_title(&log.body, log.title.as_deref().unwrap_or("Changelog"));
    let view = ChangelogTextView { body_html: context.markdown(&log.body, range.clone(), 2) };
    Body::new(&view).toc(toc(&log.body, &range))
}

/// The changelogs that a list shows, each with its index.
fn of_scope<'a>(context: &PageContext<'a>, api: Option<ApiIndex>) -> Vec<(u32, &'a Changelog)> {
    let portal = context.portal();
    let id = api.map(|index| portal.api(index).id.clone());
    let all = portal.changelogs.iter().enumerate().filter_map(|(at, log)| Some((u32::try_from(at).ok()?, &**log)));
    all.filter(|(_, log)| id.is_none() || log.api == id).collect()
}

/// The releases of a list, newest first. One changelog keeps its own order; several are joined by date, and what has
/// none stays behind the release that it follows in its file.
fn releases<'a>(context: &PageContext<'a>, api: Option<ApiIndex>) -> Vec<Found<'a>> {
    let logs = of_scope(context, api);
    let single = logs.len() < 2;
    let mut found = Vec::new();
    for (log_at, changelog) in logs {
        let mut last = jiff::civil::Date::MAX;
        for (at, release) in changelog.releases.iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { break };
            last = release.date.unwrap_or(last).min(last);
            found.push((last, Found { changelog, release, at: (log_at, at) }));
        }
    }
    if !single {
        found.sort_by_key(|(date, _)| std::cmp::Reverse(*date));
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// True when rows of a list must say whose release they are.
fn names_owner(context: &PageContext<'_>, api: Option<ApiIndex>) -> bool {
    of_scope(context, api).len() > 1
}

fn short_row(context: &PageContext<'_>, found: Found<'_>, several: bool) -> Option<ReleaseRow> {
    let release = found.release;
    let (log, at) = found.at;
    let portal = context.portal();
    let api = found.changelog.api.as_deref().filter(|_| several).and_then(|id| portal.api_of_id(id));
    let of = release.component.clone().or_else(|| api.map(|index| portal.api(index).info.title.clone()));
    Some(ReleaseRow {
        title: release.version.clone().unwrap_or_else(|| release.label.clone()),
        href: context.href(Subject::Release(log, at))?,
        of,
        date: release.date.map(|date| {
            let exact = DateView::new(date);
            DateView { shown: release.date_written.clone().unwrap_or(exact.shown), iso: exact.iso }
        }),
        yanked: release.yanked,
        unreleased: release.version.is_none(),
        summary_html: SafeHtml::default(),
        counts: counts(&release.entries),
        entries: Vec::new(),
        more: 0,
    })
}

fn full_row(context: &PageContext<'_>, found: Found<'_>, several: bool) -> Option<ReleaseRow> {
    let mut row = short_row(context, found, several)?;
    row.summary_html = summary(context, found);
    let mut entries: Vec<&ReleaseEntry> = found.release.entries.iter().collect();
    entries.sort_by_key(|entry| (!entry.breaking, entry.kind));
    row.more = entries.len().saturating_sub(ENTRIES);
    row.entries = entries.into_iter().take(ENTRIES).map(entry_row).collect();
    Some(row)
}

fn summary(context: &PageContext<'_>, found: Found<'_>) -> SafeHtml {
    let range = found.release.summary.clone();
    range.map(|range| context.markdown(&found.changelog.body, range, 3)).unwrap_or_default()
}

fn entry_row(entry: &ReleaseEntry) -> EntryRow {
    let (word, look) = if entry.breaking { BREAKING } else { (entry.kind.word(), look(entry.kind)) };
    EntryRow { word, look, text: cut(&entry.text, 180) }
}

const BREAKING: (&str, &str) = ("Breaking", "danger");

fn look(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "ok",
        ChangeKind::Changed | ChangeKind::Performance => "info",
        ChangeKind::Deprecated => "warn",
        ChangeKind::Removed => "danger",
        ChangeKind::Security => "note",
        ChangeKind::Fixed | ChangeKind::Other => "plain",
    }
}

fn counts(entries: &[ReleaseEntry]) -> Vec<CountView> {
    let breaking = entries.iter().filter(|entry| entry.breaking).count();
    let mut counts = vec![CountView { word: BREAKING.0, look: BREAKING.1, count: breaking }];
    counts.extend(ChangeKind::ALL.iter().map(|(kind, word)| {
        let count = entries.iter().filter(|entry| entry.kind == *kind).count();
        CountView { word, look: look(*kind), count }
    }));
    counts.retain(|count| count.count > 0);
    counts
}

/// Entries by kind, breaking ones first. Inside a kind the author's own headings stay apart.
fn groups(context: &PageContext<'_>, found: Found<'_>) -> Vec<EntryGroup> {
    let mut groups: BTreeMap<(bool, ChangeKind, usize), EntryGroup> = BTreeMap::new();
    let mut headings: Vec<&str> = Vec::new();
    let body = &found.changelog.body;
    for entry in &found.release.entries {
        let section = entry.section.as_deref().filter(|_| !entry.breaking).unwrap_or_default();
        let heading = headings.iter().position(|known| *known == section).unwrap_or_else(|| {
            headings.push(section);
            headings.len() - 1
        });
        let key = if entry.breaking { (false, ChangeKind::Added, 0) } else { (true, entry.kind, heading) };
        let group = groups.entry(key).or_insert_with(|| new_group(entry, section));
        let html = context.markdown(body, entry.range.clone(), 3);
        group.entries.push(EntryView { word: entry.breaking.then(|| entry.kind.word()), html });
    }
    let mut groups: Vec<EntryGroup> = groups.into_values().collect();
    unique_ids(&mut groups);
    groups
}

fn new_group(entry: &ReleaseEntry, section: &str) -> EntryGroup {
    let (title, look) = match (entry.breaking, section) {
        (true, _) => ("Breaking changes".to_owned(), BREAKING.1),
        (false, "") => (entry.kind.word().to_owned(), look(entry.kind)),
        (false, written) => (written.to_owned(), look(entry.kind)),
    };
    let id: String = title.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    EntryGroup { id: id.trim_matches('-').to_owned(), title, look, entries: Vec::new() }
}

fn unique_ids(groups: &mut [EntryGroup]) {
    for at in 0..groups.len() {
        let (before, rest) = groups.split_at_mut(at);
        let Some(group) = rest.first_mut() else { break };
        if group.id.is_empty() || before.iter().any(|other| other.id == group.id) {
            group.id = format!("{}-{at}", group.id);
        }
    }
}

/// Renders several stretches of one text, one after the other.
fn stretches(context: &PageContext<'_>, body: &Markdown, ranges: &[Range<usize>]) -> SafeHtml {
    let mut html = HtmlBuilder::new();
    ranges.iter().for_each(|range| html.push_safe(&context.markdown(body, range.clone(), 2)));
    html.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: ChangeKind, breaking: bool) -> ReleaseEntry {
        ReleaseEntry { kind, section: None, breaking, range: 0..0, text: "x".into() }
    }

    #[test]
    fn breaking_changes_are_counted_first() {
        let entries =
            [entry(ChangeKind::Fixed, false), entry(ChangeKind::Changed, true), entry(ChangeKind::Fixed, false)];
        let counts: Vec<String> = counts(&entries).iter().map(|c| format!("{} {}", c.count, c.word)).collect();
        assert_eq!(counts, ["1 Breaking", "1 Changed", "2 Fixed"]);
    }

    #[test]
    fn anchors_of_groups_are_unique() {
        let mut groups = vec![
            new_group(&entry(ChangeKind::Added, false), "New!"),
            new_group(&entry(ChangeKind::Added, false), "new"),
        ];
        unique_ids(&mut groups);
        assert_eq!((&*groups[0].id, &*groups[1].id), ("new", "new-1"));
    }
}
