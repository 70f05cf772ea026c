//! `portolan completions`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::context::Context;
use super::{Cli, Done, Failure, answer};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, _: &Context) -> Result<Done, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "portolan", &mut script);
    answer(&String::from_utf8_lossy(&script))?;
    Ok(Done::Clean)
}
