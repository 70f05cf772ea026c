//! S01 to S24: schemas.

use super::shows;

/// Puts one schema, called S, below a head of a version.
fn schema(version: &str, schema: &str) -> String {
    let mut text =
        format!("openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    S:\n");
    for line in super::dedent(schema).lines() {
        text.push_str(&format!("      {line}\n"));
    }
    text
}

#[track_caller]
fn reads(version: &str, text: &str, expected: &str) {
    shows(&schema(version, text), &format!("schema S /s: {expected}"));
}

#[test]
fn s01_types_are_one_many_or_none() {
    reads("3.1.0", "type: string", "string");
    reads("3.1.0", "type: [string, 'null', integer]", "string|integer|null");
    reads("3.1.0", "type: [string, null]", "string|null");
    reads("3.1.0", "{}", "any");
    reads("3.1.0", "true", "true");
    reads("3.1.0", "false", "false");
    reads("3.0.0", "type: file", "otherType=file");
    shows(
        &schema("3.0.0", "type: strng"),
        "warning[unknown-schema-type] api.yaml:7:13: `strng` is no type of JSON Schema (did you mean `string`?)",
    );
}

#[test]
fn s02_nullable_adds_null_only_to_a_type() {
    reads("3.0.0", "{type: string, nullable: true, enum: [a]}", "string|null enum=[\"a\"]");
    reads("3.0.0", "{nullable: true, allOf: [{type: string}]}", "nullable? allOf(string)");
    reads("3.0.0", "{nullable: false, type: string}", "string");
    reads("3.0.0", "{type: string, x-nullable: true}", "string|null");
    reads("3.1.0", "{type: string, nullable: true}", "string unknown nullable=true");
    shows(
        &schema("3.0.0", "properties: {a: {$ref: '#/components/schemas/S', nullable: true}}"),
        "schema S /s: {a: →&S nullable?}",
    );
}

#[test]
fn s03_s04_s06_s17_annotations() {
    reads(
        "3.1.0",
        "{title: T, format: uuid, description: d, default: [null, {a: false}], const: 0, examples: [1], example: null, deprecated: true, $comment: c}",
        "<uuid> title=T description=d const=0 default=[null,{a:false}] examples=[1,null] deprecated $comment=c",
    );
}

#[test]
fn s05_enums_keep_their_values_and_names() {
    reads(
        "3.1.0",
        "{enum: ['1', 1, null, {a: 1}, true], x-enumDescriptions: {a: b}}",
        "enum=[\"1\",1,null,{a:1},true] x-enumDescriptions={a:\"b\"}",
    );
    shows(
        &schema("3.1.0", "{enum: [a, b, a], default: c}"),
        "
        warning[schema-contradiction] api.yaml:7:21: `enum` holds `a` twice (remove one)
        warning[schema-contradiction] api.yaml:7:34: the default `c` is not among the values of `enum`
        ",
    );
}

#[test]
fn s07_boolean_exclusive_bounds_become_numbers() {
    reads("3.0.0", "{minimum: 1, exclusiveMinimum: true, maximum: 9.50, exclusiveMaximum: false}", ">1 <=9.50");
    reads("3.1.0", "{minimum: 1, exclusiveMinimum: 0, exclusiveMaximum: 5}", ">=1 >0 <5");
    reads("3.1.0", "{minimum: '10'}", ">=10");
}

#[test]
fn s08_rules_of_strings() {
    reads(
        "3.1.0",
        "{minLength: 1, maxLength: 2, pattern: '^a$', contentEncoding: base64, contentMediaType: a/b, contentSchema: {type: object}}",
        "minLength=1 maxLength=2 pattern=^a$ encoding=base64 media=a/b contentSchema=object",
    );
}

#[test]
fn s09_rules_of_arrays() {
    reads(
        "3.1.0",
        "{type: array, prefixItems: [{type: string}], items: false, contains: {type: integer}, minContains: 1, maxContains: 2, minItems: 0, maxItems: 9, uniqueItems: true, unevaluatedItems: false}",
        "array prefix[string] [false] contains=integer unevaluatedItems=false minItems=0 maxItems=9 minContains=1 maxContains=2 unique",
    );
}

#[test]
fn s10_s11_rules_of_objects() {
    reads(
        "3.1.0",
        "{required: [a, z], properties: {a: {type: string}, b: true}, minProperties: 1, maxProperties: 2, additionalProperties: false, patternProperties: {'^x-': {type: integer}}, propertyNames: {maxLength: 3}, unevaluatedProperties: {type: 'null'}}",
        "{a!: string, b: true} requires(z) patterns{^x-: integer} additional=false unevaluated=null names=maxLength=3 minProperties=1 maxProperties=2",
    );
    reads(
        "3.1.0",
        "{dependentRequired: {a: [b, c]}, dependentSchemas: {d: {type: object}}, if: {const: 1}, then: true, else: false}",
        "dependent(a: b,c) dependentSchemas{d: object} if(const=1) then(true) else(false)",
    );
}

#[test]
fn s10_a_property_may_have_the_name_of_a_keyword() {
    reads(
        "3.0.0",
        "{properties: {$ref: {type: string}, type: {type: integer}, properties: {type: object}}}",
        "{$ref: string, type: integer, properties: object}",
    );
}

#[test]
fn s12_s13_s14_compositions_keep_their_branches() {
    reads(
        "3.1.0",
        "{allOf: [{type: object}, true], oneOf: [{type: string}], anyOf: [{$ref: '#/components/schemas/S'}], not: {type: 'null'}}",
        "allOf(object, true) oneOf(string) anyOf(→&S) not(null)",
    );
    shows(
        &schema("3.1.0", "allOf: {type: object}"),
        "schema S /s: allOf(object)\nwarning[wrong-type] api.yaml:7:14: `allOf` is an object, an array of schemas is expected",
    );
}

#[test]
fn s15_discriminators_name_schemas_by_name_or_reference() {
    shows(
        "
        --- a.yaml
        openapi: 3.2.0
        info: {title: t, version: '1'}
        components:
          schemas:
            Pet:
              discriminator:
                propertyName: kind
                mapping: {c: Cat, d: '#/components/schemas/Dog', e: other.yaml, f: Nobody, g: 'other.yaml#/components/schemas/Fish'}
                defaultMapping: Dog
            Cat: {}
            Dog: {}
        --- other.yaml
        components: {schemas: {Fish: {type: object}}}
        ",
        "
        schema Pet /pet: by kind c→&Cat d→&Dog e→&other f→? g→&Fish default→&Dog
        warning[unknown-discriminator-target] a.yaml:8:76: the discriminator maps to `Nobody`, and there is no such schema (write the name of a component, or a reference to a schema)
        ",
    );
}

#[test]
fn s02_nullable_without_a_type_has_no_effect_and_is_told() {
    shows(
        &schema("3.0.0", "{nullable: true, enum: [a]}"),
        "
        schema S /s: enum=[\"a\"]
        info[keyword-version] api.yaml:7:8: `nullable` has no effect without a `type` (add the `type`)
        ",
    );
}

#[test]
fn s05_s06_lists_and_objects_are_looked_at_too() {
    shows(
        &schema("3.1.0", "{enum: [{a: 1}, {a: 1}], default: [a]}"),
        "
        warning[schema-contradiction] api.yaml:7:23: `enum` holds (an object) twice (remove one)
        warning[schema-contradiction] api.yaml:7:41: the default (an array) is not among the values of `enum`
        ",
    );
}

#[test]
fn s16_read_only_and_write_only() {
    reads("3.0.0", "{properties: {a: {readOnly: true}, b: {writeOnly: true}}}", "{a: readOnly, b: writeOnly}");
    shows(
        &schema("3.0.0", "{readOnly: true, writeOnly: true}"),
        "warning[schema-contradiction] api.yaml:7:24: a schema is both `readOnly` and `writeOnly`: it is in no message (remove one of the two)",
    );
}

#[test]
fn s18_s19_definitions_and_dynamic_references() {
    reads(
        "3.1.0",
        "{$defs: {T: {$dynamicAnchor: T, type: string}}, items: {$dynamicRef: '#T'}}",
        "[dynamic →&S.T] defs(T: &S.T)\nschema S.T /s.t: string $dynamicAnchor=T",
    );
    reads(
        "3.1.0",
        "{$recursiveAnchor: true, items: {$recursiveRef: '#'}}",
        "[dynamic →&S] unknown $recursiveAnchor=true",
    );
    reads(
        "3.1.0",
        "{$dynamicAnchor: node, properties: {kids: {$dynamicRef: '#node'}}}",
        "{kids: dynamic →&S} $dynamicAnchor=node",
    );
}

#[test]
fn s20_xml_and_external_docs() {
    reads(
        "3.2.0",
        "{xml: {name: n, namespace: u, prefix: p, attribute: true, wrapped: true, nodeType: cdata}, externalDocs: {url: u}}",
        "xml( name=n namespace=u prefix=p nodeType=cdata attribute wrapped) docs=u",
    );
}

#[test]
fn s24_keywords_of_other_versions_are_read_and_noted_once() {
    shows(
        &schema("3.0.0", "{const: 1, properties: {a: {const: 2}}, examples: [3]}"),
        "
        schema S /s: const=1 examples=[3] {a: const=2}
        info[keyword-version] api.yaml:7:47: OpenAPI 3.0 does not know `examples` (it is shown all the same; other tools may ignore it)
        info[keyword-version] api.yaml:7:8: OpenAPI 3.0 does not know `const` (2 places in this file) (it is shown all the same; other tools may ignore it)
        ",
    );
    reads("3.1.0", "{id: old, frobnicate: {a: 1}, type: object}", "object $id=old unknown frobnicate={a:1}");
    shows(
        &schema("3.1.0", "{propertis: {}}"),
        "schema S /s: unknown propertis={}\nwarning[unknown-field] api.yaml:7:8: `propertis` is no keyword of schemas (did you mean `properties`?)",
    );
}

#[test]
fn a_schema_is_lifted_once_however_often_it_is_referred_to() {
    let mut properties = String::new();
    for at in 0..50 {
        properties.push_str(&format!("p{at}: {{$ref: '#/components/schemas/T'}}, "));
    }
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n  schemas:\n    S: {{properties: {{{properties}}}}}\n    T: {{type: string}}\n"
    );
    // Two components and fifty references, which each may have siblings of their own.
    assert_eq!(super::loaded(&text).api.schemas.len(), 52);
}
