//! The entries of a release by kind.

use std::collections::BTreeMap;

use super::rows::entry_markdown;
use super::{BREAKING, EntryGroup, EntryView, Found, look};
use crate::model::changelog::{ChangeKind, ReleaseEntry};
use crate::render::PageContext;

/// Entries by kind, breaking ones first. Inside a kind the author's own headings stay apart.
pub(super) fn groups(context: &PageContext<'_>, found: Found<'_>) -> Vec<EntryGroup> {
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
        let html = context.markdown_of(body, entry.range.clone(), &entry_markdown(&body.source.text, entry), 3);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_of_groups_are_unique() {
        let entry =
            ReleaseEntry { kind: ChangeKind::Added, section: None, breaking: false, range: 0..0, text: "x".into() };
        let mut groups = vec![new_group(&entry, "New!"), new_group(&entry, "new")];
        unique_ids(&mut groups);
        assert_eq!((&*groups[0].id, &*groups[1].id), ("new", "new-1"));
    }
}
