//! Links between operations, and runtime expressions in words.

use super::{Reference, push_code};
use crate::model::api::Link;
use crate::model::node::{Node, Value};
use crate::model::route::Subject;
use crate::render::html::HtmlBuilder;
use crate::render::reference::servers::is_absolute;
use crate::schema::words;

impl<'a> Reference<'a> {
    /// Adds the links of a response.
    pub(super) fn push_links(&mut self, html: &mut HtmlBuilder, links: &'a [Link], prefix: &str) {
        if links.is_empty() {
            return;
        }
        html.push_markup("<p class=\"resp__label\">Links</p><dl class=\"fields\">");
        for link in links {
            let id = self.id(&crate::schema::anchor::join(&format!("{prefix}-link"), &link.name));
            html.push_markup("<div class=\"field\"");
            html.push_attribute("id", &id);
            html.push_markup("><dt><span class=\"field__name\">");
            html.push_text(&link.name);
            html.push_markup("</span></dt><dd><div class=\"field__line\">");
            self.push_link_target(html, link);
            html.push_markup("</div>");
            self.push_link_body(html, link);
            html.push_markup("</dd></div>");
        }
        html.push_markup("</dl>");
    }

    fn push_link_target(&mut self, html: &mut HtmlBuilder, link: &Link) {
        let target = link.operation.and_then(|at| self.context.link(Subject::Operation(self.at, at)));
        match (target, &link.target) {
            (Some(target), _) => {
                html.push_markup("<span class=\"field__type\">to ");
                super::push_link(html, &target.href, &target.title);
                html.push_markup("</span>");
            }
            (None, Some(written)) => {
                html.push_markup("<span class=\"field__type\">to ");
                match is_absolute(written) {
                    true => super::push_link(html, written, written),
                    false => push_code(html, written),
                }
                html.push_markup("</span>");
                if !is_absolute(written) {
                    html.push_markup(" <span class=\"chip chip--warn\">no such operation</span>");
                }
            }
            (None, None) => {}
        }
    }

    fn push_link_body(&mut self, html: &mut HtmlBuilder, link: &'a Link) {
        if let Some(problem) = &link.problem {
            self.push_problem(html, problem);
        }
        if let Some(prose) = &link.description {
            self.push_prose(html, "prose field__text", prose);
        }
        let body = link.request_body.as_ref().map(|body| ("request body", body));
        let parameters = link.parameters.iter().map(|(name, value)| (&**name, value));
        let rows: Vec<_> = parameters.chain(body).collect();
        if !rows.is_empty() {
            html.push_markup("<ul class=\"field__facts\">");
            for (name, value) in rows {
                html.push_markup("<li>");
                push_code(html, name);
                html.push_markup(" = ");
                push_expression(html, value);
                html.push_markup("</li>");
            }
            html.push_markup("</ul>");
        }
        if let Some(server) = &link.server {
            html.push_markup("<div class=\"schema__note\">At ");
            self.push_server(html, server);
            html.push_markup("</div>");
        }
        self.push_extensions(html, &link.extensions);
    }
}

/// Adds a constant, or a runtime expression with what it means.
pub(super) fn push_expression(html: &mut HtmlBuilder, value: &Node) {
    let Value::String(text) = &value.value else {
        push_code(html, &words::value(value));
        return push_inner_expressions(html, value);
    };
    match explain(text) {
        Some(explained) => {
            html.push_text(&explained);
            html.push_markup(" (");
            push_code(html, text);
            html.push_markup(")");
        }
        None => {
            push_code(html, text);
            if let Some(explained) = explain_embedded(text) {
                html.push_text(&format!(", with {explained}"));
            }
        }
    }
}

/// More expressions than this inside of one value are not explained.
const EXPLAINED: usize = 16;

/// Explains the expressions inside of a map or list: `, where … is …`.
fn push_inner_expressions(html: &mut HtmlBuilder, value: &Node) {
    let (mut found, mut waiting) = (Vec::new(), vec![value]);
    while let Some(node) = waiting.pop() {
        waiting.extend(node.items().iter().chain(node.entries().iter().map(|entry| &entry.value)));
        if let Value::String(text) = &node.value {
            let explained = explain(text).or_else(|| explain_embedded(text));
            found.extend(explained.map(|explained| (node.span.start, text, explained)));
        }
    }
    found.sort();
    found.dedup();
    for (at, (_, text, explained)) in found.iter().take(EXPLAINED).enumerate() {
        html.push_markup(if at == 0 { ", where " } else { ", " });
        push_code(html, text);
        html.push_text(&format!(" is {explained}"));
    }
}

/// Returns what a runtime expression means (OpenAPI 3.2, "Runtime Expressions"); `None` for a constant.
pub fn explain(expression: &str) -> Option<String> {
    match expression {
        "$url" => return Some("the URL of the request".into()),
        "$method" => return Some("the method of the request".into()),
        "$statusCode" => return Some("the status of the response".into()),
        _ => {}
    }
    let (message, source) = expression
        .strip_prefix("$request.")
        .map(|rest| ("request", rest))
        .or_else(|| expression.strip_prefix("$response.").map(|rest| ("response", rest)))?;
    let (kind, name) = source.split_once(['.', '#']).unwrap_or((source, ""));
    Some(match kind {
        "header" => format!("header {name} of the {message}"),
        "query" => format!("query parameter {name} of the {message}"),
        "path" => format!("path parameter {name} of the {message}"),
        "body" if name.is_empty() || name == "/" => format!("the body of the {message}"),
        "body" => format!("field {} of the {message} body", pointer_words(name)),
        _ => return None,
    })
}

/// `/data/0/id` is `data.0.id`; escapes of URIs and pointers are undone (RFC 6901, sections 3 and 6).
fn pointer_words(pointer: &str) -> String {
    let decoded = crate::text::percent_decoded(pointer);
    decoded.trim_start_matches('/').replace('/', ".").replace("~1", "/").replace("~0", "~")
}

/// Returns the text of a callback's URL with each `{expression}` explained.
pub fn explain_url(expression: &str) -> Option<String> {
    explain_embedded(expression).or_else(|| explain(expression))
}

/// Returns what each `{expression}` inside of a text means.
fn explain_embedded(expression: &str) -> Option<String> {
    let mut told = Vec::new();
    let mut rest = expression;
    while let Some(start) = rest.find("{$") {
        let end = start + rest[start..].find('}')?;
        told.extend(explain(&rest[start + 1..end]));
        rest = &rest[end + 1..];
    }
    (!told.is_empty()).then(|| told.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k03_runtime_expressions_are_explained() {
        assert_eq!(explain("$request.body#/id").as_deref(), Some("field id of the request body"));
        assert_eq!(explain("$response.header.Location").as_deref(), Some("header Location of the response"));
        assert_eq!(explain("$url").as_deref(), Some("the URL of the request"));
        assert_eq!(explain("plain"), None);
        assert_eq!(
            explain_url("{$request.query.url}/x/{$request.body#/a/b}").as_deref(),
            Some("query parameter url of the request and field a.b of the request body")
        );
        assert_eq!(explain_url("https://x/{$broken"), None);
        assert_eq!(explain("$request.body#/a%20b/c~1d").as_deref(), Some("field a b.c/d of the request body"));
    }
}
