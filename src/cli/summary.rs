//! The one line that a command ends with.

use std::time::Duration;

use crate::Built;
use crate::diag::Counts;

/// Returns `412 pages · 2 APIs · 38 operations · 0 errors, 3 warnings · 0.84 s`.
pub(super) fn summary(built: &Built, took: Duration) -> String {
    let portal = &built.portal;
    let operations: usize = portal.current_apis().map(|(_, edition)| edition.api.operations.len()).sum();
    [
        count(portal.routes.len(), "page"),
        count(portal.current_apis().count(), "API"),
        count(operations, "operation"),
        mistakes(built.report.counts()),
        format!("{:.2} s", took.as_secs_f64()),
    ]
    .join(" · ")
}

/// Returns `2 errors, 3 warnings`, and the hints when there are any.
pub(super) fn mistakes(counts: Counts) -> String {
    let mut text = format!("{}, {}", count(counts.errors, "error"), count(counts.warnings, "warning"));
    if counts.infos > 0 {
        text.push_str(&format!(", {}", count(counts.infos, "hint")));
    }
    text
}

/// Returns the number with the word, in the plural where it is not one.
pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_their_numbers() {
        assert_eq!(mistakes(Counts { errors: 1, warnings: 0, infos: 0 }), "1 error, 0 warnings");
        assert_eq!(mistakes(Counts { errors: 0, warnings: 2, infos: 1 }), "0 errors, 2 warnings, 1 hint");
    }
}
