//! Path items that are references: what stands beside the `$ref`, and what it leads to.

use super::lift::{Kind, Lifter};
use crate::diag::Severity;
use crate::diag::codes::description as codes;
use crate::model::api::Problem;
use crate::model::node::{Entry, Node, Value};

impl Lifter<'_> {
    /// Returns a path item with what its `$ref` names; its own fields win, and its parameters come on top (the
    /// specification leaves it undefined).
    pub fn whole_path_item(&mut self, node: &Node) -> Result<Node, Problem> {
        let Some(reference) = node.entry("$ref") else { return Ok(node.clone()) };
        let followed = self.follow(node, Kind::PathItem)?;
        let own = |entry: &&Entry| &*entry.key != "$ref";
        if node.entries().len() == 1 || !followed.node.is_map() {
            return Ok(followed.node);
        }
        let mut entries: Vec<Entry> = node.entries().iter().filter(own).cloned().collect();
        self.report_path_item_siblings(&entries, &followed.node, reference);
        for entry in entries.iter_mut().filter(|entry| &*entry.key == "parameters") {
            let shared = followed.node.get("parameters").map(|list| self.through(list));
            let shared = shared.iter().flat_map(|list| list.items()).cloned().collect::<Vec<_>>();
            entry.value = self.joined_parameters(&entry.value, shared);
        }
        let others = followed.node.entries().iter().filter(|entry| node.entry(&entry.key).is_none());
        entries.extend(others.cloned());
        Ok(Node { value: Value::Map(entries.into()), span: followed.node.span })
    }

    /// Reports fields beside the `$ref` of a path item: those that clash one by one, else all at once.
    fn report_path_item_siblings(&mut self, own: &[Entry], target: &Node, reference: &Entry) {
        let joined = |entry: &&Entry| &*entry.key != "parameters" && !entry.key.starts_with("x-");
        let clashes = |entry: &&Entry| target.entry(&entry.key).is_some();
        let mut clashed = false;
        for entry in own.iter().filter(joined).filter(clashes) {
            clashed = true;
            let message = format!("`{}` stands here and where the `$ref` leads; this one is used", entry.key);
            let help = "leave only one: the specification does not say which wins".to_string();
            let diagnostic = self.report(codes::REF_SIBLING_IGNORED, reference.key_span, message);
            (diagnostic.severity, diagnostic.help) = (Severity::Warning, Some(help));
        }
        let fields: Vec<String> = own.iter().map(|entry| format!("`{}`", entry.key)).collect();
        if !clashed && own.iter().any(|entry| !entry.key.starts_with("x-")) {
            let message = format!("{} beside the `$ref` of a path item: both hold here", fields.join(", "));
            let help = "move all into one path item: the specification leaves this undefined".to_string();
            let diagnostic = self.report(codes::REF_SIBLING_IGNORED, reference.key_span, message);
            (diagnostic.severity, diagnostic.help) = (Severity::Warning, Some(help));
        }
    }

    /// Returns a list of parameters with those of another list that it does not replace.
    fn joined_parameters(&mut self, own: &Node, shared: Vec<Node>) -> Node {
        let own = self.through(own);
        let mut identity = |node: &Node| {
            let node = match node.entry("$ref") {
                Some(entry) => {
                    let reference = entry.value.as_str().cloned();
                    let target = reference.and_then(|text| self.resolver.resolve(&text, entry.value.span).ok());
                    target.map_or_else(|| node.clone(), |target| target.node)
                }
                None => node.clone(),
            };
            let place = node.get("in").and_then(Node::as_text);
            let name = node.get("name").and_then(Node::as_text);
            let folds = place.as_deref() == Some("header");
            (place, name.map(|name| if folds { name.to_ascii_lowercase() } else { name.to_string() }))
        };
        let known: Vec<_> = own.items().iter().map(&mut identity).collect();
        let mut items: Vec<Node> = shared.into_iter().filter(|item| !known.contains(&identity(item))).collect();
        items.extend(own.items().iter().cloned());
        Node { value: Value::List(items.into()), span: own.span }
    }
}
