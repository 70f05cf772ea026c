//! What the console knows of a value: its type, rules and possible values, flat enough for the controls of a form.

use super::data::{Facts, FieldData, Sample};
use crate::model::api::SchemaId;
use crate::model::node::{Node, Number, Value};
use crate::schema::effective::Property;
use crate::schema::example::Source;
use crate::schema::words::Rule;
use crate::schema::{Direction, Effective, Schemas, decimal, type_name, words};

/// Objects with more fields than this are typed as JSON.
const FIELDS: usize = 30;
/// Longer lists of values are typed, not chosen.
const VALUES: usize = 500;

/// Returns what is known of a value that must satisfy every one of these schemas.
pub fn of_schemas(schemas: Schemas<'_>, parts: &[SchemaId]) -> Facts {
    let effective = schemas.effective(parts);
    let mut facts = scalar(schemas, &effective);
    match facts.kind {
        "array" if !effective.array.items.is_empty() => {
            let items = scalar(schemas, &schemas.effective(&effective.array.items));
            facts.items = is_single(&items).then(|| Box::new(items));
        }
        "object" => facts.fields = fields(schemas, &effective),
        _ => {}
    }
    facts
}

fn is_single(facts: &Facts) -> bool {
    !matches!(facts.kind, "array" | "object")
}

/// The fields of an object all of whose fields are single values and known; else none.
fn fields(schemas: Schemas<'_>, effective: &Effective<'_>) -> Vec<FieldData> {
    let properties = &effective.object.properties;
    if !effective.choices.is_empty() || properties.len() > FIELDS || effective.map_values(schemas).is_some() {
        return Vec::new();
    }
    let fields: Vec<FieldData> = properties.iter().filter_map(|property| field(schemas, property)).collect();
    if fields.iter().all(|field| is_single(&field.facts)) { fields } else { Vec::new() }
}

fn field(schemas: Schemas<'_>, property: &Property<'_>) -> Option<FieldData> {
    let effective = schemas.effective(&property.parts);
    let hidden = Direction::Request.hides(effective.read_only, effective.write_only);
    (!hidden).then(|| FieldData {
        name: property.name.to_string(),
        required: property.required,
        facts: scalar(schemas, &effective),
    })
}

/// Returns what holds for the value itself, without a look inside.
pub fn scalar(schemas: Schemas<'_>, effective: &Effective<'_>) -> Facts {
    let count = |number: Option<&Number>| number.and_then(decimal::count);
    let listed = effective.values.iter().flatten().map(|value| value.value).chain(effective.constant);
    let values: Vec<String> = listed.filter(|value| !value.is_null()).map(words::plain).collect();
    Facts {
        kind: kind(effective),
        hint: hint(schemas, effective),
        values: if values.len() > VALUES { Vec::new() } else { values },
        default: effective.default.filter(|default| !default.is_null()).map(words::plain),
        min: effective.number.low.map(|(number, _)| number.json.to_string()),
        max: effective.number.high.map(|(number, _)| number.json.to_string()),
        min_length: count(effective.string.min),
        max_length: count(effective.string.max),
        pattern: effective.string.patterns.first().map(|pattern| pattern.to_string()),
        items: None,
        fields: Vec::new(),
    }
}

/// The one type of a value; `any` when it may be of several.
pub fn kind(effective: &Effective<'_>) -> &'static str {
    let mut names = effective.types.names().filter(|name| *name != "null");
    match (names.next(), names.next()) {
        (Some(only), None) => only,
        (Some("number"), Some("integer")) | (Some("integer"), Some("number")) => "number",
        _ => "any",
    }
}

fn hint(schemas: Schemas<'_>, effective: &Effective<'_>) -> String {
    let mut hint = type_name::to_text(schemas, &type_name::pieces_of(schemas, effective));
    for rule in words::rules(effective) {
        hint.push_str(" · ");
        match rule {
            Rule::Words(text) => hint.push_str(&text),
            Rule::Code(word, code) => hint.push_str(&format!("{word} {code}")),
        }
    }
    hint
}

/// Returns an example as it is typed into the control that these facts ask for.
pub fn sample(facts: &Facts, value: &Node) -> Sample {
    match &value.value {
        Value::List(items) if facts.items.is_some() => Sample::List(items.iter().map(words::plain).collect()),
        Value::Map(entries) if !facts.fields.is_empty() => {
            let plain = |entry: &crate::model::node::Entry| (entry.key.to_string(), words::plain(&entry.value));
            Sample::Fields(entries.iter().map(plain).collect())
        }
        Value::List(_) | Value::Map(_) => Sample::Text(crate::schema::wire::json(value)),
        _ => Sample::Text(words::plain(value)),
    }
}

/// Returns the sample of an example; the word `string`, which stands for any text, says nothing and is left out.
pub fn shown_sample(facts: &Facts, source: Source, value: Option<&Node>) -> Option<Sample> {
    let sample = sample(facts, value?);
    let says_nothing = source != Source::Author && matches!(&sample, Sample::Text(text) if text == "string");
    (!says_nothing).then_some(sample)
}
