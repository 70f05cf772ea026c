//! The files that are published as they are: `static/**`, and what documents and descriptions embed or link to.

use std::collections::{BTreeMap, HashMap};

use crate::diag::codes::portal::ROUTE_COLLISION;
use crate::diag::{Diagnostic, Place, Report};
use crate::model::portal::{Portal, PortalFile};
use crate::model::route::{Route, Url};
use crate::source::SourceTree;
use crate::text::slug;

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

fn all_files(portal: &Portal, tree: &SourceTree) -> BTreeMap<Url, PortalFile> {
    let mut files = BTreeMap::new();
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
            files.insert(embedded_url(path.as_str()), PortalFile { source: path.clone(), bytes: file.bytes.clone() });
        }
    }
    files
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
