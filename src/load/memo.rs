//! Remembers what came of files, by the content of everything that was read for it.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::kinds::{Job, Outcome};
use super::{Loaded, LoadedApi};
use crate::diag::{Diagnostic, SourcePath};
use crate::source::SourceTree;

/// Results of loading, carried from one build to the next. An empty one makes a build load everything.
#[derive(Default)]
pub struct Memo {
    entries: Mutex<HashMap<Key, Entry>>,
}

/// What the result of a job depends on besides the bytes of files.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    path: SourcePath,
    kind: &'static str,
    id: String,
    settings: u64,
}

struct Entry {
    /// Every file that was asked for, with the hash of what was found.
    read: Vec<(SourcePath, Option<u64>)>,
    result: Remembered,
    used: bool,
}

/// What came of one job.
#[derive(Debug, Clone)]
pub struct Remembered {
    pub(super) loaded: Arc<[Loaded]>,
    pub(super) problems: Arc<[Diagnostic]>,
}

impl Memo {
    /// Returns what a job gave last time when every file it asked for is as it was, else runs it.
    pub(super) fn load(&self, job: &Job<'_>, tree: &SourceTree, run: impl FnOnce() -> Outcome) -> Remembered {
        let key =
            Key { path: job.spot.path.clone(), kind: job.kind.name, id: job.id.clone(), settings: job.settings_hash };
        if let Some(found) = self.recall(&key, tree) {
            return found;
        }
        let outcome = run();
        let mut asked = vec![job.spot.path.clone()];
        for loaded in &outcome.loaded {
            if let Loaded::Api(LoadedApi { asked: more, .. }) = loaded {
                asked.extend(more.iter().cloned());
            }
        }
        let read = asked.into_iter().map(|path| (path.clone(), hash_of(tree, &path))).collect();
        let result = Remembered { loaded: outcome.loaded.into(), problems: outcome.problems.into() };
        self.lock().insert(key, Entry { read, result: result.clone(), used: true });
        result
    }

    fn recall(&self, key: &Key, tree: &SourceTree) -> Option<Remembered> {
        let mut entries = self.lock();
        let entry = entries.get_mut(key)?;
        let fresh = entry.read.iter().all(|(path, hash)| hash_of(tree, path) == *hash);
        fresh.then(|| {
            entry.used = true;
            entry.result.clone()
        })
    }

    /// Drops what the last build did not use, so that memory is bounded by the portal.
    pub(super) fn forget_unused(&self) {
        self.lock().retain(|_, entry| std::mem::replace(&mut entry.used, false));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Memo({} results)", self.lock().len())
    }
}

fn hash_of(tree: &SourceTree, path: &SourcePath) -> Option<u64> {
    tree.files.get(path).map(|file| file.hash)
}
