//! Example strings and numbers that keep a schema's format, lengths and bounds.

use super::pattern;
use crate::model::node::Node;
use crate::schema::Effective;
use crate::schema::decimal::{self, Decimal, Range};

/// No example is longer than this many characters, whatever `minLength` asks for.
const LONGEST: usize = 2_000;

/// A value, and whether it is known to be allowed.
pub(super) type Made = (Node, bool);

/// What a string of a known format looks like.
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" => "2026-03-14",
        "date-time" | "datetime" => "2026-03-14T09:26:53Z",
        "time" => "09:26:53Z",
        "duration" => "P3DT4H",
        "email" | "idn-email" => "user@example.com",
        "hostname" | "idn-hostname" => "api.example.com",
        "ipv4" | "ip" => "192.0.2.10",
        "ipv6" => "2001:db8::10",
        "uri" | "url" | "iri" => "https://example.com/path",
        "uri-reference" | "iri-reference" => "/path",
        "uri-template" => "https://example.com/{id}",
        "uuid" => "123e4567-e89b-42d3-a456-426614174000",
        "json-pointer" => "/items/0",
        "relative-json-pointer" => "1/items",
        "regex" => "^[a-z]+$",
        "byte" | "base64" | "base64url" => "ZXhhbXBsZQ==",
        "password" => "correct-horse-battery",
        _ => return None,
    })
}

/// Makes a string. `variant` makes the strings of a list differ.
pub(super) fn string(effective: &Effective<'_>, variant: usize) -> Made {
    let bounds = &effective.string;
    let min = bounds.min.and_then(decimal::count).unwrap_or(0);
    let max = bounds.max.and_then(decimal::count).unwrap_or(usize::MAX);
    let format = effective.format.and_then(|format| of_format(format));
    if let Some(text) = format.filter(|text| bounds.patterns.is_empty() && fits(text, min, max)) {
        return (super::string(varied_format(text, variant)), true);
    }
    if let [pattern, rest @ ..] = bounds.patterns.as_slice() {
        let made = pattern::text(pattern, min, max.min(LONGEST), variant);
        let certain = rest.is_empty() && effective.format.is_none();
        match (made, format) {
            (_, Some(text)) if fits(text, min, max) => return (super::string(text), false),
            (Some(text), _) => {
                let known = certain && fits(&text, min, max);
                return (super::string(text), known);
            }
            (None, _) => return (super::string(plain(min, max, variant)), false),
        }
    }
    let base64 = bounds.content_encoding.is_some_and(|encoding| encoding.starts_with("base64"));
    let text = if base64 && min <= 12 && max >= 12 { "ZXhhbXBsZQ==".into() } else { plain(min, max, variant) };
    let known = fits(&text, min, max) && format.is_none();
    (super::string(text), known)
}

fn fits(text: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.chars().count())
}

fn varied_format(text: &str, variant: usize) -> String {
    if variant == 0 {
        return text.to_string();
    }
    // The last digit that is followed by no other counts up; in every format above it may.
    match text.rfind(|c: char| c.is_ascii_digit()) {
        Some(at) => format!("{}{}{}", &text[..at], variant % 10, &text[at + 1..]),
        None => text.replacen("example", &format!("example{variant}"), 1),
    }
}

fn plain(min: usize, max: usize, variant: usize) -> String {
    let mut text = String::from("string");
    if variant > 0 {
        text.push_str(&variant.to_string());
    }
    while text.len() < min.min(LONGEST) {
        text.push_str("string");
    }
    let wanted = min.min(LONGEST);
    let length = match text.len() > max.min(LONGEST) || wanted > 6 {
        true => wanted.max(text.len().min(max)).min(if wanted > 6 { wanted } else { usize::MAX }),
        false => text.len(),
    };
    let cut = length.min(max).min(text.len());
    match variant {
        // Cut from the front so that the number that makes it differ stays.
        0 => text.truncate(cut),
        _ if text.len() > cut && text.ends_with(|c: char| c.is_ascii_digit()) => {
            text = text.split_off(text.len() - cut)
        }
        _ => text.truncate(cut),
    }
    text
}

/// Makes a number or integer.
pub(super) fn number(effective: &Effective<'_>, integer: bool, variant: usize) -> Made {
    let bound = |(number, open): (&crate::model::node::Number, bool)| (Decimal::parse(&number.json), open);
    let mut range = Range {
        low: effective.number.low.map(bound),
        high: effective.number.high.map(bound),
        multiples: effective.number.multiples.iter().map(|number| Decimal::parse(&number.json)).collect(),
    };
    if integer {
        range.multiples.push(Decimal::parse("1"));
    }
    let first = if integer { "1" } else { "1.5" };
    let preferred = if variant == 0 { first.to_string() } else { (variant + 1).to_string() };
    match range.pick(&preferred) {
        Some(text) => (super::number(text), true),
        None => {
            let bound = effective.number.low.or(effective.number.high).map(|(number, _)| number.json.clone());
            (super::number(bound.unwrap_or_else(|| first.into())), false)
        }
    }
}
