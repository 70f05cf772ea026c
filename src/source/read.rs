//! The bytes of the files that the walk found, on all cores.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::{SourceFile, SourceTree};
use crate::diag::codes::output::{FILE_SIZE, UNREADABLE};
use crate::diag::{Diagnostic, Place, SourcePath};

/// The largest file that is read. Descriptions and documents have their own, lower limits in portal.toml.
pub(super) const MAX_FILE_BYTES: u64 = 512 << 20;

/// A file changed this short a time ago is read again by the next walk: it may change once more within the same tick
/// of the disk's clock. Two seconds is the coarsest such tick (FAT).
const SETTLE: Duration = Duration::from_secs(2);

/// A file that the walk found.
pub(super) struct Found {
    /// Its path in the tree.
    pub path: SourcePath,
    /// Where it really lies: no part of it is a symbolic link.
    pub real: PathBuf,
}

/// What the disk says of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: SystemTime,
    inode: (u64, u64),
    changed: (i64, i64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Option<Stamp> {
        let modified = metadata.modified().ok()?;
        let (inode, changed) = identity(metadata);
        Some(Stamp { bytes: metadata.len(), modified, inode, changed })
    }

    /// Returns the stamp unless the file changed so lately that an equal stamp proves nothing.
    fn settled(self) -> Option<Stamp> {
        let age = SystemTime::now().duration_since(self.modified).ok()?;
        (age > SETTLE).then_some(self)
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> ((u64, u64), (i64, i64)) {
    use std::os::unix::fs::MetadataExt;
    ((metadata.dev(), metadata.ino()), (metadata.ctime(), metadata.ctime_nsec()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> ((u64, u64), (i64, i64)) {
    ((0, 0), (0, 0))
}

/// Reads every file that was found, or takes it from the previous tree. In the order given.
pub(super) fn read_all(
    found: Vec<Found>,
    previous: Option<&SourceTree>,
) -> Vec<(SourcePath, Result<SourceFile, Box<Diagnostic>>)> {
    let one = |found: Found| {
        let before = previous.and_then(|tree| tree.files.get(&found.path));
        let outcome = match before.filter(|file| is_unchanged(&found.real, file)) {
            Some(file) => Ok(file.clone()),
            None => read_one(&found.real).map_err(|error| Box::new(unreadable(&found.path, &error))),
        };
        // Decoded here, on all cores; the answer is kept.
        outcome.iter().for_each(|file| drop(file.problem_of_text(&found.path)));
        (found.path, outcome)
    };
    found.into_par_iter().map(one).collect()
}

fn is_unchanged(real: &Path, file: &SourceFile) -> bool {
    let now = || Stamp::of(&real.symlink_metadata().ok()?);
    file.stamp.is_some_and(|stamp| now() == Some(stamp))
}

fn read_one(real: &Path) -> io::Result<SourceFile> {
    let mut file = open(real)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is no longer a file"));
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let bytes = read_bytes(&mut file, metadata.len() as usize)?;
    let mut source = SourceFile::new(bytes);
    source.stamp = Stamp::of(&metadata).and_then(Stamp::settled);
    Ok(source)
}

/// Opens a file without following a link and without waiting for the other end of a pipe: what the walk saw may have
/// been replaced since.
fn open(real: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits() as i32);
    }
    options.open(real)
}

/// Reads into one shared buffer without a second copy. A file that grew or shrank meanwhile is read to its end.
fn read_bytes(file: &mut File, expected: usize) -> io::Result<Arc<[u8]>> {
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, expected).collect();
    let buffer = Arc::get_mut(&mut bytes).expect("the buffer was made on the line above and is not shared");
    let mut filled = 0;
    while filled < expected {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => return Ok(bytes[..filled].into()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let mut more = Vec::new();
    file.take(MAX_FILE_BYTES).read_to_end(&mut more)?;
    Ok(if more.is_empty() { bytes } else { [&*bytes, &*more].concat().into() })
}

/// Makes the diagnostic of a file or folder that the disk refuses.
pub(super) fn unreadable(path: &SourcePath, error: &io::Error) -> Diagnostic {
    let place = Place::file(path.clone());
    match error.kind() {
        io::ErrorKind::FileTooLarge => {
            let limit = MAX_FILE_BYTES >> 20;
            Diagnostic::new(FILE_SIZE, place, format!("`{path}` is larger than {limit} MB and was not read"))
                .help("publish the file elsewhere and link to it")
        }
        io::ErrorKind::PermissionDenied => {
            Diagnostic::new(UNREADABLE, place, format!("no permission to read `{path}`"))
                .help("give the user who builds the portal permission to read it")
        }
        _ => Diagnostic::new(UNREADABLE, place, format!("cannot read `{path}`: {error}"))
            .help("mend the file, or move it out of the input folder"),
    }
}
