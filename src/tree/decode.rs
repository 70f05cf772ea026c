//! The bytes of a file to text.

use std::sync::Arc;

use crate::diag::codes::tree::NOT_UTF8;
use crate::diag::{Diagnostic, Place, SourcePath, SourceText};

/// Decodes UTF-8, with or without a byte order mark, and UTF-16 with one.
///
/// Gives `not-utf8` otherwise, which names the first byte that cannot be read. Its place holds the text with the
/// unreadable bytes replaced, so that the line can be shown.
pub fn decode(bytes: &[u8], path: &SourcePath) -> Result<SourceText, Box<Diagnostic>> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Err(utf32(path)),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes, path),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes, path),
        _ => utf8(bytes, path),
    }
}

fn utf8(bytes: &[u8], path: &SourcePath) -> Result<SourceText, Box<Diagnostic>> {
    let Err(error) = std::str::from_utf8(bytes) else {
        return Ok(SourceText::new(path.clone(), String::from_utf8_lossy(bytes)));
    };
    let at = error.valid_up_to();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let message = format!("the byte 0x{byte:02X} at offset {at} is not UTF-8");
    let mark = if bytes.starts_with("\u{feff}".as_bytes()) { '\u{feff}'.len_utf8() } else { 0 };
    Err(not_utf8(path, String::from_utf8_lossy(bytes).into_owned(), at.saturating_sub(mark), message))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, path: &SourcePath) -> Result<SourceText, Box<Diagnostic>> {
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let mut text = String::with_capacity(bytes.len());
    let mut broken = None;
    let mut units = 0;
    for read in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
        if read.is_err() {
            broken.get_or_insert((units, text.len()));
        }
        let character = read.unwrap_or(char::REPLACEMENT_CHARACTER);
        units += character.len_utf16();
        text.push(character);
    }
    if odd {
        broken.get_or_insert((units, text.len()));
        text.push(char::REPLACEMENT_CHARACTER);
    }
    let Some((unit, at)) = broken else { return Ok(SourceText::new(path.clone(), text)) };
    // The two bytes of the byte order mark come first.
    let message = format!("the two bytes at offset {} are not UTF-16", unit * 2 + 2);
    Err(not_utf8(path, text, at, message))
}

fn utf32(path: &SourcePath) -> Box<Diagnostic> {
    not_utf8(path, String::new(), 0, "the file is UTF-32".into())
}

fn not_utf8(path: &SourcePath, lossy: String, at: usize, message: String) -> Box<Diagnostic> {
    let source = Arc::new(SourceText::new(path.clone(), lossy));
    let end = at + source.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Box::new(Diagnostic::new(NOT_UTF8, Place::new(&source, at..end), message).help("save the file as UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        match decode(bytes, &SourcePath::new("a.md")) {
            Ok(source) => source.text,
            Err(found) => {
                let at = found.place.line_column();
                format!("{}:{} {} in {:?}", at.line, at.column, found.message, found.place.source.text)
            }
        }
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(to_bytes).collect()
    }

    #[test]
    fn a_byte_order_mark_is_dropped_and_tells_utf16() {
        assert_eq!(text("ä€😀".as_bytes()), "ä€😀");
        assert_eq!(text("\u{feff}ä".as_bytes()), "ä");
        assert_eq!(text(&utf16("ä€😀", u16::to_le_bytes)), "ä€😀");
        assert_eq!(text(&utf16("ä€😀", u16::to_be_bytes)), "ä€😀");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_offset() {
        assert_eq!(
            text(b"a: b\nc: \xe9t\xe9"),
            "2:4 the byte 0xE9 at offset 8 is not UTF-8 in \"a: b\\nc: \u{fffd}t\u{fffd}\""
        );
        assert_eq!(text(b"\xef\xbb\xbfa\xff"), "1:2 the byte 0xFF at offset 4 is not UTF-8 in \"a\u{fffd}\"");
        assert_eq!(text(b"\xff\xfea\0b"), "1:2 the two bytes at offset 4 are not UTF-16 in \"a\u{fffd}\"");
        assert_eq!(text(b"\xfe\xff\xd8\x3d\0a"), "1:1 the two bytes at offset 2 are not UTF-16 in \"\u{fffd}a\"");
        assert_eq!(text(b"\xff\xfe\0\0a\0\0\0"), "1:1 the file is UTF-32 in \"\"");
    }
}
