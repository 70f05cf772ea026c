//! A report as text: for people, and in the formats that CI systems read.
//!
//! Takes a sorted [`Report`] and gives one string; where it goes is the command line's business. Input that comes
//! from the portal's files never reaches a terminal or a CI command unescaped.

use super::{Diagnostic, Report};

mod ci;
mod excerpt;
mod fingerprint;
mod human;
mod json;
mod junit;
mod sarif;

pub use excerpt::clean;
pub use fingerprint::fingerprints;

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: the line, a mark below it, and what to do.
    Human,
    /// One JSON object with every field of every diagnostic.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit XML.
    Junit,
}

/// How to print.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The input folder as seen from where the command runs, with a trailing `/`, or empty: put before every path, so
    /// that editors and CI systems find the file.
    pub prefix: String,
    /// Colour, for people only.
    pub color: bool,
    /// How many diagnostics are shown to people; `None` for every one.
    pub at_most: Option<usize>,
}

impl Look {
    fn path(&self, diagnostic_path: &super::SourcePath) -> String {
        format!("{}{diagnostic_path}", self.prefix)
    }
}

/// Returns the report in a format. The report must be sorted.
pub fn print(report: &Report, format: Format, look: &Look) -> String {
    let diagnostics: Vec<&Diagnostic> = report.iter().collect();
    match format {
        Format::Human => human::print(&diagnostics, look),
        Format::Json => json::print(&diagnostics, report.counts(), look),
        Format::Sarif => sarif::print(&diagnostics, &fingerprints(report), look),
        Format::Github => ci::github(&diagnostics, look),
        Format::Gitlab => ci::gitlab(&diagnostics, &fingerprints(report), look),
        Format::Junit => junit::print(&diagnostics, look),
    }
}

#[cfg(test)]
mod tests;
