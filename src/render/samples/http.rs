//! The request as it travels (RFC 9112).

use super::literal::remarks;
use super::request::{Body, Piece, Request, Template};
use crate::render::code::{self, Class, Code};
use crate::schema::wire::form::{BOUNDARY, Chunk, multipart_text};

/// What stands for a host that nobody names.
const HOST: &str = "HOST";

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = request.without_digest();
    let mut code = Code::new();
    remarks(&mut code, &request, "# ");
    let (host, base_path) = split(&request.base);
    let changeable = request.base.changeable().is_some();
    code.keyword(&request.method).plain(" ");
    push_part(&mut code, &base_path, changeable.then_some(Class::ServerPath));
    code.plain(&request.path);
    for (at, piece) in request.query.iter().enumerate() {
        code.plain(if at == 0 { "?" } else { "&" });
        push(&mut code, piece);
    }
    code.plain(" HTTP/1.1\n");
    let host = if request.ours { host } else { Template::text("your-server.example") };
    code.name("Host").plain(": ");
    push_part(&mut code, &host, changeable.then_some(Class::ServerHost));
    code.plain("\n");
    if let Some(login) = &request.basic {
        let told = format!("base64(${}:${})", login.user, login.password);
        header(&mut code, "Authorization", &Template::text(format!("Basic {told}")));
    }
    for (name, value) in request.all_headers() {
        header(&mut code, &name, &value);
    }
    push_body(&mut code, &request);
    code
}

/// Returns host and path of a server's URL.
fn split(base: &Template) -> (Template, Template) {
    if let Some(Piece::Variable(_)) = base.pieces().first() {
        let (_, path) = base.cut(|text| text.find('/'));
        return (Template::variable(HOST), path);
    }
    let (_, after_scheme) = base.cut(|text| text.find("://").map(|at| at + 3));
    after_scheme.cut(|text| text.find('/'))
}

fn push_body(code: &mut Code, request: &Request) {
    match &request.body {
        Body::None => {}
        Body::Json(value, _) => {
            code.plain("\n").append(code::json(value)).plain("\n");
        }
        Body::Multipart(parts) => {
            header(code, "Content-Type", &Template::text(format!("multipart/form-data; boundary={BOUNDARY}")));
            code.plain("\n").plain(multipart_text(parts));
        }
        Body::Chunks(chunks, _) => {
            code.plain("\n");
            for chunk in chunks {
                match chunk {
                    Chunk::Text(text) => code.plain(text.replace("\r\n", "\n")),
                    Chunk::File(name) => code.push(Class::Comment, format!("(the bytes of {name})")),
                };
            }
        }
        Body::File(name, _) => {
            code.plain("\n").push(Class::Comment, format!("(the bytes of {name})\n"));
        }
        Body::Text(..) | Body::Form(_) => {
            let text = request.body_text().unwrap_or_default().replace("\r\n", "\n");
            code.plain("\n").plain(text.trim_end_matches('\n')).plain("\n");
        }
    }
}

fn header(code: &mut Code, name: &str, value: &Template) {
    code.name(name).plain(": ");
    push(code, value);
    code.plain("\n");
}

fn push(code: &mut Code, template: &Template) {
    push_part(code, template, None);
}

fn push_part(code: &mut Code, template: &Template, class: Option<Class>) {
    if let (Some(class), Some(text)) = (class, template.as_text()) {
        code.push(class, text);
        return;
    }
    for piece in template.pieces() {
        match piece {
            Piece::Text(text) => code.plain(text),
            Piece::Variable(name) => code.push(Class::Number, format!("${name}")),
        };
    }
}
