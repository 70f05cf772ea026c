//! Files in the old output that Portolan did not write: found, and carried into the staged site.
//!
//! A file is linked (or copied) before the swap, so that readers never miss it. A whole folder, such as `.git`, is
//! moved right after the swap, by `retire`: it is not a part of the site, and may be large.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::Refused;
use super::disk::Disk;
use super::target::refusal;
use crate::plan::Digest;
use crate::source::manifest::{self, Manifest};

/// The files of a site and the folders that hold them.
pub(super) struct Paths<'a> {
    pub files: BTreeSet<&'a str>,
    pub folders: BTreeSet<&'a str>,
}

impl<'a> Paths<'a> {
    /// Takes the paths of all files.
    pub fn new(files: impl Iterator<Item = &'a str>) -> Paths<'a> {
        let files: BTreeSet<&str> = files.collect();
        let folders = files.iter().flat_map(|path| path.match_indices('/').map(|(slash, _)| &path[..slash])).collect();
        Paths { files, folders }
    }
}

struct Carry<'a> {
    disk: &'a Disk,
    out: &'a Path,
    staging: &'a Path,
    old: Paths<'a>,
    new: Paths<'a>,
    foreign: Vec<String>,
}

/// Links every foreign file of the old output into the staged site. Returns them, and the foreign folders, in order.
///
/// Refuses when the new site needs a name that a foreign file has, unless both have the same bytes.
pub(super) fn carry(
    disk: &Disk,
    out: &Path,
    old: &Manifest,
    digests: &[Digest],
    staging: &Path,
) -> Result<Vec<String>, Refused> {
    let mut carry = Carry {
        disk,
        out,
        staging,
        old: Paths::new(old.files.iter().map(|file| &*file.path)),
        new: Paths::new(digests.iter().map(|digest| digest.path.as_str())),
        foreign: Vec::new(),
    };
    if disk.run("look at", out, || out.try_exists())? {
        carry.folder("")?;
    }
    Ok(carry.foreign)
}

impl Carry<'_> {
    fn folder(&mut self, folder: &str) -> Result<(), Refused> {
        for entry in self.disk.list(&self.out.join(folder))? {
            // A name that is not UTF-8 is in no site, so it cannot be in the way; `retire` moves it.
            let Ok(name) = entry.file_name().into_string() else {
                self.foreign.push(format!("{folder}/{}", entry.file_name().display()));
                continue;
            };
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let kind = self.disk.run("look at", &entry.path(), || entry.file_type())?;
            let is_shared = self.old.folders.contains(&*path) || self.new.folders.contains(&*path);
            match kind.is_dir() {
                true if self.new.files.contains(&*path) => return Err(self.conflict(&path)),
                true if is_shared => self.folder(&path)?,
                true => self.foreign.push(format!("{path}/")),
                false if self.old.files.contains(&*path) || path == manifest::NAME => {}
                false => self.file(path, kind)?,
            }
        }
        Ok(())
    }

    fn file(&mut self, path: String, kind: fs::FileType) -> Result<(), Refused> {
        let (from, to) = (self.out.join(&path), self.staging.join(&path));
        if self.new.folders.contains(&*path) {
            return Err(self.conflict(&path));
        }
        if self.new.files.contains(&*path) {
            let same = kind.is_file() && fs::read(&from).ok() == fs::read(&to).ok();
            return if same { Ok(()) } else { Err(self.conflict(&path)) };
        }
        if let Some(parent) = to.parent() {
            self.disk.run("create the folder", parent, || fs::create_dir_all(parent))?;
        }
        if kind.is_symlink() {
            self.disk.run("copy the link", &from, || copy_link(&from, &to))?;
        } else if kind.is_file() {
            self.disk
                .run("carry over", &from, || fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)))?;
        }
        self.foreign.push(path);
        Ok(())
    }

    fn conflict(&self, path: &str) -> Refused {
        let shown = self.out.join(path);
        let message =
            format!("`{}` was not written by Portolan, and the new site has a file of that name", shown.display());
        refusal(message, "move it away, or into `static/` of the portal if it belongs to the site")
    }
}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

/// Left to `retire`, which moves the link itself: making one asks for a privilege here.
#[cfg(not(unix))]
fn copy_link(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}
