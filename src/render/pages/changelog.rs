//! Changelogs: the list of releases, one release, and a changelog that is shown as it was written.

mod entry_text;
mod groups;
mod rows;

use std::ops::Range;

use serde::Serialize;

use self::groups::groups;
use self::rows::{full_row, short_row, summary};
use super::Body;
use super::parts::{DateView, FilterGroup, after_title, choices, cut, toc, unique};
use crate::model::changelog::{ChangeKind, Changelog, Release};
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
    /// By what the releases can be filtered.
    pub filters: Vec<FilterGroup>,
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
    /// The page of that API.
    pub of_href: Option<String>,
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
    /// Its first paragraph, without a mark that only repeats its kind.
    pub html: SafeHtml,
}

/// What `release.html` sees.
#[derive(Debug, Serialize)]
pub struct ReleaseView {
    /// The facts of lists.
    pub row: ReleaseRow,
    /// The comparison with the version before.
    pub compare: Option<String>,
    /// That version.
    pub before: Option<String>,
    /// Documents that the breaking entries and the summary lead to: how to move.
    pub upgrade: Vec<PageLink>,
    /// Entries by kind, breaking ones first.
    pub groups: Vec<EntryGroup>,
    /// All of the text, when it holds no entries.
    pub body_html: SafeHtml,
    /// Operations, schemas and pages that the release mentions, when it holds no entries that name them.
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
    let filters = filters(newest.iter().chain(years.iter().flat_map(|year| &year.releases)));
    let view = ChangelogView {
        filters,
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

/// The APIs and the kinds of changes of a list.
fn filters<'a>(rows: impl Iterator<Item = &'a ReleaseRow> + Clone) -> Vec<FilterGroup> {
    let apis = unique(rows.clone().filter_map(|row| row.of.as_deref()));
    let found = unique(rows.flat_map(|row| &row.counts).map(|count| count.word));
    let order = std::iter::once(BREAKING.0).chain(ChangeKind::ALL.iter().map(|(_, word)| *word));
    choices(apis, order.filter(|word| found.iter().any(|known| known == word)).map(str::to_owned).collect())
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
        before: before(log, release),
        upgrade: upgrade(context, found),
        mentions: if groups.is_empty() { context.mentions(subject) } else { Vec::new() },
        groups,
        body_html,
        mentioned_by: context.mentioned_by(subject),
    };
    let words: Vec<&str> = one.entries.iter().map(|entry| entry.text.as_str()).take(3).collect();
    Body::new(&view).description((!words.is_empty()).then(|| cut(&words.join("; "), 155))).toc(toc)
}

/// The version that the release stands after: the next older one of the same component.
fn before(log: &Changelog, release: u32) -> Option<String> {
    let (first, older) = log.releases.get(release as usize..)?.split_first()?;
    let same = |older: &&Release| older.component == first.component && !older.yanked;
    older.iter().filter(same).find_map(|older| older.version.clone())
}

/// The documents that a release with breaking changes leads to, from its summary and from those changes.
fn upgrade(context: &PageContext<'_>, found: Found<'_>) -> Vec<PageLink> {
    let release = found.release;
    let breaking = release.entries.iter().filter(|entry| entry.breaking).map(|entry| entry.range.clone());
    let mut ranges: Vec<Range<usize>> = breaking.collect();
    if ranges.is_empty() {
        return Vec::new();
    }
    ranges.extend(release.summary.clone());
    let mut documents: Vec<Subject> = Vec::new();
    for subject in ranges.into_iter().flat_map(|range| context.linked(&found.changelog.body, range)) {
        if matches!(subject, Subject::Document(_)) && !documents.contains(&subject) {
            documents.push(subject);
        }
    }
    documents.into_iter().filter_map(|subject| context.link(subject)).collect()
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

/// Renders several stretches of one text, one after the other.
fn stretches(context: &PageContext<'_>, body: &Markdown, ranges: &[Range<usize>]) -> SafeHtml {
    let mut html = HtmlBuilder::new();
    ranges.iter().for_each(|range| html.push_safe(&context.markdown(body, range.clone(), 2)));
    html.finish()
}

/// The word and look of what breaks.
const BREAKING: (&str, &str) = ("Breaking", "danger");

/// The look of a kind's chip.
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
