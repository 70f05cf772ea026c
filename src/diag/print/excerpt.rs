//! The piece of a line that a diagnostic shows: cut around the marked text, and harmless in a terminal.

use std::ops::Range;

use crate::diag::Place;

/// Longer lines are cut: minified JSON is one line.
const MAX_CHARS: usize = 110;

/// Characters kept before the mark in a line that is cut.
const BEFORE: usize = 40;

/// A piece of one line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub line: u32,
    pub text: String,
    /// The bytes of `text` to mark.
    pub mark: Range<usize>,
}

/// Returns the line of a place with the bytes to mark; only the first line of a longer place.
pub(super) fn excerpt(place: &Place) -> Excerpt {
    let position = place.line_column();
    let line = place.source.line(position.line);
    let column = position.column as usize - 1;
    let marked = place.source.text.get(place.start..place.end).unwrap_or("");
    let width = marked.lines().next().map_or(0, |first| first.chars().count());

    let is_long = line.chars().nth(MAX_CHARS).is_some();
    let skip = if is_long { column.saturating_sub(BEFORE) } else { 0 };
    let mut text = String::new();
    let mut mark = None..None;
    if skip > 0 {
        text.push('…');
    }
    let mut rest = line.chars().skip(skip).enumerate();
    for (at, char) in rest.by_ref().take(MAX_CHARS) {
        if at + skip == column {
            mark.start = Some(text.len());
        }
        if at + skip == column + width {
            mark.end = Some(text.len());
        }
        text.push(harmless(char));
    }
    let end = text.len();
    if rest.next().is_some() {
        text.push('…');
    }
    let start = mark.start.unwrap_or(end);
    Excerpt { line: position.line, text, mark: start..mark.end.unwrap_or(end).max(start) }
}

/// Returns the text on one line, without characters that move the cursor, change its colour or turn the direction.
pub fn clean(text: &str) -> String {
    let flat = |char| if matches!(char, '\n' | '\t') { ' ' } else { harmless(char) };
    text.chars().map(flat).collect()
}

fn harmless(char: char) -> char {
    // Bidirectional controls make a line show what it does not say (CVE-2021-42574).
    let turns = matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let splits = matches!(char, '\u{2028}' | '\u{2029}');
    if (char.is_control() && char != '\t') || turns || splits { char::REPLACEMENT_CHARACTER } else { char }
}
