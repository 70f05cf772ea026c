//! String literals and concatenations, shared by languages that write them alike.

use super::request::{Piece, Template};
use crate::model::node::{Node, Value};
use crate::render::code::Code;

/// Returns a literal in double quotes as JavaScript, Python, Java, C# and Go read it.
pub fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || c == '\u{2028}' || c == '\u{2029}' || c == '\u{feff}' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Adds the pieces of a template as literals and variables with an operator between them.
pub fn concatenated(
    code: &mut Code,
    template: &Template,
    operator: &str,
    literal: fn(&str) -> String,
    variable: fn(&mut Code, &str),
) {
    if template.pieces().is_empty() {
        code.string(literal(""));
    }
    for (at, piece) in template.pieces().iter().enumerate() {
        if at > 0 {
            code.plain(operator);
        }
        match piece {
            Piece::Text(text) => {
                code.string(literal(text));
            }
            Piece::Variable(name) => variable(code, name),
        }
    }
}

/// Adds an expression of several lines, each after an operator.
pub fn lines(code: &mut Code, lines: &[Template], joint: &str, write: impl Fn(&mut Code, &Template)) {
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            code.plain(joint);
        }
        write(code, line);
    }
}

/// Returns true when a language that reads numbers as doubles gives the same JSON back.
pub fn survives_doubles(value: &Node) -> bool {
    match &value.value {
        Value::Number(number) => {
            let digits = number.json.trim_start_matches('-');
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let padded = digits.contains('.') && digits.ends_with('0');
            plain && digits.len() <= 15 && !padded
        }
        Value::List(items) => items.iter().all(survives_doubles),
        Value::Map(entries) => entries.iter().all(|entry| &*entry.key != "__proto__" && survives_doubles(&entry.value)),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// Returns text with every line after the first indented.
pub fn indented(text: &str, indent: &str) -> String {
    text.replace('\n', &format!("\n{indent}"))
}
