//! Every diagnostic code, one file an area. A code here has a line in `docs/diagnostics.md` and a fixture in
//! `tests/errors/<code>/`; `tests/diagnostics.rs` fails when either is missing.

pub mod description;
pub mod document;
pub mod history;
pub mod output;
pub mod portal;
pub mod theme;
pub mod tree;

use super::Code;

/// The codes of each area.
const AREAS: &[&[&Code]] =
    &[tree::ALL, description::ALL, document::ALL, history::ALL, portal::ALL, theme::ALL, output::ALL];

/// Returns every code, in alphabetical order of its name.
pub fn all() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = AREAS.iter().copied().flatten().copied().collect();
    codes.sort_by_key(|code| code.name);
    codes
}

/// Returns the code of this name, or `None`.
pub fn find(name: &str) -> Option<&'static Code> {
    all().into_iter().find(|code| code.name == name)
}
