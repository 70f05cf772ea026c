//! The text of one input file, and places in it.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// A path below the input folder, with `/` between its parts, as printed in diagnostics.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a path relative to the input folder, with `/` as separator.
    pub fn new(path: impl Into<Arc<str>>) -> SourcePath {
        SourcePath(path.into())
    }

    /// Returns the whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns what stands after the last `/`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Returns the file name without its last extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rfind('.').filter(|&dot| dot > 0).map_or(name, |dot| &name[..dot])
    }

    /// Returns the extension in lower case, without the dot; empty when there is none.
    pub fn extension(&self) -> String {
        let name = self.file_name();
        name.rfind('.').filter(|&dot| dot > 0).map_or(String::new(), |dot| name[dot + 1..].to_ascii_lowercase())
    }

    /// Returns the folder that holds the file, without a trailing `/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rfind('/').map_or("", |slash| &self.0[..slash])
    }

    /// Returns the parts between the slashes.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/')
    }

    /// Resolves a relative reference (RFC 3986, section 5.2.4) against this file's folder.
    ///
    /// Returns `None` when it leaves the input folder. A reference that begins with `/` is taken from the top.
    pub fn join(&self, reference: &str) -> Option<SourcePath> {
        let mut parts: Vec<&str> = match reference.strip_prefix('/') {
            Some(_) => Vec::new(),
            None => self.folder().split('/').filter(|part| !part.is_empty()).collect(),
        };
        for part in reference.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                other => parts.push(other),
            }
        }
        Some(SourcePath::new(parts.join("/")))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The text of one input file.
#[derive(Debug)]
pub struct SourceText {
    /// Where the file lies.
    pub path: SourcePath,
    /// Its text, without a byte order mark.
    pub text: String,
    line_starts: OnceLock<Vec<u32>>,
}

/// A 1-based line and a 1-based column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in Unicode scalar values.
    pub column: u32,
}

impl SourceText {
    /// Takes the path and the whole text; a leading byte order mark is dropped.
    pub fn new(path: SourcePath, text: impl Into<String>) -> SourceText {
        let mut text: String = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        SourceText { path, text, line_starts: OnceLock::new() }
    }

    /// Returns the line and column of a byte offset; an offset past the end counts as the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let starts = self.line_starts();
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = starts.partition_point(|&start| start as usize <= offset);
        let begin = starts[line - 1] as usize;
        let column = self.text[begin..offset].chars().count() + 1;
        LineColumn { line: line as u32, column: column as u32 }
    }

    /// Returns the text of a 1-based line, without its line end.
    pub fn line(&self, line: u32) -> &str {
        let starts = self.line_starts();
        let index = (line.max(1) as usize - 1).min(starts.len() - 1);
        let begin = starts[index] as usize;
        let end = starts.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        self.text[begin..end].trim_end_matches(['\n', '\r'])
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let after_newline = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(after_newline.map(|(at, _)| at as u32 + 1)).collect()
        })
    }
}

/// A stretch of an input file: what a diagnostic points at.
#[derive(Clone)]
pub struct Place {
    /// The file.
    pub source: Arc<SourceText>,
    /// The first byte.
    pub start: usize,
    /// The byte after the last one; equal to `start` when a point is meant.
    pub end: usize,
}

impl Place {
    /// Takes a file and a byte range of it; a range past the end is cut to the text.
    pub fn new(source: &Arc<SourceText>, range: std::ops::Range<usize>) -> Place {
        let length = source.text.len();
        let start = range.start.min(length);
        Place { source: Arc::clone(source), start, end: range.end.clamp(start, length) }
    }

    /// Returns the very beginning of a file.
    pub fn top(source: &Arc<SourceText>) -> Place {
        Place::new(source, 0..0)
    }

    /// Returns the place of a file that has no text: unreadable, binary, or a folder.
    pub fn file(path: SourcePath) -> Place {
        Place::top(&Arc::new(SourceText::new(path, "")))
    }

    /// Returns line and column of the first byte.
    pub fn line_column(&self) -> LineColumn {
        self.source.line_column(self.start)
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &SourcePath {
        &self.source.path
    }
}

impl fmt::Display for Place {
    /// Writes `file:line:col`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LineColumn { line, column } = self.line_column();
        write!(out, "{}:{line}:{column}", self.source.path)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let text = SourceText::new(SourcePath::new("a.md"), "\u{feff}äb\r\ncd");
        assert_eq!(text.line_column(2), LineColumn { line: 1, column: 2 });
        assert_eq!(text.line_column(5), LineColumn { line: 2, column: 1 });
        assert_eq!(text.line_column(999), LineColumn { line: 2, column: 3 });
        assert_eq!(text.line(1), "äb");
    }

    #[test]
    fn a_reference_that_leaves_the_folder_is_refused() {
        let path = SourcePath::new("apis/a/openapi.yaml");
        assert_eq!(path.join("../b/./c.yaml").map(|p| p.to_string()), Some("apis/b/c.yaml".into()));
        assert_eq!(path.join("../../../etc/passwd"), None);
    }
}
