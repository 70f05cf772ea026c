//! The diagnostics of one text: where its bytes lie in the file, and how many are worth saying.

use std::ops::Range;
use std::sync::Arc;

use super::build::Duplicate;
use crate::diag::{Code, Diagnostic, Place, SourceText, codes};

/// A text with more mistakes than this is of another kind altogether; the rest is not listed.
const MOST: usize = 50;

/// Collects what is wrong with one text.
pub(super) struct Problems<'a> {
    source: &'a Arc<SourceText>,
    found: &'a mut Vec<Diagnostic>,
    before: usize,
}

impl<'a> Problems<'a> {
    /// Adds to the diagnostics that are there already.
    pub(super) fn new(source: &'a Arc<SourceText>, found: &'a mut Vec<Diagnostic>) -> Problems<'a> {
        let before = found.len();
        Problems { source, found, before }
    }

    /// Makes a diagnostic about a byte range of the file, to be pushed once it is complete.
    pub(super) fn at(&self, code: &'static Code, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.place(range), message)
    }

    /// Returns the text of a byte range of the file.
    pub(super) fn text(&self, range: &Range<usize>) -> &str {
        self.source.text.get(range.clone()).unwrap_or("")
    }

    /// Returns the place of a byte range of the file.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.source, range)
    }

    /// Returns false, with a word about it, for a text whose places do not fit into a span.
    pub(super) fn can_be_read(&mut self) -> bool {
        let fits = u32::try_from(self.source.text.len()).is_ok();
        if !fits {
            let diagnostic = self.at(codes::tree::LIMIT_SIZE, 0..0, "the file is larger than 4 GB");
            self.push(diagnostic.help("split the file"));
        }
        fits
    }

    /// Returns the range of the character that begins at a byte; empty at the end of a line or of the text.
    pub(super) fn character(&self, at: usize) -> Range<usize> {
        match self.source.text.get(at..).and_then(|rest| rest.chars().next()) {
            Some('\n' | '\r') | None => at..at,
            Some(character) => at..at + character.len_utf8(),
        }
    }

    /// Adds a diagnostic, unless there are too many.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.full() {
            self.found.push(diagnostic);
        }
    }

    /// Returns true when no more are taken.
    pub(super) fn full(&self) -> bool {
        self.found.len() - self.before >= MOST
    }

    /// Returns true when a diagnostic of this code was added.
    pub(super) fn has(&self, code: &Code) -> bool {
        self.found[self.before..].iter().any(|diagnostic| diagnostic.code == code)
    }

    /// Returns true when a diagnostic with this message was added.
    pub(super) fn said(&self, message: &str) -> bool {
        self.found[self.before..].iter().any(|diagnostic| diagnostic.message == message)
    }

    /// Says which keys stand twice.
    pub(super) fn duplicates(&mut self, duplicates: Vec<Duplicate>) {
        for Duplicate { key, first, second } in duplicates {
            let message = format!("the key {} stands twice here; the first one is used", quote(&key));
            let range = second.start as usize..second.end as usize;
            let first = self.place(first.start as usize..first.end as usize);
            let diagnostic = self.at(codes::tree::DUPLICATE_KEY, range, message).related(first, "the first one");
            self.push(diagnostic.help("remove or rename one of the two"));
        }
    }

    /// Says that containers stand too deep inside one another; once a text.
    pub(super) fn too_deep(&mut self, at: usize, depth: usize) {
        if !self.has(codes::tree::LIMIT_DEPTH) {
            let message = format!("more than {depth} objects and arrays stand inside one another here");
            let help = "flatten the text, or raise `depth` under `[limits]` in portal.toml";
            let diagnostic = self.at(codes::tree::LIMIT_DEPTH, self.character(at), message).help(help);
            self.push(diagnostic);
        }
    }
}

/// Returns an author's text in backticks, cut where it is long, without characters that cannot be seen.
pub(super) fn quote(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).flat_map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

fn visible(character: char) -> Vec<char> {
    if character.is_control() { character.escape_default().collect() } else { vec![character] }
}
