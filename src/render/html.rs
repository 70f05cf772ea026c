//! HTML that is known to be safe, and the few ways to make it.
//!
//! [`SafeHtml`] is the only type that templates print as it is. It comes from escaped text, from markup that is a
//! literal of this program, or from a renderer that vouches for its output. Every URL passes [`safe_url`]. This module
//! knows nothing of Markdown, pages or the portal.

use std::borrow::Cow;
use std::fmt;

/// HTML that holds no text an author could have smuggled markup in with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Takes HTML that a renderer of this program made: its caller vouches that every text in it was escaped or
    /// sanitised. Only code below `render` may call it.
    pub fn from_trusted(html: String) -> SafeHtml {
        SafeHtml(html)
    }

    /// Returns the HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the HTML, without a copy.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Returns true when there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl serde::Serialize for SafeHtml {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Returns text as it stands between tags.
///
/// Line ends become LF and every other control character but the tab U+FFFD, so that no raw control character reaches a
/// page.
pub fn escape(text: &str) -> SafeHtml {
    SafeHtml(escaped(text).into_owned())
}

/// Returns text as it stands between the double quotes of an attribute; never write one with single quotes. The same
/// characters are replaced as in [`escape`], so either may stand in the place of the other.
pub fn attribute(value: &str) -> SafeHtml {
    escape(value)
}

/// Builds HTML piece by piece; every method says what kind of piece it takes.
#[derive(Debug, Clone, Default)]
pub struct HtmlBuilder {
    html: String,
}

impl HtmlBuilder {
    /// Begins with nothing.
    pub fn new() -> HtmlBuilder {
        HtmlBuilder::default()
    }

    /// Adds markup that is a literal of this program.
    pub fn push_markup(&mut self, markup: &'static str) {
        self.html.push_str(markup);
    }

    /// Adds text; it is escaped.
    pub fn push_text(&mut self, text: &str) {
        push_escaped(&mut self.html, text);
    }

    /// Adds safe HTML as it is.
    pub fn push_safe(&mut self, html: &SafeHtml) {
        self.html.push_str(&html.0);
    }

    /// Adds ` name="value"`; the value is escaped. Not for URLs: see [`HtmlBuilder::push_url`].
    pub fn push_attribute(&mut self, name: &'static str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        push_escaped(&mut self.html, value);
        self.html.push('"');
    }

    /// Adds ` name="url"` when the URL is safe, else nothing. Returns whether it was.
    pub fn push_url(&mut self, name: &'static str, url: &str) -> bool {
        let url = safe_url(url);
        if let Some(url) = &url {
            self.push_attribute(name, url);
        }
        url.is_some()
    }

    /// Returns true when nothing was added yet.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// Returns how many bytes were added.
    pub fn len(&self) -> usize {
        self.html.len()
    }

    /// Returns what was built.
    pub fn finish(self) -> SafeHtml {
        SafeHtml(self.html)
    }
}

/// Returns a URL as it may stand in `href` or `src` (still to be escaped), or `None` when it may not.
///
/// Control characters and the white space around it are dropped, white space inside is percent-encoded. Then `http`,
/// `https`, `mailto`, `tel`, relative references (`//host` too) and fragments pass; every other scheme does not. The
/// scheme is looked for with all white space left out, because browsers ignore some of it.
pub fn safe_url(url: &str) -> Option<String> {
    let printable: String = url.chars().filter(|c| !c.is_control()).collect();
    let trimmed = printable.trim();
    let allowed = match scheme(trimmed) {
        Some(scheme) => SCHEMES.contains(&scheme.as_str()),
        None => true,
    };
    allowed.then(|| trimmed.chars().fold(String::with_capacity(trimmed.len()), push_url_char))
}

const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Whatever stands before a `:` that comes before any `/`, `?` or `#`; in lower case and without white space. A
/// backslash counts as a slash, as in browsers.
fn scheme(url: &str) -> Option<String> {
    let end = url.find([':', '/', '?', '#', '\\'])?;
    if !url[end..].starts_with(':') {
        return None;
    }
    Some(url[..end].chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect())
}

fn push_url_char(mut out: String, c: char) -> String {
    if c.is_whitespace() {
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    } else {
        out.push(c);
    }
    out
}

/// Appends text with everything replaced that has a meaning in HTML.
pub(crate) fn push_escaped(html: &mut String, text: &str) {
    html.push_str(&escaped(text));
}

fn escaped(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(must_change) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + text.len() / 8 + 8);
    out.push_str(&text[..first]);
    let mut rest = text[first..].chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' if rest.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            c if must_change(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn must_change(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"') || (c.is_control() && c != '\t' && c != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_no_markup_after_escaping() {
        assert_eq!(escape("<a href=\"x\" b='y'>&amp;").as_str(), "&lt;a href=&quot;x&quot; b='y'&gt;&amp;amp;");
        assert_eq!(escape("größer {{ x }}").as_str(), "größer {{ x }}");
    }

    #[test]
    fn control_characters_never_reach_the_page() {
        assert_eq!(escape("a\u{0}\u{1b}[31m\u{9b}\u{7f}b\tc\r\nd\re\n").as_str(), "a��[31m��b\tc\nd\ne\n");
    }

    #[test]
    fn a_url_of_an_allowed_scheme_or_none_passes() {
        for url in [
            "http://a.b/c?d=e#f",
            "HTTPS://A.B",
            "mailto:a@b.c",
            "tel:+49",
            "../a.md#b",
            "#x",
            "/x:y",
            "?a:b",
            "//host/x",
            "",
        ] {
            assert_eq!(safe_url(url).as_deref(), Some(url), "{url}");
        }
        assert_eq!(safe_url(" ../a b.md\n").as_deref(), Some("../a%20b.md"));
    }

    #[test]
    fn a_url_that_could_run_or_read_something_does_not_pass() {
        for url in [
            "javascript:alert(1)",
            " \u{1}JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript\r:alert(1)",
            "java script :x",
            "data:text/html,x",
            "data:image/svg+xml,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            "C:\\x",
            "java\u{200b}script:x",
            ":x",
        ] {
            assert_eq!(safe_url(url), None, "{url:?}");
        }
    }

    #[test]
    fn a_builder_keeps_texts_and_markup_apart() {
        let mut html = HtmlBuilder::new();
        html.push_markup("<a");
        assert!(html.push_url("href", "x?a&b"));
        assert!(!html.push_url("href", "javascript:x"));
        html.push_attribute("title", "\"<");
        html.push_markup(">");
        html.push_text("<b>");
        html.push_safe(&SafeHtml::from_trusted("</a>".into()));
        assert_eq!(html.finish().as_str(), "<a href=\"x?a&amp;b\" title=\"&quot;&lt;\">&lt;b&gt;</a>");
    }

    proptest::proptest! {
        #[test]
        fn escaped_text_has_no_markup_and_no_control_character(text in "\\PC*|[\\x00-\\x7f]*") {
            let html = escape(&text).into_string();
            proptest::prop_assert!(!html.contains(['<', '>', '"']));
            proptest::prop_assert!(!html.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        }

        #[test]
        fn a_safe_url_has_no_white_space_and_an_allowed_scheme(url in "\\PC*|[jJ]ava[\\x00-\\x20]?script:.*") {
            if let Some(safe) = safe_url(&url) {
                proptest::prop_assert!(!safe.chars().any(|c| c.is_whitespace() || c.is_control()));
                proptest::prop_assert!(!safe.to_lowercase().starts_with("javascript:"));
            }
        }
    }
}
