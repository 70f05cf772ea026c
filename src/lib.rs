//! Portolan turns one folder into a developer portal.
//!
//! ```text
//! folder ──source──▶ SourceTree ──load──▶ Documents ──assemble──▶ Portal ──check──▶ Report
//!                                                                  └──plan──▶ Site ──publish / serve──▶
//! ```

use std::sync::Arc;

pub mod cli;
pub mod diag;
pub mod load;
pub mod model;
pub mod plan;
pub mod publish;
pub mod render;
pub mod schema;
pub mod serve;
pub mod source;

/// What the command line adds to `portal.toml`.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `--drafts`: documents marked as drafts are part of the portal.
    pub drafts: bool,
    /// `--audience`: documents for this audience are part of the portal.
    pub audience: Option<String>,
    /// `--base-url`: wins over `base_url` of portal.toml.
    pub base_url: Option<String>,
    /// `SOURCE_DATE_EPOCH`, seconds since the Unix epoch.
    pub built_at: Option<i64>,
}

/// Results of pure steps, by the hash of all their inputs, carried from one build to the next by `serve`.
#[derive(Debug, Default)]
pub struct Memo {}

/// What a build gives: the portal, the plan of its site, and every mistake that was found.
#[derive(Debug)]
pub struct Built {
    /// The portal.
    pub portal: Arc<model::portal::Portal>,
    /// The plan; nothing of it has run yet.
    pub site: plan::Site,
    /// Every diagnostic, sorted.
    pub report: diag::Report,
}

/// Runs the pipeline from the source tree to the plan of the site.
pub fn build(tree: &source::SourceTree, options: &Options, memo: &Memo) -> Built {
    let _ = (tree, options, memo);
    todo!()
}
