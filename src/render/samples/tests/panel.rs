//! The panel: which languages, in which order, and who wins.

use crate::model::sample_language::SampleLanguage;
use crate::render::reference::testing::Site;

const OPERATION: &str = "openapi: 3.1.0
info: {title: Test API, version: '1'}
servers: [{url: 'https://api.test'}]
paths:
  /x:
    get:
      responses: {}
";

/// The tabs of the panel: their keys, and the names that stand on them.
fn tabs(html: &str) -> Vec<(String, String)> {
    let panel = html.split_once("data-tabs=\"lang\"").map_or("", |(_, rest)| rest);
    let panels = panel.split(" data-tab=\"").skip(1);
    let read = panels.filter_map(|rest| {
        let (key, rest) = rest.split_once('"')?;
        let (_, rest) = rest.split_once("class=\"tabs__label\">")?;
        Some((key.to_string(), rest.split('<').next()?.to_string()))
    });
    read.collect()
}

fn keys(html: &str) -> Vec<String> {
    tabs(html).into_iter().map(|(key, _)| key).collect()
}

#[test]
fn the_authors_samples_win_in_their_language() {
    let site = Site::of_operation(
        "      x-codeSamples:
      - {lang: Python, label: SDK, source: 'sdk.call()'}
      - {lang: Elixir, source: 'Req.get!()'}
      - {lang: rb, source: 'Sdk.call'}
      - {lang: Shell, label: 'Command line', source: 'tool call'}
      x-code-samples: [{label: Node.js, source: 'await call()'}]
      responses: {}",
        "",
    );
    let html = site.operation_html();
    assert!(html.contains("sdk"), "{html}");
    assert!(!html.contains("import requests") && !html.contains("curl https"), "{html}");
    let tabs = tabs(&html);
    let label = |key: &str| tabs.iter().find(|(known, _)| known == key).map(|(_, label)| label.as_str());
    assert_eq!(label("python"), Some("SDK"));
    assert_eq!(label("curl"), Some("Command line"));
    assert_eq!(label("javascript"), Some("Node.js"));
    assert_eq!(label("elixir"), Some("Elixir"));
    assert_eq!(label("ruby"), Some("Ruby"), "a language that is not generated is a further tab");
    assert_eq!(label("go"), Some("Go"), "the other languages stay");
    assert_eq!(tabs.len(), 10, "{tabs:?}");
}

#[test]
fn n01_the_settings_choose_the_languages() {
    let of = |settings: &str| keys(&Site::with_settings(OPERATION, settings).operation_html());
    assert_eq!(of(""), ["curl", "javascript", "python", "go", "java", "csharp", "php", "http"]);
    assert_eq!(of("[samples]\nlanguages = [\"swift\", \"curl\"]"), ["swift", "curl"]);
    let none = Site::with_settings(OPERATION, "[samples]\nlanguages = []").operation_html();
    assert!(!none.contains("data-tabs=\"lang\"") && !none.contains(">Request<"), "{none}");
}

#[test]
fn o18_a_webhook_shows_its_delivery_alone() {
    let site = Site::new(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: 'https://api.test'}]\nwebhooks:\n  ping:\n    post:\n      requestBody: {content: {application/json: {example: {a: 1}}}}\n      responses: {}\n",
    );
    let html = site.operation_html();
    assert_eq!(keys(&html), ["http"]);
    assert!(!html.contains("api.test"), "{html}");
}

#[test]
fn n01_every_language_writes_every_kind_of_request_with_nothing_hidden_in_it() {
    use super::{REQUESTS, writer};
    for (name, request) in REQUESTS.iter() {
        for language in SampleLanguage::ALL {
            let code = writer(*language)(request).text();
            let told = format!("{}, {name}:\n{code}", language.label());
            assert!(code.ends_with('\n') && !code.contains('\r'), "{told}");
            // The request as it travels holds its body as it is.
            let hidden = *language != SampleLanguage::Http && code.contains('\u{202e}');
            assert!(!hidden, "{told}");
        }
    }
}
