//! The landing page of an API: what it is, where it runs, and every operation on one page.

use serde::Serialize;

use super::{Body, about, parts};
use crate::model::api::{Api, OperationKind};
use crate::model::route::{ApiIndex, Subject, Url};
use crate::render::PageContext;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::badges::{method_class, method_label};
use crate::render::reference::security::short_kind;
use crate::render::reference::servers::{effective_url, published_at};
use crate::render::reference::{Reference, push_box, push_code};
use crate::render::tags::{self, Branch, Head, TagTree};
use crate::render::view::{PageLink, TocEntry};

/// Before the anchors of the headings of the API's own description.
pub const DESCRIPTION_PREFIX: &str = "about-";

/// The anchors of the page's own sections.
#[derive(Debug, Serialize)]
pub struct Ids {
    /// The table of tags.
    pub tags: String,
    /// The operations.
    pub operations: String,
    /// The webhooks.
    pub webhooks: String,
    /// The schemas.
    pub schemas: String,
}

/// What the template sees.
#[derive(Debug, Serialize)]
pub struct ApiView {
    /// The anchors of the page's own sections.
    pub ids: Ids,
    /// `info.title`, when the page is called something else.
    pub title: Option<String>,
    /// The version.
    pub version: String,
    /// The specification that the description follows, as written: `OpenAPI 3.1.0`.
    pub spec: String,
    /// `info.summary`.
    pub summary: Option<String>,
    /// How far the API is.
    pub status: Option<parts::Chip>,
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
    /// The files that it was read from.
    pub originals: Vec<Download>,
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
    let (view, mut toc) = view(&mut reference);
    let info = &reference.api.info;
    let description =
        info.summary.as_deref().or(info.description.as_ref().map(|prose| &*prose.text)).map(str::to_owned);
    let entry = |id: &str, title: &str| TocEntry { level: 2, id: id.into(), title: title.into() };
    if !view.tags.is_empty() {
        toc.push(entry(&view.ids.tags, "Tags"));
    }
    if !view.filters.is_empty() {
        toc.push(entry("filters", "Filters"));
    }
    if view.groups.iter().any(|group| !group.operations.is_empty()) {
        toc.push(entry(&view.ids.operations, "Operations"));
    }
    if !view.webhooks.is_empty() {
        toc.push(entry(&view.ids.webhooks, "Webhooks"));
    }
    if !view.schemas.is_empty() {
        toc.push(entry(&view.ids.schemas, "Schemas"));
    }
    Body::new(&view).description(description).toc(toc)
}

/// Returns the page's view, and the headings of its prose.
fn view(reference: &mut Reference<'_>) -> (ApiView, Vec<TocEntry>) {
    let (api, context, at) = (reference.api, reference.context, reference.at);
    let (landing_html, landing_toc) = landing(reference);
    // The description stands first on the page; the anchors of the other text were taken first, for whoever links to them.
    let (description_html, mut toc) = about::description(reference);
    toc.extend(landing_toc);
    let mut servers = HtmlBuilder::new();
    match (api.servers.is_empty(), published_at(api, reference.settings)) {
        (false, _) => reference.push_servers(&mut servers, &api.servers),
        (true, Some(base)) => {
            effective_url("/", Some(base)).iter().for_each(|url| push_code(&mut servers, url));
        }
        (true, None) => {}
    }
    let scheme = |scheme: &crate::model::api::SecurityScheme| SchemeRow {
        name: scheme.name.to_string(),
        kind: short_kind(scheme),
    };
    let webhooks = (0..api.operations.len() as u32).filter(|at| !tags::is_http(api, *at));
    let tree = TagTree::new(api, &reference.settings.tags);
    let ids = Ids {
        tags: reference.id("tags"),
        operations: reference.id("operations"),
        webhooks: reference.id("webhooks"),
        schemas: reference.id("schemas"),
    };
    let view = ApiView {
        ids,
        title: Some(api.info.title.clone()).filter(|title| !title.is_empty() && *title != context.route.title),
        version: api.info.version.clone(),
        spec: spec(api),
        summary: api.info.summary.as_deref().map(str::to_owned),
        status: status(reference),
        facts: facts(reference),
        logo_html: about::logo(reference),
        landing_html,
        description_html,
        servers_html: servers.finish(),
        schemes: api.security_schemes.iter().map(scheme).collect(),
        authentication: context.href(Subject::Authentication(at)),
        downloads: downloads(reference),
        originals: originals(reference),
        tags: tag_rows(reference, &tree.branches),
        filters: filters(reference),
        groups: groups(reference, &tree),
        webhooks: webhooks.filter_map(|at| operation_row(reference, at)).collect(),
        schemas: api.named_schemas.iter().filter_map(|named| context.link(Subject::Schema(at, named.id))).collect(),
        schemas_href: context.href(Subject::Schemas(at)),
        footer_html: about::footer(reference),
        notes_html: notes(reference),
    };
    (view, toc)
}

fn spec(api: &Api) -> String {
    let name = if api.spec_written.starts_with('2') { "Swagger" } else { "OpenAPI" };
    format!("{name} {}", api.spec_written)
}

fn facts(reference: &Reference<'_>) -> Vec<Fact> {
    let portal = reference.context.portal();
    let Some(landing) = portal.edition(reference.at).landing else { return Vec::new() };
    let front = &portal.document(landing).front;
    // The status is a chip; the contact of the description stands at the end of the page.
    let contact = reference.api.info.contact.as_ref();
    let said = |text: &&String| {
        let known = contact.map(|contact| [contact.email.as_deref(), contact.url.as_deref(), contact.name.as_deref()]);
        !known.is_some_and(|known| known.contains(&Some(text.as_str())))
    };
    let other_status = front
        .status
        .as_ref()
        .filter(|status| front.lifecycle.as_ref().is_some_and(|lifecycle| !lifecycle.eq_ignore_ascii_case(status)));
    let known =
        [("Owner", front.owner.as_ref()), ("Contact", front.contact.as_ref().filter(said)), ("Status", other_status)];
    known.into_iter().filter_map(|(label, text)| Some(Fact { label, text: text?.clone() })).collect()
}

/// The lifecycle that the owner states, else the status.
fn status(reference: &Reference<'_>) -> Option<parts::Chip> {
    let portal = reference.context.portal();
    let front = &portal.document(portal.edition(reference.at).landing?).front;
    front.lifecycle.as_deref().or(front.status.as_deref()).map(parts::Chip::lifecycle)
}

/// Returns the words of the landing document, and its headings. Their anchors are its own, for whoever links to them.
fn landing(reference: &mut Reference<'_>) -> (SafeHtml, Vec<TocEntry>) {
    let portal = reference.context.portal();
    let Some(landing) = portal.edition(reference.at).landing else { return Default::default() };
    let body = &portal.document(landing).body;
    let title = body.headings.first().filter(|heading| heading.level == 1);
    let range = title.map_or(body.range.start, |heading| heading.range.end)..body.range.end;
    for heading in &body.headings {
        reference.id(&heading.id);
    }
    (reference.context.markdown(body, range.clone(), 2), parts::toc(body, &range))
}

/// The description in both forms and what is made from it, each with its size.
fn downloads(reference: &Reference<'_>) -> Vec<Download> {
    let renderer = reference.context.renderer;
    let edition = reference.context.portal().edition(reference.at);
    let original = edition.published_originals();
    let mut list: Vec<Download> = Vec::new();
    for (name, title) in [("openapi.json", "JSON"), ("openapi.yaml", "YAML")] {
        let url = Url::new(format!("{}{name}", edition.base));
        let as_it_is = original.iter().find(|original| original.url == url).map(|original| original.bytes.len());
        let size = as_it_is.or_else(|| renderer.downloads.at(&url).map(|file| file.bytes(renderer).len()));
        let href = reference.context.href_to(&url);
        list.push(Download { title: title.into(), href, size: size.map(size_words) });
    }
    for (url, file) in renderer.downloads.of(reference.at) {
        let href = reference.context.href_to(url);
        if list.iter().all(|known| known.href != href) {
            let size = Some(size_words(file.bytes(renderer).len()));
            list.push(Download { title: file.title.into(), href, size });
        }
    }
    list
}

/// The files that the description was read from, when they are others than the ones above.
fn originals(reference: &Reference<'_>) -> Vec<Download> {
    let edition = reference.context.portal().edition(reference.at);
    let named = ["openapi.json", "openapi.yaml"].map(|name| format!("{}{name}", edition.base));
    let originals = edition.published_originals().into_iter();
    let others = originals.filter(|original| !named.iter().any(|name| name == original.url.as_str()));
    others
        .map(|original| Download {
            href: reference.context.href_to(&original.url),
            size: Some(size_words(original.bytes.len())),
            title: original.name,
        })
        .collect()
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
        method: if webhook { "HOOK".into() } else { method_label(method) },
        method_class: if webhook { "method method--hook".into() } else { method_class(method) },
        path: operation.kind.address().to_string(),
        deprecated: operation.deprecated,
    })
}

fn notes(reference: &Reference<'_>) -> SafeHtml {
    let api = reference.api;
    let mut html = HtmlBuilder::new();
    for problem in &api.problems {
        reference.push_problem(&mut html, problem);
    }
    if let Some(uri) = &api.self_uri {
        html.push_markup("<p class=\"schema__note\">The description calls itself ");
        push_code(&mut html, uri);
        html.push_markup("</p>");
    }
    if let Some(dialect) = &api.dialect {
        html.push_markup("<p class=\"schema__note\">Schemas follow the dialect ");
        push_code(&mut html, dialect);
        html.push_markup("</p>");
    }
    if api.operations.is_empty() && api.named_schemas.is_empty() && api.problems.is_empty() {
        push_box(&mut html, "the description holds no operations and no schemas", None);
    }
    reference.push_extensions(&mut html, api.extensions.iter().chain(&api.info.extensions));
    html.finish()
}
