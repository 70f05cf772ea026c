//! The twin of an operation: how to call it, what it takes and what it gives.

use super::schema::Written;
use super::{Twin, one_line};
use crate::model::api::{Operation, OperationKind, Parameter, ParameterIn};
use crate::model::route::{ApiIndex, Subject};
use crate::model::sample_language::SampleLanguage;
use crate::render::reference::Reference;
use crate::render::reference::security::short_kind;
use crate::render::reference::servers::resolved_url;
use crate::render::reference::status;
use crate::render::samples::{self, request};
use crate::schema::Direction;

impl<'a> Twin<'a> {
    pub(super) fn operation(&mut self, api: ApiIndex, at: u32) {
        let reference = Reference::new(&self.context, api);
        let Some(operation) = reference.api.operations.get(at as usize) else { return };
        let sent = matches!(operation.kind, OperationKind::Http { .. });
        let method = operation.kind.method();
        match sent {
            true => self.line(&format!("`{method} {}`", operation.kind.address())),
            false => self.line(&format!("Webhook `{}`: the API sends `{method}` to you.", operation.kind.address())),
        }
        self.facts(&reference, operation);
        for prose in operation.shared_description.iter().chain(&operation.description) {
            self.prose(api, prose);
        }
        let mut written = Written::default();
        let (taken, given) = match sent {
            true => (Direction::Request, Direction::Response),
            false => (Direction::Response, Direction::Request),
        };
        self.parameters(&reference, "## Parameters", &operation.parameters);
        if let Some(body) = &operation.request_body {
            let need = if body.required { " (required)" } else { "" };
            self.line(&format!("## Request body{need}"));
            if let Some(prose) = &body.description {
                self.prose(api, prose);
            }
            for media in &body.content {
                self.media(&reference, media, taken, &mut written);
            }
        }
        self.responses(&reference, operation, given, &mut written);
        self.callbacks(operation);
        self.request(&reference, operation);
        self.line("[OpenAPI description of this operation](openapi.json)");
    }

    fn facts(&mut self, reference: &Reference<'a>, operation: &'a Operation) {
        if let Some(link) = self.link(Subject::Api(reference.at)) {
            self.item(&format!("API: {link}"));
        }
        if let Some(id) = &operation.operation_id {
            self.item(&format!("operationId: `{id}`"));
        }
        if operation.deprecated {
            self.item("Deprecated");
        }
        let tags = operation.tags.iter().filter_map(|name| {
            let at = reference.api.tags.iter().position(|tag| tag.name == *name)?;
            self.link(Subject::Tag(reference.at, at as u32))
        });
        let tags: Vec<String> = tags.collect();
        if !tags.is_empty() {
            self.item(&format!("Tags: {}", tags.join(", ")));
        }
        if matches!(operation.kind, OperationKind::Http { .. }) {
            let servers = operation.servers.as_deref().unwrap_or(&reference.api.servers);
            let urls: Vec<String> =
                servers.iter().take(4).map(|server| format!("`{}`", resolved_url(server))).collect();
            if !urls.is_empty() {
                self.item(&format!("Servers: {}", urls.join(", ")));
            }
        }
        if let Some(text) = self.needs(reference, operation) {
            self.item(&format!("Authentication: {text}"));
        }
        self.end_list();
    }

    fn needs(&self, reference: &Reference<'a>, operation: &'a Operation) -> Option<String> {
        let requirements = reference.requirements(operation)?;
        let one = |requirement: &crate::model::api::SecurityRequirement| {
            let schemes = requirement.schemes.iter().map(|required| {
                let scheme = required.scheme.and_then(|at| reference.api.security_schemes.get(at as usize));
                let kind = scheme.map_or(String::new(), |scheme| format!(" ({})", short_kind(scheme)));
                let scopes = if required.scopes.is_empty() {
                    String::new()
                } else {
                    format!(" with `{}`", required.scopes.join("`, `"))
                };
                format!("{}{kind}{scopes}", required.name)
            });
            schemes.collect::<Vec<_>>().join(" and ")
        };
        let all: Vec<String> =
            requirements.iter().map(one).map(|text| if text.is_empty() { "none".into() } else { text }).collect();
        Some(if all.is_empty() { "none".into() } else { all.join(", or ") })
    }

    fn parameters(&mut self, reference: &Reference<'a>, heading: &str, parameters: &'a [Parameter]) {
        if parameters.is_empty() {
            return;
        }
        self.line(heading);
        for parameter in parameters {
            let place = match parameter.location {
                ParameterIn::Path => "path",
                ParameterIn::Query => "query",
                ParameterIn::QueryString => "whole query string",
                ParameterIn::Header => "header",
                ParameterIn::Cookie => "cookie",
            };
            let schema = parameter.schema.or_else(|| parameter.content.first().and_then(|media| media.schema));
            let parts: Vec<_> = schema.into_iter().collect();
            let mut effective = reference.schemas.effective(&parts);
            effective.deprecated |= parameter.deprecated;
            if let Some(prose) = &parameter.description {
                effective.descriptions = vec![prose];
            }
            let need = format!(", {place}{}", if parameter.required { ", required" } else { "" });
            self.field(reference, &parameter.name, &parts, &effective, &need, 0);
        }
        self.end_list();
    }

    fn responses(
        &mut self,
        reference: &Reference<'a>,
        operation: &'a Operation,
        direction: Direction,
        written: &mut Written,
    ) {
        if operation.responses.is_empty() {
            return;
        }
        self.line("## Responses");
        for response in &operation.responses {
            let words = status::words(&response.status).map_or(String::new(), |words| format!(" {words}"));
            self.line(&format!("### {}{words}", response.status));
            if let Some(prose) = &response.description {
                self.prose(reference.at, prose);
            }
            self.parameters(reference, "Headers:", &response.headers);
            for media in &response.content {
                self.media(reference, media, direction, written);
            }
            for link in &response.links {
                let target = link.operation.and_then(|at| self.link(Subject::Operation(reference.at, at)));
                let target = target.or_else(|| link.target.as_ref().map(|target| format!("`{target}`")));
                self.item(&format!("Link `{}`: {}", link.name, target.unwrap_or_default()));
            }
            self.end_list();
        }
    }

    fn callbacks(&mut self, operation: &Operation) {
        if operation.callbacks.is_empty() {
            return;
        }
        self.line("## Callbacks");
        for callback in &operation.callbacks {
            for one in &callback.operations {
                let summary = one.summary.as_deref().map_or(String::new(), |text| format!(": {}", one_line(text)));
                self.item(&format!("{}: `{} {}`{summary}", callback.name, one.kind.method(), one.kind.address()));
            }
        }
        self.end_list();
    }

    /// The request as it travels, from the model that feeds the samples.
    fn request(&mut self, reference: &Reference<'a>, operation: &'a Operation) {
        let text = samples::writer(SampleLanguage::Http)(&request::of_operation(reference, operation)).text();
        self.line("## Example request");
        self.line(&format!("```http\n{}\n```", text.trim_end()));
    }
}
