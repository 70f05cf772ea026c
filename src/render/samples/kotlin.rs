//! Kotlin with `java.net.http`, which every JVM since 16 has.

use super::literal::{concatenated, indented, is_tame, lines, network_lines, pairs, quoted, remarks};
use super::request::{Body, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::Chunk;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = request.without_digest().in_chunks();
    let mut code = Code::new();
    remarks(&mut code, &request, "// ");
    let mut imports =
        vec!["java.net.URI", "java.net.http.HttpClient", "java.net.http.HttpRequest", "java.net.http.HttpResponse"];
    if !matches!(request.body, Body::None) {
        imports.push("java.net.http.HttpRequest.BodyPublishers");
    }
    if matches!(request.body, Body::File(..) | Body::Chunks(..)) {
        imports.push("java.nio.file.Path");
    }
    if request.basic.is_some() {
        imports.push("java.util.Base64");
    }
    for import in imports {
        code.keyword("import").plain(" ").plain(import).plain("\n");
    }
    code.plain("\n").keyword("fun").plain(" ").name("main").plain("() {\n    ").keyword("val").plain(" request = ");
    code.plain("HttpRequest.").name("newBuilder").plain("(\n        URI.").name("create").plain("(\n            ");
    lines(&mut code, &request.url_lines(), " +\n                ", string);
    code.plain("\n        )\n    )\n");
    push_headers(&mut code, &request);
    push_method(&mut code, &request);
    code.plain("        .").name("build").plain("()\n    ").keyword("val").plain(" response = HttpClient.");
    code.name("newHttpClient").plain("()\n        .").name("send").plain("(request,\n            HttpResponse");
    code.plain(".BodyHandlers.").name("ofString").plain("())\n    ");
    code.name("println").plain("(response.").name("statusCode").plain("())\n    ");
    code.name("println").plain("(response.").name("body").plain("())\n}\n");
    code
}

/// In double quotes, where `$` begins a template.
pub fn literal(text: &str) -> String {
    quoted(text, "$", |code| format!("\\u{code:04x}"))
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", literal, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("System.").name("getenv").plain("(").string(literal(name)).plain(")");
}

fn push_headers(code: &mut Code, request: &Request) {
    if let Some(login) = &request.basic {
        code.plain("        .").name("header").plain("(").string("\"Authorization\"").plain(", ").string("\"Basic \"");
        code.plain(" +\n            Base64.").name("getEncoder").plain("().").name("encodeToString");
        code.plain("((\n                ");
        variable(code, &login.user);
        code.plain(" + ").string("\":\"").plain(" +\n                ");
        variable(code, &login.password);
        code.plain(").").name("toByteArray").plain("()))\n");
    }
    for (name, value) in request.all_headers() {
        code.plain("        .").name("header").plain("(").string(literal(&name)).plain(", ");
        string(code, &value);
        code.plain(")\n");
    }
}

fn push_method(code: &mut Code, request: &Request) {
    let publisher = |code: &mut Code, name: &str| {
        code.plain("        .").name("method").plain("(").string(literal(&request.method)).plain(", BodyPublishers.");
        code.name(name).plain("(");
    };
    match &request.body {
        Body::None if request.method == "GET" => return,
        Body::None => {
            code.plain("        .").name("method").plain("(").string(literal(&request.method));
            code.plain(",\n            HttpRequest.BodyPublishers.").name("noBody").plain("(");
        }
        Body::File(name, _) => {
            publisher(code, "ofFile");
            code.plain("\n            Path.").name("of").plain("(").string(literal(name)).plain(")");
        }
        Body::Chunks(chunks, _) => {
            publisher(code, "concat");
            push_chunks(code, chunks);
        }
        Body::Form(form) => {
            publisher(code, "ofString");
            code.plain("\n            ");
            pairs(code, form, " +\n            ", literal);
        }
        Body::Json(..) | Body::Text(..) | Body::Multipart(_) => {
            publisher(code, "ofString");
            push_text(code, &request.body_text().unwrap_or_default());
        }
    }
    code.plain("))\n");
}

/// A raw string where there are several lines and nothing that would be a template in it.
fn push_text(code: &mut Code, text: &str) {
    let blank_ends = text.starts_with(['\n', ' ']) || text.ends_with(['\n', ' ']);
    if !text.contains('\n') || text.contains('$') || text.contains("\"\"\"") || blank_ends || !is_tame(text) {
        return network_lines(code, text, " +\n            ", literal);
    }
    let indent = "            ";
    code.string(format!("\"\"\"\n{indent}{}\n{indent}\"\"\"", indented(text, indent))).plain(".");
    code.name("trimIndent").plain("()");
}

fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    for (at, chunk) in chunks.iter().enumerate() {
        code.plain(if at > 0 { ",\n            " } else { "\n            " }).plain("BodyPublishers.");
        match chunk {
            Chunk::Text(text) => {
                code.name("ofString").plain("(\n                ");
                network_lines(code, text, " +\n                ", literal);
                code.plain(")");
            }
            Chunk::File(file) => {
                code.name("ofFile").plain("(Path.").name("of").plain("(").string(literal(file)).plain("))");
            }
        }
    }
}
