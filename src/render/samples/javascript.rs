//! JavaScript and TypeScript with `fetch`.

use super::literal::{Values, concatenated, double_quoted, lines, network_lines, pairs, remarks, survives_doubles};
use super::request::{Body, Request, Template};
use crate::render::code::{Class, Code};
use crate::schema::wire::form::{Chunk, Part};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    JavaScript,
    TypeScript,
}

const VALUES: Values = Values {
    map: ("{", "}"),
    empty_map: "{}",
    arrow: ": ",
    constants: ["null", "true", "false"],
    indent: "  ",
    last_comma: ",",
    literal: double_quoted,
};

/// Writes the request in JavaScript.
pub fn write(request: &Request) -> Code {
    write_dialect(request, Dialect::JavaScript)
}

/// Writes the request in TypeScript.
pub fn write_typescript(request: &Request) -> Code {
    write_dialect(request, Dialect::TypeScript)
}

fn write_dialect(request: &Request, dialect: Dialect) -> Code {
    let request = request.without_digest().with_simple_parts();
    let mut code = Code::new();
    if needs_files(&request.body) {
        code.keyword("import").plain(" { readFile } ").keyword("from").plain(" ");
        code.string("\"node:fs/promises\"").plain(";\n\n");
    }
    remarks(&mut code, &request, "// ");
    let may_carry = !matches!(request.method.as_str(), "GET" | "HEAD");
    if !may_carry && !matches!(request.body, Body::None) {
        let remark = format!("// fetch sends no body with {}: take another client.\n", request.method);
        code.push(Class::Comment, remark);
    }
    if matches!(request.method.as_str(), "TRACE" | "CONNECT" | "TRACK") {
        code.push(Class::Comment, format!("// fetch refuses {}: take another client.\n", request.method));
    }
    if let Body::Multipart(parts) = &request.body {
        code.keyword("const").plain(" form = ").keyword("new").plain(" ").name("FormData").plain("();\n");
        parts.iter().for_each(|part| push_part(&mut code, part));
        code.plain("\n");
    }
    code.keyword("const").plain(" response");
    code.plain(if dialect == Dialect::TypeScript { ": Response = " } else { " = " });
    code.keyword("await").plain(" ").name("fetch").plain("(");
    push_call(&mut code, &request, dialect, may_carry);
    code.plain(");\n");
    if request.method != "HEAD" {
        code.plain("console.").name("log").plain("(response.status, ").keyword("await").plain(" response.");
        code.name("text").plain("());\n");
    }
    code
}

/// The arguments of `fetch`: the URL, and the options that are not the default.
fn push_call(code: &mut Code, request: &Request, dialect: Dialect, may_carry: bool) {
    let url = request.url_lines();
    let split = url.len() > 1;
    if split {
        code.plain("\n    ");
    }
    lines(code, &url, " +\n    ", string);
    let mut options = Code::new();
    if request.method != "GET" {
        options.plain("  ").name("method").plain(": ").string(double_quoted(&request.method)).plain(",\n");
    }
    push_headers(&mut options, request, dialect);
    if may_carry {
        push_body(&mut options, &request.body);
    }
    if options.is_empty() {
        code.plain(if split { ",\n" } else { "" });
        return;
    }
    code.plain(if split { ",\n  {\n" } else { ", {\n" });
    let options = if split { options.indented("  ") } else { options };
    code.append(options).plain(if split { "  },\n" } else { "}" });
}

fn needs_files(body: &Body) -> bool {
    match body {
        Body::File(..) | Body::Chunks(..) => true,
        Body::Multipart(parts) => parts.iter().any(|part| part.file.is_some()),
        Body::None | Body::Json(..) | Body::Text(..) | Body::Form(_) => false,
    }
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", double_quoted, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("process.env.").name(name);
}

fn push_headers(code: &mut Code, request: &Request, dialect: Dialect) {
    let headers = request.all_headers();
    if headers.is_empty() && request.basic.is_none() {
        return;
    }
    code.plain("  ").name("headers").plain(": {\n");
    if let Some(login) = &request.basic {
        code.plain("    ").name("\"Authorization\"").plain(": ").string("\"Basic \"").plain(" +\n      ");
        code.name("btoa").plain("(");
        variable(code, &login.user);
        code.plain(" + ").string("\":\"").plain(" + ");
        variable(code, &login.password);
        code.plain("),\n");
    }
    for (name, value) in headers {
        code.plain("    ").name(double_quoted(&name)).plain(": ");
        string(code, &value);
        // A variable may be missing, which a header may not.
        let may_miss = dialect == Dialect::TypeScript && value.as_variable().is_some();
        code.plain(if may_miss { " ?? \"\"" } else { "" }).plain(",\n");
    }
    code.plain("  },\n");
}

fn push_body(code: &mut Code, body: &Body) {
    if matches!(body, Body::None) {
        return;
    }
    code.plain("  ").name("body").plain(": ");
    match body {
        Body::None => {}
        Body::Json(value, _) if survives_doubles(value) => {
            code.plain("JSON.").name("stringify").plain("(");
            VALUES.push(code, value, 1);
            code.plain(")");
        }
        Body::Json(value, _) => {
            code.string(double_quoted(&crate::schema::wire::json(value)));
        }
        Body::Text(text, _) => network_lines(code, text, " +\n    ", double_quoted),
        Body::Form(form) => pairs(code, form, " +\n    ", double_quoted),
        Body::Multipart(_) => {
            code.plain("form");
        }
        Body::Chunks(chunks, _) => push_chunks(code, chunks),
        Body::File(name, _) => push_file(code, name),
    }
    code.plain(",\n");
}

fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    code.keyword("new").plain(" ").name("Blob").plain("([\n");
    for chunk in chunks {
        code.plain("    ");
        match chunk {
            Chunk::Text(text) => network_lines(code, text, " +\n      ", double_quoted),
            Chunk::File(file) => push_file(code, file),
        }
        code.plain(",\n");
    }
    code.plain("  ])");
}

fn push_file(code: &mut Code, name: &str) {
    code.keyword("await").plain(" ").name("readFile").plain("(").string(double_quoted(name)).plain(")");
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
                Some(file) => push_file(code, file),
                None => {
                    code.string(double_quoted(&part.text));
                }
            }
            code.plain("], { ").name("type").plain(": ");
            code.string(double_quoted(content_type.as_deref().unwrap_or("text/plain"))).plain(" })");
            if let Some(file) = file {
                code.plain(", ").string(double_quoted(file));
            }
        }
    }
    code.plain(");\n");
}
