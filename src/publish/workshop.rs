//! The hidden folder beside the output, where a site is staged and an old one is taken apart, and the lock in it.
//!
//! It is there only while a build runs, or after one was killed. Its folders: `new` is a site being staged, or just
//! after the exchange the old one; `old` is the one that was swapped out.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Refused;
use super::disk::Disk;

const PAUSE: Duration = Duration::from_millis(50);

/// Three seconds: most builds are over by then, and a person does not wonder yet.
const ATTEMPTS: u32 = 60;

/// The folder beside the output, locked.
#[derive(Debug)]
pub(super) struct Workshop {
    folder: PathBuf,
    lock: File,
}

/// Makes and locks the folder. Waits a little for another build.
pub(super) fn open(disk: &Disk, out: &Path) -> Result<Workshop, Refused> {
    let folder = folder_of(out);
    if let Some(parent) = folder.parent().filter(|parent| !parent.is_dir()) {
        disk.run("create the folder", parent, || fs::create_dir_all(parent))?;
    }
    let path = folder.join("lock");
    for _ in 0..ATTEMPTS {
        disk.create_dir(&folder)?;
        let opened =
            disk.attempt(|| OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path));
        let mut file = match opened {
            // The build that ended just now took its folder away.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => {
                let _ = fs::remove_dir(&folder);
                return Err(Refused::Disk { action: "open", path, error });
            }
            Ok(file) => file,
        };
        match file.try_lock() {
            Ok(()) if !is_at(&file, &path) => continue,
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            // A disk without locks, such as some network shares, is used without one.
            Ok(()) | Err(TryLockError::Error(_)) => {
                let _ = write_pid(&mut file);
                return Ok(Workshop { folder, lock: file });
            }
        }
    }
    let pid = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
    Err(Refused::Busy { out: out.to_owned(), pid })
}

/// Returns the folder's name: hidden, so that the walk, watchers and web servers pass it by.
fn folder_of(out: &Path) -> PathBuf {
    let name = out.file_name().unwrap_or_default();
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(".portolan");
    out.with_file_name(hidden)
}

fn write_pid(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

/// Returns true when the locked file is still the one at the path, and not one that another build has removed.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    matches!((file.metadata(), path.metadata()), (Ok(one), Ok(other)) if one.ino() == other.ino() && one.dev() == other.dev())
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Removes a staging folder that was not swapped in. What it holds was written or linked there by this build.
pub(super) fn discard(staging: &Path) {
    if staging.is_dir() {
        let _ = fs::remove_dir_all(staging);
    }
}

impl Workshop {
    /// Returns `name`, or `name-2` and so on when it is taken by what an earlier build could not tidy.
    pub fn free_name(&self, name: &str) -> PathBuf {
        let numbered = (2..).map(|n: u32| self.folder.join(format!("{name}-{n}")));
        let mut names = std::iter::once(self.folder.join(name)).chain(numbered);
        names.find(|path| path.symlink_metadata().is_err()).expect("the numbers do not end")
    }

    /// Lists the folders that are in it, sorted.
    pub fn folders(&self, disk: &Disk) -> Result<Vec<PathBuf>, Refused> {
        let entries = disk.list(&self.folder)?;
        Ok(entries.iter().map(fs::DirEntry::path).filter(|path| path.is_dir()).collect())
    }

    /// Takes the folder away, if nothing had to stay in it, and lets the next build in.
    pub fn close(self) {
        // Removed while still locked; who waits for it looks again whether the path is still the file.
        let _ = fs::remove_file(self.folder.join("lock"));
        let _ = fs::remove_dir(&self.folder);
        drop(self.lock);
    }
}
