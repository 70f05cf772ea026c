//! What an operation has to do with others: the same path, links from responses, shared schemas.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Reference;
use crate::model::api::{Api, Operation, OperationKind};
use crate::model::route::Subject;
use crate::render::view::PageLink;

/// More operations than this on one path, or schemas of one operation, are not listed.
const LISTED: usize = 24;

/// The operations of an API by path, and those that a response's link leads to.
#[derive(Debug, Default)]
pub struct Neighbours {
    by_path: HashMap<String, Vec<u32>>,
    linked_from: BTreeMap<u32, BTreeSet<u32>>,
}

impl Neighbours {
    /// Looks at every operation once.
    pub fn new(api: &Api) -> Neighbours {
        let mut neighbours = Neighbours::default();
        for (at, operation) in api.operations.iter().enumerate() {
            if let OperationKind::Http { path, .. } = &operation.kind {
                neighbours.by_path.entry(path.to_string()).or_default().push(at as u32);
            }
            neighbours.add_links(at as u32, operation);
        }
        neighbours
    }

    fn add_links(&mut self, at: u32, operation: &Operation) {
        let links = operation.responses.iter().flat_map(|response| &response.links);
        for target in links.filter_map(|link| link.operation) {
            self.linked_from.entry(target).or_default().insert(at);
        }
        let inner = operation.callbacks.iter().flat_map(|callback| &callback.operations);
        inner.for_each(|operation| self.add_links(at, operation));
    }
}

impl Reference<'_> {
    /// Returns the other operations of an operation's path.
    pub fn same_path(&self, at: u32) -> Vec<PageLink> {
        let address = self.api.operations.get(at as usize).map_or("", |operation| operation.kind.address());
        let others = self.neighbours.by_path.get(address).into_iter().flatten().filter(|other| **other != at);
        others.take(LISTED).filter_map(|other| self.context.link(Subject::Operation(self.at, *other))).collect()
    }

    /// Returns the operations whose responses link to this one.
    pub fn reached_from(&self, at: u32) -> Vec<PageLink> {
        let from = self.neighbours.linked_from.get(&at).into_iter().flatten().filter(|other| **other != at);
        from.take(LISTED).filter_map(|other| self.context.link(Subject::Operation(self.at, *other))).collect()
    }

    /// Returns the named schemas that an operation uses.
    pub fn used_schemas(&self, at: u32) -> Vec<PageLink> {
        let used = self.usage.of_operation(at).iter();
        used.take(LISTED).filter_map(|id| self.context.link(Subject::Schema(self.at, *id))).collect()
    }
}
