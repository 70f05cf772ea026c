//! Tests of rules between the parts of a value.

use crate::render::reference::testing::{Site, assert_in_order};

fn page(schemas: &str) -> String {
    let site = Site::new(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    ));
    let text = site.text("schemas/a/");
    let text = text.rsplit_once(" Definition ").map_or("", |(_, rest)| rest);
    text.split_once(" Source ").map_or("", |(definition, _)| definition).to_string()
}

#[test]
fn s09_every_rule_of_a_list_is_said() {
    let text = page(
        "    A:
      type: object
      properties:
        closed: {type: array, prefixItems: [{type: string}], unevaluatedItems: false}
        perhaps: {type: array, contains: {type: integer}, minContains: 0}
        upto: {type: array, contains: {type: boolean}, minContains: 0, maxContains: 3}
        none: {type: array, items: false}
        deep: {type: array, items: {type: array, contains: {const: 7}, items: {type: array, items: {type: integer}}}}
        both: {allOf: [{prefixItems: [{type: string}, {type: integer}]}, {prefixItems: [{minLength: 4}]}], type: array}",
    );
    assert_in_order(&text, &["closed list", "[0] string", "No more items."]);
    assert_in_order(&text, &["perhaps list", "May contain integer"]);
    assert_in_order(&text, &["upto list", "Contains at most 3 items of boolean"]);
    assert_in_order(&text, &["none empty list"]);
    assert_in_order(&text, &["deep list of lists", "Each item", "Contains at least 1 item of", "Always 7"]);
    assert_in_order(&text, &["both list", "[0] string", "at least 4 characters", "[1] integer"]);
}

#[test]
fn s10_what_other_fields_there_may_be_is_said_for_every_object() {
    let text = page(
        "    A:
      type: object
      properties:
        none: {type: object, additionalProperties: false}
        patterns: {type: object, patternProperties: {'^x': {type: string}}, additionalProperties: false}
        rest: {type: object, patternProperties: {'^y': {type: string}}, additionalProperties: {type: integer}}
        open: {type: object, properties: {a: {type: string}}, additionalProperties: true}
        free: {type: object, additionalProperties: true}
        named: {type: object, additionalProperties: {type: number}, x-additionalPropertiesName: currency}",
    );
    assert_in_order(&text, &["none object", "No fields."]);
    assert_in_order(&text, &["patterns", "/^x/ string", "No other fields."]);
    assert_in_order(&text, &["rest", "/^y/ string", "any other field integer"]);
    assert_in_order(&text, &["open object", "a string", "Other fields are allowed."]);
    assert_in_order(&text, &["free object", "Any fields are allowed."]);
    assert_in_order(&text, &["named map of number", "Each value by currency number"]);
}

#[test]
fn s11_conditional_blocks_state_every_rule() {
    let text = page(
        "    A:
      type: object
      dependentSchemas: {card: {maxProperties: 3}}
      allOf:
        - {if: {properties: {n: {minimum: 5}}}, then: {minProperties: 2}, else: {properties: {n: {maximum: 9}}}}
        - {if: {properties: {c: {pattern: '^U'}}, required: [c]}, then: false}
        - {if: {properties: {k: {enum: [x, y]}}, required: [k]}, then: {required: [z]}}
        - {if: {properties: {t: {type: string}}}, then: {required: [s]}}
      then: {required: [lost]}",
    );
    assert_in_order(&text, &["If card is sent:", "at most 3 fields"]);
    assert_in_order(&text, &["When the value matches:", "n", "at least 5", "then", "at least 2 fields", "otherwise"]);
    assert_in_order(&text, &["otherwise", "n", "at most 9"]);
    assert_in_order(&text, &["When the value matches:", "c", "pattern ^U", "then", "not allowed"]);
    assert_in_order(&text, &["When k is \"x\" or \"y\":", "z any value required"]);
    assert_in_order(&text, &["When t is of type string (or not sent):", "s any value required"]);
    assert_in_order(&text, &["then without if has no effect:", "lost"]);
}

#[test]
fn s14_negations_say_exactly_what_the_schema_rules_out() {
    let text = page(
        "    A:
      type: object
      properties:
        p: {not: {type: string, pattern: '^x'}}
        d: {not: {type: string, format: date}}
        c: {not: {const: 3}}
        e: {not: {enum: [a, b]}}
        t: {not: {type: 'null'}}
        m: {not: {required: [q], minProperties: 2}}
        w: {not: {type: integer, description: Why not.}}",
    );
    assert_in_order(&text, &["Must not match:", "string", "pattern ^x"]);
    assert_in_order(&text, &["Must not match:", "string · date", "Must not be 3."]);
    assert_in_order(&text, &["Must not be \"a\" or \"b\".", "Must not be of type null."]);
    assert_in_order(&text, &["Must not match:", "at least 2 fields", "q any value required"]);
    assert_in_order(&text, &["Must not match:", "integer", "Why not."]);
    assert!(!text.contains("Must not be of type string."), "{text}");
}
