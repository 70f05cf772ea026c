//! What `build`, `check` and `serve` share: which portal, and the pipeline up to the plan of its site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::context::Context;
use super::progress::Progress;
use super::{Failure, say};
use crate::diag::print::{Format, Look, print};
use crate::diag::{Report, Severity};
use crate::{Built, Memo, Options, source};

/// Diagnostics that people are shown unless they ask for all.
const SHOWN: usize = 50;

/// Which portal.
#[derive(Debug, Args)]
pub(super) struct PortalArguments {
    /// The folder of the portal
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
    /// Where the site will be published; wins over `base_url` of portal.toml
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Include documents marked as drafts
    #[arg(long)]
    pub drafts: bool,
    /// Include documents for this audience
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,
}

impl PortalArguments {
    /// Returns the options of the pipeline.
    pub fn options(&self, context: &Context) -> Options {
        Options {
            drafts: self.drafts,
            audience: self.audience.clone(),
            base_url: self.base_url.clone(),
            built_at: context.built_at,
        }
    }

    /// Returns the output folder that is used when none is named.
    pub fn default_out(&self) -> PathBuf {
        self.folder.join("site")
    }
}

/// Whether warnings count as errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    Lenient,
    Strict,
}

impl Strictness {
    /// Takes the flag `--strict`.
    pub fn of(strict: bool) -> Strictness {
        if strict { Strictness::Strict } else { Strictness::Lenient }
    }
}

/// Reads the folder and runs the pipeline, on threads with a deep stack.
///
/// The report has what the reading found too, with the portal's own severities, sorted.
pub(super) fn build(
    arguments: &PortalArguments,
    out: &Path,
    strictness: Strictness,
    context: &Context,
    progress: &Progress,
) -> Result<Built, Failure> {
    let started = Instant::now();
    progress.phase("reading");
    let pool = crate::serve::deep_pool().map_err(Failure::machine)?;
    let (tree, mut report) = pool.install(|| source::read(&arguments.folder, out, None)).map_err(Failure::usage)?;
    note(context, "read", tree.files.len(), "files", started);

    let started = Instant::now();
    progress.phase("checking");
    let options = arguments.options(context);
    let built = pool.install(|| crate::build(&tree, &options, &Memo::default()));
    note(context, "planned", built.site.outputs.len(), "outputs", started);
    crate::config::apply_levels(&built.portal.settings, &mut report);
    report.extend(built.report);
    if strictness == Strictness::Strict {
        report.retain_mut(|diagnostic| {
            if diagnostic.severity == Severity::Warning {
                diagnostic.severity = Severity::Error;
            }
            true
        });
    }
    Ok(Built { report: report.sorted(), ..built })
}

/// Says a figure under `-v`.
pub(super) fn note(context: &Context, verb: &str, count: usize, things: &str, since: Instant) {
    if context.verbose {
        say(&format!("{verb} {count} {things} in {:.3} s\n", since.elapsed().as_secs_f64()));
    }
}

/// Returns the report for people, the first of its diagnostics unless `at_most` is `None`. `-q` leaves only errors.
pub(super) fn for_people(
    report: &Report,
    folder: &Path,
    at_most: Option<usize>,
    color: bool,
    context: &Context,
) -> String {
    let mut report = report.clone();
    report.retain_mut(|diagnostic| !context.quiet || diagnostic.severity == Severity::Error);
    print(&report, Format::Human, &Look { prefix: context.prefix(folder), color, at_most })
}

/// Returns how many diagnostics people are shown.
pub(super) fn shown(all: bool) -> Option<usize> {
    (!all).then_some(SHOWN)
}
