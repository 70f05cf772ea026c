//! What a portal's author is told: diagnostics, the text they point into, and the report that collects them.
//!
//! Takes nothing and knows nothing of the rest of the program: every module above makes [`Diagnostic`]s, nobody here
//! decides what is a mistake. Printing them in the formats of people and machines is in the files below.

pub mod code;
pub mod codes;
mod nearest;
pub mod print;
mod report;
mod source_text;

pub use code::{Code, Severity};
pub use nearest::nearest;
pub use report::{Counts, Diagnostic, Related, Report};
pub use source_text::{LineColumn, Place, SourcePath, SourceText};
