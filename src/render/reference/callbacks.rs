//! Callbacks: requests that the API sends to a URL which a request named, with everything that an operation shows.

use super::badges::{method_class, method_label};
use super::links::explain_url;
use super::{Reference, push_code};
use crate::model::api::{Callback, Operation, OperationKind};
use crate::model::node::Span;
use crate::model::route::Subject;
use crate::render::html::HtmlBuilder;
use crate::render::samples;
use crate::schema::anchor;

/// Bytes of a page beyond which callbacks inside of callbacks are only named: what shares callbacks grows with every
/// level.
const NESTED_BYTES: usize = 400_000;

/// The callbacks around the one that is written: where each stands in the description, its anchor and name.
type Around<'c> = Vec<(Span, String, &'c str)>;

impl<'a> Reference<'a> {
    /// Adds every callback of an operation.
    pub fn push_callbacks(&mut self, html: &mut HtmlBuilder, callbacks: &'a [Callback], prefix: &str) {
        self.push_callbacks_in(html, callbacks, prefix, &mut Vec::new());
    }

    fn push_callbacks_in(
        &mut self,
        html: &mut HtmlBuilder,
        callbacks: &'a [Callback],
        prefix: &str,
        around: &mut Around<'a>,
    ) {
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
            match self.spent > NESTED_BYTES && !around.is_empty() {
                true => super::notes::push_note(html, "Not shown here: this page is too long. See the description."),
                false => self.push_callback(html, callback, &id, around),
            }
            html.push_markup("</section>");
        }
    }

    fn push_callback(&mut self, html: &mut HtmlBuilder, callback: &'a Callback, id: &str, around: &mut Around<'a>) {
        let outer = around.iter().find(|(span, ..)| callback.recursive && *span == callback.body_span);
        if let Some((_, outer, name)) = outer {
            html.push_markup("<p class=\"schema__note\">Recursive: see ");
            super::push_link(html, &format!("#{outer}"), name);
            html.push_markup("</p>");
            return;
        }
        let before = html.len();
        around.push((callback.body_span, id.to_string(), &callback.name));
        for (at, operation) in callback.operations.iter().enumerate() {
            let prefix = if at == 0 { id.to_string() } else { format!("{id}-{}", at + 1) };
            self.push_callback_operation(html, operation, &prefix, around);
        }
        around.pop();
        self.push_extensions(html, &callback.extensions);
        self.spent += html.len() - before;
    }

    fn push_callback_operation(
        &mut self,
        html: &mut HtmlBuilder,
        operation: &'a Operation,
        prefix: &str,
        around: &mut Around<'a>,
    ) {
        self.push_callback_head(html, operation);
        if let Some(problem) = &operation.problem {
            self.push_problem(html, problem);
        }
        self.push_shared(html, operation, &format!("{prefix}-shared-"));
        if let Some(prose) = &operation.description {
            self.push_prose(html, "prose", prose);
        }
        if let Some(docs) = &operation.external_docs {
            html.push_markup("<p class=\"op__note\">");
            self.push_docs(html, docs);
            html.push_markup("</p>");
        }
        self.push_extensions(html, operation.extensions.iter().chain(&operation.shared_extensions));
        self.push_callback_parts(html, operation, prefix);
        self.push_callback_samples(html, operation, prefix);
        self.push_callbacks_in(html, &operation.callbacks, &format!("{prefix}-callback"), around);
    }

    /// Adds what stands in the head of a page: method and address, title, id, badges, tags, deprecation.
    fn push_callback_head(&mut self, html: &mut HtmlBuilder, operation: &'a Operation) {
        let OperationKind::Callback { method, expression } = &operation.kind else { return };
        html.push_markup("<div class=\"endpoint\"><code class=\"endpoint__line\"><span");
        html.push_attribute("class", &method_class(method));
        html.push_markup(">");
        html.push_text(&method_label(method));
        html.push_markup("</span> ");
        html.push_text(expression);
        html.push_markup("</code></div><p class=\"schema__note\">The API sends this request to you.");
        if let Some(explained) = explain_url(expression) {
            html.push_text(&format!(" The URL is taken from {explained}."));
        }
        html.push_markup("</p>");
        if let Some(summary) = &operation.summary {
            html.push_markup("<p><b>");
            html.push_text(summary);
            html.push_markup("</b></p>");
        }
        self.push_callback_meta(html, operation);
        if let Some(deprecation) = self.deprecation(operation) {
            html.push_safe(&deprecation.html());
        }
    }

    fn push_callback_meta(&mut self, html: &mut HtmlBuilder, operation: &'a Operation) {
        let (before, after) = self.badges(operation);
        let tags = self.plain_tags(operation);
        if operation.operation_id.is_none()
            && before.is_empty()
            && after.is_empty()
            && tags.is_empty()
            && !operation.deprecated
        {
            return;
        }
        html.push_markup("<p class=\"meta\">");
        if let Some(id) = &operation.operation_id {
            push_code(html, id);
            html.push_markup(" ");
        }
        if operation.deprecated {
            html.push_markup("<span class=\"chip chip--warn\">deprecated</span> ");
        }
        html.push_safe(&before);
        html.push_safe(&after);
        html.push_markup(" ");
        for (name, at) in tags {
            match at.and_then(|at| self.context.link(Subject::Tag(self.at, at))) {
                Some(link) => super::push_link(html, &link.href, &link.title),
                None => html.push_text(name),
            }
            html.push_markup(" ");
        }
        html.push_markup("</p>");
    }

    fn push_callback_parts(&mut self, html: &mut HtmlBuilder, operation: &'a Operation, prefix: &str) {
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
    }

    /// Adds the request as it is delivered, the author's samples, and the examples of both bodies.
    fn push_callback_samples(&mut self, html: &mut HtmlBuilder, operation: &'a Operation, prefix: &str) {
        let parts = [
            ("Request", samples::of_operation(self, operation)),
            ("Request body", self.request_examples(operation, &format!("{prefix}-"))),
            ("Response", self.response_examples(operation, &format!("{prefix}-"))),
        ];
        for (title, part) in parts.iter().filter(|(_, part)| !part.is_empty()) {
            html.push_markup("<p class=\"resp__label\">");
            html.push_text(title);
            html.push_markup("</p>");
            html.push_safe(part);
        }
    }
}
