//! Tests of this module.

use crate::render::reference::testing::{Site, assert_in_order};

fn page(schemas: &str, slug: &str) -> String {
    let site = Site::new(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    ));
    site.text(&format!("schemas/{slug}/"))
}

#[test]
fn s03_s04_titles_and_formats_as_written() {
    let text = page("    Pet: {type: object, title: A pet, properties: {n: {type: string, format: x-odd}}}", "pet");
    assert_in_order(&text, &["Pet", "object", "A pet"]);
    assert!(text.contains("n string · x-odd"), "{text}");
    let same = page("    PetKind: {type: string, title: pet kind}", "pet-kind");
    assert_eq!(same.matches("pet kind").count(), 1, "only in the source: {same}");
}

#[test]
fn s05_s06_values_constants_and_defaults_in_source_form() {
    let many: Vec<String> = (0..40).map(|at| format!("v{at}")).collect();
    let text = page(
        &format!(
            "    A: {{type: object, properties: {{e: {{enum: [a, null, 1, {{k: v}}]}}, c: {{const: false}}, d: {{default: []}}, z: {{default: null}}, m: {{enum: [{}]}}}}}}",
            many.join(", ")
        ),
        "a",
    );
    assert_in_order(
        &text,
        &[
            "One of",
            "\"a\"",
            "null",
            "1",
            "{\"k\": \"v\"}",
            "Always false",
            "Default []",
            "Default null",
            "28 more values",
            "\"v39\"",
        ],
    );
}

#[test]
fn s09_s10_tuples_maps_and_closed_objects() {
    let text = page(
        "    A:
      type: object
      additionalProperties: false
      required: [ghost]
      properties:
        pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
        map: {type: object, additionalProperties: {type: object, properties: {deep: {type: string}}}, propertyNames: {pattern: '^k'}}
        some: {type: array, contains: {type: integer}, minContains: 2, items: {}}
      patternProperties: {'^x-': {type: boolean}}",
        "a",
    );
    assert_in_order(&text, &["pair", "[0] string", "[1] integer", "No more items.", "map map of object"]);
    assert_in_order(&text, &["map map of object", "Field names", "pattern ^k"]);
    assert!(text.contains("deep string"), "{text}");
    assert_in_order(&text, &["Contains at least 2 items of", "integer"]);
    assert_in_order(&text, &["ghost any value required", "/^x-/ boolean", "No other fields."]);
}

#[test]
fn s11_s14_conditions_and_negations_are_words() {
    let text = page(
        "    A:
      type: object
      properties: {country: {type: string}, zip: {type: string}, card: {type: string}}
      dependentRequired: {card: [zip]}
      if: {properties: {country: {const: US}}}
      then: {required: [zip]}
      not: {required: [zip, card]}",
        "a",
    );
    assert_in_order(
        &text,
        &[
            "If card is sent, zip must be sent too.",
            "zip and card must not be sent together.",
            "When country is \"US\" (or not sent):",
            "then",
            "zip any value required",
        ],
    );
}

#[test]
fn s12_inherited_fields_say_where_from() {
    let text = page(
        "    Base: {type: object, required: [id], properties: {id: {type: string}}}
    Pet: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {n: {type: string}}}]}",
        "pet",
    );
    assert_in_order(&text, &["id string required from Base", "n string", "Related", "Extends", "Base"]);
}

#[test]
fn s13_s15_choices_are_readable_one_below_the_other() {
    let text = page(
        "    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: t, mapping: {kitty: '#/components/schemas/Cat'}}
    Cat: {type: object, properties: {t: {type: string}, meow: {type: boolean}}}
    Dog: {type: object, properties: {t: {type: string}, bark: {type: boolean}}}
    Any: {anyOf: [{type: object, title: First, properties: {a: {type: string}}}, {type: string, minLength: 4}]}",
        "pet",
    );
    assert_in_order(
        &text,
        &["Exactly one of:", "Cat", "when t is \"kitty\"", "meow boolean", "Dog", "when t is \"Dog\"", "bark boolean"],
    );
}

#[test]
fn s16_marks_on_the_schemas_own_page() {
    let text = page(
        "    A: {type: object, properties: {r: {type: string, readOnly: true}, w: {type: string, writeOnly: true, deprecated: true}}}",
        "a",
    );
    assert_in_order(&text, &["r string read-only", "w string deprecated write-only"]);
}

#[test]
fn s21_l11_recursion_is_a_link_and_nothing_is_expanded_twice() {
    let text = page(
        "    Node: {type: object, properties: {child: {$ref: '#/components/schemas/Node'}, a: {$ref: '#/components/schemas/Leaf'}, b: {$ref: '#/components/schemas/Leaf'}}}
    Leaf: {type: object, properties: {only: {type: string}}}",
        "node",
    );
    assert_in_order(&text, &["child Node", "Node (recursive)", "a Leaf", "only string", "b Leaf"]);
    assert_eq!(text.matches("only string").count(), 1);
}

#[test]
fn s23_a_schemas_page_names_its_users() {
    let site = Site::of_operation(
        "      summary: Get it\n      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}",
        "components: {schemas: {Pet: {type: object, properties: {n: {$ref: '#/components/schemas/Name'}}}, Name: {type: string}, Lost: {type: string}}}",
    );
    assert_in_order(&site.text("schemas/pet/"), &["Used by", "GET", "Get it", "response", "Source", "properties"]);
    assert_in_order(&site.text("schemas/name/"), &["Related", "Part of", "Pet"]);
    assert!(site.text("schemas/lost/").contains("not used by any operation"));
    assert_in_order(&site.text("schemas/"), &["Pet object", "Name string", "Lost string", "not used by any operation"]);
}

#[test]
fn l1_unknown_keywords_are_shown_as_they_are() {
    let text = page("    A: {type: object, properties: {p: {type: string, frobnicate: {a: 1}}}}", "a");
    assert_in_order(&text, &["Other keywords", "frobnicate", "{\"a\": 1}"]);
}

#[test]
fn a_page_stays_within_its_budget_whatever_the_schemas() {
    let mut schemas = String::new();
    for at in 0..200 {
        let properties: Vec<String> = (0..12)
            .map(|to| format!("p{to}: {{$ref: '#/components/schemas/S{}'}}", (at * 12 + to + 1) % 200))
            .collect();
        schemas.push_str(&format!("    S{at}: {{type: object, properties: {{{}}}}}\n", properties.join(", ")));
    }
    let site = Site::new(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    ));
    let html = site.html("schemas/s0/");
    assert!(html.len() < 300_000, "{}", html.len());
}
