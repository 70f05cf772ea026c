//! Reference texts: URIs with a fragment, and the JSON Pointers in them.
//!
//! Pure functions on text (RFC 3986 and RFC 6901); they know nothing of documents.

use crate::model::Text;

/// Splits a reference at its first `#`: the URI, and the fragment when there is one.
pub fn split(reference: &str) -> (&str, Option<&str>) {
    match reference.split_once('#') {
        Some((uri, fragment)) => (uri, Some(fragment)),
        None => (reference, None),
    }
}

/// Returns the scheme of an absolute URI. A single letter is taken for a Windows drive and is a scheme all the same:
/// neither is read.
pub fn scheme(uri: &str) -> Option<&str> {
    let (scheme, _) = uri.split_once(':')?;
    let mut letters = scheme.bytes();
    let first = letters.next()?.is_ascii_alphabetic();
    let rest = letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'));
    (first && rest).then_some(scheme)
}

/// Returns true for a URI that names its host or scheme itself.
pub fn is_absolute(uri: &str) -> bool {
    scheme(uri).is_some() || uri.starts_with("//")
}

/// Decodes `%XX`; a `%` that begins no two hexadecimal digits, and bytes that are no UTF-8, stay as they are.
pub fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.filter(|_| bytes[at] == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}

/// Returns the tokens of a JSON Pointer in a fragment (RFC 6901, section 6); `None` for an anchor name.
pub fn pointer(fragment: &str) -> Option<Vec<Text>> {
    if fragment.is_empty() {
        return Some(Vec::new());
    }
    let decoded = percent_decode(fragment);
    let tokens = decoded.strip_prefix('/')?;
    Some(tokens.split('/').map(unescape).collect())
}

fn unescape(token: &str) -> Text {
    match token.contains('~') {
        true => token.replace("~1", "/").replace("~0", "~").into(),
        false => token.into(),
    }
}

/// Writes a token as it stands in a pointer.
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// Resolves a relative reference against an absolute base (RFC 3986, section 5.2), without its fragment.
///
/// Returns `None` when the base is not absolute.
pub fn join(base: &str, reference: &str) -> Option<String> {
    if is_absolute(reference) {
        return Some(reference.to_string());
    }
    let scheme = scheme(base)?;
    let rest = &base[scheme.len() + 1..];
    let Some(after) = rest.strip_prefix("//") else {
        // `urn:…` has no hierarchy: only the empty reference can be resolved.
        return reference.is_empty().then(|| base.to_string());
    };
    let host_end = after.find('/').unwrap_or(after.len());
    let (host, path) = after.split_at(host_end);
    if reference.is_empty() {
        return Some(base.to_string());
    }
    let folder = &path[..path.rfind('/').map_or(0, |slash| slash + 1)];
    let merged = if reference.starts_with('/') { reference.to_string() } else { format!("{folder}{reference}") };
    Some(format!("{scheme}://{host}/{}", without_dots(&merged)))
}

/// Removes `.` and `..`; what would climb above the root stays at the root.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.trim_start_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l07_pointers_are_unescaped_after_percent_decoding() {
        let tokens = |fragment| pointer(fragment).map(|tokens| tokens.join(" "));
        assert_eq!(tokens("/paths/~1a~1%7Bid%7D/get"), Some("paths /a/{id} get".into()));
        assert_eq!(tokens("/a~01"), Some("a~1".into()));
        assert_eq!(tokens("anchor"), None);
        assert_eq!(tokens(""), Some(String::new()));
    }

    #[test]
    fn l12_relative_references_are_resolved_against_an_absolute_base() {
        assert_eq!(join("https://x.org/a/b.yaml", "../c.yaml").as_deref(), Some("https://x.org/c.yaml"));
        assert_eq!(join("https://x.org", "c").as_deref(), Some("https://x.org/c"));
        assert_eq!(join("a/b.yaml", "c"), None);
    }

    #[test]
    fn percent_signs_that_encode_nothing_stay() {
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("a%20b%zz%C3%A9"), "a b%zzé");
        assert_eq!(percent_decode("%FF"), "%FF");
    }

    #[test]
    fn a_scheme_is_recognised() {
        assert_eq!(scheme("https://x"), Some("https"));
        assert_eq!(scheme("a/b:c"), None);
        assert!(is_absolute("//x.org/a"));
    }
}
