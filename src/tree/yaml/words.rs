//! Syntax errors of YAML in the author's words.
//!
//! The parser says which rule of the grammar failed. What the author did is mostly in the line itself: a value with a
//! `: ` in it, a tab, a key that is indented like no other.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::Reader;
use super::mend::Failure;
use crate::diag::codes::tree::YAML_SYNTAX;
use crate::tree::problems::quote;

/// A message, and what to do.
type Words = (String, &'static str);

/// Where the error stands, and what surrounds it.
struct Context<'a> {
    /// The line up to the error.
    before: &'a str,
    /// Nothing stands above that line.
    first_line: bool,
    /// The text from the error on.
    rest: &'a str,
}

impl Reader<'_> {
    /// Reports the error that ended the parser; `last` is the byte after the last thing that was read.
    pub(super) fn syntax_error(&mut self, error: &ScanError, last: usize) -> Failure {
        let last = last.saturating_sub(self.base);
        let at = error.marker().byte_offset().unwrap_or(last).min(self.text.len());
        let kind = error.kind().clone();
        if kind == ErrorKind::RecursionLimitExceeded {
            self.problems.too_deep(self.base + at, self.depth);
            return Failure { kind, at, quote: None };
        }
        let (head, rest) = self.text.split_at_checked(at).unwrap_or((self.text, ""));
        let before = head.rfind(['\n', '\r']).map_or(head, |end| &head[end + 1..]);
        let first_line = head[..head.len() - before.len()].trim().is_empty();
        let context = Context { before, first_line, rest };
        let (message, help) = words(&kind, &context).unwrap_or_else(|| (error.info(), ""));
        let mut diagnostic = self.problems.at(YAML_SYNTAX, self.marked(&kind, at, before), message);
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        let quote = is_open_quote(&kind).then(|| self.open_quote(last, at)).flatten();
        if let Some(open) = quote {
            let place = self.problems.place(self.base + open..self.base + open + 1);
            diagnostic = diagnostic.related(place, "this quote is not closed");
        }
        if let Some(open) = self.tree.opened_at().filter(|&open| self.is_bracket(open) && open != self.base + at) {
            diagnostic = diagnostic.related(self.problems.place(open..open + 1), "this bracket is still open");
        }
        self.problems.push(diagnostic);
        Failure { kind, at, quote }
    }

    fn is_bracket(&self, at: usize) -> bool {
        matches!(self.text.as_bytes().get(at - self.base), Some(b'[' | b'{'))
    }

    /// Returns the range to mark: the tab that is meant, else the character at the error.
    fn marked(&self, kind: &ErrorKind, at: usize, before: &str) -> Range<usize> {
        let line = at - before.len();
        let tab = is_tab(kind).then(|| self.text.get(line..).and_then(indenting_tab)).flatten();
        match tab {
            Some(tab) => self.base + line + tab..self.base + line + tab + 1,
            None => self.problems.character(self.base + at),
        }
    }

    /// Returns the quote that begins a text between the last thing that was read and the error.
    fn open_quote(&self, from: usize, to: usize) -> Option<usize> {
        let before = |at: usize| self.text.as_bytes().get(at.wrapping_sub(1)).copied().unwrap_or(b' ');
        let begins = |at: &usize| matches!(before(*at), b' ' | b'\n' | b'\t' | b'[' | b'{' | b',' | b':' | b'-');
        let quotes = self.text.get(from..to)?.match_indices(['"', '\'']);
        quotes.map(|(at, _)| from + at).find(begins)
    }
}

/// Returns the first tab that indents a line.
fn indenting_tab(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

fn is_open_quote(kind: &ErrorKind) -> bool {
    use ErrorKind as E;
    matches!(kind, E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar)
}

fn is_tab(kind: &ErrorKind) -> bool {
    use ErrorKind as E;
    matches!(
        kind,
        E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabAtBlockScalarStart
            | E::TabInIndentation
            | E::TabInPlainScalar
    )
}

fn words(kind: &ErrorKind, context: &Context<'_>) -> Option<Words> {
    if is_tab(kind) {
        return Some(("a tab stands where YAML wants spaces".into(), "indent with spaces only"));
    }
    structure(kind, context).or_else(|| brackets(kind)).or_else(|| quotes(kind, context)).or_else(|| rarer(kind))
}

/// Keys, values, list items and their indentation.
fn structure(kind: &ErrorKind, context: &Context<'_>) -> Option<Words> {
    use ErrorKind as E;
    let (message, help) = match kind {
        E::MappingValueNotAllowed if context.before.contains(": ") => {
            ("a second `:` makes a key of this value", "put the value in quotes")
        }
        E::MappingValueNotAllowed if context.first_line => ("a `:` cannot stand here", "put the text in quotes"),
        E::MappingValueNotAllowed => (
            "the text before this `:` begins on an earlier line, so it is no key",
            "look at the line above: its `:` may be missing, or this line is indented too far",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey if context.rest.starts_with('-') => {
            ("no space follows this `-`", "write a space after the `-` of a list item")
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            "a key stands here without its `:`",
            "add `:` and a value; a text that goes on from the line above is indented further",
        ),
        E::ExpectedBlockMappingKey | E::MappingKeyNotAllowed if context.before.trim() == "-" => {
            ("a list item stands among the keys of a mapping", "indent the list below the key it belongs to")
        }
        E::ExpectedBlockMappingKey | E::MappingKeyNotAllowed | E::InvalidIndentation
            if context.before.trim().is_empty() =>
        {
            ("the indentation of this line fits no line above", "indent it exactly like the keys beside it")
        }
        E::ExpectedBlockMappingKey => {
            ("something follows a value on its line", "put the whole value in quotes, or begin a new line")
        }
        E::ExpectedBlockSequenceEntry => {
            ("a key stands among the items of a list", "begin it with `- `, or indent it like the line it belongs to")
        }
        E::BlockSequenceEntryNotAllowed => (
            "a list cannot begin on the line of its key",
            "begin the list on the next line, or put the value in quotes",
        ),
        _ => return None,
    };
    Some((message.into(), help))
}

/// Lists and mappings in brackets.
fn brackets(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind as E;
    let close = "close the bracket, or put the text in quotes";
    let (message, help) = match kind {
        E::UnclosedFlowCollection { open } => (format!("the bracket `{open}` is not closed"), close),
        E::MismatchedFlowCollectionEnd { open, close: found } => {
            (format!("`{found}` closes a bracket that is `{open}`"), "close each bracket with its own kind")
        }
        E::MisplacedFlowCollectionEnd => ("this bracket closes none".into(), "remove it, or put the text in quotes"),
        E::ExpectedFlowMappingSeparator => (
            "expected `,` or `}` before this".into(),
            "separate the entries with `,`, and put texts with `:` in quotes",
        ),
        E::ExpectedFlowSequenceSeparator => {
            ("expected `,` or `]` before this".into(), "separate the items with `,`, and close the bracket")
        }
        E::InvalidColonPlacement | E::FlowMappingValueAdjacentCollection => (
            "a `:` cannot stand here inside brackets".into(),
            "a bracket may not be closed; else put the text in quotes",
        ),
        E::BlockEntryInFlowCollection => {
            ("a `-` item stands inside brackets".into(), "separate items in brackets with `,`")
        }
        E::InvalidFlowScalarIndent | E::UnexpectedEofFlowSequence | E::UnexpectedEofFlowMapping => {
            ("a bracket is not closed before this line".into(), close)
        }
        _ => return None,
    };
    Some((message, help))
}

/// Quotes, escapes, and characters that need them.
fn quotes(kind: &ErrorKind, context: &Context<'_>) -> Option<Words> {
    use ErrorKind as E;
    let (message, help) = match kind {
        E::UnexpectedCharacter { character } if character.is_control() => {
            let code = u32::from(*character);
            (
                format!("the control character U+{code:04X} cannot stand in YAML"),
                "remove it, or write it as an escape in double quotes",
            )
        }
        E::UnexpectedCharacter { character } => {
            (format!("a value cannot begin with `{character}`"), "put the value in quotes")
        }
        E::PlainScalarStartsWithDashFlowIndicator => {
            ("a value cannot begin with `-` before a bracket or comma".into(), "put the value in quotes")
        }
        kind if is_open_quote(kind) => (
            "a quoted text is not closed before this".into(),
            "add the closing quote, or indent the lines that belong to it",
        ),
        E::InvalidTrailingSingleQuotedScalar => {
            ("something follows the closing `'`".into(), "write a `'` inside single quotes twice: `''`")
        }
        E::InvalidTrailingDoubleQuotedScalar => (
            "something follows the closing `\"`".into(),
            "put the whole value in quotes, and write a `\"` inside as `\\\"`",
        ),
        E::UnknownQuotedScalarEscape => (
            "the text in double quotes has an escape that YAML does not know".into(),
            "write `\\\\` for a backslash, or use single quotes",
        ),
        E::MissingAnchorOrAliasName => {
            let sign = quote(&context.rest.chars().take(1).collect::<String>());
            (format!("no name follows this {sign}"), "put a text that begins with `*` or `&` in quotes")
        }
        E::ExpectedNodeContent => ("a value is missing here".into(), "write the value, or put the text in quotes"),
        E::ExpectedWhitespace | E::InvalidMappingValueWhitespace | E::InvalidBlockEntryWhitespace => {
            ("a space is missing here".into(), "write a space before this character")
        }
        _ => return None,
    };
    Some((message, help))
}

/// Block texts, comments, tags and directives.
fn rarer(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind as E;
    let (message, help) = match kind {
        E::InvalidBlockScalarHeader => {
            ("text follows the `|` or `>` on its line", "begin the text on the next line, indented")
        }
        E::ZeroBlockScalarIndent => ("the indentation after `|` or `>` is 0", "leave the number out"),
        E::InvalidBlockScalarIndent => (
            "the first lines of this block text are indented further than its text",
            "remove the spaces of the empty lines",
        ),
        E::CommentInterceptedScalar => {
            ("a comment stands inside a text of several lines", "move the comment, or put the text in quotes")
        }
        E::CommentNotSeparated => {
            ("no space stands before the `#`", "write a space before a comment, or put the text in quotes")
        }
        E::ExpectedDocumentStart => {
            ("the document ends above, and this does not belong to it", "indent it, or remove it")
        }
        E::UndeclaredTagHandle => (
            "a tag has a handle that no `%TAG` declares",
            "remove the tag, or put a text that begins with `!` in quotes",
        ),
        E::UnsupportedYamlMajorVersion => {
            ("the text asks for another major version of YAML than 1", "remove the `%YAML` line")
        }
        E::InvalidDocumentEnd => ("something follows `...` on its line", "begin a new line"),
        E::BomInsideDocument => {
            ("a byte order mark stands in the middle of the text", "remove it: files may have been joined")
        }
        _ => return None,
    };
    Some((message.into(), help))
}
