//! Quoted texts whose further lines are indented no deeper than their key.
//!
//! YAML forbids them, libyaml and its descendants read them, and published descriptions have them: Harbor's would lose
//! 118 of its 150 schemas. The parser stops there. So it is given a copy in which the line breaks of such a text are
//! another character of the same length, and what it reads is folded here.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::Reader;
use crate::diag::codes::tree::YAML_INDENT;

/// What may stand for a line break: the first that the text does not have.
const BREAKS: [char; 8] = ['^', '~', '|', '`', '@', '#', '%', '='];

/// Each mended text costs another reading of the whole.
const MOST: usize = 32;

/// Bytes that may be read again altogether.
const MOST_BYTES: usize = 64 << 20;

/// Lines that a quoted text may go on for; a longer one has lost its closing quote.
const MOST_LINES: usize = 100;

/// A quoted text that was mended.
pub(super) struct Mended {
    /// Its bytes, quotes and all.
    range: Range<usize>,
    /// What stands for a line break in it.
    line_break: char,
}

/// A text with some of its quoted texts mended.
pub(super) struct Mend {
    /// What the parser is given; as long as the text itself.
    pub(super) text: String,
    /// The mended texts.
    pub(super) mended: Vec<Mended>,
    gave_up: bool,
}

/// Where and why the parser stopped.
pub(super) struct Failure {
    /// The rule that was broken.
    pub(super) kind: ErrorKind,
    /// The byte of the text.
    pub(super) at: usize,
    /// The quote of the text that was being read.
    pub(super) quote: Option<usize>,
}

impl Mend {
    /// Begins with the text as it is.
    pub(super) fn new(text: &str) -> Mend {
        Mend { text: text.to_owned(), mended: Vec::new(), gave_up: false }
    }

    /// Returns true when the text has changed and should be read again.
    pub(super) fn again(&mut self, original: &str, failure: &Failure) -> bool {
        if self.gave_up || self.mended.len() >= MOST || self.mended.len() * original.len() > MOST_BYTES {
            return false;
        }
        let failed = |last: &mut Mended| failure.at <= end_of_line(original, last.range.end);
        if let Some(Mended { range, .. }) = self.mended.pop_if(failed) {
            // It made things worse: the quote was lost, not the indentation.
            self.text.replace_range(range.clone(), &original[range]);
            self.gave_up = true;
            return true;
        }
        let quote = failure.quote.filter(|_| failure.kind == ErrorKind::InvalidQuotedScalarIndent);
        let Some(range) = quote.and_then(|quote| quoted(original, quote)) else { return false };
        let text = &original[range.clone()];
        let line_break = BREAKS.into_iter().find(|candidate| !text.contains(*candidate));
        let Some(line_break) = line_break.filter(|_| range.contains(&failure.at) && is_prose(text)) else {
            return false;
        };
        self.text
            .replace_range(range.clone(), &text.replace('\r', " ").replace('\n', line_break.encode_utf8(&mut [0; 4])));
        self.mended.push(Mended { range, line_break });
        true
    }
}

impl Reader<'_> {
    /// Returns the value of a scalar, folded when it was mended.
    pub(super) fn unmended(&self, text: &str, range: &Range<usize>) -> Option<String> {
        let start = range.start.checked_sub(self.base)?;
        let mended = self.mended.iter().find(|mended| mended.range.start == start)?;
        Some(fold(text, mended.line_break))
    }

    /// Says which texts were mended.
    pub(super) fn report_mended(&mut self) {
        for Mended { range, .. } in self.mended {
            let Some(first_break) = self.text[range.clone()].find('\n') else { continue };
            let rest = &self.text[range.start + first_break..range.end];
            let at = range.end - rest.trim_start().len();
            let place = self.problems.character(self.base + at);
            let message = "this line of a quoted text is indented no further than its key";
            let diagnostic = self.problems.at(YAML_INDENT, place, message);
            self.problems.push(diagnostic.help("indent it further: other readers of YAML refuse the file here"));
        }
    }
}

fn end_of_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end)
}

/// Returns the range of the quoted text that begins at a quote, with its quotes.
fn quoted(text: &str, open: usize) -> Option<Range<usize>> {
    let quote = *text.as_bytes().get(open)?;
    let mut bytes = text.bytes().enumerate().skip(open + 1).peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if quote == b'"' => _ = bytes.next(),
            _ if byte != quote => {}
            _ if quote == b'\'' && bytes.peek().is_some_and(|next| next.1 == quote) => _ = bytes.next(),
            _ => return Some(open..at + 1),
        }
    }
    None
}

/// Returns false when the further lines look like keys: then the closing quote was forgotten.
fn is_prose(text: &str) -> bool {
    let is_key = |line: &str| {
        let line = line.trim_start().trim_start_matches("- ");
        let name = line.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-$/".contains(byte)).count();
        name > 0 && line[name..].starts_with(':') && line[name + 1..].starts_with([' ', '\r', '\n'])
    };
    let lines = text.split_inclusive('\n');
    lines.clone().count() <= MOST_LINES && !lines.skip(1).any(is_key)
}

/// Folds lines (YAML 1.2.2, section 7.3): one line break is a space, each further one a line break.
fn fold(text: &str, line_break: char) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut lines = text.split(line_break);
    folded.push_str(lines.next().unwrap_or_default());
    let mut empty_lines = 0;
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        let line = line.trim_start_matches([' ', '\t']);
        if line.is_empty() && !is_last {
            empty_lines += 1;
            continue;
        }
        folded.truncate(folded.trim_end_matches([' ', '\t']).len());
        match empty_lines {
            0 => folded.push(' '),
            breaks => (0..breaks).for_each(|_| folded.push('\n')),
        }
        empty_lines = 0;
        folded.push_str(line);
    }
    folded
}
