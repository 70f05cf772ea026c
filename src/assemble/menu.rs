//! The menus: one section a folder of documents, in the author's order.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::SourcePath;
use crate::model::document::{Document, DocumentKind};
use crate::model::portal::{NavSection, Portal};
use crate::model::route::DocumentIndex;
use crate::text::{title_of_name, without_order_prefix};

/// The order that a `SUMMARY.md` gives: path of the document → position.
pub type SummaryOrder = BTreeMap<SourcePath, usize>;

/// Makes a section of every folder that holds documents or folders of documents.
pub fn sections(portal: &Portal, summary: &SummaryOrder) -> Vec<NavSection> {
    let mut sections: Vec<NavSection> = Vec::new();
    let mut by_folder: BTreeMap<String, usize> = BTreeMap::new();
    for (index, document) in portal.documents() {
        let Some(folder) = folder_of(document) else { continue };
        let at = section_at(&mut sections, &mut by_folder, &folder, portal);
        match document.kind {
            DocumentKind::Section | DocumentKind::Path if is_index(document) => sections[at].head = Some(index),
            _ => sections[at].documents.push(index),
        }
    }
    for section in &mut sections {
        if let Some(head) = section.head {
            let front = &portal.document(head).front;
            section.title = front.nav_title.clone().unwrap_or_else(|| front.title.clone());
        }
        section.documents.sort_by(|a, b| order(portal, summary, *a, *b));
    }
    sort_children(&mut sections, portal);
    sections
}

/// The folder whose menu lists a document; `None` for those that stand in no menu.
fn folder_of(document: &Document) -> Option<String> {
    match document.kind {
        DocumentKind::Home | DocumentKind::ApiLanding => None,
        DocumentKind::Page if document.body.path().folder().is_empty() => Some("pages".to_owned()),
        _ => Some(document.body.path().folder().to_owned()),
    }
}

fn is_index(document: &Document) -> bool {
    matches!(document.body.path().stem().to_ascii_lowercase().as_str(), "index" | "_index" | "readme")
}

/// Returns the section of a folder, made with all the folders around it when it is new.
fn section_at(
    sections: &mut Vec<NavSection>,
    by_folder: &mut BTreeMap<String, usize>,
    folder: &str,
    portal: &Portal,
) -> usize {
    if let Some(&at) = by_folder.get(folder) {
        return at;
    }
    let api_id = folder.strip_prefix("apis/").and_then(|rest| rest.split('/').next());
    let api = api_id.and_then(|id| portal.api_of_id(&crate::text::slug(id)));
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let at = sections.len();
    sections.push(NavSection {
        api,
        folder: folder.to_owned(),
        title: title_of_name(without_order_prefix(name).1),
        head: None,
        documents: Vec::new(),
        children: Vec::new(),
        top: true,
    });
    by_folder.insert(folder.to_owned(), at);
    if let Some((parent, _)) = folder.rsplit_once('/').filter(|(parent, _)| !is_root(parent)) {
        let parent = section_at(sections, by_folder, parent, portal);
        sections[parent].children.push(at);
        sections[at].top = false;
    }
    at
}

/// True for the folders whose folders are sections of their own: the top, `apis/` and `apis/<api>/`.
fn is_root(folder: &str) -> bool {
    folder.is_empty() || folder == "apis" || (folder.starts_with("apis/") && folder.matches('/').count() == 1)
}

/// `SUMMARY.md`, then `order` or number prefix, then title: what says nothing comes last.
fn order(portal: &Portal, summary: &SummaryOrder, a: DocumentIndex, b: DocumentIndex) -> Ordering {
    let key = |index: DocumentIndex| {
        let document = portal.document(index);
        let listed = summary.get(document.body.path()).copied().unwrap_or(usize::MAX);
        (listed, document.front.order.unwrap_or(f64::INFINITY), document)
    };
    let ((listed_a, order_a, a), (listed_b, order_b, b)) = (key(a), key(b));
    let by_date = || b.front.date.cmp(&a.front.date);
    let by_title = || a.front.title.to_lowercase().cmp(&b.front.title.to_lowercase());
    listed_a
        .cmp(&listed_b)
        .then_with(|| order_a.total_cmp(&order_b))
        .then_with(by_date)
        .then_with(by_title)
        .then_with(|| a.body.path().cmp(b.body.path()))
}

fn sort_children(sections: &mut [NavSection], portal: &Portal) {
    let keys: Vec<(f64, String)> = sections
        .iter()
        .map(|section| {
            let written = section.head.and_then(|head| portal.document(head).front.order);
            let name = section.folder.rsplit('/').next().unwrap_or_default();
            let prefix = without_order_prefix(name).0;
            (written.or(prefix).unwrap_or(f64::INFINITY), section.title.to_lowercase())
        })
        .collect();
    for section in sections.iter_mut() {
        section.children.sort_by(|&a, &b| keys[a].0.total_cmp(&keys[b].0).then_with(|| keys[a].1.cmp(&keys[b].1)));
    }
}

/// Returns the order of documents in the `SUMMARY.md` of a book: the order of its links.
pub fn summary_order(documents: &[Arc<Document>]) -> SummaryOrder {
    let mut order = SummaryOrder::new();
    for document in documents {
        for link in &document.body.links {
            let Some(path) = document.body.path().join(&link.target) else { continue };
            let next = order.len();
            order.entry(path).or_insert(next);
        }
    }
    order
}
