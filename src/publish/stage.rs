//! Runs every output of the plan and writes its bytes into the staging folder, on all cores.
//!
//! An output's bytes live only until they are written, so the whole site is never in memory.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::disk::Disk;
use super::{Progress, Refused};
use crate::model::route::SitePath;
use crate::plan::{Digest, Family, Output, Site};
use crate::source::manifest::{self, Manifest, ManifestFile};

struct Stage<'a> {
    disk: &'a Disk,
    folder: &'a Path,
    previous: &'a Previous<'a>,
    done: AtomicUsize,
    total: usize,
    progress: Progress<'a>,
}

/// Writes the site below `folder`, which must not exist. Returns the digests in order of path.
pub(super) fn stage(
    disk: &Disk,
    site: &Site,
    folder: &Path,
    previous: &Previous<'_>,
    progress: Progress<'_>,
) -> Result<Vec<Digest>, Refused> {
    let total = site.outputs.len() + site.families.len();
    let stage = Stage { disk, folder, previous, done: AtomicUsize::new(0), total, progress };
    disk.create_dir(folder)?;
    stage.create_folders(site.outputs.keys())?;

    let (early, late): (Vec<_>, Vec<_>) =
        site.outputs.iter().partition(|(_, output)| !matches!(output, Output::FromDigests(_)));
    // The families first: the search index is the longest single piece of work.
    let (families, outputs) = rayon::join(
        || site.families.par_iter().map(|family| stage.family(family)).collect::<Result<Vec<_>, _>>(),
        || early.par_iter().map(|(path, output)| stage.output(path, output, &[])).collect::<Result<Vec<_>, _>>(),
    );
    let mut digests = outputs?;
    digests.extend(families?.into_iter().flatten());
    digests.sort_by(|a, b| a.path.cmp(&b.path));

    let last = late.par_iter().map(|(path, output)| stage.output(path, output, &digests));
    let last = last.collect::<Result<Vec<_>, _>>()?;
    digests.extend(last);
    digests.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(digests)
}

impl Stage<'_> {
    /// Makes the folders of the paths, level by level.
    fn create_folders<'p>(&self, paths: impl Iterator<Item = &'p SitePath>) -> Result<(), Refused> {
        let mut levels: Vec<BTreeSet<&str>> = Vec::new();
        for path in paths {
            check(path)?;
            let path = path.as_str();
            for (level, (slash, _)) in path.match_indices('/').enumerate() {
                if levels.len() == level {
                    levels.push(BTreeSet::new());
                }
                levels[level].insert(&path[..slash]);
            }
        }
        for level in &levels {
            level.par_iter().try_for_each(|folder| self.disk.create_dir(&self.folder.join(folder)))?;
        }
        Ok(())
    }

    fn output(&self, path: &SitePath, output: &Output, digests: &[Digest]) -> Result<Digest, Refused> {
        let digest = match output {
            Output::Bytes(bytes) => self.write(path, bytes),
            Output::Make(make) => self.write(path, &make()),
            Output::FromDigests(make) => self.write(path, &make(digests)),
        };
        self.tick();
        digest
    }

    fn family(&self, family: &Family) -> Result<Vec<Digest>, Refused> {
        let outputs = family.outputs();
        self.create_folders(outputs.keys())?;
        let digests = outputs.par_iter().map(|(path, bytes)| self.write(path, bytes)).collect();
        self.tick();
        digests
    }

    fn write(&self, path: &SitePath, bytes: &[u8]) -> Result<Digest, Refused> {
        let to = self.folder.join(path.as_str());
        let digest =
            Digest { path: path.clone(), bytes: bytes.len() as u64, sha256: format!("{:x}", Sha256::digest(bytes)) };
        if !self.previous.link(&digest, &to) {
            self.disk.write(&to, bytes)?;
        }
        Ok(digest)
    }

    fn tick(&self) {
        (self.progress)(self.done.fetch_add(1, Ordering::Relaxed) + 1, self.total);
    }
}

/// Refuses a path that leads out of the output. The plan makes none; this is the last door before the disk.
fn check(path: &SitePath) -> Result<(), Refused> {
    match manifest::is_safe(path.as_str()) {
        true => Ok(()),
        false => Err(super::target::refusal(
            format!("the site has a file named `{path}`, which cannot be written on every system"),
            "rename the file that it comes from",
        )),
    }
}

/// The site that is being replaced. A file whose bytes stay is linked rather than written: that halves a rebuild of
/// 7,000 files, and keeps their times for programs that copy by them.
pub(super) struct Previous<'a> {
    out: &'a Path,
    files: HashMap<&'a str, &'a ManifestFile>,
    /// When the manifest, the last of its files, was written. A file of the same tick may have been edited after.
    written: Option<SystemTime>,
}

impl<'a> Previous<'a> {
    /// Takes the output folder and its manifest.
    pub fn new(out: &'a Path, manifest: &'a Manifest) -> Previous<'a> {
        let files = manifest.files.iter().map(|file| (&*file.path, file)).collect();
        let written = out.join(manifest::NAME).metadata().and_then(|metadata| metadata.modified()).ok();
        Previous { out, files, written }
    }

    /// Links the old file to a new place when it surely holds these bytes: by the manifest, by its size, and because
    /// it has not been touched since.
    fn link(&self, digest: &Digest, to: &Path) -> bool {
        let Some(file) = self.files.get(digest.path.as_str()) else { return false };
        let from = self.out.join(&file.path);
        let untouched = |metadata: fs::Metadata| {
            let is_older = metadata.modified().is_ok_and(|modified| Some(modified) < self.written);
            metadata.is_file() && metadata.len() == file.bytes && is_older
        };
        let is_same = file.sha256 == digest.sha256 && from.symlink_metadata().is_ok_and(untouched);
        is_same && fs::hard_link(&from, to).is_ok()
    }
}
