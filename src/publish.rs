//! The only writer of the output folder.
