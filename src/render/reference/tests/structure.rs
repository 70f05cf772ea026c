//! Tests of how schemas hang together on pages: choices, inheritance, directions, recursion, definitions.

use crate::render::reference::testing::{Site, assert_in_order};

fn site(schemas: &str) -> Site {
    Site::new(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    ))
}

fn page(schemas: &str, slug: &str) -> String {
    site(schemas).text(&format!("schemas/{slug}/"))
}

#[test]
fn l11_lists_and_maps_of_themselves_are_drawn_once() {
    let schemas = "    A: {type: array, minItems: 2, description: Of itself., items: {$ref: '#/components/schemas/A'}}
    M: {type: object, minProperties: 3, additionalProperties: {$ref: '#/components/schemas/M'}}
    Mixed: {type: array, items: {type: object, additionalProperties: {$ref: '#/components/schemas/Mixed'}}}
    Either: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Either'}}]}
    Part: {allOf: [{type: object, properties: {again: {type: array, items: {$ref: '#/components/schemas/Part'}}}}]}";
    let definition = |slug: &str| {
        let text = page(schemas, slug);
        let text = text.split_once(" Source ").map_or(text.clone(), |(before, _)| before.to_string());
        text.split_once(" Definition ").map_or(text.clone(), |(_, rest)| rest.to_string())
    };
    let list = definition("a");
    assert_in_order(&list, &["list of A", "Each item A (recursive)"]);
    assert_eq!(list.matches("at least 2 items").count(), 1, "{list}");
    let map = definition("m");
    assert_in_order(&map, &["M at least 3 fields", "Each value M (recursive)"]);
    assert_eq!(map.matches("at least 3 fields").count(), 1, "{map}");
    assert_in_order(&definition("mixed"), &["list of map of Mixed", "Mixed (recursive)"]);
    assert_in_order(&definition("either"), &["list of Either", "Either (recursive)"]);
    assert_in_order(&definition("part"), &["again list of Part", "Part (recursive)"]);
}

#[test]
fn s12_the_parts_can_be_seen_as_written() {
    let text = page(
        "    Base: {type: object, properties: {id: {type: string}}}
    A: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [n], properties: {n: {type: string}}}], properties: {own: {type: string}}}",
        "a",
    );
    assert_in_order(&text, &["As written", "All of:", "Base", "object", "fields n; required n", "its own fields own"]);
}

#[test]
fn s12_parts_that_refuse_each_others_fields_are_flagged() {
    let text = page(
        "    A:
      allOf:
        - {type: object, additionalProperties: false, properties: {a: {type: string}}}
        - {type: object, additionalProperties: false, properties: {b: {type: string}}}",
        "a",
    );
    assert_in_order(&text, &["allows no other fields, so fields of the other parts are refused:", "a"]);
}

#[test]
fn s13_branches_without_a_name_keep_their_fields() {
    let branches: Vec<String> = (0..25)
        .map(|at| {
            format!("{{type: object, title: 'Way {at}', properties: {{f{at}: {{type: string, minLength: {at}}}}}}}")
        })
        .collect();
    let text = page(&format!("    A: {{oneOf: [{}]}}", branches.join(", ")), "a");
    assert_in_order(
        &text,
        &["Exactly one of:", "Way 0", "f0 string", "Way 24", "f24 string", "at least 24 characters"],
    );
}

#[test]
fn s13_choices_are_usable_three_deep_and_both_kinds_stand_together() {
    let text = page(
        "    A:
      oneOf: [{title: One, type: object, properties: {x: {oneOf: [{title: Two, type: object, properties: {y: {anyOf: [{title: Three, type: object, properties: {z: {type: integer}}}, {title: Other, type: object}]}}}, {title: Plain, type: object}]}}}, {title: Bare, type: object}]
      anyOf: [{required: [a, b, c, d]}, {required: [e]}]",
        "a",
    );
    assert_in_order(&text, &["Exactly one of:", "One", "x", "Two", "y", "One or more of:", "Three", "z integer"]);
    assert_in_order(&text, &["with a and b and c and 1 more", "with e"]);
}

#[test]
fn s15_w12_grandchildren_several_values_and_defaults_are_shown() {
    let schemas = "    Pet: {type: object, properties: {t: {type: string}}, discriminator: {propertyName: t, mapping: {kitty: '#/components/schemas/Cat', tom: '#/components/schemas/Cat'}, defaultMapping: Dog}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}], x-discriminator-value: woof}
    Persian: {allOf: [{allOf: [{$ref: '#/components/schemas/Cat'}]}, {type: object, properties: {fur: {type: string}}}]}";
    let text = page(schemas, "pet");
    assert_in_order(
        &text,
        &["Cat", "when t is \"kitty\" or \"tom\"", "Dog", "when t is \"woof\"", "Persian", "fur string"],
    );
    assert_in_order(&text, &["Any other value, or none, is Dog"]);
    assert_in_order(&page(schemas, "cat"), &["t string", "discriminator", "One of \"kitty\" or \"tom\""]);
    assert_eq!(text.matches("One of the schemas that extend it:").count(), 1, "a child is no base: {text}");
}

#[test]
fn s15_the_discriminator_is_marked_inside_the_branches() {
    let text = page(
        "    A:
      oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]
      discriminator: {propertyName: kind}
    B: {type: object, properties: {kind: {type: string}, b: {type: string}}}
    C: {type: object, properties: {kind: {type: string}, c: {type: string}}}",
        "a",
    );
    assert_eq!(text.matches("kind string discriminator").count(), 2, "{text}");
}

#[test]
fn s16_fields_of_one_direction_are_found_however_deep() {
    let outer = |inner: &str| {
        let site = Site::of_operation(
            "      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}",
            &format!("components: {{schemas: {{Order: {inner}, Line: {{type: object, properties: {{id: {{$ref: '#/components/schemas/Id'}}, n: {{type: integer}}}}}}, Id: {{type: string, readOnly: true}}}}}}"),
        );
        site.operation()
    };
    for inner in [
        "{type: object, properties: {secret: {$ref: '#/components/schemas/Id'}}}",
        "{type: object, properties: {in: {type: object, properties: {secret: {type: string, readOnly: true}}}}}",
        "{type: object, properties: {in: {type: array, items: {type: object, properties: {secret: {allOf: [{$ref: '#/components/schemas/Id'}]}}}}}}",
        "{oneOf: [{title: X, type: object, properties: {secret: {type: string, readOnly: true}}}, {title: Y, type: object}]}",
    ] {
        let text = outer(inner);
        let (request, response) = text.split_once(" Responses ").unwrap();
        assert!(!request.contains("secret string"), "{inner}: {request}");
        assert!(response.contains("secret string"), "{inner}: {response}");
    }
    let nested =
        outer("{type: object, properties: {lines: {type: array, items: {$ref: '#/components/schemas/Line'}}}}");
    let (_, response) = nested.split_once(" Responses ").unwrap();
    assert_in_order(response, &["lines list of Line", "id string", "read-only"]);
}

#[test]
fn s17_comments_are_shown_when_asked_for() {
    let description = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {type: string, $comment: For us.}}}\n";
    let definition = |text: String| text.split_once(" Source ").map(|(before, _)| before.to_string()).unwrap();
    assert!(!definition(Site::new(description).text("schemas/a/")).contains("For us."));
    let shown = Site::with_settings(description, "show_comments = true").text("schemas/a/");
    assert!(definition(shown).contains("Comment: For us."));
}

#[test]
fn s18_definitions_have_names_and_pages() {
    let site = site(
        "    A: {type: object, properties: {b: {$ref: '#/components/schemas/A/$defs/Line'}}, $defs: {Line: {type: object, properties: {deep: {type: string}}}, Unused: {type: integer}}}",
    );
    assert_in_order(&site.text("schemas/a/"), &["b A.Line", "deep string", "Definitions", "A.Line", "A.Unused"]);
    assert_in_order(&site.text("schemas/a.line/"), &["A.Line", "deep string"]);
}

#[test]
fn s19_an_extension_point_names_its_default() {
    let text = page(
        "    Page: {type: object, properties: {items: {type: array, items: {$dynamicRef: '#T'}}}, $defs: {T: {$dynamicAnchor: T, type: object}}}",
        "page",
    );
    assert_in_order(&text, &["Extension point #T: another schema may put its own type here; by default it is Page.T."]);
}

#[test]
fn s20_order_badges_and_tags_of_fields_are_kept() {
    let text = page(
        "    A:
      type: object
      x-tags: [billing]
      properties:
        last: {type: string}
        second: {type: string, x-order: 2}
        first: {type: string, x-order: 1, x-badges: [{name: beta}]}",
        "a",
    );
    assert_in_order(&text, &["billing", "first string beta", "second string", "last string"]);
}

#[test]
fn s05_a_deprecated_value_is_marked() {
    let text = page("    A: {oneOf: [{const: new, title: New}, {const: old, deprecated: true}]}", "a");
    assert_in_order(&text, &["\"new\"", "New", "\"old\"", "deprecated"]);
}

#[test]
fn s21_what_a_page_has_no_room_for_is_named_with_its_place() {
    let mut inner = "{type: string}".to_string();
    for at in 0..40 {
        inner = format!("{{type: object, properties: {{level{at}: {inner}}}}}");
    }
    let text = page(&format!("    A: {inner}"), "a");
    assert_in_order(&text, &["level39", "level10", "would make this page too long: see the description"]);
    assert!(text.contains("openapi.yaml:6:"), "{text}");
}
