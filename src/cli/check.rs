//! `portolan check`.

use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::baseline;
use super::context::Context;
use super::portal::{self, PortalArguments, Strictness};
use super::progress::Progress;
use super::summary::{count, summary};
use super::{Done, Failure, answer, say};
use crate::diag::print::{Format, Look, print};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    portal: PortalArguments,
    /// How to print the diagnostics
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    format: Shape,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// Leave out the mistakes that this file lists
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write every mistake of now to the baseline
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
    /// Show every diagnostic, not only the first 50
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// For people
    Human,
    /// Every field
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit XML
    Junit,
}

impl Shape {
    fn format(self) -> Format {
        match self {
            Shape::Human => Format::Human,
            Shape::Json => Format::Json,
            Shape::Sarif => Format::Sarif,
            Shape::Github => Format::Github,
            Shape::Gitlab => Format::Gitlab,
            Shape::Junit => Format::Junit,
        }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Done, Failure> {
    let started = Instant::now();
    let progress = Progress::start(context);
    let out = arguments.portal.default_out();
    let strictness = Strictness::of(arguments.strict);
    let mut built = portal::build(&arguments.portal, &out, strictness, context, &progress)?;
    drop(progress);

    let mut known = String::new();
    if let Some(file) = &arguments.baseline {
        if arguments.write_baseline {
            let written = baseline::write(file, &built.report)?;
            say(&format!("wrote {} to {}\n", count(written, "known mistake"), file.display()));
            return Ok(Done::Clean);
        }
        known = baseline::leave_out(&mut built.report, &baseline::read(file)?).to_string();
    }
    match arguments.format {
        Shape::Human => {
            let (folder, at_most) = (&arguments.portal.folder, portal::shown(arguments.all));
            answer(&portal::for_people(&built.report, folder, at_most, context.color_answer, context))?;
        }
        shape => {
            let look = Look { prefix: context.prefix(&arguments.portal.folder), color: false, at_most: None };
            answer(&print(&built.report, shape.format(), &look))?;
        }
    }
    if !context.quiet {
        say(&format!("checked {}{known}\n", summary(&built, started.elapsed())));
    }
    Ok(Done::of(&built.report))
}
