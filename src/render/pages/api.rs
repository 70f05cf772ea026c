//! The landing page of an API: what it is, where it runs, and every operation on one page.

use serde::Serialize;

use super::Body;
use crate::model::api::{Api, OperationKind};
use crate::model::route::{ApiIndex, Subject, Url};
use crate::render::PageContext;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::badges::{method_class, method_label};
use crate::render::reference::security::short_kind;
use crate::render::reference::{Reference, push_box, push_docs_link, push_link};
use crate::render::tags::{self, Branch, Head, TagTree};
use crate::render::view::{PageLink, TocEntry};

/// Before the anchors of the headings of the API's own description.
pub const DESCRIPTION_PREFIX: &str = "about-";

/// What the template sees.
#[derive(Debug, Serialize)]
pub struct ApiView {
    /// `info.title`, when the page is called something else.
    pub title: Option<String>,
    /// The version.
    pub version: String,
    /// The specification that the description follows, as written: `OpenAPI 3.1.0`.
    pub spec: String,
    /// `info.summary`.
    pub summary: Option<String>,
    /// The owner's facts: label and text.
    pub facts: Vec<Fact>,
    /// The logo, already a safe image.
    pub logo_html: SafeHtml,
    /// The words of the API's landing document.
    pub landing_html: SafeHtml,
    /// `info.description`.
    pub description_html: SafeHtml,
    /// Base URLs.
    pub servers_html: SafeHtml,
    /// Schemes in short.
    pub schemes: Vec<SchemeRow>,
    /// The page about authentication.
    pub authentication: Option<String>,
    /// The description for download.
    pub downloads: Vec<Download>,
    /// The tags with counts.
    pub tags: Vec<TagRow>,
    /// Tags of other kinds than headings, by kind: what operations can be filtered by.
    pub filters: Vec<Filter>,
    /// Every operation, by tag.
    pub groups: Vec<Group>,
    /// Webhooks.
    pub webhooks: Vec<OperationRow>,
    /// Named schemas.
    pub schemas: Vec<PageLink>,
    /// The page that lists them.
    pub schemas_href: Option<String>,
    /// Contact, licence, terms, external documentation.
    pub footer_html: SafeHtml,
    /// What could not be read, and extensions that the settings show.
    pub notes_html: SafeHtml,
}

/// A label and a text.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// The label.
    pub label: &'static str,
    /// The text.
    pub text: String,
}

/// A security scheme in one line.
#[derive(Debug, Serialize)]
pub struct SchemeRow {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: String,
}

/// A file for download.
#[derive(Debug, Serialize)]
pub struct Download {
    /// Its name for the reader.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Its size, when it is known.
    pub size: Option<String>,
}

/// One tag in a list.
#[derive(Debug, Serialize)]
pub struct TagRow {
    /// Its label.
    pub title: String,
    /// Its page.
    pub href: Option<String>,
    /// How many operations it has.
    pub count: usize,
    /// Its first sentence.
    pub summary: Option<String>,
    /// How many tags it stands below.
    pub depth: usize,
    /// The group that begins with it (`x-tagGroups`).
    pub group: Option<String>,
}

/// The tags of one kind.
#[derive(Debug, Serialize)]
pub struct Filter {
    /// The kind: `audience`, `badge`.
    pub kind: String,
    /// The tags.
    pub tags: Vec<TagRow>,
}

/// The operations of one tag.
#[derive(Debug, Serialize)]
pub struct Group {
    /// The anchor.
    pub id: String,
    /// The tag's label.
    pub title: String,
    /// The headings above it.
    pub above: Vec<String>,
    /// The tag's page.
    pub href: Option<String>,
    /// Its operations.
    pub operations: Vec<OperationRow>,
}

/// One operation in a list.
#[derive(Debug, Serialize)]
pub struct OperationRow {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its method.
    pub method: String,
    /// The class of the method's label.
    pub method_class: String,
    /// Its path, or the webhook's name.
    pub path: String,
    /// Deprecated.
    pub deprecated: bool,
}

/// Makes the landing page of an API.
pub fn body(context: &PageContext<'_>, at: ApiIndex) -> Body {
    let mut reference = Reference::new(context, at);
    let view = view(&mut reference);
    let info = &reference.api.info;
    let description =
        info.summary.as_deref().or(info.description.as_ref().map(|prose| &*prose.text)).map(str::to_owned);
    let entry = |id: &str, title: &str| TocEntry { level: 2, id: id.into(), title: title.into() };
    let mut toc = Vec::new();
    if !view.tags.is_empty() {
        toc.push(entry("tags", "Tags"));
    }
    if !view.filters.is_empty() {
        toc.push(entry("filters", "Filters"));
    }
    if view.groups.iter().any(|group| !group.operations.is_empty()) {
        toc.push(entry("operations", "Operations"));
    }
    if !view.webhooks.is_empty() {
        toc.push(entry("webhooks", "Webhooks"));
    }
    if !view.schemas.is_empty() {
        toc.push(entry("schemas", "Schemas"));
    }
    Body::new(&view).description(description).toc(toc)
}

fn view(reference: &mut Reference<'_>) -> ApiView {
    let (api, context, at) = (reference.api, reference.context, reference.at);
    let mut servers = HtmlBuilder::new();
    if !api.servers.is_empty() {
        reference.push_servers(&mut servers, &api.servers);
    }
    let scheme = |scheme: &crate::model::api::SecurityScheme| SchemeRow {
        name: scheme.name.to_string(),
        kind: short_kind(scheme),
    };
    let webhooks = (0..api.operations.len() as u32).filter(|at| !tags::is_http(api, *at));
    let tree = TagTree::new(api, &reference.settings.tags);
    ApiView {
        title: Some(api.info.title.clone()).filter(|title| !title.is_empty() && *title != context.route.title),
        version: api.info.version.clone(),
        spec: spec(api),
        summary: api.info.summary.as_deref().map(str::to_owned),
        facts: facts(reference),
        logo_html: logo(api),
        landing_html: landing(reference),
        description_html: api
            .info
            .description
            .as_ref()
            .map(|prose| reference.prose(prose, 2, DESCRIPTION_PREFIX))
            .unwrap_or_default(),
        servers_html: servers.finish(),
        schemes: api.security_schemes.iter().map(scheme).collect(),
        authentication: context.href(Subject::Authentication(at)),
        downloads: downloads(reference),
        tags: tag_rows(reference, &tree.branches),
        filters: filters(reference),
        groups: groups(reference, &tree),
        webhooks: webhooks.filter_map(|at| operation_row(reference, at)).collect(),
        schemas: api.named_schemas.iter().filter_map(|named| context.link(Subject::Schema(at, named.id))).collect(),
        schemas_href: context.href(Subject::Schemas(at)),
        footer_html: footer(api),
        notes_html: notes(reference),
    }
}

fn spec(api: &Api) -> String {
    let name = if api.spec_written.starts_with('2') { "Swagger" } else { "OpenAPI" };
    format!("{name} {}", api.spec_written)
}

fn facts(reference: &Reference<'_>) -> Vec<Fact> {
    let portal = reference.context.portal();
    let Some(landing) = portal.edition(reference.at).landing else { return Vec::new() };
    let front = &portal.document(landing).front;
    let known = [
        ("Owner", &front.owner),
        ("Contact", &front.contact),
        ("Lifecycle", &front.lifecycle),
        ("Status", &front.status),
    ];
    known.into_iter().filter_map(|(label, text)| Some(Fact { label, text: text.clone()? })).collect()
}

fn landing(reference: &Reference<'_>) -> SafeHtml {
    let portal = reference.context.portal();
    let Some(landing) = portal.edition(reference.at).landing else { return SafeHtml::default() };
    let body = &portal.document(landing).body;
    let title = body.headings.first().filter(|heading| heading.level == 1);
    let start = title.map_or(body.range.start, |heading| heading.range.end);
    reference.context.markdown(body, start..body.range.end, 2)
}

fn logo(api: &Api) -> SafeHtml {
    let mut html = HtmlBuilder::new();
    let Some(logo) = &api.info.logo else { return html.finish() };
    let text = |key: &str| logo.get(key).and_then(|node| node.as_str());
    let (Some(url), alt) = (text("url"), text("altText")) else { return html.finish() };
    let mut image = HtmlBuilder::new();
    image.push_markup("<img class=\"api__logo\"");
    if image.push_url("src", url) {
        image.push_attribute("alt", alt.map_or("", |alt| alt));
        image.push_markup(">");
        html.push_safe(&image.finish());
    }
    html.finish()
}

fn downloads(reference: &Reference<'_>) -> Vec<Download> {
    let edition = reference.context.portal().edition(reference.at);
    let href = |name: &str| reference.context.href_to(&Url::new(format!("{}{name}", edition.base)));
    let mut list = vec![
        Download { title: "JSON".into(), href: href("openapi.json"), size: None },
        Download { title: "YAML".into(), href: href("openapi.yaml"), size: None },
    ];
    for (name, bytes) in &edition.originals {
        let size = Some(size_words(bytes.len()));
        match list.iter_mut().find(|known| known.href == href(name)) {
            Some(known) => known.size = size,
            None if edition.originals.len() <= 3 && !name.starts_with("..") => {
                list.push(Download { title: name.clone(), href: href(name), size });
            }
            None => {}
        }
    }
    list
}

fn size_words(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// Returns the tags of these headings in order with their depth.
pub(super) fn tag_rows(reference: &Reference<'_>, branches: &[Branch]) -> Vec<TagRow> {
    let mut rows = Vec::new();
    push_tags(reference, branches, 0, &mut rows);
    rows
}

fn push_tags(reference: &Reference<'_>, branches: &[Branch], depth: usize, rows: &mut Vec<TagRow>) {
    for branch in branches {
        match &branch.head {
            Head::Tag(at) => {
                rows.push(TagRow { depth: depth.min(DEEPEST), ..tag_row(reference, *at) });
                push_tags(reference, &branch.below, depth + 1, rows);
            }
            Head::Label(label) => {
                let first = rows.len();
                push_tags(reference, &branch.below, depth, rows);
                rows[first..].iter_mut().take(1).for_each(|row| row.group = Some(label.to_string()));
            }
        }
    }
}

/// Deepest level of tags that is told apart by its look.
const DEEPEST: usize = 3;

fn tag_row(reference: &Reference<'_>, at: u32) -> TagRow {
    let tag = &reference.api.tags[at as usize];
    TagRow {
        title: tags::title(tag).to_owned(),
        href: reference.context.href(Subject::Tag(reference.at, at)),
        count: tag.operations.len(),
        summary: tag.description.as_ref().and_then(|prose| first_line(&prose.text)),
        depth: 0,
        group: None,
    }
}

fn filters(reference: &Reference<'_>) -> Vec<Filter> {
    let rows = |tags: Vec<u32>| tags.into_iter().map(|at| tag_row(reference, at)).collect();
    let kinds = tags::filters(reference.api).into_iter();
    kinds.map(|(kind, tags)| Filter { kind: kind.to_string(), tags: rows(tags) }).collect()
}

/// Returns the first line of a text when it is plain words.
pub(super) fn first_line(text: &str) -> Option<String> {
    let line = text.trim().lines().next()?.trim();
    let plain = !line.is_empty()
        && !line.starts_with(['#', '<', '|', '-', '*', '>', '!', '`'])
        && !line.contains(['[', '`', '<', '*']);
    plain.then(|| line.to_string())
}

fn groups(reference: &Reference<'_>, tree: &TagTree) -> Vec<Group> {
    let api = reference.api;
    let rows = |operations: &[u32]| operations.iter().filter_map(|at| operation_row(reference, *at)).collect();
    let mut groups: Vec<Group> = Vec::new();
    tree.walk(&mut |above, branch| {
        let Head::Tag(at) = branch.head else { return };
        groups.push(Group {
            id: format!("tag-{}", api.tags[at as usize].slug),
            title: branch.title(api).to_owned(),
            above: above.iter().map(|branch| branch.title(api).to_owned()).collect(),
            href: reference.context.href(Subject::Tag(reference.at, at)),
            operations: rows(&tags::operations(api, at)),
        });
    });
    groups.push(Group {
        id: "tag-none".into(),
        title: tree.untagged_title.clone(),
        above: Vec::new(),
        href: None,
        operations: rows(&tree.untagged),
    });
    groups.retain(|group| !group.operations.is_empty());
    groups
}

/// Returns the row of an operation; `None` when it has no page.
pub(super) fn operation_row(reference: &Reference<'_>, at: u32) -> Option<OperationRow> {
    let operation = reference.api.operations.get(at as usize)?;
    let link = reference.context.link(Subject::Operation(reference.at, at))?;
    let method = operation.kind.method();
    let webhook = !matches!(operation.kind, OperationKind::Http { .. });
    Some(OperationRow {
        title: link.title,
        href: link.href,
        method: method_label(method),
        method_class: if webhook { "method method--hook".into() } else { method_class(method) },
        path: operation.kind.address().to_string(),
        deprecated: operation.deprecated,
    })
}

fn footer(api: &Api) -> SafeHtml {
    let info = &api.info;
    let mut html = HtmlBuilder::new();
    if let Some(contact) = &info.contact {
        html.push_markup("<p>Contact: ");
        match (&contact.name, &contact.url) {
            (name, Some(url)) => push_link(&mut html, url, name.as_ref().unwrap_or(url)),
            (Some(name), None) => html.push_text(name),
            (None, None) => {}
        }
        if let Some(email) = &contact.email {
            html.push_markup(" ");
            push_link(&mut html, &format!("mailto:{email}"), email);
        }
        html.push_markup("</p>");
    }
    if let Some(license) = &info.license {
        html.push_markup("<p>Licence: ");
        let spdx = license.identifier.as_ref().map(|identifier| format!("https://spdx.org/licenses/{identifier}.html"));
        match license.url.as_deref().or(spdx.as_deref()) {
            Some(url) => push_link(&mut html, url, &license.name),
            None => html.push_text(&license.name),
        }
        if let Some(identifier) = license.identifier.as_ref().filter(|identifier| ***identifier != *license.name) {
            html.push_text(&format!(" ({identifier})"));
        }
        html.push_markup("</p>");
    }
    if let Some(terms) = &info.terms_of_service {
        html.push_markup("<p>");
        push_link(&mut html, terms, "Terms of service");
        html.push_markup("</p>");
    }
    if let Some(docs) = &api.external_docs {
        html.push_markup("<p>");
        push_docs_link(&mut html, docs);
        html.push_markup("</p>");
    }
    html.finish()
}

fn notes(reference: &Reference<'_>) -> SafeHtml {
    let api = reference.api;
    let mut html = HtmlBuilder::new();
    for problem in &api.problems {
        reference.push_problem(&mut html, problem);
    }
    if let Some(dialect) = &api.dialect {
        html.push_markup("<p class=\"schema__note\">Schemas follow the dialect ");
        crate::render::reference::push_code(&mut html, dialect);
        html.push_markup("</p>");
    }
    if api.operations.is_empty() && api.named_schemas.is_empty() && api.problems.is_empty() {
        push_box(&mut html, "the description holds no operations and no schemas", None);
    }
    reference.push_extensions(&mut html, api.extensions.iter().chain(&api.info.extensions));
    html.finish()
}
