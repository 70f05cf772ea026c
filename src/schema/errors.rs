//! What can go wrong with an API: the statuses, codes and problem types of the errors that its operations answer with.
//!
//! Made in one pass over the responses whose status is 4xx, 5xx or `default`. Codes come from the enumerated values,
//! constants and examples of properties named `code`, `error`, `error_code` or `type` (RFC 9457) in error bodies. The
//! schema of a body is looked into once, however many operations answer with it.

mod found;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::{Schemas, anchor};
use crate::model::Text;
use crate::model::api::{Example, MediaType, Prose, Response, SchemaId};
use crate::model::node::Span;
use found::Found;

/// The errors of an API.
#[derive(Debug, Default)]
pub struct Errors<'a> {
    /// Statuses in order: numbers, ranges, `default`.
    pub statuses: Vec<Status<'a>>,
    /// Codes and problem types in order of first use.
    pub codes: Vec<ErrorCode>,
    /// The bodies that errors have, the commonest first.
    pub shapes: Vec<Shape<'a>>,
    /// How many responses are errors.
    pub responses: usize,
}

/// One status.
#[derive(Debug)]
pub struct Status<'a> {
    /// `404`, `4XX`, `default`.
    pub status: &'a str,
    /// Its anchor on the page of the API's errors.
    pub anchor: String,
    /// What it means, the commonest first.
    pub meanings: Vec<Meaning<'a>>,
}

/// What a status means for some operations.
#[derive(Debug)]
pub struct Meaning<'a> {
    /// `summary` (3.2).
    pub summary: Option<&'a Text>,
    /// `description`.
    pub description: Option<&'a Prose>,
    /// The operations that answer so.
    pub operations: Vec<u32>,
}

/// One code or problem type.
#[derive(Debug)]
pub struct ErrorCode {
    /// As it is written on the wire.
    pub value: String,
    /// Its anchor on the page of the API's errors.
    pub anchor: String,
    /// What it means.
    pub meaning: Option<String>,
    /// The statuses that it comes with, as far as examples and bodies of single operations tell.
    pub statuses: BTreeSet<String>,
    /// The operations that are known to answer with it.
    pub operations: Vec<u32>,
    /// The named schemas that allow it, for whatever operation has them.
    pub schemas: Vec<SchemaId>,
}

/// A body that errors have.
#[derive(Debug)]
pub struct Shape<'a> {
    /// The media type.
    pub media: &'a str,
    /// The named schema; `None` for all bodies that are written where they are used.
    pub schema: Option<SchemaId>,
    /// How many responses have it.
    pub count: usize,
}

impl<'a> Errors<'a> {
    /// Looks at every response of every operation that consumers call.
    pub fn new(schemas: Schemas<'a>) -> Errors<'a> {
        let mut collector = Collector::new(schemas);
        for (at, operation) in schemas.api.operations.iter().enumerate() {
            if operation.has_errors() {
                let errors = operation.responses.iter().filter(|response| response.is_error());
                errors.for_each(|response| collector.response(at as u32, response));
            }
        }
        collector.finish()
    }

    /// Returns every name by which a row can be referred to, with its anchor: codes as they are written, the last part
    /// of a problem type's URI, statuses.
    pub fn names(&self) -> BTreeMap<String, String> {
        let mut names = BTreeMap::new();
        for code in &self.codes {
            names.entry(code.value.clone()).or_insert_with(|| code.anchor.clone());
        }
        for code in &self.codes {
            names.entry(last_part(&code.value).to_owned()).or_insert_with(|| code.anchor.clone());
        }
        for status in &self.statuses {
            names.entry(status.status.to_owned()).or_insert_with(|| status.anchor.clone());
        }
        names
    }
}

/// `https://errors.example.com/out-of-stock` is known as `out-of-stock`.
fn last_part(value: &str) -> &str {
    let rest = value.trim_end_matches('/');
    match value.contains(['/', '#']) || value.starts_with("urn:") {
        true => rest.rsplit(['/', '#', ':']).next().unwrap_or(rest),
        false => value,
    }
}

struct Collector<'a> {
    schemas: Schemas<'a>,
    errors: Errors<'a>,
    statuses: BTreeMap<(u16, &'a str), Vec<Meaning<'a>>>,
    meaning_at: HashMap<(&'a str, String), usize>,
    code_at: HashMap<String, usize>,
    shape_at: HashMap<(&'a str, Option<SchemaId>), usize>,
    of_schema: HashMap<SchemaId, Arc<Vec<Found>>>,
    of_example: HashMap<Span, Arc<Vec<Found>>>,
}

impl<'a> Collector<'a> {
    fn new(schemas: Schemas<'a>) -> Collector<'a> {
        Collector {
            schemas,
            errors: Errors::default(),
            statuses: BTreeMap::new(),
            meaning_at: HashMap::new(),
            code_at: HashMap::new(),
            shape_at: HashMap::new(),
            of_schema: HashMap::new(),
            of_example: HashMap::new(),
        }
    }

    fn response(&mut self, operation: u32, response: &'a Response) {
        self.errors.responses += 1;
        self.meaning(operation, response);
        for media in &response.content {
            self.shape(media);
            for example in &media.examples {
                self.example(operation, response, example);
            }
            if let Some(schema) = media.schema {
                self.schema(operation, response, schema);
            }
        }
    }

    fn meaning(&mut self, operation: u32, response: &'a Response) {
        let text = response.description.as_ref().map_or("", |prose| prose.text.trim());
        let summary = response.summary.as_deref().unwrap_or_default();
        let list = self.statuses.entry((rank(&response.status), &response.status)).or_default();
        let key = (&*response.status, format!("{summary}\n{text}"));
        let at = *self.meaning_at.entry(key).or_insert(list.len());
        match list.get_mut(at) {
            Some(known) => known.operations.push(operation),
            None => list.push(Meaning {
                summary: response.summary.as_ref(),
                description: response.description.as_ref(),
                operations: vec![operation],
            }),
        }
    }

    fn shape(&mut self, media: &'a MediaType) {
        let Some(schema) = media.schema else { return };
        let (key, shapes) = ((&*media.name, self.schemas.identity(schema)), &mut self.errors.shapes);
        let at = *self.shape_at.entry(key).or_insert(shapes.len());
        match shapes.get_mut(at) {
            Some(known) => known.count += 1,
            None => shapes.push(Shape { media: key.0, schema: key.1, count: 1 }),
        }
    }

    fn example(&mut self, operation: u32, response: &'a Response, example: &'a Example) {
        let made = || Arc::new(found::in_example(example));
        let found = Arc::clone(self.of_example.entry(example.span).or_insert_with(made));
        for one in found.iter() {
            let code = self.code(one);
            code.add(operation, &response.status);
        }
    }

    fn schema(&mut self, operation: u32, response: &'a Response, schema: SchemaId) {
        let named = self.schemas.identity(schema);
        let (schemas, key) = (self.schemas, named.unwrap_or(schema));
        let made = || Arc::new(found::in_schema(schemas, key));
        let found = Arc::clone(self.of_schema.entry(key).or_insert_with(made));
        for one in found.iter() {
            let code = self.code(one);
            match named {
                Some(named) if code.schemas.contains(&named) => {}
                Some(named) => code.schemas.push(named),
                None => code.add(operation, &response.status),
            }
        }
    }

    fn code(&mut self, found: &Found) -> &mut ErrorCode {
        let codes = &mut self.errors.codes;
        let at = match self.code_at.get(&found.value) {
            Some(&at) => at,
            None => {
                self.code_at.insert(found.value.clone(), codes.len());
                codes.push(ErrorCode {
                    value: found.value.clone(),
                    anchor: String::new(),
                    meaning: None,
                    statuses: BTreeSet::new(),
                    operations: Vec::new(),
                    schemas: Vec::new(),
                });
                codes.len() - 1
            }
        };
        let code = &mut codes[at];
        if code.meaning.is_none() {
            code.meaning.clone_from(&found.meaning);
        }
        code
    }

    fn finish(mut self) -> Errors<'a> {
        self.errors.shapes.sort_by_key(|shape| std::cmp::Reverse(shape.count));
        let mut anchors = HashSet::new();
        let mut free = |wanted: String| {
            let numbered = (2..).map(|number| format!("{wanted}-{number}"));
            let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
            candidates.find(|anchor| anchors.insert(anchor.clone())).unwrap_or_default()
        };
        for ((_, status), mut meanings) in self.statuses {
            meanings.sort_by_key(|meaning| std::cmp::Reverse(meaning.operations.len()));
            let anchor = free(anchor::join("status", status));
            self.errors.statuses.push(Status { status, anchor, meanings });
        }
        for code in &mut self.errors.codes {
            code.anchor = free(anchor::join("error", last_part(&code.value)));
        }
        self.errors
    }
}

impl ErrorCode {
    fn add(&mut self, operation: u32, status: &str) {
        self.statuses.insert(status.to_owned());
        if self.operations.last() != Some(&operation) {
            self.operations.push(operation);
        }
    }
}

/// Numbers in order, each range after its numbers, `default` last.
fn rank(status: &str) -> u16 {
    match (status.parse::<u16>(), status.chars().next().and_then(|c| c.to_digit(10))) {
        (Ok(code), _) => code.saturating_mul(2),
        (Err(_), Some(class)) => class as u16 * 200 + 199,
        (Err(_), None) => u16::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::testing::Loaded;

    /// The errors in lines.
    fn printed(paths: &str) -> String {
        let loaded = Loaded::description(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{paths}"));
        let errors = Errors::new(loaded.schemas());
        let mut lines = Vec::new();
        for shape in &errors.shapes {
            let name = shape.schema.map_or("-", |id| loaded.schemas().name(id));
            lines.push(format!("shape {} {name} {}", shape.media, shape.count));
        }
        for status in &errors.statuses {
            for meaning in &status.meanings {
                let text = meaning.description.map_or("", |prose| &*prose.text);
                lines.push(format!("{} #{} {text} {:?}", status.status, status.anchor, meaning.operations));
            }
        }
        for code in &errors.codes {
            let statuses: Vec<&str> = code.statuses.iter().map(String::as_str).collect();
            let meaning = code.meaning.as_deref().unwrap_or("-");
            lines.push(format!(
                "{} #{} {meaning} [{}] {:?} {}",
                code.value,
                code.anchor,
                statuses.join(" "),
                code.operations,
                code.schemas.len()
            ));
        }
        lines.join("\n")
    }

    #[test]
    fn statuses_are_in_order_and_say_what_they_mean() {
        let shown = printed(
            "paths:
  /a:
    get: {responses: {default: {description: Else.}, 5XX: {description: Ours.}, '404': {description: No a.}, '200': {description: fine}}}
    put: {responses: {'404': {description: Gone.}, '400': {description: Bad.}}}
    post: {responses: {'404': {description: Gone.}}}
webhooks: {w: {post: {responses: {'410': {description: Stop.}}}}}",
        );
        let wanted = [
            "400 #status-400 Bad. [1]",
            "404 #status-404 Gone. [1, 2]",
            "404 #status-404 No a. [0]",
            "5XX #status-5XX Ours. [0]",
            "default #status-default Else. [0]",
        ];
        assert_eq!(shown, wanted.join("\n"));
    }

    #[test]
    fn codes_come_from_rules_and_examples_of_error_bodies_alone() {
        let shown = printed(
            "paths:
  /a:
    get:
      responses:
        '402':
          description: Declined.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Error'}
              examples:
                declined: {summary: The card was declined., value: {error: {code: card_declined, message: No.}}}
                many: {value: {errors: [{code: 17, message: Seventeen.}, {code: 402}, {code: string}]}}
        '409':
          description: Conflict.
          content:
            application/problem+json:
              schema: {type: object, properties: {type: {const: 'https://e.test/out-of-stock', title: Nothing left}, card: {type: object, properties: {type: {enum: [credit]}}}}}
              example: {type: 'https://e.test/p/limit', title: Too many., status: 409, type2: x}
        '200': {description: d, content: {application/json: {schema: {type: object, properties: {code: {enum: [fine]}}}}}}
    put: {responses: {default: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}, example: {error: Something is wrong}}}}}}
components:
  schemas:
    Error:
      type: object
      properties:
        error:
          type: object
          properties:
            code: {type: string, enum: [card_declined, rate limited], x-enum-descriptions: [Declined., Slow down.]}
            inner: {$ref: '#/components/schemas/Error'}
            error: {$ref: '#/components/schemas/Error'}",
        );
        let wanted = [
            "shape application/json Error 2",
            "shape application/problem+json - 1",
            "402 #status-402 Declined. [0]",
            "409 #status-409 Conflict. [0]",
            "default #status-default d [1]",
            "card_declined #error-card_declined The card was declined. [402] [0] 1",
            "17 #error-17 Seventeen. [402] [0] 0",
            "rate limited #error-rate-limited Slow down. [] [] 1",
            "https://e.test/p/limit #error-limit Too many. [409] [0] 0",
            "https://e.test/out-of-stock #error-out-of-stock Nothing left [409] [0] 0",
        ];
        assert_eq!(shown, wanted.join("\n"));
    }

    #[test]
    fn a_row_is_known_by_its_code_the_end_of_its_uri_and_its_status() {
        let loaded = Loaded::description(
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'404': {description: d, content: {application/problem+json: {examples: {a: {value: {type: 'https://e.test/no-card'}}, b: {value: {type: 'urn:e:no-card'}}}}}}}}}}",
        );
        let names = Errors::new(loaded.schemas()).names();
        let shown: Vec<String> = names.iter().map(|(name, anchor)| format!("{name} {anchor}")).collect();
        assert_eq!(
            shown,
            [
                "404 status-404",
                "https://e.test/no-card error-no-card",
                "no-card error-no-card",
                "urn:e:no-card error-no-card-2"
            ]
        );
    }
}
