//! The request as it travels (RFC 9112).

use super::request::{Body, Piece, Request, Template};
use crate::render::code::{self, Class, Code};
use crate::schema::wire::form::{BOUNDARY, multipart_text};

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let mut code = Code::new();
    let after_scheme = request.base.split_once("://").map_or("", |(_, rest)| rest);
    let (host, base_path) = match after_scheme.find('/') {
        Some(slash) => after_scheme.split_at(slash),
        None => (after_scheme, ""),
    };
    code.keyword(&request.method).plain(" ").plain(base_path).plain(&request.path);
    for (at, piece) in request.query.iter().enumerate() {
        code.plain(if at == 0 { "?" } else { "&" });
        push(&mut code, piece);
    }
    code.plain(" HTTP/1.1\n");
    let host = if request.ours { host } else { "your-server.example" };
    header(&mut code, "Host", &Template::text(host));
    if let Some((user, password)) = &request.basic {
        let told = format!("base64(${user}:${password})");
        header(&mut code, "Authorization", &Template::text(format!("Basic {told}")));
    }
    for (name, value) in request.all_headers() {
        header(&mut code, &name, &value);
    }
    match &request.body {
        Body::None => {}
        Body::Json(value, _) => {
            code.plain("\n").append(code::json(value)).plain("\n");
        }
        Body::Multipart(parts) => {
            header(&mut code, "Content-Type", &Template::text(format!("multipart/form-data; boundary={BOUNDARY}")));
            code.plain("\n").plain(multipart_text(parts));
        }
        Body::File(name, _) => {
            code.plain("\n").push(Class::Comment, format!("(the bytes of {name})\n"));
        }
        Body::Text(..) | Body::Form(_) => {
            code.plain("\n").plain(request.body_text().unwrap_or_default()).plain("\n");
        }
    }
    code
}

fn header(code: &mut Code, name: &str, value: &Template) {
    code.name(name).plain(": ");
    push(code, value);
    code.plain("\n");
}

fn push(code: &mut Code, template: &Template) {
    for piece in template.pieces() {
        match piece {
            Piece::Text(text) => code.plain(text),
            Piece::Variable(name) => code.push(Class::Number, format!("${name}")),
        };
    }
}
