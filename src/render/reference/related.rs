//! What an operation has to do with others: the same path, links from responses, what it calls back, shared schemas.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Reference;
use crate::model::api::{Api, Callback, Operation, OperationKind};
use crate::model::route::Subject;
use crate::render::view::PageLink;

/// More operations than this on one path, or schemas of one operation, are not listed.
const LISTED: usize = 24;

/// The operations of an API by path, and those that a response's link leads to.
#[derive(Debug, Default)]
pub struct Neighbours {
    by_path: HashMap<String, Vec<u32>>,
    linked_from: BTreeMap<u32, BTreeSet<u32>>,
    linked_to: BTreeMap<u32, Vec<u32>>,
    /// The webhooks that an operation's callbacks are described as, too.
    webhooks: BTreeMap<u32, BTreeSet<u32>>,
    started_by: BTreeMap<u32, BTreeSet<u32>>,
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
        neighbours.join_webhooks(api);
        neighbours
    }

    fn add_links(&mut self, at: u32, operation: &Operation) {
        let links = operation.responses.iter().flat_map(|response| &response.links);
        for target in links.filter_map(|link| link.operation) {
            if self.linked_from.entry(target).or_default().insert(at) {
                self.linked_to.entry(at).or_default().push(target);
            }
        }
        let inner = operation.callbacks.iter().flat_map(|callback| &callback.operations);
        inner.for_each(|operation| self.add_links(at, operation));
    }

    fn join_webhooks(&mut self, api: &Api) {
        let is_webhook = |operation: &Operation| matches!(operation.kind, OperationKind::Webhook { .. });
        let mut by_name: HashMap<String, Vec<u32>> = HashMap::new();
        for (at, webhook) in api.operations.iter().enumerate().filter(|(_, operation)| is_webhook(operation)) {
            names_of_webhook(webhook).into_iter().for_each(|name| by_name.entry(name).or_default().push(at as u32));
        }
        if by_name.is_empty() {
            return;
        }
        for (at, operation) in api.operations.iter().enumerate() {
            let names = operation.callbacks.iter().flat_map(names_of_callback);
            for &webhook in names.filter_map(|name| by_name.get(&name)).flatten() {
                self.webhooks.entry(at as u32).or_default().insert(webhook);
                self.started_by.entry(webhook).or_default().insert(at as u32);
            }
        }
    }
}

/// The names under which a webhook may also be a callback: its own, and its operationId.
fn names_of_webhook(webhook: &Operation) -> Vec<String> {
    let names = [Some(webhook.kind.address()), webhook.operation_id.as_ref()];
    names.into_iter().flatten().map(|name| folded(name)).collect()
}

fn names_of_callback(callback: &Callback) -> Vec<String> {
    let ids = callback.operations.iter().filter_map(|operation| operation.operation_id.as_ref());
    std::iter::once(&callback.name).chain(ids).map(|name| folded(name)).collect()
}

/// `order.updated` and `orderUpdated` are one name.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Reference<'_> {
    fn operations(&self, list: impl IntoIterator<Item = u32>) -> Vec<PageLink> {
        let listed = list.into_iter().take(LISTED);
        listed.filter_map(|other| self.context.link(Subject::Operation(self.at, other))).collect()
    }

    /// Returns the operations that the links of an operation's responses lead to, in order.
    pub fn leads_to(&self, at: u32) -> Vec<PageLink> {
        let list = self.neighbours.linked_to.get(&at).into_iter().flatten().copied();
        self.operations(list.filter(|other| *other != at))
    }

    /// Returns what an operation may call back: its callbacks on its own page, and webhooks that are the same.
    pub fn calls_back(&self, at: u32) -> Vec<PageLink> {
        let callbacks = self.api.operations.get(at as usize).map_or(&[][..], |operation| &operation.callbacks);
        let link = |callback: &Callback| {
            let first = callback.operations.first();
            let summary = first.and_then(|operation| operation.summary.as_deref());
            PageLink {
                title: callback.name.to_string(),
                href: format!("#{}", crate::schema::anchor::join("callback", &callback.name)),
                kind: "webhook",
                method: first.map(|operation| super::badges::method_label(operation.kind.method())),
                path: first.map(|operation| operation.kind.address().to_string()),
                summary: summary.map(str::to_owned),
                deprecated: first.is_some_and(|operation| operation.deprecated),
            }
        };
        let webhooks = self.neighbours.webhooks.get(&at).into_iter().flatten().copied();
        callbacks.iter().take(LISTED).map(link).chain(self.operations(webhooks)).collect()
    }

    /// Returns the operations after which the API may call a webhook.
    pub fn started_by(&self, at: u32) -> Vec<PageLink> {
        self.operations(self.neighbours.started_by.get(&at).into_iter().flatten().copied())
    }

    /// Returns the other operations of an operation's path.
    pub fn same_path(&self, at: u32) -> Vec<PageLink> {
        let address = self.api.operations.get(at as usize).map_or("", |operation| operation.kind.address());
        let others = self.neighbours.by_path.get(address).into_iter().flatten().copied();
        self.operations(others.filter(|other| *other != at))
    }

    /// Returns the operations whose responses link to this one.
    pub fn reached_from(&self, at: u32) -> Vec<PageLink> {
        let from = self.neighbours.linked_from.get(&at).into_iter().flatten().copied();
        self.operations(from.filter(|other| *other != at))
    }

    /// Returns the named schemas that an operation uses.
    pub fn used_schemas(&self, at: u32) -> Vec<PageLink> {
        let used = self.usage.of_operation(at).iter();
        used.take(LISTED).filter_map(|id| self.context.link(Subject::Schema(self.at, *id))).collect()
    }
}
