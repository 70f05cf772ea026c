//! Source files to documents. Cannot fail: any bytes give a document and diagnostics.

pub mod blocks;
pub mod changelog;
pub mod dates;
pub mod markdown;
pub mod openapi;
pub mod roadmap;
pub mod tree;
