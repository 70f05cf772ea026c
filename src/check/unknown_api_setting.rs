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
    for (id, settings) in &portal.settings.apis {
        if portal.api_of_id(id).is_some() {
            continue;
        }
        let near = nearest(id, portal.current_apis().map(|(_, edition)| &*edition.api.id));
        let help =
            near.map_or("use the name of a folder below `apis/`".to_owned(), |near| format!("did you mean `{near}`?"));
        let message = format!("`apis.{id}` is about no API of the portal");
        report.push(Diagnostic::new(UNKNOWN_SETTING, settings.place.clone(), message).help(help));
    }
}
