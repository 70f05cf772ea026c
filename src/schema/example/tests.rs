//! Tests of this module.

mod corpus;

use super::*;
use crate::schema::testing::Loaded;

fn made(text: &str, name: &str, direction: Direction) -> String {
    let loaded = Loaded::schemas_text(text);
    let shown = of_schema(loaded.schemas(), loaded.id(name), direction, &Limits::default());
    let texts = shown.into_iter().map(|shown| {
        let value = shown.value.map(|value| crate::schema::words::value(&value)).unwrap_or_default();
        let label = shown.label.map(|label| format!("{label}: ")).unwrap_or_default();
        format!("{label}{value}{}", if shown.source == Source::Illustration { " (illustration)" } else { "" })
    });
    texts.collect::<Vec<_>>().join("; ")
}

#[test]
fn e04_generated_values_keep_formats_bounds_and_lengths() {
    let text = "
    A:
      type: object
      properties:
        id: {type: string, format: uuid}
        n: {type: integer, minimum: 5}
        s: {type: string, minLength: 8, maxLength: 9}
        p: {type: string, pattern: '^[A-Z]{3}$'}
        e: {type: string, enum: [x, y]}
        c: {const: 4}
        d: {type: number, default: 0.10}
        l: {type: array, items: {type: string}, minItems: 2, uniqueItems: true}
        own: {type: string, example: mine}
        old: {type: string, deprecated: true}
";
    assert_eq!(
        made(text, "A", Direction::Either),
        "{\"id\": \"123e4567-e89b-42d3-a456-426614174000\", \"n\": 5, \"s\": \"stringst\", \"p\": \"ABC\", \
         \"e\": \"x\", \"c\": 4, \"d\": 0.10, \"l\": [\"string\", \"string1\"], \"own\": \"mine\"}"
    );
}

#[test]
fn s16_what_does_not_travel_is_left_out() {
    let text = "
    A: {type: object, required: [r], properties: {r: {type: string, readOnly: true}, w: {type: string, writeOnly: true}}}
";
    assert_eq!(made(text, "A", Direction::Request), "{\"w\": \"string\"}");
    assert_eq!(made(text, "A", Direction::Response), "{\"r\": \"string\"}");
}

#[test]
fn e05_every_branch_has_an_example_with_its_discriminator() {
    let text = "
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: t, mapping: {kitty: Cat}}
    Cat: {type: object, required: [t], properties: {t: {type: string}, meow: {type: boolean}}}
    Dog: {type: object, required: [t], properties: {t: {type: string}}}
";
    let wanted = "Cat: {\"t\": \"kitty\", \"meow\": true}; Dog: {\"t\": \"Dog\"}";
    assert_eq!(made(text, "Pet", Direction::Either), wanted);
}

#[test]
fn e04_recursion_stops() {
    let text = "
    Node: {type: object, properties: {name: {type: string}, next: {$ref: '#/components/schemas/Node'}, children: {type: array, items: {$ref: '#/components/schemas/Node'}}}}
";
    assert_eq!(made(text, "Node", Direction::Either), "{\"name\": \"string\", \"children\": []}");
}

#[test]
fn e01_the_schemas_own_example_wins() {
    let text = "
    A: {type: object, examples: [{a: 1}, {a: 2}], properties: {a: {type: integer}}}
    B: {type: string, example: null}
";
    assert_eq!(made(text, "A", Direction::Either), "Example 1: {\"a\": 1}; Example 2: {\"a\": 2}");
    assert_eq!(made(text, "B", Direction::Either), "null");
}

#[test]
fn maps_get_an_entry_named_as_the_description_says() {
    let text = "
    A: {type: object, additionalProperties: {type: integer}, x-additionalPropertiesName: currency}
";
    assert_eq!(made(text, "A", Direction::Either), "{\"currency\": 1}");
}

#[test]
fn e04_a_list_holds_what_it_must_contain_as_often_as_it_must() {
    let text = "
    A: {type: array, items: {type: integer}, contains: {const: 7}, minContains: 2}
    B: {type: array, prefixItems: [{type: string}], contains: {type: boolean}, minContains: 0}
    C: {type: array, contains: {const: 7}, minContains: 2, maxItems: 1}
";
    assert_eq!(made(text, "A", Direction::Either), "[7, 7]");
    assert_eq!(made(text, "B", Direction::Either), "[\"string\"]");
    assert!(made(text, "C", Direction::Either).ends_with("(illustration)"));
}

#[test]
fn e05_branches_of_items_and_of_a_second_choice_have_examples_too() {
    let text = "
    List: {type: array, items: {oneOf: [{title: X, type: object, required: [x], properties: {x: {const: 1}}}, {title: Y, type: object, required: [y], properties: {y: {const: 2}}}]}}
    Two: {type: object, oneOf: [{title: P, required: [p], properties: {p: {const: 1}}}, {title: Q, required: [q], properties: {q: {const: 2}}}], anyOf: [{title: R, properties: {r: {const: 3}}}, {title: S, properties: {s: {const: 4}}}]}
";
    assert_eq!(made(text, "List", Direction::Either), "X: [{\"x\": 1}]; Y: [{\"y\": 2}]");
    assert_eq!(
        made(text, "Two", Direction::Either),
        "P: {\"p\": 1, \"r\": 3}; Q: {\"q\": 2, \"r\": 3}; S: {\"s\": 4, \"p\": 1}"
    );
}
