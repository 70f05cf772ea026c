//! What stands in each menu, before it is rendered.

use super::MenuKey;
use crate::model::api::Api;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, DocumentIndex, Subject};
use crate::render::tags::{self, Branch, Head, TagTree};

/// One entry of a menu.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A page.
    Row(Subject),
    /// Entries under a title.
    Group(Group),
}

/// Entries under a title.
#[derive(Debug, Clone)]
pub struct Group {
    /// The title.
    pub title: String,
    /// The page that lists them, and the anchor there.
    pub page: Option<(Subject, &'static str)>,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// Calls `visit` with every page of these entries, in order.
pub fn flatten(entries: &[Entry], visit: &mut dyn FnMut(Subject)) {
    for entry in entries {
        match entry {
            Entry::Row(subject) => visit(*subject),
            Entry::Group(group) => flatten(&group.entries, visit),
        }
    }
}

/// Returns the entries of a menu.
pub fn of(portal: &Portal, key: MenuKey) -> Vec<Entry> {
    match key {
        MenuKey::Section(at) => section(portal, at),
        MenuKey::Api(index) => api(portal, index),
    }
}

fn section(portal: &Portal, at: usize) -> Vec<Entry> {
    let section = &portal.sections[at];
    let mut entries: Vec<Entry> = section.head.map(Subject::Document).map(Entry::Row).into_iter().collect();
    let shown = |index: &&DocumentIndex| !portal.document(**index).front.hidden;
    entries.extend(section.documents.iter().filter(shown).map(|index| Entry::Row(Subject::Document(*index))));
    for &child in &section.children {
        let inner = self::section(portal, child);
        if !inner.is_empty() {
            entries.push(section_group(portal, child, inner));
        }
    }
    entries
}

fn section_group(portal: &Portal, at: usize, entries: Vec<Entry>) -> Entry {
    let section = &portal.sections[at];
    let page = section.head.map_or(Subject::Section(at as u32), Subject::Document);
    Entry::Group(Group { title: section.title.clone(), page: Some((page, "")), entries })
}

fn api(portal: &Portal, index: ApiIndex) -> Vec<Entry> {
    let api = portal.api(index);
    let mut entries = vec![Entry::Row(Subject::Api(index))];
    for (at, known) in portal.sections.iter().enumerate() {
        if known.top && known.api == Some(index) {
            entries.push(section_group(portal, at, section(portal, at)));
        }
    }
    entries.push(Entry::Row(Subject::Authentication(index)));
    entries.push(Entry::Row(Subject::Errors(index)));
    let tree = TagTree::new(api, &portal.settings.tags);
    let tags: Vec<Entry> = tree.branches.iter().map(|branch| self::branch(api, index, branch)).collect();
    match tags.len() > super::LEAN {
        true => {
            let page = Some((Subject::Api(index), "tags"));
            entries.push(Entry::Group(Group { title: "Tags".into(), page, entries: tags }));
        }
        false => entries.extend(tags),
    }
    // Without tags the group holds every operation there is.
    let title = if tree.branches.is_empty() && portal.settings.tags.untagged.is_none() {
        "Operations".to_owned()
    } else {
        tree.untagged_title
    };
    push_group(&mut entries, title, index, "tag-none", tree.untagged);
    let webhooks = (0..api.operations.len() as u32).filter(|at| !tags::is_http(api, *at)).collect();
    push_group(&mut entries, "Webhooks".to_owned(), index, "webhooks", webhooks);
    entries.push(Entry::Row(Subject::Schemas(index)));
    entries.push(Entry::Row(Subject::Changelog(Some(index))));
    entries
}

/// A tag with its operations, then the tags below it; one without either is a row.
fn branch(api: &Api, index: ApiIndex, branch: &Branch) -> Entry {
    let (page, mut entries) = match branch.head {
        Head::Tag(at) => {
            let rows = tags::operations(api, at).into_iter().map(|at| Entry::Row(Subject::Operation(index, at)));
            ((Subject::Tag(index, at), ""), rows.collect::<Vec<_>>())
        }
        Head::Label(_) => ((Subject::Api(index), "tags"), Vec::new()),
    };
    entries.extend(branch.below.iter().map(|inner| self::branch(api, index, inner)));
    match (entries.is_empty(), page) {
        (true, (subject, _)) => Entry::Row(subject),
        (false, page) => Entry::Group(Group { title: branch.title(api).to_owned(), page: Some(page), entries }),
    }
}

fn push_group(entries: &mut Vec<Entry>, title: String, index: ApiIndex, anchor: &'static str, operations: Vec<u32>) {
    if !operations.is_empty() {
        let rows = operations.into_iter().map(|at| Entry::Row(Subject::Operation(index, at))).collect();
        entries.push(Entry::Group(Group { title, page: Some((Subject::Api(index), anchor)), entries: rows }));
    }
}
