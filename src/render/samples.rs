//! Request samples.
