//! Anchors, aliases and merge keys.
//!
//! An alias shares the tree of its anchor, so it costs no memory; but whoever walks the tree walks it again. What is
//! counted against the limit is therefore the number of nodes that all aliases stand for.

use std::collections::HashMap;
use std::ops::Range;

use super::Reader;
use crate::diag::codes::tree::{LIMIT_ALIASES, YAML_ALIAS, YAML_KEY, YAML_MERGE};
use crate::model::node::{Node, Value};
use crate::model::settings::Limits;
use crate::tree::build::Measure;
use crate::tree::problems::quote;

/// Nodes that aliases may stand for, for each byte of the text.
const NODES_PER_BYTE: usize = 100;

/// The values that have an anchor, and what is left of the limit.
pub(super) struct Anchors {
    values: HashMap<usize, (Node, Measure)>,
    left: usize,
}

impl Anchors {
    /// Begins without anchors.
    pub(super) fn new(limits: &Limits, text: &str) -> Anchors {
        let left = limits.alias_nodes.min(text.len().saturating_mul(NODES_PER_BYTE));
        Anchors { values: HashMap::new(), left }
    }

    /// Adds the value of an anchor, by the parser's number for it.
    pub(super) fn define(&mut self, anchor: usize, node: Node, measure: Measure) {
        self.values.insert(anchor, (node, measure));
    }
}

impl Reader<'_> {
    /// Takes an alias as a value or a key.
    pub(super) fn alias(&mut self, anchor: usize, range: Range<usize>) {
        let Some((node, measure)) = self.anchors.values.get(&anchor).cloned() else {
            let alias = self.written(&range);
            let (message, help) = if self.frames.iter().any(|frame| frame.anchor == anchor) {
                let help = "a value cannot hold itself; use `$ref` where a schema refers to itself";
                (format!("the alias {alias} stands inside the value it names"), help)
            } else {
                (format!("the value that the alias {alias} names was left out"), "mend the place of its anchor first")
            };
            let diagnostic = self.problems.at(YAML_ALIAS, range.clone(), message).help(help);
            self.problems.push(diagnostic);
            return self.no_alias(range);
        };
        if self.tree.wants_key() {
            return self.alias_key(&node, range);
        }
        if self.tree.depth() + measure.height > self.depth {
            self.problems.too_deep(range.start, self.depth);
            return self.no_alias(range);
        }
        if measure.nodes > self.anchors.left {
            self.too_many(range.clone());
            return self.no_alias(range);
        }
        self.anchors.left -= measure.nodes;
        self.tree.node(node, range.end as u32, measure);
        self.finished(0, measure);
    }

    /// Takes an alias whose anchor does not exist.
    pub(super) fn unknown_alias(&mut self, name: &str, range: Range<usize>) {
        let message = format!("no anchor {} stands before this alias", quote(&format!("&{name}")));
        let help = "write the anchor before its first alias; put a text that begins with `*` in quotes";
        let diagnostic = self.problems.at(YAML_ALIAS, range.clone(), message).help(help);
        self.problems.push(diagnostic);
        self.no_alias(range);
    }

    fn no_alias(&mut self, range: Range<usize>) {
        let span = self.tree.span(range.start, range.end);
        if self.tree.wants_key() {
            let text = self.slice(&range).to_owned();
            return self.tree.key(&text, span);
        }
        self.tree.scalar(Value::Null, span);
        self.finished(0, Measure::SCALAR);
    }

    fn alias_key(&mut self, node: &Node, range: Range<usize>) {
        let span = self.tree.span(range.start, range.end);
        match node.as_text() {
            Some(text) => self.tree.key(&text, span),
            None => {
                let message = format!("the alias {} names no text; it is used as it is written", self.written(&range));
                let diagnostic = self.problems.at(YAML_KEY, range.clone(), message).help("write a text as the key");
                self.problems.push(diagnostic);
                self.no_alias(range);
            }
        }
    }

    fn too_many(&mut self, range: Range<usize>) {
        if !self.problems.has(LIMIT_ALIASES) {
            let message = "the aliases of this text stand for more nodes than the limit allows; the rest is left out";
            let help = "write the repeated parts as `$ref`, or raise `alias_nodes` under `[limits]` in portal.toml";
            let diagnostic = self.problems.at(LIMIT_ALIASES, range, message).help(help);
            self.problems.push(diagnostic);
        }
    }

    /// Takes the value of a `<<` out of its map, to be merged when the map closes.
    pub(super) fn take_merge(&mut self) {
        let Some(entry) = self.tree.take_last_entry() else { return };
        if let (Some(frame), true) = (self.frames.last_mut(), can_merge(&entry.value)) {
            frame.merges.push(entry.value);
            return;
        }
        if entry.value.is_null() {
            return;
        }
        let range = entry.key_span.start as usize..entry.key_span.end as usize;
        let message = format!("`<<` merges an object or a list of objects, and this is {}", entry.value.kind_word());
        let diagnostic = self.problems.at(YAML_MERGE, range, message);
        self.problems.push(diagnostic.help("write an alias of a mapping, or put the key in quotes"));
    }

    fn written(&self, range: &Range<usize>) -> String {
        quote(self.slice(range))
    }
}

fn can_merge(value: &Node) -> bool {
    value.is_map() || (value.is_list() && value.items().iter().all(Node::is_map))
}
