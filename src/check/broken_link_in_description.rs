//! `broken-link-in-description`: a text of a description links to a path that is no page and no file of the portal.
//!
//! Such texts often come from elsewhere and were written for another site, so it is a warning; the page shows the
//! link's text without the link.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::codes::portal::BROKEN_LINK_IN_DESCRIPTION;
use crate::diag::{Diagnostic, Report, SourceText};
use crate::graph::{BrokenKind, Graph, Target};
use crate::load::markdown::outline;
use crate::model::api::{Api, Prose};
use crate::model::portal::Portal;
use crate::model::route::ApiIndex;

/// Reports every link in a description's prose that does not resolve.
pub fn run(portal: &Portal, graph: &Graph, report: &mut Report) {
    for (at, edition) in portal.apis.iter().enumerate() {
        let index = ApiIndex(at as u32);
        let prose = edition.api.prose();
        let found: Vec<Vec<Diagnostic>> =
            prose.par_iter().map(|prose| broken(portal, graph, index, &edition.api, prose)).collect();
        found.into_iter().flatten().for_each(|problem| report.push(problem));
    }
}

fn broken(portal: &Portal, graph: &Graph, index: ApiIndex, api: &Api, prose: &Prose) -> Vec<Diagnostic> {
    if !prose.text.contains(['[', '<']) {
        return Vec::new();
    }
    let Some(source) = api.sources.0.get(prose.span.file as usize) else { return Vec::new() };
    let mut problems = Vec::new();
    let text = Arc::new(SourceText::new(source.path.clone(), &*prose.text));
    for written in outline(&text, 0..text.text.len()).links.iter().map(|link| &link.target) {
        let target = graph.references.resolve(portal, &source.path, Some(index), written);
        if let Target::Broken(broken) = target
            && broken.kind != BrokenKind::Anchor
        {
            let place = api.sources.place(prose.span);
            let problem = Diagnostic::new(
                BROKEN_LINK_IN_DESCRIPTION,
                place,
                format!("{} (link in a description)", broken.message),
            );
            problems.push(problem.help(broken.help.unwrap_or_else(|| "write an absolute URL".to_owned())));
        }
    }
    problems
}
