//! Java 16 with `java.net.http`; a file that `java Sample.java` runs.

use super::literal::{concatenated, double_quoted, lines};
use super::request::{Body, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::{BOUNDARY, Part};

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let mut code = Code::new();
    code.keyword("import").plain(" java.net.URI;\n").keyword("import").plain(" java.net.http.*;\n");
    if matches!(request.body, Body::File(..) | Body::Multipart(_)) {
        code.keyword("import").plain(" java.nio.file.Path;\n");
    }
    if request.basic.is_some() {
        code.keyword("import").plain(" java.util.Base64;\n");
    }
    code.plain("\n").keyword("class").plain(" Sample {\n  ").keyword("public static void").plain(" ");
    code.name("main").plain("(String[] args) ").keyword("throws").plain(" Exception {\n");
    code.plain("    var request = HttpRequest.").name("newBuilder").plain("(URI.").name("create").plain("(\n        ");
    lines(&mut code, &request.url_lines(), "\n        + ", string);
    code.plain("))");
    push_headers(&mut code, request);
    push_method(&mut code, request);
    code.plain("\n      .").name("build").plain("();\n");
    code.plain("    var response = HttpClient.")
        .name("newHttpClient")
        .plain("()\n      .")
        .name("send")
        .plain("(request,\n");
    code.plain("        HttpResponse.BodyHandlers.").name("ofString").plain("());\n");
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
    if let Some((user, password)) = &request.basic {
        code.plain("\n      .").name("header").plain("(").string("\"Authorization\"").plain(", ").string("\"Basic \"");
        code.plain("\n        + Base64.")
            .name("getEncoder")
            .plain("().")
            .name("encodeToString")
            .plain("((\n          ");
        variable(code, user);
        code.plain(" + ").string("\":\"").plain("\n          + ");
        variable(code, password);
        code.plain(").").name("getBytes").plain("()))");
    }
    for (name, value) in request.all_headers() {
        code.plain("\n      .").name("header").plain("(").string(double_quoted(&name)).plain(", ");
        string(code, &value);
        code.plain(")");
    }
    if matches!(request.body, Body::Multipart(_)) {
        let value = format!("multipart/form-data; boundary={BOUNDARY}");
        code.plain("\n      .").name("header").plain("(").string("\"Content-Type\"").plain(",\n        ");
        code.string(double_quoted(&value)).plain(")");
    }
}

fn push_method(code: &mut Code, request: &Request) {
    code.plain("\n      .")
        .name("method")
        .plain("(")
        .string(double_quoted(&request.method))
        .plain(", HttpRequest.BodyPublishers");
    match &request.body {
        Body::None => code.plain(".").name("noBody").plain("())"),
        Body::File(name, _) => code
            .plain("\n        .")
            .name("ofFile")
            .plain("(Path.")
            .name("of")
            .plain("(")
            .string(double_quoted(name))
            .plain(")))"),
        Body::Multipart(parts) => {
            push_parts(code, parts);
            code.plain(")")
        }
        Body::Json(..) | Body::Text(..) | Body::Form(_) => {
            let text = request.body_text().unwrap_or_default();
            code.plain("\n        .").name("ofString").plain("(").string(block(&text)).plain("))")
        }
    };
}

/// A text block where there are several lines.
fn block(text: &str) -> String {
    let fits = text.contains('\n') && !text.contains('\r') && !text.lines().any(|line| line.ends_with([' ', '\t']));
    if !fits || text.chars().any(|c| c.is_control() && c != '\n') {
        return double_quoted(text);
    }
    let escaped = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\"\"");
    let escaped = if escaped.ends_with('"') { format!("{}\\\"", &escaped[..escaped.len() - 1]) } else { escaped };
    format!("\"\"\"\n          {}\"\"\"", escaped.replace('\n', "\n          "))
}

fn push_parts(code: &mut Code, parts: &[Part]) {
    code.plain("\n        .").name("concat").plain("(");
    for part in parts {
        let mut head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"", part.name);
        if let Some(file) = &part.file {
            head.push_str(&format!("; filename=\"{file}\""));
        }
        head.push_str("\r\n");
        for (name, value) in part
            .content_type
            .iter()
            .map(|kind| ("Content-Type", kind))
            .chain(part.headers.iter().map(|(name, value)| (name.as_str(), value)))
        {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        match &part.file {
            None => push_publisher(code, &format!("{head}{}\r\n", part.text)),
            Some(file) => {
                push_publisher(code, &head);
                code.plain("\n          HttpRequest.BodyPublishers.").name("ofFile").plain("(Path.").name("of");
                code.plain("(").string(double_quoted(file)).plain(")),");
                push_publisher(code, "\r\n");
            }
        }
    }
    code.plain("\n          HttpRequest.BodyPublishers.").name("ofString").plain("(");
    code.string(double_quoted(&format!("--{BOUNDARY}--\r\n"))).plain("))");
}

fn push_publisher(code: &mut Code, text: &str) {
    code.plain("\n          HttpRequest.BodyPublishers.").name("ofString").plain("(");
    let pieces = text.split_inclusive("\r\n").peekable();
    let mut first = true;
    for piece in pieces {
        code.plain(if first { "" } else { "\n            + " }).string(double_quoted(piece));
        first = false;
    }
    if first {
        code.string("\"\"");
    }
    code.plain("),");
}
