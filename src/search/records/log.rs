//! The records of the roadmap and of changelogs.

use super::{Kind, Page, Record, document};
use crate::model::portal::Portal;

/// The board: the prose beside it.
pub(super) fn roadmap(portal: &Portal, page: &mut Page) {
    for prose in &portal.roadmap_prose {
        let mut inside = Page { head: Record::new(Kind::Page, ""), parts: Vec::new() };
        document::body(&prose.body, &mut inside);
        page.head.text.push_str(&inside.head.text);
        page.parts.extend(inside.parts);
    }
}

/// An item of the roadmap.
pub(super) fn roadmap_item(portal: &Portal, item: u32, page: &mut Page) {
    let Some(item) = portal.roadmap.get(item as usize) else { return };
    page.head.names.push(item.id.clone());
    let head = &mut page.head.keywords;
    head.push(item.status.word().to_owned());
    head.extend(item.status_written.iter().chain(&item.kind).chain(&item.tags).cloned());
    head.extend(item.target.as_ref().map(|target| target.shown.clone()));
    head.extend(item.apis.iter().map(|api| api.to_string()));
    document::body(&item.body, page);
}

/// A release with its entries. They have no anchors: the page of a release is short, or the entry is found by its eye.
pub(super) fn release(portal: &Portal, changelog: u32, release: u32, page: &mut Page) {
    let Some(log) = portal.changelogs.get(changelog as usize) else { return };
    let Some(release) = log.releases.get(release as usize) else { return };
    page.head.names.extend(release.version.iter().chain(&release.component).cloned());
    page.head.keywords.extend(release.date_written.clone().or(release.date.map(|date| date.to_string())));
    page.head.keywords.extend(log.title.clone());
    for entry in &release.entries {
        let mut record = Record::part(Kind::Entry, &entry.text, "").text(&entry.text);
        record.keywords.push(entry.kind.word().to_owned());
        record.keywords.extend(entry.breaking.then(|| "breaking".to_owned()));
        page.parts.push(record);
    }
}

/// A changelog that is shown as it is.
pub(super) fn changelog_text(portal: &Portal, changelog: u32, page: &mut Page) {
    if let Some(log) = portal.changelogs.get(changelog as usize) {
        document::body(&log.body, page);
    }
}
