//! The only reader of the input folder: a walk gives a [`SourceTree`], which is plain data from then on.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::SourcePath;

/// Every file of the input folder that Portolan may want, with its bytes.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    /// The name of the folder itself: the last resort for a title.
    pub name: String,
    /// The files by path.
    pub files: BTreeMap<SourcePath, SourceFile>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// xxh3 of the bytes: the key of caches.
    pub hash: u64,
}
