//! Markdown of descriptions as plain words, without parsing it: search wants the words, not the structure.

/// Returns a text without HTML tags, link targets and marks of emphasis, headings and code.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', ']', '*', '`', '#', '|', '\\', '[', '!']) {
        out.push_str(&rest[..at]);
        let mark = &rest[at..];
        let skipped = match mark.as_bytes()[0] {
            b'<' => tag(mark),
            b']' => 1 + target(&mark[1..]),
            b'!' if !mark.starts_with("![") => 0,
            _ => 1,
        };
        let kept = if skipped == 0 { 1 } else { 0 };
        out.push_str(&mark[..kept]);
        if mark.as_bytes()[0] == b'<' && skipped > 0 {
            out.push(' ');
        }
        rest = &mark[skipped.max(1)..];
    }
    out.push_str(rest);
    out
}

/// Bytes of an HTML tag or comment; 0 when `<` is only a sign.
fn tag(mark: &str) -> usize {
    let next = mark.as_bytes().get(1).copied().unwrap_or(b' ');
    if !(next.is_ascii_alphabetic() || matches!(next, b'/' | b'!')) {
        return 0;
    }
    let end = mark.find('>').map_or(0, |end| end + 1);
    if end > 1000 { 0 } else { end }
}

/// Bytes of `(target)` behind a link's text.
fn target(after: &str) -> usize {
    if !after.starts_with('(') {
        return 0;
    }
    after.find(')').map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markup_is_left_out() {
        assert_eq!(plain("See **the** [guide](../a_b.md) for `x_id`."), "See the guide for x_id.");
        assert_eq!(plain("<p class=\"a\">One</p>a < b"), " One a < b");
        assert_eq!(plain("![alt](x.png) done! [open"), "alt done! open");
        assert_eq!(plain("€<é>"), "€<é>");
    }
}
