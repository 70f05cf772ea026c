//! Callbacks, shared texts, badges and deprecation: what surrounds the parts of an operation.

use crate::render::reference::testing::{Site, assert_in_order};

const OK: &str = "      responses: {'200': {description: ok}}\n";

#[test]
fn o08_what_a_path_says_is_marked_as_shared_also_without_a_summary() {
    let site = Site::new(
        "
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /x: {description: Shared words., get: {description: Own words., responses: {'200': {description: ok}}}}
",
    );
    assert_in_order(&site.operation(), &["For every operation of this path:", "Shared words.", "Own words."]);
}

#[test]
fn o11_a_day_or_replacement_is_shown_without_the_flag() {
    let site = Site::of_operation(
        &format!("      x-sunset: 2031-05-01\n      x-replaced-by: POST /y\n{OK}"),
        "  /y:\n    post: {summary: The new way, responses: {'200': {description: ok}}}",
    );
    let text = site.operation();
    assert_in_order(&text, &["Will be withdrawn", "Stops to work on 2031-05-01.", "Use The new way instead."]);
    assert!(!text.contains("Deprecated"), "{text}");
}

#[test]
fn o12_badges_keep_their_place_and_colour_and_a_badge_tag_is_no_other_tag() {
    let site = Site::new(
        "
openapi: 3.2.0
info: {title: T, version: '1'}
tags: [{name: beta, kind: badge, summary: Beta, description: May change.}, {name: pets}]
paths:
  /x:
    get:
      summary: List
      tags: [pets, beta]
      x-badges: [{name: New, position: before, color: '#0a0'}, {name: Odd, color: 'url(x)'}]
      responses: {'200': {description: ok}}
",
    );
    assert_in_order(&site.operation(), &["New", "List", "Odd", "Beta", "pets"]);
    let html = site.operation_html();
    assert!(html.contains("fill=\"#0a0\"") && !html.contains("url(x)"), "{html}");
    assert_eq!(site.operation().matches("Beta").count(), 1, "{}", site.operation());
    assert_in_order(&site.text("tags/beta/"), &["Beta", "May change."]);
}

#[test]
fn o17_a_callback_shows_what_an_operation_shows() {
    let site = Site::of_operation(
        "      callbacks:
        onPaid:
          '{$request.body#/url}':
            summary: All events
            description: Shared event words.
            post:
              operationId: receive
              summary: Receive it
              tags: [hooks]
              deprecated: true
              x-deprecated-description: Poll instead.
              externalDocs: {url: 'https://docs.test'}
              servers: [{url: 'https://cb.test', description: callback server}]
              requestBody: {content: {application/json: {schema: {type: object}, examples: {paid: {summary: A payment, value: {id: evt_1}}}}}}
              responses: {'200': {description: ok, content: {application/json: {example: {got: it}}}}}
            put: {responses: {'201': {description: second}}}
          '{$request.query.u}':
            get: {responses: {'202': {description: third}}}
        shared: {$ref: '#/components/callbacks/Shared'}
      responses: {'200': {description: ok}}",
        "components:\n  callbacks:\n    Shared: {'https://s.test': {post: {summary: By reference, responses: {'200': {description: ok}}}}}",
    );
    let text = site.operation();
    assert_in_order(
        &text,
        &[
            "onPaid",
            "field url of the request body",
            "Receive it",
            "receive",
            "deprecated",
            "hooks",
            "Poll instead.",
            "All events",
            "Shared event words.",
            "https://docs.test",
            "callback server",
            "evt_1",
            "got",
            "PUT",
            "201",
            "query parameter u of the request",
            "202",
            "shared",
            "By reference",
        ],
    );
}

#[test]
fn l11_a_callback_inside_of_itself_is_drawn_once_and_linked() {
    let site = Site::of_operation(
        &format!("      callbacks: {{done: {{$ref: '#/components/callbacks/Done'}}}}\n{OK}"),
        "components:
  callbacks:
    Done:
      '{$request.body#/url}':
        post:
          summary: Tell
          responses: {'200': {description: ok}}
          callbacks: {again: {$ref: '#/components/callbacks/Done'}}",
    );
    assert_in_order(&site.operation(), &["done", "Tell", "again", "Recursive: see done"]);
    assert!(site.operation_html().contains("<a href=\"#callback-done\">done</a>"));
    assert!(!site.operation().contains("Problem"), "{}", site.operation());
}

#[test]
fn k01_a_link_shows_its_server_and_whether_its_target_is_known() {
    let site = Site::of_operation(
        "      responses:
        '200':
          description: ok
          links:
            next:
              operationId: nowhere
              description: Follow it.
              server: {url: 'https://{r}.test', description: The other one, variables: {r: {default: eu, description: Region}}}
            far: {operationRef: 'https://far.test/openapi#/paths/~1a/get'}",
        "",
    );
    let wanted =
        ["next", "nowhere", "no such operation", "Follow it.", "The other one", "Region", "eu", "far", "far.test"];
    assert_in_order(&site.operation(), &wanted);
}

#[test]
fn k01_a_link_in_a_callback_counts_on_the_page_that_it_leads_to() {
    let site = Site::new(
        "
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /target: {get: {operationId: target, responses: {'200': {description: ok}}}}
  /x:
    post:
      summary: Subscribe
      callbacks: {c: {'https://c.test': {post: {responses: {'200': {description: ok, links: {l: {operationId: target}}}}}}}}
      responses: {'200': {description: ok}}
",
    );
    assert_in_order(&site.operation(), &["Reached from", "Subscribe"]);
}

#[test]
fn k03_expressions_inside_of_values_are_explained() {
    let site = Site::of_operation(
        "      responses:
        '200':
          description: ok
          links:
            l:
              operationId: x
              parameters: {id: 'item-{$response.body#/id}'}
              requestBody: {of: $request.path.owner}",
        "",
    );
    let wanted =
        ["item-{$response.body#/id}", "with field id of the response body", "path parameter owner of the request"];
    assert_in_order(&site.operation(), &wanted);
}

#[test]
fn a09_an_operation_says_which_header_carries_its_credentials() {
    let site = Site::of_operation(
        &format!("      security: [{{b: []}}, {{d: []}}, {{o: [read]}}, {{m: []}}, {{k: []}}]\n{OK}"),
        "components:
  securitySchemes:
    b: {type: http, scheme: bearer, bearerFormat: JWT}
    d: {type: http, scheme: digest}
    o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://t.test', scopes: {read: Read all}}}}
    m: {type: mutualTLS}
    k: {type: apiKey, in: cookie, name: sid}",
    );
    assert_in_order(
        &site.operation(),
        &[
            "bearer token (JWT) in header Authorization",
            "HTTP digest in header Authorization",
            "OAuth 2.0 access token in header Authorization",
            "read (Read all)",
            "client certificate",
            "API key in cookie sid",
        ],
    );
}

#[test]
fn a06_an_operation_says_that_a_scheme_is_deprecated() {
    let site = Site::new(
        "
openapi: 3.2.0
info: {title: T, version: '1'}
paths: {/x: {get: {security: [{old: []}], responses: {'200': {description: ok}}}}}
components: {securitySchemes: {old: {type: http, scheme: basic, deprecated: true}}}
",
    );
    assert_in_order(&site.operation(), &["old", "user name and password", "deprecated"]);
}

#[test]
fn p02_every_example_of_a_content_parameter_is_listed() {
    let site = Site::of_operation(
        &format!(
            "      parameters:
        - name: filter
          in: query
          content:
            application/json:
              schema: {{type: object}}
              examples: {{one: {{summary: First one, value: {{a: 1}}}}, two: {{description: Second one., value: {{b: 2}}}}}}
{OK}"
        ),
        "",
    );
    assert_in_order(&site.operation(), &["Written as application/json", "First one", "Second one."]);
}

#[test]
fn p04_a_style_that_its_place_does_not_have_is_marked() {
    let site = Site::of_operation(
        &format!(
            "      parameters: [{{name: a, in: query, style: matrix, schema: {{type: array, items: {{type: string}}}}}}]\n{OK}"
        ),
        "",
    );
    assert_in_order(&site.operation(), &["Style matrix", "not defined by the standard for this place"]);
}

#[test]
fn p10_cookies_that_are_set_are_one_line_each_and_links_are_named() {
    let site = Site::of_operation(
        "      responses:
        '200':
          description: ok
          headers:
            Set-Cookie: {schema: {type: array, items: {type: string}}, example: [a=1, b=2]}
            Link: {description: Pages., schema: {type: string}}",
        "",
    );
    assert_in_order(
        &site.operation(),
        &[
            "Set-Cookie",
            "Sent as Set-Cookie: a=1",
            "Sent as Set-Cookie: b=2",
            "One header line for each item",
            "Link",
            "A list of links",
        ],
    );
}

#[test]
fn p11_tab_separated_values_keep_their_name() {
    let site = Site::new(
        "
swagger: '2.0'
info: {title: T, version: '1'}
paths:
  /x:
    get:
      parameters: [{name: a, in: query, type: array, collectionFormat: tsv, items: {type: string}}]
      responses: {'200': {description: ok}}
",
    );
    assert_in_order(&site.operation(), &["collectionFormat: tsv", "separated by tabs"]);
}
