//! The pipeline, run again after every edit.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::events::Problems;
use super::snapshot::Snapshot;
use super::{Notice, Pipeline, Stopped, Voice, deep_pool};
use crate::diag::Report;
use crate::diag::print::fingerprints;
use crate::source::{self, SourceTree};

/// What is kept from one build to the next.
pub(super) struct Worker {
    pub folder: PathBuf,
    pub out: PathBuf,
    pub voice: Voice,
    pipeline: Pipeline,
    pool: rayon::ThreadPool,
    version: u64,
    tree: SourceTree,
    /// Fingerprints of what the reading reported.
    read: Vec<String>,
    /// Fingerprints of every diagnostic of the last build.
    known: BTreeSet<String>,
}

/// What came of looking again.
pub(super) enum Outcome {
    /// The portal was built anew.
    Rebuilt(Snapshot),
    /// Nothing had changed.
    Unchanged,
    /// The folder could not be read; it may come back.
    Failed(String),
}

/// Builds the portal for the first time.
pub(super) fn start(
    folder: PathBuf,
    out: PathBuf,
    pipeline: Pipeline,
    voice: Voice,
) -> Result<(Worker, Snapshot), Stopped> {
    let started = Instant::now();
    let pool = deep_pool().map_err(Stopped::Machine)?;
    let (tree, report) = pool.install(|| source::read(&folder, &out, None)).map_err(Stopped::Usage)?;
    let (read, known) = (fingerprints(&report), BTreeSet::new());
    let mut worker = Worker { folder, out, voice, pipeline, pool, version: 0, tree, read, known };
    let snapshot = worker.build(report, 0, started);
    Ok((worker, snapshot))
}

impl Worker {
    /// Returns the folders that the portal was read from.
    pub fn folders(&self) -> &[PathBuf] {
        self.tree.folders()
    }

    /// Returns where the input and the output folder really lie.
    pub fn real_folders(&self) -> (PathBuf, PathBuf) {
        let real = |folder: &Path| source::real_folder(folder);
        (real(&self.folder), real(&self.out))
    }

    /// Looks at the folder again and builds the portal when something in it changed.
    pub fn look(&mut self) -> Outcome {
        let started = Instant::now();
        let (tree, report) = match self.pool.install(|| source::read(&self.folder, &self.out, Some(&self.tree))) {
            Ok(read) => read,
            Err(error) => return Outcome::Failed(format!("{error:#}")),
        };
        let changed = tree.changed_since(&self.tree).len();
        let read = fingerprints(&report);
        // The folders and what the disk says of the files may be new even when no byte is.
        self.tree = tree;
        if changed == 0 && read == self.read {
            return Outcome::Unchanged;
        }
        self.read = read;
        match catch_unwind(AssertUnwindSafe(|| self.build(report, changed, started))) {
            Ok(snapshot) => Outcome::Rebuilt(snapshot),
            Err(_) => Outcome::Failed("the build failed by a bug in Portolan; the last good one is shown".into()),
        }
    }

    fn build(&mut self, mut report: Report, changed: usize, started: Instant) -> Snapshot {
        let mut built = self.pool.install(|| (self.pipeline)(&self.tree));
        crate::config::apply_levels(&built.portal.settings, &mut report);
        report.extend(std::mem::take(&mut built.report));
        let report = report.sorted();
        self.version += 1;
        let problems = Problems::of(&report);
        let new = self.news(&report);
        (self.voice)(Notice::Rebuilt { changed, took: started.elapsed(), report, new });
        Snapshot::new(self.version, built, problems)
    }

    /// Returns the diagnostics that the build before did not have.
    fn news(&mut self, report: &Report) -> Report {
        let now = fingerprints(report);
        let mut each = now.iter();
        let mut new = report.clone();
        new.retain_mut(|_| each.next().is_some_and(|fingerprint| !self.known.contains(fingerprint)));
        self.known = now.into_iter().collect();
        new
    }
}
