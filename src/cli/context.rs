//! What the environment says, read once: terminals, colour, the clock's replacement, the user's folders.

use std::env;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::Failure;

/// Everything a command may know of where it runs.
#[derive(Debug)]
pub(super) struct Context {
    /// `-q`.
    pub quiet: bool,
    /// `-v`.
    pub verbose: bool,
    /// Standard error is a terminal.
    pub is_terminal: bool,
    /// Standard error may be coloured.
    pub color: bool,
    /// Standard output may be coloured.
    pub color_answer: bool,
    /// `SOURCE_DATE_EPOCH`.
    pub built_at: Option<i64>,
    /// The user's home folder.
    pub home: Option<PathBuf>,
    folder: Option<PathBuf>,
}

impl Context {
    /// Reads the environment. Errors when `SOURCE_DATE_EPOCH` is no number.
    pub fn new(quiet: bool, verbose: bool) -> Result<Context, Failure> {
        // https://no-color.org: any value but the empty one.
        let plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || env::var_os("TERM").is_some_and(|value| value == "dumb");
        let is_terminal = std::io::stderr().is_terminal();
        Ok(Context {
            quiet,
            verbose,
            is_terminal,
            color: is_terminal && !plain,
            color_answer: std::io::stdout().is_terminal() && !plain,
            built_at: built_at()?,
            home: env::home_dir(),
            folder: env::current_dir().ok(),
        })
    }

    /// Returns a folder as diagnostics name it: relative to the working folder where it lies below it, with a
    /// trailing `/`; empty for the working folder itself.
    pub fn prefix(&self, folder: &Path) -> String {
        let real = folder.canonicalize().ok();
        let below = real.as_deref().zip(self.folder.as_deref()).and_then(|(real, here)| real.strip_prefix(here).ok());
        let shown = below.unwrap_or(folder);
        let parts: Vec<String> = shown.components().map(|part| part.as_os_str().to_string_lossy().into()).collect();
        match parts.join("/") {
            path if path.is_empty() || path == "." => String::new(),
            path => format!("{}/", path.replace("//", "/")),
        }
    }
}

fn built_at() -> Result<Option<i64>, Failure> {
    let Some(value) = env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) else { return Ok(None) };
    match value.to_str().and_then(|value| value.parse().ok()) {
        Some(seconds) => Ok(Some(seconds)),
        None => Err(Failure::usage(anyhow::anyhow!(
            "SOURCE_DATE_EPOCH is `{}`, which is no number of seconds since 1970",
            value.display()
        ))),
    }
}
