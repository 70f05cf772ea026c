//! What is wrong with a portal although every file of it could be read.
//!
//! Each check is a file and a row of [`CHECKS`]: it looks at the portal and the graph and reports; it changes nothing.

pub mod broken_link;
pub mod broken_link_in_description;
pub mod duplicate_id;
pub mod example_mismatch;
pub mod page_large;
pub mod remote_logo;
pub mod schema_conflict;
pub mod try_it;
pub mod unknown_api_setting;
pub mod unknown_boost;
pub mod unknown_operation_in_code;
pub mod unknown_reference;

use rayon::prelude::*;

use crate::diag::Report;
use crate::graph::Graph;
use crate::model::portal::Portal;

/// A check.
pub struct Check {
    /// Its name: that of its file.
    pub name: &'static str,
    /// Reports what it finds.
    pub run: fn(&Portal, &Graph, &mut Report),
}

/// Every check.
pub const CHECKS: &[Check] = &[
    Check { name: "broken_link", run: broken_link::run },
    Check { name: "broken_link_in_description", run: broken_link_in_description::run },
    Check { name: "duplicate_id", run: duplicate_id::run },
    Check { name: "example_mismatch", run: example_mismatch::run },
    Check { name: "remote_logo", run: remote_logo::run },
    Check { name: "schema_conflict", run: schema_conflict::run },
    Check { name: "try_it", run: try_it::run },
    Check { name: "unknown_boost", run: unknown_boost::run },
    Check { name: "unknown_api_setting", run: unknown_api_setting::run },
    Check { name: "unknown_operation_in_code", run: unknown_operation_in_code::run },
    Check { name: "unknown_reference", run: unknown_reference::run },
];

/// Runs every check, on all cores, and adds what they find in the order of the table.
pub fn run(portal: &Portal, graph: &Graph, report: &mut Report) {
    let found: Vec<Report> = CHECKS
        .par_iter()
        .map(|check| {
            let mut report = Report::default();
            (check.run)(portal, graph, &mut report);
            report
        })
        .collect();
    found.into_iter().for_each(|one| report.extend(one));
}
