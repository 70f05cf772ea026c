//! The portal as plain, immutable data.
//!
//! Made by `load` (documents) and `assemble` (the whole), read by everything else, changed by nobody. The types know
//! nothing of files, HTML or the versions of a description format: the loaders lift every version into one model.
//! Nothing here derives `Serialize`: what templates see is declared in `render/view`.

pub mod api;
pub mod changelog;
pub mod document;
pub mod node;
pub mod portal;
pub mod roadmap;
pub mod route;
pub mod sample_language;
pub mod settings;

/// Text that is shared rather than copied.
pub type Text = std::sync::Arc<str>;
