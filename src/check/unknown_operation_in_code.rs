//! `unknown-operation-in-code`: inline code is written like an operation of the portal but names none.
//!
//! A guide that says `` `POST /refund` `` where the API has `POST /refunds` misleads its reader without any link that
//! could break. Placeholders are common in prose, so this is a hint. Changelogs and roadmaps are left alone: they name
//! what is gone or yet to come. Mended by writing the operation as the description does, or with `{nolink}` behind.

use crate::diag::codes::portal::UNKNOWN_OPERATION_IN_CODE;
use crate::diag::{Diagnostic, Report};
use crate::graph::Graph;
use crate::model::portal::Portal;

/// Reports inline code of documents that looks like an operation and is none.
pub fn run(portal: &Portal, graph: &Graph, report: &mut Report) {
    for document in &portal.documents {
        for span in &document.body.code_spans {
            let Some(broken) = graph.references.unknown_operation(&span.code) else { continue };
            let place = document.body.place(span.range.clone());
            let help = broken.help.unwrap_or_else(|| "write `{nolink}` behind it if it is meant as it is".to_owned());
            report.push(Diagnostic::new(UNKNOWN_OPERATION_IN_CODE, place, broken.message).help(help));
        }
    }
}
