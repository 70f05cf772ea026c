//! Tests of this module.

use crate::render::reference::testing::{Site, assert_in_order};

fn text(content: &str) -> String {
    Site::of_operation(&format!("      requestBody:\n        content:\n{content}\n      responses: {{}}"), "")
        .operation()
}

#[test]
fn m01_required_or_optional_is_said_aloud() {
    assert_in_order(
        &text("          text/plain: {schema: {type: string}}"),
        &["Request body", "optional", "text/plain"],
    );
}

#[test]
fn m02_media_types_of_one_schema_are_shown_once() {
    let text = text(
        "          application/json: {schema: {type: object, properties: {a: {type: string}}}}
          application/vnd.x+json; charset=utf-8: {schema: {type: object, properties: {b: {type: integer}}}}
          'image/*': {}",
    );
    assert_in_order(
        &text,
        &[
            "application/json",
            "a string",
            "application/vnd.x+json; charset=utf-8",
            "b integer",
            "image/*",
            "Binary file",
        ],
    );
    let site = Site::of_operation(
        "      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/P'}}, application/xml: {schema: {$ref: '#/components/schemas/P'}}}}}",
        "components: {schemas: {P: {type: object, properties: {only: {type: string}}}}}",
    );
    let text = site.operation();
    assert_in_order(&text, &["application/json", "application/xml", "P", "only string"]);
    assert_eq!(text.matches("only string").count(), 1);
}

#[test]
fn m02_schemas_that_are_written_alike_are_shown_once() {
    let text = text(
        "          application/json: {schema: {type: object, properties: {only: {type: string}}}}
          application/xml: {schema: {type: object, properties: {only: {type: string}}}}",
    );
    assert_in_order(&text, &["application/json", "application/xml", "only string"]);
    assert_eq!(text.matches("only string").count(), 1, "{text}");
}

#[test]
fn m10_types_with_different_required_fields_stay_apart() {
    let text = text(
        "          application/json: {schema: {type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}}
          application/x-www-form-urlencoded: {schema: {type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}}",
    );
    assert_in_order(
        &text,
        &[
            "application/json",
            "a string required",
            "b string",
            "application/x-www-form-urlencoded",
            "a string",
            "b string required",
        ],
    );
}

#[test]
fn s17_the_example_of_an_inline_schema_stays_beside_those_of_the_media_type() {
    let text = text(
        "          application/json: {schema: {type: object, example: {from: schema}}, examples: {one: {value: {from: media}}}}",
    );
    assert_in_order(&text, &["Example of the schema", "{\"from\": \"schema\"}"]);
    assert!(text.contains("\"from\": \"media\""), "{text}");
}

#[test]
fn m03_m08_m09_any_content_binary_and_none() {
    let site = Site::of_operation(
        "      responses:
        '200': {description: a, content: {'*/*': {}}}
        '201': {description: b, content: {application/pdf: {schema: {type: string, format: binary}}}}
        '202': {description: c, content: {text/plain: {schema: {type: string, format: byte}}}}
        '204': {description: d}",
        "",
    );
    assert_in_order(
        &site.operation(),
        &["200", "Any content", "201", "Binary file", "202", "Base64 text", "204", "No body"],
    );
}

#[test]
fn m04_text_is_unquoted_and_streams_show_two_items() {
    let site = Site::of_operation(
        "      responses:
        '200': {description: a, content: {text/plain: {example: hello there}}}
        '201': {description: b, content: {application/x-ndjson: {itemSchema: {type: object, properties: {n: {type: integer}}}}}}
        '202': {description: c, content: {text/event-stream: {itemSchema: {type: object, properties: {event: {const: tick}, data: {type: string}}}}}}",
        "",
    )
    .operation_html();
    assert!(site.contains(">hello there<"), "{site}");
    assert!(site.contains("{\"n\": 1}\n{\"n\": 1}\n"), "{site}");
    assert!(site.contains("event: tick\ndata: string\n\n"), "{site}");
    assert!(site.contains("Stream of items"), "{site}");
}

#[test]
fn m05_xml_follows_the_xml_objects() {
    let site = Site::of_operation(
        "      responses: {'200': {description: a, content: {application/xml: {schema: {$ref: '#/components/schemas/Pet'}}}}}",
        "components:
  schemas:
    Pet:
      type: object
      xml: {name: pet, prefix: p, namespace: 'http://p'}
      properties:
        id: {type: integer, xml: {attribute: true}}
        tags: {type: array, xml: {wrapped: true, name: tags}, items: {type: string, xml: {name: tag}}}
        flat: {type: array, items: {type: string}}",
    );
    let code = site.operation();
    assert_in_order(
        &code,
        &[
            "<p:pet xmlns:p=\"http://p\" id=\"1\">",
            "<tags>",
            "<tag>string</tag>",
            "</tags>",
            "<flat>string</flat>",
            "</p:pet>",
        ],
    );
    assert_in_order(
        &code,
        &["id integer", "As XML: attribute", "tags list of string", "As XML: element around the items tags"],
    );
}

#[test]
fn m06_m07_forms_and_parts() {
    let form = text(
        "          application/x-www-form-urlencoded:
            schema: {type: object, properties: {tags: {type: array, items: {type: string}}, o: {type: object, properties: {a: {type: integer}}}}}
            example: {tags: [a, b c], o: {a: 1}}
            encoding: {tags: {style: pipeDelimited, explode: false}}",
    );
    assert_in_order(
        &form,
        &["-d tags=a%7Cb%20c", "-d o=%7B%22a%22%3A1%7D", "tags list of string", "Style pipeDelimited"],
    );
    let multipart = text(
        "          multipart/form-data:
            schema: {type: object, properties: {meta: {type: object, properties: {a: {type: integer}}}, note: {type: string}, photo: {type: string, format: binary}, more: {type: array, items: {type: string, format: binary}}}}
            encoding: {photo: {contentType: image/png, headers: {X-Part: {required: true, schema: {type: string}, example: seven}}}}",
    );
    assert_in_order(&multipart, &["-F note=string", "-F 'photo=@photo.png;type=image/png;headers=\"X-Part: seven\"'"]);
    assert_in_order(
        &multipart,
        &[
            "meta object",
            "Part, application/json",
            "note string",
            "Part, text/plain",
            "photo",
            "File, image/png",
            "Part header X-Part, required",
            "more",
            "one part for each item",
        ],
    );
}

#[test]
fn e01_every_named_example_is_there_and_the_generated_one_is_marked() {
    let text = text(
        "          application/json:
            schema: {type: object, properties: {a: {type: integer}}}
            examples: {one: {summary: The first, description: Says more., value: {a: 1}}, two: {value: {a: 0}}}",
    );
    assert_in_order(&text, &["The first", "Says more.", "\"a\": 1", "two", "\"a\": 0"]);
    assert!(!text.contains("Generated example"));
    let site = Site::of_operation(
        "      responses: {'200': {description: ok, content: {application/json: {schema: {type: string}}}}}",
        "",
    );
    assert!(site.operation().contains("Generated example"));
}

#[test]
fn e02_null_false_zero_and_empty_are_examples() {
    for (written, shown) in [("null", "null"), ("false", "false"), ("0", "0"), ("''", "\"\"")] {
        let site = Site::of_operation(
            &format!(
                "      responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{}}, example: {written}}}}}}}}}"
            ),
            "",
        );
        let text = site.operation();
        assert_in_order(&text, &["Response", "JSON", shown]);
        assert!(!text.contains("Generated"), "{text}");
    }
}

#[test]
fn p10_response_headers_are_rows() {
    let site = Site::of_operation(
        "      responses: {'200': {description: ok, headers: {X-Rate: {required: true, deprecated: true, description: How many., schema: {type: integer, minimum: 0}, example: 5}, Content-Type: {schema: {type: string}}}}}",
        "",
    );
    let text = site.operation();
    assert_in_order(
        &text,
        &["Headers", "X-Rate integer", "at least 0", "required", "deprecated", "How many.", "Example 5"],
    );
    assert_in_order(&text, &["Content-Type", "Ignored here by the standard"]);
}
