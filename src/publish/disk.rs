//! The file operations of publishing, each with the words for its failure. In tests the k-th of them can be made to
//! fail.

use std::fs;
use std::io;
use std::path::Path;

use super::Refused;

/// The disk.
#[derive(Debug, Default)]
pub(super) struct Disk {
    /// Makes the exchange of two folders unavailable, as on a disk that cannot do it.
    pub without_exchange: bool,
    #[cfg(test)]
    pub faults: tests::Faults,
}

impl Disk {
    /// Runs an operation, for callers that look at the reason of a failure.
    pub fn attempt<T>(&self, operation: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        #[cfg(test)]
        self.faults.step()?;
        operation()
    }

    /// Runs an operation; the action and the path tell of its failure.
    pub fn run<T>(
        &self,
        action: &'static str,
        path: &Path,
        operation: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, Refused> {
        self.attempt(operation).map_err(|error| Refused::Disk { action, path: path.to_owned(), error })
    }

    /// Writes a new file.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Refused> {
        self.run("write", path, || fs::write(path, bytes))
    }

    /// Makes a folder unless it is there; its parent must be.
    pub fn create_dir(&self, path: &Path) -> Result<(), Refused> {
        self.run("create the folder", path, || match fs::create_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            other => other,
        })
    }

    /// Renames a file or folder.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), Refused> {
        self.run("move something to", to, || fs::rename(from, to))
    }

    /// Lists a folder, sorted by name.
    pub fn list(&self, path: &Path) -> Result<Vec<fs::DirEntry>, Refused> {
        self.run("list", path, || {
            let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
            entries.sort_by_key(fs::DirEntry::file_name);
            Ok(entries)
        })
    }

    /// Removes a file.
    pub fn remove_file(&self, path: &Path) -> Result<(), Refused> {
        self.run("remove", path, || fs::remove_file(path))
    }

    /// Exchanges two folders in one step; `Unsupported` where the platform or the disk cannot.
    pub fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.attempt(
            || if self.without_exchange { Err(io::ErrorKind::Unsupported.into()) } else { exchange(one, other) },
        )
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|errno| match errno {
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::ErrorKind::Unsupported.into(),
        other => other.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
pub(super) mod tests {
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Fails one operation.
    #[derive(Debug, Default)]
    pub struct Faults {
        /// Which one, from 1; 0 for none.
        pub fail_at: usize,
        /// Operations so far.
        pub count: AtomicUsize,
    }

    impl Faults {
        pub fn step(&self) -> io::Result<()> {
            match self.count.fetch_add(1, Ordering::SeqCst) + 1 == self.fail_at {
                true => Err(io::ErrorKind::StorageFull.into()),
                false => Ok(()),
            }
        }
    }
}
