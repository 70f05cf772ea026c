//! What each language must escape, held by text: also for the languages that no test machine runs.

use super::super::literal::double_quoted;
use super::super::{curl, kotlin, powershell, rust, swift, writer};
use super::request_of;
use crate::model::sample_language::SampleLanguage::{self, CSharp, Http, Kotlin, PowerShell, Rust, Swift, TypeScript};
use crate::render::reference::testing::{Site, assert_in_order};

const HOSTILE: &str = "it's \"q\" $x ${y} `z` \\n #{a} \u{202e}\r\u{1}";

#[test]
fn n01_every_literal_keeps_what_its_language_would_read() {
    for (name, literal, wanted) in [
        (
            "shell",
            curl::shell_quoted as fn(&str) -> String,
            r##"$'it\'s "q" $x ${y} `z` \\n #{a} \342\200\256\r\001'"##,
        ),
        ("C#, Java, Go, Python, JavaScript", double_quoted, r##""it's \"q\" $x ${y} `z` \\n #{a} \u202e\r\u0001""##),
        ("Kotlin", kotlin::literal, r##""it's \"q\" \$x \${y} `z` \\n #{a} \u202e\r\u0001""##),
        ("Rust", rust::literal, r##""it's \"q\" $x ${y} `z` \\n #{a} \u{202e}\r\u{1}""##),
        ("Swift", swift::literal, r##""it's \"q\" $x ${y} `z` \\n #{a} \u{202e}\r\u{1}""##),
        ("PowerShell", powershell::literal, r##""it's `"q`" `$x `${y} ``z`` \n #{a} `u{202e}`r`u{1}""##),
    ] {
        assert_eq!(literal(HOSTILE), wanted, "{name}");
    }
    assert_eq!(powershell::literal("a'b‘c’d\ne"), "'a''b‘‘c’’d\ne'");
    assert_eq!(curl::shell_quoted("it's\n$x!"), "'it'\\''s\n$x!'");
}

/// The sample of `POST /x`.
fn code(language: SampleLanguage, operation: &str) -> String {
    let site = Site::new(&format!(
        "openapi: 3.1.0\ninfo: {{title: Test API, version: '1'}}\nservers: [{{url: 'https://api.test'}}]\npaths:\n  /x:\n    post:\n{operation}\n"
    ));
    let code = writer(language)(&request_of(&site)).text();
    assert!(!code.contains('\r') && !code.contains(" \n") && code.ends_with('\n'), "{code}");
    code
}

const JSON: &str = "      parameters: [{name: X-A, in: header, required: true, schema: {type: string}, example: '$x \"y\" \\'}]\n      requestBody: {content: {application/json: {example: {a: '$x \"\"\" \\(y)'}}}}\n      responses: {}";

#[test]
fn n01_bodies_of_several_lines_are_raw_where_a_language_can() {
    assert_in_order(
        &code(CSharp, JSON),
        &["X-A\", \"$x \\\"y\\\" \\\\\"", "StringContent(\n  \"\"\"\n{", "\n\"\"\", Encoding.UTF8"],
    );
    assert_in_order(
        &code(Swift, JSON),
        &[
            "\"$x \\\"y\\\" \\\\\"",
            "httpBody = Data((#\"\"\"\n{\n  \"a\": \"$x \\\"\\\"\\\" \\\\(y)\"\n}\n\"\"\"#).utf8)",
        ],
    );
    assert_in_order(&code(Rust, JSON), &[".header(\"X-A\", \"$x \\\"y\\\" \\\\\")", ".body(r#\"{\n", "}\"#)"]);
    assert_in_order(&code(PowerShell, JSON), &["'X-A' = '$x \"y\" \\'", "Body = @'\n{\n", "}\n'@\n"]);
    assert_in_order(
        &code(Kotlin, JSON),
        &["\"X-A\", \"\\$x \\\"y\\\" \\\\\"", "ofString(\"{\\n  \\\"a\\\": \\\"\\$x "],
    );
}

const FORM: &str = "      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: string}, file: {type: string, format: binary}}}, example: {a: 'x''y', file: x}}}}\n      responses: {}";

#[test]
fn m07_forms_use_what_a_language_has_for_them() {
    assert_in_order(&code(PowerShell, FORM), &["Form = @{", "'a' = 'x''y'", "'file' = Get-Item 'file.bin'"]);
    assert_in_order(&code(Rust, FORM), &[".text(\"a\", \"x'y\")", "Part::file(\"file.bin\")?", ".multipart(form)"]);
    assert_in_order(&code(CSharp, FORM), &["StringContent(\"x'y\")", "OpenRead(\"file.bin\")", "\"file.bin\");"]);
    let raw = ["form-data; name=\\\"a\\\"\\r\\n\"", "x'y\\r\\n", "file.bin", "--example-boundary--\\r\\n"];
    assert_in_order(&code(Swift, FORM), &raw);
    assert_in_order(&code(Kotlin, FORM), &raw);
}

#[test]
fn m07_parts_with_headers_are_written_out_where_libraries_cannot_set_them() {
    let form = FORM.replace(
        "example: {a",
        "encoding: {a: {headers: {X-P: {required: true, schema: {}, example: 1}}}}, example: {a",
    );
    for language in SampleLanguage::ALL {
        assert!(code(*language, &form).contains("X-P"), "{}", language.label());
    }
    assert_in_order(&code(TypeScript, &form), &["new Blob([", "\"X-P: 1\\r\\n\"", "await readFile(\"file.bin\")"]);
    assert_in_order(
        &code(Rust, &form),
        &["X-P: 1\\r\\n", ".as_bytes()", "std::fs::read(\"file.bin\")?[..]", ".concat()"],
    );
}

#[test]
fn n01_the_request_as_it_travels_ends_its_lines_as_text() {
    let text =
        code(Http, "      requestBody: {content: {text/plain: {example: \"a\\r\\nb\\n\"}}}\n      responses: {}");
    assert_eq!(text, "POST /x HTTP/1.1\nHost: api.test\nContent-Type: text/plain\n\na\nb\n");
}

#[test]
fn n01_what_a_client_cannot_do_is_said() {
    let site = Site::of_operation(JSON, "");
    let text = writer(SampleLanguage::JavaScript)(&request_of(&site)).text();
    assert!(text.contains("// fetch sends no body with GET: take another client.\n"), "{text}");
}

#[test]
fn n01_a_long_body_lies_in_a_file_and_every_sample_says_so() {
    let long = format!(
        "      requestBody: {{content: {{application/json: {{example: {{a: '{}'}}}}}}}}\n      responses: {{}}",
        "x".repeat(4_000)
    );
    for language in SampleLanguage::ALL {
        let text = code(*language, &long);
        assert!(text.contains("body.json holds the request body."), "{}: {text}", language.label());
        assert!(!text.contains("xxxx"), "{}", language.label());
    }
}

#[test]
fn n01_generated_lines_fit_the_rail_where_they_can() {
    let site = Site::of_operation(
        "      parameters: [{name: a, in: query, required: true, schema: {type: string}, example: aaaaaaaaaaaaaaaaaaaaaaaaaa}, {name: b, in: query, required: true, schema: {type: string}, example: bbbbbbbbbbbbbbbbbbbb}]\n      responses: {}",
        "",
    );
    let text = writer(SampleLanguage::Curl)(&request_of(&site)).text();
    assert_eq!(
        text,
        "curl -G https://api.test/x \\\n  -d a=aaaaaaaaaaaaaaaaaaaaaaaaaa \\\n  -d b=bbbbbbbbbbbbbbbbbbbb\n"
    );
}
