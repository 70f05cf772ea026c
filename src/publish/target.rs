//! Which folders a site may be written to.
//!
//! Every refusal names the way out. There is no flag that turns one off.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::{Refused, Target};
use crate::source::manifest::{self, Manifest};

/// Returns where the output folder really lies, or refuses the place of it.
pub(super) fn resolve(target: &Target<'_>) -> Result<PathBuf, Refused> {
    let shown = target.out.display();
    let absolute = std::path::absolute(target.out).map_err(|error| disk_error("find", target.out, error))?;
    // Without the trailing slash, which would look through a link.
    let absolute: PathBuf = absolute.components().collect();
    match fs::symlink_metadata(&absolute) {
        Ok(metadata) if metadata.is_symlink() => {
            let help = "give the folder that it leads to, or remove the link";
            return Err(refusal(format!("the output folder `{shown}` is a symbolic link"), help));
        }
        Ok(metadata) if !metadata.is_dir() => {
            return Err(refusal(format!("the output folder `{shown}` is a file"), ELSEWHERE));
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(disk_error("look at", &absolute, error)),
    }
    let out = absolute.canonicalize().ok().or_else(|| Some(real(absolute.parent()?).join(absolute.file_name()?)));
    let Some(out) = out else {
        return Err(refusal(format!("the output folder `{shown}` does not end in a name"), ELSEWHERE));
    };
    check_place(&out, target)?;
    Ok(out)
}

fn check_place(out: &Path, target: &Target<'_>) -> Result<(), Refused> {
    let shown = target.out.display();
    let Some(parent) = out.parent() else {
        return Err(refusal(format!("the output folder `{shown}` is the root of a disk"), ELSEWHERE));
    };
    if target.home.is_some_and(|home| real(home).starts_with(out)) {
        return Err(refusal(format!("the output folder `{shown}` is or holds your home folder"), ELSEWHERE));
    }
    if real(target.input).starts_with(out) {
        return Err(refusal(format!("the output folder `{shown}` is or holds the input folder"), ELSEWHERE));
    }
    if is_mount_point(out, parent) {
        let help = format!("give a folder inside it: `--out {}`", target.out.join("site").display());
        return Err(refusal(format!("the output folder `{shown}` is a mount point and cannot be swapped"), &help));
    }
    Ok(())
}

const ELSEWHERE: &str = "give a folder of its own with `--out`, such as `--out site`";

/// Returns the manifest of the folder's last build: an empty one when the folder is missing or empty.
///
/// Refuses a folder that holds anything else.
pub(super) fn check_contents(disk: &Disk, out: &Path) -> Result<Manifest, Refused> {
    let nothing = Manifest { generator: "portolan".into(), version: manifest::VERSION, files: Vec::new() };
    if disk.attempt(|| out.try_exists()).is_ok_and(|exists| !exists) {
        return Ok(nothing);
    }
    let entries = disk.list(out)?;
    let Some(first) = entries.first() else { return Ok(nothing) };
    let path = out.join(manifest::NAME);
    match disk.attempt(|| fs::read(&path)) {
        Ok(text) => Manifest::parse(&text).ok_or_else(|| {
            let message = format!("`{}` is not a list that this version of Portolan wrote", path.display());
            refusal(message, "empty the output folder by hand, or give another one with `--out`")
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let (shown, name) = (out.display(), first.file_name());
            let message = format!("`{shown}` holds files that Portolan did not write, such as `{}`", name.display());
            Err(refusal(message, "give another folder with `--out`, or empty this one by hand"))
        }
        Err(error) => Err(disk_error("read", &path, error)),
    }
}

/// Makes a refusal of the target.
pub(super) fn refusal(message: String, help: &str) -> Refused {
    Refused::Target { message, help: help.to_owned() }
}

fn disk_error(action: &'static str, path: &Path, error: io::Error) -> Refused {
    Refused::Disk { action, path: path.to_owned(), error }
}

/// Resolves the part of a path that exists.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in absolute.ancestors() {
        if let Ok(real) = ancestor.canonicalize() {
            return match absolute.strip_prefix(ancestor) {
                Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
                _ => real,
            };
        }
    }
    absolute
}

#[cfg(unix)]
fn is_mount_point(out: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    matches!((out.metadata(), parent.metadata()), (Ok(out), Ok(parent)) if out.dev() != parent.dev())
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path, _: &Path) -> bool {
    false
}
