//! The files that are published as they are: `static/**`, and what documents and descriptions embed or link to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::codes::portal::ROUTE_COLLISION;
use crate::diag::{Diagnostic, Place, Report, SourcePath, SourceText};
use crate::load::markdown::outline;
use crate::model::api::Logo;
use crate::model::portal::{Portal, PortalFile};
use crate::model::route::{Route, Url};
use crate::source::SourceTree;
use crate::text::slug;
use crate::tree::write;

/// Returns every file that is copied, by its URL.
///
/// `static/x/y.png` is published as `x/y.png`. A file that a document links to is published where the document's folder
/// is; links to what the input folder does not hold are left to the link check.
///
/// Reports `route-collision` for a file that would be written where a page is; the page stays.
pub fn files(portal: &Portal, tree: &SourceTree, report: &mut Report) -> BTreeMap<Url, PortalFile> {
    let mut files = all_files(portal, tree);
    let pages: HashMap<String, &Route> =
        portal.routes.iter().map(|route| (route.url.site_path().as_str().to_lowercase(), route)).collect();
    files.retain(|url, file| {
        let Some(page) = pages.get(&url.as_str().to_lowercase()) else { return true };
        let message = format!("`{}` would be written where the page \"{}\" is", file.source, page.title);
        let problem = Diagnostic::new(ROUTE_COLLISION, Place::file(file.source.clone()), message);
        report.push(problem.help("rename the file"));
        false
    });
    files
}

/// The files of descriptions that something internal was left out of, and what is published when a document links to
/// one: the bundle in place of the root, nothing in place of the others.
fn filtered_files(portal: &Portal) -> HashMap<&SourcePath, Option<Arc<[u8]>>> {
    let mut filtered = HashMap::new();
    for edition in portal.apis.iter().filter(|edition| edition.api.filtered) {
        for (at, source) in edition.api.sources.0.iter().enumerate() {
            let is_json = source.path.extension() == "json";
            let bundle = || if is_json { write::json(&edition.api.root) } else { write::yaml(&edition.api.root) };
            let shown: Option<Arc<[u8]>> = (at == 0).then(|| bundle().into());
            let known = filtered.entry(&source.path).or_insert(None);
            *known = known.take().or(shown);
        }
    }
    filtered
}

fn all_files(portal: &Portal, tree: &SourceTree) -> BTreeMap<Url, PortalFile> {
    let mut files = BTreeMap::new();
    let filtered = filtered_files(portal);
    for (path, file) in &tree.files {
        if let Some(rest) = path.as_str().strip_prefix("static/") {
            let file = PortalFile { source: path.clone(), bytes: file.bytes.clone() };
            files.insert(Url::new(rest.to_owned()), file);
        }
    }
    let documents = portal.documents.iter().map(|document| &document.body);
    let items = portal.roadmap.iter().map(|item| &item.body);
    let logs = portal.changelogs.iter().map(|log| &log.body);
    for body in documents.chain(items).chain(logs) {
        for link in &body.links {
            let written = link.target.split(['#', '?']).next().unwrap_or_default();
            let Some(path) = body.path().join(&crate::text::percent_decoded(written)) else { continue };
            let is_page = portal.pages_of.contains_key(&path);
            let Some(file) = tree.files.get(&path).filter(|_| !is_page && !path.as_str().starts_with("static/")) else {
                continue;
            };
            let bytes = filtered.get(&path).cloned().unwrap_or_else(|| Some(file.bytes.clone()));
            if let Some(bytes) = bytes {
                files.insert(embedded_url(path.as_str()), PortalFile { source: path, bytes });
            }
        }
    }
    for path in files_of_descriptions(portal, tree) {
        let bytes = tree.files[&path].bytes.clone();
        files.insert(embedded_url(path.as_str()), PortalFile { source: path, bytes });
    }
    files
}

/// Returns the files that texts and logos of descriptions link to: images above all, but also a licence or a table.
///
/// Descriptions themselves are published elsewhere, and nothing whose name begins with a dot is published at all.
fn files_of_descriptions(portal: &Portal, tree: &SourceTree) -> BTreeSet<SourcePath> {
    let apis = || portal.apis.iter().map(|edition| &edition.api);
    let sources: HashSet<&SourcePath> = apis().flat_map(|api| &api.sources.0).map(|source| &source.path).collect();
    let is_candidate = |path: &SourcePath| {
        let name = path.as_str();
        let own = ["static/", "templates/", "themes/"].iter().any(|folder| name.starts_with(folder));
        let hidden = name.split('/').any(|part| part.starts_with('.'));
        !own && !hidden && name != "portal.toml" && !portal.pages_of.contains_key(path) && !sources.contains(path)
    };
    let candidates: HashSet<&SourcePath> = tree.files.keys().filter(|path| is_candidate(path)).collect();
    if candidates.is_empty() {
        return BTreeSet::new();
    }
    let linked = |from: &SourcePath, written: &str| {
        let written = written.split(['#', '?']).next().unwrap_or_default();
        from.join(&crate::text::percent_decoded(written)).filter(|path| candidates.contains(path))
    };
    let mut files = BTreeSet::new();
    for api in apis() {
        let found = api.prose().into_par_iter().flat_map_iter(|prose| {
            let source = api.sources.0.get(prose.span.file as usize);
            source.into_iter().flat_map(|source| {
                let targets = link_targets(&source.path, &prose.text).into_iter();
                targets.filter_map(|target| linked(&source.path, &target)).collect::<Vec<_>>()
            })
        });
        files.extend(found.collect::<Vec<_>>());
        for url in api.info.logo.iter().flat_map(Logo::urls) {
            let source = api.sources.0.get(url.span.file as usize);
            files.extend(source.and_then(|source| linked(&source.path, &url.written)));
        }
    }
    files
}

/// Returns what a text links to or embeds.
fn link_targets(path: &SourcePath, text: &str) -> Vec<String> {
    if !text.contains(['[', '<']) {
        return Vec::new();
    }
    let source = Arc::new(SourceText::new(path.clone(), text));
    outline(&source, 0..source.text.len()).links.into_iter().map(|link| link.target).collect()
}

/// Returns where a file beside documents is published: its folders as slugs, its name kept recognisable.
pub fn embedded_url(path: &str) -> Url {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let folder: String =
        folder.split('/').filter(|part| !part.is_empty()).map(|part| format!("{}/", slug(part))).collect();
    let extension = slug(extension);
    let dot = if extension.is_empty() { "" } else { "." };
    Url::new(format!("{folder}{}{dot}{extension}", slug(stem)))
}
