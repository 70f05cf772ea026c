//! Code that Portolan writes itself: tokens with their highlight class, and the block around any code.
//!
//! JSON, XML and request samples know what each of their tokens is when they write it, so nothing here guesses. Code
//! that people wrote goes through `highlight` instead.

use super::html::{HtmlBuilder, SafeHtml, push_escaped};
use crate::model::node::{Node, Value};
use crate::schema::words;

/// What a token is; each has one of the highlight classes of the stylesheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Punctuation and everything without a class.
    Plain,
    /// A comment.
    Comment,
    /// A string.
    String,
    /// A number.
    Number,
    /// A keyword or constant.
    Keyword,
    /// A name: key, attribute, function, variable.
    Name,
    /// The URL of a server inside a string, which the reader may change for another one.
    ServerUrl,
    /// The host of such a server.
    ServerHost,
    /// The path of such a server.
    ServerPath,
}

impl Class {
    fn attribute(self) -> Option<&'static str> {
        match self {
            Class::Plain => None,
            Class::Comment => Some("class=\"c-c\""),
            Class::String => Some("class=\"c-s\""),
            Class::Number => Some("class=\"c-n\""),
            Class::Keyword => Some("class=\"c-k\""),
            Class::Name => Some("class=\"c-f\""),
            Class::ServerUrl => Some("class=\"c-s\" data-server=\"url\""),
            Class::ServerHost => Some("data-server=\"host\""),
            Class::ServerPath => Some("data-server=\"path\""),
        }
    }
}

/// Code as a list of tokens.
#[derive(Debug, Clone, Default)]
pub struct Code {
    tokens: Vec<(Class, String)>,
}

impl Code {
    /// Begins with nothing.
    pub fn new() -> Code {
        Code::default()
    }

    /// Takes text without any highlighting.
    pub fn plain_text(text: impl Into<String>) -> Code {
        Code { tokens: vec![(Class::Plain, text.into())] }
    }

    /// Adds a token; tokens of one class beside each other become one.
    pub fn push(&mut self, class: Class, text: impl AsRef<str>) -> &mut Code {
        match self.tokens.last_mut() {
            Some((last, known)) if *last == class => known.push_str(text.as_ref()),
            _ => self.tokens.push((class, text.as_ref().to_string())),
        }
        self
    }

    /// Adds text without a class.
    pub fn plain(&mut self, text: impl AsRef<str>) -> &mut Code {
        self.push(Class::Plain, text)
    }

    /// Adds a string token.
    pub fn string(&mut self, text: impl AsRef<str>) -> &mut Code {
        self.push(Class::String, text)
    }

    /// Adds a string token in which the URL of a server may be changed.
    pub fn string_of_server(&mut self, text: &str, url: &str) -> &mut Code {
        match text.split_once(url) {
            Some((before, after)) => self.string(before).push(Class::ServerUrl, url).string(after),
            None => self.string(text),
        }
    }

    /// Adds a keyword token.
    pub fn keyword(&mut self, text: impl AsRef<str>) -> &mut Code {
        self.push(Class::Keyword, text)
    }

    /// Adds a name token.
    pub fn name(&mut self, text: impl AsRef<str>) -> &mut Code {
        self.push(Class::Name, text)
    }

    /// Adds other code.
    pub fn append(&mut self, other: Code) -> &mut Code {
        for (class, text) in other.tokens {
            self.push(class, text);
        }
        self
    }

    /// Returns the code with every line indented; line ends inside strings and comments do not begin a line.
    pub fn indented(&self, indent: &str) -> Code {
        let mut out = Code::new();
        let mut at_start = true;
        for (class, text) in &self.tokens {
            for line in text.split_inclusive('\n') {
                if at_start {
                    out.plain(indent);
                }
                out.push(*class, line);
                at_start = line.ends_with('\n') && *class == Class::Plain;
            }
        }
        out
    }

    /// Returns the code as text.
    pub fn text(&self) -> String {
        self.tokens.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// Returns true when there is nothing.
    pub fn is_empty(&self) -> bool {
        self.tokens.iter().all(|(_, text)| text.is_empty())
    }

    /// Returns the code with its classes.
    pub fn html(&self) -> SafeHtml {
        let mut out = String::new();
        for (class, text) in &self.tokens {
            match class.attribute() {
                Some(attribute) => {
                    out.push_str("<span ");
                    out.push_str(attribute);
                    out.push('>');
                    push_code(&mut out, text);
                    out.push_str("</span>");
                }
                None => push_code(&mut out, text),
            }
        }
        SafeHtml::from_trusted(out)
    }
}

/// Escapes text between tags; quotes stay, which keeps JSON short.
fn push_code(out: &mut String, text: &str) {
    for (at, piece) in text.split('"').enumerate() {
        if at > 0 {
            out.push('"');
        }
        push_escaped(out, piece);
    }
}

/// Returns a block of code with its bar.
pub fn block(title: &str, language: &str, code: &SafeHtml) -> SafeHtml {
    let mut html = HtmlBuilder::new();
    html.push_markup("<figure class=\"code\"");
    html.push_attribute("data-lang", language);
    html.push_markup("><figcaption class=\"code__bar\"><span class=\"code__title\">");
    html.push_text(title);
    html.push_markup("</span></figcaption><pre tabindex=\"0\"");
    html.push_attribute("aria-label", title);
    html.push_markup("><code>");
    html.push_safe(code);
    html.push_markup("</code></pre></figure>");
    html.finish()
}

/// Returns JSON over several lines, numbers as written.
pub fn json(value: &Node) -> Code {
    let mut code = Code::new();
    push_json(&mut code, value, 0);
    code
}

/// Returns JSON that begins `depth` levels in (its first line does not).
pub fn json_at(value: &Node, depth: usize) -> Code {
    let mut code = Code::new();
    push_json(&mut code, value, depth);
    code
}

fn push_json(code: &mut Code, value: &Node, depth: usize) {
    match &value.value {
        Value::List(items) if !items.is_empty() => {
            code.plain("[");
            for (at, item) in items.iter().enumerate() {
                break_line(code, at > 0, depth + 1);
                push_json(code, item, depth + 1);
            }
            break_line(code, false, depth);
            code.plain("]");
        }
        Value::Map(entries) if !entries.is_empty() => {
            code.plain("{");
            for (at, entry) in entries.iter().enumerate() {
                break_line(code, at > 0, depth + 1);
                let mut key = String::new();
                words::push_string(&mut key, &entry.key);
                code.name(key).plain(": ");
                push_json(code, &entry.value, depth + 1);
            }
            break_line(code, false, depth);
            code.plain("}");
        }
        _ => push_scalar(code, value),
    }
}

fn break_line(code: &mut Code, comma: bool, depth: usize) {
    code.plain(if comma { ",\n" } else { "\n" });
    code.plain("  ".repeat(depth));
}

fn push_scalar(code: &mut Code, value: &Node) {
    let class = match &value.value {
        Value::String(_) => Class::String,
        Value::Number(_) | Value::Null | Value::Bool(_) => Class::Number,
        Value::List(_) | Value::Map(_) => Class::Plain,
    };
    code.push(class, words::value(value));
}

/// Returns JSON on one line.
pub fn json_line(value: &Node) -> Code {
    let mut code = Code::new();
    match &value.value {
        Value::List(_) | Value::Map(_) => code.plain(words::value(value)),
        _ => {
            push_scalar(&mut code, value);
            &mut code
        }
    };
    code
}

/// Returns XML that this program wrote: names, attributes and comments get their classes.
pub fn xml(text: &str) -> Code {
    let mut code = Code::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        code.plain(&rest[..start]);
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        push_tag(&mut code, &rest[start..end]);
        rest = &rest[end..];
    }
    code.plain(rest);
    code
}

fn push_tag(code: &mut Code, tag: &str) {
    if tag.starts_with("<!") || tag.starts_with("<?") {
        code.push(Class::Comment, tag);
        return;
    }
    for (at, piece) in tag.split('"').enumerate() {
        match at % 2 {
            0 if at > 0 => code.plain(piece),
            0 => code.name(piece),
            _ => code.string(format!("\"{piece}\"")),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::example::{list, map, number, string};

    #[test]
    fn json_is_highlighted_by_value_and_keeps_numbers() {
        let value = map(vec![("a\"".into(), number("1.10")), ("b".into(), list(vec![string("<x>")]))]);
        let code = json(&value);
        assert_eq!(code.text(), "{\n  \"a\\\"\": 1.10,\n  \"b\": [\n    \"<x>\"\n  ]\n}");
        let html = code.html().into_string();
        assert!(html.contains("<span class=\"c-n\">1.10</span>"), "{html}");
        assert!(html.contains("<span class=\"c-s\">\"&lt;x&gt;\"</span>"), "{html}");
    }

    #[test]
    fn xml_keeps_its_text() {
        let text = "<?xml?>\n<a b=\"c\">d</a>\n";
        assert_eq!(xml(text).text(), text);
    }
}
