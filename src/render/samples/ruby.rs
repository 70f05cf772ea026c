//! Ruby with `net/http`.

use super::literal::{concatenated, lines};
use super::request::{Body, Request, Template};
use crate::render::code::{Class, Code};
use crate::schema::wire::form::Part;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let mut code = Code::new();
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
            code.plain("request = Net::HTTPGenericRequest.")
                .name("new")
                .plain("(\n  ")
                .string(single_quoted(&request.method));
            code.plain(format!(", {has_body}, true, uri)\n"));
        }
    }
    if let Some((user, password)) = &request.basic {
        code.plain("request.").name("basic_auth").plain("(");
        variable(&mut code, user);
        code.plain(", ");
        variable(&mut code, password);
        code.plain(")\n");
    }
    for (name, value) in request.all_headers() {
        code.plain("request[").string(single_quoted(&name)).plain("] = ");
        string(&mut code, &value);
        code.plain("\n");
    }
    push_body(&mut code, request);
    code.plain("\nresponse = Net::HTTP.").name("start").plain("(\n  uri.hostname, uri.port, use_ssl: uri.scheme == ");
    code.string("\"https\"").plain("\n) { |http| http.").name("request").plain("(request) }\n");
    code.name("puts").plain(" response.code, response.body\n");
    code
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", single_quoted, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("ENV.").name("fetch").plain("(").string(single_quoted(name)).plain(")");
}

fn push_body(code: &mut Code, request: &Request) {
    match &request.body {
        Body::None => {}
        Body::Json(..) | Body::Text(..) | Body::Form(_) => {
            let text = request.body_text().unwrap_or_default();
            code.plain("request.body = ").string(single_quoted(&text)).plain("\n");
        }
        Body::File(name, _) => {
            code.plain("request.body = File.").name("binread").plain("(").string(single_quoted(name)).plain(")\n");
        }
        Body::Multipart(parts) => {
            code.plain("request.").name("set_form").plain("([\n");
            parts.iter().for_each(|part| push_part(code, part));
            code.plain("], ").string("'multipart/form-data'").plain(")\n");
        }
    }
}

fn push_part(code: &mut Code, part: &Part) {
    code.plain("  [").string(single_quoted(&part.name)).plain(", ");
    match &part.file {
        Some(file) => {
            code.plain("File.").name("open").plain("(").string(single_quoted(file)).plain("),\n    { filename: ");
            code.string(single_quoted(file));
            if let Some(content_type) = &part.content_type {
                code.plain(", content_type: ").string(single_quoted(content_type));
            }
            code.plain(" }],\n");
        }
        None => {
            code.string(single_quoted(&part.text));
            if let Some(content_type) = &part.content_type {
                code.plain(",\n    { content_type: ").string(single_quoted(content_type)).plain(" }");
            }
            code.plain("],\n");
        }
    }
    for (name, value) in &part.headers {
        code.push(Class::Comment, format!("  # net/http cannot set the part header {name}: {value}\n"));
    }
}
