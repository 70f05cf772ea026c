//! Facts at the edges of a description: what stands beside a reference, extensions of every object, logos, servers.

use crate::render::reference::testing::{Site, assert_in_order};

#[test]
fn l12_the_uri_that_a_description_gives_itself_is_shown() {
    let site =
        Site::new("openapi: 3.2.0\n$self: https://api.test/openapi\ninfo: {title: T, version: '1'}\npaths: {}\n");
    assert_in_order(&site.text(""), &["The description calls itself", "https://api.test/openapi"]);
}

#[test]
fn l15_a_description_of_webhooks_alone_does_not_say_that_it_has_no_operations() {
    let site = Site::new(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nwebhooks:\n  paid: {post: {responses: {'200': {description: ok}}}}\n",
    );
    let text = site.text("");
    assert_in_order(&text, &["Webhooks", "paid"]);
    assert!(!text.contains("no operations yet"), "{text}");
}

#[test]
fn l15_a_description_of_nothing_but_schemas_says_that_it_has_no_operations() {
    let site =
        Site::new("openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {Pet: {type: object}}}\n");
    assert_in_order(&site.text(""), &["no operations yet", "Pet"]);
}

#[test]
fn l18_extensions_of_every_object_are_shown_when_the_settings_name_them() {
    let names: Vec<String> = (0..15).map(|at| format!("x-e{at}")).collect();
    let description = "
openapi: 3.1.0
info: {title: T, version: '1', contact: {name: C, x-e0: in contact}, license: {name: L, x-e1: in license}}
servers: [{url: 'https://{a}.test', x-e2: in server, variables: {a: {default: b, x-e3: in variable}}}]
externalDocs: {url: 'https://d.test', x-e4: in docs}
tags: [{name: t, externalDocs: {url: 'https://t.test', x-e5: in tag docs}}]
paths:
  x-e6: in paths
  /x:
    x-e7: in path item
    get:
      tags: [t]
      responses:
        x-e8: in responses
        '200':
          description: ok
          content:
            a/b: {examples: {e: {value: 1, x-e9: in example}}}
          links: {l: {operationId: x, x-e10: in link}}
      callbacks:
        c: {x-e11: in callback, 'https://c.test': {post: {responses: {'200': {description: ok}}}}}
components:
  x-e12: in components
";
    let site = Site::with_settings(description, &format!("show_extensions = {names:?}"));
    let landing = site.text("");
    for at in [0, 1, 2, 3, 4, 6, 12] {
        assert!(landing.contains(&format!("x-e{at} ")), "x-e{at} is not on the landing page:\n{landing}");
    }
    assert_in_order(&site.text("tags/t/"), &["x-e5", "in tag docs"]);
    let operation = site.operation();
    for at in [7, 8, 10, 11] {
        assert!(operation.contains(&format!("x-e{at} ")), "x-e{at} is not on the operation's page:\n{operation}");
    }
}

#[test]
fn r01_headings_of_the_description_are_on_this_page() {
    let site = Site::new(
        "openapi: 3.1.0\ninfo: {title: T, version: '1', description: \"# Limits\\n\\n## Bursts\\n\\ntext\"}\npaths: {}\n",
    );
    let html = site.html("");
    assert!(html.contains("href=\"#about-limits\"") && html.contains("href=\"#about-bursts\""), "{html}");
    assert!(html.contains("id=\"about-limits\"") && html.contains("id=\"about-bursts\""), "{html}");
}

#[test]
fn r02_external_documentation_is_a_link_with_its_description_or_its_url() {
    let site = Site::new(
        "
openapi: 3.1.0
info: {title: T, version: '1'}
externalDocs: {url: 'https://root.test', description: 'The *whole* `guide`'}
tags: [{name: t, externalDocs: {url: 'https://tag.test'}}]
paths:
  /x: {get: {tags: [t], externalDocs: {url: 'https://op.test', description: More}, responses: {'200': {description: ok}}}}
components: {schemas: {S: {type: object, externalDocs: {url: 'https://schema.test'}}}}
",
    );
    assert!(site.html("").contains("<a href=\"https://root.test\">The whole guide</a>"));
    assert!(site.html("tags/t/").contains("<a href=\"https://tag.test\">https://tag.test</a>"));
    assert!(site.operation_html().contains("<a href=\"https://op.test\">More</a>"));
    assert!(site.html("schemas/s/").contains("https://schema.test"));
}

#[test]
fn r03_a_relative_logo_is_copied_and_shown_with_its_link() {
    let site = Site::with_files(&[
        (
            "apis/test/openapi.yaml",
            "openapi: 3.1.0\ninfo: {title: T, version: '1', x-logo: {url: 'img/a.svg', dark: 'img/b.svg', altText: Tides, href: 'https://t.test'}}\npaths: {}\n",
        ),
        ("apis/test/img/a.svg", "<svg/>"),
        ("apis/test/img/b.svg", "<svg/>"),
    ]);
    let html = site.html("");
    assert_in_order(
        &html,
        &[
            "<a href=\"https://t.test\"><img class=\"api__logo api__logo--light\" src=\"img/a.svg\" alt=\"Tides\">",
            "<img class=\"api__logo api__logo--dark\" src=\"img/b.svg\" alt=\"Tides\"></a>",
        ],
    );
    assert!(site.renderer.portal.files.keys().any(|url| url.as_str() == "apis/test/img/a.svg"));
}

#[test]
fn r03_a_logo_of_another_host_is_a_link_and_never_loaded() {
    let site = Site::new(
        "openapi: 3.1.0\ninfo: {title: T, version: '1', x-logo: {url: 'https://cdn.test/a.svg', altText: Tides}}\npaths: {}\n",
    );
    let html = site.html("");
    assert!(html.contains("<a href=\"https://cdn.test/a.svg\">Tides</a>"), "{html}");
    assert!(!html.contains("src=\"https://cdn.test"), "{html}");
}

#[test]
fn r04_relative_servers_are_shown_raw_and_whole_when_the_place_of_the_description_is_known() {
    let description =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: ../v1}, {url: //other.test}]\npaths: {}\n";
    let text = Site::new(description).text("");
    assert_in_order(
        &text,
        &["../v1 relative to where the description is published", "//other.test by the same protocol"],
    );
    let settings = "[apis.test]\nbase_url = \"https://api.test/docs/openapi.yaml\"";
    let text = Site::with_settings(description, settings).text("");
    assert_in_order(&text, &["../v1 https://api.test/v1", "//other.test https://other.test"]);
    let none = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: []\npaths: {}\n";
    assert_in_order(&Site::new(none).text(""), &["/ relative to where the description is published"]);
    assert_in_order(&Site::with_settings(none, settings).text(""), &["Base URL https://api.test"]);
}

#[test]
fn r06_no_servers_of_its_own_are_no_different_servers() {
    let site = Site::of_operation("      servers: []\n      responses: {'200': {description: ok}}", "");
    assert!(!site.operation().contains("different servers"), "{}", site.operation());
}

#[test]
fn r06_servers_of_a_path_and_of_a_webhook_are_shown() {
    let site = Site::new(
        "
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /x: {servers: [{url: 'https://path.test'}], get: {responses: {'200': {description: ok}}}}
webhooks:
  paid: {post: {servers: [{url: 'https://hook.test', description: where it goes}], responses: {'200': {description: ok}}}}
",
    );
    assert_in_order(&site.operation(), &["This operation uses different servers", "https://path.test"]);
    let hook = site.text("webhooks/paid/");
    assert_in_order(&hook, &["https://hook.test", "where it goes"]);
    assert!(!hook.contains("different servers"), "{hook}");
}

#[test]
fn w01_a_server_without_a_scheme_says_which_one_holds() {
    let site = Site::new("swagger: '2.0'\ninfo: {title: T, version: '1'}\nhost: api.test\nbasePath: /v1\npaths: {}\n");
    assert_in_order(&site.text(""), &["//api.test/v1", "by the same protocol as this description"]);
}

#[test]
fn o20_images_that_a_description_embeds_are_published_and_headings_do_not_collide() {
    let site = Site::with_files(&[
        (
            "apis/test/openapi.yaml",
            "
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /x:
    get:
      parameters:
        - {name: a, in: query, description: \"# Notes\\n\\n![Flow](img/flow.png)\", schema: {type: string}}
        - {name: b, in: query, description: \"# Notes\\n\\nText[^1]\\n\\n[^1]: foot\", schema: {type: string}}
        - {name: c, in: query, description: \"Text[^1]\\n\\n[^1]: foot\", schema: {type: string}}
      responses: {'200': {description: ok}}
",
        ),
        ("apis/test/img/flow.png", "png"),
        ("apis/test/notes.txt", "not linked"),
    ]);
    let html = site.operation_html();
    assert!(html.contains("<img src=\"../../img/flow.png\" alt=\"Flow\""), "{html}");
    let published: Vec<&str> = site.renderer.portal.files.keys().map(|url| url.as_str()).collect();
    assert_eq!(published, ["apis/test/img/flow.png"]);
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}
