//! Where samples go: absolute, relative and variable servers, and the choice between several.

use super::super::writer;
use super::request_of;
use crate::model::sample_language::SampleLanguage::{self, Curl, Http, JavaScript};
use crate::render::reference::testing::{Site, assert_in_order};

fn site(servers: &str, operation: &str, settings: &str) -> Site {
    Site::with_settings(
        &format!(
            "openapi: 3.1.0\ninfo: {{title: Test API, version: '1'}}\n{servers}\npaths:\n  /x:\n    get:\n{operation}      responses: {{}}\n"
        ),
        settings,
    )
}

fn code(language: SampleLanguage, servers: &str, settings: &str) -> String {
    writer(language)(&request_of(&site(servers, "", settings))).text()
}

#[test]
fn r04_a_host_that_nobody_names_is_a_variable() {
    assert_eq!(code(Curl, "", ""), "curl \"$BASE_URL/x\"\n");
    assert_eq!(code(Curl, "servers: [{url: /v1}]", ""), "curl \"$BASE_URL/v1/x\"\n");
    assert_eq!(code(Curl, "servers: [{url: ../v1/}]", ""), "curl \"$BASE_URL/v1/x\"\n");
    assert_eq!(code(Curl, "servers: [{url: '//a.test/v1'}]", ""), "curl https://a.test/v1/x\n");
    assert_eq!(code(Http, "servers: [{url: /v1}]", ""), "GET /v1/x HTTP/1.1\nHost: $HOST\n");
    assert!(code(JavaScript, "", "").contains("fetch(process.env.BASE_URL + \"/x\")"));
    for language in SampleLanguage::ALL {
        assert!(!code(*language, "", "").contains("://"), "{}", language.label());
    }
}

#[test]
fn r04_the_settings_say_where_an_api_answers() {
    let settings = "[apis.test]\nbase_url = \"https://api.test/docs/\"";
    assert_eq!(code(Curl, "", settings), "curl https://api.test/x\n");
    assert_eq!(code(Curl, "servers: [{url: /v1}]", settings), "curl https://api.test/v1/x\n");
    assert_eq!(code(Curl, "servers: [{url: v1}]", settings), "curl https://api.test/docs/v1/x\n");
    assert_eq!(code(Curl, "servers: [{url: 'https://b.test'}]", settings), "curl https://b.test/x\n");
}

#[test]
fn r05_variables_of_a_server_have_their_defaults() {
    let declared = "servers: [{url: 'https://{host}/{v}', variables: {host: {default: a.test}, v: {default: v2}}}]";
    assert_eq!(code(Curl, declared, ""), "curl https://a.test/v2/x\n");
    let undeclared = "servers: [{url: 'https://{accountName}.test/v1'}]";
    assert_eq!(code(Curl, undeclared, ""), "curl \"https://$ACCOUNT_NAME.test/v1/x\"\n");
    assert_eq!(code(Http, undeclared, ""), "GET /v1/x HTTP/1.1\nHost: $ACCOUNT_NAME.test\n");
}

const TWO: &str = "servers: [{url: 'https://a.test/v1'}, {url: 'https://b.test'}, {url: '/relative'}]";

#[test]
fn r04_several_servers_are_a_choice_that_rewrites_the_samples() {
    let html = site(TWO, "", "").operation_html();
    assert_in_order(
        &html,
        &[
            "<label class=\"op__server\" hidden>Server <select data-servers=\"test\">",
            "<option>https://a.test/v1</option><option>https://b.test</option></select>",
            "data-tabs=\"lang\"",
            "data-server=\"url\">https://a.test/v1</span>",
            "<span data-server=\"path\">/v1</span>/x HTTP/1.1",
            "<span data-server=\"host\">a.test</span>",
        ],
    );
    let one = site("servers: [{url: 'https://a.test'}, {url: '/relative'}]", "", "").operation_html();
    assert!(!one.contains("data-server"), "{one}");
    let relative_first = site("servers: [{url: /v1}, {url: 'https://a.test'}]", "", "").operation_html();
    assert!(!relative_first.contains("data-server"), "{relative_first}");
}

#[test]
fn r04_every_language_marks_the_server_that_may_change() {
    let request = request_of(&site(TWO, "", ""));
    for language in SampleLanguage::ALL {
        let html = writer(*language)(&request).html().into_string();
        let marks = html.matches("data-server=").count();
        assert_eq!(marks, if *language == Http { 2 } else { 1 }, "{}: {html}", language.label());
    }
}

#[test]
fn r06_servers_of_an_operation_replace_those_of_the_api() {
    let own = site(TWO, "      servers: [{url: 'https://own.test'}]\n", "");
    assert_eq!(writer(Curl)(&request_of(&own)).text(), "curl https://own.test/x\n");
    assert!(!own.operation_html().contains("data-servers"));
    let none = site(TWO, "      servers: []\n", "");
    assert!(writer(Curl)(&request_of(&none)).text().contains("https://a.test/v1/x"));
    let two = site(TWO, "      servers: [{url: 'https://c.test'}, {url: 'https://d.test'}]\n", "");
    assert!(two.operation_html().contains("data-servers=\"test/"), "an operation's own choice is remembered apart");
}
