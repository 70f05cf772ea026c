//! The bar on a terminal, when the work takes longer than half a second.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::context::Context;

const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);

/// The bar; hidden until it has something to tell. Gone when it is dropped.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    // Dropped with the bar: the thread that waits to show it ends.
    _end: Sender<()>,
}

impl Progress {
    /// Begins the wait. Never shows anything when standard error is no terminal, or under `-q`.
    pub fn start(context: &Context) -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let (end, ended) = channel::<()>();
        if context.is_terminal && !context.quiet {
            let bar = bar.clone();
            std::thread::spawn(move || {
                if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) && !bar.is_finished() {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(TICK);
                }
            });
        }
        Progress { bar, _end: end }
    }

    /// Names what is being done.
    pub fn phase(&self, name: &'static str) {
        self.bar.set_message(name);
    }

    /// Tells how much of a counted phase is done.
    pub fn count(&self, done: usize, total: usize) {
        if self.bar.length() != Some(total as u64) {
            self.bar.set_length(total as u64);
            if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:32}] {pos} of {len}") {
                self.bar.set_style(style.progress_chars("=> "));
            }
        }
        self.bar.set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
