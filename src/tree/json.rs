//! Reads JSON (RFC 8259) in one pass, without recursion.
//!
//! Takes a text, gives a tree with the place of every node. Slips that leave no doubt about what was meant (a comma
//! too many or too few, comments, quotes of the wrong kind) are reported and reading goes on; at any other mistake it
//! stops and returns what it has.

mod text;
mod token;

use std::sync::Arc;

use super::build::Builder;
use super::problems::Problems;
use crate::diag::codes::tree::JSON_SYNTAX;
use crate::diag::{Diagnostic, SourceText};
use crate::model::node::{Node, Value};
use crate::model::settings::Limits;

/// Parses a JSON text.
///
/// Reports `json-syntax`, `duplicate-key` and `limit-depth`. Returns what could be read; `null` when nothing could.
pub fn parse(source: &Arc<SourceText>, file: u32, limits: &Limits, problems: &mut Vec<Diagnostic>) -> Node {
    let mut problems = Problems::new(source, problems);
    if !problems.can_be_read() {
        return Builder::new(file).finish();
    }
    let mut tree = Builder::new(file);
    let depth = super::depth_limit(limits);
    let text = source.text.as_str();
    let mut reader = Reader { text, at: 0, depth, tree: &mut tree, problems: &mut problems, buffer: String::new() };
    let _stopped = reader.document();
    let root = tree.finish();
    problems.duplicates(tree.duplicates);
    root
}

/// Reading cannot go on; why has been reported.
struct Stop;

/// What may come next.
enum Next {
    Value,
    FirstItem,
    FirstKey,
    Key,
    AfterValue,
}

struct Reader<'a, 'p> {
    text: &'a str,
    /// The next byte.
    at: usize,
    depth: usize,
    tree: &'p mut Builder,
    problems: &'p mut Problems<'a>,
    /// For strings with escapes.
    buffer: String,
}

impl Reader<'_, '_> {
    fn document(&mut self) -> Result<(), Stop> {
        let mut next = Next::Value;
        loop {
            self.space();
            next = match next {
                Next::Value => self.value()?,
                Next::FirstItem if self.peek() == Some(b']') => self.close(),
                Next::FirstItem => self.value()?,
                Next::FirstKey if self.peek() == Some(b'}') => self.close(),
                Next::FirstKey | Next::Key => self.key()?,
                Next::AfterValue if self.tree.depth() == 0 => return self.end(),
                Next::AfterValue if self.tree.in_map() => self.after_entry()?,
                Next::AfterValue => self.after_item()?,
            };
        }
    }

    fn value(&mut self) -> Result<Next, Stop> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string_value()?,
            Some(b'{') if self.may_open() => {
                self.at += 1;
                self.tree.open_map(start);
                return Ok(Next::FirstKey);
            }
            Some(b'[') if self.may_open() => {
                self.at += 1;
                self.tree.open_list(start);
                return Ok(Next::FirstItem);
            }
            Some(b'{' | b'[') => self.skip_container(),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        }
        Ok(Next::AfterValue)
    }

    fn key(&mut self) -> Result<Next, Stop> {
        let start = self.at;
        let key = match self.peek() {
            Some(b'"') => self.string()?,
            _ => self.bare_key()?,
        };
        let span = self.tree.span(start, self.at);
        match key {
            text::Read::Plain(range) => self.tree.key(&self.text[range], span),
            text::Read::Buffered => self.tree.key(&self.buffer, span),
        }
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:` after the key"));
        }
        self.at += 1;
        Ok(Next::Value)
    }

    fn after_entry(&mut self) -> Result<Next, Stop> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.space();
                if self.peek() == Some(b'}') {
                    self.trailing_comma('}')?;
                    return Ok(self.close());
                }
                Ok(Next::Key)
            }
            Some(b'}') => Ok(self.close()),
            Some(b'"') => {
                self.slip("`,` or `}` after the value")?;
                Ok(Next::Key)
            }
            _ => Err(self.unexpected("`,` or `}` after the value")),
        }
    }

    fn after_item(&mut self) -> Result<Next, Stop> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.space();
                if self.peek() == Some(b']') {
                    self.trailing_comma(']')?;
                    return Ok(self.close());
                }
                Ok(Next::Value)
            }
            Some(b']') => Ok(self.close()),
            Some(b'"' | b'{' | b'[' | b'-' | b'0'..=b'9') => {
                self.slip("`,` or `]` after the value")?;
                Ok(Next::Value)
            }
            _ => Err(self.unexpected("`,` or `]` after the value")),
        }
    }

    fn close(&mut self) -> Next {
        self.at += 1;
        self.tree.close(Some(self.at));
        Next::AfterValue
    }

    fn end(&mut self) -> Result<(), Stop> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("nothing more after the value")),
        }
    }

    fn string_value(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let read = self.string()?;
        let text = self.text_of(read);
        let span = self.tree.span(start, self.at);
        self.tree.scalar(Value::String(text), span);
        Ok(())
    }

    fn may_open(&self) -> bool {
        self.tree.depth() < self.depth
    }

    /// Steps over an object or array that stands too deep, as far as its brackets go; it becomes `null`.
    fn skip_container(&mut self) {
        let start = self.at;
        self.problems.too_deep(start, self.depth);
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'"' => self.skip_string(),
                b'{' | b'[' => open += 1,
                b'}' | b']' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        let span = self.tree.span(start, self.at);
        self.tree.scalar(Value::Null, span);
    }

    fn skip_string(&mut self) {
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'"' => return,
                b'\\' => self.at = self.text.len().min(self.at + 1),
                _ => {}
            }
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn report(&mut self, range: std::ops::Range<usize>, message: impl Into<String>, help: &str) -> Result<(), Stop> {
        let diagnostic = self.problems.at(JSON_SYNTAX, range, message).help(help);
        self.problems.push(diagnostic);
        if self.problems.full() { Err(Stop) } else { Ok(()) }
    }
}
