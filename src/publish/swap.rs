//! The swap of the staged site for the old one, and what to do after a build that was killed in the middle.
//!
//! Where the disk can exchange two folders in one step there is no middle. Elsewhere the old site moves aside and the
//! new one into its place; killed in between, the output is missing and [`recover`] puts the new one there. The
//! folders' names are the journal.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Refused;
use super::disk::Disk;
use super::retire::retire;
use super::target::refusal;
use super::workshop::Workshop;
use crate::source::manifest;

/// Puts the staged site in the place of the output; the old one ends up in the workshop.
pub(super) fn swap(disk: &Disk, out: &Path, staging: &Path, workshop: &Workshop) -> Result<(), Refused> {
    if !disk.run("look at", out, || out.try_exists())? {
        return disk.rename(staging, out);
    }
    match disk.exchange(staging, out) {
        Ok(()) => {
            // Only a clearer name: `recover` knows an old site by its manifest too.
            let _ = disk.attempt(|| fs::rename(staging, workshop.free_name("old")));
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            swap_by_renames(disk, out, staging, &workshop.free_name("old"))
        }
        Err(error) if is_mount_point(&error) => {
            let help = format!("give a folder inside it: `--out {}`", out.join("site").display());
            Err(refusal(format!("`{}` is a mount point and cannot be swapped", out.display()), &help))
        }
        Err(error) => Err(Refused::Disk { action: "swap in the new site at", path: out.to_owned(), error }),
    }
}

fn is_mount_point(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}

fn swap_by_renames(disk: &Disk, out: &Path, staging: &Path, aside: &Path) -> Result<(), Refused> {
    disk.rename(out, aside)?;
    disk.rename(staging, out).inspect_err(|_| {
        // Not counted as an operation that may fail: if it does, `recover` does it at the next build.
        let _ = fs::rename(aside, out);
    })
}

/// Mends what a killed build left. Returns what it could not tidy.
pub(super) fn recover(disk: &Disk, out: &Path, workshop: &Workshop) -> Result<Vec<String>, Refused> {
    if out.symlink_metadata().is_err() {
        let folders = workshop.folders(disk)?;
        let whole = |name: &[u8]| {
            let is_named = |path: &&PathBuf| path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(name));
            folders.iter().filter(is_named).find(|path| manifest::is_output(path))
        };
        // A staged site with its manifest is whole: the kill came between the two renames.
        // Without either there is no site to carry anything into; what waits here does so until after the swap.
        let Some(folder) = whole(b"new").or_else(|| whole(b"old")) else { return Ok(Vec::new()) };
        disk.rename(folder, out)?;
    }
    Ok(tidy(disk, out, workshop))
}

/// Takes every site in the workshop apart. Returns, in words, what had to stay.
pub(super) fn tidy(disk: &Disk, out: &Path, workshop: &Workshop) -> Vec<String> {
    match workshop.folders(disk) {
        Ok(folders) => {
            folders.iter().filter_map(|folder| retire(disk, folder, out).err()).map(|e| e.to_string()).collect()
        }
        Err(refused) => vec![refused.to_string()],
    }
}
