//! The words of the interface: one table of keys in English, replaced key by key by a theme or a language.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::did_you_mean;
use super::settings::parse_texts;
use crate::diag::codes::theme::UNKNOWN_STRING;
use crate::diag::{Diagnostic, SourceText};

/// Words by key, for every language that has a table.
#[derive(Debug, Default)]
pub struct Strings {
    base: BTreeMap<String, String>,
    languages: BTreeMap<String, BTreeMap<String, String>>,
}

impl Strings {
    /// Reads tables, the built-in one first; each is for a language, or for all when it names none.
    pub fn new(tables: &[(Option<String>, Arc<SourceText>)], report: &mut Vec<Diagnostic>) -> Strings {
        let mut strings = Strings::default();
        for (at, (language, source)) in tables.iter().enumerate() {
            for setting in parse_texts(source, report) {
                if at > 0 && !strings.base.contains_key(&setting.name) {
                    let message = format!("the interface has no word `{}`", setting.name);
                    let help = did_you_mean(&setting.name, strings.base.keys().map(String::as_str));
                    report.push(Diagnostic::new(UNKNOWN_STRING, setting.place, message).help(help));
                    continue;
                }
                let table = match language {
                    Some(language) => strings.languages.entry(language.clone()).or_default(),
                    None => &mut strings.base,
                };
                table.insert(setting.name, setting.value);
            }
        }
        strings
    }

    /// Returns the words in a language: `pt-BR` takes those of `pt-br`, then of `pt`, then the base.
    pub fn of(&self, language: &str) -> BTreeMap<String, String> {
        let language = language.to_lowercase();
        let primary = language.split('-').next().unwrap_or_default().to_owned();
        let mut words = self.base.clone();
        for table in [&primary, &language].into_iter().filter_map(|name| self.languages.get(name)) {
            words.extend(table.iter().map(|(key, word)| (key.clone(), word.clone())));
        }
        words
    }
}
