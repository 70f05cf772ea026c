//! Tests of this module.

use crate::render::reference::testing::{Site, assert_in_order};

fn text(parameters: &str) -> String {
    Site::of_operation(&format!("      parameters:\n{parameters}\n      responses: {{}}"), "").operation()
}

#[test]
fn p01_parameters_are_grouped_required_ones_first() {
    let text = text(
        "        - {name: h, in: header, schema: {type: string}}
        - {name: late, in: query, schema: {type: string}}
        - {name: early, in: query, required: true, schema: {type: string}}
        - {name: c, in: cookie, schema: {type: string}}",
    );
    assert_in_order(
        &text,
        &["Query parameters", "early", "required", "late", "Headers", "h string", "Cookies", "c string"],
    );
}

#[test]
fn p02_a_row_says_everything() {
    let text = text(
        "        - name: limit
          in: query
          deprecated: true
          description: How *many*.
          example: 15
          schema: {type: integer, format: int32, minimum: 1, maximum: 30, default: 10}
        - {name: sort, in: query, schema: {type: string, enum: [up, down], x-enumDescriptions: {up: rising}}}",
    );
    assert_in_order(
        &text,
        &["limit", "integer · int32", "1 to 30", "deprecated", "How many.", "Default 10", "Example 15"],
    );
    assert_in_order(&text, &["sort", "string", "Value", "Meaning", "\"up\"", "rising", "\"down\""]);
}

#[test]
fn p03_the_serialisation_is_shown_by_example() {
    let text = text(
        "        - {name: c, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}, example: [blue, black]}
        - {name: o, in: query, style: deepObject, explode: true, schema: {type: object, properties: {R: {type: integer}}}, example: {R: 100}}",
    );
    assert_in_order(&text, &["c list of string", "Sent as c=blue%7Cblack", "Style pipeDelimited"]);
    assert_in_order(&text, &["o object", "Sent as o%5BR%5D=100", "Style deepObject, exploded", "1 field", "R"]);
}

#[test]
fn p04_what_the_standard_leaves_open_is_said() {
    let text = text(
        "        - {name: c, in: query, style: spaceDelimited, explode: true, schema: {type: array, items: {type: string}}}",
    );
    assert!(text.contains("Not defined by the standard"), "{text}");
}

#[test]
fn p05_p06_p08_reserved_content_and_ignored_parameters() {
    let text = text(
        "        - {name: r, in: query, allowReserved: true, allowEmptyValue: true, schema: {type: string}}
        - {name: f, in: query, content: {application/json: {schema: {type: object, properties: {a: {type: integer}}}}}}
        - {name: Accept, in: header, schema: {type: string}}
        - {name: Authorization, in: header, schema: {type: string}}",
    );
    assert_in_order(&text, &["r string", "May be sent empty", "Reserved characters are sent as they are"]);
    assert_in_order(&text, &["f object", "Written as application/json", "Sent as f=%7B%22a%22%3A1%7D"]);
    assert_in_order(
        &text,
        &["Accept", "Ignored here by the standard", "Authorization", "Ignored here by the standard"],
    );
}

#[test]
fn p09_lists_and_objects_show_what_is_inside() {
    let text = text(
        "        - {name: ids, in: query, schema: {type: array, maxItems: 5, uniqueItems: true, items: {type: string, format: uuid, minLength: 3}}}
        - {name: filter, in: query, schema: {type: object, properties: {from: {type: string, description: The start.}}}}",
    );
    assert_in_order(
        &text,
        &["ids list of string · uuid", "at most 5 items", "unique items", "Each item", "at least 3 characters"],
    );
    assert_in_order(&text, &["filter object", "1 field", "from string", "The start."]);
}

#[test]
fn s22_every_row_has_an_anchor() {
    let site = Site::of_operation(
        "      parameters: [{name: limit, in: query, schema: {type: object, properties: {a b: {type: string}}}}]
      requestBody: {content: {application/json: {schema: {type: object, properties: {address: {type: object, properties: {city: {type: string}}}}}}}}
      responses: {'200': {description: ok, headers: {X-A: {schema: {type: string}}}}}",
        "",
    );
    let html = site.operation_html();
    for id in [
        "query-limit",
        "query-limit-a-b",
        "body-address",
        "body-address-city",
        "response-200",
        "response-200-header-X-A",
    ] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id} in {html}");
    }
}

#[test]
fn o10_path_parameters_and_the_path_that_disagree_are_marked() {
    let site = Site::new(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a/{b}:\n    get:\n      parameters: [{name: c, in: path, required: true, schema: {type: string}}]\n      responses: {}",
    );
    let text = site.operation();
    assert_in_order(
        &text,
        &["Path parameters", "c string", "Problem in the description", "b ", "Problem in the description"],
    );
}
