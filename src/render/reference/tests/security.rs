//! Tests of this module.

use crate::render::reference::testing::{Site, assert_in_order};

const SCHEMES: &str = "components:
  securitySchemes:
    key: {type: apiKey, in: query, name: k}
    basic: {type: http, scheme: basic}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://t', scopes: {read: May read, write: May write}}, implicit: {authorizationUrl: 'https://a', scopes: {}}}}
    spare: {type: mutualTLS, description: Bring a certificate.}";

fn needs(security: &str) -> String {
    let site = Site::of_operation(&format!("      security: {security}\n      responses: {{}}"), SCHEMES);
    let text = site.operation();
    let head = text.split("On this page").next().unwrap_or(&text);
    head.rsplit("GET /x").next().unwrap_or(head).trim().to_string()
}

#[test]
fn o14_a09_what_a_request_needs_is_a_sentence() {
    assert_eq!(needs("[]"), "No authentication");
    assert_eq!(needs("[{basic: []}]"), "Needs basic user name and password in header Authorization");
    assert_eq!(
        needs("[{basic: []}, {}]"),
        "Needs basic user name and password in header Authorization Authentication is optional."
    );
    assert_eq!(
        needs("[{key: [], basic: []}, {oauth: [read]}]"),
        "Needs one of key API key in query parameter k and basic user name and password in header Authorization \
         oauth OAuth 2.0 access token in header Authorization with scopes read (May read)"
    );
    assert_eq!(needs("[{nope: []}]"), "Needs nope no such scheme");
}

#[test]
fn r09_a10_a11_the_page_about_authentication() {
    let site =
        Site::of_operation("      summary: Read it\n      security: [{oauth: [read]}]\n      responses: {}", SCHEMES);
    let text = site.text("authentication/");
    assert_in_order(&text, &["key", "API key in query parameter k", "no operation uses it", "?k=$TEST_KEY"]);
    assert_in_order(
        &text,
        &[
            "oauth",
            "OAuth 2.0",
            "1 operation",
            "Authorization: Bearer $TEST_TOKEN",
            "Client credentials",
            "Token URL https://t",
            "read",
            "May read",
            "Read it",
            "write",
            "May write",
            "Implicit",
            "discouraged",
        ],
    );
    assert_in_order(&text, &["spare", "client certificate", "Bring a certificate."]);
}

#[test]
fn r01_r04_r10_the_landing_page() {
    let site = Site::new(
        "openapi: 3.1.0
info:
  title: The Museum
  version: 1.0
  summary: In short.
  description: |
    # About
    Long *text*.
  termsOfService: https://terms
  contact: {name: Desk, email: desk@m.org}
  license: {name: MIT, identifier: MIT}
servers:
  - {url: 'https://{region}.m.org/v1', description: Main, variables: {region: {default: eu, enum: [eu, us], description: Where.}}}
tags: [{name: b, description: Second tag.}, {name: a}]
externalDocs: {url: 'https://docs', description: More}
paths:
  /one: {get: {summary: One, tags: [a], responses: {}}}
  /two: {get: {summary: Two, tags: [b, a], deprecated: true, responses: {}}}
  /three: {get: {summary: Three, responses: {}}}
webhooks: {hook: {post: {summary: Hooked, responses: {}}}}
components: {schemas: {S: {type: string}}}",
    );
    let text = site.text("");
    assert_in_order(
        &text,
        &[
            "The Museum",
            "In short.",
            "Version 1.0",
            "OpenAPI 3.1.0",
            "https://{region}.m.org/v1",
            "Main",
            "{region}",
            "Where.",
            "Default eu",
            "One of eu us",
            "JSON",
            "YAML",
            "About",
            "Long text.",
            "Desk",
            "desk@m.org",
            "MIT",
            "Terms of service",
            "More",
        ],
    );
    assert_in_order(
        &text,
        &[
            "Tags",
            "b 1 Second tag.",
            "a 2",
            "Operations",
            "b",
            "GET",
            "Two",
            "deprecated",
            "/two",
            "a",
            "One",
            "Two",
            "Other operations",
            "Three",
            "Webhooks",
            "Hooked",
            "Schemas",
            "S",
        ],
    );
    assert_in_order(&site.text("tags/b/"), &["b", "Second tag.", "Two"]);
}

#[test]
fn l15_a_description_without_operations_says_so() {
    let site = Site::new("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}");
    assert!(site.text("").contains("This API has no operations yet."));
}
