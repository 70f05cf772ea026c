//! The page of one operation or webhook.

use serde::Serialize;

use super::Body;
use crate::model::api::{Operation, OperationKind, Tag};
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::badges::{self, method_class, method_label, push_path};
use crate::render::reference::servers::{is_absolute, resolved_url};
use crate::render::reference::{Reference, push_docs_link};
use crate::render::samples;
use crate::render::view::{PageLink, TocEntry};

/// More servers than this are folded.
const SHOWN_SERVERS: usize = 4;

/// What the template sees.
#[derive(Debug, Serialize)]
pub struct OperationView {
    /// True for a webhook: the API sends it.
    pub webhook: bool,
    /// Method and path.
    pub endpoint_html: SafeHtml,
    /// The full URL at each server, when there are several or the operation has its own.
    pub servers_html: SafeHtml,
    /// The operation's own servers replace the API's.
    pub own_servers: bool,
    /// `operationId`.
    pub operation_id: Option<String>,
    /// Short words: stability and the like.
    pub badges: Vec<String>,
    /// The box that says since when and why it is deprecated.
    pub deprecated: Option<Deprecated>,
    /// What authentication it needs.
    pub auth_html: SafeHtml,
    /// What could not be read.
    pub problems_html: SafeHtml,
    /// The path's shared text and the operation's own.
    pub description_html: SafeHtml,
    /// Parameters, body, responses, callbacks.
    pub sections: Vec<Section>,
    /// The request in every language.
    pub samples_html: SafeHtml,
    /// Examples of the request body.
    pub request_examples_html: SafeHtml,
    /// Examples of the responses.
    pub response_examples_html: SafeHtml,
    /// Tags with pages.
    pub tags: Vec<PageLink>,
    /// Lists of related pages.
    pub related: Vec<Related>,
    /// Specification extensions that the settings show.
    pub extensions_html: SafeHtml,
    /// External documentation.
    pub docs_html: SafeHtml,
}

/// One section of the page.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What stands below.
    pub html: SafeHtml,
}

/// A list of related pages.
#[derive(Debug, Serialize)]
pub struct Related {
    /// Its label.
    pub title: &'static str,
    /// The pages.
    pub links: Vec<PageLink>,
}

/// Deprecation in words.
#[derive(Debug, Serialize)]
pub struct Deprecated {
    /// Why, or what to use instead, as the description says.
    pub reason: Option<String>,
    /// The day it stops to work, as written.
    pub sunset: Option<String>,
    /// What replaces it, as a page.
    pub replacement: Option<PageLink>,
    /// What replaces it, as written, when that is no page.
    pub replaced_by: Option<String>,
}

/// Makes the page of an operation.
pub fn body(context: &PageContext<'_>, api: ApiIndex, at: u32) -> Body {
    let mut reference = Reference::new(context, api);
    let Some(operation) = reference.api.operations.get(at as usize) else { return Body::new(&"") };
    let view = view(&mut reference, operation, at);
    let toc =
        view.sections.iter().map(|section| TocEntry { level: 2, id: section.id.clone(), title: section.title.clone() });
    let toc = toc.collect();
    let description = operation.description.as_ref().or(operation.shared_description.as_ref());
    let description = description.map(|prose| prose.text.to_string());
    Body::new(&view).description(description.or_else(|| operation.summary.as_deref().map(str::to_owned))).toc(toc)
}

fn view<'a>(reference: &mut Reference<'a>, operation: &'a Operation, at: u32) -> OperationView {
    let html = |write: &mut dyn FnMut(&mut HtmlBuilder)| {
        let mut html = HtmlBuilder::new();
        write(&mut html);
        html.finish()
    };
    let sections = sections(reference, operation, at);
    OperationView {
        webhook: !matches!(operation.kind, OperationKind::Http { .. }),
        endpoint_html: html(&mut |html| push_endpoint(html, operation)),
        servers_html: html(&mut |html| push_urls(reference, html, operation)),
        own_servers: operation.servers.is_some(),
        operation_id: operation.operation_id.as_deref().map(str::to_owned),
        badges: badges::of_operation(operation, &reference.api.tags),
        deprecated: operation.deprecated.then(|| deprecated(reference, operation)),
        auth_html: html(&mut |html| reference.push_security(html, operation)),
        problems_html: html(&mut |html| push_problems(reference, html, operation)),
        description_html: html(&mut |html| push_description(reference, html, operation)),
        samples_html: samples::of_operation(reference, operation),
        request_examples_html: reference.request_examples(operation, ""),
        response_examples_html: reference.response_examples(operation, ""),
        tags: tags(reference, operation),
        related: related(reference, at),
        extensions_html: html(&mut |html| reference.push_extensions(html, &operation.extensions)),
        docs_html: html(&mut |html| {
            operation.external_docs.iter().for_each(|docs| push_docs_link(html, docs));
        }),
        sections,
    }
}

fn sections<'a>(reference: &mut Reference<'a>, operation: &'a Operation, _at: u32) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let sent = matches!(operation.kind, OperationKind::Http { .. });
    for group in reference.parameter_groups(operation, "") {
        sections.push(Section { id: reference.id(group.id), title: group.title.into(), html: group.html });
    }
    if let Some(body) = &operation.request_body {
        let mut html = HtmlBuilder::new();
        let id = reference.id("request-body");
        reference.push_request_body(&mut html, operation, body, "body");
        let title = if sent { "Request body" } else { "Body that you receive" };
        sections.push(Section { id, title: title.into(), html: html.finish() });
    }
    let mut html = HtmlBuilder::new();
    let id = reference.id("responses");
    reference.push_responses(&mut html, operation, "");
    let title = if sent { "Responses" } else { "What you answer" };
    sections.push(Section { id, title: title.into(), html: html.finish() });
    if !operation.callbacks.is_empty() {
        let mut html = HtmlBuilder::new();
        let id = reference.id("callbacks");
        reference.push_callbacks(&mut html, &operation.callbacks, "callback");
        sections.push(Section { id, title: "Callbacks".into(), html: html.finish() });
    }
    sections
}

fn push_endpoint(html: &mut HtmlBuilder, operation: &Operation) {
    let method = operation.kind.method();
    html.push_markup("<code class=\"endpoint__line\"");
    html.push_attribute("data-copy", &format!("{} {}", method_label(method), operation.kind.address()));
    html.push_markup("><span");
    html.push_attribute("class", &method_class(method));
    html.push_markup(">");
    html.push_text(&method_label(method));
    html.push_markup("</span> <span class=\"endpoint__path\">");
    push_path(html, operation);
    html.push_markup("</span></code>");
}

/// Adds the full URL at each server.
fn push_urls<'a>(reference: &mut Reference<'a>, html: &mut HtmlBuilder, operation: &'a Operation) {
    if !matches!(operation.kind, OperationKind::Http { .. }) {
        return;
    }
    if let Some(servers) = &operation.servers {
        return reference.push_servers(html, servers);
    }
    let servers = &reference.api.servers;
    if servers.len() < 2 {
        return;
    }
    let folded = servers.len() > SHOWN_SERVERS;
    if folded {
        html.push_markup("<details><summary>");
        html.push_text(&format!("{} servers", servers.len()));
        html.push_markup("</summary>");
    }
    html.push_markup("<ul class=\"servers\">");
    for server in servers {
        let url = resolved_url(server);
        html.push_markup("<li><code>");
        html.push_text(&url);
        html.push_markup("</code>");
        if let Some(name) = &server.name {
            html.push_text(&format!(" {name}"));
        }
        if !is_absolute(&url) && url.is_empty() {
            html.push_text("relative to where the description is published");
        }
        html.push_markup("</li>");
    }
    html.push_markup("</ul>");
    if folded {
        html.push_markup("</details>");
    }
}

fn deprecated(reference: &Reference<'_>, operation: &Operation) -> Deprecated {
    let text = |names: &[&str]| {
        let found = operation.extensions.iter().find(|entry| names.contains(&&*entry.key));
        found.and_then(|entry| entry.value.as_text()).map(|text| text.to_string())
    };
    let replaced_by = text(&["x-replaced-by", "x-replacement", "x-deprecated-replaced-by", "x-successor"]);
    let replacement = replaced_by.as_deref().and_then(|written| {
        let same = |other: &Operation| {
            other.operation_id.as_deref() == Some(written)
                || format!("{} {}", other.kind.method(), other.kind.address()) == written
                || &**other.kind.address() == written
        };
        let at = reference.api.operations.iter().position(same)?;
        reference.context.link(Subject::Operation(reference.at, at as u32))
    });
    Deprecated {
        reason: text(&["x-deprecated-description", "x-deprecation-reason", "x-deprecated-reason"]),
        sunset: text(&["x-sunset", "x-sunset-date", "x-removal-date"]),
        replaced_by: replaced_by.filter(|_| replacement.is_none()),
        replacement,
    }
}

fn push_problems(reference: &Reference<'_>, html: &mut HtmlBuilder, operation: &Operation) {
    if let Some(problem) = &operation.problem {
        reference.push_problem(html, problem);
    }
}

fn push_description(reference: &mut Reference<'_>, html: &mut HtmlBuilder, operation: &Operation) {
    let own_summary = operation.summary.as_deref().unwrap_or("");
    if let Some(summary) = operation.shared_summary.as_deref().filter(|summary| *summary != own_summary) {
        html.push_markup("<p class=\"op__shared\">For every operation of this path: ");
        html.push_text(summary);
        html.push_markup("</p>");
    }
    if let Some(prose) = &operation.shared_description {
        html.push_markup("<div class=\"op__shared\">");
        html.push_safe(&reference.prose(prose, 3, "shared-"));
        html.push_markup("</div>");
    }
    if let Some(prose) = &operation.description {
        html.push_safe(&reference.prose(prose, 2, "about-"));
    }
}

/// The tags of an operation, without those that its badges show.
fn tags(reference: &Reference<'_>, operation: &Operation) -> Vec<PageLink> {
    let tags = operation.tags.iter().filter_map(|name| {
        let is_shown = |tag: &Tag| tag.name == *name && tag.kind.as_deref() != Some("badge");
        let at = reference.api.tags.iter().position(is_shown)?;
        reference.context.link(Subject::Tag(reference.at, at as u32))
    });
    tags.collect()
}

fn related(reference: &Reference<'_>, at: u32) -> Vec<Related> {
    let subject = Subject::Operation(reference.at, at);
    let lists = [
        ("Mentioned in", reference.context.mentioned_by(subject)),
        ("After this call you can", reference.leads_to(at)),
        ("Reached from", reference.reached_from(at)),
        ("This operation may call you", reference.calls_back(at)),
        ("Sent after", reference.started_by(at)),
        ("Same path", reference.same_path(at)),
        ("Schemas", reference.used_schemas(at)),
    ];
    let filled = lists.into_iter().filter(|(_, links)| !links.is_empty());
    filled.map(|(title, links)| Related { title, links }).collect()
}
