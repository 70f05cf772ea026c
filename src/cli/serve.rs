//! `portolan serve`.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::context::Context;
use super::portal::{self, PortalArguments};
use super::summary::{count, mistakes};
use super::{Done, Failure, say};
use crate::diag::Counts;
use crate::serve::{Notice, Setup, Stopped, TakenPort, run as serve};
use crate::{Memo, build};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    portal: PortalArguments,
    /// The port to listen at; the next free one is used when it is taken
    #[arg(short, long, value_name = "N", default_value_t = 4000)]
    port: u16,
    /// Stop when the port is taken
    #[arg(long)]
    strict_port: bool,
    /// The name or address to listen at; anything but this machine's own lets others read the portal
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Open the portal in a browser
    #[arg(long)]
    open: bool,
}

pub(super) fn run(arguments: &Arguments, context: Context) -> Result<Done, Failure> {
    let (options, memo) = (arguments.portal.options(&context), Memo::default());
    let setup = Setup {
        folder: arguments.portal.folder.clone(),
        out: arguments.portal.default_out(),
        pipeline: Box::new(move |tree| build(tree, &options, &memo)),
        host: arguments.host.clone(),
        port: arguments.port,
        taken_port: if arguments.strict_port { TakenPort::Refuse } else { TakenPort::UseNext },
    };
    let folder = arguments.portal.folder.clone();
    let open = arguments.open;
    let voice = move |notice: Notice| tell(notice, &folder, open, &context);
    match serve(setup, Arc::new(voice)) {
        Ok(()) => Ok(Done::Clean),
        Err(Stopped::Usage(error)) => Err(Failure::usage(error)),
        Err(Stopped::Machine(error)) => Err(Failure::machine(error).help("`--port` and `--host` name others")),
    }
}

fn tell(notice: Notice, folder: &std::path::Path, open: bool, context: &Context) {
    match notice {
        Notice::Listening { url, taken, is_open } => {
            if let Some(port) = taken {
                say(&format!("port {port} is taken\n"));
            }
            if is_open {
                say("warning: every machine that reaches this one can read the portal, drafts included\n");
            }
            say(&format!("serving {url} · Ctrl-C stops\n"));
            if open {
                open_browser(&url);
            }
        }
        Notice::Rebuilt { changed, took, report, new } => {
            say(&portal::for_people(&new, folder, portal::shown(false), context.color, context));
            if !context.quiet {
                say(&rebuilt(changed, took, report.counts()));
            }
        }
        Notice::Trouble(words) => say(&format!("warning: {words}\n")),
    }
}

/// Returns `2 files changed · 14 ms · 1 warning`; `ready · …` at the start.
fn rebuilt(changed: usize, took: Duration, counts: Counts) -> String {
    let what = if changed == 0 { "ready".to_owned() } else { format!("{} changed", count(changed, "file")) };
    let state = match counts {
        Counts { errors: 0, warnings: 0, .. } => "no mistakes".to_owned(),
        Counts { errors: 0, warnings, .. } => count(warnings, "warning"),
        counts => mistakes(counts),
    };
    format!("{what} · {} ms · {state}\n", took.as_millis())
}

fn open_browser(url: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        say(&format!("warning: no browser could be opened (`{program}` is missing)\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_tells_what_a_change_did() {
        let line = |changed, errors, warnings| {
            rebuilt(changed, Duration::from_millis(14), Counts { errors, warnings, infos: 0 })
        };
        assert_eq!(line(2, 0, 1), "2 files changed · 14 ms · 1 warning\n");
        assert_eq!(line(1, 1, 0), "1 file changed · 14 ms · 1 error, 0 warnings\n");
        assert_eq!(line(0, 0, 0), "ready · 14 ms · no mistakes\n");
    }
}
