//! Bytes to text: UTF-8, UTF-16 with a byte order mark, and what to make of anything else.

use std::sync::Arc;

use crate::diag::codes::tree::NOT_UTF8;
use crate::diag::{Diagnostic, Place, Severity, SourcePath, SourceText};

const BOM: &[u8] = b"\xef\xbb\xbf";

/// A text and what was odd about its bytes.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: Arc<SourceText>,
    oddity: Option<Oddity>,
}

#[derive(Debug, Clone, Copy)]
enum Oddity {
    /// The first byte that is not UTF-8, counted from the beginning of the file.
    BadByte(usize),
    Utf16,
}

/// Decodes the bytes of a file; any bytes give a text.
pub(super) fn decode(path: &SourcePath, bytes: &[u8]) -> Decoded {
    let (text, oddity) = match (std::str::from_utf8(bytes), bytes) {
        (Ok(text), _) => (text.to_owned(), None),
        (_, [0xff, 0xfe, rest @ ..]) => (utf16(rest, u16::from_le_bytes), Some(Oddity::Utf16)),
        (_, [0xfe, 0xff, rest @ ..]) => (utf16(rest, u16::from_be_bytes), Some(Oddity::Utf16)),
        (Err(error), _) => (String::from_utf8_lossy(bytes).into_owned(), Some(Oddity::BadByte(error.valid_up_to()))),
    };
    Decoded { text: Arc::new(SourceText::new(path.clone(), text)), oddity }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let half = (!rest.is_empty()).then_some(0xfffd);
    String::from_utf16_lossy(&pairs.iter().map(|pair| unit(*pair)).chain(half).collect::<Vec<u16>>())
}

impl Decoded {
    /// Returns `not-utf8` when the bytes are not UTF-8: an error when text was lost, a warning when it was not.
    pub fn problem(&self, bytes: &[u8]) -> Option<Diagnostic> {
        match self.oddity? {
            Oddity::Utf16 => Some(
                Diagnostic::new(NOT_UTF8, Place::top(&self.text), "the file is UTF-16")
                    .severity(Severity::Warning)
                    .help("save the file as UTF-8: other tools may not read it"),
            ),
            Oddity::BadByte(at) => {
                let mark = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
                let start = at - mark;
                let place = Place::new(&self.text, start..start + char::REPLACEMENT_CHARACTER.len_utf8());
                let message = format!("byte {:#04x} at offset {at} is not UTF-8", bytes[at]);
                Some(Diagnostic::new(NOT_UTF8, place, message).help("save the file as UTF-8"))
            }
        }
    }
}
