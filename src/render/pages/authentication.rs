//! The page about an API's security schemes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Body;
use super::api::{Fact, OperationRow, operation_row};
use crate::model::api::{ApiKeyIn, OAuthFlow, SecurityKind, SecurityScheme};
use crate::model::route::ApiIndex;
use crate::render::PageContext;
use crate::render::code::{self, Code};
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::Reference;
use crate::render::reference::security::{scheme_anchor, short_kind};
use crate::render::samples;
use crate::render::view::TocEntry;

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
    /// What it is, in a few words.
    pub kind: String,
    /// Deprecated (3.2).
    pub deprecated: bool,
    /// No operation needs it.
    pub unused: bool,
    /// How many operations may use it.
    pub count: usize,
    /// Its text.
    pub description_html: SafeHtml,
    /// What could not be read.
    pub problem_html: SafeHtml,
    /// How the credential is sent.
    pub sample_html: SafeHtml,
    /// URLs and the like: label and value.
    pub facts: Vec<Fact>,
    /// OAuth flows.
    pub flows: Vec<Flow>,
    /// Scopes or roles with the operations that need them.
    pub scopes: Vec<Scope>,
}

/// One OAuth flow.
#[derive(Debug, Serialize)]
pub struct Flow {
    /// Its name.
    pub name: String,
    /// Why it should not be used, if so.
    pub discouraged: bool,
    /// Its URLs: label and URL.
    pub urls: Vec<Fact>,
}

/// One scope or role.
#[derive(Debug, Serialize)]
pub struct Scope {
    /// Its name.
    pub name: String,
    /// What it allows.
    pub text: String,
    /// Operations that need it.
    pub operations: Vec<OperationRow>,
}

/// Makes the page.
pub fn body(context: &PageContext<'_>, api: ApiIndex) -> Body {
    let mut reference = Reference::new(context, api);
    let needs = Needs::of(&reference);
    let sections: Vec<SchemeSection> =
        (0..reference.api.security_schemes.len()).map(|at| section(&mut reference, at, &needs)).collect();
    let total = reference.api.operations.len();
    let open = if needs.open.len() == total { &[][..] } else { &needs.open };
    let toc = sections.iter().map(|section| TocEntry { level: 2, id: section.id.clone(), title: section.name.clone() });
    let mut toc: Vec<TocEntry> = toc.collect();
    let open: Vec<OperationRow> = open.iter().filter_map(|at| operation_row(&reference, *at)).collect();
    if !open.is_empty() {
        toc.push(TocEntry { level: 2, id: "open".into(), title: "Without authentication".into() });
    }
    let everywhere = reference.api.security.as_ref().map(|list| {
        let alternatives = list.iter().map(|requirement| match requirement.schemes.as_slice() {
            [] => "no authentication".to_string(),
            schemes => schemes.iter().map(|scheme| scheme.name.to_string()).collect::<Vec<_>>().join(" and "),
        });
        alternatives.collect::<Vec<_>>().join(", or ")
    });
    let everywhere = everywhere.filter(|words| !words.is_empty());
    Body::new(&AuthenticationView { schemes: sections, open, everywhere }).toc(toc)
}

/// What every operation needs, gathered in one pass.
struct Needs {
    open: Vec<u32>,
    by_scheme: BTreeMap<usize, Vec<u32>>,
    by_scope: BTreeMap<(usize, String), Vec<u32>>,
}

impl Needs {
    fn of(reference: &Reference<'_>) -> Needs {
        let mut needs = Needs { open: Vec::new(), by_scheme: BTreeMap::new(), by_scope: BTreeMap::new() };
        for (at, operation) in reference.api.operations.iter().enumerate() {
            let at = at as u32;
            let requirements = reference.requirements(operation).unwrap_or(&[]);
            if requirements.is_empty() || requirements.iter().any(|requirement| requirement.schemes.is_empty()) {
                needs.open.push(at);
            }
            for required in requirements.iter().flat_map(|requirement| &requirement.schemes) {
                let Some(scheme) = required.scheme.map(|scheme| scheme as usize) else { continue };
                push_once(needs.by_scheme.entry(scheme).or_default(), at);
                for scope in &required.scopes {
                    push_once(needs.by_scope.entry((scheme, scope.to_string())).or_default(), at);
                }
            }
        }
        needs
    }
}

fn push_once(list: &mut Vec<u32>, at: u32) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}

fn section(reference: &mut Reference<'_>, at: usize, needs: &Needs) -> SchemeSection {
    let scheme = &reference.api.security_schemes[at];
    let count = needs.by_scheme.get(&at).map_or(0, Vec::len);
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
    SchemeSection {
        id,
        name: scheme.name.to_string(),
        kind: short_kind(scheme),
        deprecated: scheme.deprecated,
        unused: count == 0,
        count,
        description_html: scheme
            .description
            .as_ref()
            .map(|prose| reference.prose(prose, 3, &prefix))
            .unwrap_or_default(),
        problem_html: problem.finish(),
        sample_html: sample(reference, scheme),
        facts: facts(scheme),
        flows: flows(scheme),
        scopes: scopes(reference, at, scheme, needs),
    }
}

/// The line that carries the credential.
fn sample(reference: &Reference<'_>, scheme: &SecurityScheme) -> SafeHtml {
    let prefix = samples::variable_prefix(reference.api);
    let line = match &scheme.kind {
        SecurityKind::ApiKey { location: ApiKeyIn::Header, name } => format!("{name}: ${prefix}_KEY"),
        SecurityKind::ApiKey { location: ApiKeyIn::Query, name } => format!("?{name}=${prefix}_KEY"),
        SecurityKind::ApiKey { location: ApiKeyIn::Cookie, name } => format!("Cookie: {name}=${prefix}_KEY"),
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
            format!("Authorization: Basic base64(${prefix}_USER:${prefix}_PASSWORD)")
        }
        SecurityKind::Http { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => {
            format!("Authorization: {scheme} ${prefix}_CREDENTIALS")
        }
        SecurityKind::Http { .. } | SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
            format!("Authorization: Bearer ${prefix}_TOKEN")
        }
        SecurityKind::MutualTls | SecurityKind::Other(_) => return SafeHtml::default(),
    };
    code::block("Sent as", "http", &Code::plain_text(line).html())
}

fn facts(scheme: &SecurityScheme) -> Vec<Fact> {
    let mut facts = Vec::new();
    let fact = |label: &'static str, text: &crate::model::Text| Fact { label, text: text.to_string() };
    match &scheme.kind {
        SecurityKind::Http { bearer_format: Some(format), .. } => facts.push(fact("Token format", format)),
        SecurityKind::OAuth2 { metadata_url: Some(url), .. } => facts.push(fact("Metadata", url)),
        SecurityKind::OpenIdConnect { url } => facts.push(fact("Discovery", url)),
        _ => {}
    }
    facts
}

fn flows(scheme: &SecurityScheme) -> Vec<Flow> {
    let SecurityKind::OAuth2 { flows, .. } = &scheme.kind else { return Vec::new() };
    let urls = |flow: &OAuthFlow| {
        let known = [
            ("Authorization URL", &flow.authorization_url),
            ("Device authorization URL", &flow.device_authorization_url),
            ("Token URL", &flow.token_url),
            ("Refresh URL", &flow.refresh_url),
        ];
        known.into_iter().filter_map(|(label, url)| Some(Fact { label, text: url.as_ref()?.to_string() })).collect()
    };
    let flow = |flow: &OAuthFlow| Flow {
        name: flow_words(&flow.name).to_string(),
        discouraged: matches!(&*flow.name, "implicit" | "password"),
        urls: urls(flow),
    };
    flows.iter().map(flow).collect()
}

fn flow_words(name: &str) -> &str {
    match name {
        "authorizationCode" => "Authorization code",
        "clientCredentials" => "Client credentials",
        "implicit" => "Implicit",
        "password" => "Password",
        "deviceAuthorization" => "Device authorization",
        other => other,
    }
}

/// Declared scopes in order, then those that only operations name.
fn scopes(reference: &Reference<'_>, at: usize, scheme: &SecurityScheme, needs: &Needs) -> Vec<Scope> {
    let mut names: Vec<(String, String)> = Vec::new();
    if let SecurityKind::OAuth2 { flows, .. } = &scheme.kind {
        for (name, text) in flows.iter().flat_map(|flow| &flow.scopes) {
            if !names.iter().any(|(known, _)| **known == **name) {
                names.push((name.to_string(), text.to_string()));
            }
        }
    }
    let used = needs.by_scope.keys().filter(|(scheme, _)| *scheme == at);
    for (_, name) in used {
        if !names.iter().any(|(known, _)| known == name) {
            names.push((name.clone(), String::new()));
        }
    }
    let scope = |(name, text): (String, String)| {
        let users = needs.by_scope.get(&(at, name.clone())).map_or(&[][..], Vec::as_slice);
        let operations = users.iter().filter_map(|at| operation_row(reference, *at)).collect();
        Scope { name, text, operations }
    };
    names.into_iter().map(scope).collect()
}
