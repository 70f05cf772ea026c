//! Responses: one part for each status, with headers, bodies and links.

use super::{Reference, status};
use crate::model::api::{Operation, Response};
use crate::render::html::HtmlBuilder;
use crate::schema::{Direction, anchor};

/// A description this short that fits one line is the response's title.
const TITLE_CHARACTERS: usize = 80;

impl<'a> Reference<'a> {
    /// Adds every response of an operation in document order; the first success is open.
    pub fn push_responses(&mut self, html: &mut HtmlBuilder, operation: &'a Operation, prefix: &str) {
        let responses = &operation.responses;
        if responses.is_empty() {
            html.push_markup("<p class=\"schema__note\">The description names no responses.</p>");
        }
        let exact = responses.iter().any(|response| response.status.bytes().all(|byte| byte.is_ascii_digit()));
        let ranged = responses.iter().any(|response| response.status.to_ascii_uppercase().ends_with("XX"));
        let open = responses.iter().position(|response| response.status.starts_with('2')).unwrap_or(0);
        for (at, response) in responses.iter().enumerate() {
            self.push_response(html, operation, response, at == open, prefix);
        }
        if exact && ranged {
            html.push_markup("<p class=\"schema__note\">A status of its own wins over a range.</p>");
        }
    }

    fn push_response(
        &mut self,
        html: &mut HtmlBuilder,
        operation: &'a Operation,
        response: &'a Response,
        open: bool,
        prefix: &str,
    ) {
        let wanted = anchor::response(&response.status);
        let id = self.id(&if prefix.is_empty() { wanted } else { format!("{prefix}-{wanted}") });
        html.push_markup("<details class=\"resp\"");
        html.push_attribute("id", &id);
        html.push_markup(if open { " open><summary><span" } else { "><summary><span" });
        html.push_attribute("class", status::class(&response.status));
        html.push_markup(">");
        html.push_text(&response.status);
        html.push_markup("</span> <span class=\"resp__title\">");
        html.push_text(&title(response));
        html.push_markup("</span></summary><div class=\"resp__body\">");
        if let Some(problem) = &response.problem {
            self.push_problem(html, problem);
        }
        if let Some(prose) = response.description.as_ref().filter(|_| !told_in_title(response)) {
            self.push_prose(html, "prose", prose);
        }
        self.push_headers(html, &response.headers, &id);
        let no_body = response.content.is_empty() && response.problem.is_none();
        if no_body || operation.kind.method().eq_ignore_ascii_case("HEAD") {
            html.push_markup("<p class=\"schema__note\">No body</p>");
        }
        self.push_media_types(html, &response.content, Direction::Response, &id);
        self.push_links(html, &response.links, &id);
        self.push_extensions(html, &response.extensions);
        html.push_markup("</div></details>");
    }
}

/// Returns the words beside a status: its summary, its reason and a short description.
pub fn title(response: &Response) -> String {
    let summary = response.summary.as_deref().or_else(|| {
        let extension = response.extensions.iter().find(|entry| &*entry.key == "x-summary")?;
        extension.value.as_str().map(|text| &**text)
    });
    let reason = status::words(&response.status);
    let description = response.description.as_ref().filter(|_| told_in_title(response)).map(|prose| prose.text.trim());
    match (summary, description, reason) {
        (Some(summary), Some(description), _) if summary != description => format!("{summary} · {description}"),
        (Some(summary), _, _) => summary.to_string(),
        (None, Some(text), Some(reason)) if !same_words(text, &reason) => format!("{reason} · {text}"),
        (None, Some(text), None) => text.to_string(),
        (None, _, Some(reason)) => reason,
        (None, None, None) => String::new(),
    }
}

fn same_words(a: &str, b: &str) -> bool {
    let fold = |text: &str| text.trim_end_matches('.').to_lowercase();
    fold(a) == fold(b)
}

/// A short line without markup needs no paragraph of its own.
fn told_in_title(response: &Response) -> bool {
    let Some(prose) = &response.description else { return false };
    let text = prose.text.trim();
    text.chars().count() <= TITLE_CHARACTERS
        && !text.contains(['\n', '`', '*', '[', '<', '#', '_', '|', '&', '\\', '!'])
}
