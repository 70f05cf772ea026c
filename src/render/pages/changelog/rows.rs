//! Releases as rows of a list: their counts, and the entries that stand for the rest.

use super::super::parts::{DateView, sentences};
use super::entry_text::{capitalised, first_paragraph, without_breaking_mark, without_bullet};
use super::{BREAKING, CountView, EntryRow, Found, ReleaseRow, look};
use crate::model::changelog::{ChangeKind, ReleaseEntry};
use crate::model::route::Subject;
use crate::render::PageContext;
use crate::render::html::{SafeHtml, escape};

/// Entries that a full row shows.
const ENTRIES: usize = 6;
/// Of these, at most so many that break, so that others are seen too.
const BREAKING_ENTRIES: usize = 4;

/// Makes the row of a release without its words; `None` when it has no page.
pub(super) fn short_row(context: &PageContext<'_>, found: Found<'_>, several: bool) -> Option<ReleaseRow> {
    let release = found.release;
    let (log, at) = found.at;
    let portal = context.portal();
    let api = found.changelog.api.as_deref().filter(|_| several).and_then(|id| portal.api_of_id(id));
    let of = release.component.clone().or_else(|| api.map(|index| portal.api(index).info.title.clone()));
    Some(ReleaseRow {
        title: release.version.clone().unwrap_or_else(|| release.label.clone()),
        href: context.href(Subject::Release(log, at))?,
        of_href: api.filter(|_| release.component.is_none()).and_then(|api| context.href(Subject::Api(api))),
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

/// Makes the row of a release with its summary and its most telling entries.
pub(super) fn full_row(context: &PageContext<'_>, found: Found<'_>, several: bool) -> Option<ReleaseRow> {
    let mut row = short_row(context, found, several)?;
    row.summary_html = summary(context, found);
    let chosen = chosen(&found.release.entries);
    row.more = found.release.entries.len() - chosen.len();
    row.entries = chosen.into_iter().map(|entry| entry_row(context, found, entry)).collect();
    Some(row)
}

/// Chooses entries that show what a release is about: breaking ones, then one of each kind in turn; ordered by kind.
fn chosen(entries: &[ReleaseEntry]) -> Vec<&ReleaseEntry> {
    let mut kinds: Vec<Vec<usize>> = ChangeKind::ALL
        .iter()
        .map(|(kind, _)| {
            let of_kind = entries.iter().enumerate().filter(|(_, entry)| !entry.breaking && entry.kind == *kind);
            of_kind.map(|(at, _)| at).collect()
        })
        .collect();
    let breaking: Vec<usize> = (0..entries.len()).filter(|at| entries[*at].breaking).collect();
    let others = entries.len() - breaking.len();
    let most = BREAKING_ENTRIES.max(ENTRIES.saturating_sub(others));
    let mut chosen: Vec<usize> = breaking.into_iter().take(most).collect();
    kinds.retain(|of_kind| !of_kind.is_empty());
    for round in 0..ENTRIES {
        let turn = kinds.iter().filter_map(|of_kind| of_kind.get(round).copied());
        chosen.extend(turn.take(ENTRIES.saturating_sub(chosen.len())).collect::<Vec<_>>());
    }
    chosen.sort_by_key(|at| (!entries[*at].breaking, entries[*at].kind, *at));
    chosen.into_iter().map(|at| &entries[at]).collect()
}

/// Renders the summary of a release.
pub(super) fn summary(context: &PageContext<'_>, found: Found<'_>) -> SafeHtml {
    let range = found.release.summary.clone();
    range.map(|range| context.markdown(&found.changelog.body, range, 3)).unwrap_or_default()
}

fn entry_row(context: &PageContext<'_>, found: Found<'_>, entry: &ReleaseEntry) -> EntryRow {
    let (word, look) = if entry.breaking { BREAKING } else { (entry.kind.word(), look(entry.kind)) };
    let body = &found.changelog.body;
    let text = entry_markdown(&body.source.text, entry);
    let html = match first_paragraph(&text) {
        Some(first) => context.markdown_of(body, entry.range.clone(), first, 3),
        None => escape(&sentences(&entry.text, 180)),
    };
    EntryRow { word, look, html }
}

/// Returns the Markdown of an entry without its bullet and without the mark that its chip repeats.
pub(super) fn entry_markdown(source: &str, entry: &ReleaseEntry) -> String {
    let text = without_bullet(source, entry.range.clone());
    if !entry.breaking {
        return text;
    }
    let rest = without_breaking_mark(&text);
    if rest.len() < text.len() { capitalised(rest) } else { text }
}

/// Counts entries by kind; those that break are counted once, as breaking.
fn counts(entries: &[ReleaseEntry]) -> Vec<CountView> {
    let breaking = entries.iter().filter(|entry| entry.breaking).count();
    let mut counts = vec![CountView { word: BREAKING.0, look: BREAKING.1, count: breaking }];
    counts.extend(ChangeKind::ALL.iter().map(|(kind, word)| {
        let count = entries.iter().filter(|entry| !entry.breaking && entry.kind == *kind).count();
        CountView { word, look: look(*kind), count }
    }));
    counts.retain(|count| count.count > 0);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: ChangeKind, breaking: bool) -> ReleaseEntry {
        ReleaseEntry { kind, section: None, breaking, range: 0..0, text: "x".into() }
    }

    #[test]
    fn a_breaking_change_is_counted_once_and_first() {
        let entries =
            [entry(ChangeKind::Fixed, false), entry(ChangeKind::Changed, true), entry(ChangeKind::Fixed, false)];
        let counts: Vec<String> = counts(&entries).iter().map(|c| format!("{} {}", c.count, c.word)).collect();
        assert_eq!(counts, ["1 Breaking", "2 Fixed"]);
    }

    #[test]
    fn a_list_shows_entries_of_every_kind() {
        let mut entries: Vec<ReleaseEntry> = (0..10).map(|_| entry(ChangeKind::Added, false)).collect();
        entries.push(entry(ChangeKind::Fixed, false));
        entries.push(entry(ChangeKind::Changed, true));
        let words = |entries: &[ReleaseEntry]| -> Vec<&str> {
            chosen(entries).iter().map(|entry| if entry.breaking { "Breaking" } else { entry.kind.word() }).collect()
        };
        assert_eq!(words(&entries), ["Breaking", "Added", "Added", "Added", "Added", "Fixed"]);
        let breaking: Vec<ReleaseEntry> = (0..9).map(|_| entry(ChangeKind::Removed, true)).collect();
        assert_eq!(words(&breaking).len(), ENTRIES);
    }
}
