//! Tests of this module.

use crate::render::reference::testing::{Site, assert_in_order};

#[test]
fn o05_path_parts_are_linked_to_their_rows() {
    let site = Site::new(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /files/{path}.{ext}:\n    get:\n      parameters: [{name: path, in: path, required: true, schema: {type: string}}]\n      responses: {}",
    );
    let html = site.operation_html();
    assert!(html.contains("/files/<wbr><a class=\"endpoint__param\" href=\"#path-path\">{path}</a>.<"), "{html}");
}

#[test]
fn o08_the_paths_own_words_are_shown_as_shared() {
    let site = Site::new(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    summary: Shared words\n    description: Shared text.\n    get: {summary: Own, description: Own text., responses: {}}",
    );
    assert_in_order(
        &site.operation(),
        &["Own", "For every operation of this path: Shared words", "Shared text.", "Own text."],
    );
}

#[test]
fn o11_o12_deprecation_and_badges() {
    let site = Site::of_operation(
        "      deprecated: true\n      x-sunset: '2027-01-31'\n      x-deprecated-description: Too slow.\n      x-replaced-by: other\n      x-badges: [{name: Beta}]\n      responses: {}",
        "  /y: {get: {operationId: other, summary: The other, responses: {}}}",
    );
    assert_in_order(&site.operation(), &["Deprecated", "Too slow.", "2027-01-31", "Use The other instead.", "Beta"]);
}

#[test]
fn o15_responses_stand_in_order_with_their_words() {
    let site = Site::of_operation(
        "      responses: {'404': {description: Gone fishing}, '4XX': {description: ''}, '204': {description: Done}, default: {description: Other}}",
        "",
    );
    let text = site.operation();
    assert_in_order(
        &text,
        &[
            "404 Not Found · Gone fishing",
            "4XX any status 400–499",
            "204 No Content · Done",
            "No body",
            "default any other status · Other",
        ],
    );
    assert!(text.contains("A status of its own wins over a range."));
}

#[test]
fn o17_callbacks_are_whole_operations() {
    let site = Site::of_operation(
        "      callbacks:
        onEvent:
          '{$request.body#/callbackUrl}':
            post:
              summary: Something happened
              requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}
              responses: {'200': {description: Taken}}
      responses: {}",
        "security: [{key: []}]\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}",
    );
    let text = site.operation();
    assert_in_order(
        &text,
        &[
            "Callbacks",
            "onEvent",
            "POST {$request.body#/callbackUrl}",
            "The API sends this request to you.",
            "field callbackUrl of the request body",
            "Something happened",
            "Body that you receive",
            "id string",
            "What you answer",
            "200 OK · Taken",
        ],
    );
    assert_eq!(text.matches("Needs key").count(), 1, "{text}");
}

#[test]
fn o18_webhooks_are_sent_to_the_reader() {
    let site = Site::new(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: 'https://api.test'}]\nwebhooks:\n  newPet:\n    post:\n      requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}\n      responses: {'200': {description: ok}}",
    );
    let text = site.operation();
    assert_in_order(
        &text,
        &[
            "POST newPet",
            "The API sends this request to you.",
            "POST /your-endpoint HTTP/1.1",
            "Host: your-server.example",
            "Body that you receive",
            "What you answer",
        ],
    );
    assert!(!text.contains("api.test"), "{text}");
    assert!(!text.contains("curl"), "{text}");
}

#[test]
fn r06_own_servers_are_told() {
    let site = Site::of_operation("      servers: [{url: 'https://eu.test'}]\n      responses: {}", "");
    let text = site.operation();
    assert_in_order(&text, &["This operation uses different servers", "https://eu.test", "curl https://eu.test/x"]);
}

#[test]
fn k01_k02_links_lead_to_their_operation_and_back() {
    let site = Site::of_operation(
        "      operationId: a\n      summary: First\n      responses:\n        '200': {description: ok, links: {next: {operationId: b, description: Go on., parameters: {id: '$response.body#/id'}}}}",
        "  /y: {get: {operationId: b, summary: Second, responses: {}}}",
    );
    assert_in_order(&site.operation(), &["Links", "next", "to Second", "Go on.", "id = field id of the response body"]);
    assert_in_order(&site.text("operations/b/"), &["Related", "Reached from", "First"]);
}

#[test]
fn o03_o04_ids_and_methods_are_shown_as_written() {
    let site = Site::new(
        "openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    additionalOperations: {Copy: {operationId: copyIt, responses: {}}}",
    );
    assert_in_order(&site.operation(), &["Copy it", "Copy /a", "copyIt"]);
}

#[test]
fn l10_a_broken_reference_is_a_box_and_the_page_lives() {
    let site = Site::of_operation(
        "      parameters: [{$ref: '#/components/parameters/Nope'}]\n      responses: {'200': {description: Fine}}",
        "",
    );
    let text = site.operation();
    assert!(text.contains("Problem in the description"), "{text}");
    assert!(text.contains("#/components/parameters/Nope"), "{text}");
    assert!(text.contains("200 OK · Fine"), "{text}");
}

#[test]
fn l18_extensions_are_shown_when_the_settings_name_them() {
    let description = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {x-team: {name: core}, x-other: hidden, responses: {}}}}";
    let text = Site::with_settings(description, "show_extensions = [\"x-team\"]").operation();
    assert!(text.contains("x-team {\"name\": \"core\"}"), "{text}");
    assert!(!text.contains("hidden"), "{text}");
}

#[test]
fn c06_markup_in_a_description_never_becomes_markup() {
    let site = Site::of_operation(
        "      summary: '<script>a()</script>'\n      description: '<img src=x onerror=b()>'\n      parameters: [{name: '<b onclick=c()>', in: query, schema: {type: string, default: '<i>', enum: ['\"><s>']}}]\n      externalDocs: {url: 'javascript:d()', description: D}\n      responses: {'200': {description: '<u>', content: {'<v>': {example: '<w>'}}}}",
        "",
    );
    let html = site.operation_html();
    for bad in ["<script>a", "<img src=x", "<b onclick", "<i>", "<s>", "href=\"javascript", "<v>", "<w>"] {
        assert!(!html.contains(bad), "{bad}");
    }
}
