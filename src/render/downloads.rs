//! Files that are made from an API and lie beside its pages: what they are called, and their bytes, made once.
//!
//! Pages say how large they are and the plan writes them, so both ask here. What is in them is `export`'s business: the
//! plan brings the functions along.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::Renderer;
use crate::model::route::{ApiIndex, Url};

/// Makes the bytes of a file.
pub type MakeFile = Box<dyn Fn(&Renderer) -> Vec<u8> + Send + Sync>;

/// A file that is made.
pub struct MadeFile {
    /// The API that it is made from.
    pub api: ApiIndex,
    /// What it is, for the reader.
    pub title: &'static str,
    make: MakeFile,
    bytes: OnceLock<Arc<[u8]>>,
}

impl MadeFile {
    /// Takes what it is and the function that makes it.
    pub fn new(api: ApiIndex, title: &'static str, make: MakeFile) -> MadeFile {
        MadeFile { api, title, make, bytes: OnceLock::new() }
    }

    /// Returns the bytes, made at the first call.
    pub fn bytes(&self, renderer: &Renderer) -> Arc<[u8]> {
        Arc::clone(self.bytes.get_or_init(|| (self.make)(renderer).into()))
    }
}

/// The files that are made from the APIs of a portal.
#[derive(Default)]
pub struct Downloads {
    /// By where they are, in the order of the list for readers.
    pub files: Vec<(Url, MadeFile)>,
    by_url: BTreeMap<Url, usize>,
}

impl fmt::Debug for Downloads {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.by_url.keys()).finish()
    }
}

impl Downloads {
    /// Adds a file; the first one of a URL stays.
    pub fn add(&mut self, url: Url, file: MadeFile) {
        let at = self.files.len();
        if *self.by_url.entry(url.clone()).or_insert(at) == at {
            self.files.push((url, file));
        }
    }

    /// Returns the file at a URL.
    pub fn at(&self, url: &Url) -> Option<&MadeFile> {
        self.by_url.get(url).map(|at| &self.files[*at].1)
    }

    /// Returns the files of an API in the order they were added.
    pub fn of(&self, api: ApiIndex) -> impl Iterator<Item = &(Url, MadeFile)> {
        self.files.iter().filter(move |(_, file)| file.api == api)
    }
}
