//! Markdown files to documents: front matter, outline, links.

pub mod autolink;
pub mod directive;
pub mod events;
pub mod fence;
mod jsx;
mod outline;
pub mod prepare;
pub mod raw_html;
mod scan;
pub mod slug;
mod template;

pub use outline::outline;
