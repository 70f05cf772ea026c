//! Swift with `URLSession`; a file that runs as `main.swift`.

use super::literal::{concatenated, is_tame, lines, network_lines, pairs, quoted, remarks};
use super::request::{Body, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::Chunk;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = request.without_digest().in_chunks();
    let mut code = Code::new();
    remarks(&mut code, &request, "// ");
    code.keyword("import").plain(" Foundation\n\n");
    if request.uses_variables() {
        code.keyword("let").plain(" env = ProcessInfo.processInfo.environment\n");
    }
    code.keyword("var").plain(" request = ").name("URLRequest").plain("(url: ").name("URL").plain("(\n  string: ");
    lines(&mut code, &request.url_lines(), "\n    + ", string);
    code.plain("\n)!)\n");
    if request.method != "GET" {
        code.plain("request.httpMethod = ").string(literal(&request.method)).plain("\n");
    }
    push_headers(&mut code, &request);
    push_body(&mut code, &request);
    code.plain("\n").keyword("let").plain(" (data, response) = ").keyword("try await").plain(" URLSession.shared\n  .");
    code.name("data").plain("(for: request)\n").keyword("if let").plain(" http = response ").keyword("as?");
    code.plain(" HTTPURLResponse {\n  ").name("print").plain("(http.statusCode)\n}\n");
    code.name("print").plain("(").name("String").plain("(decoding: data, as: UTF8.").keyword("self").plain("))\n");
    code
}

/// In double quotes, where `\(` begins an interpolation.
pub fn literal(text: &str) -> String {
    quoted(text, "", |code| format!("\\u{{{code:x}}}"))
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", literal, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("env[").string(literal(name)).plain("]!");
}

fn push_headers(code: &mut Code, request: &Request) {
    let mut set = |name: &str, value: &mut dyn FnMut(&mut Code)| {
        code.plain("request.").name("setValue").plain("(\n  ");
        value(code);
        code.plain(",\n  forHTTPHeaderField: ").string(literal(name)).plain("\n)\n");
    };
    if let Some(login) = &request.basic {
        set("Authorization", &mut |code| {
            code.string("\"Basic \"").plain(" + ").name("Data").plain("((");
            variable(code, &login.user);
            code.plain(" + ").string("\":\"").plain("\n    + ");
            variable(code, &login.password);
            code.plain(").utf8).").name("base64EncodedString").plain("()");
        });
    }
    for (name, value) in request.all_headers() {
        set(&name, &mut |code| string(code, &value));
    }
}

fn push_body(code: &mut Code, request: &Request) {
    match &request.body {
        Body::None => {}
        Body::Chunks(chunks, _) => push_chunks(code, chunks),
        Body::File(name, _) => {
            code.plain("request.httpBody = ").keyword("try").plain(" ");
            push_file(code, name);
            code.plain("\n");
        }
        Body::Form(form) => {
            code.plain("request.httpBody = ").name("Data").plain("((");
            pairs(code, form, "\n  + ", literal);
            code.plain(").utf8)\n");
        }
        Body::Json(..) | Body::Text(..) | Body::Multipart(_) => {
            code.plain("request.httpBody = ").name("Data").plain("((");
            push_text(code, &request.body_text().unwrap_or_default());
            code.plain(").utf8)\n");
        }
    }
}

/// A raw literal over several lines with as many hashes as the text needs.
fn push_text(code: &mut Code, text: &str) {
    if !text.contains('\n') || !is_tame(text) {
        return network_lines(code, text, "\n  + ", literal);
    }
    let mut hashes = String::new();
    while text.contains(&format!("\"\"\"{hashes}")) || text.contains(&format!("\\{hashes}")) {
        hashes.push('#');
    }
    code.string(format!("{hashes}\"\"\"\n{text}\n\"\"\"{hashes}"));
}

fn push_file(code: &mut Code, name: &str) {
    code.name("Data").plain("(\n  contentsOf: ").name("URL").plain("(fileURLWithPath: ").string(literal(name));
    code.plain("))");
}

fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    code.keyword("var").plain(" body = ").name("Data").plain("()\n");
    for chunk in chunks {
        code.plain("body.").name("append").plain("(");
        match chunk {
            Chunk::Text(text) => {
                code.name("Data").plain("((");
                network_lines(code, text, "\n  + ", literal);
                code.plain(").utf8)");
            }
            Chunk::File(file) => {
                code.keyword("try").plain(" ");
                push_file(code, file);
            }
        }
        code.plain(")\n");
    }
    code.plain("request.httpBody = body\n");
}
