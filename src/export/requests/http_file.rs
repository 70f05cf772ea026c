//! A `.http` file: requests as they travel, for the editors that can send them (JetBrains' HTTP Client, VS Code's REST
//! Client and others share this form).

use super::{Call, Calls, braced};
use crate::model::route::ApiIndex;
use crate::render::Renderer;
use crate::render::samples::request::{Body, Request};
use crate::schema::wire;
use crate::schema::wire::form::{BOUNDARY, Chunk, multipart_text};

/// Returns the file of an API.
pub fn write(renderer: &Renderer, api: ApiIndex) -> Vec<u8> {
    let Some(calls) = Calls::new(renderer, api) else { return Vec::new() };
    let info = &calls.reference.api.info;
    let mut out = format!("# {} {}\n", one_line(&info.title), one_line(&info.version));
    out.push_str("# Fill in the variables, then send any request below.\n\n");
    for (at, base) in calls.bases.iter().enumerate() {
        let number = if at == 0 { String::new() } else { (at + 1).to_string() };
        out.push_str(&format!("@baseUrl{number} = {base}\n"));
    }
    for name in calls.secrets() {
        out.push_str(&format!("@{name} = \n"));
    }
    for call in &calls.list {
        push_call(&mut out, &calls, call);
    }
    out.into_bytes()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_call(out: &mut String, calls: &Calls<'_>, call: &Call<'_>) {
    let request = &call.request;
    out.push_str(&format!("\n### {}\n", call.title));
    if let Some(id) = call.operation.operation_id.as_deref().filter(|id| is_name(id)) {
        out.push_str(&format!("# @name {id}\n"));
    }
    if call.operation.deprecated {
        out.push_str("# Deprecated.\n");
    }
    out.push_str(&format!("{} {{{{{}}}}}{}", request.method, calls.base_variable(request), request.path));
    let several = request.query.len() > 1;
    for (at, piece) in request.query.iter().enumerate() {
        if several {
            out.push_str("\n    ");
        }
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(&braced(piece));
    }
    out.push('\n');
    if let Some(login) = &request.basic {
        out.push_str(&format!("Authorization: Basic {{{{{}}}}} {{{{{}}}}}\n", login.user, login.password));
    }
    for (name, value) in request.all_headers() {
        out.push_str(&format!("{name}: {}\n", braced(&value)));
    }
    push_body(out, request);
}

/// Names of requests are letters, digits and `_` in every editor.
fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn push_body(out: &mut String, request: &Request) {
    match &request.body {
        Body::Multipart(parts) => {
            out.push_str(&format!("Content-Type: multipart/form-data; boundary={BOUNDARY}\n\n"));
            out.push_str(&multipart_text(parts));
        }
        Body::Chunks(chunks, _) => {
            out.push('\n');
            for chunk in chunks {
                match chunk {
                    Chunk::Text(text) => out.push_str(&text.replace("\r\n", "\n")),
                    Chunk::File(name) => out.push_str(&format!("< ./{name}")),
                }
            }
        }
        Body::File(name, _) => out.push_str(&format!("\n< ./{name}\n")),
        Body::Json(value, _) => out.push_str(&format!("\n{}\n", safe(&wire::json(value)))),
        _ => {
            if let Some(text) = request.body_text() {
                out.push_str(&format!("\n{}\n", safe(&text)));
            }
        }
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

/// A line that begins like the end of a request would end it; one space before it is none in JSON, XML and forms.
fn safe(text: &str) -> String {
    let lines = text.lines().map(|line| if line.starts_with("###") { format!(" {line}") } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}
