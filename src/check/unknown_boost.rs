//! `unknown-boost`: `search.toml` boosts a page that the portal does not have.
//!
//! A boost that names nothing does nothing, and its author believes that it does. Mended by the path of a document, or
//! the URL of a page or folder.

use crate::diag::codes::portal::UNKNOWN_BOOST;
use crate::diag::{Diagnostic, Report, SourcePath, nearest};
use crate::graph::Graph;
use crate::model::portal::Portal;

/// Reports boosts of pages that do not exist.
pub fn run(portal: &Portal, _: &Graph, report: &mut Report) {
    for boost in portal.settings.search.boosts.iter().filter(|boost| portal.url_of_path(&boost.path).is_none()) {
        let known = portal.pages_of.keys().map(SourcePath::as_str).chain(portal.routes.iter().map(|r| r.url.as_str()));
        let near = nearest(&boost.path, known.map(|path| path.trim_end_matches(".md").trim_end_matches('/')));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the path of a document or the URL of a page: `guides/quickstart`".to_owned(),
        };
        let message = format!("no page at `{}`", boost.path);
        report.push(Diagnostic::new(UNKNOWN_BOOST, boost.place.clone(), message).help(help));
    }
}
