//! What an author may refer to, and how: paths of documents, URLs, and `op:`, `schema:`, `error:`, `road:`, `release:`,
//! `api:`.

mod errors;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::target::{Broken, BrokenKind, Target};
use crate::assemble::embedded_url;
use crate::diag::{SourcePath, nearest};
use crate::model::api::SchemaId;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Subject, Url};
use crate::schema::{Index, Schemas, anchor};
use crate::slug::slug;
use crate::text::percent_decoded;
use errors::ErrorNames;

/// Everything that can be referred to by a name, ready to be looked up.
#[derive(Debug)]
pub struct References {
    apis: BTreeMap<String, ApiIndex>,
    /// operationId, webhook name and `METHOD /path` → where.
    operations: BTreeMap<String, Vec<(ApiIndex, Subject)>>,
    schemas: BTreeMap<String, Vec<(ApiIndex, Subject)>>,
    tags: BTreeMap<String, Vec<(ApiIndex, Subject)>>,
    errors: OnceLock<ErrorNames>,
    items: BTreeMap<String, Subject>,
    releases: BTreeMap<String, Vec<(Option<ApiIndex>, Subject)>>,
}

impl References {
    /// Collects the names of a portal; earlier versions of APIs are left out.
    pub fn new(portal: &Portal) -> References {
        let mut references = References {
            apis: portal.current_apis().map(|(index, edition)| (edition.api.id.to_string(), index)).collect(),
            operations: BTreeMap::new(),
            schemas: BTreeMap::new(),
            tags: BTreeMap::new(),
            errors: OnceLock::new(),
            items: BTreeMap::new(),
            releases: BTreeMap::new(),
        };
        for (index, _) in portal.current_apis() {
            references.add_api(portal, index);
        }
        for (at, item) in portal.roadmap.iter().enumerate() {
            references.items.insert(item.id.clone(), Subject::RoadmapItem(at as u32));
        }
        references.add_releases(portal);
        references
    }

    fn add_api(&mut self, portal: &Portal, index: ApiIndex) {
        let api = portal.api(index);
        for (at, operation) in api.operations.iter().enumerate() {
            let found = (index, Subject::Operation(index, at as u32));
            let address = operation.kind.address();
            let method = operation.kind.method().to_uppercase();
            let names = [operation.operation_id.as_deref().map(str::to_owned), Some(format!("{method} {address}"))];
            let webhook = (!address.starts_with('/')).then(|| address.to_string());
            for name in names.into_iter().chain([webhook]).flatten() {
                let list = self.operations.entry(name).or_default();
                if !list.contains(&found) {
                    list.push(found);
                }
            }
        }
        for named in &api.named_schemas {
            self.schemas.entry(named.name.to_string()).or_default().push((index, Subject::Schema(index, named.id)));
        }
        for (at, tag) in api.tags.iter().enumerate() {
            self.tags.entry(tag.name.to_string()).or_default().push((index, Subject::Tag(index, at as u32)));
        }
    }

    fn add_releases(&mut self, portal: &Portal) {
        for (at, log) in portal.changelogs.iter().enumerate() {
            let api = super::api_of(portal, log.api.as_deref());
            for (number, release) in log.releases.iter().enumerate() {
                let Some(version) = &release.version else { continue };
                let found = (api, Subject::Release(at as u32, number as u32));
                self.releases.entry(version.clone()).or_default().push(found);
            }
        }
    }

    /// Returns where a link leads that stands in the file `from`; `api` is the API that its document belongs to.
    pub fn resolve(&self, portal: &Portal, from: &SourcePath, api: Option<ApiIndex>, written: &str) -> Target {
        let written = written.trim();
        if let Some((scheme, rest)) = written.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) {
            return self.by_scheme(portal, scheme, rest, api, written);
        }
        if written.starts_with("//") {
            return Target::External(written.to_owned());
        }
        let (path, anchor) = match written.split_once('#') {
            Some((path, anchor)) => (path, Some(percent_decoded(anchor)).filter(|anchor| !anchor.is_empty())),
            None => (written, None),
        };
        let path = percent_decoded(path.split('?').next().unwrap_or_default());
        if path.is_empty() {
            return anchor.map_or_else(|| Target::Anchor(String::new()), Target::Anchor);
        }
        match find_path(portal, from, &path) {
            Some(Found::Page(subject)) => with_anchor(portal, subject, anchor, written),
            Some(Found::File(url)) => Target::File(url, anchor),
            None => broken_path(portal, from, &path),
        }
    }

    fn by_scheme(&self, portal: &Portal, scheme: &str, rest: &str, api: Option<ApiIndex>, written: &str) -> Target {
        let rest = &percent_decoded(rest);
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" | "tel" => Target::External(written.to_owned()),
            "op" | "webhook" => self.operation(rest, api),
            "schema" => self.schema(portal, rest, api),
            "tag" => self.named("tag", &self.tags, rest, api),
            "error" => self.error(portal, rest, api),
            "road" => self.roadmap_item(rest),
            "release" => self.release(rest, api),
            "api" => self.api(rest),
            _ => Target::broken(
                BrokenKind::Unsafe,
                format!("`{scheme}:` links are not published"),
                Some("link with http, https, mailto or tel, or write the path of a document".into()),
            ),
        }
    }

    /// Resolves `createRefund`, `POST /refunds`, `payments/createRefund`, `payments/POST /refunds`, and the same with
    /// an `op:` or `webhook:` before.
    pub fn operation(&self, reference: &str, api: Option<ApiIndex>) -> Target {
        let reference = reference.trim();
        let reference = reference.strip_prefix("op:").or(reference.strip_prefix("webhook:")).unwrap_or(reference);
        let (name, anchor) = split_anchor(reference);
        let name = match name.split_once(' ') {
            Some((method, path)) if !method.contains('/') => format!("{} {}", method.to_uppercase(), path.trim()),
            _ => name.to_owned(),
        };
        with_optional_anchor(self.named("operation", &self.operations, &name, api), anchor)
    }

    /// Resolves `Refund`, `payments/Refund` and a property of either: `Refund#status`, `Refund#card.brand`.
    fn schema(&self, portal: &Portal, reference: &str, api: Option<ApiIndex>) -> Target {
        let (name, property) = split_anchor(reference);
        let target = self.named("schema", &self.schemas, name, api);
        match (&target, property) {
            (Target::Page { subject: Subject::Schema(api, id), .. }, Some(path)) => {
                property_of(portal, *api, *id, name, path)
            }
            _ => target,
        }
    }

    /// Returns the page that inline code names, when it names exactly one thing: `POST /refunds`, an operationId, a
    /// schema. The document's own API is asked first.
    ///
    /// A schema whose name is one lower-case word (`status`, `customer`) is not linked: in prose that is a field.
    pub fn code_span(&self, code: &str, api: Option<ApiIndex>) -> Option<Subject> {
        let is_plain_word = code.chars().all(|c| c.is_ascii_lowercase());
        let schemas = self.schemas.get(code).filter(|_| !is_plain_word);
        let found = self.operations.get(code).into_iter().chain(schemas).flatten();
        let (own, others): (Vec<_>, Vec<_>) = found.partition(|(index, _)| Some(*index) == api);
        match (own.as_slice(), others.as_slice()) {
            ([(_, subject)], _) | ([], [(_, subject)]) => Some(*subject),
            _ => None,
        }
    }

    /// Returns what is wrong with inline code that is written like an operation of a known API, `METHOD /path`, but
    /// names none.
    ///
    /// A path counts as an API's own when one of its operations is nearly spelled so, or begins with the same segment;
    /// invented paths of examples are left alone.
    pub fn unknown_operation(&self, code: &str) -> Option<Broken> {
        let (method, path) = code.split_once(' ')?;
        let looks_alike = !method.is_empty() && method.chars().all(|c| c.is_ascii_uppercase()) && path.starts_with('/');
        if !looks_alike || self.operations.contains_key(code) || path.contains([' ', '?', '#']) {
            return None;
        }
        let Target::Broken(broken) = unknown("operation", code, self.operations.keys()) else { return None };
        let mut paths = self.operations.keys().filter_map(|name| name.split_once(' ')).map(|(_, path)| path);
        let begins_alike = paths.any(|known| !known.starts_with("/{") && first_segment(known) == first_segment(path));
        (broken.help.is_some() || begins_alike).then_some(broken)
    }

    /// Resolves the name of a tag as other viewers write it in anchors: `Domain-Records` is "Domain Records". What
    /// follows a `/` (`Name/operation/id`, `Name/paths/…`) names an operation of the tag.
    pub fn tag_like(&self, portal: &Portal, api: ApiIndex, written: &str) -> Target {
        if let Some((_, id)) = written.split_once("/operation/") {
            return self.operation(id, Some(api));
        }
        let wanted = slug(written.split('/').next().unwrap_or(written));
        let at = portal.api(api).tags.iter().position(|tag| slug(&tag.name) == wanted);
        match at {
            Some(at) => Target::Page { subject: Subject::Tag(api, at as u32), anchor: None },
            None => unknown("tag", written, self.tags.keys()),
        }
    }

    /// Resolves the id of a roadmap item, with or without `road:`.
    pub fn roadmap_item(&self, id: &str) -> Target {
        let id = id.trim();
        let (id, anchor) = split_anchor(id.strip_prefix("road:").unwrap_or(id));
        match self.items.get(id) {
            Some(&subject) => Target::Page { subject, anchor: anchor.map(str::to_owned) },
            None => unknown("roadmap item", id, self.items.keys()),
        }
    }

    fn release(&self, reference: &str, api: Option<ApiIndex>) -> Target {
        let (name, anchor) = split_anchor(reference);
        let (of, version) = match name.rsplit_once('@') {
            Some((id, version)) => match self.apis.get(id) {
                Some(&index) => (Some(index), version),
                None => return unknown("API", id, self.apis.keys()),
            },
            None => (api, name),
        };
        let version = version.strip_prefix('v').unwrap_or(version);
        let Some(found) = self.releases.get(version) else { return unknown("release", version, self.releases.keys()) };
        let near =
            found.iter().find(|(owner, _)| *owner == of).or(found.first().filter(|_| of.is_none() || found.len() == 1));
        match near {
            Some(&(_, subject)) => Target::Page { subject, anchor: anchor.map(str::to_owned) },
            None => unknown("release", name, self.releases.keys()),
        }
    }

    fn api(&self, id: &str) -> Target {
        match self.apis.get(id) {
            Some(&index) => Target::Page { subject: Subject::Api(index), anchor: None },
            None => unknown("API", id, self.apis.keys()),
        }
    }

    /// Looks a name up: in the document's own API first, then in the only one that has it; `api/name` names the API.
    fn named(
        &self,
        what: &str,
        names: &BTreeMap<String, Vec<(ApiIndex, Subject)>>,
        name: &str,
        api: Option<ApiIndex>,
    ) -> Target {
        let page = |subject| Target::Page { subject, anchor: None };
        if let Some(found) = names.get(name) {
            let own = found.iter().find(|(index, _)| Some(*index) == api);
            return match (own, found.as_slice()) {
                (Some(&(_, subject)), _) | (None, &[(_, subject)]) => page(subject),
                _ => Target::broken(
                    BrokenKind::Reference,
                    format!("{} APIs have {what} `{name}`", found.len()),
                    Some(format!("name the API before it: {}", self.with_apis(found, name).join(", "))),
                ),
            };
        }
        if let Some((id, rest)) = name.split_once('/')
            && let Some(&index) = self.apis.get(id)
        {
            let rest = rest
                .split_once(' ')
                .map_or(rest.to_owned(), |(method, path)| format!("{} {path}", method.to_uppercase()));
            let found = names.get(&rest).and_then(|list| list.iter().find(|(of, _)| *of == index));
            let own = names.iter().filter(|(_, list)| list.iter().any(|(of, _)| *of == index)).map(|(name, _)| name);
            return found.map_or_else(|| unknown(what, &rest, own), |&(_, subject)| page(subject));
        }
        unknown(what, name, names.keys())
    }

    fn with_apis(&self, found: &[(ApiIndex, Subject)], name: &str) -> Vec<String> {
        let named = self.apis.iter().filter(|(_, index)| found.iter().any(|(of, _)| of == *index));
        named.map(|(id, _)| format!("`{id}/{name}`")).collect()
    }
}

/// A scheme (RFC 3986, section 3.1) of at least two letters: `C:` is no scheme.
fn is_scheme(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn first_segment(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}

fn split_anchor(reference: &str) -> (&str, Option<&str>) {
    match reference.split_once('#') {
        Some((name, anchor)) if !name.is_empty() => (name.trim(), Some(anchor)),
        _ => (reference.trim(), None),
    }
}

fn with_optional_anchor(target: Target, anchor: Option<&str>) -> Target {
    match (target, anchor) {
        (Target::Page { subject, .. }, Some(anchor)) => Target::Page { subject, anchor: Some(anchor.to_owned()) },
        (target, _) => target,
    }
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a String>) -> Target {
    let near = nearest(name, known.map(String::as_str));
    let help = near.map(|near| format!("did you mean `{near}`?"));

    Target::broken(BrokenKind::Reference, format!("no {what} `{name}`"), help)
}

enum Found {
    Page(Subject),
    File(Url),
}

/// Tries what writers of different tools mean by a path: a file beside this one, a file from the top (`/…`, Zola's
/// `@/…`), the same without extension or as a folder, and a URL of the site, absolute or relative to the page's own (a
/// file without a page, such as `portal.toml`, counts as its own URL).
fn find_path(portal: &Portal, from: &SourcePath, path: &str) -> Option<Found> {
    let path = path.strip_prefix('@').unwrap_or(path);
    let joined = from.join(path);
    let by_file = joined.as_ref().and_then(|joined| find_file(portal, joined));
    by_file.or_else(|| find_url(portal, from, path))
}

fn find_file(portal: &Portal, path: &SourcePath) -> Option<Found> {
    let spellings = ["", ".md", ".mdx", "/index.md", "/README.md", "/_index.md", "/index.mdx"];
    for ending in spellings {
        let spelled = SourcePath::new(format!("{path}{ending}").trim_start_matches('/').to_owned());
        if let Some(&subject) = portal.pages_of.get(&spelled) {
            return Some(Found::Page(subject));
        }
    }
    let published = match path.as_str().strip_prefix("static/") {
        Some(rest) => Url::new(rest.to_owned()),
        None => embedded_url(path.as_str()),
    };
    portal.files.get(&published).filter(|file| file.source == *path).map(|_| Found::File(published))
}

fn find_url(portal: &Portal, from: &SourcePath, path: &str) -> Option<Found> {
    let page_url = |url: &str| {
        let url = url.trim_start_matches('/').trim_end_matches("index.html").trim_end_matches(".html");
        let dir = if url.is_empty() || url.ends_with('/') { url.to_owned() } else { format!("{url}/") };
        portal.routes.at(&dir).map(|route| Found::Page(route.subject))
    };
    if path.starts_with('/') {
        let file = Url::new(path.trim_start_matches('/').to_owned());
        return page_url(path).or_else(|| portal.files.contains_key(&file).then_some(Found::File(file)));
    }
    let own = portal.pages_of.get(from).and_then(|subject| portal.routes.of(*subject));
    let base = own.map_or_else(|| from.clone(), |own| SourcePath::new(format!("{}x", own.url)));
    let joined = base.join(path)?;
    let slash = if path.ends_with('/') { "/" } else { "" };
    page_url(&format!("{joined}{slash}"))
}

fn broken_path(portal: &Portal, from: &SourcePath, path: &str) -> Target {
    let Some(joined) = from.join(path.strip_prefix('@').unwrap_or(path)) else {
        let help = "link to a file of the portal's folder, or to its URL".to_owned();
        return Target::broken(BrokenKind::Link, format!("`{path}` leads out of the portal's folder"), Some(help));
    };
    let near = nearest(joined.as_str(), portal.pages_of.keys().map(SourcePath::as_str));
    let same_name =
        || portal.pages_of.keys().find(|known| known.file_name() == joined.file_name()).map(SourcePath::as_str);
    let help = near.or_else(same_name).map(|near| format!("did you mean `{}`?", relative(from, near)));
    Target::broken(BrokenKind::Link, format!("no page or file at `{path}`"), help)
}

fn relative(from: &SourcePath, to: &str) -> String {
    Url::new(from.as_str().to_owned()).to(&Url::new(to.to_owned()))
}

/// Finds a property of a schema, through references and `allOf`. A property of a property is found on the page of the
/// named schema that holds it.
fn property_of(portal: &Portal, api: ApiIndex, schema: SchemaId, name: &str, path: &str) -> Target {
    let index = Index::new(portal.api(api));
    let schemas = Schemas { api: portal.api(api), index: &index };
    let (mut page, mut walked, mut parts) = (schema, Vec::new(), vec![schema]);
    for step in path.split('.') {
        let effective = schemas.effective(&parts);
        let Some(property) = effective.object.properties.iter().find(|property| &**property.name == step) else {
            let near = nearest(step, effective.object.properties.iter().map(|property| &**property.name));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            return Target::broken(BrokenKind::Reference, format!("`{step}` is no property of `{name}`"), help);
        };
        if let Some(named) = parts.iter().find_map(|part| schemas.identity(*part)).filter(|_| !walked.is_empty()) {
            (page, walked) = (named, Vec::new());
        }
        walked.push(step);
        parts.clone_from(&property.parts);
    }
    Target::Page { subject: Subject::Schema(api, page), anchor: Some(anchor::property(walked)) }
}

/// Checks an anchor where the page's anchors are known: on documents.
fn with_anchor(portal: &Portal, subject: Subject, anchor: Option<String>, written: &str) -> Target {
    let (Some(wanted), Subject::Document(index)) = (&anchor, subject) else { return Target::Page { subject, anchor } };
    let body = &portal.document(index).body;
    if body.has_anchor(wanted) {
        return Target::Page { subject, anchor };
    }
    let near = nearest(wanted, body.headings.iter().map(|heading| heading.id.as_str()));
    let help = near.map(|near| format!("did you mean `#{near}`?"));
    Target::broken(BrokenKind::Anchor, format!("`{written}`: no heading with the anchor `#{wanted}`"), help)
}
