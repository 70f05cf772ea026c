//! Tests of this module.


