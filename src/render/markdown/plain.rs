//! The first words of a Markdown text, without any markup: for the description of a page and lists for machines.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Bytes of a text that are looked at for each character that is wanted: marks, tags and link targets are few beside
/// the words.
const BYTES_PER_CHARACTER: usize = 20;

/// Returns about the first `characters` of a text as plain words on one line. Headings, code blocks, tables and
/// pictures say little out of their place and are left out, unless there is nothing else.
pub fn plain(text: &str, characters: usize) -> String {
    let mut end = text.len().min(characters * BYTES_PER_CHARACTER);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let prose = words(&text[..end], characters, false);
    if prose.is_empty() { words(&text[..end], characters, true) } else { prose }
}

fn words(text: &str, characters: usize, everything: bool) -> String {
    let mut out = String::new();
    let mut skipped = 0_usize;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        if out.len() > characters * 5 {
            break;
        }
        let is_skipped = |tag: &Tag| matches!(tag, Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_));
        match event {
            Event::Start(tag) if skipped > 0 || (is_skipped(&tag) && !everything) => skipped += 1,
            Event::Start(Tag::Image { .. }) => skipped += 1,
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Strikethrough) => {}
            Event::End(_) | Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::Text(text) | Event::Code(text) if skipped == 0 => out.push_str(&text),
            Event::Html(html) if skipped == 0 => push_without_tags(&mut out, &html),
            Event::InlineHtml(html) if html.starts_with("<br") => out.push(' '),
            _ => {}
        }
    }
    let is_mark = |word: &&str| !word.bytes().all(|byte| byte == b':');
    out.split_whitespace().filter(is_mark).collect::<Vec<_>>().join(" ")
}

/// Adds the text of a block of HTML.
fn push_without_tags(out: &mut String, html: &str) {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        out.push(' ');
        match rest[start..].find('>') {
            Some(length) => rest = &rest[start + length + 1..],
            None => return,
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn n05_a_description_is_plain_words() {
        for (text, expected) in [
            ("# Title\n\nMake *a* **[refund](../x.md \"t\")** of `amount`.", "Make a refund of amount."),
            ("<p class=\"x\">Old <b>HTML</b></p>\n\nand a<br>b &amp; c", "Old HTML and a b & c"),
            ("- one\n- two\n\n```sh\ncurl\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n", "one two"),
            ("![logo](x.png) snake_case_name stays", "snake_case_name stays"),
            ("# Only a title", "Only a title"),
            ("", ""),
        ] {
            assert_eq!(plain(text, 160), expected);
        }
        assert!(plain(&"long words ".repeat(100_000), 160).len() < 4_000);
    }
}
