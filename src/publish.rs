//! The only writer of the output folder: runs the plan of a site, stages it beside the output, and swaps.
//!
//! Takes a [`Site`] and a [`Target`]; gives what was written, or why nothing was. Readers of the output see the whole
//! old site or the whole new one, whatever fails and whenever the process is killed. What a killed build leaves lies
//! in a hidden folder beside the output, and the next build tidies it. Files that Portolan did not write are carried
//! over, never overwritten and never removed.
//!
//! The promise covers the death of the process. After a power cut the disk decides what it had kept: the manifest's
//! hashes tell a torn site, and the next build replaces it.
//!
//! Knows nothing of what the outputs mean.

#![allow(clippy::disallowed_methods, reason = "this is the module that writes")]

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::plan::{Digest, Site};
use crate::source::manifest::{self, Manifest, ManifestFile};

mod disk;
mod foreign;
mod retire;
mod stage;
mod swap;
mod target;
mod workshop;

use disk::Disk;

/// Bytes of stack of each thread that makes outputs: a page may nest deeply.
const STACK_BYTES: usize = 16 << 20;

/// Where a site goes.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The output folder.
    pub out: &'a Path,
    /// The folder that the portal was read from.
    pub input: &'a Path,
    /// The user's home folder, which is never an output.
    pub home: Option<&'a Path>,
}

/// What was written.
#[derive(Debug)]
pub struct Published {
    /// Every file but the manifest, in order of path.
    pub digests: Vec<Digest>,
    /// Bytes of all of them.
    pub bytes: u64,
    /// How many of them the previous site had with the same bytes.
    pub unchanged: usize,
    /// Files and folders that Portolan did not write and carried over, in order.
    pub foreign: Vec<String>,
    /// What could not be tidied after the swap, in words. The new site is whole all the same.
    pub untidy: Vec<String>,
}

/// Why nothing was written. The old site, if there was one, is as it was.
#[derive(Debug)]
pub enum Refused {
    /// The output folder is not one that a site may be written to.
    Target {
        /// What is wrong.
        message: String,
        /// The way out.
        help: String,
    },
    /// Another build is writing the same folder.
    Busy {
        /// The output folder.
        out: PathBuf,
        /// The other build's process, when it could be learnt.
        pid: Option<u32>,
    },
    /// The machine refused an operation on a file.
    Disk {
        /// A verb, as in "cannot … `path`".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
}

impl Refused {
    /// Returns the exit code of the program: 2 for a mistaken target, 3 when the machine refused.
    pub fn exit_code(&self) -> u8 {
        match self {
            Refused::Target { .. } => 2,
            Refused::Busy { .. } | Refused::Disk { .. } => 3,
        }
    }

    /// Returns what to do about it.
    pub fn help(&self) -> &str {
        match self {
            Refused::Target { help, .. } => help,
            Refused::Busy { .. } => "wait for it to end, or build into another folder with `--out`",
            Refused::Disk { error, .. } => match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "free some space; the site was not changed"
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "a site is staged beside the output folder and swapped in whole, so the folder that holds the \
                     output must be writable too; `--out` names another one"
                }
                _ => "the site was not changed",
            },
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Target { message, .. } => out.write_str(message),
            Refused::Busy { out: folder, pid: Some(pid) } => {
                write!(out, "another build (process {pid}) is writing `{}`", folder.display())
            }
            Refused::Busy { out: folder, pid: None } => write!(out, "another build is writing `{}`", folder.display()),
            Refused::Disk { action, path, error } => write!(out, "cannot {action} `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for Refused {}

/// Told of the outputs done and the outputs in all, from any thread, in no order.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Refuses a mistaken target before any work is done for it; [`write()`] does so too.
pub fn check(target: &Target<'_>) -> Result<(), Refused> {
    target::check_contents(&Disk::default(), &target::resolve(target)?).map(drop)
}

/// Makes every output of the site and swaps it in for the old one.
///
/// A non-empty output folder must hold the manifest of an earlier build. One build at a time writes a folder: a
/// second one waits a little, then is refused.
pub fn write(site: &Site, target: &Target<'_>, progress: Progress<'_>) -> Result<Published, Refused> {
    write_on(&Disk::default(), site, target, progress)
}

fn write_on(disk: &Disk, site: &Site, target: &Target<'_>, progress: Progress<'_>) -> Result<Published, Refused> {
    let out = target::resolve(target)?;
    target::check_contents(disk, &out)?;
    let workshop = workshop::open(disk, &out)?;
    let published = publish(disk, site, &out, &workshop, progress);
    workshop.close();
    published
}

/// Everything that happens under the lock.
fn publish(
    disk: &Disk,
    site: &Site,
    out: &Path,
    workshop: &workshop::Workshop,
    progress: Progress<'_>,
) -> Result<Published, Refused> {
    let mut untidy = swap::recover(disk, out, workshop)?;
    let old = target::check_contents(disk, out)?;
    let staging = workshop.free_name("new");
    let staged = stage_all(disk, site, out, &old, &staging, progress).and_then(|staged| {
        swap::swap(disk, out, &staging, workshop)?;
        Ok(staged)
    });
    let (digests, foreign) = match staged {
        Ok(staged) => staged,
        Err(refused) => {
            workshop::discard(&staging);
            return Err(refused);
        }
    };
    untidy.extend(swap::tidy(disk, out, workshop));
    let bytes = digests.iter().map(|digest| digest.bytes).sum();
    Ok(Published { bytes, unchanged: count_unchanged(&old, &digests), digests, foreign, untidy })
}

fn stage_all(
    disk: &Disk,
    site: &Site,
    out: &Path,
    old: &Manifest,
    staging: &Path,
    progress: Progress<'_>,
) -> Result<(Vec<Digest>, Vec<String>), Refused> {
    let digests = on_deep_threads(|| stage::stage(disk, site, staging, &stage::Previous::new(out, old), progress))??;
    let foreign = foreign::carry(disk, out, old, &digests, staging)?;
    let files = digests.iter().map(|digest| ManifestFile {
        path: digest.path.to_string(),
        bytes: digest.bytes,
        sha256: digest.sha256.clone(),
    });
    let manifest = Manifest { generator: "portolan".into(), version: manifest::VERSION, files: files.collect() };
    disk.write(&staging.join(manifest::NAME), &manifest.to_text())?;
    Ok((digests, foreign))
}

/// Runs a function on threads with a stack of their own size.
fn on_deep_threads<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Refused> {
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).build().map_err(|error| Refused::Disk {
        action: "start threads for",
        path: PathBuf::from("the build"),
        error: io::Error::other(error),
    })?;
    Ok(pool.install(work))
}

fn count_unchanged(old: &Manifest, digests: &[Digest]) -> usize {
    let mut before: Vec<(&str, &str)> = old.files.iter().map(|file| (&*file.path, &*file.sha256)).collect();
    before.sort_unstable();
    digests.iter().filter(|d| before.binary_search(&(d.path.as_str(), &d.sha256)).is_ok()).count()
}

#[cfg(test)]
mod tests;
