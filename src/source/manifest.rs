//! The list of files that a build wrote, kept inside its output: what marks a folder as Portolan's own.
//!
//! Here rather than in `publish`, because the walk must know an output folder when it meets one. Pure but for
//! [`is_output`]: a text in, a list out.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// The name of the manifest, at the top of an output folder.
pub const NAME: &str = ".portolan-manifest.json";

/// The version of the manifest that is written, and the only one that is read.
pub const VERSION: u32 = 1;

/// The files that a build wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `portolan`.
    pub generator: String,
    /// [`VERSION`].
    pub version: u32,
    /// Every file but the manifest, in order of path.
    pub files: Vec<ManifestFile>,
}

/// One file of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Below the output folder, with `/` between its parts.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Parses a manifest.
    ///
    /// Returns `None` for any text that Portolan did not write: another generator or version, or a path that could
    /// lead out of the folder. Nothing is ever removed by the word of such a list.
    pub fn parse(text: &[u8]) -> Option<Manifest> {
        let manifest: Manifest = serde_json::from_slice(text).ok()?;
        let ours = manifest.generator == "portolan" && manifest.version == VERSION;
        (ours && manifest.files.iter().all(|file| is_safe(&file.path))).then_some(manifest)
    }

    /// Returns the manifest as text.
    pub fn to_text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec(self).expect("a manifest holds only strings and numbers");
        text.push(b'\n');
        text
    }
}

/// Returns true for a relative path with `/` between plain names, on every platform.
pub fn is_safe(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    path.split('/').all(plain) && !is_drive && path != NAME
}

/// Returns true when the folder holds a manifest that Portolan wrote.
#[allow(clippy::disallowed_methods, reason = "`source` reads")]
pub fn is_output(folder: &Path) -> bool {
    std::fs::read(folder.join(NAME)).is_ok_and(|text| Manifest::parse(&text).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_manifest_is_no_manifest() {
        let forged = |path: &str| {
            format!(r#"{{"generator":"portolan","version":1,"files":[{{"path":{path:?},"bytes":1,"sha256":""}}]}}"#)
        };
        assert!(Manifest::parse(forged("guides/index.html").as_bytes()).is_some());
        for path in ["../x", "/etc/passwd", "a/../../x", "a//b", "", "C:/x", "a\\..\\b", "./a", NAME] {
            assert!(Manifest::parse(forged(path).as_bytes()).is_none(), "{path}");
        }
    }
}
