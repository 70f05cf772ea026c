//! Syntax errors of YAML in the author's words.

use granit_parser::{ErrorKind, ScanError};

use super::Reader;
use crate::diag::codes::tree::YAML_SYNTAX;

impl Reader<'_> {
    /// Reports the error that ended the parser.
    pub(super) fn syntax_error(&mut self, error: &ScanError, fallback: usize) {
        let at = error.marker().byte_offset().map_or(fallback, |at| self.base + at);
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            return self.problems.too_deep(at, self.depth);
        }
        let range = self.problems.character(at);
        let diagnostic = self.problems.at(YAML_SYNTAX, range, error.info());
        self.problems.push(diagnostic);
    }
}
