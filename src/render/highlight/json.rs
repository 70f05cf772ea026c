//! JSON values as indented, highlighted text, straight from the value.

use std::fmt::Write;

use super::{Class, Spans};
use crate::model::node::{Node, Value};
use crate::render::html::SafeHtml;

/// Values inside one another that are written; the reader's own limit is below it.
const DEPTH: usize = 512;

/// Returns a value as JSON with `indent` spaces a level, numbers and key order as written, with highlight classes.
pub fn json(node: &Node, indent: usize) -> SafeHtml {
    let mut spans = Spans::with_capacity(256);
    write(node, indent, 0, &mut |text, class| spans.push(text, class));
    SafeHtml::from_trusted(spans.finish())
}

/// Returns a value as JSON with two spaces a level, numbers and key order as written.
pub fn json_text(node: &Node) -> String {
    let mut out = String::new();
    write(node, 2, 0, &mut |text, _| out.push_str(text));
    out
}

type Write_<'a> = dyn FnMut(&str, Option<Class>) + 'a;

fn write(node: &Node, indent: usize, depth: usize, out: &mut Write_<'_>) {
    match &node.value {
        Value::Null => out("null", Some(Class::Number)),
        Value::Bool(value) => out(if *value { "true" } else { "false" }, Some(Class::Number)),
        Value::Number(number) => out(&number.json, Some(Class::Number)),
        Value::String(text) => out(&quoted(text), Some(Class::String)),
        Value::List(items) if items.is_empty() => out("[]", None),
        Value::Map(entries) if entries.is_empty() => out("{}", None),
        Value::List(_) | Value::Map(_) if depth >= DEPTH => out("…", None),
        Value::List(items) => {
            out("[", None);
            for (at, item) in items.iter().enumerate() {
                begin_item(at, indent, depth, out);
                write(item, indent, depth + 1, out);
            }
            end_items("]", indent, depth, out);
        }
        Value::Map(entries) => {
            out("{", None);
            for (at, entry) in entries.iter().enumerate() {
                begin_item(at, indent, depth, out);
                out(&quoted(&entry.key), Some(Class::Name));
                out(": ", None);
                write(&entry.value, indent, depth + 1, out);
            }
            end_items("}", indent, depth, out);
        }
    }
}

fn begin_item(at: usize, indent: usize, depth: usize, out: &mut Write_<'_>) {
    let comma = if at > 0 { "," } else { "" };
    out(&format!("{comma}\n{:width$}", "", width = indent * (depth + 1)), None);
}

fn end_items(bracket: &str, indent: usize, depth: usize, out: &mut Write_<'_>) {
    out(&format!("\n{:width$}{bracket}", "", width = indent * depth), None);
}

/// A string in JSON's spelling; text that RFC 8259 lets stand stays as it is.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::node::{Entry, Number, Span};

    fn node(value: Value) -> Node {
        Node { value, span: Span::default() }
    }

    fn number(text: &str) -> Node {
        node(Value::Number(Number { json: text.into(), written: text.into() }))
    }

    fn sample() -> Node {
        let entry = |key: &str, value| Entry { key: key.into(), key_span: Span::default(), value };
        let list = node(Value::List([number("1.10"), node(Value::Null)].into()));
        let entries = [
            entry("a<b", node(Value::String("x\u{1b}\n\"é".into()))),
            entry("list", list),
            entry("none", node(Value::Map([].into()))),
        ];
        node(Value::Map(entries.into()))
    }

    #[test]
    fn values_keep_their_order_and_exact_numbers() {
        let expected =
            "{\n  \"a<b\": \"x\\u001b\\n\\\"é\",\n  \"list\": [\n    1.10,\n    null\n  ],\n  \"none\": {}\n}";
        assert_eq!(json_text(&sample()), expected);
    }

    #[test]
    fn keys_strings_and_numbers_have_their_classes() {
        let html = json(&sample(), 1).into_string();
        assert!(
            html.starts_with("{\n <span class=\"c-f\">&quot;a&lt;b&quot;</span>: <span class=\"c-s\">&quot;x\\u001b")
        );
        assert!(html.contains("<span class=\"c-n\">1.10</span>,\n  <span class=\"c-n\">null</span>"));
    }
}
