//! Roadmap files to items.
