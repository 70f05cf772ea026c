//! Bare URLs in text, by GFM's rule for extended autolinks (GFM 0.29, section 6.9); mail addresses stay text.

use std::ops::Range;

/// A bare URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Autolink {
    /// Its bytes of the text.
    pub range: Range<usize>,
    /// Where it leads: `www.…` gets `http://`.
    pub target: String,
}

const BEGINNINGS: &[&str] = &["https://", "http://", "www."];

/// Finds the bare URLs of a text.
pub fn find(text: &str) -> Vec<Autolink> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = next_beginning(text, from) {
        let length = url_length(&text[start..]);
        let before = text[..start].chars().next_back();
        let at_boundary = before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '"' | '\''));
        if at_boundary && has_domain(&text[start..start + length]) {
            let written = &text[start..start + length];
            let scheme = if written.starts_with("www.") { "http://" } else { "" };
            found.push(Autolink { range: start..start + length, target: format!("{scheme}{written}") });
            from = start + length;
        } else {
            from = start + 4;
        }
    }
    found
}

fn next_beginning(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let candidates = rest.match_indices(['h', 'w']).map(|(at, _)| at);
    let starts = |at: &usize| BEGINNINGS.iter().any(|beginning| rest[*at..].starts_with(beginning));
    candidates.into_iter().find(starts).map(|at| from + at)
}

/// Bytes of the URL: up to white space or `<`, without the punctuation that ends a sentence.
fn url_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c == '<' || c.is_control()).unwrap_or(text.len());
    let mut url = &text[..end];
    let mut open = url.matches('(').count();
    let mut closed = url.matches(')').count();
    loop {
        let shorter = match url.chars().next_back() {
            Some(last @ ('?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"')) => {
                &url[..url.len() - last.len_utf8()]
            }
            Some(')') if closed > open => {
                closed -= 1;
                &url[..url.len() - 1]
            }
            Some(';') => without_entity(url),
            _ => return url.len(),
        };
        open -= url[shorter.len()..].matches('(').count();
        url = shorter;
    }
}

/// Drops a trailing `&name;`, else the `;`.
fn without_entity(url: &str) -> &str {
    let body = &url[..url.len() - 1];
    let name = body.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    match name.strip_suffix('&') {
        Some(before) if name.len() < body.len() => before,
        _ => body,
    }
}

/// True when something like a host follows the beginning.
fn has_domain(url: &str) -> bool {
    let rest = BEGINNINGS.iter().find_map(|beginning| url.strip_prefix(beginning)).unwrap_or("");
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    host.starts_with(|c: char| c.is_alphanumeric() || c == '[') && (!url.starts_with("www.") || host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = find(text).into_iter().map(|link| link.target).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn bare_urls_end_before_the_punctuation_of_the_sentence() {
        check(
            "See https://a.b/c_d, (http://x.y/z(1)) and www.e.f.",
            &["https://a.b/c_d", "http://x.y/z(1)", "http://www.e.f"],
        );
        check("https://a.b/?x=1&copy; https://a.b/;", &["https://a.b/?x=1", "https://a.b/"]);
        check("http://localhost:4000/", &["http://localhost:4000/"]);
    }

    #[test]
    fn what_is_no_url_stays_text() {
        check("xhttps://a.b http:// www. www.x https://! mail@x.y", &[]);
    }
}
