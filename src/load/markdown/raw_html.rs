//! Raw HTML in Markdown, cut into tags and text.
//!
//! It need not agree with a browser about broken HTML: whoever writes HTML from these tokens writes each tag anew from
//! its parts, so that a misread tag is a wrong page at worst, never a dangerous one.

use std::ops::Range;

/// A piece of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text, with its character references as written.
    Text(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag: its name in lower case, and how it was written.
    Close(String, &'a str),
    /// A comment.
    Comment,
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name in lower case.
    pub name: String,
    /// The attributes, names in lower case, values with their character references resolved.
    pub attributes: Vec<(String, String)>,
    /// How it was written.
    pub written: &'a str,
}

impl Tag<'_> {
    /// Returns the value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Elements whose content is text, whatever it looks like.
const TEXT_ONLY: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// Cuts raw HTML into tokens, each with its bytes.
pub fn tokens(html: &str) -> Vec<(Token<'_>, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let (token, end) = match read_markup(html, at) {
            Some(found) => found,
            None => text_token(html, at),
        };
        let raw_until = match &token {
            Token::Open(tag) if TEXT_ONLY.contains(&tag.name.as_str()) => end_of_raw(html, end, &tag.name),
            _ => end,
        };
        tokens.push((token, at..end));
        if raw_until > end {
            tokens.push((Token::Text(&html[end..raw_until]), end..raw_until));
        }
        at = raw_until;
    }
    tokens
}

/// Everything up to the next `<` that could be markup.
fn text_token(html: &str, at: usize) -> (Token<'_>, usize) {
    let first = html[at..].chars().next().map_or(1, char::len_utf8);
    let end = html[at + first..].find('<').map_or(html.len(), |found| at + first + found);
    (Token::Text(&html[at..end]), end)
}

fn read_markup(html: &str, at: usize) -> Option<(Token<'_>, usize)> {
    let rest = html[at..].strip_prefix('<')?;
    if let Some(comment) = rest.strip_prefix("!--") {
        let length = comment.find("-->").map_or(comment.len(), |end| end + 3);
        let short = ["->", ">"].iter().find(|end| comment.starts_with(*end)).map(|end| end.len());
        return Some((Token::Comment, at + 4 + short.unwrap_or(length)));
    }
    let (closing, rest) = match rest.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.' | '_')))?;
    let name = rest[..name_end].to_ascii_lowercase();
    let inside = &rest[name_end..];
    let (attributes, length) = read_attributes(inside)?;
    let end = html.len() - inside.len() + length;
    let written = &html[at..end];
    let token = match closing {
        true => Token::Close(name, written),
        false => Token::Open(Tag { name, attributes, written }),
    };
    Some((token, end))
}

type Attributes = Vec<(String, String)>;

/// Reads attributes up to and with the `>`; gives them and the bytes read. `None` when the tag never ends.
fn read_attributes(inside: &str) -> Option<(Attributes, usize)> {
    let mut attributes = Vec::new();
    let mut rest = inside;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((attributes, inside.len() - after.len()));
        }
        let name_end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
        // A tag that begins with `=` is malformed; the sign is part of the name, as in HTML's tokenizer.
        let name_end = if name_end == 0 { 1 } else { name_end };
        let name = rest[..name_end].to_ascii_lowercase();
        rest = rest[name_end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let (written, left) = read_value(after.trim_start())?;
            value = decoded(written);
            rest = left;
        }
        if !attributes.iter().any(|(known, _)| *known == name) {
            attributes.push((name, value));
        }
    }
}

fn read_value(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => text[1..].split_once(quote),
        None => {
            let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>')?;
            Some(text.split_at(end))
        }
    }
}

/// Where the content of a text-only element ends: at its end tag, or at the end of the text.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let end_tag = |at: &usize| {
        let rest = &html.as_bytes()[at + 2..];
        rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    html[from..].match_indices("</").map(|(at, _)| from + at).find(end_tag).unwrap_or(html.len())
}

/// Character references that attributes may hide something behind.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("colon", ":"),
    ("sol", "/"),
    ("bsol", "\\"),
    ("num", "#"),
    ("quest", "?"),
    ("equals", "="),
    ("period", "."),
    ("commat", "@"),
    ("lpar", "("),
    ("rpar", ")"),
    ("Tab", "\t"),
    ("NewLine", "\n"),
    ("hellip", "…"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("copy", "©"),
];

/// Resolves numeric character references and the common named ones; others stay as they are written.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (resolved, length) = resolve(rest).unwrap_or_else(|| ("&".into(), 1));
        out.push_str(&resolved);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Resolves the reference at the beginning of the text; gives it and its bytes.
fn resolve(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(32).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let resolved = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}').to_string()
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1.to_string(),
    };
    Some((resolved, end + 1))
}

/// Returns the length of a well-formed character reference at the beginning of the text.
pub fn reference_length(text: &str) -> Option<usize> {
    let end = text.bytes().take(33).position(|byte| byte == b';')?;
    let name = text[..end].strip_prefix('&')?;
    let well_formed = match name.strip_prefix('#') {
        Some(number) => {
            let digits = number.strip_prefix(['x', 'X']).unwrap_or(number);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && resolve(text).is_some()
        }
        None => name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(|b| b.is_ascii_alphanumeric()),
    };
    well_formed.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let shown = tokens(html).into_iter().map(|(token, _)| match token {
            Token::Text(text) => format!("[{text}]"),
            Token::Open(tag) => {
                let attributes = tag.attributes.iter().map(|(key, value)| format!(" {key}={value:?}"));
                format!("<{}{}>", tag.name, attributes.collect::<String>())
            }
            Token::Close(name, _) => format!("</{name}>"),
            Token::Comment => "!".into(),
        });
        assert_eq!(shown.collect::<String>(), expected);
    }

    #[test]
    fn tags_text_and_comments_are_told_apart() {
        check("a<B Class=x id='y z' c>b</B >d", "[a]<b class=\"x\" id=\"y z\" c=\"\">[b]</b>[d]");
        check("x<!-- a > b -->y<!-->z<!--->w<!--unclosed", "[x]![y]![z]![w]!");
        check("1 < 2 <3 <br/> <", "[1 ][< 2 ][<3 ]<br>[ ][<]");
        check("<a href=x", "[<a href=x]");
    }

    #[test]
    fn hidden_characters_of_attributes_are_resolved() {
        check("<a href=\"java&#115;cript&colon;x&#x0a;&bogus;\">", "<a href=\"javascript:x\\n&bogus;\">");
    }

    #[test]
    fn the_content_of_scripts_is_text() {
        check("<script>if (a<b) '<b>'</Script>x", "<script>[if (a<b) '<b>']</script>[x]");
        check("<style><b>", "<style>[<b>]");
    }

    proptest::proptest! {
        #[test]
        fn tokens_cover_every_byte_of_any_text(html in "([<>/=\"'& a!-]|<b|</b|<!--|-->|&#|;|ä|<script>){0,40}") {
            let mut at = 0;
            for (_, range) in tokens(&html) {
                proptest::prop_assert_eq!(range.start, at);
                at = range.end;
            }
            proptest::prop_assert_eq!(at, html.len());
        }
    }
}
