//! Changelogs of the common forms to releases and entries.
