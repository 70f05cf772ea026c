//! `duplicate-id`: two roadmap items with one id, so that a `road:` reference means either.

use std::collections::BTreeMap;

use crate::diag::codes::portal::DUPLICATE_ID;
use crate::diag::{Diagnostic, Report};
use crate::graph::Graph;
use crate::model::portal::Portal;

/// Reports every item whose id an earlier one has.
pub fn run(portal: &Portal, _: &Graph, report: &mut Report) {
    let mut seen = BTreeMap::new();
    for item in &portal.roadmap {
        if let Some(first) = seen.insert(item.id.as_str(), &item.place) {
            let message = format!("the id `{}` is taken by another roadmap item", item.id);
            let problem =
                Diagnostic::new(DUPLICATE_ID, item.place.clone(), message).help("give one of them another `id`");
            report.push(problem.related(first.clone(), "the first item with this id"));
        }
    }
}
