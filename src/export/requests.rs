//! The requests of an API for other tools: what their files share.
//!
//! The requests themselves are those of the samples (`render::samples::request`).

pub mod http_file;
pub mod postman;

use std::collections::BTreeSet;

use crate::model::api::{Operation, OperationKind};
use crate::model::route::{ApiIndex, Subject};
use crate::render::reference::Reference;
use crate::render::samples::request::{self, Piece, Request, Template};
use crate::render::samples::variable_prefix;
use crate::render::{PageContext, Renderer};

/// An operation and its request.
struct Call<'a> {
    operation: &'a Operation,
    title: String,
    request: Request,
}

/// The requests of an API.
struct Calls<'a> {
    reference: Reference<'a>,
    list: Vec<Call<'a>>,
    /// The servers that requests go to, the most common first.
    bases: Vec<String>,
    prefix: String,
}

impl<'a> Calls<'a> {
    /// Makes the requests of every operation that readers can call; `None` without a page of the API.
    fn new(renderer: &'a Renderer, api: ApiIndex) -> Option<Calls<'a>> {
        let route = renderer.portal.routes.of(Subject::Api(api))?;
        let reference = Reference::new(&PageContext { renderer, route }, api);
        let ours = reference.api.operations.iter().enumerate();
        let ours = ours.filter(|(_, operation)| matches!(operation.kind, OperationKind::Http { .. }));
        let list: Vec<Call<'a>> = ours
            .map(|(at, operation)| Call {
                operation,
                title: title(renderer, api, at as u32, operation),
                request: request::of_operation(&reference, operation).without_digest(),
            })
            .collect();
        let mut bases: Vec<String> = Vec::new();
        for call in &list {
            let base = base(&call.request);
            if !bases.contains(&base) {
                bases.push(base);
            }
        }
        let prefix = variable_prefix(reference.api);
        Some(Calls { reference, list, bases, prefix })
    }

    /// Returns the variable that holds the server of a request.
    fn base_variable(&self, request: &Request) -> String {
        let base = base(request);
        match self.bases.iter().position(|known| *known == base) {
            None | Some(0) => "baseUrl".into(),
            Some(at) => format!("baseUrl{}", at + 1),
        }
    }

    /// Returns the variables that requests take from the environment, in order of name.
    fn secrets(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for Call { request, .. } in &self.list {
            let headers = request.headers.iter().map(|(_, value)| value);
            for template in headers.chain(&request.query).chain(&request.cookies).chain([&request.base]) {
                let variables = template.pieces().iter().filter_map(|piece| match piece {
                    Piece::Variable(name) => Some(name.clone()),
                    Piece::Text(_) => None,
                });
                names.extend(variables);
            }
            if let Some(login) = &request.basic {
                names.extend([login.user.clone(), login.password.clone()]);
            }
        }
        names
    }
}

fn title(renderer: &Renderer, api: ApiIndex, at: u32, operation: &Operation) -> String {
    let route = renderer.portal.routes.of(Subject::Operation(api, at));
    let title = route.map_or_else(|| operation.kind.address().to_string(), |route| route.title.clone());
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns scheme, host and the server's path.
fn base(request: &Request) -> String {
    braced(&request.base)
}

/// Returns a text with `{{NAME}}` for each variable, as both formats write them.
fn braced(template: &Template) -> String {
    let pieces = template.pieces().iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Variable(name) => format!("{{{{{name}}}}}"),
    });
    pieces.collect()
}
