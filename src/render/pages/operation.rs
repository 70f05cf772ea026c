//! The page of one operation or webhook.

use serde::Serialize;

use super::Body;
use crate::model::api::{Operation, OperationKind};
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::Reference;
use crate::render::reference::badges::{method_class, method_label, push_path};
use crate::render::reference::deprecation::Deprecation;
use crate::render::reference::servers::{effective_url, published_at, resolved_url, with_defaults};
use crate::render::samples;
use crate::render::try_it::{self, TryItView};
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
    /// Short words that stand before the title.
    pub badges_before_html: SafeHtml,
    /// Short words: stability and the like.
    pub badges_html: SafeHtml,
    /// The box that says until when and why it may be used.
    pub deprecated: Option<Deprecation>,
    /// What authentication it needs.
    pub auth_html: SafeHtml,
    /// The try-it console, when it is switched on for the API.
    pub try_it: Option<TryItView>,
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
    let (badges_before_html, badges_html) = reference.badges(operation);
    OperationView {
        webhook: !matches!(operation.kind, OperationKind::Http { .. }),
        endpoint_html: html(&mut |html| push_endpoint(html, operation)),
        servers_html: html(&mut |html| push_urls(reference, html, operation)),
        own_servers: operation.servers.is_some() && matches!(operation.kind, OperationKind::Http { .. }),
        operation_id: own_id(operation),
        badges_before_html,
        badges_html,
        deprecated: reference.deprecation(operation),
        try_it: try_it::view(&reference.context),
        auth_html: match operation.kind {
            // Who is called decides what it asks for: the description's security is that of calls to the API.
            OperationKind::Webhook { .. } | OperationKind::Callback { .. } if operation.security.is_none() => {
                SafeHtml::default()
            }
            _ => html(&mut |html| reference.push_security(html, operation)),
        },
        problems_html: html(&mut |html| push_problems(reference, html, operation)),
        description_html: html(&mut |html| push_description(reference, html, operation)),
        samples_html: samples::of_operation(reference, operation),
        request_examples_html: reference.request_examples(operation, ""),
        response_examples_html: reference.response_examples(operation, ""),
        tags: tags(reference, operation),
        related: related(reference, at),
        extensions_html: html(&mut |html| push_extensions(reference, html, operation)),
        docs_html: html(&mut |html| {
            operation.external_docs.iter().for_each(|docs| reference.push_docs(html, docs));
        }),
        sections,
    }
}

/// The `operationId`, unless the line above says it: a webhook's often is its name.
fn own_id(operation: &Operation) -> Option<String> {
    operation.operation_id.as_deref().filter(|id| **id != **operation.kind.address()).map(str::to_owned)
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
    let class = match operation.kind {
        OperationKind::Http { .. } => method_class(method),
        _ => "method method--hook".into(),
    };
    html.push_attribute("class", &class);
    html.push_markup(">");
    html.push_text(&method_label(method));
    html.push_markup("</span> <span class=\"endpoint__path\">");
    push_path(html, operation);
    html.push_markup("</span></code>");
}

/// Adds the full URL at each server.
fn push_urls<'a>(reference: &mut Reference<'a>, html: &mut HtmlBuilder, operation: &'a Operation) {
    if let Some(servers) = &operation.servers {
        return reference.push_servers(html, servers);
    }
    let servers = &reference.api.servers;
    if servers.len() < 2 || !matches!(operation.kind, OperationKind::Http { .. }) {
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
        let whole = effective_url(&with_defaults(server), published_at(reference.api, reference.settings));
        html.push_markup("<li><code>");
        html.push_text(whole.as_deref().unwrap_or(&url));
        html.push_markup("</code>");
        if let Some(name) = &server.name {
            html.push_text(&format!(" {name}"));
        }
        if whole.is_none() && url.is_empty() {
            html.push_text("relative to where the description is published");
        }
        html.push_markup("</li>");
    }
    html.push_markup("</ul>");
    if folded {
        html.push_markup("</details>");
    }
}

fn push_problems(reference: &Reference<'_>, html: &mut HtmlBuilder, operation: &Operation) {
    if let Some(problem) = &operation.problem {
        reference.push_problem(html, problem);
    }
}

fn push_description<'a>(reference: &mut Reference<'a>, html: &mut HtmlBuilder, operation: &'a Operation) {
    reference.push_shared(html, operation, "shared-");
    if let Some(prose) = &operation.description {
        html.push_safe(&reference.prose(prose, 2, "about-"));
    }
}

fn push_extensions(reference: &Reference<'_>, html: &mut HtmlBuilder, operation: &Operation) {
    let of_path = &operation.shared_extensions;
    reference.push_extensions(html, operation.extensions.iter().chain(of_path).chain(&operation.responses_extensions));
}

fn tags<'a>(reference: &Reference<'a>, operation: &'a Operation) -> Vec<PageLink> {
    let tags = reference.plain_tags(operation).into_iter();
    tags.filter_map(|(_, at)| reference.context.link(Subject::Tag(reference.at, at?))).collect()
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
