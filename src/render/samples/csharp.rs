//! C# 11 with `HttpClient`.

use super::literal::{concatenated, double_quoted, is_tame, lines, network_lines, pairs, remarks};
use super::request::{Body, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::{Chunk, Part};

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = request.without_digest().with_flat_parts();
    let mut code = Code::new();
    remarks(&mut code, &request, "// ");
    let encodes = matches!(request.body, Body::Json(..) | Body::Text(..) | Body::Form(_) | Body::Chunks(..));
    if encodes || request.basic.is_some() {
        code.keyword("using").plain(" System.Text;\n\n");
    }
    code.keyword("using var").plain(" client = ").keyword("new").plain(" HttpClient();\n");
    code.keyword("using var").plain(" request = ").keyword("new").plain(" HttpRequestMessage(\n  ");
    push_method(&mut code, &request.method);
    code.plain(",\n  ");
    lines(&mut code, &request.url_lines(), "\n  + ", string);
    code.plain(");\n");
    push_headers(&mut code, &request);
    push_body(&mut code, &request);
    code.keyword("using var").plain(" response = ").keyword("await").plain(" client\n  .");
    code.name("SendAsync").plain("(request);\n");
    code.plain("Console.").name("WriteLine").plain("((int)response.StatusCode);\n");
    code.plain("Console.").name("WriteLine").plain("(").keyword("await").plain(" response.Content\n  .");
    code.name("ReadAsStringAsync").plain("());\n");
    code
}

fn push_method(code: &mut Code, method: &str) {
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"];
    match known.contains(&method) {
        true => code.plain("HttpMethod.").name(format!("{}{}", &method[..1], method[1..].to_ascii_lowercase())),
        false => code.keyword("new").plain(" HttpMethod(").string(double_quoted(method)).plain(")"),
    };
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", double_quoted, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("Environment\n    .").name("GetEnvironmentVariable").plain("(").string(double_quoted(name)).plain(")");
}

fn push_headers(code: &mut Code, request: &Request) {
    if let Some(login) = &request.basic {
        code.plain("request.Headers.").name("Add").plain("(").string("\"Authorization\"").plain(",\n  ");
        code.string("\"Basic \"").plain(" + Convert.").name("ToBase64String").plain("(\n    Encoding.UTF8.");
        code.name("GetBytes").plain("(");
        variable(code, &login.user);
        code.plain("\n    + ").string("\":\"").plain(" + ");
        variable(code, &login.password);
        code.plain(")));\n");
    }
    for (name, value) in request.all_headers().into_iter().filter(|(name, _)| name != "Content-Type") {
        code.plain("request.Headers.").name("TryAddWithoutValidation").plain("(\n  ");
        code.string(double_quoted(&name)).plain(", ");
        string(code, &value);
        code.plain(");\n");
    }
}

fn push_body(code: &mut Code, request: &Request) {
    let content_type = request.content_type().unwrap_or_default();
    match &request.body {
        Body::None => {}
        Body::Json(..) | Body::Text(..) | Body::Form(_) => {
            code.plain("request.Content = ").keyword("new").plain(" StringContent(\n  ");
            match &request.body {
                Body::Form(form) => pairs(code, form, "\n  + ", double_quoted),
                _ => push_text(code, &request.body_text().unwrap_or_default()),
            }
            code.plain(", Encoding.UTF8);\n");
            push_content_type(code, "request.Content", &content_type);
        }
        Body::File(name, _) => {
            code.plain("request.Content = ").keyword("new").plain(" StreamContent(\n  File.").name("OpenRead");
            code.plain("(").string(double_quoted(name)).plain("));\n");
            push_content_type(code, "request.Content", &content_type);
        }
        Body::Chunks(chunks, _) => {
            push_chunks(code, chunks);
            push_content_type(code, "request.Content", &content_type);
        }
        Body::Multipart(parts) => {
            code.keyword("var").plain(" form = ").keyword("new").plain(" MultipartFormDataContent();\n");
            for (at, part) in parts.iter().enumerate() {
                push_part(code, part, at + 1);
            }
            code.plain("request.Content = form;\n");
        }
    }
}

/// The type that a content gives itself is replaced as it is, without a look at it.
fn push_content_type(code: &mut Code, target: &str, content_type: &str) {
    code.plain(target).plain(".Headers.").name("Remove").plain("(").string("\"Content-Type\"").plain(");\n");
    code.plain(target).plain(".Headers.").name("TryAddWithoutValidation").plain("(\n  ").string("\"Content-Type\"");
    code.plain(", ").string(double_quoted(content_type)).plain(");\n");
}

/// A raw literal with as many quotes as the text needs, where there are several lines.
fn push_text(code: &mut Code, text: &str) {
    if !text.contains('\n') || !is_tame(text) {
        return network_lines(code, text, "\n  + ", double_quoted);
    }
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '"' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let quotes = "\"".repeat(3.max(longest + 1));
    code.string(format!("{quotes}\n{text}\n{quotes}"));
}

fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    code.keyword("var").plain(" body = ").keyword("new").plain(" MemoryStream();\n");
    for chunk in chunks {
        match chunk {
            Chunk::Text(text) => {
                code.plain("body.").name("Write").plain("(Encoding.UTF8.").name("GetBytes").plain("(\n  ");
                network_lines(code, text, "\n  + ", double_quoted);
                code.plain("));\n");
            }
            Chunk::File(file) => {
                code.plain("body.").name("Write").plain("(File.").name("ReadAllBytes").plain("(");
                code.string(double_quoted(file)).plain("));\n");
            }
        }
    }
    code.plain("request.Content = ").keyword("new").plain(" ByteArrayContent(body.").name("ToArray").plain("());\n");
}

fn push_part(code: &mut Code, part: &Part, number: usize) {
    let variable = format!("part{number}");
    code.keyword("var").plain(format!(" {variable} = ")).keyword("new").plain(" ");
    match &part.file {
        Some(file) => {
            code.plain("StreamContent(\n  File.").name("OpenRead").plain("(").string(double_quoted(file)).plain("));\n")
        }
        None => code.plain("StringContent(").string(double_quoted(&part.text)).plain(");\n"),
    };
    if let Some(content_type) = &part.content_type {
        push_content_type(code, &variable, content_type);
    }
    for (name, value) in &part.headers {
        code.plain(&variable).plain(".Headers.").name("Add").plain("(").string(double_quoted(name)).plain(", ");
        code.string(double_quoted(value)).plain(");\n");
    }
    code.plain("form.").name("Add").plain(format!("({variable}, ")).string(double_quoted(&part.name));
    if let Some(file) = &part.file {
        code.plain(", ").string(double_quoted(file));
    }
    code.plain(");\n");
}
