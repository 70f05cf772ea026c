//! The plan of a site: what `build` writes whole and `serve` answers from, one file at a time.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::model::route::SitePath;

/// Makes the bytes of one output. Pure: the same bytes at every call.
pub type Make = Box<dyn Fn() -> Vec<u8> + Send + Sync>;

/// Makes the bytes of an output that tells about all the others.
pub type MakeFromDigests = Box<dyn Fn(&[Digest]) -> Vec<u8> + Send + Sync>;

/// Makes a family of outputs, by their paths below the family's folder.
pub type MakeFamily = Box<dyn Fn() -> BTreeMap<String, Vec<u8>> + Send + Sync>;

/// How one output file comes to be.
pub enum Output {
    /// Known already: a static file.
    Bytes(Arc<[u8]>),
    /// Made when asked for.
    Make(Make),
    /// Made after all outputs of the other two sorts and all families, from their digests in order of path.
    FromDigests(MakeFromDigests),
}

/// Size and hash of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The file.
    pub path: SitePath,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// Outputs whose names depend on their bytes, such as the shards of the search index. Made once, when the first of
/// them is asked for.
pub struct Family {
    /// The folder that holds them and nothing else, with a trailing `/`.
    pub folder: String,
    make: MakeFamily,
    made: OnceLock<BTreeMap<SitePath, Arc<[u8]>>>,
}

impl Family {
    /// Takes the folder (with a trailing `/`) and the function that makes path below the folder → bytes.
    pub fn new(folder: impl Into<String>, make: MakeFamily) -> Family {
        Family { folder: folder.into(), make, made: OnceLock::new() }
    }

    /// Returns the outputs, made at the first call.
    pub fn outputs(&self) -> &BTreeMap<SitePath, Arc<[u8]>> {
        self.made.get_or_init(|| {
            let outputs = (self.make)().into_iter();
            outputs.map(|(name, bytes)| (SitePath::new(format!("{}{name}", self.folder)), bytes.into())).collect()
        })
    }
}

/// Every output of a site.
#[derive(Default)]
pub struct Site {
    /// The outputs with names known beforehand.
    pub outputs: BTreeMap<SitePath, Output>,
    /// The others.
    pub families: Vec<Family>,
    /// The Content-Security-Policy that a host sends with every file, but for `frame-ancestors`.
    pub policy: String,
}

impl fmt::Debug for Site {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.outputs.keys()).finish()
    }
}
