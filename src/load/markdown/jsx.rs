//! Component tags and module statements of MDX texts, read far enough to take the common ones for containers.

use super::directive::{Directive, Edge, Fold, Spelling, brace_end, parse_attributes};

/// Bytes that one tag, comment or statement may span: one that is never closed must not cost the rest of the text each
/// time.
const SPAN: usize = 4096;

/// Reads the component tag that begins at this byte; `None` when there is none. Names begin with a capital.
pub(super) fn tag_at(text: &str, at: usize) -> Option<Directive> {
    let rest = text.get(at..)?.strip_prefix('<')?;
    let (edge, rest) = match rest.strip_prefix('/') {
        Some(rest) => (Edge::Close, rest),
        None => (Edge::Open, rest),
    };
    if !rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let name_end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_'))?;
    let inside = &rest[name_end..];
    let end = tag_end(inside)?;
    let (attributes, leaf) = match inside[..end].trim_end().strip_suffix('/') {
        Some(attributes) => (attributes, true),
        None => (&inside[..end], false),
    };
    if !attributes.is_empty() && !attributes.starts_with(char::is_whitespace) {
        return None;
    }
    let range = at..text.len() - inside.len() + end + 1;
    Some(Directive {
        edge: if leaf { Edge::Leaf } else { edge },
        spelling: Spelling::Tag,
        name: rest[..name_end].to_ascii_lowercase(),
        written_name: rest[..name_end].to_string(),
        title: None,
        attributes: parse_attributes(attributes),
        fold: Fold::Never,
        range,
    })
}

/// Returns the byte of the `>` that ends a tag: outside quotes and braces, and before any blank line.
fn tag_end(inside: &str) -> Option<usize> {
    let inside = first_bytes(inside);
    let bytes = inside.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return Some(at),
            b'<' => return None,
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
            quote @ (b'"' | b'\'') => at += 1 + bytes[at + 1..].iter().position(|&byte| byte == quote)?,
            b'{' => at += brace_end(inside.get(at..)?) - 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// True for one start tag alone that has MkDocs's attribute `markdown`.
pub(super) fn has_markdown_attribute(line: &str) -> bool {
    match super::raw_html::tokens(line).as_slice() {
        [(super::raw_html::Token::Open(tag), _)] => tag.attribute("markdown").is_some(),
        _ => false,
    }
}

/// Returns where the module statement or comment that begins at `at` ends; `None` when the line is neither.
///
/// `line` is the line from there on. `export` is a statement in MDX only.
pub(super) fn module_end(text: &str, at: usize, line: &str, mdx: bool) -> Option<usize> {
    if line.starts_with("{/*") {
        let end = first_bytes(&text[at..]).find("*/}")? + 3;
        let after = text[at + end..].split('\n').next().unwrap_or("");
        return after.trim().is_empty().then_some(at + end);
    }
    if mdx && line.starts_with("export ") {
        return Some(at + paragraph(first_bytes(&text[at..])).len());
    }
    // The statement's first line has its quotes or its brace; prose that begins with the word has neither.
    if !line.starts_with("import ") || !line.contains(['"', '\'', '{']) {
        return None;
    }
    import_end(paragraph(first_bytes(&text[at..]))).map(|length| at + length)
}

/// Returns the length of `import … from "…"` or `import "…"` at the beginning of a paragraph.
fn import_end(paragraph: &str) -> Option<usize> {
    let after = paragraph.strip_prefix("import ")?;
    let quoted = match after.trim_start().starts_with(['"', '\'']) {
        true => paragraph.len() - after.trim_start().len(),
        false => {
            let from = after.find("from ")?;
            let names = &after[..from];
            let plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || "{},*_$".contains(c);
            if !names.chars().all(plain) || names.split_whitespace().count() > 64 {
                return None;
            }
            let rest = after[from + 5..].trim_start();
            paragraph.len() - rest.len()
        }
    };
    let quote = paragraph[quoted..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let closing = paragraph[quoted + 1..].find(quote)? + quoted + 1;
    let line_end = paragraph[closing..].find('\n').map_or(paragraph.len(), |newline| closing + newline);
    let tail = paragraph[closing + 1..line_end].trim();
    (tail.is_empty() || tail == ";").then_some(line_end)
}

/// The text, cut to what one statement may span.
fn first_bytes(text: &str) -> &str {
    &text[..text.floor_char_boundary(SPAN)]
}

/// The text up to the first blank line.
fn paragraph(text: &str) -> &str {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        length += line.len();
    }
    &text[..length]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_may_hold_quotes_braces_and_line_ends() {
        let text = "<Card\n  title=\"a > b\" icon={<svg a=\"b\"/>}\n  href='x'>";
        let tag = tag_at(text, 0).unwrap();
        assert_eq!((tag.name.as_str(), tag.edge, tag.range.end), ("card", Edge::Open, text.len()));
        assert_eq!(tag.attribute("title"), Some("a > b"));
        assert_eq!(tag.attribute("href"), Some("x"));
    }

    #[test]
    fn what_is_no_component_is_left_alone() {
        for text in ["<div>", "<T extends U", "<A\n\nb>", "<https://a>", "<A<B>>", "< A>", "<A\"x\">"] {
            assert_eq!(tag_at(text, 0), None, "{text}");
        }
    }
}
