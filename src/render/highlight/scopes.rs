//! The scopes of grammars, mapped to the seven classes.

use std::collections::HashMap;

use syntect::parsing::{Scope, ScopeStack};

use super::Class;

/// Beginnings of scope names and their class, the more exact first; `None` says plain, whatever is around.
const CLASSES: &[(&str, Option<Class>)] = &[
    ("comment", Some(Class::Comment)),
    ("punctuation.definition.comment", Some(Class::Comment)),
    ("meta.diff.range", Some(Class::Comment)),
    ("meta.diff.header", Some(Class::Comment)),
    ("meta.diff.index", Some(Class::Comment)),
    ("markup.inserted", Some(Class::Inserted)),
    ("markup.deleted", Some(Class::Deleted)),
    ("markup.heading", Some(Class::Keyword)),
    ("markup.raw", Some(Class::String)),
    ("markup.underline.link", Some(Class::String)),
    ("string.unquoted.embedded", None),
    ("string.unquoted.plain.out.yaml", None),
    ("string.unquoted.plain.in.yaml", None),
    ("string.unquoted.heredoc", Some(Class::String)),
    ("string.unquoted.argument", None),
    ("string", Some(Class::String)),
    ("meta.interpolation", None),
    ("meta.template.expression", None),
    ("source.shell.embedded", None),
    ("constant.character", Some(Class::String)),
    ("constant.other.symbol", Some(Class::String)),
    ("constant.other.placeholder", Some(Class::String)),
    ("constant", Some(Class::Number)),
    ("keyword.operator.word", Some(Class::Keyword)),
    ("keyword.operator.logical.python", Some(Class::Keyword)),
    ("keyword.operator.end-of-options", None),
    ("keyword.operator", None),
    ("keyword.other.unit", Some(Class::Number)),
    ("keyword", Some(Class::Keyword)),
    ("storage", Some(Class::Keyword)),
    ("variable.language", Some(Class::Keyword)),
    ("variable.function", Some(Class::Name)),
    ("variable.annotation", Some(Class::Name)),
    ("variable.parameter.option", Some(Class::Name)),
    ("entity", Some(Class::Name)),
    ("support.constant", Some(Class::Number)),
    ("support", Some(Class::Name)),
    ("meta.mapping.key", Some(Class::Name)),
    ("meta.object-literal.key", Some(Class::Name)),
    ("meta.annotation", Some(Class::Name)),
];

/// Finds the class of a stack of scopes; remembers the class of each scope.
pub(super) struct Classifier {
    /// Outer `None`: this scope says nothing.
    known: HashMap<Scope, Option<Option<Class>>>,
}

impl Classifier {
    pub(super) fn new() -> Classifier {
        Classifier { known: HashMap::new() }
    }

    /// Returns the class that the innermost scope with an opinion gives.
    pub(super) fn class(&mut self, stack: &ScopeStack) -> Option<Class> {
        let scopes = stack.as_slice();
        if is_json_key(scopes) {
            return Some(Class::Name);
        }
        scopes.iter().rev().find_map(|scope| self.of(*scope)).flatten()
    }

    fn of(&mut self, scope: Scope) -> Option<Option<Class>> {
        *self.known.entry(scope).or_insert_with(|| {
            let name = scope.build_string();
            let matches =
                |start: &str| name.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            CLASSES.iter().find(|(start, _)| matches(start)).map(|(_, class)| *class)
        })
    }
}

/// JSON's keys are strings inside a key's scope, and should not look like values.
fn is_json_key(scopes: &[Scope]) -> bool {
    scopes.iter().rev().take(3).any(|scope| {
        let name = scope.build_string();
        name.starts_with("meta.mapping.key") || name.starts_with("meta.structure.dictionary.key")
    })
}
