//! `theme.toml`: what a theme extends and which tokens it sets. Knows the form, not which tokens exist.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::did_you_mean;
use crate::diag::codes::theme::THEME_SETTINGS;
use crate::diag::{Diagnostic, Place, SourceText};

/// One key with its value.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The key.
    pub name: String,
    /// The value.
    pub value: String,
    /// Where the value stands.
    pub place: Place,
}

/// A `theme.toml`.
#[derive(Debug, Default)]
pub struct Settings {
    /// The theme below this one.
    pub extends: Option<Setting>,
    /// Token values for light pages; those that are no colours hold for both.
    pub light: Vec<Setting>,
    /// Colours for dark pages.
    pub dark: Vec<Setting>,
    /// `[font] text`.
    pub font_text: Option<Setting>,
    /// `[font] code`.
    pub font_code: Option<Setting>,
}

/// Reads a `theme.toml`. Reports `theme-settings` for what it does not understand and reads the rest.
pub fn parse_settings(source: &Arc<SourceText>, report: &mut Vec<Diagnostic>) -> Settings {
    let mut settings = Settings::default();
    for (key, value) in table(source, report) {
        match (key.name.as_str(), value.get_ref()) {
            ("extends", _) => settings.extends = text(source, &key.name, &value, report),
            ("light", DeValue::Table(inner)) => settings.light = texts(source, inner, report),
            ("dark", DeValue::Table(inner)) => settings.dark = texts(source, inner, report),
            ("font", DeValue::Table(inner)) => {
                for setting in texts(source, inner, report) {
                    match setting.name.as_str() {
                        "text" => settings.font_text = Some(setting),
                        "code" => settings.font_code = Some(setting),
                        _ => report.push(unknown(&setting, &["text", "code"])),
                    }
                }
            }
            ("light" | "dark" | "font", _) => {
                let message = format!("`{}` is a table", key.name);
                let diagnostic = Diagnostic::new(THEME_SETTINGS, key.place.clone(), message);
                report
                    .push(diagnostic.help(format!("write `[{}]` on a line of its own, and its keys below", key.name)));
            }
            _ => report.push(unknown(&key, &["extends", "light", "dark", "font"])),
        }
    }
    settings
}

/// Reads a flat table of texts, such as `strings.toml`.
pub fn parse_texts(source: &Arc<SourceText>, report: &mut Vec<Diagnostic>) -> Vec<Setting> {
    let entries = table(source, report).into_iter();
    let read: Vec<Option<Setting>> = entries.map(|(key, value)| text(source, &key.name, &value, report)).collect();
    read.into_iter().flatten().collect()
}

/// The entries of the file in order; none, with a diagnostic, when it is no TOML.
fn table<'a>(source: &'a Arc<SourceText>, report: &mut Vec<Diagnostic>) -> Vec<(Setting, Spanned<DeValue<'a>>)> {
    match DeTable::parse(&source.text) {
        Ok(table) => {
            let mut entries: Vec<_> =
                table.into_inner().into_iter().map(|(key, value)| (key_of(source, &key), value)).collect();
            entries.sort_by_key(|(key, _)| key.place.start);
            entries
        }
        Err(error) => {
            let range = error.span().unwrap_or(0..0);
            let message = error.message().lines().next().unwrap_or("not TOML").to_lowercase();
            report.push(Diagnostic::new(THEME_SETTINGS, Place::new(source, range), message));
            Vec::new()
        }
    }
}

fn key_of(source: &Arc<SourceText>, key: &Spanned<DeString<'_>>) -> Setting {
    let place = Place::new(source, key.span());
    Setting { name: key.get_ref().to_string(), value: String::new(), place }
}

fn texts(source: &Arc<SourceText>, table: &DeTable<'_>, report: &mut Vec<Diagnostic>) -> Vec<Setting> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let read = entries.into_iter().map(|(key, value)| text(source, key.get_ref(), value, report));
    read.collect::<Vec<_>>().into_iter().flatten().collect()
}

fn text(
    source: &Arc<SourceText>,
    name: &str,
    value: &Spanned<DeValue<'_>>,
    report: &mut Vec<Diagnostic>,
) -> Option<Setting> {
    let range: Range<usize> = value.span();
    let place = Place::new(source, range);
    let Some(text) = value.get_ref().as_str() else {
        let message = format!("`{name}` is a text, not {}", value.get_ref().type_str());
        report.push(Diagnostic::new(THEME_SETTINGS, place, message).help("write the value between quotes"));
        return None;
    };
    Some(Setting { name: name.to_owned(), value: text.to_owned(), place })
}

fn unknown(key: &Setting, known: &[&str]) -> Diagnostic {
    let message = format!("`{}` means nothing here", key.name);
    Diagnostic::new(THEME_SETTINGS, key.place.clone(), message).help(did_you_mean(&key.name, known.iter().copied()))
}
