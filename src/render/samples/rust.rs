//! Rust with `reqwest`.

use super::literal::{is_tame, quoted, remarks};
use super::request::{Body, Piece, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::{Chunk, Part};

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = request.without_digest().with_simple_parts();
    let mut code = Code::new();
    remarks(&mut code, &request, "// ");
    if request.uses_variables() {
        code.keyword("use").plain(" std::env::var;\n\n");
    }
    code.keyword("fn").plain(" ").name("main").plain("() -> Result<(), Box<").keyword("dyn");
    code.plain(" std::error::Error>> {\n");
    if let Body::Multipart(parts) = &request.body {
        push_form(&mut code, parts);
    }
    code.keyword("    let").plain(" response = reqwest::blocking::Client::").name("new").plain("()\n        .");
    push_method(&mut code, &request);
    if let Some(login) = &request.basic {
        code.plain("        .").name("basic_auth").plain("(\n            ").name("var").plain("(");
        code.string(literal(&login.user)).plain(")?,\n            Some(").name("var").plain("(");
        code.string(literal(&login.password)).plain(")?),\n        )\n");
    }
    for (name, value) in request.all_headers() {
        code.plain("        .").name("header").plain("(").string(literal(&name)).plain(", ");
        push_template(&mut code, &value);
        code.plain(")\n");
    }
    push_body(&mut code, &request);
    code.plain("        .").name("send").plain("()?;\n    ").name("println!").plain("(").string("\"{}\"");
    code.plain(", response.").name("status").plain("());\n    ").name("println!").plain("(").string("\"{}\"");
    code.plain(", response.").name("text").plain("()?);\n    Ok(())\n}\n");
    code
}

/// The URL goes on in the next line behind a backslash.
fn push_method(code: &mut Code, request: &Request) {
    let method = request.method.to_ascii_lowercase();
    let known = ["get", "post", "put", "patch", "delete", "head"].contains(&method.as_str());
    match known && request.method != method {
        true => code.name(&method).plain("("),
        false => code.name("request").plain("(\n            reqwest::Method::").name("from_bytes").plain("(b"),
    };
    if !known || request.method == method {
        code.string(literal(&request.method)).plain(")?,\n            ");
    }
    let lines = request.url_lines();
    let mut url = Template::default();
    for (at, line) in lines.iter().enumerate() {
        url = match at {
            0 => line.clone(),
            _ => url.then(Template::text(CONTINUED)).then(line.clone()),
        };
    }
    push_literal(code, &url, |literal| literal.replace("\\n", "\\\n             "));
    code.plain(")\n");
}

/// Stands for a line that goes on; no URL holds a line end.
const CONTINUED: &str = "\n";

/// In double quotes.
pub fn literal(text: &str) -> String {
    quoted(text, "", |code| format!("\\u{{{code:x}}}"))
}

/// A raw literal with as many hashes as the text needs.
fn raw(text: &str) -> String {
    if !text.contains(['"', '\\', '\n']) || !is_tame(text) {
        return literal(text);
    }
    if !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

fn push_template(code: &mut Code, template: &Template) {
    push_literal(code, template, |literal| literal);
}

fn push_literal(code: &mut Code, template: &Template, finish: fn(String) -> String) {
    let string = |code: &mut Code, literal: String| {
        match template.changeable() {
            Some(url) => code.string_of_server(&finish(literal), url),
            None => code.string(finish(literal)),
        };
    };
    if let Some(text) = template.as_text() {
        return string(code, literal(text));
    }
    if let Some(name) = template.as_variable() {
        code.name("var").plain("(").string(literal(name)).plain(")?");
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
    code.name("format!").plain("(");
    string(code, literal(&format));
    for name in variables {
        code.plain(", ").name("var").plain("(").string(literal(name)).plain(")?");
    }
    code.plain(")");
}

fn push_body(code: &mut Code, request: &Request) {
    match &request.body {
        Body::None => {}
        Body::Form(form) => {
            let text: Vec<String> = form.iter().map(|pair| literal(pair).trim_matches('"').to_string()).collect();
            code.plain("        .").name("body").plain("(");
            code.string(format!("\"{}\"", text.join("\\\n             &"))).plain(")\n");
        }
        Body::Json(..) | Body::Text(..) => {
            let text = request.body_text().unwrap_or_default();
            code.plain("        .").name("body").plain("(").string(raw(&text)).plain(")\n");
        }
        Body::Chunks(chunks, _) => {
            code.plain("        .").name("body").plain("(\n            [\n");
            for chunk in chunks {
                code.plain("                ");
                match chunk {
                    Chunk::Text(text) => code.string(literal(text)).plain(".").name("as_bytes").plain("(),\n"),
                    Chunk::File(file) => {
                        code.plain("&std::fs::").name("read").plain("(").string(literal(file)).plain(")?[..],\n")
                    }
                };
            }
            code.plain("            ]\n            .").name("concat").plain("(),\n        )\n");
        }
        Body::File(name, _) => {
            code.plain("        .").name("body").plain("(std::fs::File::").name("open").plain("(");
            code.string(literal(name)).plain(")?)\n");
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
                code.name("file").plain("(").string(literal(&part.name)).plain(", ").string(literal(file)).plain(")?");
            }
            (None, None) => {
                code.name("text").plain("(").string(literal(&part.name)).plain(", ").string(raw(&part.text)).plain(")");
            }
            (file, Some(content_type)) => {
                code.name("part").plain("(\n            ").string(literal(&part.name));
                code.plain(",\n            reqwest::blocking::multipart::Part::");
                match file {
                    Some(file) => code.name("file").plain("(").string(literal(file)).plain(")?"),
                    None => code.name("text").plain("(").string(raw(&part.text)).plain(")"),
                };
                code.plain("\n                .").name("mime_str").plain("(").string(literal(content_type));
                code.plain(")?,\n        )");
            }
        }
    }
    code.plain(";\n");
}
