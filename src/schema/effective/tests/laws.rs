//! `allOf` is an intersection: the merged view allows exactly what every part allows.
//!
//! A second reader of JSON Schema decides both sides. Where the merged view itself says that the parts contradict one
//! another it makes no promise; `null` is left out, since authors mean more by it than the standard says.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::model::api::SchemaId;
use crate::model::node::{Node, Number};
use crate::schema::testing::Loaded;
use crate::schema::{Effective, Schemas, words};

/// Keywords that a part may have; of one that was drawn twice the last one counts.
const KEYWORDS: &[(&str, &str)] = &[
    ("type", "\"integer\""),
    ("type", "\"number\""),
    ("type", "\"string\""),
    ("type", "\"object\""),
    ("type", "\"array\""),
    ("type", "[\"string\", \"integer\"]"),
    ("minimum", "2"),
    ("minimum", "4.5"),
    ("maximum", "7"),
    ("exclusiveMinimum", "2"),
    ("exclusiveMaximum", "7"),
    ("multipleOf", "2"),
    ("multipleOf", "1.5"),
    ("minLength", "2"),
    ("maxLength", "3"),
    ("pattern", "\"^a\""),
    ("pattern", "\"b\""),
    ("enum", "[1, 2, \"a\", \"ab\", {\"x\": 1}]"),
    ("enum", "[2, \"ab\", 4, {\"x\": 1}]"),
    ("const", "2"),
    ("const", "\"ab\""),
    ("required", "[\"x\"]"),
    ("required", "[\"y\", \"z\"]"),
    ("minProperties", "1"),
    ("minProperties", "2"),
    ("maxProperties", "2"),
    ("properties", "{\"x\": {\"type\": \"integer\"}}"),
    ("properties", "{\"x\": {\"minimum\": 2}, \"y\": {\"type\": \"string\"}}"),
    ("properties", "{\"z\": {\"allOf\": [{\"maximum\": 3}, {\"type\": [\"number\", \"string\"]}]}}"),
    ("additionalProperties", "{\"type\": \"integer\"}"),
    ("additionalProperties", "{\"minLength\": 2, \"maximum\": 2}"),
    ("additionalProperties", "false"),
    ("propertyNames", "{\"maxLength\": 1}"),
    ("propertyNames", "{\"enum\": [\"x\", \"y\"]}"),
    ("dependentRequired", "{\"x\": [\"y\"]}"),
    ("items", "{\"type\": \"integer\"}"),
    ("items", "{\"minimum\": 3}"),
    ("prefixItems", "[{\"type\": \"string\"}]"),
    ("prefixItems", "[{\"minLength\": 2}, {\"multipleOf\": 2}]"),
    ("minItems", "1"),
    ("minItems", "2"),
    ("maxItems", "1"),
    ("uniqueItems", "true"),
    ("contains", "{\"const\": 2}"),
    ("contains", "{\"type\": \"string\"}"),
    ("not", "{\"const\": 2}"),
    ("not", "{\"required\": [\"z\"]}"),
];

const VALUES: &str = r#"[1, 2, 3, 4, 4.5, 6, 7, 8, true, "", "a", "ab", "abc", "b", "abcd", {}, {"x": 1}, {"x": 2},
    {"x": "a"}, {"y": "b"}, {"z": 1}, {"z": 5}, {"x": 2, "y": "ab"}, {"x": 2, "z": 3}, {"y": "a", "z": "ab"},
    {"x": 3, "y": "ab", "z": 2}, {"long": 1}, {"w": "ab"}, [], [1], [2], [3], ["a"], ["ab"], [2, 2], ["ab", 4], ["ab", 3],
    [3, 4], ["a", 2, 3], ["ab", 2, 2]]"#;

fn part() -> impl Strategy<Value = Map<String, Value>> {
    prop::sample::subsequence(KEYWORDS.to_vec(), 0..5).prop_map(|drawn| {
        let entry = |(key, text): &(&str, &str)| (key.to_string(), serde_json::from_str(text).unwrap());
        drawn.iter().map(entry).collect()
    })
}

/// Says as one schema without `allOf` what the merged view says; `None` where it says that it cannot be kept.
fn merged(schemas: Schemas<'_>, parts: &[SchemaId]) -> Option<Value> {
    let effective = schemas.effective(parts);
    if !effective.conflicts.is_empty() {
        return None;
    }
    if let Some(boolean) = effective.boolean {
        return Some(Value::Bool(boolean));
    }
    // Rules that may stand several times beside one another.
    let mut also: Vec<Value> = Vec::new();
    let mut out = Map::new();
    if !effective.types.is_empty() && !effective.inferred {
        out.insert("type".into(), effective.types.names().collect::<Vec<_>>().into());
    }
    if let Some(values) = &effective.values {
        out.insert("enum".into(), values.iter().map(|value| plain(value.value)).collect::<Vec<_>>().into());
    }
    if let Some(constant) = effective.constant {
        out.insert("const".into(), plain(constant));
    }
    scalars(&effective, &mut out, &mut also);
    lists(schemas, &effective, &mut out, &mut also)?;
    objects(schemas, &effective, &mut out, &mut also)?;
    for not in &effective.not {
        also.push(json!({ "not": merged(schemas, &[*not])? }));
    }
    if !also.is_empty() {
        out.insert("allOf".into(), also.into());
    }
    Some(Value::Object(out))
}

fn plain(node: &Node) -> Value {
    serde_json::from_str(&words::value(node)).unwrap()
}

fn number(number: &Number) -> Value {
    serde_json::from_str(&number.json).unwrap()
}

fn bound(out: &mut Map<String, Value>, key: &str, value: Option<&Number>) {
    out.extend(value.map(|value| (key.to_string(), number(value))));
}

fn scalars(effective: &Effective<'_>, out: &mut Map<String, Value>, also: &mut Vec<Value>) {
    let bounds = &effective.number;
    for (key, open_key, found) in
        [("minimum", "exclusiveMinimum", bounds.low), ("maximum", "exclusiveMaximum", bounds.high)]
    {
        bound(out, if found.is_some_and(|(_, open)| open) { open_key } else { key }, found.map(|(value, _)| value));
    }
    also.extend(bounds.multiples.iter().map(|multiple| json!({ "multipleOf": number(multiple) })));
    bound(out, "minLength", effective.string.min);
    bound(out, "maxLength", effective.string.max);
    also.extend(effective.string.patterns.iter().map(|pattern| json!({ "pattern": &***pattern })));
}

fn lists(
    schemas: Schemas<'_>,
    effective: &Effective<'_>,
    out: &mut Map<String, Value>,
    also: &mut Vec<Value>,
) -> Option<()> {
    let array = &effective.array;
    if !array.items.is_empty() {
        out.insert("items".into(), merged(schemas, &array.items)?);
    }
    if !array.prefix.is_empty() {
        let positions: Option<Vec<Value>> = array.prefix.iter().map(|parts| merged(schemas, parts)).collect();
        out.insert("prefixItems".into(), positions?.into());
    }
    for (contains, least, most) in &array.contains {
        let mut rule = Map::from_iter([("contains".to_string(), merged(schemas, &[*contains])?)]);
        bound(&mut rule, "minContains", *least);
        bound(&mut rule, "maxContains", *most);
        also.push(Value::Object(rule));
    }
    bound(out, "minItems", array.min);
    bound(out, "maxItems", array.max);
    out.insert("uniqueItems".into(), array.unique.into());
    Some(())
}

fn objects(
    schemas: Schemas<'_>,
    effective: &Effective<'_>,
    out: &mut Map<String, Value>,
    also: &mut Vec<Value>,
) -> Option<()> {
    let object = &effective.object;
    let mut properties = Map::new();
    for property in object.properties.iter().filter(|property| !property.parts.is_empty()) {
        properties.insert(property.name.to_string(), merged(schemas, &property.parts)?);
    }
    out.insert("properties".into(), properties.into());
    let required = object.properties.iter().filter(|property| property.required);
    out.insert("required".into(), required.map(|property| property.name.to_string()).collect::<Vec<_>>().into());
    if effective.is_closed(schemas) {
        out.insert("additionalProperties".into(), false.into());
    } else if let Some(values) = effective.map_values(schemas) {
        out.insert("additionalProperties".into(), merged(schemas, &values)?);
    }
    for names in &object.names {
        also.push(json!({ "propertyNames": merged(schemas, &[*names])? }));
    }
    for (name, needs) in &object.dependent_required {
        let needs: Vec<&str> = needs.iter().map(|need| &**need).collect();
        also.push(json!({ "dependentRequired": { &***name: needs } }));
    }
    bound(out, "minProperties", object.min);
    bound(out, "maxProperties", object.max);
    Some(())
}

fn allowed(schema: &Value) -> Vec<bool> {
    let validator = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).build(schema).unwrap();
    let values: Vec<Value> = serde_json::from_str(VALUES).unwrap();
    values.iter().map(|value| validator.is_valid(value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn s12_a_merged_schema_allows_exactly_what_every_part_allows(
        own in part(),
        parts in prop::collection::vec(part(), 1..4),
    ) {
        let mut original = own;
        original.insert("allOf".into(), parts.into_iter().map(Value::Object).collect::<Vec<_>>().into());
        let original = Value::Object(original);
        let loaded = Loaded::schemas_text(&format!("    A: {original}\n"));
        if let Some(merged) = merged(loaded.schemas(), &[loaded.id("A")]) {
            prop_assert_eq!(allowed(&original), allowed(&merged), "{} is not {}", original, merged);
        }
    }
}
