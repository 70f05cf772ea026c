//! PHP with its cURL extension.

use super::literal::{Values, concatenated, is_tame, lines, network_lines, pairs, quoted, remarks, survives_doubles};
use super::request::{Body, Login, Request, Template};
use crate::model::node::{Node, Value};
use crate::render::code::Code;
use crate::schema::wire::form::{Chunk, Part};

const VALUES: Values = Values {
    map: ("[", "]"),
    empty_map: "(object) []",
    arrow: " => ",
    constants: ["null", "true", "false"],
    indent: "  ",
    last_comma: ",",
    literal,
};

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = with_one_part_a_name(&request.with_simple_parts());
    let mut code = Code::new();
    code.keyword("<?php").plain("\n");
    remarks(&mut code, &request, "// ");
    code.plain("$curl = ").name("curl_init").plain("(\n  ");
    lines(&mut code, &request.url_lines(), "\n  . ", string);
    code.plain("\n);\n").name("curl_setopt_array").plain("($curl, [\n  CURLOPT_RETURNTRANSFER => ");
    code.keyword("true").plain(",\n");
    if request.method == "HEAD" {
        code.plain("  CURLOPT_NOBODY => ").keyword("true").plain(",\n");
    } else {
        code.plain("  CURLOPT_CUSTOMREQUEST => ").string(literal(&request.method)).plain(",\n");
    }
    if let Some(login) = request.basic.as_ref().or(request.digest.as_ref()) {
        push_login(&mut code, login);
    }
    if request.digest.is_some() {
        code.plain("  CURLOPT_HTTPAUTH => CURLAUTH_DIGEST,\n");
    }
    if request.certificate {
        code.plain("  CURLOPT_SSLCERT => ").string("'client.pem'").plain(",\n");
        code.plain("  CURLOPT_SSLKEY => ").string("'client.key'").plain(",\n");
    }
    push_headers(&mut code, &request);
    push_body(&mut code, &request.body);
    code.plain("]);\n$body = ").name("curl_exec").plain("($curl);\n").keyword("echo").plain(" ");
    code.name("curl_getinfo").plain("($curl, CURLINFO_RESPONSE_CODE),\n  ").string("\"\\n\"").plain(", $body;\n");
    code
}

/// The extension takes the parts of a form as a map: two of one name would be one.
fn with_one_part_a_name(request: &Request) -> Request {
    match &request.body {
        Body::Multipart(parts) => {
            let twice = |at: usize| parts[..at].iter().any(|known| known.name == parts[at].name);
            if (0..parts.len()).any(twice) { request.in_chunks() } else { request.clone() }
        }
        _ => request.clone(),
    }
}

/// In single quotes, which read nothing but `\\` and `\'`; in double quotes where a character has to be escaped.
fn literal(text: &str) -> String {
    if is_tame(text) {
        return format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    }
    quoted(text, "$", |code| format!("\\u{{{code:x}}}"))
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " . ", literal, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.name("getenv").plain("(").string(literal(name)).plain(")");
}

fn push_login(code: &mut Code, login: &Login) {
    code.plain("  CURLOPT_USERNAME => ");
    variable(code, &login.user);
    code.plain(",\n  CURLOPT_PASSWORD => ");
    variable(code, &login.password);
    code.plain(",\n");
}

fn push_headers(code: &mut Code, request: &Request) {
    let headers = request.all_headers();
    if headers.is_empty() {
        return;
    }
    code.plain("  CURLOPT_HTTPHEADER => [\n");
    for (name, value) in headers {
        code.plain("    ");
        let joint = if value.is_empty() { ";" } else { ": " };
        string(code, &Template::text(format!("{name}{joint}")).then(value));
        code.plain(",\n");
    }
    code.plain("  ],\n");
}

/// A map whose keys are the numbers from 0 would come out as a list, and one with numbers for keys loses their form.
fn survives_arrays(value: &Node) -> bool {
    match &value.value {
        Value::List(items) => items.iter().all(survives_arrays),
        Value::Map(entries) => entries.iter().all(|entry| {
            !entry.key.starts_with(|c: char| c.is_ascii_digit() || c == '-') && survives_arrays(&entry.value)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

fn push_body(code: &mut Code, body: &Body) {
    if matches!(body, Body::None) {
        return;
    }
    code.plain("  CURLOPT_POSTFIELDS => ");
    match body {
        Body::None => {}
        Body::Json(value, _) if survives_doubles(value) && survives_arrays(value) => {
            code.name("json_encode").plain("(");
            VALUES.push(code, value, 1);
            code.plain(")");
        }
        Body::Json(value, _) => network_lines(code, &crate::schema::wire::json(value), "\n    . ", literal),
        Body::Text(text, _) => network_lines(code, text, "\n    . ", literal),
        Body::Form(form) => pairs(code, form, "\n    . ", literal),
        Body::Chunks(chunks, _) => {
            for (at, chunk) in chunks.iter().enumerate() {
                code.plain(if at > 0 { "\n    . " } else { "" });
                match chunk {
                    Chunk::Text(text) => network_lines(code, text, "\n    . ", literal),
                    Chunk::File(file) => push_file(code, file),
                }
            }
        }
        Body::File(name, _) => push_file(code, name),
        Body::Multipart(parts) => {
            code.plain("[\n");
            parts.iter().for_each(|part| push_part(code, part));
            code.plain("  ]");
        }
    }
    code.plain(",\n");
}

fn push_file(code: &mut Code, name: &str) {
    code.name("file_get_contents").plain("(").string(literal(name)).plain(")");
}

fn push_part(code: &mut Code, part: &Part) {
    code.plain("    ").string(literal(&part.name)).plain(" => ");
    match (&part.file, &part.content_type) {
        (Some(file), content_type) => {
            code.keyword("new").plain(" CURLFile(\n      ").string(literal(file)).plain(", ");
            code.string(literal(content_type.as_deref().unwrap_or("application/octet-stream"))).plain("\n    )");
        }
        (None, Some(content_type)) => {
            code.keyword("new").plain(" CURLStringFile(\n      ").string(literal(&part.text)).plain(",\n      ");
            code.string("''").plain(", ").string(literal(content_type)).plain("\n    )");
        }
        (None, None) => {
            code.string(literal(&part.text));
        }
    }
    code.plain(",\n");
}
