//! `unknown-setting`: `portal.toml` speaks of an API that the portal does not have.
//!
//! The name in `[apis.<id>]` is that of a folder or file; a slip of the pen would leave its settings without effect,
//! and nothing else would say so.

use crate::diag::codes::portal::UNKNOWN_SETTING;
use crate::diag::{Diagnostic, Report, nearest};
use crate::graph::Graph;
use crate::model::portal::Portal;

/// Reports tables of `[apis]` that are about no API.
pub fn run(portal: &Portal, _: &Graph, report: &mut Report) {
    let known: Vec<&str> = portal.current_apis().map(|(_, edition)| &*edition.api.id).collect();
    for (id, settings) in portal.settings.apis.iter().filter(|(id, _)| portal.api_of_id(id).is_none()) {
        let help = match (nearest(id, known.iter().copied()), known.as_slice()) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, []) => "the portal has no API".into(),
            (None, known) => format!("the APIs of this portal: {}", known.join(", ")),
        };
        let message = format!("`apis.{id}` names no API of this portal");
        report.push(Diagnostic::new(UNKNOWN_SETTING, settings.place.clone(), message).help(help));
    }
}
