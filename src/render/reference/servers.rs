//! Servers: base URLs with their variables, and what a relative one means.

use super::{Reference, push_code};
use crate::load::openapi::uri;
use crate::model::api::{Api, Server, ServerVariable};
use crate::model::settings::Settings;
use crate::render::html::HtmlBuilder;

impl<'a> Reference<'a> {
    /// Adds servers as a list: URL, name, text, variables.
    pub fn push_servers(&mut self, html: &mut HtmlBuilder, servers: &'a [Server]) {
        html.push_markup("<ul class=\"servers\">");
        for server in servers {
            html.push_markup("<li>");
            self.push_server(html, server);
            html.push_markup("</li>");
        }
        html.push_markup("</ul>");
    }

    /// Adds one server.
    pub(super) fn push_server(&mut self, html: &mut HtmlBuilder, server: &'a Server) {
        let written = with_defaults(server);
        let whole = effective_url(&written, published_at(self.api, self.settings));
        html.push_markup("<code");
        html.push_attribute("data-copy", whole.as_deref().unwrap_or(written.trim_end_matches('/')));
        html.push_markup(">");
        html.push_text(&server.url);
        html.push_markup("</code>");
        if let Some(name) = &server.name {
            html.push_markup(" <b>");
            html.push_text(name);
            html.push_markup("</b>");
        }
        self.push_whole_url(html, &written, whole);
        if let Some(prose) = &server.description {
            self.push_prose(html, "prose", prose);
        }
        self.push_variables(html, &server.variables);
        self.push_extensions(html, &server.extensions);
    }

    /// Says what a relative URL means: the whole URL when it is known, else what it is relative to.
    fn push_whole_url(&self, html: &mut HtmlBuilder, written: &str, whole: Option<String>) {
        if is_absolute(written) {
            return;
        }
        html.push_markup(" <span class=\"field__type\">");
        match whole {
            Some(whole) => push_code(html, &whole),
            None if written.starts_with("//") => html.push_text("by the same protocol as this description"),
            None => html.push_text("relative to where the description is published"),
        }
        html.push_markup("</span>");
    }

    fn push_variables(&mut self, html: &mut HtmlBuilder, variables: &'a [ServerVariable]) {
        if variables.is_empty() {
            return;
        }
        html.push_markup("<dl class=\"fields\">");
        for variable in variables {
            html.push_markup("<div class=\"field\"><dt><span class=\"field__name\">{");
            html.push_text(&variable.name);
            html.push_markup("}</span></dt><dd>");
            if let Some(prose) = &variable.description {
                self.push_prose(html, "prose field__text", prose);
            }
            html.push_markup("<ul class=\"field__facts\"><li>Default ");
            push_code(html, &variable.default);
            html.push_markup("</li>");
            if !variable.values.is_empty() {
                html.push_markup("<li>One of");
                for value in &variable.values {
                    html.push_markup(" <code class=\"chip\">");
                    html.push_text(value);
                    html.push_markup("</code>");
                }
                html.push_markup("</li>");
            }
            html.push_markup("</ul>");
            self.push_extensions(html, &variable.extensions);
            html.push_markup("</dd></div>");
        }
        html.push_markup("</dl>");
    }
}

/// Returns the URL that the publisher gives for an API (`[apis.<id>] base_url`).
pub fn published_at<'s>(api: &Api, settings: &'s Settings) -> Option<&'s str> {
    settings.apis.get(&*api.id)?.base_url.as_deref()
}

/// Returns a server's URL with every variable at its default, without a trailing slash.
pub fn resolved_url(server: &Server) -> String {
    with_defaults(server).trim_end_matches('/').to_string()
}

/// Returns a server's URL with every variable at its default.
pub fn with_defaults(server: &Server) -> String {
    let mut url = server.url.to_string();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    url
}

/// Returns the absolute URL that a server's URL means where the description is published at `base` (RFC 3986, section
/// 5.2); `None` when it is relative and no base is known.
pub fn effective_url(url: &str, base: Option<&str>) -> Option<String> {
    if is_absolute(url) {
        return Some(url.trim_end_matches('/').to_string());
    }
    let base = base?;
    if let Some(rest) = url.strip_prefix("//") {
        return Some(format!("{}://{}", uri::scheme(base)?, rest.trim_end_matches('/')));
    }
    Some(uri::join(base, url)?.trim_end_matches('/').to_string())
}

/// Returns true for a URL that has a scheme and a host.
pub fn is_absolute(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, rest)| {
        !rest.is_empty() && !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::effective_url;

    #[test]
    fn r04_relative_urls_are_resolved_against_where_the_description_is_published() {
        let base = Some("https://api.test/docs/openapi.yaml");
        let of = |url: &str| effective_url(url, base).unwrap_or_default();
        assert_eq!(of("/v1"), "https://api.test/v1");
        assert_eq!(of("../api"), "https://api.test/api");
        assert_eq!(of("v1"), "https://api.test/docs/v1");
        assert_eq!(of("//other.test/v1"), "https://other.test/v1");
        assert_eq!(of("http://a.test/"), "http://a.test");
        assert_eq!(of("/"), "https://api.test");
        assert_eq!(effective_url("/v1", None), None);
    }
}
