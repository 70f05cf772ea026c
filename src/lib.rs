//! Portolan turns one folder into a developer portal.
//!
//! ```text
//! folder ──source──▶ SourceTree ──load──▶ Documents ──assemble──▶ Portal ──check──▶ Report
//!                                                                  └──plan──▶ Site ──publish / serve──▶
//! ```

use std::sync::Arc;

pub mod assemble;
pub mod check;
pub mod cli;
pub mod config;
pub mod diag;
pub mod export;
pub mod feeds;
pub mod graph;
pub mod load;
pub mod model;
pub mod plan;
pub mod publish;
pub mod render;
pub mod schema;
pub mod search;
pub mod serve;
pub mod slug;
pub mod source;
pub mod text;
pub mod tree;

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
pub struct Memo {
    /// Parsed files.
    pub load: load::Memo,
    /// Highlighted code.
    pub highlighter: Arc<render::highlight::Highlighter>,
}

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
    let mut report = diag::Report::default();
    let settings = config::load(tree, options, &mut report);
    let documents = load::documents(tree, &settings, &memo.load, &mut report);
    let portal = Arc::new(assemble::portal(tree, documents, settings, &mut report));
    let graph = Arc::new(graph::Graph::new(&portal));
    check::run(&portal, &graph, &mut report);
    let (theme, problems) = render::theme::Theme::load(&portal.settings.theme, &portal.overrides);
    problems.into_iter().for_each(|problem| report.push(problem));
    let renderer = render::Renderer::new(Arc::clone(&portal), graph, Arc::new(theme), Arc::clone(&memo.highlighter));
    let problems = renderer.prose_problems().into_iter().chain(renderer.trial());
    problems.for_each(|problem| report.push(problem));
    config::apply_levels(&portal.settings, &mut report);
    Built { portal, site: plan::plan(renderer), report: report.sorted() }
}
