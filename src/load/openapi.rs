//! OpenAPI 2.0, 3.0, 3.1 and 3.2 descriptions to one [`Api`].

use std::sync::Arc;

use crate::diag::{Diagnostic, SourcePath, SourceText};
use crate::model::api::Api;
use crate::model::settings::Limits;

/// What came of a description.
#[derive(Debug)]
pub struct Loaded {
    /// The API; as much of it as could be read.
    pub api: Api,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was asked for, the root first, found or not: the key of a cache.
    pub asked: Vec<SourcePath>,
}

/// Finds a file of the input folder by its path; `None` when there is none.
pub type FindFile<'a> = dyn Fn(&SourcePath) -> Option<Arc<SourceText>> + Sync + 'a;

/// Loads a description and the files that it refers to.
pub fn load(id: &str, root: &Arc<SourceText>, find: &FindFile<'_>, limits: &Limits) -> Loaded {
    let _ = (id, root, find, limits);
    todo!()
}
