//! Samples are run against a server on the loopback interface, and what arrives is compared with the request model.
//!
//! A language whose interpreter is not installed is skipped, loudly.

#![allow(clippy::disallowed_methods, reason = "runs the samples in a folder of their own")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::request::{Body, Request, Template};
use super::{LANGUAGES, request};
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::reference::Reference;
use crate::render::reference::testing::Site;

const VARIABLES: &[(&str, &str)] = &[
    ("TEST_TOKEN", "to ken-%24"),
    ("TEST_API_KEY", "k3y"),
    ("TEST_SID", "s1d"),
    ("TEST_USER", "us er"),
    ("TEST_PASSWORD", "p:w$!"),
];

/// What a server got.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Arrived {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Arrived {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// Takes one request and answers 200.
fn serve_once() -> (u16, mpsc::Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let Ok((stream, _)) = listener.accept() else { return };
        let mut reader = BufReader::new(stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                break;
            }
            lines.push(line.trim_end().to_string());
        }
        let mut first = lines.first().cloned().unwrap_or_default();
        first.truncate(first.rfind(' ').unwrap_or(first.len()));
        let (method, target) = first.split_once(' ').unwrap_or(("", ""));
        let headers: Vec<(String, String)> = lines
            .iter()
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_string(), value.trim().to_string()))
            .collect();
        let mut arrived = Arrived { method: method.into(), target: target.into(), headers, body: Vec::new() };
        if arrived.header("expect").is_some() {
            let _ = reader.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
        }
        arrived.body = read_body(&mut reader, &arrived);
        let _ = reader.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        let _ = sender.send(arrived);
    });
    (port, receiver)
}

fn read_body(reader: &mut impl BufRead, arrived: &Arrived) -> Vec<u8> {
    let mut body = Vec::new();
    if let Some(length) = arrived.header("content-length").and_then(|length| length.parse().ok()) {
        body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
    } else if arrived.header("transfer-encoding") == Some("chunked") {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).unwrap();
            let size = usize::from_str_radix(size.trim(), 16).unwrap();
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).unwrap();
            if size == 0 {
                break;
            }
            body.extend(&chunk[..size]);
        }
    }
    body
}

/// One case: an operation below `paths./things/{id}`, with its method.
fn operation(method: &str, text: &str, port: u16) -> Site {
    Site::new(&format!(
        "openapi: 3.1.0
info: {{title: Test API, version: '1'}}
servers: [{{url: 'http://127.0.0.1:{port}/v1'}}]
components:
  securitySchemes:
    token: {{type: http, scheme: bearer}}
    basic: {{type: http, scheme: basic}}
    query: {{type: apiKey, in: query, name: 'api key'}}
    cookie: {{type: apiKey, in: cookie, name: sid}}
paths:
  /things/{{id}}:
    {method}:
      responses: {{}}
{text}"
    ))
}

const ID: &str = "{name: id, in: path, required: true, schema: {type: string}, example: 'a b/é$!%'}";

fn cases() -> Vec<(&'static str, &'static str, String)> {
    vec![
        (
            "query and headers",
            "get",
            format!(
                "      parameters: [{ID}, {{name: 'q[x]', in: query, required: true, schema: {{type: array, items: {{type: string}}}}, example: [\"a'b\", 'c\"d', '$e`f!', 'é&#']}}, {{name: long, in: query, required: true, schema: {{type: string}}, example: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}}, {{name: X-Odd, in: header, required: true, schema: {{type: string}}, example: 'it''s \"x\" $HOME `d` !z \\'}}]\n      security: [{{token: []}}]"
            ),
        ),
        (
            "credentials in query and cookie",
            "delete",
            format!("      parameters: [{ID}]\n      security: [{{query: [], cookie: []}}]"),
        ),
        ("basic", "get", format!("      parameters: [{ID}]\n      security: [{{basic: []}}]")),
        (
            "JSON",
            "post",
            format!(
                "      parameters: [{ID}]\n      requestBody: {{content: {{application/json: {{example: {{s: \"it's \\\"q\\\" $HOME `x` !y %z \\\\ \\n é \\u0001 \\u2028 ''' \\\"\\\"\\\"\", n: null, t: true, f: false, i: -5, d: 1.5, l: [], m: {{}}, deep: [[1, 'a']]}}}}}}}}"
            ),
        ),
        (
            "JSON that doubles lose",
            "put",
            format!(
                "      parameters: [{ID}]\n      requestBody: {{content: {{application/json: {{example: {{n: 9007199254740993, d: 1e400, z: 0.10}}}}}}}}"
            ),
        ),
        (
            "vendor JSON",
            "patch",
            format!(
                "      parameters: [{ID}]\n      requestBody: {{content: {{application/merge-patch+json: {{example: {{a: 1}}}}}}}}"
            ),
        ),
        (
            "text",
            "put",
            format!(
                "      parameters: [{ID}]\n      requestBody: {{content: {{text/plain: {{example: \"@it's\\n$x \\\"y\\\" `z` \\\\ é\"}}}}}}"
            ),
        ),
        (
            "form",
            "post",
            format!(
                "      parameters: [{ID}]\n      requestBody: {{content: {{application/x-www-form-urlencoded: {{schema: {{type: object}}, example: {{a: \"b'c&d=é\", l: [x, 'y z']}}}}}}}}"
            ),
        ),
        (
            "multipart",
            "post",
            format!(
                "      parameters: [{ID}]\n      requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{plain: {{type: string}}, odd: {{type: string}}, meta: {{type: object}}, file: {{type: string, format: binary}}}}}}, example: {{plain: value, odd: '@a;b\"c''d $e', meta: {{k: 'a;b \"c\"'}}, file: x}}, encoding: {{file: {{contentType: image/png}}}}}}}}}}"
            ),
        ),
        ("file", "put", format!("      parameters: [{ID}]\n      requestBody: {{content: {{image/png: {{}}}}}}")),
    ]
}

/// Runs one language over every case.
fn check(language: &str, program: &str, file: &str, arguments: &[&str]) {
    if Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        println!("SKIPPED: {program} is not installed, {language} samples are not run");
        return;
    }
    let written = LANGUAGES.iter().find(|known| known.key == language).unwrap();
    for (name, method, text) in cases() {
        let (port, receiver) = serve_once();
        let site = operation(method, &text, port);
        let wanted = request_of(&site);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file.png"), PICTURE).unwrap();
        let code = (written.write)(&wanted).text();
        std::fs::write(folder.path().join(file), &code).unwrap();
        let run = run(program, arguments, file, folder.path());
        let arrived = receiver.recv_timeout(Duration::from_secs(5));
        let arrived = arrived.unwrap_or_else(|_| panic!("{language}, {name}: nothing arrived\n{code}\n{run}"));
        compare(&wanted, &arrived, &format!("{language}, {name}:\n{code}\n{run}\n{arrived:?}"));
    }
}

const PICTURE: &[u8] = b"\x89PNG\r\n\x00\xff";

fn run(program: &str, arguments: &[&str], file: &str, folder: &Path) -> String {
    let mut command = Command::new(program);
    command.args(arguments).arg(file).current_dir(folder).envs(VARIABLES.iter().copied());
    let output =
        command.env_remove("http_proxy").env_remove("HTTP_PROXY").env("NO_PROXY", "127.0.0.1").output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn request_of(site: &Site) -> Request {
    let renderer = &site.renderer;
    let is_operation = |subject| matches!(subject, Subject::Operation(_, 0));
    let route = renderer.portal.routes.iter().find(|route| is_operation(route.subject)).unwrap();
    let context = PageContext { renderer, route };
    let reference = Reference::new(&context, ApiIndex(0));
    request::of_operation(&reference, &reference.api.operations[0])
}

fn filled(template: &Template) -> String {
    let pieces = template.pieces().iter().map(|piece| match piece {
        request::Piece::Text(text) => text.clone(),
        request::Piece::Variable(name) => {
            VARIABLES.iter().find(|(known, _)| known == name).map(|(_, value)| (*value).to_string()).unwrap()
        }
    });
    pieces.collect()
}

fn compare(wanted: &Request, arrived: &Arrived, told: &str) {
    assert_eq!(arrived.method, wanted.method, "{told}");
    let url = filled(&wanted.url());
    let target = url.split_once("://").map_or("", |(_, rest)| &rest[rest.find('/').unwrap_or(0)..]);
    assert_eq!(decoded(&arrived.target), decoded(target), "{told}");
    for (name, value) in wanted.all_headers() {
        assert_eq!(arrived.header(&name), Some(filled(&value).as_str()), "{name} of {told}");
    }
    if wanted.basic.is_some() {
        assert_eq!(arrived.header("authorization"), Some("Basic dXMgZXI6cDp3JCE="), "{told}");
    }
    match &wanted.body {
        Body::None => assert!(arrived.body.is_empty(), "{told}"),
        Body::Json(..) => {
            let text = wanted.body_text().unwrap();
            let value = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
            assert_eq!(value(&arrived.body), value(text.as_bytes()), "{told}");
        }
        Body::Text(text, _) => assert_eq!(String::from_utf8_lossy(&arrived.body), *text, "{told}"),
        Body::Form(pairs) => {
            assert_eq!(decoded(&String::from_utf8_lossy(&arrived.body)), decoded(&pairs.join("&")), "{told}")
        }
        Body::File(..) => assert_eq!(arrived.body, PICTURE, "{told}"),
        Body::Multipart(parts) => {
            let text = String::from_utf8_lossy(&arrived.body).replace("\r\n", "\n");
            for part in parts {
                let content =
                    if part.file.is_some() { "\u{fffd}PNG".to_string() } else { format!("\n\n{}\n--", part.text) };
                let start = text.find(&format!("name=\"{}\"", part.name));
                let rest = start.map(|start| &text[start..]);
                let rest = rest.unwrap_or_else(|| panic!("no part {} in {told}", part.name));
                assert!(rest.contains(&content), "{} of {told}\n{text}", part.name);
                if let Some(content_type) = &part.content_type {
                    assert!(rest.contains(content_type.as_str()), "{told}\n{text}");
                }
            }
        }
    }
}

/// Two URLs mean the same when they do after decoding; a space may be `+` or `%20`.
fn decoded(url: &str) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let text = crate::text::percent_decoded;
    let pairs: Vec<String> = query.split('&').map(|pair| text(&pair.replace('+', "%20"))).collect();
    format!("{}?{}", text(path), pairs.join("\u{1}"))
}

#[test]
fn n01_curl_samples_send_what_they_say() {
    check("shell", "bash", "sample.sh", &[]);
}

#[test]
fn n01_python_samples_send_what_they_say() {
    let has_requests = Command::new("python3").args(["-c", "import requests"]).stderr(Stdio::null()).status();
    if !has_requests.is_ok_and(|status| status.success()) {
        println!("SKIPPED: python3 has no `requests`, Python samples are not run");
        return;
    }
    check("python", "python3", "sample.py", &[]);
}

#[test]
fn n01_javascript_samples_send_what_they_say() {
    check("javascript", "node", "sample.mjs", &[]);
}

#[test]
fn n01_java_samples_send_what_they_say() {
    check("java", "java", "Sample.java", &[]);
}

#[test]
fn n01_go_samples_send_what_they_say() {
    check("go", "go", "sample.go", &["run"]);
}

#[test]
fn n01_php_samples_send_what_they_say() {
    check("php", "php", "sample.php", &[]);
}

#[test]
fn n01_ruby_samples_send_what_they_say() {
    check("ruby", "ruby", "sample.rb", &[]);
}

#[test]
fn generated_lines_fit_the_rail_where_they_can() {
    let site = operation(
        "get",
        &format!(
            "      parameters: [{ID}, {{name: a, in: query, required: true, schema: {{type: string}}, example: aaaaaaaaaaaaaaaaaaaaaaaaaa}}, {{name: b, in: query, required: true, schema: {{type: string}}, example: bbbbbbbbbbbbbbbbbbbb}}]"
        ),
        1,
    );
    let request = request_of(&site);
    let code = (LANGUAGES[0].write)(&request).text();
    assert_eq!(
        code.lines().skip(1).collect::<Vec<_>>(),
        ["  -d a=aaaaaaaaaaaaaaaaaaaaaaaaaa \\", "  -d b=bbbbbbbbbbbbbbbbbbbb"]
    );
    for language in LANGUAGES {
        let code = (language.write)(&request).text();
        assert!(code.ends_with('\n') && !code.contains(" \n"), "{}:\n{code}", language.label);
    }
}

#[test]
fn the_authors_samples_win_in_their_language() {
    let site = Site::of_operation(
        "      x-codeSamples: [{lang: Python, label: SDK, source: 'sdk.call()'}, {lang: Elixir, source: 'Req.get!()'}]\n      responses: {}",
        "",
    );
    let html = site.operation_html();
    assert!(html.contains("sdk"), "{html}");
    assert!(!html.contains("import requests"), "{html}");
    assert!(html.contains("data-tab=\"elixir\""), "{html}");
    assert!(html.contains("data-tab=\"javascript\""), "the other languages stay");
}
