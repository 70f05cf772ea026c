//! Callbacks: requests that the API sends to a URL which a request named.

use super::links::explain_url;
use super::{Reference, push_code};
use crate::model::api::{Callback, Operation, OperationKind};
use crate::render::html::HtmlBuilder;
use crate::schema::anchor;

/// Callbacks inside callbacks are shown this deep.
const DEPTH: usize = 2;

impl<'a> Reference<'a> {
    /// Adds every callback of an operation.
    pub fn push_callbacks(&mut self, html: &mut HtmlBuilder, callbacks: &'a [Callback], prefix: &str) {
        self.push_callbacks_at(html, callbacks, prefix, 0);
    }

    fn push_callbacks_at(&mut self, html: &mut HtmlBuilder, callbacks: &'a [Callback], prefix: &str, depth: usize) {
        for callback in callbacks {
            let id = self.id(&anchor::join(prefix, &callback.name));
            html.push_markup("<section class=\"callback\"");
            html.push_attribute("id", &id);
            html.push_markup("><h3>");
            html.push_text(&callback.name);
            html.push_markup("</h3>");
            if let Some(problem) = &callback.problem {
                self.push_problem(html, problem);
            }
            for (at, operation) in callback.operations.iter().enumerate() {
                let prefix = if at == 0 { id.clone() } else { format!("{id}-{}", at + 1) };
                self.push_callback_operation(html, operation, &prefix, depth);
            }
            html.push_markup("</section>");
        }
    }

    fn push_callback_operation(
        &mut self,
        html: &mut HtmlBuilder,
        operation: &'a Operation,
        prefix: &str,
        depth: usize,
    ) {
        let OperationKind::Callback { method, expression } = &operation.kind else { return };
        html.push_markup("<div class=\"endpoint\"><code class=\"endpoint__line\"><span");
        html.push_attribute("class", &crate::render::reference::badges::method_class(method));
        html.push_markup(">");
        html.push_text(&method.to_ascii_uppercase());
        html.push_markup("</span> ");
        html.push_text(expression);
        html.push_markup("</code></div><p class=\"schema__note\">The API sends this request to you.");
        if let Some(explained) = explain_url(expression) {
            html.push_text(&format!(" The URL is taken from {explained}."));
        }
        html.push_markup("</p>");
        if operation.deprecated {
            html.push_markup("<p><span class=\"chip chip--warn\">deprecated</span></p>");
        }
        if let Some(summary) = &operation.summary {
            html.push_markup("<p><b>");
            html.push_text(summary);
            html.push_markup("</b></p>");
        }
        if let Some(id) = &operation.operation_id {
            html.push_markup("<p class=\"schema__note\">");
            push_code(html, id);
            html.push_markup("</p>");
        }
        if let Some(problem) = &operation.problem {
            self.push_problem(html, problem);
        }
        for prose in operation.shared_description.iter().chain(&operation.description) {
            self.push_prose(html, "prose", prose);
        }
        self.push_callback_parts(html, operation, prefix, depth);
    }

    fn push_callback_parts(&mut self, html: &mut HtmlBuilder, operation: &'a Operation, prefix: &str, depth: usize) {
        if operation.security.is_some() {
            self.push_security(html, operation);
        }
        if let Some(servers) = &operation.servers {
            self.push_servers(html, servers);
        }
        for group in self.parameter_groups(operation, prefix) {
            html.push_markup("<h4>");
            html.push_text(group.title);
            html.push_markup("</h4>");
            html.push_safe(&group.html);
        }
        if let Some(body) = &operation.request_body {
            html.push_markup("<h4>Body that you receive</h4>");
            self.push_request_body(html, operation, body, &format!("{prefix}-body"));
        }
        html.push_markup("<h4>What you answer</h4>");
        self.push_responses(html, operation, prefix);
        if depth < DEPTH {
            self.push_callbacks_at(html, &operation.callbacks, &format!("{prefix}-callback"), depth + 1);
        }
        self.push_extensions(html, &operation.extensions);
    }
}
