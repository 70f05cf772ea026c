//! Servers: base URLs with their variables.

use super::{Reference, push_code};
use crate::model::api::{Server, ServerVariable};
use crate::render::html::HtmlBuilder;

impl<'a> Reference<'a> {
    /// Adds servers as a list: URL, name, text, variables.
    pub fn push_servers(&mut self, html: &mut HtmlBuilder, servers: &'a [Server]) {
        html.push_markup("<ul class=\"servers\">");
        for server in servers {
            html.push_markup("<li><code");
            html.push_attribute("data-copy", &resolved_url(server));
            html.push_markup(">");
            html.push_text(&server.url);
            html.push_markup("</code>");
            if let Some(name) = &server.name {
                html.push_markup(" <b>");
                html.push_text(name);
                html.push_markup("</b>");
            }
            if let Some(prose) = &server.description {
                self.push_prose(html, "prose", prose);
            }
            self.push_variables(html, &server.variables);
            html.push_markup("</li>");
        }
        html.push_markup("</ul>");
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
            html.push_markup("</ul></dd></div>");
        }
        html.push_markup("</dl>");
    }
}

/// Returns a server's URL with every variable at its default, without a trailing slash.
pub fn resolved_url(server: &Server) -> String {
    let mut url = server.url.to_string();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    url.trim_end_matches('/').to_string()
}

/// Returns true for a URL that has a scheme and a host.
pub fn is_absolute(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, rest)| {
        !rest.is_empty() && !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}
