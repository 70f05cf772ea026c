//! The page about an API's security schemes.

mod needs;
mod scopes;
mod sent;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::Body;
use super::api::{OperationRow, operation_row};
use crate::model::api::{Api, SecurityKind};
use crate::model::route::ApiIndex;
use crate::render::PageContext;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::Reference;
use crate::render::reference::security::{full_kind, scheme_anchor};
use crate::render::tags::is_http;
use crate::render::view::TocEntry;
use needs::{Needs, UserKind};
use scopes::{Matrix, ScopeTable};

/// What the template sees.
#[derive(Debug, Serialize)]
pub struct AuthenticationView {
    /// One section a scheme.
    pub schemes: Vec<SchemeSection>,
    /// Operations that need no authentication; empty when all or none do.
    pub open: Vec<OperationRow>,
    /// What holds when an operation says nothing.
    pub everywhere: Option<String>,
}

/// One scheme.
#[derive(Debug, Serialize)]
pub struct SchemeSection {
    /// Its anchor.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is and what carries it, in a few words.
    pub kind: String,
    /// Deprecated (3.2).
    pub deprecated: bool,
    /// Who may use it, in words; `None` when nobody does.
    pub users: Option<String>,
    /// Its text.
    pub description_html: SafeHtml,
    /// What could not be read.
    pub problem_html: SafeHtml,
    /// How the credential is sent.
    pub sent_html: SafeHtml,
    /// URLs and the like.
    pub facts: Vec<LinkFact>,
    /// OAuth flows.
    pub flows: Vec<Flow>,
    /// Scopes or roles that belong to no single flow.
    pub tables: Vec<ScopeTable>,
    /// Operations against scopes.
    pub matrix: Option<Matrix>,
}

/// A label and what stands there, such as a link.
#[derive(Debug, Serialize)]
pub struct LinkFact {
    /// The label.
    pub label: &'static str,
    /// The value.
    pub html: SafeHtml,
}

/// One OAuth flow.
#[derive(Debug, Serialize)]
pub struct Flow {
    /// Its name.
    pub name: String,
    /// Whether it should not be used any more.
    pub discouraged: bool,
    /// Its URLs.
    pub urls: Vec<LinkFact>,
    /// Its scopes, when they are other than those of the flows before it.
    pub scopes: Option<ScopeTable>,
}

/// Makes the page.
pub fn body(context: &PageContext<'_>, api: ApiIndex) -> Body {
    let mut reference = Reference::new(context, api);
    let needs = Needs::of(&reference);
    let sections: Vec<SchemeSection> =
        (0..reference.api.security_schemes.len()).map(|at| section(&mut reference, at, &needs)).collect();
    let total = (0..reference.api.operations.len() as u32).filter(|at| is_http(reference.api, *at)).count();
    let open = if needs.open.len() == total { &[][..] } else { &needs.open };
    let toc = sections.iter().map(|section| TocEntry { level: 2, id: section.id.clone(), title: section.name.clone() });
    let mut toc: Vec<TocEntry> = toc.collect();
    let open: Vec<OperationRow> = open.iter().filter_map(|at| operation_row(&reference, *at)).collect();
    if !open.is_empty() {
        toc.push(TocEntry { level: 2, id: "open".into(), title: "Without authentication".into() });
    }
    let everywhere = everywhere(reference.api);
    Body::new(&AuthenticationView { schemes: sections, open, everywhere }).toc(toc)
}

fn everywhere(api: &Api) -> Option<String> {
    let alternatives = api.security.as_ref()?.iter().map(|requirement| match requirement.schemes.as_slice() {
        [] => "no authentication".to_string(),
        schemes => schemes.iter().map(|scheme| scheme.name.to_string()).collect::<Vec<_>>().join(" and "),
    });
    Some(alternatives.collect::<Vec<_>>().join(", or ")).filter(|words| !words.is_empty())
}

fn section(reference: &mut Reference<'_>, at: usize, needs: &Needs) -> SchemeSection {
    let api = reference.api;
    let scheme = &api.security_schemes[at];
    let mut problem = HtmlBuilder::new();
    if let Some(found) = &scheme.problem {
        reference.push_problem(&mut problem, found);
    }
    let declared = match &scheme.kind {
        SecurityKind::OAuth2 { flows, .. } => flows.as_slice(),
        _ => &[],
    };
    let of_flows = declared.iter().flat_map(|flow| &flow.extensions);
    reference.push_extensions(&mut problem, scheme.extensions.iter().chain(of_flows));
    let id = reference.id(&scheme_anchor(scheme));
    let prefix = format!("{id}-about-");
    let description = scheme.description.as_ref().map(|prose| reference.prose(prose, 3, &prefix));
    let (tables, table_of) = scopes::tables(reference, at, needs);
    let mut tables: Vec<Option<ScopeTable>> = tables.into_iter().map(Some).collect();
    let mut flows: Vec<Flow> = declared.iter().map(|flow| sent::flow(api, flow)).collect();
    // A table of one list of scopes stands below all the flows that share it.
    let shared = table_of.iter().all(|table| *table == 0);
    if !shared {
        for (flow, table) in flows.iter_mut().zip(&table_of) {
            flow.scopes = tables[*table].take().filter(|table| !table.scopes.is_empty());
        }
    }
    SchemeSection {
        id,
        name: scheme.name.to_string(),
        kind: full_kind(scheme),
        deprecated: scheme.deprecated,
        users: users(needs, at),
        description_html: description.unwrap_or_default(),
        problem_html: problem.finish(),
        sent_html: sent::lines(api, scheme),
        facts: sent::facts(api, scheme),
        flows,
        tables: tables.into_iter().flatten().filter(|table| !table.scopes.is_empty()).collect(),
        matrix: scopes::matrix(reference, at, needs),
    }
}

/// `3 operations, 1 callback`.
fn users(needs: &Needs, at: usize) -> Option<String> {
    let users = || needs.schemes[at].users.iter().map(|user| &needs.users[*user].kind);
    let count = |one: &str, is_of: fn(&UserKind) -> bool| match users().filter(|kind| is_of(kind)).count() {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {one}s")),
    };
    let counts = [
        count("operation", |kind| *kind == UserKind::Operation),
        count("webhook", |kind| *kind == UserKind::Webhook),
        count("callback", |kind| matches!(kind, UserKind::Callback(..))),
    ];
    let words: Vec<String> = counts.into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(", "))
}
