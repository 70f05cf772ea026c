//! The rules of a schema in words: `1 to 30`, `exactly 3 characters`, `at most 50 items`.

use super::decimal;
use super::effective::{ArrayBounds, Effective, NumberBounds, ObjectBounds, StringBounds};
use crate::model::node::{Node, Number, Value};

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// A phrase.
    Words(String),
    /// A word and code: `pattern ^a+$`.
    Code(&'static str, String),
}

/// Returns the rules of a value: bounds, lengths, counts, patterns and encodings.
pub fn rules(effective: &Effective<'_>) -> Vec<Rule> {
    let mut rules = Vec::new();
    number(&effective.number, &mut rules);
    string(&effective.string, &mut rules);
    array(&effective.array, &mut rules);
    object(&effective.object, &mut rules);
    rules
}

fn number(bounds: &NumberBounds<'_>, rules: &mut Vec<Rule>) {
    let words = match (bounds.low, bounds.high) {
        (None, None) => None,
        (Some((low, false)), Some((high, false))) if decimal::compare(low, high).is_eq() => {
            Some(format!("exactly {}", low.written))
        }
        (Some((low, false)), Some((high, false))) => Some(format!("{} to {}", low.written, high.written)),
        (Some((low, low_open)), Some((high, high_open))) => {
            Some(format!("{} {} x {} {}", low.written, sign(low_open), sign(high_open), high.written))
        }
        (Some((low, false)), None) => Some(format!("at least {}", low.written)),
        (Some((low, true)), None) => Some(format!("greater than {}", low.written)),
        (None, Some((high, false))) => Some(format!("at most {}", high.written)),
        (None, Some((high, true))) => Some(format!("less than {}", high.written)),
    };
    rules.extend(words.map(Rule::Words));
    for multiple in &bounds.multiples {
        rules.push(Rule::Words(format!("multiple of {}", multiple.written)));
    }
}

fn sign(open: bool) -> &'static str {
    if open { "<" } else { "≤" }
}

fn string(bounds: &StringBounds<'_>, rules: &mut Vec<Rule>) {
    rules.extend(counted(bounds.min, bounds.max, "character", "characters").map(Rule::Words));
    for pattern in &bounds.patterns {
        rules.push(Rule::Code("pattern", pattern.to_string()));
    }
    let media = bounds.content_media_type;
    let words = match (bounds.content_encoding, media) {
        (Some(encoding), Some(media)) => Some(format!("{encoding} text holding {media}")),
        (Some(encoding), None) => Some(format!("{encoding} text")),
        (None, Some(media)) => Some(format!("holds {media}")),
        (None, None) => None,
    };
    rules.extend(words.map(Rule::Words));
}

fn array(bounds: &ArrayBounds<'_>, rules: &mut Vec<Rule>) {
    rules.extend(counted(bounds.min, bounds.max, "item", "items").map(Rule::Words));
    if bounds.unique {
        rules.push(Rule::Words("unique items".into()));
    }
}

fn object(bounds: &ObjectBounds<'_>, rules: &mut Vec<Rule>) {
    rules.extend(counted(bounds.min, bounds.max, "field", "fields").map(Rule::Words));
}

/// Returns `exactly 3 items`, `1 to 3 items`, `at least 1 item`, `at most 3 items`; `None` without bounds.
pub fn counted(min: Option<&Number>, max: Option<&Number>, one: &str, many: &str) -> Option<String> {
    let noun = |count: &Number| if &*count.json == "1" { one } else { many };
    match (min.filter(|min| &*min.json != "0"), max) {
        (None, None) => None,
        (Some(min), Some(max)) if decimal::compare(min, max).is_eq() => {
            Some(format!("exactly {} {}", min.written, noun(min)))
        }
        (Some(min), Some(max)) => Some(format!("{} to {} {}", min.written, max.written, noun(max))),
        (Some(min), None) => Some(format!("at least {} {}", min.written, noun(min))),
        (None, Some(max)) => Some(format!("at most {} {}", max.written, noun(max))),
    }
}

/// Returns a value in the source form of JSON, on one line: strings quoted, numbers as written.
pub fn value(node: &Node) -> String {
    let mut out = String::new();
    push_value(&mut out, node);
    out
}

fn push_value(out: &mut String, node: &Node) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(&number.json),
        Value::String(text) => push_string(out, text),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                push_value(out, item);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (at, entry) in entries.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                push_string(out, &entry.key);
                out.push_str(": ");
                push_value(out, &entry.value);
            }
            out.push('}');
        }
    }
}

/// Appends a JSON string; only what RFC 8259 asks for is escaped.
pub fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 || c == '\u{7f}' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Returns a value as the reader would type it: strings without quotes.
pub fn plain(node: &Node) -> String {
    match &node.value {
        Value::String(text) => text.to_string(),
        _ => value(node),
    }
}
