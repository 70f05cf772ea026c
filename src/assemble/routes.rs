//! Where each page is.
//!
//! To add a kind of page: a variant of [`Subject`], one function here that adds its routes, a file in `render/pages`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::codes::portal::{BAD_ALIAS, ROUTE_COLLISION};
use crate::diag::{Diagnostic, Place, Report, SourcePath};
use crate::model::api::{Operation, OperationKind};
use crate::model::changelog::Release;
use crate::model::document::{Document, DocumentKind};
use crate::model::portal::{ApiEdition, NavSection, Portal};
use crate::model::route::{ApiIndex, DocumentIndex, Route, Routes, Subject, Url};
use crate::text::{slug, without_order_prefix};

/// Gives every page its route, and notes which source file became which page.
pub fn add_routes(portal: &mut Portal, report: &mut Report) {
    let mut adder = Adder { routes: Routes::default(), pages_of: BTreeMap::new(), report };
    lists(portal, &mut adder);
    for (at, edition) in portal.apis.iter().enumerate() {
        api(ApiIndex(at as u32), edition, portal, &mut adder);
    }
    for (index, document) in portal.documents() {
        self::document(index, document, &mut adder);
    }
    for (at, section) in portal.sections.iter().enumerate() {
        self::section(at, section, &mut adder);
    }
    roadmap(portal, &mut adder);
    changelogs(portal, &mut adder);
    (portal.routes, portal.pages_of) = (adder.routes, adder.pages_of);
}

struct Adder<'a> {
    routes: Routes,
    pages_of: BTreeMap<SourcePath, Subject>,
    report: &'a mut Report,
}

impl Adder<'_> {
    fn add(&mut self, url: impl Into<String>, subject: Subject, title: impl Into<String>) {
        let url: String = url.into();
        self.add_route(Route { url: Url::new(url), subject, title: title.into(), source: None }, None);
    }

    /// Adds the page of a source file; `place` is where a collision is reported.
    fn add_sourced(&mut self, url: String, subject: Subject, title: &str, place: Place) {
        let source = place.path().clone();
        self.pages_of.entry(source.clone()).or_insert(subject);
        let route = Route { url: Url::new(url), subject, title: title.to_owned(), source: Some(source) };
        self.add_route(route, Some(place));
    }

    fn add_route(&mut self, route: Route, place: Option<Place>) {
        let (url, source) = (route.url.clone(), route.source.clone());
        let Err(taken) = self.routes.add(route) else { return };
        let other = taken.source.as_ref().map_or("a page that Portolan makes".to_owned(), |path| format!("`{path}`"));
        let place = place.or(source.map(Place::file)).or(taken.source.map(Place::file));
        let message = format!("the page `{url}` would be written twice: {other} has the same URL");
        let place = place.unwrap_or_else(|| Place::file(SourcePath::new("portal.toml")));
        let help = "rename one of the two files, or give one a `slug` in its front matter";
        self.report.push(Diagnostic::new(ROUTE_COLLISION, place, message).help(help));
    }
}

fn lists(portal: &Portal, adder: &mut Adder<'_>) {
    let home = portal.documents().find(|(_, document)| document.kind == DocumentKind::Home);
    let title = portal.settings.title.clone();
    match home {
        Some((_, document)) => {
            adder.add_sourced(String::new(), Subject::Home, &title, Place::top(&document.body.source))
        }
        None => adder.add("", Subject::Home, title),
    }
    let has = |kind: DocumentKind| portal.documents.iter().any(|document| document.kind == kind);
    let heads = |folder: &str| portal.sections.iter().any(|section| section.folder == folder && section.head.is_some());
    if !portal.apis.is_empty() {
        adder.add("apis/", Subject::Catalog, "APIs");
    }
    if has(DocumentKind::Guide) && !heads("guides") {
        adder.add("guides/", Subject::Guides, "Guides");
    }
    if has(DocumentKind::Story) && !heads("stories") {
        adder.add("stories/", Subject::Stories, "Stories");
    }
    if has(DocumentKind::Path) && !heads("onboarding") {
        adder.add("onboarding/", Subject::Onboarding, "Get started");
    }
    adder.add("search/", Subject::Search, "Search");
    adder.add("404.html", Subject::NotFound, "This page does not exist");
}

fn api(index: ApiIndex, edition: &ApiEdition, portal: &Portal, adder: &mut Adder<'_>) {
    let (base, api) = (edition.base.as_str(), &edition.api);
    let root = api.sources.0.first().map(Place::top).unwrap_or_else(|| Place::file(SourcePath::new("")));
    let title = edition.landing.map(|landing| portal.document(landing).front.title.as_str());
    let title = title.filter(|title| !title.is_empty()).unwrap_or(&api.info.title);
    let title = if title.is_empty() { &api.id } else { title };
    adder.add_sourced(base.to_owned(), Subject::Api(index), title, root.clone());
    if let Some(landing) = edition.landing {
        adder.pages_of.insert(portal.document(landing).body.path().clone(), Subject::Api(index));
    }
    for (at, tag) in api.tags.iter().enumerate() {
        let title = tag.label.as_ref().unwrap_or(&tag.name).to_string();
        adder.add_sourced(format!("{base}tags/{}/", tag.slug), Subject::Tag(index, at as u32), &title, root.clone());
    }
    for (at, operation) in api.operations.iter().enumerate() {
        let folder = match operation.kind {
            OperationKind::Http { .. } => "operations",
            OperationKind::Webhook { .. } | OperationKind::Callback { .. } => "webhooks",
        };
        let url = format!("{base}{folder}/{}/", operation.slug);
        let title = crate::text::operation_title(operation);
        adder.add_sourced(url, Subject::Operation(index, at as u32), &title, api.sources.place(operation.span));
    }
    if !api.named_schemas.is_empty() {
        adder.add(format!("{base}schemas/"), Subject::Schemas(index), "Schemas");
    }
    for named in &api.named_schemas {
        let place = api.sources.place(api.schema(named.id).span);
        adder.add_sourced(
            format!("{base}schemas/{}/", named.slug),
            Subject::Schema(index, named.id),
            &named.name,
            place,
        );
    }
    if !api.security_schemes.is_empty() {
        adder.add(format!("{base}authentication/"), Subject::Authentication(index), "Authentication");
    }
    if api.operations.iter().any(Operation::has_errors) {
        adder.add(errors_url(base, portal), Subject::Errors(index), "Errors");
    }
}

/// `errors/`, unless the author wrote a page of that name.
fn errors_url(base: &str, portal: &Portal) -> String {
    let url = format!("{base}errors/");
    let is_written = portal.documents.iter().any(|document| document_url(document) == url)
        || portal.sections.iter().any(|section| folder_url(&section.folder) == url);
    if is_written { format!("{url}codes/") } else { url }
}

fn document(index: DocumentIndex, document: &Document, adder: &mut Adder<'_>) {
    let place = Place::top(&document.body.source);
    match document.kind {
        DocumentKind::Home | DocumentKind::ApiLanding => {}
        _ => adder.add_sourced(document_url(document), Subject::Document(index), &document.front.title, place),
    }
}

/// Returns the URL of a document from its path: number prefixes dropped, names as slugs, an index as its folder.
pub fn document_url(document: &Document) -> String {
    let path = document.body.path();
    let mut parts: Vec<String> = path.segments().map(|part| slug(without_order_prefix(part).1)).collect();
    parts.pop();
    let stem = path.stem();
    if !matches!(stem.to_ascii_lowercase().as_str(), "index" | "_index" | "readme") {
        parts.push(slug(without_order_prefix(stem).1));
    }
    match document.front.slug.as_deref().map(str::trim) {
        Some(written) if written.starts_with('/') => parts = slugs(written),
        Some(written) if !slugs(written).is_empty() => {
            parts.pop();
            parts.extend(slugs(written));
        }
        _ => {}
    }
    parts.iter().map(|part| format!("{part}/")).collect()
}

fn slugs(written: &str) -> Vec<String> {
    written.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..").map(slug).collect()
}

/// Returns the URL of a section's folder.
pub fn folder_url(folder: &str) -> String {
    folder.split('/').map(|part| format!("{}/", slug(without_order_prefix(part).1))).collect()
}

/// A folder without an `index.md` still has a page, so that its URL and its breadcrumb lead somewhere.
fn section(at: usize, section: &NavSection, adder: &mut Adder<'_>) {
    let listed = matches!(section.folder.as_str(), "guides" | "stories" | "onboarding");
    if section.head.is_none() && !listed {
        adder.add(folder_url(&section.folder), Subject::Section(at as u32), section.title.clone());
    }
}

fn roadmap(portal: &Portal, adder: &mut Adder<'_>) {
    if portal.roadmap.is_empty() && portal.roadmap_prose.is_empty() {
        return;
    }
    adder.add("roadmap/", Subject::Roadmap, "Roadmap");
    adder.add("roadmap/timeline/", Subject::RoadmapTimeline, "Roadmap timeline");
    for prose in &portal.roadmap_prose {
        adder.pages_of.insert(prose.body.path().clone(), Subject::Roadmap);
    }
    let mut names = Names { taken: BTreeSet::from(["timeline".to_owned()]) };
    for (at, item) in portal.roadmap.iter().enumerate() {
        let owner = item.apis.first().map_or("roadmap", |api| api);
        let url = format!("roadmap/{}/", names.take("", &item.slug, owner));
        adder.add_sourced(url, Subject::RoadmapItem(at as u32), &item.title, item.place.clone());
    }
}

fn changelogs(portal: &Portal, adder: &mut Adder<'_>) {
    if portal.changelogs.is_empty() {
        return;
    }
    adder.add("changelog/", Subject::Changelog(None), "Changelog");
    let (mut listed, mut names) = (Vec::new(), Names::default());
    for (at, log) in portal.changelogs.iter().enumerate() {
        let api = log.api.as_deref().and_then(|id| portal.api_of_id(id));
        let base = api.map_or("changelog/".to_owned(), |api| format!("{}changelog/", portal.edition(api).base));
        if let Some(api) = api.filter(|api| !listed.contains(api)) {
            listed.push(api);
            let of = &portal.api(api).info.title;
            let title = if of.is_empty() { "Changelog".to_owned() } else { format!("{of} changelog") };
            adder.add(base.clone(), Subject::Changelog(Some(api)), title);
        }
        let page = if log.releases.is_empty() { Subject::ChangelogText(at as u32) } else { Subject::Changelog(api) };
        adder.pages_of.insert(log.body.path().clone(), page);
        if log.releases.is_empty() {
            let title = log.title.clone().unwrap_or_else(|| "Changelog".to_owned());
            let url = format!("{base}{}/", names.take(&base, &slug(log.body.path().stem()), "text"));
            adder.add_sourced(url, Subject::ChangelogText(at as u32), &title, Place::top(&log.body.source));
        }
        for (number, release) in log.releases.iter().enumerate() {
            let subject = Subject::Release(at as u32, number as u32);
            let name = names.take(&base, &release.slug, log.body.path().stem());
            let title = release_title(portal, api, release);
            adder.add_sourced(format!("{base}{name}/"), subject, &title, release.place.clone());
        }
    }
}

/// The API or component and the version: a title that means something in search, feeds and lists of mentions.
fn release_title(portal: &Portal, api: Option<ApiIndex>, release: &Release) -> String {
    let owner = match &release.component {
        Some(component) => component,
        None => api.map_or("", |api| portal.api(api).info.title.as_str()),
    };
    let version = release.version.as_deref().unwrap_or(&release.label);
    let shown =
        if release.component.is_some() || release.label.len() <= version.len() + 1 { version } else { &release.label };
    format!("{owner} {shown}").trim().to_owned()
}

/// Names of releases and roadmap items: two files may have a release or an item of the same name.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Returns a name that is free below `base`: the wanted one, else with its owner before it, else with a number.
    fn take(&mut self, base: &str, wanted: &str, owner: &str) -> String {
        let owned = format!("{}-{wanted}", slug(owner));
        let numbered = (2..).map(|number| format!("{owned}-{number}"));
        let candidates = [wanted.to_owned(), owned.clone()].into_iter().chain(numbered);
        let mut free = candidates.filter(|name| self.taken.insert(format!("{base}{name}")));
        free.next().unwrap_or(owned)
    }
}

/// Returns where old URLs lead. An alias that is a page's own URL is reported (`bad-alias`) and left out.
pub fn redirects(portal: &Portal, report: &mut Report) -> BTreeMap<Url, Url> {
    let mut redirects = BTreeMap::new();
    for (index, document) in portal.documents() {
        let Some(route) = portal.routes.of(Subject::Document(index)) else { continue };
        for alias in &document.front.aliases {
            let old = Url::new(
                slugs(alias.trim_end_matches("index.html")).iter().map(|part| format!("{part}/")).collect::<String>(),
            );
            let place = Place::top(&document.body.source);
            let taken = portal.routes.at(old.as_str());
            if let Some(taken) = taken {
                let message = format!("the alias `{alias}` is the URL of a page: {}", taken.title);
                report.push(Diagnostic::new(BAD_ALIAS, place, message).help("remove the alias"));
            } else if redirects.insert(old, route.url.clone()).is_some_and(|other| other != route.url) {
                let message = format!("the alias `{alias}` is claimed by two documents");
                report.push(Diagnostic::new(BAD_ALIAS, place, message).help("remove one of the two"));
            }
        }
    }
    redirects
}
