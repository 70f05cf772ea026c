//! Ruby with `net/http`.

use super::literal::{Values, concatenated, is_tame, lines, network_lines, pairs, quoted, remarks, survives_doubles};
use super::request::{Body, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::{Chunk, Part};

const VALUES: Values = Values {
    map: ("{", "}"),
    empty_map: "{}",
    arrow: " => ",
    constants: ["nil", "true", "false"],
    indent: "  ",
    last_comma: "",
    literal,
};

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = with_plain_fields(&request.without_digest().with_simple_parts());
    let mut code = Code::new();
    remarks(&mut code, &request, "# ");
    let by_library = matches!(&request.body, Body::Json(value, _) if survives_doubles(value));
    if by_library {
        code.name("require").plain(" ").string("\"json\"").plain("\n");
    }
    code.name("require").plain(" ").string("\"net/http\"").plain("\n\nuri = ").name("URI").plain("(\n  ");
    lines(&mut code, &request.url_lines(), " +\n  ", string);
    code.plain("\n)\n");
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"];
    match known.contains(&request.method.as_str()) {
        true => {
            let class = format!("{}{}", &request.method[..1], request.method[1..].to_ascii_lowercase());
            code.plain("request = Net::HTTP::").name(class).plain(".").name("new").plain("(uri)\n");
        }
        false => {
            let has_body = if matches!(request.body, Body::None) { "false" } else { "true" };
            code.plain("request = Net::HTTPGenericRequest.").name("new").plain("(\n  ");
            code.string(literal(&request.method)).plain(format!(", {has_body}, true, uri\n)\n"));
        }
    }
    if let Some(login) = &request.basic {
        code.plain("request.").name("basic_auth").plain("(\n  ");
        variable(&mut code, &login.user);
        code.plain(",\n  ");
        variable(&mut code, &login.password);
        code.plain("\n)\n");
    }
    for (name, value) in request.all_headers() {
        code.plain("request[").string(literal(&name)).plain("] = ");
        string(&mut code, &value);
        code.plain("\n");
    }
    push_body(&mut code, &request.body);
    code.plain("\nresponse = Net::HTTP.")
        .name("start")
        .plain("(\n  uri.hostname, uri.port,\n  use_ssl: uri.scheme == ");
    code.string("\"https\"").plain("\n) { |http| http.").name("request").plain("(request) }\n");
    code.name("puts").plain(" response.code, response.body\n");
    code
}

/// `set_form` keeps the type of files alone.
fn with_plain_fields(request: &Request) -> Request {
    let typed = |part: &Part| part.file.is_none() && part.content_type.is_some();
    match &request.body {
        Body::Multipart(parts) if parts.iter().any(typed) => request.in_chunks(),
        _ => request.clone(),
    }
}

/// In single quotes, which read nothing but `\\` and `\'`; in double quotes where a character has to be escaped.
fn literal(text: &str) -> String {
    if is_tame(text) && !text.contains('\n') {
        return format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    }
    quoted(text, "#", |code| format!("\\u{code:04X}"))
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", literal, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("ENV.").name("fetch").plain("(").string(literal(name)).plain(")");
}

fn push_body(code: &mut Code, body: &Body) {
    match body {
        Body::None => return,
        Body::Multipart(parts) => {
            code.plain("request.").name("set_form").plain("([\n");
            parts.iter().for_each(|part| push_part(code, part));
            code.plain("], ").string("'multipart/form-data'").plain(")\n");
            return;
        }
        _ => code.plain("request.body = "),
    };
    match body {
        Body::Json(value, _) if survives_doubles(value) => {
            code.plain("JSON.").name("generate").plain("(");
            VALUES.push(code, value, 0);
            code.plain(")");
        }
        Body::Json(value, _) => push_text(code, &crate::schema::wire::json(value)),
        Body::Text(text, _) => push_text(code, text),
        Body::Form(form) => pairs(code, form, " +\n  ", literal),
        Body::Chunks(chunks, _) => push_chunks(code, chunks),
        Body::File(name, _) => {
            code.plain("File.").name("binread").plain("(").string(literal(name)).plain(")");
        }
        Body::None | Body::Multipart(_) => {}
    }
    code.plain("\n");
}

fn push_text(code: &mut Code, text: &str) {
    match is_tame(text) {
        true => {
            code.string(format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")));
        }
        false => network_lines(code, text, " +\n  ", literal),
    }
}

/// Bytes and texts join when both are bytes.
fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    code.plain("[\n");
    for (at, chunk) in chunks.iter().enumerate() {
        match chunk {
            Chunk::Text(text) => {
                code.plain("  (");
                network_lines(code, text, " +\n    ", literal);
                code.plain(").").name("b");
            }
            Chunk::File(file) => {
                code.plain("  File.").name("binread").plain("(").string(literal(file)).plain(")");
            }
        }
        code.plain(if at + 1 < chunks.len() { ",\n" } else { "\n" });
    }
    code.plain("].").name("join");
}

fn push_part(code: &mut Code, part: &Part) {
    code.plain("  [").string(literal(&part.name)).plain(", ");
    match &part.file {
        Some(file) => {
            code.plain("File.").name("open").plain("(").string(literal(file)).plain("),\n    { filename: ");
            code.string(literal(file));
            if let Some(content_type) = &part.content_type {
                code.plain(",\n      content_type: ").string(literal(content_type));
            }
            code.plain(" }],\n");
        }
        None => {
            code.string(literal(&part.text)).plain("],\n");
        }
    }
}
