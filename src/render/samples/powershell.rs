//! PowerShell 7 with `Invoke-WebRequest`.

use super::literal::{concatenated, is_hidden, is_tame, lines, network_lines, pairs, remarks};
use super::request::{Body, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::{Chunk, Part};

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = with_plain_fields(&request.without_digest().with_simple_parts());
    let mut code = Code::new();
    remarks(&mut code, &request, "# ");
    code.plain("$request = @{\n");
    let known = ["GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "MERGE", "PATCH"];
    let key = if known.contains(&request.method.as_str()) { "Method" } else { "CustomMethod" };
    code.plain("  ").name(key).plain(" = ").string(literal(&request.method)).plain("\n");
    code.plain("  ").name("Uri").plain(" = ");
    lines(&mut code, &request.url_lines(), " +\n    ", string);
    code.plain("\n");
    push_headers(&mut code, &request);
    if let Some(content_type) = request.content_type() {
        code.plain("  ").name("ContentType").plain(" = ").string(literal(&content_type)).plain("\n");
    }
    push_body(&mut code, &request);
    code.plain("}\n$response = ").name("Invoke-WebRequest").plain(" @request\n");
    code.plain("$response.StatusCode\n$response.Content\n");
    code
}

/// `-Form` knows no types of single fields, and one field of each name.
fn with_plain_fields(request: &Request) -> Request {
    let Body::Multipart(parts) = &request.body else { return request.clone() };
    let plain = |part: &Part| match &part.content_type {
        None => part.file.is_none(),
        Some(content_type) => part.file.is_some() && content_type == "application/octet-stream",
    };
    let twice = |at: usize| parts[..at].iter().any(|known| known.name == parts[at].name);
    match parts.iter().all(plain) && !(0..parts.len()).any(twice) {
        true => request.clone(),
        false => request.in_chunks(),
    }
}

/// In single quotes, where every kind of single quote is doubled; in double quotes where a character has to be escaped.
pub fn literal(text: &str) -> String {
    if is_tame(text) {
        let mut out = String::from("'");
        for c in text.chars() {
            if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
                out.push(c);
            }
            out.push(c);
        }
        out.push('\'');
        return out;
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\u{201c}'..='\u{201e}' | '`' | '$' => out.extend(['`', c]),
            '\r' => out.push_str("`r"),
            '\n' => out.push_str("`n"),
            '\t' => out.push_str("`t"),
            c if is_hidden(c) => out.push_str(&format!("`u{{{:x}}}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", literal, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.name(format!("$env:{name}"));
}

fn push_headers(code: &mut Code, request: &Request) {
    let headers: Vec<_> = request.all_headers().into_iter().filter(|(name, _)| name != "Content-Type").collect();
    if headers.is_empty() && request.basic.is_none() {
        return;
    }
    code.plain("  ").name("Headers").plain(" = @{\n");
    if let Some(login) = &request.basic {
        code.plain("    ").string("'Authorization'").plain(" = ").string("'Basic '").plain(" +\n      [Convert]::");
        code.name("ToBase64String").plain("([Text.Encoding]::UTF8.").name("GetBytes").plain("(\n        ");
        variable(code, &login.user);
        code.plain(" + ").string("':'").plain(" +\n        ");
        variable(code, &login.password);
        code.plain("))\n");
    }
    for (name, value) in headers {
        code.plain("    ").string(literal(&name)).plain(" = ");
        string(code, &value);
        code.plain("\n");
    }
    code.plain("  }\n  ").name("SkipHeaderValidation").plain(" = ").keyword("$true").plain("\n");
}

fn push_body(code: &mut Code, request: &Request) {
    match &request.body {
        Body::None => {}
        Body::File(name, _) => {
            code.plain("  ").name("InFile").plain(" = ").string(literal(name)).plain("\n");
        }
        Body::Multipart(parts) => {
            code.plain("  ").name("Form").plain(" = @{\n");
            for part in parts {
                code.plain("    ").string(literal(&part.name)).plain(" = ");
                match &part.file {
                    Some(file) => code.name("Get-Item").plain(" ").string(literal(file)),
                    None => code.string(literal(&part.text)),
                };
                code.plain("\n");
            }
            code.plain("  }\n");
        }
        Body::Chunks(chunks, _) => push_chunks(code, chunks),
        Body::Form(form) => {
            code.plain("  ").name("Body").plain(" = ");
            pairs(code, form, " +\n    ", literal);
            code.plain("\n");
        }
        Body::Json(..) | Body::Text(..) => push_text(code, &request.body_text().unwrap_or_default()),
    }
}

/// A here-string where there are several lines. Other letters than ASCII's go as bytes: versions differ in what they
/// make of them.
fn push_text(code: &mut Code, text: &str) {
    code.plain("  ").name("Body").plain(" = ");
    let bytes = !text.is_ascii();
    if bytes {
        code.plain("[Text.Encoding]::UTF8.").name("GetBytes").plain("(");
    }
    let here = text.contains('\n') && is_tame(text) && !format!("\n{text}").contains("\n'@");
    match here {
        true => {
            code.string(format!("@'\n{text}\n'@"));
        }
        false => network_lines(code, text, " +\n    ", literal),
    }
    code.plain(if bytes { ")\n" } else { "\n" });
}

fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    code.plain("  ").name("Body").plain(" = [byte[]] (\n");
    for (at, chunk) in chunks.iter().enumerate() {
        code.plain("    ");
        match chunk {
            Chunk::Text(text) => {
                code.plain("[Text.Encoding]::UTF8.").name("GetBytes").plain("(\n      ");
                network_lines(code, text, " +\n      ", literal);
                code.plain(")");
            }
            Chunk::File(file) => {
                code.plain("[IO.File]::").name("ReadAllBytes").plain("(").string("\"$PWD/\"").plain(" + ");
                code.string(literal(file)).plain(")");
            }
        }
        code.plain(if at + 1 < chunks.len() { " +\n" } else { "\n" });
    }
    code.plain("  )\n");
}
