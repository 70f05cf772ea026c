//! Example values: the author's own, else one made from the schema, the same at every build.
//!
//! [`of_media`] and [`of_parameter`] keep the precedence: examples of the media type or parameter, then those of the
//! schema, then a generated one for every branch of a choice. [`generate`] makes one value that the schema allows; where
//! it cannot be sure (a pattern it cannot read, a `not`, too deep) the value is marked as an illustration.

mod generate;
mod pattern;
mod scalar;

use std::rc::Rc;

use super::effective::{Choice, ChoiceKind};
use super::{Direction, Effective, Schemas};
use crate::model::Text;
use crate::model::api::{Example, ExampleFile, MediaType, Parameter, Problem, Prose, SchemaId};
use crate::model::node::{Entry, Node, Number, Span, Value};
use crate::model::settings::Limits;

pub use generate::{Generated, generate, generate_branch};

/// More branches than this get no example of their own.
const BRANCHES: usize = 20;

/// Where an example comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The author wrote it.
    Author,
    /// Made from the schema, and allowed by it.
    Generated,
    /// Made from the schema; it may break a rule that cannot be followed here.
    Illustration,
}

impl Source {
    /// Returns the words for an example that the author did not write.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Source::Author => None,
            Source::Generated => Some("Generated example"),
            Source::Illustration => Some("Illustration"),
        }
    }
}

/// One example, ready to be shown.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    /// Its name: the author's summary or key, or the branch that it shows.
    pub label: Option<String>,
    /// The key it stands under, when the summary is its name.
    pub key: Option<&'a Text>,
    /// Where it comes from.
    pub source: Source,
    /// What the author says about it.
    pub description: Option<&'a Prose>,
    /// The value.
    pub value: Option<Node>,
    /// The value is data, to be shown as such whatever the media type.
    pub is_data: bool,
    /// The exact bytes on the wire, when the author gave them.
    pub serialized: Option<&'a Text>,
    /// The file that holds it, when it lies elsewhere.
    pub external: Option<&'a Text>,
    /// That file, when it is one of the description's own.
    pub file: Option<&'a ExampleFile>,
    /// What could not be read.
    pub problem: Option<&'a Problem>,
}

impl<'a> Shown<'a> {
    fn of_author(example: &'a Example) -> Shown<'a> {
        let label = example.summary.as_ref().filter(|summary| !summary.trim().is_empty());
        Shown {
            label: label.or(example.name.as_ref()).map(|label| label.to_string()),
            key: example.name.as_ref().filter(|name| label.is_some_and(|label| label != *name)),
            source: Source::Author,
            description: example.description.as_ref(),
            value: example.value.clone(),
            is_data: example.is_data,
            serialized: example.serialized.as_ref(),
            external: example.external.as_ref(),
            file: example.file.as_ref(),
            problem: example.problem.as_ref(),
        }
    }

    fn of_value(value: Node, source: Source, label: Option<String>) -> Shown<'a> {
        Shown {
            label,
            key: None,
            source,
            description: None,
            value: Some(value),
            is_data: false,
            serialized: None,
            external: None,
            file: None,
            problem: None,
        }
    }

    /// Returns true when there is nothing to it but one text: that on the wire, or the value.
    pub fn is_bare(&self) -> bool {
        let told = self.label.is_some() || self.description.is_some() || self.external.is_some();
        let both = self.value.is_some() && (self.serialized.is_some() || self.is_data);
        !told && !both && self.problem.is_none()
    }
}

/// Returns the examples of a body, at least one when it has a schema.
pub fn of_media<'a>(
    schemas: Schemas<'a>,
    media: &'a MediaType,
    direction: Direction,
    limits: &Limits,
) -> Vec<Shown<'a>> {
    if !media.examples.is_empty() {
        return media.examples.iter().map(Shown::of_author).collect();
    }
    match (media.schema, media.item_schema) {
        (Some(schema), _) => of_schema(schemas, schema, direction, limits),
        (None, Some(item)) => of_stream(schemas, item, direction, limits),
        (None, None) => Vec::new(),
    }
}

/// A stream is shown by two items.
fn of_stream<'a>(schemas: Schemas<'a>, item: SchemaId, direction: Direction, limits: &Limits) -> Vec<Shown<'a>> {
    let examples = of_schema(schemas, item, direction, limits);
    let source = examples.iter().map(|example| example.source).max_by_key(|source| *source as u8);
    let mut items: Vec<Node> = examples.into_iter().filter_map(|example| example.value).take(2).collect();
    if let [only] = items.as_slice() {
        items.push(only.clone());
    }
    vec![Shown::of_value(list(items), source.unwrap_or(Source::Illustration), None)]
}

/// Returns the examples of a schema: its own, else one generated for each branch of its choices.
pub fn of_schema<'a>(schemas: Schemas<'a>, id: SchemaId, direction: Direction, limits: &Limits) -> Vec<Shown<'a>> {
    let effective = schemas.effective(&[id]);
    if !effective.examples.is_empty() {
        let many = effective.examples.len() > 1;
        let numbered = effective.examples.iter().enumerate();
        let label = |at: usize| many.then(|| format!("Example {}", at + 1));
        return numbered.map(|(at, node)| Shown::of_value(node.clone(), Source::Author, label(at))).collect();
    }
    let mut shown: Vec<Shown<'a>> = Vec::new();
    for (choice, whole) in choices_to_show(schemas, effective) {
        // The first branch of a further choice is what the examples of the first choice show already.
        let known = usize::from(!shown.is_empty());
        for branch in choice.labelled(schemas, &whole).into_iter().skip(known) {
            let generated = generate_branch(schemas, &[id], &choice, branch.id, direction, limits);
            let source = generated.source();
            shown.push(Shown::of_value(generated.value, source, Some(branch.label)));
        }
    }
    if shown.is_empty() {
        let generated = generate(schemas, &[id], direction, limits);
        let source = generated.source();
        shown.push(Shown::of_value(generated.value, source, None));
    }
    shown
}

/// Returns the choices whose branches have an example each, with the value that they are choices of: those of the
/// value itself, else those of a list's items.
fn choices_to_show<'a>(schemas: Schemas<'a>, mut effective: Effective<'a>) -> Vec<(Choice, Rc<Effective<'a>>)> {
    if effective.choices.is_empty() && effective.is_array() && effective.array.prefix.is_empty() {
        effective = schemas.effective(&effective.array.items);
        if !effective.examples.is_empty() {
            return Vec::new();
        }
    }
    let whole = Rc::new(effective);
    let shown = whole.choices.iter().filter(|choice| is_shown(schemas, choice));
    shown.map(|choice| (choice.clone(), Rc::clone(&whole))).collect()
}

/// A choice between plain values needs no example for each; one between shapes does.
fn is_shown(schemas: Schemas<'_>, choice: &Choice) -> bool {
    let shaped = |id: &SchemaId| {
        let branch = schemas.effective(&[*id]);
        branch.is_object() || branch.is_array()
    };
    choice.branches.len() <= BRANCHES && (choice.kind != ChoiceKind::Any || choice.branches.iter().any(shaped))
}

/// Returns the examples of a parameter or header: its own, else the schema's, else a generated one.
pub fn of_parameter<'a>(
    schemas: Schemas<'a>,
    parameter: &'a Parameter,
    direction: Direction,
    limits: &Limits,
) -> Vec<Shown<'a>> {
    if !parameter.examples.is_empty() {
        return parameter.examples.iter().map(Shown::of_author).collect();
    }
    match (parameter.schema, parameter.content.first()) {
        (Some(schema), _) => of_schema(schemas, schema, direction, limits),
        (None, Some(media)) => of_media(schemas, media, direction, limits),
        (None, None) => Vec::new(),
    }
}

/// Makes a node that stands nowhere.
pub fn node(value: Value) -> Node {
    Node { value, span: Span::default() }
}

/// Makes a string node.
pub fn string(text: impl Into<Text>) -> Node {
    node(Value::String(text.into()))
}

/// Makes a number node from a JSON number.
pub fn number(json: impl Into<Text>) -> Node {
    let json = json.into();
    node(Value::Number(Number { written: json.clone(), json }))
}

/// Makes a list node.
pub fn list(items: Vec<Node>) -> Node {
    node(Value::List(items.into()))
}

/// Makes a map node.
pub fn map(entries: Vec<(Text, Node)>) -> Node {
    let entry = |(key, value)| Entry { key, key_span: Span::default(), value };
    node(Value::Map(entries.into_iter().map(entry).collect()))
}

#[cfg(test)]
mod tests;
