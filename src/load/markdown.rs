//! Markdown files to documents: front matter, outline, links.

pub mod autolink;
pub mod directive;
pub mod events;
mod jsx;
mod outline;
pub mod prepare;
pub mod raw_html;
mod scan;
pub mod slug;

pub use outline::outline;
