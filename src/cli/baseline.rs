//! Baselines: a list of known mistakes, so that a check can be switched on before all are mended.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::Failure;
use super::summary::count;
use crate::diag::Report;
use crate::diag::print::fingerprints;

/// The file. Each entry names its code and file for those who review it; only the fingerprint counts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Baseline {
    version: u32,
    mistakes: BTreeMap<String, Known>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Known {
    code: String,
    file: String,
}

/// Writes every diagnostic of the report to the file. Returns how many.
pub(super) fn write(file: &Path, report: &Report) -> Result<usize, Failure> {
    let known = report.iter().map(|d| Known { code: d.code.name.to_owned(), file: d.place.path().to_string() });
    let baseline = Baseline { version: 1, mistakes: fingerprints(report).into_iter().zip(known).collect() };
    let text = serde_json::to_string_pretty(&baseline).expect("a baseline holds only strings and numbers") + "\n";
    let written = fs::write(file, text).with_context(|| format!("cannot write `{}`", file.display()));
    written.map_err(Failure::machine)?;
    Ok(baseline.mistakes.len())
}

/// Reads a baseline.
pub(super) fn read(file: &Path) -> Result<Baseline, Failure> {
    let shown = file.display();
    let text = fs::read(file).with_context(|| format!("cannot read the baseline `{shown}`"));
    let text = text.map_err(|error| Failure::usage(error).help("`--write-baseline` makes it"))?;
    let baseline: Baseline = serde_json::from_slice(&text)
        .with_context(|| format!("`{shown}` is no baseline"))
        .map_err(|error| Failure::usage(error).help("write it anew with `--write-baseline`"))?;
    match baseline.version {
        1 => Ok(baseline),
        other => {
            Err(Failure::usage(anyhow::anyhow!("`{shown}` is a baseline of version {other}; this program knows 1"))
                .help("write it anew with `--write-baseline`"))
        }
    }
}

/// What a baseline did to a report.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LeftOut {
    known: usize,
    mended: usize,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, " · {} left out by the baseline", count(self.known, "known mistake"))?;
        if self.mended > 0 {
            write!(out, ", {} more mended since: `--write-baseline` forgets them", self.mended)?;
        }
        Ok(())
    }
}

/// Drops the diagnostics that the baseline lists.
pub(super) fn leave_out(report: &mut Report, baseline: &Baseline) -> LeftOut {
    let fingerprints = fingerprints(report);
    let mut each = fingerprints.iter();
    let is_new = |fingerprint: Option<&String>| fingerprint.is_none_or(|f| !baseline.mistakes.contains_key(f));
    report.retain_mut(|_| is_new(each.next()));
    let present: BTreeSet<&String> = fingerprints.iter().collect();
    let known = baseline.mistakes.keys().filter(|fingerprint| present.contains(fingerprint)).count();
    LeftOut { known, mended: baseline.mistakes.len() - known }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::codes::portal::BROKEN_LINK;
    use crate::diag::{Diagnostic, Place, SourcePath, SourceText};

    fn report(text: &str) -> Report {
        let source = Arc::new(SourceText::new(SourcePath::new("a.md"), text));
        let mut report = Report::default();
        for (at, word) in text.match_indices("bad") {
            report.push(Diagnostic::new(BROKEN_LINK, Place::new(&source, at..at + word.len()), "no page at `bad`"));
        }
        report
    }

    #[test]
    fn known_mistakes_are_left_out_and_new_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("baseline.json");
        assert_eq!(write(&file, &report("bad bad")).unwrap(), 2);
        let baseline = read(&file).unwrap();

        let mut more = report("moved\nbad bad bad");
        assert_eq!(leave_out(&mut more, &baseline), LeftOut { known: 2, mended: 0 });
        assert_eq!(more.iter().count(), 1);

        let mut mended = report("bad");
        assert_eq!(leave_out(&mut mended, &baseline), LeftOut { known: 1, mended: 1 });
        assert_eq!(mended.iter().count(), 0);
    }

    #[test]
    fn a_missing_or_strange_baseline_is_a_mistaken_command() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("baseline.json");
        assert_eq!(read(&file).unwrap_err().code, 2);
        for text in ["", "[]", r#"{"version":2,"mistakes":{}}"#] {
            fs::write(&file, text).unwrap();
            let failure = read(&file).unwrap_err();
            assert_eq!(failure.code, 2);
            assert!(failure.help.unwrap().contains("--write-baseline"));
        }
    }
}
