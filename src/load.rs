//! Source files to documents. Cannot fail: any bytes give a document and diagnostics.
//!
//! The table `kinds::KINDS` says which file is read as what; one row and one function add an input kind. Results are
//! remembered by the content of all the files they were made from ([`Memo`]), so that after an edit only what changed is
//! parsed again.

pub mod blocks;
pub mod changelog;
pub mod dates;
mod kinds;
pub mod markdown;
mod memo;
pub mod openapi;
pub mod roadmap;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::codes::portal::API_WITHOUT_DESCRIPTION;
use crate::diag::{Diagnostic, Place, Report, SourcePath, SourceText};
use crate::model::api::Api;
use crate::model::changelog::Changelog;
use crate::model::document::Document;
use crate::model::roadmap::{RoadmapItem, RoadmapProse};
use crate::model::settings::Settings;
use crate::source::SourceTree;

pub use memo::Memo;

/// Everything that the input folder holds, parsed.
#[derive(Debug, Default)]
pub struct Documents {
    /// Descriptions, current and earlier.
    pub apis: Vec<LoadedApi>,
    /// Markdown documents.
    pub documents: Vec<Arc<Document>>,
    /// Roadmap items.
    pub roadmap: Vec<Arc<RoadmapItem>>,
    /// Roadmap files that are prose, whole or in part.
    pub roadmap_prose: Vec<Arc<RoadmapProse>>,
    /// Changelogs.
    pub changelogs: Vec<Arc<Changelog>>,
    /// Templates, theme files and strings of the portal.
    pub overrides: BTreeMap<SourcePath, Arc<SourceText>>,
    /// `SUMMARY.md` files: no pages, but the order of pages.
    pub summaries: Vec<Arc<Document>>,
}

/// One description.
#[derive(Debug, Clone)]
pub struct LoadedApi {
    /// The API.
    pub api: Arc<Api>,
    /// The name of the file below `history/`, without its extension; `None` for the current description.
    pub history: Option<String>,
    /// The files it was read from, for download: path relative to the root file's folder, and bytes.
    pub originals: Vec<(String, Arc<[u8]>)>,
    /// Every file that was asked for.
    asked: Vec<SourcePath>,
}

/// What came of one source file.
#[derive(Debug, Clone)]
pub(crate) enum Loaded {
    Api(LoadedApi),
    Document(Arc<Document>),
    Item(Arc<RoadmapItem>),
    Prose(Arc<RoadmapProse>),
    Changelog(Arc<Changelog>),
    Summary(Arc<Document>),
}

/// Loads every file of the input folder that is of a known kind, on all cores, in order of path.
pub fn documents(tree: &SourceTree, settings: &Settings, memo: &Memo, report: &mut Report) -> Documents {
    let jobs = kinds::jobs(tree, settings);
    let results: Vec<memo::Remembered> =
        jobs.par_iter().map(|job| memo.load(job, tree, || (job.kind.load)(job, tree, settings))).collect();
    memo.forget_unused();
    let mut documents = Documents { overrides: overrides(tree), ..Documents::default() };
    for result in results {
        for loaded in result.loaded.iter() {
            add(&mut documents, loaded.clone());
        }
        result.problems.iter().for_each(|problem| report.push(problem.clone()));
    }
    without_parts(&mut documents.apis);
    report_missing_descriptions(tree, &documents.apis, report);
    documents
}

fn add(documents: &mut Documents, loaded: Loaded) {
    match loaded {
        Loaded::Api(api) => documents.apis.push(api),
        Loaded::Document(document) => documents.documents.push(document),
        Loaded::Item(item) => documents.roadmap.push(item),
        Loaded::Prose(prose) => documents.roadmap_prose.push(prose),
        Loaded::Changelog(changelog) => documents.changelogs.push(changelog),
        Loaded::Summary(summary) => documents.summaries.push(summary),
    }
}

/// Templates, theme files and strings: what the portal puts over the built-in ones.
fn overrides(tree: &SourceTree) -> BTreeMap<SourcePath, Arc<SourceText>> {
    let is_override = |path: &SourcePath| {
        let path = path.as_str();
        path.starts_with("templates/")
            || path.starts_with("themes/")
            || path == "user.css"
            || (path.starts_with("strings.") && path.ends_with(".toml"))
    };
    let paths = tree.files.keys().filter(|path| is_override(path));
    paths.filter_map(|path| Some((path.clone(), tree.text(path)?))).collect()
}

/// Leaves out descriptions that are a part of another one: a root refers to them, and they do not refer back.
fn without_parts(apis: &mut Vec<LoadedApi>) {
    let roots: Vec<SourcePath> = apis.iter().filter_map(|loaded| loaded.asked.first().cloned()).collect();
    let asks = |by: usize, root: &SourcePath| apis[by].asked[1..].contains(root);
    let is_part: Vec<bool> = (0..apis.len())
        .map(|at| (0..apis.len()).any(|by| by != at && asks(by, &roots[at]) && !asks(at, &roots[by])))
        .collect();
    let mut at = 0;
    apis.retain(|_| {
        at += 1;
        !is_part[at - 1]
    });
}

/// A folder below `apis/` that holds documents but no description gets no reference: its author should know.
fn report_missing_descriptions(tree: &SourceTree, apis: &[LoadedApi], report: &mut Report) {
    let mut seen: Option<&str> = None;
    for path in tree.files.keys() {
        let mut parts = path.segments();
        let (Some("apis"), Some(folder), Some(_)) = (parts.next(), parts.next(), parts.next()) else { continue };
        if seen == Some(folder) {
            continue;
        }
        seen = Some(folder);
        let prefix = format!("apis/{folder}/");
        let described = apis.iter().filter(|loaded| loaded.history.is_none());
        if !described.flat_map(|loaded| loaded.asked.first()).any(|root| root.as_str().starts_with(&prefix)) {
            let message = format!("no description in `apis/{folder}`");
            let problem = Diagnostic::new(API_WITHOUT_DESCRIPTION, Place::file(path.clone()), message);
            report.push(problem.help("add an `openapi.yaml`, or move the documents to `guides/`"));
        }
    }
}
