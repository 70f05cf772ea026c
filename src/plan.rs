//! The list of every file of the site, each with the pure function that makes its bytes.

pub mod site;

pub use site::{Digest, Family, Output, Site};
