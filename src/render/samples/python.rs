//! Python with `requests`.

use super::literal::{concatenated, double_quoted, lines, survives_doubles};
use super::request::{Body, Piece, Request, Template};
use crate::model::node::{Node, Value};
use crate::render::code::{Class, Code};
use crate::schema::wire::form::Part;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let mut code = Code::new();
    if uses_variables(request) {
        code.keyword("import").plain(" os\n");
    }
    code.keyword("import").plain(" requests\n\nresponse = requests.");
    let method = request.method.to_ascii_lowercase();
    let known = ["get", "post", "put", "patch", "delete", "head", "options"].contains(&method.as_str());
    match known && request.method == method.to_ascii_uppercase() {
        true => code.name(&method).plain("(\n"),
        false => code.name("request").plain("(\n    ").string(double_quoted(&request.method)).plain(",\n"),
    };
    code.plain("    ");
    lines(&mut code, &request.url_lines(), "\n    + ", string);
    code.plain(",\n");
    if let Some((user, password)) = &request.basic {
        code.plain("    auth=(\n        ");
        variable(&mut code, user);
        code.plain(",\n        ");
        variable(&mut code, password);
        code.plain(",\n    ),\n");
    }
    if request.certificate {
        code.plain("    cert=").string("\"client.pem\"").plain(",\n");
    }
    push_headers(&mut code, request);
    push_body(&mut code, &request.body);
    code.plain(")\n").name("print").plain("(response.status_code, response.text)\n");
    code
}

fn uses_variables(request: &Request) -> bool {
    let variable = |template: &Template| template.pieces().iter().any(|piece| matches!(piece, Piece::Variable(_)));
    request.basic.is_some()
        || request.query.iter().any(variable)
        || request.cookies.iter().any(variable)
        || request.headers.iter().any(|(_, value)| variable(value))
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", double_quoted, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("os.environ[").string(double_quoted(name)).plain("]");
}

fn push_headers(code: &mut Code, request: &Request) {
    let by_library =
        matches!(&request.body, Body::Json(value, kind) if kind == "application/json" && survives_doubles(value));
    let headers: Vec<_> =
        request.all_headers().into_iter().filter(|(name, _)| !(by_library && name == "Content-Type")).collect();
    if headers.is_empty() {
        return;
    }
    code.plain("    headers={\n");
    for (name, value) in headers {
        code.plain("        ").string(double_quoted(&name)).plain(": ");
        string(code, &value);
        code.plain(",\n");
    }
    code.plain("    },\n");
}

fn push_body(code: &mut Code, body: &Body) {
    match body {
        Body::None => {}
        Body::Json(value, kind) if kind == "application/json" && survives_doubles(value) => {
            code.plain("    json=");
            push_value(code, value, 1);
            code.plain(",\n");
        }
        Body::Json(value, _) => push_text(code, &crate::schema::wire::json(value)),
        Body::Text(text, _) => push_text(code, text),
        Body::Form(pairs) => {
            code.plain("    data=");
            for (at, pair) in pairs.iter().enumerate() {
                code.plain(if at > 0 { "\n    + " } else { "" });
                let joint = if at > 0 { "&" } else { "" };
                code.string(double_quoted(&format!("{joint}{pair}")));
            }
            code.plain(if pairs.is_empty() { "None,\n" } else { ",\n" });
        }
        Body::Multipart(parts) => {
            code.plain("    files=[\n");
            parts.iter().for_each(|part| push_part(code, part));
            code.plain("    ],\n");
        }
        Body::File(name, _) => {
            code.plain("    data=")
                .name("open")
                .plain("(")
                .string(double_quoted(name))
                .plain(", ")
                .string("\"rb\"")
                .plain("),\n");
        }
    }
}

fn push_text(code: &mut Code, text: &str) {
    code.plain("    data=").string(double_quoted(text)).plain(".").name("encode").plain("(),\n");
}

/// A field without a file name is a tuple whose first item is `None`.
fn push_part(code: &mut Code, part: &Part) {
    code.plain("        (").string(double_quoted(&part.name)).plain(", (");
    match &part.file {
        Some(file) => {
            code.string(double_quoted(file)).plain(", ").name("open").plain("(").string(double_quoted(file));
            code.plain(", ").string("\"rb\"").plain(")");
        }
        None => {
            code.push(Class::Number, "None").plain(", ").string(double_quoted(&part.text));
        }
    }
    if let Some(content_type) = &part.content_type {
        code.plain(", ").string(double_quoted(content_type));
    } else if !part.headers.is_empty() {
        code.plain(", ").push(Class::Number, "None");
    }
    if !part.headers.is_empty() {
        code.plain(", {");
        for (name, value) in &part.headers {
            code.string(double_quoted(name)).plain(": ").string(double_quoted(value)).plain(", ");
        }
        code.plain("}");
    }
    code.plain(")),\n");
}

fn push_value(code: &mut Code, value: &Node, depth: usize) {
    let indent = |depth: usize| "    ".repeat(depth);
    match &value.value {
        Value::Null => {
            code.push(Class::Number, "None");
        }
        Value::Bool(true) => {
            code.push(Class::Number, "True");
        }
        Value::Bool(false) => {
            code.push(Class::Number, "False");
        }
        Value::Number(number) => {
            code.push(Class::Number, &*number.json);
        }
        Value::String(text) => {
            code.string(double_quoted(text));
        }
        Value::List(items) if items.is_empty() => {
            code.plain("[]");
        }
        Value::Map(entries) if entries.is_empty() => {
            code.plain("{}");
        }
        Value::List(items) => {
            code.plain("[\n");
            for item in items.iter() {
                code.plain(indent(depth + 1));
                push_value(code, item, depth + 1);
                code.plain(",\n");
            }
            code.plain(indent(depth)).plain("]");
        }
        Value::Map(entries) => {
            code.plain("{\n");
            for entry in entries.iter() {
                code.plain(indent(depth + 1)).name(double_quoted(&entry.key)).plain(": ");
                push_value(code, &entry.value, depth + 1);
                code.plain(",\n");
            }
            code.plain(indent(depth)).plain("}");
        }
    }
}
