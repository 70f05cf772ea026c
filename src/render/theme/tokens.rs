//! Design tokens: which exist, what a theme makes of them, and whether the result can be read.
//!
//! The stylesheet is the only place that says what a token is: `--name: light-dark(#…, #…);` is a colour,
//! `--name: …;` any other value.

use std::collections::BTreeMap;

use super::colour::Colour;
use super::did_you_mean;
use super::settings::{Setting, Settings};
use crate::diag::codes::theme::{DERIVED_DARK_VALUE, LOW_CONTRAST, TOKEN_VALUE, UNKNOWN_TOKEN};
use crate::diag::{Diagnostic, Place};

/// The value of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A colour for light and for dark pages.
    Colour(Colour, Colour),
    /// Anything else, as it stands in the stylesheet.
    Plain(String),
}

/// Every token with its value, and the place of each that a theme set.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    values: BTreeMap<String, Value>,
    set: BTreeMap<String, Place>,
}

impl Tokens {
    /// Reads the tokens that a stylesheet declares.
    pub fn of_stylesheet(css: &str) -> Tokens {
        let mut tokens = Tokens::default();
        for line in css.lines() {
            let declaration = line.trim().strip_prefix("--").and_then(|line| line.strip_suffix(';'));
            let Some((name, value)) = declaration.and_then(|line| line.split_once(": ")) else { continue };
            let value = colours(value).unwrap_or_else(|| Value::Plain(value.to_owned()));
            tokens.values.entry(name.to_owned()).or_insert(value);
        }
        tokens
    }

    /// Returns the light and the dark value of a colour.
    pub fn colour(&self, name: &str) -> Option<(Colour, Colour)> {
        match self.values.get(name) {
            Some(Value::Colour(light, dark)) => Some((*light, *dark)),
            _ => None,
        }
    }

    /// Puts a theme's values over the present ones.
    pub fn apply(&mut self, settings: &Settings, report: &mut Vec<Diagnostic>) {
        for setting in &settings.light {
            self.apply_one(setting, settings, report);
        }
        for setting in &settings.dark {
            self.apply_dark(setting, report);
        }
        for (name, setting) in [("font", &settings.font_text), ("font-code", &settings.font_code)] {
            if let Some(setting) = setting {
                self.apply_plain(name, setting, report);
            }
        }
    }

    fn apply_one(&mut self, setting: &Setting, settings: &Settings, report: &mut Vec<Diagnostic>) {
        match self.known(setting, report) {
            Some(Value::Plain(_)) => self.apply_plain(&setting.name, setting, report),
            Some(Value::Colour(..)) => {
                let Some(light) = colour_of(setting, report) else { return };
                let given = settings.dark.iter().any(|dark| dark.name == setting.name);
                let dark = if given { light } else { self.derive_dark(setting, light, report) };
                self.values.insert(setting.name.clone(), Value::Colour(light, dark));
                self.set.insert(setting.name.clone(), setting.place.clone());
            }
            None => {}
        }
    }

    fn apply_dark(&mut self, setting: &Setting, report: &mut Vec<Diagnostic>) {
        match self.known(setting, report) {
            Some(Value::Plain(_)) => {
                let message = format!("`{}` has one value for light and dark", setting.name);
                let diagnostic = Diagnostic::new(TOKEN_VALUE, setting.place.clone(), message);
                report.push(diagnostic.help("move it to `[light]`; it holds for both"));
            }
            Some(Value::Colour(light, _)) => {
                let Some(dark) = colour_of(setting, report) else { return };
                self.values.insert(setting.name.clone(), Value::Colour(light, dark));
                self.set.insert(setting.name.clone(), setting.place.clone());
            }
            None => {}
        }
    }

    fn apply_plain(&mut self, name: &str, setting: &Setting, report: &mut Vec<Diagnostic>) {
        if setting.value.trim().is_empty() || setting.value.contains([';', '{', '}', '<', '\\', '\n']) {
            let message = format!("`{}` is no single CSS value", setting.value);
            report.push(Diagnostic::new(TOKEN_VALUE, setting.place.clone(), message));
            return;
        }
        self.values.insert(name.to_owned(), Value::Plain(setting.value.clone()));
        self.set.insert(name.to_owned(), setting.place.clone());
    }

    fn known(&self, setting: &Setting, report: &mut Vec<Diagnostic>) -> Option<Value> {
        let value = self.values.get(&setting.name).cloned();
        if value.is_none() {
            let message = format!("there is no token `{}`", setting.name);
            let help = did_you_mean(&setting.name, self.values.keys().map(String::as_str));
            report.push(Diagnostic::new(UNKNOWN_TOKEN, setting.place.clone(), message).help(help));
        }
        value
    }

    /// The same colour where it is read on dark pages: as it is for a ground, as light as needed for what stands on one.
    fn derive_dark(&self, setting: &Setting, light: Colour, report: &mut Vec<Diagnostic>) -> Colour {
        let inherited = self.colour(&setting.name).map_or(light, |(_, dark)| dark);
        let pairs = PAIRS.iter().filter(|pair| pair.text == setting.name);
        let grounds: Vec<Colour> = pairs.clone().filter_map(|pair| Some(self.colour(pair.ground)?.1)).collect();
        let least = pairs.map(|pair| pair.least).fold(0.0, f64::max);
        let dark = match grounds.is_empty() {
            true => inherited,
            false => light.readable_on(&grounds, least).unwrap_or(inherited),
        };
        let message = format!("`{}` has no value for dark pages; `{dark}` is used", setting.name);
        let help = format!("add `{} = \"{dark}\"` under `[dark]`, or a value of your own", setting.name);
        report.push(Diagnostic::new(DERIVED_DARK_VALUE, setting.place.clone(), message).help(help));
        dark
    }

    /// Reports every pair of colours that a theme touched and that is too much alike.
    pub fn check_contrast(&self, report: &mut Vec<Diagnostic>) {
        for pair in PAIRS {
            let Some(place) = self.set.get(pair.text).or_else(|| self.set.get(pair.ground)) else { continue };
            let (Some(text), Some(ground)) = (self.colour(pair.text), self.colour(pair.ground)) else { continue };
            for (scheme, text, ground) in [("light", text.0, ground.0), ("dark", text.1, ground.1)] {
                let contrast = text.contrast(ground);
                if contrast >= pair.least {
                    continue;
                }
                // Rounded down: 4.499 must not read as 4.50.
                let message = format!(
                    "`{}` {text} on `{}` {ground} has a contrast of {:.2} on {scheme} pages, below {}",
                    pair.text,
                    pair.ground,
                    (contrast * 100.0).floor() / 100.0,
                    pair.least
                );
                let mut diagnostic = Diagnostic::new(LOW_CONTRAST, place.clone(), message);
                if let Some(passing) = text.readable_on(&[ground], pair.least) {
                    diagnostic = diagnostic.help(format!("the nearest `{}` that passes is `{passing}`", pair.text));
                }
                report.push(diagnostic);
            }
        }
    }

    /// Returns the declarations of what themes set, for the theme layer.
    pub fn stylesheet(&self) -> String {
        let mut css = String::new();
        for name in self.set.keys() {
            match self.values.get(name) {
                Some(Value::Colour(light, dark)) => css.push_str(&format!("--{name}:light-dark({light},{dark});")),
                Some(Value::Plain(value)) => css.push_str(&format!("--{name}:{value};")),
                None => {}
            }
        }
        css
    }
}

/// What stands on what, and the least contrast that it needs.
struct Pair {
    text: &'static str,
    ground: &'static str,
    least: f64,
}

const fn text(text: &'static str, ground: &'static str) -> Pair {
    Pair { text, ground, least: 4.5 }
}

const fn control(text: &'static str, ground: &'static str) -> Pair {
    Pair { text, ground, least: 3.0 }
}

/// Every pair that the stylesheet makes.
const PAIRS: &[Pair] = &[
    text("text", "bg"),
    text("text", "surface"),
    text("text", "sunken"),
    text("text", "accent-bg"),
    text("text", "mark"),
    text("text", "ok-bg"),
    text("text", "info-bg"),
    text("text", "warn-bg"),
    text("text", "danger-bg"),
    text("text", "note-bg"),
    text("text-2", "bg"),
    text("text-2", "surface"),
    text("text-2", "sunken"),
    text("text-3", "bg"),
    text("text-3", "surface"),
    text("text-3", "sunken"),
    text("accent", "bg"),
    text("accent", "surface"),
    text("accent", "sunken"),
    text("accent", "accent-bg"),
    text("on-accent", "accent"),
    control("line-strong", "bg"),
    control("line-strong", "surface"),
    control("line-strong", "sunken"),
    text("ok", "bg"),
    text("ok", "ok-bg"),
    text("info", "bg"),
    text("info", "info-bg"),
    text("warn", "bg"),
    text("warn", "warn-bg"),
    text("danger", "bg"),
    text("danger", "danger-bg"),
    text("note", "bg"),
    text("note", "note-bg"),
    text("code-text", "surface"),
    text("code-comment", "surface"),
    text("code-string", "surface"),
    text("code-number", "surface"),
    text("code-keyword", "surface"),
    text("code-name", "surface"),
];

fn colours(value: &str) -> Option<Value> {
    let (light, dark) = value.strip_prefix("light-dark(")?.strip_suffix(')')?.split_once(',')?;
    Some(Value::Colour(Colour::parse(light)?, Colour::parse(dark)?))
}

fn colour_of(setting: &Setting, report: &mut Vec<Diagnostic>) -> Option<Colour> {
    let colour = Colour::parse(&setting.value);
    if colour.is_none() {
        let message = format!("`{}` is no colour", setting.value);
        report
            .push(Diagnostic::new(TOKEN_VALUE, setting.place.clone(), message).help("write it as `#rrggbb` or `#rgb`"));
    }
    colour
}
