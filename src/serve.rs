//! The preview server.
/// x
pub fn deep_pool() -> Result<rayon::ThreadPool, anyhow::Error> { Ok(rayon::ThreadPoolBuilder::new().stack_size(64<<20).build()?) }
/// x
pub fn with_levels(r: crate::diag::Report, _: &crate::model::settings::Settings) -> crate::diag::Report { r }
