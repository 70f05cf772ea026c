//! `page-large`: a page of the built site has more HTML than its readers should have to wait for.
//!
//! Portolan links to a schema's own page where a page grows long, but what has no page of its own is shown where it
//! stands, so that nothing is lost. The sizes are known only when the site has been written: `build` runs this, not
//! `check`. Mended by giving large inline schemas a name under `components`, or by cutting a document in two.

use std::collections::HashMap;

use crate::diag::codes::portal::PAGE_LARGE;
use crate::diag::{Diagnostic, Place, Report, SourcePath};
use crate::model::api::Api;
use crate::model::node::Span;
use crate::model::portal::Portal;
use crate::model::route::{Route, SitePath, Subject};

/// Bytes of HTML that a page may have without a word.
pub const LARGE: u64 = 300_000;

/// Returns a warning for each page that is larger than [`LARGE`]. `sizes` are the bytes of the site's files.
pub fn run<'s>(portal: &Portal, sizes: impl Iterator<Item = (&'s SitePath, u64)>) -> Report {
    let mut report = Report::default();
    let large: Vec<(&SitePath, u64)> = sizes.filter(|(_, bytes)| *bytes > LARGE).collect();
    if large.is_empty() {
        return report;
    }
    let routes: HashMap<SitePath, &Route> = portal.routes.iter().map(|route| (route.url.site_path(), route)).collect();
    for (path, bytes) in large {
        let Some(route) = routes.get(path) else { continue };
        let message = format!("the page `{}` has {} KB of HTML", route.url, bytes.div_ceil(1_000));
        report.push(Diagnostic::new(PAGE_LARGE, place(portal, route), message).help(PAGE_LARGE.mend));
    }
    report
}

fn place(portal: &Portal, route: &Route) -> Place {
    let of = |api: &Api, span: Span| {
        let start = Span { end: span.start.saturating_add(1).min(span.end), ..span };
        api.sources.place(start)
    };
    match route.subject {
        Subject::Operation(at, operation) => {
            let api = portal.api(at);
            api.operations.get(operation as usize).map(|operation| of(api, operation.span))
        }
        Subject::Schema(at, schema) => {
            let api = portal.api(at);
            Some(of(api, api.schema(schema).span))
        }
        _ => None,
    }
    .unwrap_or_else(|| Place::file(route.source.clone().unwrap_or_else(|| SourcePath::new(""))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceTree;
    use crate::{Memo, Options};

    #[test]
    fn s21_a_page_beyond_its_budget_is_named_with_its_size_and_source() {
        let description = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /x:\n    get: {responses: {}}\n";
        let tree = SourceTree::of("t", &[("apis/test/openapi.yaml", description)]);
        let built = crate::build(&tree, &Options::default(), &Memo::default());
        let page = built.portal.routes.iter().find(|route| matches!(route.subject, Subject::Operation(..))).unwrap();
        let path = page.url.site_path();
        let said = |bytes: u64| {
            let report = run(&built.portal, std::iter::once((&path, bytes)));
            let texts = report.iter().map(|found| format!("{} {} {}", found.code.name, found.place, found.message));
            texts.collect::<Vec<_>>()
        };
        assert_eq!(said(LARGE), Vec::<String>::new());
        let told = said(LARGE + 1);
        assert!(told[0].starts_with("page-large apis/test/openapi.yaml:5:"), "{told:?}");
        assert!(told[0].contains(page.url.as_str()) && told[0].ends_with("has 301 KB of HTML"), "{told:?}");
    }
}
