//! String literals, values and concatenations, shared by languages that write them alike.

use super::request::{Piece, Request, Template};
use crate::model::node::{Node, Value};
use crate::render::code::{Class, Code};

/// Returns true for what a reader cannot see, or what moves the text around it: it is always written as an escape.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Returns true for text that a literal over several lines may hold.
pub fn is_tame(text: &str) -> bool {
    !text.chars().any(is_hidden)
}

/// Returns a literal in double quotes as JavaScript, Python, Java, C# and Go read it.
pub fn double_quoted(text: &str) -> String {
    quoted(text, "", |code| format!("\\u{code:04x}"))
}

/// Returns a literal in double quotes in which backslashes escape; `special` are further characters that need one, and
/// `hidden` writes the code of one that cannot be seen.
pub fn quoted(text: &str, special: &str, hidden: fn(u32) -> String) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' | '\\' => out.extend(['\\', c]),
            c if special.contains(c) => out.extend(['\\', c]),
            c if is_hidden(c) => out.push_str(&hidden(c as u32)),
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
    if template.is_empty() {
        code.string(literal(""));
    }
    for (at, piece) in template.pieces().iter().enumerate() {
        if at > 0 {
            code.plain(operator);
        }
        match (piece, template.changeable()) {
            (Piece::Text(text), Some(url)) if at == 0 => {
                code.string_of_server(&literal(text), url);
            }
            (Piece::Text(text), _) => {
                code.string(literal(text));
            }
            (Piece::Variable(name), _) => variable(code, name),
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

/// Adds a text as literals with a joint between them: those of the network end their lines with CRLF and get a line
/// each, any other text is one literal.
pub fn network_lines(code: &mut Code, text: &str, joint: &str, literal: fn(&str) -> String) {
    let mut pieces: Vec<&str> = text.split_inclusive("\r\n").collect();
    if pieces.is_empty() {
        pieces.push("");
    }
    for (at, piece) in pieces.iter().enumerate() {
        code.plain(if at > 0 { joint } else { "" }).string(literal(piece));
    }
}

/// Adds urlencoded pairs, each on a line of its own.
pub fn pairs(code: &mut Code, pairs: &[String], joint: &str, literal: fn(&str) -> String) {
    if pairs.is_empty() {
        code.string(literal(""));
    }
    for (at, pair) in pairs.iter().enumerate() {
        let sign = if at > 0 { "&" } else { "" };
        code.plain(if at > 0 { joint } else { "" }).string(literal(&format!("{sign}{pair}")));
    }
}

/// Adds what a sample says before it begins.
pub fn remarks(code: &mut Code, request: &Request, mark: &str) {
    for remark in request.remarks() {
        code.push(Class::Comment, format!("{mark}{remark}\n"));
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

/// How a language writes lists, maps and constants.
pub struct Values {
    /// Brackets around a map.
    pub map: (&'static str, &'static str),
    /// A map without entries.
    pub empty_map: &'static str,
    /// Between a key and its value.
    pub arrow: &'static str,
    /// `null`, `true`, `false`.
    pub constants: [&'static str; 3],
    /// One level.
    pub indent: &'static str,
    /// Behind the last item.
    pub last_comma: &'static str,
    /// A string.
    pub literal: fn(&str) -> String,
}

impl Values {
    /// Adds a JSON value that begins `depth` levels in; its first line is not indented.
    pub fn push(&self, code: &mut Code, value: &Node, depth: usize) {
        match &value.value {
            Value::Null => {
                code.push(Class::Number, self.constants[0]);
            }
            Value::Bool(yes) => {
                code.push(Class::Number, self.constants[if *yes { 1 } else { 2 }]);
            }
            Value::Number(number) => {
                code.push(Class::Number, &*number.json);
            }
            Value::String(text) => {
                code.string((self.literal)(text));
            }
            Value::List(items) if items.is_empty() => {
                code.plain("[]");
            }
            Value::Map(entries) if entries.is_empty() => {
                code.plain(self.empty_map);
            }
            Value::List(items) => {
                code.plain("[\n");
                for (at, item) in items.iter().enumerate() {
                    code.plain(self.indent.repeat(depth + 1));
                    self.push(code, item, depth + 1);
                    code.plain(if at + 1 < items.len() { "," } else { self.last_comma }).plain("\n");
                }
                code.plain(self.indent.repeat(depth)).plain("]");
            }
            Value::Map(entries) => {
                code.plain(self.map.0).plain("\n");
                for (at, entry) in entries.iter().enumerate() {
                    code.plain(self.indent.repeat(depth + 1)).name((self.literal)(&entry.key)).plain(self.arrow);
                    self.push(code, &entry.value, depth + 1);
                    code.plain(if at + 1 < entries.len() { "," } else { self.last_comma }).plain("\n");
                }
                code.plain(self.indent.repeat(depth)).plain(self.map.1);
            }
        }
    }
}

/// Returns text with every line after the first indented, blank ones left alone.
pub fn indented(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { "" } else { indent });
        }
        out.push_str(line);
    }
    out
}
