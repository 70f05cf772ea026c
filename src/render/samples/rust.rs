//! Rust with `reqwest`.

use super::request::{Body, Piece, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::Part;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let mut code = Code::new();
    code.keyword("use").plain(" std::env::var;\n\n").keyword("fn").plain(" ").name("main").plain("() -> Result<(), ");
    code.plain("Box<").keyword("dyn").plain(" std::error::Error>> {\n");
    if let Body::Multipart(parts) = &request.body {
        push_form(&mut code, parts);
    }
    code.keyword("    let").plain(" response = reqwest::blocking::Client::").name("new").plain("()\n        .");
    code.name("request").plain("(reqwest::Method::").name("from_bytes").plain("(");
    code.string(format!("b{}", quoted(&request.method))).plain(")?,\n            ");
    push_template(&mut code, &request.url());
    code.plain(")\n");
    if let Some((user, password)) = &request.basic {
        code.plain("        .")
            .name("basic_auth")
            .plain("(")
            .name("var")
            .plain("(")
            .string(quoted(user))
            .plain(")?, Some(");
        code.name("var").plain("(").string(quoted(password)).plain(")?))\n");
    }
    for (name, value) in request.all_headers() {
        code.plain("        .").name("header").plain("(").string(quoted(&name)).plain(", ");
        push_template(&mut code, &value);
        code.plain(")\n");
    }
    push_body(&mut code, request);
    code.plain("        .")
        .name("send")
        .plain("()?;\n    ")
        .name("println!")
        .plain("(")
        .string("\"{}\"")
        .plain(", response.");
    code.name("status")
        .plain("());\n    ")
        .name("println!")
        .plain("(")
        .string("\"{}\"")
        .plain(", response.")
        .name("text");
    code.plain("()?);\n    Ok(())\n}\n");
    code
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A raw literal with as many hashes as the text needs.
fn raw(text: &str) -> String {
    if !text.contains(['"', '\\']) || text.contains('\r') {
        return quoted(text);
    }
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

fn push_template(code: &mut Code, template: &Template) {
    if let Some(text) = template.as_text() {
        code.string(quoted(text));
        return;
    }
    let mut format = String::new();
    let mut variables = Vec::new();
    for piece in template.pieces() {
        match piece {
            Piece::Text(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Piece::Variable(name) => {
                format.push_str("{}");
                variables.push(name);
            }
        }
    }
    if format == "{}" {
        code.name("var").plain("(").string(quoted(variables[0])).plain(")?");
        return;
    }
    code.name("format!").plain("(").string(quoted(&format));
    for name in variables {
        code.plain(", ").name("var").plain("(").string(quoted(name)).plain(")?");
    }
    code.plain(")");
}

fn push_body(code: &mut Code, request: &Request) {
    match &request.body {
        Body::None => {}
        Body::Json(..) | Body::Text(..) | Body::Form(_) => {
            let text = request.body_text().unwrap_or_default();
            code.plain("        .").name("body").plain("(").string(raw(&text)).plain(")\n");
        }
        Body::File(name, _) => {
            code.plain("        .")
                .name("body")
                .plain("(std::fs::File::")
                .name("open")
                .plain("(")
                .string(quoted(name))
                .plain(")?)\n");
        }
        Body::Multipart(_) => {
            code.plain("        .").name("multipart").plain("(form)\n");
        }
    }
}

fn push_form(code: &mut Code, parts: &[Part]) {
    code.keyword("    let").plain(" form = reqwest::blocking::multipart::Form::").name("new").plain("()");
    for part in parts {
        code.plain("\n        .");
        match (&part.file, &part.content_type) {
            (Some(file), None) => {
                code.name("file").plain("(").string(quoted(&part.name)).plain(", ").string(quoted(file)).plain(")?");
            }
            (None, None) => {
                code.name("text").plain("(").string(quoted(&part.name)).plain(", ").string(raw(&part.text)).plain(")");
            }
            (file, Some(content_type)) => {
                code.name("part").plain("(").string(quoted(&part.name)).plain(", reqwest::blocking::multipart::Part::");
                match file {
                    Some(file) => code.name("file").plain("(").string(quoted(file)).plain(")?"),
                    None => code.name("text").plain("(").string(raw(&part.text)).plain(")"),
                };
                code.plain("\n            .").name("mime_str").plain("(").string(quoted(content_type)).plain(")?)");
            }
        }
    }
    code.plain(";\n");
}
