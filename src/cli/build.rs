//! `portolan build`.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::context::Context;
use super::portal::{self, PortalArguments, Strictness};
use super::progress::Progress;
use super::summary::summary;
use super::{Done, Failure, say};
use crate::Built;
use crate::diag::Report;
use crate::publish::{self, Published, Target};

/// Carried-over files that are named.
const NAMED: usize = 5;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    portal: PortalArguments,
    /// The folder to write the site to [default: DIR/site]
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// Write the site even with errors, and still exit with 1
    #[arg(long)]
    keep_going: bool,
    /// Show every diagnostic, not only the first 50
    #[arg(long)]
    all: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Done, Failure> {
    let started = Instant::now();
    let progress = Progress::start(context);
    let out = arguments.out.clone().unwrap_or_else(|| arguments.portal.default_out());
    let target = Target { out: &out, input: &arguments.portal.folder, home: context.home.as_deref() };
    publish::check(&target)?;
    let strictness = Strictness::of(arguments.strict);
    let mut built = portal::build(&arguments.portal, &out, strictness, context, &progress)?;
    let at_most = portal::shown(arguments.all);
    let shown = portal::for_people(&built.report, &arguments.portal.folder, at_most, context.color, context);
    if built.report.has_errors() && !arguments.keep_going {
        drop(progress);
        say(&shown);
        let line = summary(&built, started.elapsed());
        say_unless_quiet(context, &format!("not built: {line} · nothing was written\n"));
        return Ok(Done::Mistakes);
    }
    progress.phase("writing");
    let written = Instant::now();
    let published = publish::write(&built.site, &target, &|done, total| progress.count(done, total));
    drop(progress);
    let shown = match &published {
        Ok(published) => {
            built.report = with_large_pages(&built, published);
            portal::for_people(&built.report, &arguments.portal.folder, at_most, context.color, context)
        }
        Err(_) => shown,
    };
    say(&shown);
    let published = published?;
    portal::note(context, "wrote", published.digests.len(), "files", written);
    let line = format!("built {} → {}/\n", summary(&built, started.elapsed()), out.display());
    say_unless_quiet(context, &(afterthoughts(&published) + &line));
    Ok(Done::of(&built.report))
}

/// Adds what is only known once the pages are written.
fn with_large_pages(built: &Built, published: &Published) -> Report {
    let sizes = published.digests.iter().map(|digest| (&digest.path, digest.bytes));
    let mut large = crate::check::page_large::run(&built.portal, sizes);
    crate::config::apply_levels(&built.portal.settings, &mut large);
    let mut report = built.report.clone();
    report.extend(large);
    report.sorted()
}

fn say_unless_quiet(context: &Context, text: &str) {
    if !context.quiet {
        say(text);
    }
}

/// Tells of files in the output folder that are not Portolan's, and of what could not be tidied.
fn afterthoughts(published: &Published) -> String {
    let mut text = String::new();
    if !published.foreign.is_empty() {
        let names: Vec<String> = published.foreign.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
        let more = match published.foreign.len() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        text.push_str(&format!("kept {}{more}: not written by Portolan\n", names.join(", ")));
    }
    for untidy in &published.untidy {
        text.push_str(&format!("warning: the old site could not be tidied away: {untidy}\n"));
    }
    text
}
