//! Takes a site apart that was swapped out: removes what its manifest lists, moves everything else to the new site.
//!
//! Can be killed at any moment and begun again: the manifest goes last. Follows no symbolic link, so nothing outside
//! the folder is ever touched.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::Refused;
use super::disk::Disk;
use super::foreign::Paths;
use crate::source::manifest::{self, Manifest};

struct Retire<'a> {
    disk: &'a Disk,
    folder: &'a Path,
    out: &'a Path,
    old: Paths<'a>,
}

/// Takes `folder` apart. Errors when something in it could be neither removed nor moved; the rest is done.
pub(super) fn retire(disk: &Disk, folder: &Path, out: &Path) -> Result<(), Refused> {
    let manifest_path = folder.join(manifest::NAME);
    let manifest = match disk.attempt(|| fs::read(&manifest_path)) {
        Ok(text) => Manifest::parse(&text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        // Whose files these are is only known with the list in hand.
        Err(error) => return Err(Refused::Disk { action: "read", path: manifest_path, error }),
    };
    let is_staging = folder.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"new"));
    let files = match &manifest {
        Some(manifest) => manifest.files.as_slice(),
        // The manifest is the last file of a staged site: this one was never finished, and all in it is a copy.
        None if is_staging => return disk.run("remove", folder, || fs::remove_dir_all(folder)),
        None => &[],
    };
    let old = Paths::new(files.iter().map(|file| &*file.path));
    let retire = Retire { disk, folder, out, old };
    retire.entries("")?;
    if manifest.is_some() {
        disk.remove_file(&manifest_path)?;
    }
    disk.run("remove", folder, || fs::remove_dir(folder))
}

impl Retire<'_> {
    fn entries(&self, folder: &str) -> Result<(), Refused> {
        let entries = self.disk.list(&self.folder.join(folder))?;
        let outcomes: Vec<Result<(), Refused>> = entries.par_iter().map(|entry| self.entry(entry, folder)).collect();
        outcomes.into_iter().collect()
    }

    fn entry(&self, entry: &fs::DirEntry, folder: &str) -> Result<(), Refused> {
        let from = entry.path();
        let is_dir = self.disk.run("look at", &from, || entry.file_type())?.is_dir();
        let name = entry.file_name();
        let to = self.out.join(folder).join(&name);
        let Some(name) = name.to_str() else { return self.carry(&from, &to, is_dir) };
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        match is_dir {
            true if self.old.folders.contains(&*path) => {
                self.entries(&path)?;
                self.disk.run("remove", &from, || fs::remove_dir(&from))
            }
            false if path == manifest::NAME => Ok(()),
            false if self.old.files.contains(&*path) => self.disk.remove_file(&from),
            _ => self.carry(&from, &to, is_dir),
        }
    }

    /// Moves a foreign entry into the new site, unless it is there already.
    fn carry(&self, from: &Path, to: &Path, is_dir: bool) -> Result<(), Refused> {
        let Ok(there) = to.symlink_metadata() else {
            if let Some(parent) = to.parent() {
                self.disk.run("create the folder", parent, || fs::create_dir_all(parent))?;
            }
            return self.disk.rename(from, to);
        };
        if is_dir && there.is_dir() {
            for entry in self.disk.list(from)? {
                let kind = self.disk.run("look at", &entry.path(), || entry.file_type())?;
                self.carry(&entry.path(), &to.join(entry.file_name()), kind.is_dir())?;
            }
            return self.disk.run("remove", from, || fs::remove_dir(from));
        }
        match !is_dir && is_same(from, to) {
            true => self.disk.remove_file(from),
            false => Err(Refused::Disk {
                action: "carry over",
                path: from.to_owned(),
                error: io::Error::new(io::ErrorKind::AlreadyExists, "the new site has another file of that name"),
            }),
        }
    }
}

/// Returns true when two entries that are no folders hold the same: both links to one place, or equal bytes.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::read_link(one), fs::read_link(other)) {
        (Ok(one), Ok(other)) => one == other,
        (Err(_), Err(_)) => {
            is_one_file(one, other) || matches!((fs::read(one), fs::read(other)), (Ok(a), Ok(b)) if a == b)
        }
        _ => false,
    }
}

#[cfg(unix)]
fn is_one_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (one, other) = (one.symlink_metadata(), other.symlink_metadata());
    matches!((one, other), (Ok(a), Ok(b)) if a.ino() == b.ino() && a.dev() == b.dev())
}

#[cfg(not(unix))]
fn is_one_file(_: &Path, _: &Path) -> bool {
    false
}
