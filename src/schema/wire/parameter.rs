//! Parameters as they are written in a URL, a header or a cookie (OpenAPI 3.2, "Style Values" and its examples).

use crate::model::api::{MediaType, Parameter, ParameterIn, Style};
use crate::model::node::{Node, Value};
use crate::schema::words;

/// A parameter's value as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// `name=value` pairs of a query or cookie; of a path or header the one value.
    pub pieces: Vec<String>,
    /// False when the standard does not say how this style writes such a value.
    pub defined: bool,
}

impl Written {
    /// Returns the pieces as one text, joined as their place and style ask: only the style `cookie` knows the `; ` of
    /// cookies, `form` joins by `&` there too (OpenAPI 3.2, "Style Examples").
    pub fn text(&self, parameter: &Parameter) -> String {
        let joint = match (parameter.location, parameter.style) {
            (ParameterIn::Cookie, Style::Cookie) => "; ",
            (ParameterIn::Query | ParameterIn::QueryString | ParameterIn::Cookie, _) => "&",
            (ParameterIn::Path | ParameterIn::Header, _) => "",
        };
        self.pieces.join(joint)
    }
}

/// Writes the value of a parameter by its style.
pub fn write(parameter: &Parameter, value: &Node) -> Written {
    let escape = Escape::of(parameter);
    if let Some(media) = parameter.content.first() {
        return write_content(parameter, media, value, escape);
    }
    let form = Form { name: &parameter.name, style: parameter.style, explode: parameter.explode, escape };
    form.write(value)
}

/// Writes one value by a style, as a query does; for the properties of a form.
pub fn write_pair(name: &str, style: Style, explode: bool, allow_reserved: bool, value: &Node) -> Written {
    let escape = if allow_reserved { Escape::KeepReserved } else { Escape::All };
    Form { name, style, explode, escape }.write(value)
}

/// A `content` parameter is serialised by its media type, then escaped whole.
fn write_content(parameter: &Parameter, media: &MediaType, value: &Node, escape: Escape) -> Written {
    let syntax = super::syntax(&media.name);
    if parameter.location == ParameterIn::QueryString && syntax == super::Syntax::Form && value.is_map() {
        return Written { pieces: super::form::pairs(media, value), defined: true };
    }
    let text = match syntax {
        super::Syntax::Json => super::compact(value),
        super::Syntax::Form if value.is_map() => super::form::urlencoded(media, value),
        _ => words::plain(value),
    };
    let piece = match parameter.location {
        ParameterIn::QueryString | ParameterIn::Path | ParameterIn::Header => escape.apply(&text),
        ParameterIn::Query | ParameterIn::Cookie => {
            format!("{}={}", Escape::All.apply(&parameter.name), escape.apply(&text))
        }
    };
    Written { pieces: vec![piece], defined: true }
}

/// What becomes of characters that have a meaning of their own.
#[derive(Debug, Clone, Copy)]
pub enum Escape {
    /// All but the unreserved characters of RFC 3986 are percent-encoded.
    All,
    /// Reserved characters stay too (`allowReserved`), and so do triples that are percent-encoded already; save what
    /// would end the value or may not stand in a query at all: `&`, `#`, `[`, `]`.
    KeepReserved,
    /// The same in a path, where `/` and `?` would end the value too (OpenAPI 3.2, "Parameter Object").
    KeepReservedInPath,
    /// Nothing is encoded: headers, and cookies of style `cookie`.
    Nothing,
}

impl Escape {
    fn of(parameter: &Parameter) -> Escape {
        match (parameter.location, parameter.style) {
            (ParameterIn::Header, _) | (_, Style::Cookie) => Escape::Nothing,
            (ParameterIn::Path, _) if parameter.allow_reserved => Escape::KeepReservedInPath,
            _ if parameter.allow_reserved => Escape::KeepReserved,
            _ => Escape::All,
        }
    }

    /// Returns the text as it may stand.
    pub fn apply(self, text: &str) -> String {
        let reserved: &[u8] = match self {
            Escape::Nothing => return text.to_string(),
            Escape::All => b"",
            Escape::KeepReserved => b":/?@!$'()*+,;=",
            Escape::KeepReservedInPath => b":@!$&'()*+,;=",
        };
        let mut out = String::with_capacity(text.len());
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let triple = || {
                let digits = bytes.get(at + 1..at + 3);
                digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            };
            let kept = byte.is_ascii_alphanumeric()
                || b"-._~".contains(byte)
                || reserved.contains(byte)
                || (*byte == b'%' && !reserved.is_empty() && triple());
            match kept {
                true => out.push(*byte as char),
                false => out.push_str(&format!("%{byte:02X}")),
            }
        }
        out
    }
}

struct Form<'a> {
    name: &'a str,
    style: Style,
    explode: bool,
    escape: Escape,
}

impl Form<'_> {
    fn write(&self, value: &Node) -> Written {
        match &value.value {
            Value::List(items) => self.list(items),
            Value::Map(entries) => {
                let pairs: Vec<(String, &Node)> =
                    entries.iter().map(|entry| (self.escape.apply(&entry.key), &entry.value)).collect();
                self.map(&pairs)
            }
            _ => self.scalar(value),
        }
    }

    fn name(&self) -> String {
        match self.escape {
            Escape::Nothing => self.name.to_string(),
            _ => Escape::All.apply(self.name),
        }
    }

    /// Lists and objects inside a value have no form of their own; JSON is common practice.
    fn text(&self, value: &Node) -> String {
        self.escape.apply(&words::plain(value))
    }

    fn scalar(&self, value: &Node) -> Written {
        let text = self.text(value);
        let piece = match self.style {
            Style::Simple => text,
            Style::Label => format!(".{text}"),
            Style::Matrix if text.is_empty() => format!(";{}", self.name()),
            Style::Matrix => format!(";{}={text}", self.name()),
            _ => format!("{}={text}", self.name()),
        };
        let defined = !matches!(self.style, Style::DeepObject | Style::SpaceDelimited | Style::PipeDelimited);
        Written { pieces: vec![piece], defined }
    }

    fn list(&self, items: &[Node]) -> Written {
        let texts: Vec<String> = items.iter().map(|item| self.text(item)).collect();
        let named = |text: &String| format!("{}={text}", self.name());
        let nested = items.iter().any(|item| item.is_list() || item.is_map());
        let delimited = matches!(self.style, Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited);
        let pieces = match (self.style, self.explode) {
            (Style::Simple, _) => vec![texts.join(",")],
            (Style::Label, false) => vec![format!(".{}", texts.join(","))],
            (Style::Label, true) => vec![format!(".{}", texts.join("."))],
            (Style::Matrix, false) => vec![format!(";{}", named(&texts.join(",")))],
            (Style::Matrix, true) => vec![texts.iter().map(|text| format!(";{}", named(text))).collect()],
            (_, true) => texts.iter().map(named).collect(),
            (style, false) => vec![named(&texts.join(delimiter(style)))],
        };
        let defined = !nested && self.style != Style::DeepObject && !(delimited && self.explode);
        Written { pieces, defined }
    }

    fn map(&self, pairs: &[(String, &Node)]) -> Written {
        let nested = pairs.iter().any(|(_, value)| value.is_list() || value.is_map());
        let assigned = || pairs.iter().map(|(key, value)| format!("{key}={}", self.text(value))).collect::<Vec<_>>();
        let flat = || pairs.iter().flat_map(|(key, value)| [key.clone(), self.text(value)]).collect::<Vec<_>>();
        let named = |text: String| format!("{}={text}", self.name());
        let delimited = matches!(self.style, Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited);
        let pieces = match (self.style, self.explode) {
            (Style::Simple, false) => vec![flat().join(",")],
            (Style::Simple, true) => vec![assigned().join(",")],
            (Style::Label, false) => vec![format!(".{}", flat().join(","))],
            (Style::Label, true) => vec![format!(".{}", assigned().join("."))],
            (Style::Matrix, false) => vec![format!(";{}", named(flat().join(",")))],
            (Style::Matrix, true) => vec![assigned().iter().map(|pair| format!(";{pair}")).collect()],
            (Style::DeepObject, _) => {
                let mut pieces = Vec::new();
                for (key, value) in pairs {
                    self.deep(&format!("%5B{key}%5D"), value, &mut pieces, 8);
                }
                pieces
            }
            (_, true) => assigned(),
            (style, false) => vec![named(flat().join(delimiter(style)))],
        };
        let defined = !(nested || delimited && self.explode);
        Written { pieces, defined }
    }

    fn deep(&self, path: &str, value: &Node, pieces: &mut Vec<String>, depth: usize) {
        match &value.value {
            Value::Map(entries) if depth > 0 => {
                for entry in entries.iter() {
                    let path = format!("{path}%5B{}%5D", self.escape.apply(&entry.key));
                    self.deep(&path, &entry.value, pieces, depth - 1);
                }
            }
            Value::List(items) if depth > 0 => {
                for item in items.iter() {
                    self.deep(&format!("{path}%5B%5D"), item, pieces, depth - 1);
                }
            }
            _ => pieces.push(format!("{}{path}={}", self.name(), self.text(value))),
        }
    }
}

fn delimiter(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        Style::TabDelimited => "%09",
        _ => ",",
    }
}

/// Returns a style's name as a description writes it.
pub fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::TabDelimited => "tabDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::example::{list, map, number, string};

    fn written(style: Style, explode: bool, location: ParameterIn) -> (String, String) {
        let escape = if style == Style::Cookie { Escape::Nothing } else { Escape::All };
        let form = Form { name: "c", style, explode, escape };
        let colors = list(vec![string("blue"), string("black")]);
        let object = map(vec![("R".into(), number("100")), ("G".into(), number("200"))]);
        let joint = if location == ParameterIn::Cookie && style == Style::Cookie { "; " } else { "&" };
        let text = |value: &Node| form.write(value).pieces.join(if location == ParameterIn::Path { "" } else { joint });
        (text(&colors), text(&object))
    }

    #[test]
    fn p03_every_style_writes_lists_and_objects_as_the_standard_says() {
        use ParameterIn::{Cookie, Path, Query};
        for (style, explode, location, list, object) in [
            (Style::Simple, false, Path, "blue,black", "R,100,G,200"),
            (Style::Simple, true, Path, "blue,black", "R=100,G=200"),
            (Style::Label, false, Path, ".blue,black", ".R,100,G,200"),
            (Style::Label, true, Path, ".blue.black", ".R=100.G=200"),
            (Style::Matrix, false, Path, ";c=blue,black", ";c=R,100,G,200"),
            (Style::Matrix, true, Path, ";c=blue;c=black", ";R=100;G=200"),
            (Style::Form, false, Query, "c=blue,black", "c=R,100,G,200"),
            (Style::Form, true, Query, "c=blue&c=black", "R=100&G=200"),
            (Style::Form, true, Cookie, "c=blue&c=black", "R=100&G=200"),
            (Style::SpaceDelimited, false, Query, "c=blue%20black", "c=R%20100%20G%20200"),
            (Style::PipeDelimited, false, Query, "c=blue%7Cblack", "c=R%7C100%7CG%7C200"),
            (Style::Cookie, false, Cookie, "c=blue,black", "c=R,100,G,200"),
            (Style::Cookie, true, Cookie, "c=blue; c=black", "R=100; G=200"),
        ] {
            assert_eq!(written(style, explode, location), (list.into(), object.into()), "{style:?} {explode}");
        }
        assert_eq!(written(Style::DeepObject, true, Query).1, "c%5BR%5D=100&c%5BG%5D=200");
    }

    #[test]
    fn p04_combinations_that_the_standard_leaves_open_are_marked() {
        let colors = list(vec![string("a b"), string("c")]);
        let nested = map(vec![("a".into(), colors.clone())]);
        let form = |style, explode| Form { name: "c", style, explode, escape: Escape::All };
        assert!(!form(Style::PipeDelimited, true).write(&colors).defined);
        assert!(!form(Style::DeepObject, true).write(&colors).defined);
        assert!(!form(Style::DeepObject, true).write(&nested).defined);
        assert!(form(Style::Form, false).write(&colors).defined);
        assert_eq!(form(Style::Form, false).write(&colors).pieces, ["c=a%20b,c"]);
    }
}
