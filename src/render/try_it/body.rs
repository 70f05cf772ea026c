//! Request bodies for the console: a text to begin with, or the fields of a form.

use super::data::{BodyData, BodyExample, FormFieldData};
use super::facts;
use crate::model::api::{MediaType, Operation, Style};
use crate::model::node::Node;
use crate::render::reference::Reference;
use crate::schema::Direction;
use crate::schema::effective::Property;
use crate::schema::example::{self, Source};
use crate::schema::wire::form::part_kind;
use crate::schema::wire::parameter::style_name;
use crate::schema::wire::{self, Syntax, concrete, syntax};

/// Returns what the request may carry; JSON comes first, as in samples.
pub fn of_operation(reference: &Reference<'_>, operation: &Operation) -> Vec<BodyData> {
    let Some(body) = &operation.request_body else { return Vec::new() };
    let mut bodies: Vec<BodyData> = body.content.iter().map(|media| body_data(reference, media)).collect();
    bodies.sort_by_key(|body| body.syntax != "json");
    bodies
}

fn body_data(reference: &Reference<'_>, media: &MediaType) -> BodyData {
    let schemas = reference.schemas;
    let limits = &reference.settings.limits;
    let shown = example::of_media(schemas, media, Direction::Request, limits);
    let first = shown.iter().find_map(|shown| Some((shown.source, shown.value.clone()?)));
    let schema = media.schema.or(media.item_schema);
    let effective = schemas.effective(schema.as_slice());
    let fields = match syntax(&media.name) {
        Syntax::Form | Syntax::Multipart => {
            let properties = effective.object.properties.iter();
            properties.filter_map(|property| form_field(reference, media, property, first.as_ref())).collect()
        }
        _ => Vec::new(),
    };
    let examples = shown.iter().enumerate().filter_map(|(at, shown)| {
        let written = shown.serialized.map(|text| text.to_string());
        let text = written.or_else(|| shown.value.as_ref().map(|value| wire::body(schemas, media, value)))?;
        let label = shown.label.clone().unwrap_or_else(|| format!("Example {}", at + 1));
        Some(BodyExample { label, text })
    });
    let mut data = BodyData {
        media: concrete(&media.name),
        syntax: syntax_word(syntax(&media.name), fields.is_empty()),
        examples: examples.collect(),
        required: required(&effective.object.properties, reference),
        kind: if media.schema.is_some() { facts::kind(&effective) } else { "any" },
        fields,
    };
    if !data.fields.is_empty() || data.syntax == "binary" {
        data.examples.clear();
    }
    if data.syntax == "text" && syntax(&media.name) == Syntax::Multipart {
        data.media = format!("{}; boundary={}", wire::essence(&media.name), wire::form::BOUNDARY);
    }
    data
}

fn required(properties: &[Property<'_>], reference: &Reference<'_>) -> Vec<String> {
    let sent = |property: &&Property<'_>| {
        let effective = reference.schemas.effective(&property.parts);
        property.required && !Direction::Request.hides(effective.read_only, effective.write_only)
    };
    properties.iter().filter(sent).map(|property| property.name.to_string()).collect()
}

/// A form whose fields are unknown is typed as text.
fn syntax_word(syntax: Syntax, fieldless: bool) -> &'static str {
    match syntax {
        Syntax::Json => "json",
        Syntax::Form if !fieldless => "form",
        Syntax::Multipart if !fieldless => "multipart",
        Syntax::Binary => "binary",
        _ => "text",
    }
}

fn form_field(
    reference: &Reference<'_>,
    media: &MediaType,
    property: &Property<'_>,
    example: Option<&(Source, Node)>,
) -> Option<FormFieldData> {
    let schemas = reference.schemas;
    let effective = schemas.effective(&property.parts);
    if Direction::Request.hides(effective.read_only, effective.write_only) {
        return None;
    }
    let encoding = media.encoding.iter().find(|encoding| encoding.property == *property.name);
    let kind = part_kind(schemas, &property.parts, encoding);
    let multipart = syntax(&media.name) == Syntax::Multipart;
    let stated = encoding.and_then(|encoding| encoding.style);
    let explode = encoding.and_then(|encoding| encoding.explode);
    let style = stated.unwrap_or(Style::Form);
    let content_type = kind.content_type.split(',').next().unwrap_or_default().trim().to_owned();
    let mut facts = facts::of_schemas(schemas, &property.parts);
    // Objects are one JSON text unless the description says how their fields are written.
    let as_json = facts.kind == "object" && (multipart || stated.is_none() && explode.is_none());
    if as_json {
        facts.fields = Vec::new();
    }
    let shown = kind.file || kind.stated || content_type != "text/plain";
    Some(FormFieldData {
        name: property.name.to_string(),
        required: property.required,
        file: kind.file && multipart,
        repeated: kind.repeated && multipart,
        media: (multipart && shown).then_some(content_type),
        style: if as_json { "json" } else { style_name(style) },
        explode: explode.unwrap_or(style == Style::Form),
        escape: if encoding.is_some_and(|encoding| encoding.allow_reserved) { "reserved" } else { "all" },
        sample: example.and_then(|(source, whole)| facts::shown_sample(&facts, *source, whole.get(property.name))),
        facts,
    })
}
