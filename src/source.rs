//! The only reader of the input folder: a walk gives a [`SourceTree`], which is plain data from then on.
//!
//! Takes a folder and gives every file that Portolan may want, with its bytes, and a report of what could not be
//! read. One bad file, folder, name or link never costs the rest. Knows nothing of what the files mean.

#![allow(clippy::disallowed_methods, reason = "this is the module that reads")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, bail, ensure};
use xxhash_rust::xxh3::xxh3_64;

use crate::diag::{Diagnostic, Report, SourcePath, SourceText};

pub mod manifest;
mod read;
mod text;
mod walk;

use read::Stamp;
use text::Decoded;

/// Every file of the input folder that Portolan may want, with its bytes.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    /// The name of the folder itself: the last resort for a title.
    pub name: String,
    /// The files by path.
    pub files: BTreeMap<SourcePath, SourceFile>,
    folders: Vec<PathBuf>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// xxh3 of the bytes: the key of caches.
    pub hash: u64,
    /// What the disk said of the file when it was read; `None` when that may not be trusted later.
    stamp: Option<Stamp>,
    decoded: Arc<OnceLock<Decoded>>,
}

impl SourceFile {
    /// Takes bytes that come from no disk.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> SourceFile {
        let bytes = bytes.into();
        let hash = xxh3_64(&bytes);
        SourceFile { bytes, hash, stamp: None, decoded: Arc::default() }
    }

    fn decoded(&self, path: &SourcePath) -> &Decoded {
        self.decoded.get_or_init(|| text::decode(path, &self.bytes))
    }

    /// Returns the mistake in a file that is text by its name but not by its bytes. What lies below `static/` is
    /// copied, so it may be anything.
    fn problem_of_text(&self, path: &SourcePath) -> Option<Diagnostic> {
        const TEXT: &[&str] = &["md", "markdown", "mdx", "yaml", "yml", "json", "toml", "html"];
        let is_text = TEXT.contains(&path.extension().as_str()) && path.segments().next() != Some("static");
        is_text.then(|| self.decoded(path).problem(&self.bytes)).flatten()
    }
}

impl SourceTree {
    /// Makes a tree of texts, for tests and for other programs that hold their files in memory.
    pub fn of(name: &str, files: &[(&str, &str)]) -> SourceTree {
        let files = files.iter().map(|(path, text)| (SourcePath::new(*path), SourceFile::new(text.as_bytes())));
        SourceTree { name: name.to_owned(), files: files.collect(), folders: Vec::new() }
    }

    /// Returns the text of a file, decoded once; `None` when there is no such file.
    ///
    /// UTF-8 with or without a byte order mark, and UTF-16 with one. Bytes that are neither become U+FFFD; [`read`]
    /// has reported `not-utf8` for them.
    pub fn text(&self, path: &SourcePath) -> Option<Arc<SourceText>> {
        Some(Arc::clone(&self.files.get(path)?.decoded(path).text))
    }

    /// Returns the folders that were read, as they really lie on the disk: what is to be watched for changes.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Returns the paths of files that were added, changed or removed since `previous`, in order.
    pub fn changed_since(&self, previous: &SourceTree) -> Vec<SourcePath> {
        let same = |a: &SourceTree, b: &SourceTree, path| match (a.files.get(path), b.files.get(path)) {
            (Some(one), Some(other)) => one.hash == other.hash && one.bytes.len() == other.bytes.len(),
            _ => false,
        };
        let changed = self.files.keys().filter(|path| !same(self, previous, path));
        let removed = previous.files.keys().filter(|path| !self.files.contains_key(*path));
        let mut paths: Vec<SourcePath> = changed.chain(removed).cloned().collect();
        paths.sort();
        paths
    }
}

/// Reads the input folder.
///
/// `output` is left out, and so is every folder that holds the manifest of a build. With a `previous` tree, a file
/// whose size, times and inode are as they were is not read again.
///
/// Reports `file-name`, `name-clash`, `unreadable`, `file-size`, `link-not-followed`, `not-a-file`, and `not-utf8`
/// for files that are text by their extension.
///
/// Errors when the folder itself is missing, is not a folder, is the output of a build, or is far too large to be
/// a portal.
pub fn read(root: &Path, output: &Path, previous: Option<&SourceTree>) -> anyhow::Result<(SourceTree, Report)> {
    let real = open_root(root)?;
    let name = real.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let walk::Walked { found, folders, mut report } = walk::walk(&real, &walk::real_output(output))?;
    let mut files = BTreeMap::new();
    for (path, outcome) in read::read_all(found, previous) {
        match outcome {
            Ok(file) => {
                file.problem_of_text(&path).into_iter().for_each(|problem| report.push(problem));
                files.insert(path, file);
            }
            Err(diagnostic) => report.push(*diagnostic),
        }
    }
    Ok((SourceTree { name, files, folders }, report))
}

/// Returns true when no change of this entry can change the tree: a hidden file, what an editor leaves behind, or
/// something in the output folder. Takes paths as they really lie on the disk.
pub fn is_ignored(entry: &Path, root: &Path, output: &Path) -> bool {
    let Ok(below) = entry.strip_prefix(root) else { return true };
    let mut folder = String::new();
    let skipped = below.components().any(|part| {
        let skipped = walk::is_skipped(part.as_os_str(), &folder);
        folder = part.as_os_str().to_string_lossy().into_owned();
        skipped
    });
    skipped || entry.starts_with(output)
}

/// Returns where a folder really lies, whether or not it exists yet.
pub fn real_folder(folder: &Path) -> PathBuf {
    walk::real_output(folder)
}

fn open_root(root: &Path) -> anyhow::Result<PathBuf> {
    let shown = root.display();
    let real = root.canonicalize().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => anyhow::anyhow!("there is no folder `{shown}`"),
        _ => anyhow::Error::new(error).context(format!("cannot open the input folder `{shown}`")),
    })?;
    let metadata = real.metadata().with_context(|| format!("cannot look at `{shown}`"))?;
    if !metadata.is_dir() {
        let folder = root.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        bail!("`{shown}` is a file; give the folder that holds it: `{}`", folder.display());
    }
    ensure!(!manifest::is_output(&real), "`{shown}` is the output of a build; give the folder it was built from");
    Ok(real)
}

#[cfg(test)]
mod tests;
