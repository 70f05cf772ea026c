//! `portal.json`: every page with its kind, title, URL, source, operation and hash. An interface for tests, deploy
//! scripts and other tools.

use std::collections::HashMap;

use serde::Serialize;

use crate::model::api::{Api, OperationKind};
use crate::model::portal::Portal;
use crate::model::route::{Route, Subject};
use crate::plan::Digest;
use crate::render::pages;

#[derive(Serialize)]
struct Manifest<'a> {
    generator: String,
    portal: PortalFacts<'a>,
    apis: Vec<ApiFacts<'a>>,
    pages: Vec<PageFacts<'a>>,
}

#[derive(Serialize)]
struct PortalFacts<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<&'a str>,
    language: &'a str,
}

#[derive(Serialize)]
struct ApiFacts<'a> {
    id: &'a str,
    title: &'a str,
    version: &'a str,
    specification: &'a str,
    url: &'a str,
    operations: usize,
    webhooks: usize,
    schemas: usize,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    earlier: bool,
    source: &'a str,
}

#[derive(Serialize)]
struct PageFacts<'a> {
    url: &'a str,
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    source: Option<&'a str>,
    sha256: &'a str,
}

/// Returns the manifest; `digests` are those of all other outputs.
pub fn portal_json(portal: &Portal, digests: &[Digest]) -> Vec<u8> {
    let hashes: HashMap<&str, &str> = digests.iter().map(|one| (one.path.as_str(), one.sha256.as_str())).collect();
    let settings = &portal.settings;
    let manifest = Manifest {
        generator: format!("portolan {}", env!("CARGO_PKG_VERSION")),
        portal: PortalFacts {
            title: &settings.title,
            description: settings.description.as_deref(),
            base_url: settings.base_url.as_deref(),
            language: &settings.language,
        },
        apis: portal.apis.iter().map(api_facts).collect(),
        pages: portal.routes.iter().map(|route| page_facts(portal, route, &hashes)).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest).expect("the manifest is made of strings and numbers");
    bytes.push(b'\n');
    bytes
}

fn api_facts(edition: &crate::model::portal::ApiEdition) -> ApiFacts<'_> {
    let api: &Api = &edition.api;
    let is_http = |kind: &OperationKind| matches!(kind, OperationKind::Http { .. });
    let http = api.operations.iter().filter(|operation| is_http(&operation.kind)).count();
    ApiFacts {
        id: &api.id,
        title: &api.info.title,
        version: &api.info.version,
        specification: &api.spec_written,
        url: edition.base.as_str(),
        operations: http,
        webhooks: api.operations.len() - http,
        schemas: api.named_schemas.len(),
        earlier: edition.earlier_of.is_some(),
        source: api.sources.0.first().map_or("", |source| source.path.as_str()),
    }
}

fn page_facts<'a>(portal: &'a Portal, route: &'a Route, hashes: &HashMap<&str, &'a str>) -> PageFacts<'a> {
    let operation = crate::render::menu::operation_of(portal, route.subject);
    let api = match route.subject {
        Subject::Document(index) => portal.document(index).api.as_deref(),
        subject => crate::render::api_of(subject).map(|api| &*portal.api(api).id),
    };
    PageFacts {
        url: route.url.as_str(),
        kind: pages::kind(portal, route.subject),
        title: &route.title,
        api,
        operation_id: operation.and_then(|operation| operation.operation_id.as_deref()),
        method: operation.map(|operation| &**operation.kind.method()),
        path: operation.map(|operation| &**operation.kind.address()),
        source: route.source.as_ref().map(|path| path.as_str()),
        sha256: hashes.get(route.url.site_path().as_str()).copied().unwrap_or_default(),
    }
}
