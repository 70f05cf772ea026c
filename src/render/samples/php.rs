//! PHP with its cURL extension.

use super::literal::{concatenated, lines};
use super::request::{Body, Request, Template};
use crate::render::code::{Class, Code};
use crate::schema::wire::form::Part;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let mut code = Code::new();
    code.keyword("<?php").plain("\n$curl = ").name("curl_init").plain("(\n  ");
    lines(&mut code, &request.url_lines(), "\n  . ", string);
    code.plain("\n);\n")
        .name("curl_setopt_array")
        .plain("($curl, [\n  CURLOPT_RETURNTRANSFER => ")
        .keyword("true")
        .plain(",\n");
    if request.method == "HEAD" {
        code.plain("  CURLOPT_NOBODY => ").keyword("true").plain(",\n");
    } else {
        code.plain("  CURLOPT_CUSTOMREQUEST => ").string(single_quoted(&request.method)).plain(",\n");
    }
    if let Some((user, password)) = &request.basic {
        let pair = Template::variable(user).then(Template::text(":")).then(Template::variable(password));
        code.plain("  CURLOPT_USERPWD => ");
        string(&mut code, &pair);
        code.plain(",\n");
    }
    push_headers(&mut code, request);
    push_body(&mut code, request);
    code.plain("]);\n$body = ").name("curl_exec").plain("($curl);\n").keyword("echo").plain(" ");
    code.name("curl_getinfo").plain("($curl, CURLINFO_RESPONSE_CODE), ").string("\"\\n\"").plain(", $body;\n");
    code
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " . ", single_quoted, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.name("getenv").plain("(").string(single_quoted(name)).plain(")");
}

fn push_headers(code: &mut Code, request: &Request) {
    let headers = request.all_headers();
    if headers.is_empty() {
        return;
    }
    code.plain("  CURLOPT_HTTPHEADER => [\n");
    for (name, value) in headers {
        code.plain("    ");
        string(code, &Template::text(format!("{name}: ")).then(value));
        code.plain(",\n");
    }
    code.plain("  ],\n");
}

fn push_body(code: &mut Code, request: &Request) {
    match &request.body {
        Body::None => {}
        Body::Json(..) | Body::Text(..) | Body::Form(_) => {
            let text = request.body_text().unwrap_or_default();
            code.plain("  CURLOPT_POSTFIELDS => ").string(single_quoted(&text)).plain(",\n");
        }
        Body::File(name, _) => {
            code.plain("  CURLOPT_POSTFIELDS => ")
                .name("file_get_contents")
                .plain("(")
                .string(single_quoted(name))
                .plain("),\n");
        }
        Body::Multipart(parts) => {
            code.plain("  CURLOPT_POSTFIELDS => [\n");
            for (at, part) in parts.iter().enumerate() {
                push_part(code, part, repeated(parts, at));
            }
            code.plain("  ],\n");
        }
    }
}

/// The position of a part among those of its name, when there are several.
fn repeated(parts: &[Part], at: usize) -> Option<usize> {
    let same = parts.iter().filter(|part| part.name == parts[at].name).count();
    (same > 1).then(|| parts[..at].iter().filter(|part| part.name == parts[at].name).count())
}

fn push_part(code: &mut Code, part: &Part, number: Option<usize>) {
    let name = number.map_or_else(|| part.name.clone(), |number| format!("{}[{number}]", part.name));
    code.plain("    ").string(single_quoted(&name)).plain(" => ");
    match (&part.file, &part.content_type) {
        (Some(file), content_type) => {
            code.keyword("new").plain(" CURLFile(").string(single_quoted(file)).plain(", ");
            code.string(single_quoted(content_type.as_deref().unwrap_or("application/octet-stream"))).plain(")");
        }
        (None, Some(content_type)) => {
            code.keyword("new").plain(" CURLStringFile(").string(single_quoted(&part.text)).plain(", ");
            code.string("''").plain(", ").string(single_quoted(content_type)).plain(")");
        }
        (None, None) => {
            code.string(single_quoted(&part.text));
        }
    }
    code.plain(",\n");
    for (name, value) in &part.headers {
        code.push(Class::Comment, format!("    // cURL cannot set the part header {name}: {value}\n"));
    }
}
