//! `broken-link`, `broken-anchor`, `unknown-reference-in-prose`, `unsafe-link`: links in the portal's own Markdown and
//! in the head and foot of every page (`portal.toml`) that lead nowhere.
//!
//! A portal that says "see there" and leads nowhere loses its reader; so each such link is an error, with the nearest
//! path, anchor or id that exists.

use std::ops::Range;

use crate::diag::codes::portal::{BROKEN_ANCHOR, BROKEN_LINK, UNKNOWN_REFERENCE, UNSAFE_LINK};
use crate::diag::{Code, Diagnostic, Place, Report};
use crate::graph::{Broken, BrokenKind, Graph, Target, api_of};
use crate::model::document::Markdown;
use crate::model::portal::Portal;
use crate::model::route::ApiIndex;

/// Reports every link of documents, roadmap and changelogs that does not resolve.
pub fn run(portal: &Portal, graph: &Graph, report: &mut Report) {
    let api = |id: Option<&str>| api_of(portal, id);
    for document in &portal.documents {
        links(portal, graph, &document.body, document.body.range.clone(), api(document.api.as_deref()), report);
    }
    for item in &portal.roadmap {
        let of = api(item.apis.first().map(|id| &**id));
        links(portal, graph, &item.body, item.body.range.clone(), of, report);
    }
    for prose in &portal.roadmap_prose {
        links(portal, graph, &prose.body, prose.body.range.clone(), api(prose.api.as_deref()), report);
    }
    for log in &portal.changelogs {
        links(portal, graph, &log.body, log.body.range.clone(), api(log.api.as_deref()), report);
    }
    for link in portal.settings.nav.iter().chain(&portal.settings.footer) {
        let file = link.place.source.path.clone();
        if let Target::Broken(broken) = graph.references.resolve(portal, &file, None, &link.url) {
            report.push(diagnostic(broken, link.place.clone()));
        }
    }
}

fn links(
    portal: &Portal,
    graph: &Graph,
    body: &Markdown,
    within: Range<usize>,
    api: Option<ApiIndex>,
    report: &mut Report,
) {
    for link in body.links.iter().filter(|link| within.contains(&link.range.start)) {
        match graph.references.resolve(portal, body.path(), api, &link.target) {
            Target::Broken(broken) => report.push(diagnostic(broken, body.place(link.range.clone()))),
            Target::Anchor(anchor) if !anchor.is_empty() && anchor != "top" && !body.has_anchor(&anchor) => {
                let near = crate::diag::nearest(&anchor, body.headings.iter().map(|heading| heading.id.as_str()));
                let broken = Broken {
                    kind: BrokenKind::Anchor,
                    message: format!("no heading with the anchor `#{anchor}` on this page"),
                    help: near.map(|near| format!("did you mean `#{near}`?")),
                };
                report.push(diagnostic(broken, body.place(link.range.clone())));
            }
            _ => {}
        }
    }
}

fn diagnostic(broken: Broken, place: Place) -> Diagnostic {
    let (code, way_out) = code_of(broken.kind);
    let help = broken.help.unwrap_or_else(|| way_out.to_owned());
    Diagnostic::new(code, place, broken.message).help(help)
}

fn code_of(kind: BrokenKind) -> (&'static Code, &'static str) {
    match kind {
        BrokenKind::Link => (BROKEN_LINK, "write the path of an existing document, relative to this one"),
        BrokenKind::Anchor => (BROKEN_ANCHOR, "use the anchor of an existing heading"),
        BrokenKind::Reference => (UNKNOWN_REFERENCE, "use an id that the portal has"),
        BrokenKind::Unsafe => (UNSAFE_LINK, "link with http, https, mailto or tel"),
    }
}
