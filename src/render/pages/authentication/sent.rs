//! How the credential of each type of scheme is sent, and the URLs that belong to a scheme.

use super::{Flow, LinkFact};
use crate::load::openapi::uri;
use crate::model::Text;
use crate::model::api::{Api, ApiKeyIn, OAuthFlow, SecurityKind, SecurityScheme};
use crate::render::code::{self, Code};
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::servers::{is_absolute, resolved_url};
use crate::render::reference::{push_code, push_link};
use crate::render::samples;
use crate::schema::wire::parameter::Escape;

/// Returns the line that carries the credential, and how curl sends it where that is not the same line.
pub fn lines(api: &Api, scheme: &SecurityScheme) -> SafeHtml {
    let prefix = samples::variable_prefix(api);
    let mut html = HtmlBuilder::new();
    if let Some(line) = line(scheme, &prefix) {
        html.push_safe(&code::block("Sent as", "http", &Code::plain_text(line).html()));
    }
    if let Some(options) = curl_options(scheme, &prefix) {
        let command = format!("curl {options} {}", samples::quoted_base(api));
        html.push_safe(&code::block("With curl", "shell", &Code::plain_text(command).html()));
    }
    html.finish()
}

fn line(scheme: &SecurityScheme, prefix: &str) -> Option<String> {
    Some(match &scheme.kind {
        SecurityKind::ApiKey { location: ApiKeyIn::Header, name } => format!("{name}: ${prefix}_KEY"),
        SecurityKind::ApiKey { location: ApiKeyIn::Query, name } => {
            format!("?{}=${prefix}_KEY", Escape::All.apply(name))
        }
        SecurityKind::ApiKey { location: ApiKeyIn::Cookie, name } => format!("Cookie: {name}=${prefix}_KEY"),
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
            format!("Authorization: Basic base64(${prefix}_USER:${prefix}_PASSWORD)")
        }
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("digest") => {
            format!("Authorization: Digest username=\"${prefix}_USER\", realm=…, nonce=…, uri=…, response=…")
        }
        SecurityKind::Http { scheme, .. } if !scheme.is_empty() && !scheme.eq_ignore_ascii_case("bearer") => {
            format!("Authorization: {scheme} ${prefix}_CREDENTIALS")
        }
        SecurityKind::Http { .. } | SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
            format!("Authorization: Bearer ${prefix}_TOKEN")
        }
        SecurityKind::MutualTls | SecurityKind::Other(_) => return None,
    })
}

fn curl_options(scheme: &SecurityScheme, prefix: &str) -> Option<String> {
    let pair = format!("\"${prefix}_USER:${prefix}_PASSWORD\"");
    match &scheme.kind {
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => Some(format!("-u {pair}")),
        SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("digest") => {
            Some(format!("--digest -u {pair}"))
        }
        SecurityKind::MutualTls => Some("--cert client.pem --key client-key.pem".to_owned()),
        _ => None,
    }
}

/// Returns what else is known of a scheme: the form of its token, where it can be discovered.
pub fn facts(api: &Api, scheme: &SecurityScheme) -> Vec<LinkFact> {
    match &scheme.kind {
        SecurityKind::Http { bearer_format: Some(format), .. } => {
            let mut html = HtmlBuilder::new();
            push_code(&mut html, format);
            vec![LinkFact { label: "Token format", html: html.finish() }]
        }
        SecurityKind::OAuth2 { metadata_url: Some(url), .. } => vec![url_fact(api, "Metadata", url)],
        SecurityKind::OpenIdConnect { url } => vec![url_fact(api, "Discovery", url)],
        _ => Vec::new(),
    }
}

/// Returns a flow without its scopes.
pub fn flow(api: &Api, flow: &OAuthFlow) -> Flow {
    let known = [
        ("Authorization URL", &flow.authorization_url),
        ("Device authorization URL", &flow.device_authorization_url),
        ("Token URL", &flow.token_url),
        ("Refresh URL", &flow.refresh_url),
    ];
    let urls = known.into_iter().filter_map(|(label, url)| Some(url_fact(api, label, url.as_ref()?)));
    Flow {
        name: words(&flow.name).to_owned(),
        discouraged: matches!(&*flow.name, "implicit" | "password"),
        urls: urls.collect(),
        scopes: None,
    }
}

/// A URL as a link. A relative one is resolved against the API's first server (RFC 3986, section 5) and also shown as it
/// is written.
fn url_fact(api: &Api, label: &'static str, written: &Text) -> LinkFact {
    let base = api.servers.first().map(|server| {
        let slash = if server.url.ends_with('/') { "/" } else { "" };
        format!("{}{slash}", resolved_url(server))
    });
    let resolved = base.filter(|base| is_absolute(base)).and_then(|base| uri::join(&base, written));
    let mut html = HtmlBuilder::new();
    match resolved.filter(|url| is_absolute(url)) {
        Some(url) => {
            push_link(&mut html, &url, &url);
            if url != **written {
                html.push_markup(" <span class=\"field__type\">written as</span> ");
                push_code(&mut html, written);
            }
        }
        None if uri::is_absolute(written) => push_link(&mut html, written, written),
        None => {
            push_code(&mut html, written);
            html.push_markup(" <span class=\"field__type\">relative to the server</span>");
        }
    }
    LinkFact { label, html: html.finish() }
}

fn words(name: &str) -> &str {
    match name {
        "authorizationCode" => "Authorization code",
        "clientCredentials" => "Client credentials",
        "implicit" => "Implicit",
        "password" => "Password",
        "deviceAuthorization" => "Device authorization",
        other => other,
    }
}
