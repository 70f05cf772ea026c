//! The page about errors as readers see it.

use crate::render::reference::testing::{Site, assert_in_order};

const DESCRIPTION: &str = "openapi: 3.1.0
info: {title: T, version: '1'}
tags: [{name: a}]
paths:
  /a:
    get:
      summary: Read a
      tags: [a]
      responses:
        '404':
          description: \"No such **a**, see [b](#tag/a).\"
          content:
            application/problem+json:
              schema: {$ref: '#/components/schemas/Problem'}
              example: {type: 'https://e.test/no-a', title: There is no a, status: 404}
        '503': {description: Down}
    put: {summary: Write a, responses: {'404': {description: Not here}, default: {description: Something else, content: {application/json: {schema: {type: object}}}}}}
components:
  schemas:
    Problem: {type: object, properties: {type: {type: string}, code: {enum: [late, lost]}}}";

#[test]
fn the_page_of_errors_has_the_shape_the_statuses_and_the_codes_as_anchors() {
    let site = Site::new(DESCRIPTION);
    let html = site.html("errors/");
    assert_in_order(
        &html,
        &[
            "What an error looks like",
            "href=\"../schemas/problem/\">Problem</a>",
            "application/problem+json",
            "1 of 4 error responses",
            "A body of its own",
            "By status",
            "<tbody id=\"status-404\">",
            "rowspan=\"2\"",
            "Not Found",
            "<strong>a</strong>",
            "href=\"../tags/a/\"",
            "href=\"../operations/get-a/\">Read a</a>",
            "Not here",
            "Write a",
            "<tbody id=\"status-503\">",
            "<tbody id=\"status-default\">",
            "any other status",
            "Codes and problem types",
            "<tr id=\"error-no-a\">",
            "https://e.test/no-a",
            "href=\"#status-404\">404</a>",
            "There is no a",
            "Read a</a>",
            "<tr id=\"error-late\">",
            "Any that answers with <a href=\"../schemas/problem/\">Problem</a>",
            "<tr id=\"error-lost\">",
        ],
    );
    assert!(site.html("").contains("/errors/\"><span class=\"nav__title\">Errors"), "not in the menu");
}

#[test]
fn an_api_without_errors_has_no_page_of_them_and_earlier_versions_have_theirs() {
    let none = "openapi: 3.1.0\ninfo: {title: T, version: '2'}\npaths: {/a: {get: {responses: {'200': {description: d}}}}}\nwebhooks: {w: {post: {responses: {'410': {description: d}}}}}";
    let site = Site::with_files(&[("apis/test/openapi.yaml", none), ("apis/test/history/1.yaml", DESCRIPTION)]);
    assert!(site.renderer.portal.routes.at("apis/test/errors/").is_none());
    assert!(!site.html("").contains("errors/\""));
    assert!(site.page("apis/test/versions/1/errors/").contains("status-404"));
}

#[test]
fn a_page_of_errors_that_the_author_wrote_keeps_its_place() {
    let site = Site::with_files(&[("apis/test/openapi.yaml", DESCRIPTION), ("apis/test/errors.md", "# What fails\n")]);
    assert!(site.html("errors/").contains("What fails</h1>"));
    assert!(site.html("errors/codes/").contains("status-404"));
}

#[test]
fn a_reference_to_an_error_leads_to_its_row_and_the_page_tells_who_mentions_it() {
    let guide = "# Late\n\nWhen it is [late](error:late) or [not there](error:404).\n";
    let site = Site::with_files(&[("apis/test/openapi.yaml", DESCRIPTION), ("guides/late.md", guide)]);
    let html = site.page("guides/late/");
    assert_in_order(
        &html,
        &["apis/test/errors/#error-late\">late</a>", "apis/test/errors/#status-404\">not there</a>"],
    );
    assert_in_order(&site.html("errors/"), &["id=\"related\"", "guides/late/"]);
}

#[test]
fn the_page_of_a_thousand_operations_that_fail_alike_or_each_in_its_own_way_is_short() {
    let paths: String = (0..1_200)
        .map(|at| {
            format!(
                "\n  /{at}: {{get: {{summary: 'Do {at}', tags: [t{}], responses: {{'401': {{description: Who are you?}}, \
                 '404': {{description: 'There is no {at}.', content: {{application/json: {{example: {{code: c{}}}}}}}}}}}}}}}",
                at % 50,
                at % 200
            )
        })
        .collect();
    let site = Site::new(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:{paths}"));
    let html = site.html("errors/");
    assert!(html.len() < 300_000, "{}", html.len());
    assert_in_order(
        &html,
        &[
            "Who are you?",
            "1200 operations",
            "There is no 0.",
            "Other meanings",
            "1188 operations",
            "id=\"error-c199\"",
        ],
    );
}
