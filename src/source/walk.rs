//! The walk over the input folder: which files there are, and which of them Portolan may want.
//!
//! Sorted by name, so the order of the disk never shows. A symbolic link is followed only when what it leads to lies
//! inside the input folder; the path of every found file is the real one, so reading it follows no link again.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use super::manifest;
use super::read::{Found, unreadable};
use crate::diag::codes::output::{FILE_NAME, LINK_NOT_FOLLOWED, NAME_CLASH, NOT_A_FILE, UNREADABLE};
use crate::diag::{Diagnostic, Place, Report, SourcePath};

/// More entries than this are no portal but a mistaken folder, such as a home folder.
const MAX_ENTRIES: usize = 200_000;

/// More bytes than this would not fit the memory of a common machine.
const MAX_BYTES: u64 = 4 << 30;

/// Folders inside one another.
const MAX_DEPTH: usize = 100;

struct Walk<'a> {
    root: &'a Path,
    output: &'a Path,
    walked: Walked,
    entries: usize,
    bytes: u64,
    /// The real folders from the root to the one being read.
    stack: Vec<PathBuf>,
}

/// What the walk gives.
pub(super) struct Walked {
    pub found: Vec<Found>,
    /// The real folders that were listed.
    pub folders: Vec<PathBuf>,
    pub report: Report,
}

/// Finds the files below a real folder.
pub(super) fn walk(root: &Path, output: &Path) -> anyhow::Result<Walked> {
    let entries = sorted_entries(root).with_context(|| format!("cannot read the input folder `{}`", root.display()))?;
    let walked = Walked { found: Vec::new(), folders: vec![root.to_owned()], report: Report::default() };
    let mut walk = Walk { root, output, walked, entries: 0, bytes: 0, stack: vec![root.to_owned()] };
    walk.entries(entries, "")?;
    Ok(walk.walked)
}

/// Returns where the output folder really lies, whether or not it exists yet.
pub(super) fn real_output(output: &Path) -> PathBuf {
    let absolute = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
    let real = absolute.canonicalize().ok();
    let by_parent = || Some(absolute.parent()?.canonicalize().ok()?.join(absolute.file_name()?));
    real.or_else(by_parent).unwrap_or(absolute)
}

/// Lists one folder, sorted by name, following no link. Going down is done here, where links are judged.
fn sorted_entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    let walk = WalkDir::new(folder).min_depth(1).max_depth(1).follow_links(false).sort_by_file_name();
    walk.into_iter().map(|entry| entry.map_err(io::Error::from)).collect()
}

impl Walk<'_> {
    fn folder(&mut self, real: PathBuf, path: &str) -> anyhow::Result<()> {
        if real == self.output || manifest::is_output(&real) {
            return Ok(());
        }
        if self.stack.len() >= MAX_DEPTH {
            let message = format!("`{path}` lies more than {MAX_DEPTH} folders deep and was not read");
            self.walked.report.push(at(UNREADABLE, path, message).help("move it nearer to the top"));
            return Ok(());
        }
        match sorted_entries(&real) {
            Ok(entries) => {
                self.walked.folders.push(real.clone());
                self.stack.push(real);
                self.entries(entries, path)?;
                self.stack.pop();
            }
            Err(error) => self.walked.report.push(unreadable(&SourcePath::new(path), &error)),
        }
        Ok(())
    }

    fn entries(&mut self, entries: Vec<DirEntry>, folder: &str) -> anyhow::Result<()> {
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let is_project = entries.iter().any(|entry| is_build_file(entry.file_name()));
        for entry in entries {
            let name = entry.file_name();
            if is_skipped(name, folder) || (is_project && name == "target") {
                continue;
            }
            self.count_entry()?;
            let Some(name) = self.name(name, folder) else { continue };
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let folded: String = name.to_lowercase().nfc().collect();
            if let Some(first) = taken.get(&folded) {
                self.walked.report.push(clash(&path, first));
                if *first == path {
                    continue;
                }
            }
            taken.entry(folded).or_insert_with(|| path.clone());
            self.entry(&entry, path)?;
        }
        Ok(())
    }

    /// Returns a name in UTF-8, composed (NFC), or reports it.
    fn name(&mut self, name: &OsStr, folder: &str) -> Option<String> {
        if let Some(name) = name.to_str() {
            return Some(name.nfc().collect());
        }
        let bytes = name.as_encoded_bytes().escape_ascii();
        let place = if folder.is_empty() { name.to_string_lossy().into_owned() } else { folder.to_owned() };
        let message = format!("the name `{bytes}` is not UTF-8, so the entry was left out");
        self.walked.report.push(at(FILE_NAME, &place, message).help("rename it to a name in UTF-8"));
        None
    }

    fn entry(&mut self, entry: &DirEntry, path: String) -> anyhow::Result<()> {
        let (real, kind) = (entry.path().to_owned(), entry.file_type());
        if kind.is_symlink() { self.link(&real, path) } else { self.known(kind, real, path) }
    }

    fn known(&mut self, kind: FileType, real: PathBuf, path: String) -> anyhow::Result<()> {
        if kind.is_dir() {
            return self.folder(real, &path);
        }
        if kind.is_file() {
            self.count_bytes(real.symlink_metadata().map_or(0, |metadata| metadata.len()))?;
            self.walked.found.push(Found { path: SourcePath::new(path), real });
        } else {
            let message = format!("`{path}` is a pipe, socket or device and was left out");
            self.walked.report.push(at(NOT_A_FILE, &path, message).help("move it out of the input folder"));
        }
        Ok(())
    }

    fn link(&mut self, link: &Path, path: String) -> anyhow::Result<()> {
        let target = link.canonicalize();
        let refusal = match &target {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some("leads nowhere".to_owned()),
            Err(error) => Some(format!("cannot be followed: {error}")),
            Ok(target) if !target.starts_with(self.root) => Some("leads out of the input folder".to_owned()),
            Ok(target) if self.stack.iter().any(|folder| folder.starts_with(target)) => {
                Some("leads back to a folder that holds it".to_owned())
            }
            Ok(_) => None,
        };
        if let Some(refusal) = refusal {
            let help = "copy what it leads to into the input folder, or remove the link";
            self.walked.report.push(at(LINK_NOT_FOLLOWED, &path, format!("the link `{path}` {refusal}")).help(help));
            return Ok(());
        }
        let target = target.expect("every error of the line that follows the link is a refusal above");
        match target.symlink_metadata() {
            Ok(metadata) => self.known(metadata.file_type(), target, path),
            Err(error) => {
                self.walked.report.push(unreadable(&SourcePath::new(path), &error));
                Ok(())
            }
        }
    }

    fn count_entry(&mut self) -> anyhow::Result<()> {
        self.entries += 1;
        let root = self.root.display();
        ensure!(
            self.entries <= MAX_ENTRIES,
            "`{root}` holds more than {MAX_ENTRIES} files: give the folder of the portal alone"
        );
        Ok(())
    }

    fn count_bytes(&mut self, bytes: u64) -> anyhow::Result<()> {
        self.bytes += bytes.min(super::read::MAX_FILE_BYTES);
        let (root, limit) = (self.root.display(), MAX_BYTES >> 30);
        ensure!(self.bytes <= MAX_BYTES, "`{root}` holds more than {limit} GB: give the folder of the portal alone");
        Ok(())
    }
}

fn at(code: &'static crate::diag::Code, path: &str, message: String) -> Diagnostic {
    Diagnostic::new(code, Place::file(SourcePath::new(path)), message)
}

fn clash(path: &str, first: &str) -> Diagnostic {
    let message = match path == first {
        true => format!("two entries are named `{path}` once their accents are composed; the second was left out"),
        false => format!("`{path}` and `{first}` are one name on a disk that folds case"),
    };
    at(NAME_CLASH, path, message)
        .help("rename one of the two")
        .related(Place::file(SourcePath::new(first)), "the first one")
}

/// Returns true for what is never part of a portal: hidden files, dependencies, and what editors leave behind.
pub(super) fn is_skipped(name: &OsStr, folder: &str) -> bool {
    let name = name.as_encoded_bytes();
    if name.starts_with(b".") {
        return !(name == b".well-known" && folder == "static");
    }
    let exact: [&[u8]; 5] = [b"node_modules", b"4913", b"Thumbs.db", b"desktop.ini", b"__pycache__"];
    let endings: [&[u8]; 6] = [b"~", b".swp", b".swo", b".swx", b"___jb_tmp___", b"___jb_old___"];
    let is_autosave = name.starts_with(b"#") && name.ends_with(b"#");
    exact.contains(&name) || endings.iter().any(|ending| name.ends_with(ending)) || is_autosave
}

/// Returns true for the file that makes a `target` folder beside it the output of a compiler.
fn is_build_file(name: &OsStr) -> bool {
    ["Cargo.toml", "pom.xml", "build.sbt"].iter().any(|file| name == *file)
}
