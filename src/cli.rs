//! The command line: arguments in, one stage after the other, words and an exit code out.
//!
//! The only module that prints and that looks at the environment. Exit codes: 0 done; 1 mistakes in the portal;
//! 2 a mistaken command; 3 the machine refused. Standard output carries what was asked for, alone; everything said
//! about it goes to standard error.

#![allow(clippy::disallowed_methods, reason = "the command line measures time and writes what `new` makes")]

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::diag::print::clean;
use crate::publish::Refused;

mod baseline;
mod build;
mod check;
mod completions;
mod context;
mod explain;
mod new;
mod portal;
mod progress;
mod search;
mod serve;
mod summary;

use context::Context;

/// Turns one folder of API descriptions, guides, stories, roadmaps and changelogs into a developer portal.
#[derive(Debug, Parser)]
#[command(name = "portolan", version, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say what takes how long
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a small portal to begin with
    New(new::Arguments),
    /// Write the site
    Build(build::Arguments),
    /// Show the portal in a browser while it is written
    Serve(serve::Arguments),
    /// Find every mistake and write nothing
    Check(check::Arguments),
    /// Search the portal as its site does
    Search(search::Arguments),
    /// Say what a diagnostic means and how to mend it
    Explain(explain::Arguments),
    /// Print the completions of a shell
    Completions(completions::Arguments),
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Context::new(cli.quiet, cli.verbose).and_then(|context| match cli.command {
        Command::New(arguments) => new::run(&arguments, &context),
        Command::Build(arguments) => build::run(&arguments, &context),
        Command::Serve(arguments) => serve::run(&arguments, context),
        Command::Check(arguments) => check::run(&arguments, &context),
        Command::Search(arguments) => search::run(&arguments, &context),
        Command::Explain(arguments) => explain::run(&arguments, &context),
        Command::Completions(arguments) => completions::run(&arguments, &context),
    });
    match outcome {
        Ok(Done::Clean) => ExitCode::SUCCESS,
        Ok(Done::Mistakes) => ExitCode::from(1),
        Err(failure) => {
            say(&format!("error: {}\n", clean(&failure.message)));
            if let Some(help) = failure.help {
                say(&format!("  help: {}\n", clean(&help)));
            }
            ExitCode::from(failure.code)
        }
    }
}

/// How a command ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Clean,
    /// The portal has errors.
    Mistakes,
}

impl Done {
    fn of(report: &crate::diag::Report) -> Done {
        if report.has_errors() { Done::Mistakes } else { Done::Clean }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
struct Failure {
    code: u8,
    message: String,
    help: Option<String>,
}

impl Failure {
    /// A mistaken command or folder.
    fn usage(error: impl Into<anyhow::Error>) -> Failure {
        Failure { code: 2, message: format!("{:#}", error.into()), help: None }
    }

    /// The machine refused.
    fn machine(error: impl Into<anyhow::Error>) -> Failure {
        Failure { code: 3, message: format!("{:#}", error.into()), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Failure {
        self.help = Some(help.into());
        self
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Failure {
        Failure { code: refused.exit_code(), message: refused.to_string(), help: Some(refused.help().to_owned()) }
    }
}

/// Writes to standard error. That nobody listens is no reason to stop.
fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Writes what was asked for to standard output; a reader that has gone away has had enough.
fn answer(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::machine(anyhow::Error::new(error).context("cannot write to standard output")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
