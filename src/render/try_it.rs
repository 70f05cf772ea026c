//! The try-it console: which pages have it, what they may connect to, and what it needs to know of a request.
//!
//! Off unless `[apis.<id>] try_it = true`. A page with the console carries a button; the console's own script, its
//! style and the request of the operation ([`data`]) are files that are fetched when the button is pressed. It knows
//! nothing of how the console looks or works: that is `themes/default/js/try-it/`.

mod body;
pub mod data;
mod facts;
mod parameters;
mod security;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;

use super::html::HtmlBuilder;
use super::reference::Reference;
use super::reference::servers::published_at;
use super::{PageContext, Renderer};
use crate::model::api::{Operation, OperationKind, SecurityKind, Server};
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Route, SitePath, Subject, Url};
use crate::schema::wire::server::{origin, reach};

/// What the names of the console's theme files begin with.
pub const ASSETS: &str = "try-it";
/// The page that an authorization server sends the reader back to; its address is registered there, so it never changes.
pub const CALLBACK: &str = "try-it/callback.html";
/// The directive that the console widens.
const CONNECT: &str = "connect-src 'self'";

/// What the template sees: the addresses of what the console is made of, from the page.
#[derive(Debug, Serialize)]
pub struct TryItView {
    /// The script of the button.
    pub button: String,
    /// The console's script.
    pub script: String,
    /// The script of the sign-in, which only some consoles need.
    pub sign_in: String,
    /// Its style.
    pub style: String,
    /// The request of the operation.
    pub data: String,
}

/// Returns true when the console is switched on for an API. Earlier versions have none: their servers may be gone.
pub fn is_on(portal: &Portal, api: ApiIndex) -> bool {
    let edition = portal.edition(api);
    edition.earlier_of.is_none() && portal.settings.apis.get(&*edition.api.id).is_some_and(|settings| settings.try_it)
}

/// Returns true when the console is switched on for any API.
pub fn is_used(portal: &Portal) -> bool {
    portal.settings.apis.values().any(|settings| settings.try_it)
        && portal.current_apis().any(|(api, _)| is_on(portal, api))
}

/// Returns the operation of a page that has the console.
pub fn operation(portal: &Portal, subject: Subject) -> Option<(ApiIndex, &Operation)> {
    let Subject::Operation(api, at) = subject else { return None };
    let operation = portal.api(api).operations.get(at as usize)?;
    (matches!(operation.kind, OperationKind::Http { .. }) && is_on(portal, api)).then_some((api, operation))
}

/// Returns what the template of an operation needs; `None` when the page has no console.
pub fn view(context: &PageContext<'_>) -> Option<TryItView> {
    operation(context.portal(), context.route.subject)?;
    Some(TryItView {
        button: context.asset("try-it-button.js"),
        script: context.asset("try-it.js"),
        sign_in: context.asset("try-it-sign-in.js"),
        style: context.asset("try-it.css"),
        data: "request.json".into(),
    })
}

/// Returns where the request of a page's operation is written.
pub fn data_path(route: &Route) -> SitePath {
    SitePath::new(format!("{}request.json", route.url))
}

/// Returns the policy of a page: the strict one, widened to the servers of the operation when it has the console.
pub fn page_policy(portal: &Portal, subject: Subject, strict: &str) -> String {
    match operation(portal, subject) {
        Some((api, operation)) => widened(strict, &origins(portal, api, operation)),
        None => strict.to_owned(),
    }
}

/// Returns the policy for hosts to send with every file. It allows what any page may connect to, for a page is held by
/// both policies, and each carries its own one.
pub fn site_policy(portal: &Portal, strict: &str) -> String {
    if !is_used(portal) {
        return strict.to_owned();
    }
    let subjects = portal.routes.iter().filter_map(|route| operation(portal, route.subject));
    widened(strict, &subjects.flat_map(|(api, operation)| origins(portal, api, operation)).collect())
}

fn widened(strict: &str, origins: &BTreeSet<String>) -> String {
    let all: String = origins.iter().map(|origin| format!(" {origin}")).collect();
    strict.replacen(CONNECT, &format!("{CONNECT}{all}"), 1)
}

/// The servers that hold for an operation.
fn servers<'a>(portal: &'a Portal, api: ApiIndex, operation: &'a Operation) -> &'a [Server] {
    operation.servers.as_deref().unwrap_or(&portal.api(api).servers)
}

/// Returns the origins that the console of an operation may call: those of its servers, and those that give tokens for
/// it.
fn origins(portal: &Portal, api: ApiIndex, operation: &Operation) -> BTreeSet<String> {
    let base = published_at(portal.api(api), &portal.settings);
    let mut origins: BTreeSet<String> =
        servers(portal, api, operation).iter().flat_map(|server| reach(server, base).origins).collect();
    let described = portal.api(api);
    let requirements = operation.security.as_deref().or(described.security.as_deref()).unwrap_or(&[]);
    let required = requirements.iter().flat_map(|requirement| &requirement.schemes);
    for scheme in required.filter_map(|required| described.security_schemes.get(required.scheme? as usize)) {
        let SecurityKind::OAuth2 { flows, .. } = &scheme.kind else { continue };
        let used = flows.iter().filter(|flow| security::is_used_flow(&flow.name));
        let tokens = used.filter_map(|flow| flow.token_url.as_deref());
        origins.extend(tokens.filter_map(|url| origin(url).ok().flatten()));
    }
    origins
}

/// Returns the request of a page's operation as JSON; nothing for a page without a console.
pub fn request_json(renderer: &Renderer, route: &Route) -> Vec<u8> {
    let context = PageContext { renderer, route };
    let Some((api, operation)) = operation(context.portal(), route.subject) else { return Vec::new() };
    let reference = Reference::new(&context, api);
    let origins = origins(context.portal(), api, operation);
    let data = data::of_operation(&reference, operation, origins);
    let mut bytes = serde_json::to_vec(&data).expect("the request is made of strings, lists and maps with text keys");
    bytes.push(b'\n');
    bytes
}

/// Returns the page that an authorization server sends the reader back to. It hands the answer to the tab that asked
/// for it, and shows nothing of its own.
pub fn callback_page(renderer: &Renderer) -> Vec<u8> {
    let from = Url::new(CALLBACK.to_owned());
    let asset = |name: &str| renderer.theme.assets().get(name).map_or(String::new(), |asset| from.to(&asset.url));
    let mut html = HtmlBuilder::new();
    html.push_markup("<!doctype html>\n<html");
    html.push_attribute("lang", &renderer.shell.language);
    html.push_attribute("dir", renderer.shell.direction);
    html.push_markup("><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\"");
    html.push_attribute("content", &renderer.shell.csp);
    html.push_markup(
        "><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\" \
         content=\"no-referrer\"><meta name=\"robots\" content=\"noindex\"><title>Sign-in</title><link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\"",
    );
    html.push_attribute("href", &asset("site.css"));
    html.push_markup("><script");
    html.push_attribute("src", &asset("try-it-callback.js"));
    html.push_markup(
        " defer></script></head><body><main class=\"page\"><h1>Sign-in</h1><p role=\"status\" data-state>This page hands \
         the answer of the authorization server to the page that asked for it. It needs JavaScript.</p></main></body></html>\n",
    );
    html.finish().into_string().into_bytes()
}
