//! The page about authentication as readers see it.

use crate::render::reference::testing::{Site, assert_in_order};

fn site(paths: &str, schemes: &str) -> Site {
    Site::new(&format!(
        "openapi: 3.2.0
info: {{title: Test API, version: '1'}}
servers: [{{url: 'https://{{region}}.test/v1', variables: {{region: {{default: eu}}}}}}]
{paths}
components:
  securitySchemes:
{schemes}"
    ))
}

/// The section of one scheme.
fn section(site: &Site, name: &str) -> String {
    let html = site.html("authentication/");
    let from = html.find(&format!("<h2 id=\"scheme-{name}\"")).unwrap_or_else(|| panic!("no {name} in {html}"));
    html[from..].split("</section>").next().unwrap().to_owned()
}

#[test]
fn a01_a02_a04_a05_each_type_of_scheme_says_how_it_is_sent() {
    let site = site(
        "paths: {}",
        "    header: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: 'api key'}
    cookie: {type: apiKey, in: cookie, name: sid}
    basic: {type: http, scheme: Basic}
    bearer: {type: http, scheme: bearer, bearerFormat: JWT}
    digest: {type: http, scheme: digest}
    other: {type: http, scheme: DPoP}
    cert: {type: mutualTLS}
    oidc: {type: openIdConnect, openIdConnectUrl: 'https://id.test/.well-known/openid-configuration'}",
    );
    for (name, wanted) in [
        ("header", "X-Key: $TEST_KEY"),
        ("query", "?api%20key=$TEST_KEY"),
        ("cookie", "Cookie: sid=$TEST_KEY"),
        ("basic", "Authorization: Basic base64($TEST_USER:$TEST_PASSWORD)"),
        ("basic", "curl -u \"$TEST_USER:$TEST_PASSWORD\" https://eu.test/v1/"),
        ("bearer", "Authorization: Bearer $TEST_TOKEN"),
        ("bearer", "Token format <code>JWT</code>"),
        ("digest", "curl --digest -u \"$TEST_USER:$TEST_PASSWORD\" https://eu.test/v1/"),
        ("other", "Authorization: DPoP $TEST_CREDENTIALS"),
        ("cert", "curl --cert client.pem --key client-key.pem https://eu.test/v1/"),
        ("oidc", "Discovery <a href=\"https://id.test/.well-known/openid-configuration\">"),
        ("oidc", "Authorization: Bearer $TEST_TOKEN"),
    ] {
        let html = section(&site, name);
        assert!(html.contains(wanted), "{name}: {wanted} is not in {html}");
    }
}

#[test]
fn a03_flows_have_their_own_scopes_and_urls_that_are_resolved_against_the_server() {
    let site = site(
        "paths: {/a: {get: {summary: Read a, security: [{oauth: [read]}], responses: {}}}}",
        "    oauth:
      type: oauth2
      oauth2MetadataUrl: /.well-known/oauth
      flows:
        authorizationCode: {authorizationUrl: 'https://id.test/auth', tokenUrl: token, refreshUrl: 'javascript:x', scopes: {read: Read all., write: Write.}}
        password: {tokenUrl: '../token', scopes: {read: Read what is yours., admin: Rule.}}
        deviceAuthorization: {deviceAuthorizationUrl: /device, tokenUrl: /t, scopes: {read: Read what is yours., admin: Rule.}}",
    );
    let html = section(&site, "oauth");
    assert_in_order(
        &html,
        &[
            "Metadata <a href=\"https://eu.test/.well-known/oauth\">",
            "<h3>Authorization code</h3>",
            "Authorization URL <a href=\"https://id.test/auth\">",
            "Token URL <a href=\"https://eu.test/token\">",
            "written as</span> <code>token</code>",
            "Refresh URL javascript:x",
            "id=\"scheme-oauth-read\"",
            "Read all.",
            ">Read a</a>",
            "id=\"scheme-oauth-write\"",
            "<h3>Password</h3>",
            "discouraged",
            "Scopes of password and deviceAuthorization",
            "Read what is yours.",
            "href=\"#scheme-oauth-read\">as above</a>",
            "Rule.",
            "<h3>Device authorization</h3>",
            "Device authorization URL <a href=\"https://eu.test/device\">",
        ],
    );
    assert_eq!(html.matches(">Read a</a>").count(), 1, "{html}");
}

#[test]
fn a10_scopes_stand_against_the_operations_that_need_them() {
    let site = site(
        "paths:
  /a:
    get: {summary: Read a, security: [{oauth: [read]}], responses: {}}
    put: {summary: Write a, security: [{oauth: [read, write]}, {oauth: [admin]}], responses: {}}
  /b:
    get: {summary: Read b, security: [{key: [auditor]}], responses: {}}",
        "    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://t', scopes: {read: R, write: W, spare: S}}}}
    key: {type: apiKey, in: header, name: K}",
    );
    let html = section(&site, "oauth");
    let matrix = html.split("<summary>Scopes by operation</summary>").nth(1).unwrap();
    assert!(html.contains("<details class=\"matrix\" open>") && matrix.contains("tabindex=\"0\" role=\"region\""));
    let rows: Vec<String> = matrix
        .split("<tr>")
        .skip(1)
        .map(|row| row.split("</tr>").next().unwrap())
        .map(|row| {
            let cells = row.split("<t").skip(1).map(|cell| {
                let text: Vec<&str> =
                    cell.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
                text.concat()
            });
            cells.collect::<Vec<_>>().join("|")
        })
        .collect();
    assert_eq!(rows, ["Operation|read|write|admin", "Read a|needs||", "Write a|may need|may need|may need"]);
    assert!(matrix.contains("<td><a href=\"../operations/put-a/\">may need</a></td>"), "{matrix}");
    assert_in_order(&html, &["spare", "Scopes that no flow declares", "admin", "Write a"]);
    let key = section(&site, "key");
    assert_in_order(&key, &["Roles", "auditor", "Read b"]);
}

#[test]
fn a10_a_scope_that_very_many_operations_need_is_told_by_tag() {
    let paths: String = (0..300)
        .map(|at| {
            format!("\n  /{at}: {{get: {{summary: 'Do {at}', tags: [t{}], security: [{{oauth: [read, all]}}], responses: {{}}}}}}", at % 3)
        })
        .collect();
    let site = site(
        &format!("paths:{paths}"),
        "    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://t', scopes: {read: R, all: A}}}}",
    );
    let html = section(&site, "oauth");
    assert_in_order(&html, &["<summary>300 operations</summary>", "tags/t0/\">t0</a> (100)", "t2</a> (100)"]);
    assert!(html.contains("<details class=\"matrix\">") && html.len() < 100_000, "{}", html.len());
}

#[test]
fn a10_a11_webhooks_and_callbacks_need_no_authentication_of_consumers_but_use_schemes() {
    let site = site(
        "security: [{key: []}]
paths:
  /a:
    post:
      summary: Begin
      responses: {}
      callbacks: {done: {'{$request.body#/url}': {post: {security: [{signed: [verified]}], responses: {}}}}}
  /open: {get: {summary: Open to all, security: [], responses: {}}}
webhooks:
  hook: {post: {summary: Hooked, responses: {}}}
  safe: {post: {summary: Safe hook, security: [{signed: []}], responses: {}}}",
        "    key: {type: apiKey, in: header, name: K}
    signed: {type: http, scheme: hmac}
    spare: {type: http, scheme: basic}",
    );
    let text = site.text("authentication/");
    let open = text.split("Without authentication").last().unwrap().split("Previous").next().unwrap();
    assert!(open.contains("Open to all") && !open.contains("Hooked") && !open.contains("Begin"), "{open}");
    assert!(section(&site, "key").contains("<span>1 operation</span>"));
    let signed = section(&site, "signed");
    assert_in_order(&signed, &["1 webhook, 1 callback", "Roles", "verified"]);
    assert!(signed.contains("href=\"../operations/post-a/#callback-done\">done, callback of Begin</a>"), "{signed}");
    assert!(section(&site, "spare").contains("no operation uses it"));
}

#[test]
fn a06_a07_deprecated_schemes_say_so_and_texts_of_schemes_share_no_anchors() {
    let text = "description: \"# Notes\\n\\nAsk *us*.\"";
    let site = site(
        "paths: {}",
        &format!(
            "    a: {{type: http, scheme: basic, deprecated: true, {text}}}\n    b: {{type: http, scheme: bearer, {text}}}"
        ),
    );
    let html = site.html("authentication/");
    assert_in_order(
        &html,
        &["scheme-a", "deprecated", "id=\"scheme-a-about-notes\"", "<em>us</em>", "id=\"scheme-b-about-notes\""],
    );
    assert!(!section(&site, "b").contains("deprecated"));
}
