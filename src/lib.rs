//! Portolan turns one folder into a developer portal.

pub mod diag;
pub mod load;
pub mod model;
