//! The names that a document and the schemas in it give themselves: `$self`, `$id`, `$anchor`, `$dynamicAnchor`
//! and `$recursiveAnchor`.
//!
//! One walk over a parsed file, skipped when its text has none of the words. Examples and other plain data are not
//! looked into.

use std::collections::{BTreeMap, HashMap};

use super::uri;
use crate::diag::SourceText;
use crate::model::Text;
use crate::model::node::{Node, Span};

/// The self-given names of one file.
#[derive(Debug, Default)]
pub struct Anchors {
    /// `$self` of the document, when absolute.
    document: Option<String>,
    /// `$self` of the document, when relative to where its file lies.
    relative: Option<String>,
    resources: Vec<Resource>,
    /// Indices into `resources` by where they start.
    order: Vec<u32>,
    /// Schemas with `$recursiveAnchor: true` (draft 2019-09), in document order.
    recursive: Vec<Node>,
    /// By name: the first schema of the file that has it.
    anchors: BTreeMap<Text, Node>,
    /// By resource (0 is the document, then `resources` from 1) and name.
    scoped: HashMap<(u32, Text), Node>,
}

/// A schema with an `$id`.
#[derive(Debug)]
struct Resource {
    uri: String,
    node: Node,
    /// The resource around it.
    parent: u32,
}

impl Anchors {
    /// Collects the names of a file.
    pub fn of(root: &Node, source: &SourceText) -> Anchors {
        let mut anchors = Anchors::default();
        if !mentions_names(&source.text) {
            return anchors;
        }
        let own = root.get("$self").and_then(Node::as_str);
        let own = own.map(|uri| uri::split(uri).0.to_string()).filter(|uri| !uri.is_empty());
        match own {
            Some(uri) if uri::is_absolute(&uri) => anchors.document = Some(uri),
            relative => anchors.relative = relative,
        }
        anchors.collect(root);
        anchors.order = (0..anchors.resources.len() as u32).collect();
        let start = |index: &u32| anchors.resources[*index as usize].node.span.start;
        anchors.order.sort_by_key(start);
        anchors
    }

    fn collect(&mut self, root: &Node) {
        let mut stack = vec![(root.clone(), 0, false)];
        while let Some((node, scope, names)) = stack.pop() {
            let scope = if names { scope } else { self.take_names(&node, scope) };
            let children = node.entries().iter().rev().filter(|entry| names || !is_plain_data(&entry.key));
            stack.extend(children.map(|entry| (entry.value.clone(), scope, !names && holds_names(&entry.key))));
            stack.extend(node.items().iter().rev().map(|item| (item.clone(), scope, false)));
        }
    }

    /// Adds the names that one object gives itself, and returns the scope that its parts are in.
    fn take_names(&mut self, node: &Node, scope: u32) -> u32 {
        let mut scope = scope;
        if let Some(id) = node.get("$id").and_then(Node::as_str) {
            let (address, fragment) = uri::split(id);
            let base = self.uri_of(scope).map(str::to_string);
            let uri = base.and_then(|base| uri::join(&base, address)).unwrap_or_else(|| address.to_string());
            if !address.is_empty() {
                self.resources.push(Resource { uri, node: node.clone(), parent: scope });
                scope = self.resources.len() as u32;
            } else if let Some(name) = fragment {
                // Draft-06 and -07 write anchors as `$id: "#name"`.
                self.add_anchor(scope, name.into(), node);
            }
        }
        if node.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true) {
            self.recursive.push(node.clone());
        }
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.get(key).and_then(Node::as_str) {
                self.add_anchor(scope, name.clone(), node);
            }
        }
        scope
    }

    fn add_anchor(&mut self, scope: u32, name: Text, node: &Node) {
        self.anchors.entry(name.clone()).or_insert_with(|| node.clone());
        self.scoped.entry((scope, name)).or_insert_with(|| node.clone());
    }

    fn uri_of(&self, scope: u32) -> Option<&str> {
        match scope.checked_sub(1) {
            None => self.document.as_deref(),
            Some(index) => self.resources.get(index as usize).map(|resource| resource.uri.as_str()),
        }
    }

    /// Returns the URIs that parts of this file go by.
    pub fn uris(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.resources.iter().map(|resource| (resource.uri.as_str(), &resource.node))
    }

    /// Returns the document's own URI.
    pub fn document_uri(&self) -> Option<&str> {
        self.document.as_deref()
    }

    /// Returns the document's own URI when it is relative to where its file lies (OpenAPI 3.2, "Base URI Within the
    /// OpenAPI Document").
    pub fn relative_uri(&self) -> Option<&str> {
        self.relative.as_deref()
    }

    /// Returns a number for the innermost schema with `$id` around a place; 0 when there is none.
    pub fn scope(&self, at: Span) -> u32 {
        let before = self.order.partition_point(|index| self.resources[*index as usize].node.span.start <= at.start);
        let nearest = before.checked_sub(1).and_then(|last| self.order.get(last));
        let mut scope = nearest.map_or(0, |index| index + 1);
        while let Some(resource) = scope.checked_sub(1).and_then(|index| self.resources.get(index as usize)) {
            if at.end <= resource.node.span.end {
                break;
            }
            scope = resource.parent;
        }
        scope
    }

    /// Returns the innermost schema with `$id` around a place.
    pub fn resource(&self, at: Span) -> Option<&Node> {
        self.resources.get(self.scope(at).checked_sub(1)? as usize).map(|resource| &resource.node)
    }

    /// Returns the absolute URI that relative references at a place are resolved against.
    pub fn base(&self, at: Span) -> Option<&str> {
        self.uri_of(self.scope(at)).filter(|uri| uri::is_absolute(uri))
    }

    /// Returns the schema with an anchor: the one of the same resource, else the first in the file.
    pub fn find(&self, name: &str, at: Span) -> Option<&Node> {
        let own = self.scoped.get(&(self.scope(at), Text::from(name)));
        own.or_else(|| self.anchors.get(name))
    }

    /// Returns the innermost schema around a place that `$recursiveRef: "#"` means.
    pub fn recursive(&self, at: Span) -> Option<&Node> {
        let around = |node: &&Node| node.span.start <= at.start && at.end <= node.span.end;
        self.recursive.iter().filter(around).min_by_key(|node| node.span.end - node.span.start)
    }

    /// Returns every anchor and where it stands.
    pub fn names(&self) -> impl Iterator<Item = (Text, Span)> {
        self.anchors.iter().map(|(name, node)| (name.clone(), node.span))
    }
}

/// Returns true when the text has one of the words; nearly all descriptions have none and are not walked.
fn mentions_names(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        rest = &rest[at + 1..];
        let word =
            ["id", "anchor", "dynamicAnchor", "recursiveAnchor", "self"].iter().any(|word| rest.starts_with(word));
        if word {
            return true;
        }
    }
    false
}

/// Returns true for keys below which a `$id` is the author's data.
fn is_plain_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const" | "value" | "dataValue")
        || key.starts_with("x-")
}

/// Returns true for keys below which the next keys are names that authors chose.
fn holds_names(key: &str) -> bool {
    matches!(key, "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" | "schemas")
}
