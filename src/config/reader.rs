//! Reads the keys of one TOML table, remembers which were asked for, and reports the rest.

use std::sync::Arc;

use crate::diag::codes::portal::{UNKNOWN_SETTING, WRONG_SETTING};
use crate::diag::{Diagnostic, Place, SourceText, nearest};
use crate::model::node::{Entry, Node, Span};

/// One table of `portal.toml`.
pub struct Table<'a> {
    source: &'a Arc<SourceText>,
    node: &'a Node,
    prefix: &'a str,
    known: Vec<&'static str>,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Table<'a> {
    /// Takes the table's node; `prefix` is what messages put before its keys (`limits.`).
    pub fn new(
        source: &'a Arc<SourceText>,
        node: &'a Node,
        prefix: &'a str,
        problems: &'a mut Vec<Diagnostic>,
    ) -> Table<'a> {
        Table { source, node, prefix, known: Vec::new(), problems }
    }

    /// Returns a string; another type is reported.
    pub fn string(&mut self, key: &'static str) -> Option<String> {
        let node = self.find(key)?;
        match node.as_str() {
            Some(text) => Some(text.to_string()),
            None => self.wrong(key, node, "a string"),
        }
    }

    /// Returns a string that must be there.
    pub fn required_string(&mut self, key: &'static str) -> Option<String> {
        if self.node.get(key).is_none() {
            self.known.push(key);
            let message = format!("`{}{key}` is missing", self.prefix);
            let problem = Diagnostic::new(WRONG_SETTING, self.place(self.node.span), message);
            self.push(problem.help(format!("add `{key} = \"…\"`")));
            return None;
        }
        self.string(key)
    }

    /// Returns a URL with a scheme and a host; anything else is reported.
    pub fn absolute_url(&mut self, key: &'static str) -> Option<String> {
        let text = self.string(key)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Some(text);
        }
        let span = self.node.get(key).map(|node| node.span)?;
        let message = format!("`{}{key}` is no absolute URL", self.prefix);
        let problem = Diagnostic::new(WRONG_SETTING, self.place(span), message);
        self.push(problem.help("write it with its scheme: `https://developers.example.com/`"));
        None
    }

    /// Returns a list of strings.
    pub fn strings(&mut self, key: &'static str) -> Option<Vec<String>> {
        let node = self.find(key)?;
        if !node.is_list() {
            return self.wrong(key, node, "a list of strings");
        }
        let mut strings = Vec::new();
        for item in node.items() {
            match item.as_str() {
                Some(text) => strings.push(text.to_string()),
                None => drop(self.wrong::<()>(key, item, "a string")),
            }
        }
        Some(strings)
    }

    /// Returns a whole number from 0.
    pub fn count(&mut self, key: &'static str) -> Option<usize> {
        let node = self.find(key)?;
        match node.as_number().and_then(|number| number.json.parse().ok()) {
            Some(count) => Some(count),
            None => self.wrong(key, node, "a whole number"),
        }
    }

    /// Returns `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let node = self.find(key)?;
        match node.as_bool() {
            Some(flag) => Some(flag),
            None => self.wrong(key, node, "true or false"),
        }
    }

    /// Reads a table inside this one.
    pub fn table(&mut self, key: &'static str, read: impl FnOnce(&mut Table<'_>)) {
        let Some(node) = self.find(key) else { return };
        if !node.is_map() {
            self.wrong::<()>(key, node, "a table");
            return;
        }
        let prefix = format!("{}{key}.", self.prefix);
        read(&mut Table::new(self.source, node, &prefix, self.problems));
    }

    /// Reads a list of tables; `None` from `read` leaves one out.
    pub fn tables<T>(&mut self, key: &'static str, read: fn(&mut Table<'_>) -> Option<T>) -> Option<Vec<T>> {
        let node = self.find(key)?;
        if !node.is_list() {
            return self.wrong(key, node, "a list of tables");
        }
        let prefix = format!("{}{key}.", self.prefix);
        let items = node.items().iter();
        Some(items.filter_map(|item| read(&mut Table::new(self.source, item, &prefix, self.problems))).collect())
    }

    /// Returns the table's entries.
    pub fn entries(&self) -> &'a [Entry] {
        self.node.entries()
    }

    /// Reports every key that was not asked for.
    pub fn report_unknown(&mut self) {
        for entry in self.node.entries() {
            if self.known.contains(&&*entry.key) {
                continue;
            }
            let message = format!("`{}{}` is no setting", self.prefix, entry.key);
            let help = match nearest(&entry.key, self.known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", self.known.join(", ")),
            };
            self.problems.push(Diagnostic::new(UNKNOWN_SETTING, self.place(entry.key_span), message).help(help));
        }
    }

    /// Returns the place of a span.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.source, span.start as usize..span.end as usize)
    }

    /// Returns the place of a key's value, or of the whole table.
    pub fn place_of(&self, key: &str) -> Place {
        self.place(self.node.get(key).map_or(self.node.span, |node| node.span))
    }

    /// Returns the text of a span.
    pub fn text(&self, span: Span) -> &'a str {
        self.source.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    fn find(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.node.get(key)
    }

    fn wrong<T>(&mut self, key: &str, node: &Node, expected: &str) -> Option<T> {
        let message = format!("`{}{key}` is {}, expected {expected}", self.prefix, node.kind_word());
        self.problems.push(Diagnostic::new(WRONG_SETTING, self.place(node.span), message));
        None
    }
}
