//! Who mentions whom: documents, operations, schemas, roadmap items and releases as one graph.
//!
//! Built once from the portal. [`References`] turns what an author wrote in a link into the page that it means; the
//! edges are the links that resolved. Checks report the others, pages draw both directions.

pub mod reference;
mod target;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::document::Markdown;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Subject};

pub use reference::References;
pub use target::{Broken, BrokenKind, Target};

/// The graph of a portal.
#[derive(Debug)]
pub struct Graph {
    /// What can be referred to.
    pub references: References,
    mentions: BTreeMap<Subject, Vec<Subject>>,
    mentioned_by: BTreeMap<Subject, Vec<Subject>>,
}

impl Graph {
    /// Builds the graph.
    pub fn new(portal: &Portal) -> Graph {
        let mut edges = Edges { portal, references: References::new(portal), list: Vec::new(), seen: BTreeSet::new() };
        edges.documents();
        edges.roadmap();
        edges.changelogs();
        let (mut mentions, mut mentioned_by) = (BTreeMap::new(), BTreeMap::new());
        for (from, to) in edges.list {
            mentions.entry(from).or_insert_with(Vec::new).push(to);
            mentioned_by.entry(to).or_insert_with(Vec::new).push(from);
        }
        Graph { references: edges.references, mentions, mentioned_by }
    }

    /// Returns what a page mentions, in order of first mention.
    pub fn mentions(&self, subject: Subject) -> &[Subject] {
        self.mentions.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// Returns the pages that mention a subject.
    pub fn mentioned_by(&self, subject: Subject) -> &[Subject] {
        self.mentioned_by.get(&subject).map_or(&[], Vec::as_slice)
    }
}

/// Returns the API whose operations and schemas a document means first.
pub fn api_of(portal: &Portal, id: Option<&str>) -> Option<ApiIndex> {
    id.and_then(|id| portal.api_of_id(id))
}

struct Edges<'a> {
    portal: &'a Portal,
    references: References,
    list: Vec<(Subject, Subject)>,
    seen: BTreeSet<(Subject, Subject)>,
}

impl Edges<'_> {
    fn documents(&mut self) {
        for (index, document) in self.portal.documents() {
            let api = api_of(self.portal, document.api.as_deref());
            let Some(&from) = self.portal.pages_of.get(document.body.path()) else { continue };
            debug_assert!(self.portal.document(index).body.path() == document.body.path());
            for call in &document.front.calls {
                let target = self.references.operation(&call.reference, api);
                self.add(from, &target);
            }
            self.links(from, &document.body, api, 0..usize::MAX);
        }
    }

    fn roadmap(&mut self) {
        for (at, item) in self.portal.roadmap.iter().enumerate() {
            let from = Subject::RoadmapItem(at as u32);
            let api = api_of(self.portal, item.apis.first().map(|id| &**id));
            for (reference, _) in &item.adds {
                let target = self.references.operation(reference, api);
                self.add(from, &target);
            }
            for (id, _) in &item.depends {
                let target = self.references.roadmap_item(id);
                self.add(from, &target);
            }
            self.links(from, &item.body, api, item.body.range.clone());
        }
    }

    fn changelogs(&mut self) {
        for (at, log) in self.portal.changelogs.iter().enumerate() {
            let api = api_of(self.portal, log.api.as_deref());
            for (number, release) in log.releases.iter().enumerate() {
                self.links(Subject::Release(at as u32, number as u32), &log.body, api, release.range.clone());
            }
        }
    }

    fn links(&mut self, from: Subject, body: &Markdown, api: Option<ApiIndex>, within: std::ops::Range<usize>) {
        for link in body.links.iter().filter(|link| !link.image && within.contains(&link.range.start)) {
            let target = self.references.resolve(self.portal, body.path(), api, &link.target);
            self.add(from, &target);
        }
        for span in body.code_spans.iter().filter(|span| within.contains(&span.range.start)) {
            if let Some(subject) = self.references.code_span(&span.code, api) {
                self.add(from, &Target::Page { subject, anchor: None });
            }
        }
    }

    fn add(&mut self, from: Subject, target: &Target) {
        let Target::Page { subject, .. } = target else { return };
        if *subject != from && self.seen.insert((from, *subject)) {
            self.list.push((from, *subject));
        }
    }
}
