//! Source files to documents. Cannot fail: any bytes give a document and diagnostics.

pub mod changelog;
pub mod markdown;
pub mod openapi;
pub mod roadmap;
pub mod slug;
pub mod tree;
