//! Markdown files to documents: front matter, outline, links.
