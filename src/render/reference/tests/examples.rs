//! Tests of examples on pages.

use crate::render::reference::testing::{Site, assert_in_order};

/// The operation's page with this content of its request body, at an indentation of 10.
fn body(content: &str) -> Site {
    Site::of_operation(&format!("      requestBody:\n        content:\n{content}\n      responses: {{}}"), "")
}

/// What stands under the heading of the request's examples.
fn panel(site: &Site) -> String {
    let text = site.operation();
    let text = text.split_once(" Request body ").map_or("", |(_, rest)| rest);
    text.to_string()
}

#[test]
fn e01_a_single_request_example_keeps_its_name_and_words() {
    let site = body(
        "          application/json:
            schema: {type: object, properties: {a: {type: integer}}}
            examples: {small: {summary: The least, description: Says *more*., value: {a: 1}}}",
    );
    assert_in_order(&panel(&site), &["The least", "small", "Says more.", "\"a\": 1"]);
    let unnamed = body("          application/json: {example: {a: 1}}").operation();
    assert!(!unnamed.contains("in the request above"), "{unnamed}");
    assert_eq!(unnamed.matches("Request body").count(), 2, "only the section and its line of contents: {unnamed}");
}

#[test]
fn e01_a_long_body_stands_in_full_beside_the_samples() {
    let items: Vec<String> = (0..300).map(|at| format!("value number {at}")).collect();
    let site = body(&format!("          application/json: {{example: [{}]}}", items.join(", ")));
    assert_in_order(&panel(&site), &["value number 0", "value number 299"]);
}

#[test]
fn e01_a_generated_request_body_says_so() {
    let site = body("          application/json: {schema: {type: object, properties: {a: {type: integer}}}}");
    assert!(panel(&site).contains("Generated example, in the request above."), "{}", site.operation());
    let odd = body("          application/json: {schema: {type: object, properties: {a: {not: {}, type: string}}}}");
    assert!(panel(&odd).contains("Illustration, in the request above."), "{}", odd.operation());
}

#[test]
fn e01_examples_with_equal_values_keep_their_names_and_keys() {
    let site = body(
        "          application/json:
            examples: {one: {summary: First, value: 1}, two: {summary: Second, value: 1}, three: {value: 1}}",
    );
    assert_in_order(&panel(&site), &["First", "one", "Second", "two", "three"]);
}

#[test]
fn e01_authors_samples_do_not_hide_the_body() {
    let site = Site::of_operation(
        "      x-codeSamples: [{lang: curl, source: own}, {lang: JavaScript, source: own}, {lang: Python, source: own}, {lang: Go, source: own}, {lang: Java, source: own}, {lang: 'C#', source: own}, {lang: PHP, source: own}, {lang: Ruby, source: own}, {lang: Rust, source: own}, {lang: HTTP, source: own}]
      requestBody: {content: {application/json: {example: {only: here}}}}
      responses: {}",
        "",
    );
    assert_in_order(&panel(&site), &["\"only\"", "\"here\""]);
}

#[test]
fn e02_an_empty_map_of_examples_hides_no_example() {
    let site = body("          application/json: {examples: {}, example: {kept: 1}}");
    assert!(site.operation().contains("\"kept\": 1"), "{}", site.operation());
}

#[test]
fn e03_a_file_of_the_folder_is_shown_copied_and_linked() {
    let description = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /x:\n    post:\n      requestBody: {content: {application/json: {examples: {far: {externalValue: samples/far.json}}}}}\n      responses: {'200': {description: ok, content: {application/json: {examples: {gone: {externalValue: samples/gone.json}, web: {externalValue: 'https://example.com/e.json'}}}}}}\n";
    let site = Site::with_files(&[
        ("apis/test/openapi.yaml", description),
        ("apis/test/samples/far.json", "{\"from\": \"far\"}"),
    ]);
    let html = site.operation_html();
    let text = site.operation();
    assert_in_order(&text, &["{\"from\": \"far\"}", "Example file:", "samples/far.json"]);
    assert!(html.contains("href=\"../../samples/far.json\""), "{html}");
    assert!(html.contains("href=\"https://example.com/e.json\""), "{html}");
    assert!(!html.contains("href=\"samples/gone.json\""), "a file that is not there is not linked: {html}");
    assert!(text.contains("samples/gone.json"), "{text}");
}

#[test]
fn e03_data_is_shown_as_data_beside_its_bytes() {
    let operation = "      requestBody:\n        content:\n          application/xml:\n            schema: {type: object, properties: {a: {type: integer}}}\n            examples: {both: {dataValue: {a: 1}, serializedValue: '<own>1</own>'}}\n      responses: {}";
    let site = Site::new(&format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /x:\n    post:\n{operation}\n"
    ));
    assert_in_order(&panel(&site), &["both", "<own>1</own>", "\"a\": 1"]);
}

#[test]
fn e07_a_text_is_a_document_only_where_no_text_is_asked_for() {
    let site = Site::of_operation(
        "      responses:
        '200': {description: a, content: {application/json: {schema: {type: object}, example: '{\"a\":1,\"b\":[2]}'}}}
        '201': {description: b, content: {application/json: {schema: {type: string}, example: '[draft]'}}}
        '202': {description: c, content: {application/json: {schema: {type: object}, example: '{ \"a\": … }'}}}",
        "",
    );
    let html = site.operation_html();
    let text = site.operation();
    assert_in_order(&text, &["\"a\": 1", "\"b\"", "\"[draft]\"", "{ \"a\": … }"]);
    assert!(!html.contains("{\\\"a\\\""), "{html}");
}
