//! Java 16 with `java.net.http`; a file that `java Sample.java` runs.

use super::literal::{concatenated, double_quoted, indented, is_tame, lines, network_lines, pairs, remarks};
use super::request::{Body, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::Chunk;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = request.without_digest().in_chunks();
    let mut code = Code::new();
    remarks(&mut code, &request, "// ");
    code.keyword("import").plain(" java.net.URI;\n").keyword("import").plain(" java.net.http.*;\n");
    if matches!(request.body, Body::File(..) | Body::Chunks(..)) {
        code.keyword("import").plain(" java.nio.file.Path;\n");
    }
    if request.basic.is_some() {
        code.keyword("import").plain(" java.util.Base64;\n");
    }
    code.plain("\n").keyword("class").plain(" Sample {\n  ").keyword("public static void").plain(" ");
    code.name("main").plain("(String[] args)\n      ").keyword("throws").plain(" Exception {\n");
    code.plain("    var request = HttpRequest.").name("newBuilder").plain("(URI.").name("create").plain("(\n        ");
    lines(&mut code, &request.url_lines(), "\n        + ", string);
    code.plain("))");
    push_headers(&mut code, &request);
    push_method(&mut code, &request);
    code.plain("\n      .").name("build").plain("();\n");
    code.plain("    var response = HttpClient.").name("newHttpClient").plain("()\n      .");
    code.name("send").plain("(request, HttpResponse\n        .BodyHandlers.").name("ofString").plain("());\n");
    code.plain("    System.out.").name("println").plain("(response.").name("statusCode").plain("());\n");
    code.plain("    System.out.").name("println").plain("(response.").name("body").plain("());\n  }\n}\n");
    code
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", double_quoted, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("System.").name("getenv").plain("(").string(double_quoted(name)).plain(")");
}

fn push_headers(code: &mut Code, request: &Request) {
    if let Some(login) = &request.basic {
        code.plain("\n      .").name("header").plain("(").string("\"Authorization\"").plain(", ").string("\"Basic \"");
        code.plain("\n        + Base64.")
            .name("getEncoder")
            .plain("().")
            .name("encodeToString")
            .plain("((\n          ");
        variable(code, &login.user);
        code.plain(" + ").string("\":\"").plain("\n          + ");
        variable(code, &login.password);
        code.plain(").").name("getBytes").plain("()))");
    }
    for (name, value) in request.all_headers() {
        code.plain("\n      .").name("header").plain("(").string(double_quoted(&name)).plain(", ");
        string(code, &value);
        code.plain(")");
    }
}

fn push_method(code: &mut Code, request: &Request) {
    let publisher = |code: &mut Code, name: &str| {
        code.plain("HttpRequest\n        .BodyPublishers.").name(name).plain("(");
    };
    code.plain("\n      .").name("method").plain("(").string(double_quoted(&request.method)).plain(", ");
    match &request.body {
        Body::None => publisher(code, "noBody"),
        Body::File(name, _) => {
            publisher(code, "ofFile");
            code.plain("Path.").name("of").plain("(").string(double_quoted(name)).plain(")");
        }
        Body::Chunks(chunks, _) => {
            publisher(code, "concat");
            push_chunks(code, chunks);
        }
        Body::Form(form) => {
            publisher(code, "ofString");
            code.plain("\n          ");
            pairs(code, form, "\n          + ", double_quoted);
        }
        Body::Json(..) | Body::Text(..) | Body::Multipart(_) => {
            publisher(code, "ofString");
            push_text(code, &request.body_text().unwrap_or_default());
        }
    }
    code.plain("))");
}

/// A text block where there are several lines.
fn push_text(code: &mut Code, text: &str) {
    let trailing = text.lines().any(|line| line.ends_with([' ', '\t']));
    if !text.contains('\n') || trailing || !is_tame(text) {
        return network_lines(code, text, "\n          + ", double_quoted);
    }
    let escaped = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\"\"");
    let escaped = match escaped.strip_suffix('"') {
        Some(start) => format!("{start}\\\""),
        None => escaped,
    };
    // The closing quotes of a text that ends its last line stand on a line of their own, which sets the margin.
    let end = if escaped.ends_with('\n') { "          " } else { "" };
    code.string(format!("\"\"\"\n          {}{end}\"\"\"", indented(&escaped, "          ")));
}

fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    for (at, chunk) in chunks.iter().enumerate() {
        code.plain(if at > 0 { ",\n          " } else { "\n          " }).plain("HttpRequest.BodyPublishers.");
        match chunk {
            Chunk::Text(text) => {
                code.name("ofString").plain("(\n            ");
                network_lines(code, text, "\n            + ", double_quoted);
                code.plain(")");
            }
            Chunk::File(file) => {
                code.name("ofFile").plain("(\n            Path.").name("of").plain("(");
                code.string(double_quoted(file)).plain("))");
            }
        }
    }
}
