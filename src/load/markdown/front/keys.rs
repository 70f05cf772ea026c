//! Looks keys up under all their names, and keeps account of which were understood.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Found;
use crate::diag::codes::document as codes;
use crate::diag::{Diagnostic, Place, SourceText};
use crate::model::node::{Entry, Node, Value};

/// The keys of one document's front matter while they are read.
pub(super) struct Keys<'a, 'p> {
    source: &'a Arc<SourceText>,
    node: &'a Node,
    pub(super) problems: &'p mut Vec<Diagnostic>,
    /// Keys of the top level that something asked for.
    asked: BTreeSet<&'static str>,
}

impl<'a, 'p> Keys<'a, 'p> {
    pub(super) fn new(source: &'a Arc<SourceText>, node: &'a Node, problems: &'p mut Vec<Diagnostic>) -> Keys<'a, 'p> {
        Keys { source, node, problems, asked: BTreeSet::new() }
    }

    pub(super) fn place(&self, node: &Node) -> Place {
        Place::new(self.source, node.span.start as usize..node.span.end as usize)
    }

    fn key_place(&self, entry: &Entry) -> Place {
        Place::new(self.source, entry.key_span.start as usize..entry.key_span.end as usize)
    }

    /// Returns every entry that stands under one of these names, in the order of the names. `a.b` is `b` inside `a`.
    pub(super) fn all(&mut self, names: &[&'static str]) -> Vec<Found<'a>> {
        let mut found = Vec::new();
        for &name in names {
            let plain = name.trim_start_matches('!');
            self.asked.insert(plain.split('.').next().unwrap_or(plain));
            let mut node = self.node;
            let mut entry = None;
            for part in plain.split('.') {
                entry = node.entry(part);
                let Some(inner) = entry else { break };
                node = &inner.value;
            }
            found.extend(entry.filter(|entry| !entry.value.is_null()).map(|entry| (name, entry)));
        }
        found
    }

    /// Returns the first entry under one of these names; reports another that says something else.
    pub(super) fn first(&mut self, meaning: &str, names: &[&'static str]) -> Option<Found<'a>> {
        let found = self.all(names);
        let (&(name, first), others) = found.split_first()?;
        let differs = |(other_name, other): &&Found<'a>| {
            other_name.starts_with('!') == name.starts_with('!') && !first.value.same_value(&other.value)
        };
        if let Some((other_name, other)) = others.iter().find(differs)
            && first.value.is_map() == other.value.is_map()
        {
            let message = format!("`{other_name}` and `{name}` both give the {} and differ", meaning.replace('_', " "));
            let problem = Diagnostic::new(codes::FRONT_MATTER_CONFLICT, self.key_place(other), message)
                .help(format!("`{name}` is used; remove one of the two"))
                .related(self.key_place(first), format!("`{name}` stands here"));
            self.problems.push(problem);
        }
        Some((name, first))
    }

    pub(super) fn wrong_type(&mut self, node: &Node, key: &str, expected: &str) {
        let message = format!("`{key}` should be {expected}, not {}", node.kind_word());
        let problem = Diagnostic::new(codes::FRONT_MATTER_TYPE, self.place(node), message);
        self.problems.push(problem.help(format!("write {expected} behind `{key}`, or leave the key out")));
    }

    /// Returns what is left: keys that nothing asked for, and the content of `extra` and `params`.
    pub(super) fn rest(self) -> Vec<Entry> {
        let mut rest = Vec::new();
        for entry in self.node.entries() {
            let key = &*entry.key;
            if self.asked.contains(key) {
                continue;
            }
            match (key, &entry.value.value) {
                ("extra" | "params", Value::Map(inner)) => rest.extend(inner.iter().cloned()),
                _ => {
                    if !super::KNOWN.contains(&key) {
                        let problem = unknown(key, self.key_place(entry), &self.asked);
                        self.problems.push(problem);
                    }
                    rest.push(entry.clone());
                }
            }
        }
        rest
    }
}

fn unknown(key: &str, place: Place, asked: &BTreeSet<&'static str>) -> Diagnostic {
    let lower = key.to_lowercase().replace('-', "_");
    let all = || asked.iter().chain(super::KNOWN);
    let folded = |known: &&&'static str| known.to_lowercase() == lower;
    let distance = |known: &&'static str| strsim::damerau_levenshtein(known, key);
    let near = || all().filter(|known| known.len() >= 4 && distance(known) <= 2).min_by_key(|known| distance(known));
    let help = match all().find(folded).or_else(near) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "move data of your own below `extra:`".into(),
    };
    Diagnostic::new(codes::UNKNOWN_FRONT_MATTER, place, format!("no key `{key}` is known; it is kept as `extra`"))
        .help(help)
}
