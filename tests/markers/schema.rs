//! Schemas of 3.x: every keyword of each version's dialect.

use serde_json::{Map, Value, json};

use crate::maker::{Doc, Version, with};

/// A short schema with a description, for places that are not about schemas.
pub fn short(d: &mut Doc, label: &str) -> Value {
    json!({ "type": "string", "description": d.prose(&format!("{label}.schema.description")) })
}

/// The schemas that have a name.
pub fn named(d: &mut Doc) -> Value {
    let mut schemas = Map::new();
    let name = d.token("components.schemas (name)");
    let property = d.token("components.schemas.properties (name)");
    schemas.insert(name, json!({ "type": "object", "properties": { property: short(d, "components.schemas") } }));
    for name in ["Cat", "Dog"] {
        let own = d.token("oneOf.properties (name)");
        schemas.insert(
            name.to_owned(),
            json!({ "type": "object", "required": ["kind"],
            "properties": { "kind": { "type": "string" }, own: short(d, "oneOf.properties") } }),
        );
    }
    Value::Object(schemas)
}

/// Every keyword, in schemas that make sense.
pub fn all(d: &mut Doc) -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("string", string(d)),
        ("number", number(d)),
        ("exclusive", exclusive(d)),
        ("enum", enumeration(d)),
        ("array", array(d)),
        ("object", object(d)),
        ("allOf", all_of(d)),
        ("oneOf", one_of(d)),
        ("anyOf", any_of(d)),
        ("not", json!({ "not": { "enum": [d.text("not.enum")] } })),
    ];
    if d.since(Version::V3_1) {
        all.extend([
            ("const", json!({ "const": d.text("const"), "description": d.prose("const.description") })),
            ("tuple", tuple(d)),
            ("unevaluated", unevaluated(d)),
            ("content", content(d)),
            ("dependent", dependent(d)),
            ("condition", condition(d)),
            ("core", core(d)),
        ]);
    }
    all
}

fn string(d: &mut Doc) -> Value {
    let schema = json!({
        "type": "string",
        "title": d.text("title"),
        "description": d.prose("description"),
        "format": d.text("format"),
        "pattern": format!("^{}$", d.token("pattern")),
        "minLength": d.number("minLength"),
        "maxLength": d.number("maxLength"),
        "default": d.text("default"),
        "externalDocs": d.docs("schema"),
        "deprecated": true,
        "readOnly": true,
    });
    let schema = match d.since(Version::V3_1) {
        true => with(schema, json!({ "examples": [d.text("examples[0]"), d.text("examples[1]")] })),
        false => with(schema, json!({ "example": d.text("example") })),
    };
    let schema = d.extended("schema", schema);
    let name = d.token("properties (name)");
    d.near(&json!(name), "deprecated", "deprecated");
    d.near(&json!(name), "read-only", "readOnly");
    let written = d.token("properties (name)");
    d.near(&json!(written), "or null", "nullable");
    let nullable = match d.since(Version::V3_1) {
        true => json!({ "type": ["string", "null"] }),
        false => json!({ "type": "string", "nullable": true }),
    };
    json!({ "type": "object", "properties": { name: schema, written: nullable } })
}

fn number(d: &mut Doc) -> Value {
    json!({ "type": "integer", "minimum": d.number("minimum"), "maximum": d.number("maximum"),
        "multipleOf": d.number("multipleOf") })
}

fn exclusive(d: &mut Doc) -> Value {
    let (low, high) = (d.number("exclusiveMinimum"), d.number("exclusiveMaximum"));
    match d.since(Version::V3_1) {
        true => json!({ "type": "number", "exclusiveMinimum": low, "exclusiveMaximum": high }),
        false => json!({ "type": "number", "minimum": low, "exclusiveMinimum": true, "maximum": high,
            "exclusiveMaximum": true }),
    }
}

fn enumeration(d: &mut Doc) -> Value {
    json!({ "type": "string", "enum": [d.text("enum[0]"), d.text("enum[1]")] })
}

fn array(d: &mut Doc) -> Value {
    json!({ "type": "array", "items": short(d, "items"), "minItems": d.number("minItems"),
        "maxItems": d.number("maxItems"), "uniqueItems": true })
}

fn object(d: &mut Doc) -> Value {
    let name = d.token("properties (name)");
    let absent = d.text("required (no property)");
    let schema = json!({
        "type": "object",
        "properties": { name.as_str(): short(d, "properties") },
        "required": [name, absent],
        "minProperties": d.number("minProperties"),
        "maxProperties": d.number("maxProperties"),
        "additionalProperties": short(d, "additionalProperties"),
    });
    d.near(&json!(name), "required", "required");
    match d.since(Version::V3_1) {
        true => with(
            schema,
            json!({
                "patternProperties": {
                    format!("^{}", d.token("patternProperties (pattern)")): short(d, "patternProperties"),
                },
                "propertyNames": { "pattern": format!("^{}", d.token("propertyNames.pattern")) },
            }),
        ),
        false => schema,
    }
}

fn all_of(d: &mut Doc) -> Value {
    let (one, two) = (d.token("allOf.properties (name)"), d.token("allOf.properties (name)"));
    json!({ "allOf": [
        { "type": "object", "description": d.prose("allOf.description"), "properties": { one: short(d, "allOf.properties") } },
        { "type": "object", "properties": { two: short(d, "allOf.properties") } },
    ] })
}

fn one_of(d: &mut Doc) -> Value {
    let (cat, dog) = (d.token("discriminator.mapping (value)"), d.token("discriminator.mapping (value)"));
    let mut discriminator = json!({
        "propertyName": "kind",
        "mapping": { cat: "#/components/schemas/Cat", dog: "Dog" },
    });
    if d.since(Version::V3_1) {
        discriminator = d.extended("discriminator", discriminator);
    }
    if d.since(Version::V3_2) {
        discriminator = with(discriminator, json!({ "defaultMapping": "Dog" }));
    }
    json!({
        "description": d.prose("oneOf.description"),
        "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
        "discriminator": discriminator,
    })
}

fn any_of(d: &mut Doc) -> Value {
    let mut branches = Vec::new();
    for _ in 0..2 {
        let name = d.token("anyOf.properties (name)");
        branches.push(json!({ "type": "object", "title": d.text("anyOf.title"),
            "description": d.prose("anyOf.description"), "required": [name.as_str()],
            "properties": { name.as_str(): short(d, "anyOf.properties") } }));
    }
    json!({ "anyOf": branches })
}

fn tuple(d: &mut Doc) -> Value {
    let positions = json!([short(d, "prefixItems[0]"), short(d, "prefixItems[1]")]);
    let (low, high) = (d.number("minContains"), d.number("maxContains"));
    json!({ "type": "array", "prefixItems": positions, "items": short(d, "items"),
        "contains": { "type": "string", "pattern": format!("^{}", d.token("contains.pattern")) },
        "minContains": low, "maxContains": high })
}

fn unevaluated(d: &mut Doc) -> Value {
    json!({ "type": "object", "properties": {
        "list": { "type": "array", "prefixItems": [{ "type": "string" }], "unevaluatedItems": short(d, "unevaluatedItems") },
        "map": { "type": "object", "properties": { "a": {} }, "unevaluatedProperties": short(d, "unevaluatedProperties") },
    } })
}

fn content(d: &mut Doc) -> Value {
    let name = d.token("contentSchema.properties (name)");
    json!({ "type": "string", "contentEncoding": d.text("contentEncoding"),
        "contentMediaType": format!("application/{}", d.token("contentMediaType")),
        "contentSchema": { "type": "object", "properties": { name: short(d, "contentSchema.properties") } } })
}

fn dependent(d: &mut Doc) -> Value {
    let (if_sent, needed) = (d.token("dependentRequired (name)"), d.text("dependentRequired"));
    let (with_it, inner) = (d.token("dependentSchemas (name)"), d.token("dependentSchemas.properties (name)"));
    let most = d.number("dependentSchemas.maxProperties");
    json!({ "type": "object", "properties": { "a": {} },
        "dependentRequired": { if_sent: [needed] },
        "dependentSchemas": { with_it: { "maxProperties": most, "properties": { inner: short(d, "dependentSchemas") } } } })
}

fn condition(d: &mut Doc) -> Value {
    let asked = d.token("if.properties (name)");
    let (first, second) = (d.token("then.properties (name)"), d.token("else.properties (name)"));
    json!({ "type": "object", "properties": { "a": {} },
        "if": { "properties": { asked.as_str(): { "const": d.text("if.properties.const") } }, "required": [asked] },
        "then": { "minProperties": d.number("then.minProperties"), "properties": { first: short(d, "then") } },
        "else": { "maxProperties": d.number("else.maxProperties"), "properties": { second: short(d, "else") } } })
}

/// `$id`, `$anchor` and the other keywords of the core vocabulary.
fn core(d: &mut Doc) -> Value {
    let definition = d.token("$defs (name)");
    let name = d.token("$defs.properties (name)");
    json!({
        "$schema": d.url("$schema"),
        "$id": d.url("$id"),
        "$anchor": d.text("$anchor"),
        "$dynamicAnchor": d.text("$dynamicAnchor"),
        "$comment": d.text("$comment"),
        "$defs": { definition.as_str(): { "type": "object", "properties": { name: short(d, "$defs") } } },
        "type": "object",
        "properties": { "part": { "$ref": format!("#/$defs/{definition}"), "description": d.prose("$ref (description beside)") } },
    })
}

/// A schema whose properties say how they look in XML.
pub fn xml(d: &mut Doc) -> Value {
    let mut properties = Map::new();
    for (form, more) in [("attribute", json!({ "attribute": true })), ("wrapped", json!({ "wrapped": true }))] {
        let property = d.token("xml property (name)");
        let xml = json!({ "name": d.text(&format!("xml[{form}].name")),
            "namespace": d.url(&format!("xml[{form}].namespace")), "prefix": d.text(&format!("xml[{form}].prefix")) });
        let kind = if form == "wrapped" {
            json!({ "type": "array", "items": { "type": "string" } })
        } else {
            json!({ "type": "string" })
        };
        properties.insert(property, with(kind, json!({ "xml": with(xml, more) })));
    }
    let root = json!({ "name": d.token("xml.name") });
    let extended = d.extended("xml", root);
    json!({ "type": "object", "xml": extended, "properties": properties })
}
