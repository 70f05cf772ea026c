//! `unknown-reference-in-prose`: front matter names an operation, roadmap item, document or API that does not exist.
//!
//! A story's `calls`, a roadmap item's `adds` and `depends` and a path's `steps` are promises about other parts of the
//! portal; one that names nothing is either a slip of the pen or a promise that was broken elsewhere.

use crate::diag::codes::portal::{BROKEN_LINK, UNKNOWN_REFERENCE};
use crate::diag::{Code, Diagnostic, Place, Report};
use crate::graph::{Graph, Target, api_of};
use crate::model::portal::Portal;
use crate::model::roadmap::{RoadmapItem, Status};

/// Reports what front matter refers to and the portal does not have.
pub fn run(portal: &Portal, graph: &Graph, report: &mut Report) {
    for document in &portal.documents {
        let api = api_of(portal, document.api.as_deref());
        for call in &document.front.calls {
            expect(graph.references.operation(&call.reference, api), UNKNOWN_REFERENCE, &call.place, report);
        }
        for (step, place) in &document.front.steps {
            expect(graph.references.resolve(portal, document.body.path(), api, step), BROKEN_LINK, place, report);
        }
    }
    portal.roadmap.iter().for_each(|item| roadmap_item(item, portal, graph, report));
}

/// What an item adds need not be there before it is shipped.
fn roadmap_item(item: &RoadmapItem, portal: &Portal, graph: &Graph, report: &mut Report) {
    let api = api_of(portal, item.apis.first().map(|id| &**id));
    if item.status == Status::Shipped {
        for (reference, place) in &item.adds {
            expect(graph.references.operation(reference, api), UNKNOWN_REFERENCE, place, report);
        }
    }
    for (id, place) in &item.depends {
        expect(graph.references.roadmap_item(id), UNKNOWN_REFERENCE, place, report);
    }
    for id in item.apis.iter().filter(|id| portal.api_of_id(id).is_none()) {
        let near = crate::diag::nearest(id, portal.current_apis().map(|(_, edition)| &*edition.api.id));
        let help =
            near.map_or("use the name of a folder below `apis/`".to_owned(), |near| format!("did you mean `{near}`?"));
        report.push(Diagnostic::new(UNKNOWN_REFERENCE, item.place.clone(), format!("no API `{id}`")).help(help));
    }
}

fn expect(target: Target, code: &'static Code, place: &Place, report: &mut Report) {
    if let Target::Broken(broken) = target {
        let help = broken.help.unwrap_or_else(|| "use an id that the portal has".to_owned());
        report.push(Diagnostic::new(code, place.clone(), broken.message).help(help));
    }
}
