//! JavaScript with `fetch`.

use super::literal::{concatenated, double_quoted, indented, lines, survives_doubles};
use super::request::{Body, Request, Template};
use crate::render::code::{self, Class, Code};
use crate::schema::wire::form::Part;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let mut code = Code::new();
    let may_carry = !matches!(request.method.as_str(), "GET" | "HEAD");
    if needs_files(request) {
        code.keyword("import")
            .plain(" { readFile } ")
            .keyword("from")
            .plain(" ")
            .string("\"node:fs/promises\"")
            .plain(";\n\n");
    }
    if let Body::Multipart(parts) = &request.body {
        code.keyword("const").plain(" form = ").keyword("new").plain(" ").name("FormData").plain("();\n");
        parts.iter().for_each(|part| push_part(&mut code, part));
        code.plain("\n");
    }
    code.keyword("const").plain(" response = ").keyword("await").plain(" ").name("fetch").plain("(");
    let url = request.url_lines();
    let joint = " +\n    ";
    if url.len() > 1 {
        code.plain("\n    ");
    }
    lines(&mut code, &url, joint, string);
    let mut options = Code::new();
    if request.method != "GET" {
        options.plain("  ").name("method").plain(": ").string(double_quoted(&request.method)).plain(",\n");
    }
    push_headers(&mut options, request);
    if may_carry {
        push_body(&mut options, &request.body);
    }
    if !options.is_empty() {
        code.plain(if url.len() > 1 { ",\n  {\n" } else { ", {\n" });
        let text = if url.len() > 1 { options.indented("  ") } else { options };
        code.append(text).plain(if url.len() > 1 { "  },\n" } else { "}" });
    } else if url.len() > 1 {
        code.plain(",\n");
    }
    code.plain(");\n");
    if request.method != "HEAD" {
        code.plain("console.").name("log").plain("(response.status, ").keyword("await").plain(" response.");
        code.name("text").plain("());\n");
    }
    code
}

fn needs_files(request: &Request) -> bool {
    match &request.body {
        Body::File(..) => true,
        Body::Multipart(parts) => parts.iter().any(|part| part.file.is_some()),
        _ => false,
    }
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", double_quoted, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("process.env.").name(name);
}

fn push_headers(code: &mut Code, request: &Request) {
    let headers = request.all_headers();
    if headers.is_empty() && request.basic.is_none() {
        return;
    }
    code.plain("  ").name("headers").plain(": {\n");
    if let Some((user, password)) = &request.basic {
        code.plain("    ").name("\"Authorization\"").plain(": ").string("\"Basic \"").plain(" +\n      ");
        code.name("btoa").plain("(");
        variable(code, user);
        code.plain(" + ").string("\":\"").plain(" + ");
        variable(code, password);
        code.plain("),\n");
    }
    for (name, value) in headers {
        code.plain("    ").name(double_quoted(&name)).plain(": ");
        string(code, &value);
        code.plain(",\n");
    }
    code.plain("  },\n");
}

fn push_body(code: &mut Code, body: &Body) {
    let label = |code: &mut Code| {
        code.plain("  ").name("body").plain(": ");
    };
    match body {
        Body::None => {}
        Body::Json(value, _) if survives_doubles(value) => {
            label(code);
            code.plain("JSON.").name("stringify").plain("(").append(code::json_at(value, 1)).plain("),\n");
        }
        Body::Json(value, _) => {
            label(code);
            code.string(double_quoted(&crate::schema::wire::json(value))).plain(",\n");
        }
        Body::Text(text, _) => {
            label(code);
            code.string(indented(&double_quoted(text), "  ")).plain(",\n");
        }
        Body::Form(pairs) => {
            label(code);
            for (at, pair) in pairs.iter().enumerate() {
                code.plain(if at > 0 { " +\n    " } else { "" });
                let joint = if at > 0 { "&" } else { "" };
                code.string(double_quoted(&format!("{joint}{pair}")));
            }
            code.plain(",\n");
        }
        Body::Multipart(_) => {
            code.plain("  ").name("body").plain(": form,\n");
        }
        Body::File(name, _) => {
            label(code);
            code.keyword("await").plain(" ").name("readFile").plain("(").string(double_quoted(name)).plain("),\n");
        }
    }
}

fn push_part(code: &mut Code, part: &Part) {
    code.plain("form.").name("append").plain("(").string(double_quoted(&part.name)).plain(", ");
    match (&part.file, &part.content_type) {
        (None, None) => {
            code.string(double_quoted(&part.text));
        }
        (file, content_type) => {
            code.keyword("new").plain(" ").name("Blob").plain("([");
            match file {
                Some(file) => {
                    code.keyword("await").plain(" ").name("readFile").plain("(").string(double_quoted(file)).plain(")")
                }
                None => code.string(double_quoted(&part.text)),
            };
            code.plain("], { ").name("type").plain(": ");
            code.string(double_quoted(content_type.as_deref().unwrap_or("text/plain"))).plain(" })");
            if let Some(file) = file {
                code.plain(", ").string(double_quoted(file));
            }
        }
    }
    code.plain(");\n");
    for (name, value) in &part.headers {
        code.push(Class::Comment, format!("// fetch cannot set the part header {name}: {value}\n"));
    }
}
