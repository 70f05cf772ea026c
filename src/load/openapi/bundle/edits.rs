//! Changes of a tree by place: what is dropped, what is replaced, what stands there instead.

use std::collections::{HashMap, HashSet};

use crate::model::node::{Entry, Node, Span, Value};

/// A node's identity: its place, and what it is (a text may begin and end where its list does).
pub type Key = (Span, u8);

/// Returns a node's identity.
pub fn key(node: &Node) -> Key {
    let sort = match node.value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::List(_) => 4,
        Value::Map(_) => 5,
    };
    (node.span, sort)
}

/// Changes by place.
#[derive(Debug, Default)]
pub struct Edits {
    /// Values that go, with their keys.
    pub dropped: HashSet<Key>,
    /// Values that become others, which are final.
    pub replaced: HashMap<Key, Node>,
    /// References that become what they name; what stands beside the `$ref` stays.
    pub inlined: HashMap<Key, Node>,
}

impl Edits {
    /// Returns true when nothing changes.
    pub fn is_empty(&self) -> bool {
        self.dropped.is_empty() && self.replaced.is_empty() && self.inlined.is_empty()
    }
}

/// Returns a tree with changes; `None` when nothing of it changes.
pub fn rebuilt(node: &Node, edits: &[&Edits]) -> Option<Node> {
    Rebuild { edits, open: Vec::new() }.node(node)
}

struct Rebuild<'e> {
    edits: &'e [&'e Edits],
    /// What is being put in place of references, each inside another.
    open: Vec<Key>,
}

impl Rebuild<'_> {
    fn node(&mut self, node: &Node) -> Option<Node> {
        let at = key(node);
        if let Some(new) = self.edits.iter().find_map(|edits| edits.replaced.get(&at)) {
            return Some(new.clone());
        }
        let inlined = self.edits.iter().find_map(|edits| edits.inlined.get(&at));
        if let Some(target) = inlined.filter(|_| !self.open.contains(&at)) {
            self.open.push(at);
            let new = self.inlined(node, target);
            self.open.pop();
            return Some(new);
        }
        match &node.value {
            Value::Map(entries) => self.entries(entries).map(|value| Node { value, span: node.span }),
            Value::List(items) => self.items(items).map(|value| Node { value, span: node.span }),
            _ => None,
        }
    }

    fn is_dropped(&self, node: &Node) -> bool {
        let at = key(node);
        self.edits.iter().any(|edits| edits.dropped.contains(&at))
    }

    fn entries(&mut self, entries: &[Entry]) -> Option<Value> {
        let mut changed: Option<Vec<Entry>> = None;
        for (at, entry) in entries.iter().enumerate() {
            let dropped = self.is_dropped(&entry.value);
            let new = if dropped { None } else { self.node(&entry.value) };
            if (dropped || new.is_some()) && changed.is_none() {
                changed = Some(entries[..at].to_vec());
            }
            if let Some(changed) = changed.as_mut().filter(|_| !dropped) {
                let value = new.unwrap_or_else(|| entry.value.clone());
                changed.push(Entry { value, ..entry.clone() });
            }
        }
        changed.map(|entries| Value::Map(entries.into()))
    }

    fn items(&mut self, items: &[Node]) -> Option<Value> {
        let mut changed: Option<Vec<Node>> = None;
        for (at, item) in items.iter().enumerate() {
            let dropped = self.is_dropped(item);
            let new = if dropped { None } else { self.node(item) };
            if (dropped || new.is_some()) && changed.is_none() {
                changed = Some(items[..at].to_vec());
            }
            if let Some(changed) = changed.as_mut().filter(|_| !dropped) {
                changed.push(new.unwrap_or_else(|| item.clone()));
            }
        }
        changed.map(|items| Value::List(items.into()))
    }

    /// The target, with the fields beside the `$ref` that it does not have or that win over its own.
    fn inlined(&mut self, node: &Node, target: &Node) -> Node {
        let whole = self.node(target).unwrap_or_else(|| target.clone());
        let beside = node.entries().iter().filter(|entry| &*entry.key != "$ref" && !self.is_dropped(&entry.value));
        let beside: Vec<Entry> = beside.cloned().collect();
        if beside.is_empty() || !whole.is_map() {
            return whole;
        }
        let mut entries: Vec<Entry> = Vec::new();
        for entry in beside {
            let value = self.node(&entry.value).unwrap_or_else(|| entry.value.clone());
            entries.push(Entry { value, ..entry });
        }
        let others = whole.entries().iter().filter(|entry| node.entry(&entry.key).is_none());
        entries.extend(others.cloned());
        Node { value: Value::Map(entries.into()), span: whole.span }
    }
}
