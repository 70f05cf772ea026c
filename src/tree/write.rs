//! A tree as JSON and as YAML: nothing is rounded or reordered, and both read back as the same tree.

use crate::model::node::{Node, Value};

/// Returns the tree as JSON, indented by two spaces.
pub fn json(root: &Node) -> Vec<u8> {
    let mut text = String::new();
    write_json(&mut text, root, 0);
    text.push('\n');
    text.into_bytes()
}

fn write_json(out: &mut String, node: &Node, depth: usize) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.json),
        Value::String(text) => write_string(out, text),
        Value::List(items) if items.is_empty() => out.push_str("[]"),
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "[\n" } else { ",\n" });
                indent(out, depth + 1);
                write_json(out, item, depth + 1);
            }
            out.push('\n');
            indent(out, depth);
            out.push(']');
        }
        Value::Map(entries) if entries.is_empty() => out.push_str("{}"),
        Value::Map(entries) => {
            for (at, entry) in entries.iter().enumerate() {
                out.push_str(if at == 0 { "{\n" } else { ",\n" });
                indent(out, depth + 1);
                write_string(out, &entry.key);
                out.push_str(": ");
                write_json(out, &entry.value, depth + 1);
            }
            out.push('\n');
            indent(out, depth);
            out.push('}');
        }
    }
}

fn indent(out: &mut String, depth: usize) {
    (0..depth).for_each(|_| out.push_str("  "));
}

/// Adds a JSON string.
pub fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", c as u32))
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Adds the tree as JSON in one line.
pub fn push_compact(out: &mut String, node: &Node) {
    match &node.value {
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                push_compact(out, item);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (at, entry) in entries.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                write_string(out, &entry.key);
                out.push(':');
                push_compact(out, &entry.value);
            }
            out.push('}');
        }
        _ => write_json(out, node, 0),
    }
}

/// Returns the tree as YAML 1.2 in block style.
pub fn yaml(root: &Node) -> Vec<u8> {
    let mut text = String::new();
    match &root.value {
        Value::Map(entries) if !entries.is_empty() => write_block(&mut text, root, 0),
        Value::List(items) if !items.is_empty() => write_block(&mut text, root, 0),
        _ => write_scalar(&mut text, root, 0),
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text.into_bytes()
}

/// Writes a map or list that is not empty, each entry on a line of its own.
fn write_block(out: &mut String, node: &Node, depth: usize) {
    for entry in node.entries() {
        indent(out, depth);
        match is_plain(&entry.key) {
            true => out.push_str(&entry.key),
            false => write_string(out, &entry.key),
        }
        out.push(':');
        write_value(out, &entry.value, depth);
    }
    for item in node.items() {
        indent(out, depth);
        out.push('-');
        write_value(out, item, depth);
    }
}

fn write_value(out: &mut String, node: &Node, depth: usize) {
    let is_block = !node.entries().is_empty() || !node.items().is_empty();
    if is_block {
        out.push('\n');
        write_block(out, node, depth + 1);
    } else {
        out.push(' ');
        write_scalar(out, node, depth);
        out.push('\n');
    }
}

fn write_scalar(out: &mut String, node: &Node, depth: usize) {
    match &node.value {
        Value::String(text) if is_plain(text) => out.push_str(text),
        Value::String(text) if is_literal(text) => write_literal(out, text, depth),
        Value::String(text) => write_string(out, text),
        Value::Number(number) => out.push_str(&number.json),
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::List(_) => out.push_str("[]"),
        Value::Map(_) => out.push_str("{}"),
    }
}

/// True for text that every YAML reader, 1.1 ones too, takes for this very string without quotes.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next();
    let begins = first.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '$' | '_'));
    let allowed = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '_' | '-' | '.' | '/' | '$' | '{' | '}' | '(' | ')' | ';' | '+' | '=' | '@' | ',')
    };
    let word = text.to_ascii_lowercase();
    let reserved =
        matches!(word.as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "nan" | "inf");
    begins && !reserved && !text.ends_with(' ') && text.len() <= 120 && text.chars().all(allowed)
}

/// True for text of several lines that a literal block (`|`) holds unchanged.
fn is_literal(text: &str) -> bool {
    text.trim_end_matches('\n').contains('\n')
        && !text.starts_with([' ', '\n', '\t'])
        && text.chars().all(|c| {
            c == '\n' || c == '\t' || !(c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{feff}'))
        })
        && !text.lines().any(|line| line.ends_with(' ') && line.trim().is_empty())
}

fn write_literal(out: &mut String, text: &str, depth: usize) {
    let ends = text.len() - text.trim_end_matches('\n').len();
    out.push_str(match ends {
        0 => "|-",
        1 => "|",
        _ => "|+",
    });
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            indent(out, depth + 1);
            out.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourcePath, SourceText};
    use crate::model::settings::Limits;
    use std::sync::Arc;

    fn parse(name: &str, text: &[u8]) -> Node {
        let source = Arc::new(SourceText::new(SourcePath::new(name), String::from_utf8_lossy(text)));
        let mut problems = Vec::new();
        let node = crate::tree::parse(&source, 0, &Limits::default(), &mut problems);
        assert!(problems.is_empty(), "{problems:?}\n{}", source.text);
        node
    }

    #[test]
    fn both_forms_read_back_as_the_same_tree() {
        let text = r##"{"a": "x: y", "n": 1.10, "big": 9223372036854775808, "list": [[1, {"b": "c\n\n d\n"}], [], {}],
            "yes": "no", "multi": "one\ntwo", "keep": "a\nb\n\n", "odd": " lead\nx", "tab": "a\tb", "200": null, "": "#", "q": "- a"}"##;
        let tree = parse("a.json", text.as_bytes());
        assert!(parse("b.json", &json(&tree)).same_value(&tree));
        let again = parse("b.yaml", &yaml(&tree));
        assert!(again.same_value(&tree), "{}", String::from_utf8_lossy(&yaml(&tree)));
    }
}
