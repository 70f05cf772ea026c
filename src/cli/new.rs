//! `portolan new`: a small portal that builds and passes every check.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::context::Context;
use super::{Done, Failure, say};

/// The files, by path.
const FILES: &[(&str, &str)] = &[
    (".gitignore", include_str!("new/gitignore")),
    ("portal.toml", include_str!("new/portal.toml")),
    ("index.md", include_str!("new/index.md")),
    ("apis/parcels/openapi.yaml", include_str!("new/openapi.yaml")),
    ("apis/parcels/CHANGELOG.md", include_str!("new/CHANGELOG.md")),
    ("guides/first-parcel.md", include_str!("new/first-parcel.md")),
    ("roadmap/delivery-webhooks.md", include_str!("new/delivery-webhooks.md")),
];

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to make; it must be empty if it exists
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Done, Failure> {
    make(&arguments.folder)?;
    if !context.quiet {
        let folder = arguments.folder.display();
        say(&format!(
            "made a portal in {folder}/\n\n  portolan serve {folder}    shows it at http://127.0.0.1:4000/\n  \
             portolan build {folder}    writes the site to {folder}/site/\n\n\
             Put your own description in place of apis/parcels/openapi.yaml to begin.\n"
        ));
    }
    Ok(Done::Clean)
}

fn make(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) => {
            let message = anyhow::anyhow!("`{shown}` is not empty");
            return Err(Failure::usage(message).help("name a folder that does not exist yet"));
        }
        Ok(false) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let message = anyhow::anyhow!("`{shown}` is a file");
            return Err(Failure::usage(message).help("name a folder that does not exist yet"));
        }
        Err(error) => {
            return Err(Failure::machine(anyhow::Error::new(error).context(format!("cannot list `{shown}`"))));
        }
    }
    FILES.iter().try_for_each(|(path, text)| write(&folder.join(path), text)).map_err(Failure::machine)
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create the folder `{}`", parent.display()))?;
    }
    fs::write(file, text).with_context(|| format!("cannot write `{}`", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_portal_has_no_mistakes() {
        let tree = crate::source::SourceTree::of("new", FILES);
        let built = crate::build(&tree, &crate::Options::default(), &crate::Memo::default());
        let said: Vec<String> =
            built.report.iter().map(|d| format!("{} {}: {}", d.place, d.code.name, d.message)).collect();
        assert_eq!(said, [""; 0]);
    }

    #[test]
    fn a_new_portal_lies_in_a_folder_of_its_own_and_nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let portal = folder.path().join("docs/portal");
        make(&portal).unwrap();
        assert!(fs::read_to_string(portal.join("apis/parcels/openapi.yaml")).unwrap().starts_with("openapi: 3.1"));
        let failure = make(&portal).unwrap_err();
        assert_eq!((failure.code, failure.message.ends_with("is not empty")), (2, true));
        assert_eq!(make(&portal.join("index.md")).unwrap_err().code, 2);
    }
}
