//! White space, numbers and words of JSON, and what is said when something else stands there.

use std::ops::Range;

use super::{Reader, Stop, text};
use crate::diag::codes::tree::JSON_SYNTAX;
use crate::model::node::Value;
use crate::tree::problems::quote;
use crate::tree::scalar;

const COMMENTS: &str = "JSON has no comments";

impl<'a> Reader<'a, '_> {
    /// Steps over white space, and over comments with a word about them.
    #[inline]
    pub(super) fn space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                b'/' if self.comment() => {}
                _ => return,
            }
        }
    }

    #[cold]
    fn comment(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else {
            return false;
        };
        if !self.problems.said(COMMENTS) {
            let first_line = rest[..length].lines().next().unwrap_or("");
            let diagnostic = self.problems.at(JSON_SYNTAX, self.at..self.at + first_line.len(), COMMENTS);
            self.problems.push(diagnostic.help("remove the comments, or write the file as YAML, where `#` begins one"));
        }
        self.at += length;
        true
    }

    /// Reads a number (RFC 8259, section 6).
    pub(super) fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        if !self.number_token() || self.peek().is_some_and(goes_on) {
            self.at = start;
            return self.word();
        }
        let value = self.tree.number(&self.text[start..self.at]);
        let span = self.tree.span(start, self.at);
        self.tree.scalar(value, span);
        Ok(())
    }

    fn number_token(&mut self) -> bool {
        self.at += usize::from(self.peek() == Some(b'-'));
        let first = self.peek();
        let digits = self.digits();
        if digits == 0 || (digits > 1 && first == Some(b'0')) {
            return false;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return false;
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            return self.digits() > 0;
        }
        true
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    /// Reads `true`, `false`, `null`, or what stands in their place.
    pub(super) fn word(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let value = match self.bare_word() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            "" if self.peek() == Some(b'\'') => {
                let read = self.single_quoted()?;
                Value::String(self.text_of(read))
            }
            "" => return Err(self.unexpected("a value")),
            other => self.odd_word(start..self.at, other)?,
        };
        let span = self.tree.span(start, self.at);
        self.tree.scalar(value, span);
        Ok(())
    }

    /// Makes the best of a word that JSON does not know: what YAML would read, and what Python would write.
    fn odd_word(&mut self, range: Range<usize>, word: &str) -> Result<Value, Stop> {
        let meant = if matches!(word, "None" | "nil" | "undefined") { "null" } else { word };
        let value = scalar::plain(self.tree, meant);
        let help = match &value {
            Value::Null => "write `null`".into(),
            Value::Bool(value) => format!("write `{value}`"),
            Value::Number(number) => format!("write {}", quote(&number.json)),
            _ => "a text needs double quotes".into(),
        };
        self.report(range, format!("{} is no JSON value", quote(word)), &help)?;
        Ok(value)
    }

    /// Reads a key that is not in double quotes.
    pub(super) fn bare_key(&mut self) -> Result<text::Read, Stop> {
        let start = self.at;
        if self.peek() == Some(b'\'') {
            return self.single_quoted();
        }
        let word = self.bare_word();
        if word.is_empty() {
            return Err(self.unexpected("a key in double quotes"));
        }
        self.report(
            start..self.at,
            format!("the key {} has no quotes", quote(word)),
            "write the key in double quotes",
        )?;
        Ok(text::Read::Plain(start..self.at))
    }

    fn bare_word(&mut self) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(goes_on) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    /// Reports a comma before a closing bracket; the reader stands at the bracket.
    pub(super) fn trailing_comma(&mut self, bracket: char) -> Result<(), Stop> {
        let before = self.text[..self.at].rfind(',').unwrap_or(self.at);
        let message = format!("JSON has no comma before `{bracket}`");
        self.report(before..before + 1, message, "remove the comma")
    }

    /// Reports that something is missing before the next character, without which reading can go on.
    pub(super) fn slip(&mut self, expected: &str) -> Result<(), Stop> {
        let diagnostic = self.expected(expected);
        self.problems.push(diagnostic);
        if self.problems.full() { Err(Stop) } else { Ok(()) }
    }

    /// Reports that something else should stand at the next character.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: &str) -> Stop {
        let diagnostic = self.expected(expected);
        self.problems.push(diagnostic);
        Stop
    }

    fn expected(&self, expected: &str) -> crate::diag::Diagnostic {
        let range = self.found();
        let found = match &self.text[range.clone()] {
            "" if self.at >= self.text.len() => "the end of the text".into(),
            "" => "the end of the line".into(),
            text => quote(text),
        };
        let diagnostic = self.problems.at(JSON_SYNTAX, range, format!("expected {expected}, found {found}"));
        match self.tree.opened_at() {
            Some(open) if matches!(self.peek(), None | Some(b']' | b'}')) => {
                diagnostic.related(self.problems.place(open..open + 1), "this bracket is not closed")
            }
            _ => diagnostic,
        }
    }

    /// Returns the range of what stands next: a word, or a character.
    fn found(&self) -> Range<usize> {
        let word = self.text[self.at..].bytes().take(40).take_while(|byte| goes_on(*byte)).count();
        if word > 0 { self.at..self.at + word } else { self.problems.character(self.at) }
    }
}

fn goes_on(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'$' | b'+' | b'-')
}
