//! `example-mismatch`: an example or default of a description does not keep its own schema.
//!
//! Readers copy examples before they read rules, so one that the API would refuse costs them their first hour. Every
//! value that an author wrote is looked at: examples of media types, parameters and headers, examples and defaults of
//! schemas. Only what is certainly wrong is told; patterns and what only a program can decide are left alone. It is a
//! warning, since the page is whole all the same. Mended by correcting the example, or the schema if that is wrong.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::diag::codes::description::EXAMPLE_MISMATCH;
use crate::diag::{Diagnostic, Report};
use crate::graph::Graph;
use crate::model::api::{Api, Example, MediaType, Operation, Parameter, SchemaId};
use crate::model::node::{Node, Span, Value};
use crate::model::portal::Portal;
use crate::schema::check::{Mismatch, mismatch};
use crate::schema::wire::written::{Written, written_json};
use crate::schema::wire::{Syntax, syntax};
use crate::schema::{Direction, Index, Schemas};

/// Reports every example and default of a current description that breaks its schema.
pub fn run(portal: &Portal, _: &Graph, report: &mut Report) {
    for (_, edition) in portal.current_apis() {
        let api = &*edition.api;
        let index = Index::new(api);
        let schemas = Schemas { api, index: &index };
        let mut jobs = Jobs { list: Vec::new(), seen: HashSet::new() };
        jobs.of_schemas(api);
        api.operations.iter().for_each(|operation| jobs.of_operation(schemas, operation));
        let found: Vec<Option<Diagnostic>> = jobs.list.par_iter().map(|job| job.run(schemas)).collect();
        found.into_iter().flatten().for_each(|problem| report.push(problem));
    }
}

/// A value and the schema that it should keep.
struct Job<'a> {
    what: &'static str,
    value: std::borrow::Cow<'a, Node>,
    /// Where the value was written.
    span: Span,
    schema: SchemaId,
    direction: Direction,
}

struct Jobs<'a> {
    list: Vec<Job<'a>>,
    /// What several operations share is looked at once.
    seen: HashSet<(Span, SchemaId)>,
}

impl<'a> Jobs<'a> {
    fn push(&mut self, what: &'static str, value: &'a Node, schema: SchemaId, direction: Direction) {
        if self.seen.insert((value.span, schema)) {
            let span = value.span;
            self.list.push(Job { what, value: std::borrow::Cow::Borrowed(value), span, schema, direction });
        }
    }

    fn of_schemas(&mut self, api: &'a Api) {
        for (at, schema) in api.schemas.iter().enumerate() {
            let id = SchemaId(at as u32);
            for example in &schema.examples {
                self.push("example", example, id, Direction::Either);
            }
            // A default outside its own `enum` is told of when the schema is read.
            if let Some(default) = schema.default.as_ref().filter(|_| schema.values.is_none()) {
                self.push("default", default, id, Direction::Either);
            }
        }
    }

    fn of_operation(&mut self, schemas: Schemas<'a>, operation: &'a Operation) {
        for parameter in &operation.parameters {
            self.of_parameter(schemas, parameter, Direction::Request);
        }
        for media in operation.request_body.iter().flat_map(|body| &body.content) {
            self.of_media(schemas, media, Direction::Request);
        }
        for response in &operation.responses {
            response.content.iter().for_each(|media| self.of_media(schemas, media, Direction::Response));
            response.headers.iter().for_each(|header| self.of_parameter(schemas, header, Direction::Response));
        }
        for callback in &operation.callbacks {
            callback.operations.iter().for_each(|operation| self.of_operation(schemas, operation));
        }
    }

    fn of_parameter(&mut self, schemas: Schemas<'a>, parameter: &'a Parameter, direction: Direction) {
        parameter.content.iter().for_each(|media| self.of_media(schemas, media, direction));
        let Some(schema) = parameter.schema else { return };
        for value in parameter.examples.iter().filter_map(|example| example.value.as_ref()) {
            // `a,b,c` is how a list is sent.
            let types = || schemas.effective(&[schema]).types;
            let is_sent_form = value.as_str().is_some() && (types().has("array") || types().has("object"));
            if !is_sent_form {
                self.push("example", value, schema, direction);
            }
        }
    }

    fn of_media(&mut self, schemas: Schemas<'a>, media: &'a MediaType, direction: Direction) {
        for example in &media.examples {
            match (media.schema, media.item_schema) {
                (Some(schema), _) => self.of_body(schemas, media, example, schema, direction),
                (None, Some(item)) => {
                    for value in example.value.iter().flat_map(|value| value.items()) {
                        self.push("example", value, item, direction);
                    }
                }
                (None, None) => {}
            }
        }
        for header in media.encoding.iter().flat_map(|encoding| &encoding.headers) {
            self.of_parameter(schemas, header, direction);
        }
    }

    /// The text of a document is not its value, except in JSON.
    fn of_body(
        &mut self,
        schemas: Schemas<'a>,
        media: &MediaType,
        example: &'a Example,
        schema: SchemaId,
        direction: Direction,
    ) {
        let Some(value) = &example.value else { return };
        match (&value.value, syntax(&media.name)) {
            (Value::String(text), Syntax::Json) => match written_json(schemas, media, text) {
                Written::Value => self.push("example", value, schema, direction),
                Written::Document(document) if self.seen.insert((value.span, schema)) => self.list.push(Job {
                    what: "example",
                    value: std::borrow::Cow::Owned(document),
                    span: value.span,
                    schema,
                    direction,
                }),
                Written::Document(_) | Written::Text => {}
            },
            (_, Syntax::Json) | (Value::Map(_) | Value::List(_), _) => self.push("example", value, schema, direction),
            _ => {}
        }
    }
}

impl Job<'_> {
    fn run(&self, schemas: Schemas<'_>) -> Option<Diagnostic> {
        let found = self.mismatch(schemas)?;
        let inside = matches!(self.value, std::borrow::Cow::Borrowed(_));
        let span = if inside { found.span } else { self.span };
        let message = format!("the {} does not keep its schema: at `{}` {}", self.what, found.path, found.message);
        let place = schemas.api.sources.place(span);
        Some(Diagnostic::new(EXAMPLE_MISMATCH, place, message).help(EXAMPLE_MISMATCH.mend))
    }

    /// The example of a schema may be what is sent or what comes back.
    fn mismatch(&self, schemas: Schemas<'_>) -> Option<Mismatch> {
        let found = |direction| mismatch(schemas, &[self.schema], &self.value, direction);
        match self.direction {
            Direction::Either => found(Direction::Response).filter(|_| found(Direction::Request).is_some()),
            direction => found(direction),
        }
    }
}
