//! `remote-logo`: the logo of an API lies on another host, or nowhere.
//!
//! Pages load nothing from other hosts, so a remote logo is shown as a link. Mended by copying the image beside the
//! description. A relative path that leads to no file is reported as any broken link of a description.

use crate::diag::codes::portal::{BROKEN_LINK_IN_DESCRIPTION, REMOTE_LOGO};
use crate::diag::{Diagnostic, Report};
use crate::graph::{Graph, Target};
use crate::model::api::{Logo, LogoUrl};
use crate::model::portal::Portal;
use crate::model::route::ApiIndex;

/// Reports every `x-logo` that is no file of the portal.
pub fn run(portal: &Portal, graph: &Graph, report: &mut Report) {
    for (at, edition) in portal.apis.iter().enumerate() {
        for url in edition.api.info.logo.iter().flat_map(Logo::urls) {
            report_url(portal, graph, ApiIndex(at as u32), url, report);
        }
    }
}

fn report_url(portal: &Portal, graph: &Graph, api: ApiIndex, url: &LogoUrl, report: &mut Report) {
    let sources = &portal.api(api).sources;
    let Some(source) = sources.0.get(url.span.file as usize) else { return };
    let problem = match graph.references.resolve(portal, &source.path, Some(api), &url.written) {
        Target::External(_) => {
            let message = format!("the logo `{}` lies on another host and is shown as a link", url.written);
            Diagnostic::new(REMOTE_LOGO, sources.place(url.span), message).help(REMOTE_LOGO.mend)
        }
        Target::Broken(broken) => {
            let message = format!("{} (logo of an API)", broken.message);
            let help = broken.help.unwrap_or_else(|| "write the path of an image, relative to the description".into());
            Diagnostic::new(BROKEN_LINK_IN_DESCRIPTION, sources.place(url.span), message).help(help)
        }
        Target::Page { .. } | Target::File(..) | Target::Anchor(_) => return,
    };
    report.push(problem);
}
