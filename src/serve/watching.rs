//! When to look again. Events are hints: they only say that something may have changed, and the look decides.
//!
//! Folders are watched, not files, because editors replace files. On Linux exactly the folders that the portal was
//! read from are watched, so that `node_modules` costs nothing; elsewhere the system watches a whole tree at once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::rebuild::{Outcome, Worker};
use super::snapshot::Snapshot;
use super::{Notice, Voice};
use crate::source;

/// An editor's save is several events; no more of them for this long means that it is done.
const QUIET: Duration = Duration::from_millis(30);

/// Longer than this nobody waits for quiet.
const PATIENCE: Duration = Duration::from_millis(250);

/// How often to look where nothing tells of changes.
const POLL: Duration = Duration::from_secs(1);

/// Watches one folder after another, or with everything below it.
const MODE: RecursiveMode = if cfg!(any(target_os = "linux", target_os = "android")) {
    RecursiveMode::NonRecursive
} else {
    RecursiveMode::Recursive
};

/// A hint from the system.
#[derive(Debug, Default)]
struct Hint {
    /// Entries that were removed or renamed: a folder of that name is another one now.
    gone: Vec<PathBuf>,
    /// Events were lost.
    is_overflow: bool,
}

/// Looks again after every change, for as long as the process lives.
pub(super) fn run(worker: &mut Worker, mut show: impl FnMut(Snapshot)) {
    let (root, output) = worker.real_folders();
    let (sender, hints) = channel();
    let mut watching = Watching::start(sender, root, output, worker.voice.clone());
    watching.update(worker.folders());
    let mut trouble: Option<String> = None;
    // The first look is for what changed between the first reading and the watch.
    let mut look_now = true;
    loop {
        if !std::mem::take(&mut look_now) && !watching.wait(&hints, trouble.is_some()) {
            return;
        }
        match worker.look() {
            Outcome::Rebuilt(snapshot) => {
                trouble = None;
                show(snapshot);
            }
            Outcome::Unchanged => trouble = None,
            Outcome::Failed(message) if trouble.as_ref() == Some(&message) => {}
            Outcome::Failed(message) => {
                (worker.voice)(Notice::Trouble(message.clone()));
                trouble = Some(message);
                watching.forget_all();
            }
        }
        // What was written into a new folder before it was watched is found by looking once more.
        look_now = watching.update(worker.folders());
    }
}

struct Watching {
    watcher: Option<RecommendedWatcher>,
    root: PathBuf,
    watched: BTreeSet<PathBuf>,
    voice: Voice,
}

impl Watching {
    fn start(sender: Sender<Hint>, root: PathBuf, output: PathBuf, voice: Voice) -> Watching {
        let watched_root = root.clone();
        let tell = move |event: notify::Result<Event>| {
            if let Some(hint) = hint(event, &watched_root, &output) {
                // The receiver is gone only when the program ends.
                let _ = sender.send(hint);
            }
        };
        let mut watching = Watching { watcher: None, root, watched: BTreeSet::new(), voice };
        match notify::recommended_watcher(tell) {
            Ok(watcher) => watching.watcher = Some(watcher),
            Err(error) => watching.poll_instead(&error),
        }
        watching
    }

    /// Waits for a change and then for quiet. Returns false when there is nothing to wait for any more.
    fn wait(&mut self, hints: &Receiver<Hint>, is_troubled: bool) -> bool {
        let must_poll = self.watcher.is_none() || is_troubled;
        let first = if must_poll { hints.recv_timeout(POLL) } else { hints.recv().map_err(RecvTimeoutError::from) };
        let mut all = match first {
            Ok(hint) => vec![hint],
            Err(RecvTimeoutError::Timeout) => return true,
            // Without a watcher there is no sender.
            Err(RecvTimeoutError::Disconnected) if must_poll => {
                std::thread::sleep(POLL);
                return true;
            }
            Err(RecvTimeoutError::Disconnected) => return false,
        };
        let until = Instant::now() + PATIENCE;
        while let Ok(hint) = hints.recv_timeout(QUIET.min(until.saturating_duration_since(Instant::now()))) {
            all.push(hint);
        }
        if all.iter().any(|hint| hint.is_overflow) {
            self.forget_all();
        }
        self.forget(&all.into_iter().flat_map(|hint| hint.gone).collect());
        true
    }

    /// Watches the folders that are not watched yet, and no more those that are gone. Returns true when there was a
    /// new one.
    fn update(&mut self, folders: &[PathBuf]) -> bool {
        let wanted: BTreeSet<PathBuf> = match MODE {
            RecursiveMode::Recursive => BTreeSet::from([self.root.clone()]),
            RecursiveMode::NonRecursive => folders.iter().cloned().collect(),
        };
        let gone = self.watched.difference(&wanted).cloned().collect();
        self.forget(&gone);
        let mut is_new = false;
        for folder in wanted.difference(&self.watched.clone()) {
            let Some(watcher) = &mut self.watcher else { return false };
            match watcher.watch(folder, MODE) {
                Ok(()) => {
                    self.watched.insert(folder.clone());
                    is_new = true;
                }
                // It went away meanwhile; its parent tells of that.
                Err(_) if !folder.exists() => {}
                Err(error) => {
                    self.poll_instead(&error);
                    return true;
                }
            }
        }
        is_new
    }

    /// Forgets folders, and all below them, so that the next update watches what has their name then.
    fn forget(&mut self, gone: &BTreeSet<PathBuf>) {
        let is_gone = |folder: &PathBuf| folder.ancestors().any(|ancestor| gone.contains(ancestor));
        let forgotten: Vec<PathBuf> = self.watched.iter().filter(|folder| is_gone(folder)).cloned().collect();
        for folder in forgotten {
            self.watched.remove(&folder);
            // Fails for a folder that is no more: the system has forgotten it itself.
            let _ = self.watcher.as_mut().map(|watcher| watcher.unwatch(&folder));
        }
    }

    fn forget_all(&mut self) {
        let all = self.watched.clone();
        self.forget(&all);
    }

    fn poll_instead(&mut self, error: &notify::Error) {
        self.watcher = None;
        let cause = match (&error.kind, limit()) {
            (ErrorKind::MaxFilesWatch, Some(limit)) => format!(
                "the system watches at most {limit} folders (fs.inotify.max_user_watches), and they are all in use"
            ),
            _ => format!("the system does not tell of changes ({error})"),
        };
        (self.voice)(Notice::Trouble(format!("{cause}; looking for changes once a second instead")));
    }
}

fn limit() -> Option<String> {
    Some(std::fs::read_to_string("/proc/sys/fs/inotify/max_user_watches").ok()?.trim().to_owned())
}

/// Returns what an event hints at; `None` when it cannot matter: reads, hidden files, the output.
fn hint(event: notify::Result<Event>, root: &Path, output: &Path) -> Option<Hint> {
    // An error of the watcher means that events may be missing.
    let Ok(event) = event else { return Some(Hint { gone: Vec::new(), is_overflow: true }) };
    if event.need_rescan() {
        return Some(Hint { gone: Vec::new(), is_overflow: true });
    }
    let matters = event.paths.iter().any(|path| path == root || !source::is_ignored(path, root, output));
    if matches!(event.kind, EventKind::Access(_)) || !matters {
        return None;
    }
    let is_gone = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    Some(Hint { gone: if is_gone { event.paths } else { Vec::new() }, is_overflow: false })
}
