//! The Markdown of one entry as a list shows it: without its bullet, without a mark that the row's chip repeats.

use std::ops::Range;

/// Returns the Markdown of an entry without the bullet's mark and the indentation that follows from it.
pub fn without_bullet(source: &str, range: Range<usize>) -> String {
    let text = source.get(range.clone()).unwrap_or("");
    let before = source.get(..range.start).unwrap_or("");
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let outside = if line.trim().is_empty() { width(line) } else { 0 };
    let inner = text.trim_start_matches([' ', '\t']);
    let Some(mark) = mark_length(inner) else { return text.to_owned() };
    let own = width(&text[..text.len() - inner.len()]);
    let behind = &inner[mark..];
    let spaces = behind.len() - behind.trim_start_matches(' ').len();
    // Five spaces and more are one space and indented code (CommonMark 0.31, section 5.2).
    let spaces = if spaces > 4 { 1 } else { spaces };
    let indent = outside + own + mark + spaces.max(1);
    let mut lines = behind.lines();
    let mut out = lines.next().map_or(String::new(), |first| first.get(spaces..).unwrap_or("").to_owned());
    for line in lines {
        out.push('\n');
        out.push_str(unindented(line, indent));
    }
    out
}

/// The length of a list item's mark: `-`, `*`, `+`, `1.`, `1)`.
fn mark_length(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = digits + 1;
    let sign = *text.as_bytes().get(digits)?;
    let is_mark = if digits == 0 { matches!(sign, b'-' | b'*' | b'+') } else { matches!(sign, b'.' | b')') };
    let behind = text.as_bytes().get(length).copied().unwrap_or(b'\n');
    (is_mark && digits < 10 && behind.is_ascii_whitespace()).then_some(length)
}

fn width(space: &str) -> usize {
    space.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

fn unindented(line: &str, most: usize) -> &str {
    let mut taken = 0;
    for (at, c) in line.char_indices() {
        let wide = match c {
            ' ' => 1,
            '\t' => 4,
            _ => return &line[at..],
        };
        if taken + wide > most {
            return &line[at..];
        }
        taken += wide;
    }
    ""
}

/// Returns the text behind a mark that says that the entry breaks: `**Breaking:**`, `[breaking]`, `BREAKING CHANGE:`.
///
/// What is no mark but the beginning of the sentence stays: `Breaking the seal is recorded`.
pub fn without_breaking_mark(text: &str) -> &str {
    let rest = ["💥", ":boom:", "⚠️", "⚠", ":warning:"]
        .iter()
        .find_map(|sign| text.trim_start().strip_prefix(sign))
        .unwrap_or(text)
        .trim_start();
    behind_word(rest).unwrap_or(rest)
}

fn behind_word(text: &str) -> Option<&str> {
    let word = text.trim_start_matches(['*', '_', '[', '(']);
    let opening = &text[..text.len() - word.len()];
    let mut rest = strip_ignoring_case(word, "breaking")?;
    for more in [" changes", " change"] {
        rest = strip_ignoring_case(rest, more).unwrap_or(rest);
    }
    let behind = rest.trim_start_matches(['*', '_', ']', ')', ':', '!']);
    let closing = &rest[..rest.len() - behind.len()];
    let count = |text: &str, sign: char| text.matches(sign).count();
    let pairs = [('*', '*'), ('_', '_'), ('[', ']'), ('(', ')')];
    let balanced = pairs.iter().all(|(open, close)| count(opening, *open) == count(closing, *close));
    let link = closing.ends_with(']') && behind.starts_with(['(', '[']);
    let marks = closing.contains([':', ']', ')']);
    let dash = behind.trim_start().strip_prefix(['–', '—']).or_else(|| behind.trim_start().strip_prefix("- "));
    let behind = dash.unwrap_or(behind).trim_start();
    (balanced && !link && (marks || dash.is_some()) && !behind.is_empty()).then_some(behind)
}

fn strip_ignoring_case<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (first, rest) = (text.get(..word.len())?, text.get(word.len()..)?);
    first.eq_ignore_ascii_case(word).then_some(rest)
}

/// Returns a text with its first word capitalised, when that is a plain word and no name of the code.
pub fn capitalised(text: &str) -> String {
    let first = text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    let plain = !first.is_empty() && first.chars().all(|c| c.is_alphabetic() && !c.is_uppercase());
    if plain { super::super::parts::sentence(text) } else { text.to_owned() }
}

/// Returns the first paragraph of a Markdown text; `None` when it begins with something else: code, a table, a heading,
/// raw HTML.
pub fn first_paragraph(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('\n');
    if text.trim_start().starts_with(['#', '|', '<', '>', '`', '~', ':']) && !is_inline_code(text) {
        return None;
    }
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let fence = trimmed.starts_with("```") || trimmed.starts_with("~~~");
        if end > 0 && (trimmed.is_empty() || mark_length(trimmed).is_some() || fence) {
            break;
        }
        end += line.len();
    }
    Some(text[..end].trim_end()).filter(|text| !text.is_empty())
}

fn is_inline_code(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('`') && !text.starts_with("```")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_loses_its_bullet_and_the_indentation_below_it() {
        let text = "- One\n  two\n\n  - three\n";
        assert_eq!(without_bullet(text, 0..text.len()), "One\ntwo\n\n- three");
        let nested = "- Added\n  - One\n\n    two\n";
        assert_eq!(without_bullet(nested, 10..nested.len()), "One\n\ntwo");
        assert_eq!(without_bullet("12) One\n    two", 0..15), "One\ntwo");
        assert_eq!(without_bullet("-1 is gone", 0..10), "-1 is gone");
        assert_eq!(without_bullet("A paragraph\n  more", 0..18), "A paragraph\n  more");
    }

    #[test]
    fn a_mark_that_repeats_the_chip_is_left_out_and_a_sentence_is_not() {
        for marked in [
            "**Breaking:** it goes",
            "**Breaking**: it goes",
            "**BREAKING CHANGE:** it goes",
            "[breaking] it goes",
            "(breaking change) it goes",
            "Breaking: it goes",
            "💥 it goes",
            "Breaking — it goes",
        ] {
            assert_eq!(without_breaking_mark(marked), "it goes", "{marked}");
        }
        for sentence in
            ["Breaking the seal is recorded", "**Breaking: lists** are paged", "[breaking](x) is a word", "Breaking:"]
        {
            assert_eq!(without_breaking_mark(sentence), sentence);
        }
    }

    #[test]
    fn a_list_shows_the_first_paragraph_of_an_entry() {
        assert_eq!(first_paragraph("One [a](b)\ntwo\n\nthree"), Some("One [a](b)\ntwo"));
        assert_eq!(first_paragraph("One:\n- two"), Some("One:"));
        assert_eq!(first_paragraph("`code` is fine"), Some("`code` is fine"));
        assert_eq!(first_paragraph("```\ncode\n```"), None);
        assert_eq!(first_paragraph("| a | b |"), None);
    }

    #[test]
    fn only_plain_words_are_capitalised() {
        assert_eq!(capitalised("lists are paged"), "Lists are paged");
        assert_eq!(capitalised("getShipment is gone"), "getShipment is gone");
        assert_eq!(capitalised("page_size is gone"), "page_size is gone");
        assert_eq!(capitalised("`limit` is gone"), "`limit` is gone");
    }
}
