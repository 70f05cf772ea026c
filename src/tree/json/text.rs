//! Strings of JSON (RFC 8259, section 7).

use std::ops::Range;

use super::{Reader, Stop};
use crate::model::Text;
use crate::tree::problems::quote;

/// Where the text of a string is.
pub(super) enum Read {
    /// In the file, as it stands.
    Plain(Range<usize>),
    /// In the reader's buffer: the string has escapes.
    Buffered,
}

impl Reader<'_, '_> {
    /// Reads a string; the reader stands at its opening quote.
    pub(super) fn string(&mut self) -> Result<Read, Stop> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        self.plain_run();
        if self.peek() == Some(b'"') {
            self.at += 1;
            return Ok(Read::Plain(start..self.at - 1));
        }
        self.buffer.clear();
        self.buffer.push_str(&self.text[start..self.at]);
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Read::Buffered);
                }
                Some(b'\\') => self.escape()?,
                Some(b'\n' | b'\r') | None => return Err(self.unclosed(open)),
                Some(_) => self.control()?,
            }
            let start = self.at;
            self.plain_run();
            self.buffer.push_str(&self.text[start..self.at]);
        }
    }

    /// Returns the text that was read, shared when it is short.
    pub(super) fn text_of(&mut self, read: Read) -> Text {
        match read {
            Read::Plain(range) => self.tree.text(&self.text[range]),
            Read::Buffered => self.tree.text(&self.buffer),
        }
    }

    /// Steps to the next quote, backslash or control character.
    #[inline]
    fn plain_run(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|&byte| ENDS_RUN[byte as usize]).unwrap_or(rest.len());
    }

    fn escape(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let character = match self.text.as_bytes().get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return self.odd_escape(),
        };
        self.buffer.push(character);
        self.at += 2;
        Ok(())
    }

    fn unicode_escape(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let Some(unit) = self.hex(start) else {
            self.at += 2;
            self.buffer.push_str("\\u");
            return self.report(start..self.at, "`\\u` needs four hexadecimal digits", "such as `\\u00e9`");
        };
        self.at += 6;
        if let Some(character) = char::from_u32(unit) {
            self.buffer.push(character);
            return Ok(());
        }
        if let Some(low @ 0xDC00..0xE000) = self.hex(self.at)
            && unit < 0xDC00
        {
            self.at += 6;
            let character = char::from_u32(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
            self.buffer.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
            return Ok(());
        }
        self.buffer.push(char::REPLACEMENT_CHARACTER);
        let message = format!("`{}` is one half of a surrogate pair without the other", &self.text[start..self.at]);
        self.report(start..self.at, message, "write the character itself, or both halves, such as `\\ud83d\\ude00`")
    }

    /// Returns the value of `\uXXXX` at a byte.
    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok()
    }

    #[cold]
    fn odd_escape(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let escaped = self.problems.character(start + 1);
        self.at = escaped.end;
        if escaped.is_empty() {
            self.buffer.push('\\');
            return Ok(());
        }
        self.buffer.push_str(&self.text[escaped]);
        let message = format!("{} is no escape of JSON", quote(&self.text[start..self.at]));
        self.report(start..self.at, message, "write `\\\\` for a backslash")
    }

    #[cold]
    fn control(&mut self) -> Result<(), Stop> {
        let start = self.at;
        self.at += 1;
        self.buffer.push_str(&self.text[start..self.at]);
        let message = "a control character stands in a string";
        if self.problems.said(message) {
            return Ok(());
        }
        let code = self.text.as_bytes()[start];
        let escape = if code == b'\t' { "\\t".into() } else { format!("\\u{code:04x}") };
        self.report(start..self.at, message, &format!("write it as `{escape}`"))
    }

    #[cold]
    fn unclosed(&mut self, open: usize) -> Stop {
        let line = self.text[open..].lines().next().unwrap_or("");
        let message = "the string is not closed on its line";
        let _ = self.report(open..open + line.len(), message, "add the closing `\"`, and write a line break as `\\n`");
        Stop
    }

    /// Reads a string in single quotes, with a word about them.
    #[cold]
    pub(super) fn single_quoted(&mut self) -> Result<Read, Stop> {
        let open = self.at;
        let rest = &self.text[open + 1..];
        let Some(length) = rest.find(['\'', '\n']).filter(|&end| rest.as_bytes()[end] == b'\'') else {
            return Err(self.unclosed(open));
        };
        self.at = open + 1 + length + 1;
        self.report(open..self.at, "JSON has no single quotes", "write the text in double quotes")?;
        Ok(Read::Plain(open + 1..self.at - 1))
    }
}

/// Bytes that a run of plain characters stops at.
const ENDS_RUN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table
};
