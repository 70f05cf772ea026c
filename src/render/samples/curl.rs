//! curl in a POSIX shell.

use super::request::{Body, Piece, Request, Template};
use crate::render::code::{Class, Code};
use crate::schema::wire::form::Part;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let mut code = Code::new();
    code.name("curl");
    let bodiless = matches!(request.body, Body::None);
    let split_query = request.method == "GET" && bodiless && request.url_lines().len() > 1;
    match request.method.as_str() {
        "GET" if bodiless && split_query => code.plain(" -G"),
        "GET" if bodiless => &mut code,
        "HEAD" => code.plain(" -I"),
        method => code.plain(" -X ").plain(shell_quoted(method)),
    };
    let globbed = request.url().shown().contains(['[', ']', '{', '}']);
    code.plain(if globbed { " -g " } else { " " });
    let url = if split_query { Template::text(format!("{}{}", request.base, request.path)) } else { request.url() };
    push_argument(&mut code, &url);
    if split_query {
        for piece in &request.query {
            option(&mut code, "-d", piece);
        }
    }
    if let Some((user, password)) = &request.basic {
        let pair = Template::variable(user).then(Template::text(":")).then(Template::variable(password));
        option(&mut code, "-u", &pair);
    }
    if request.certificate {
        option(&mut code, "--cert", &Template::text("client.pem"));
    }
    for (name, value) in request.all_headers() {
        option(&mut code, "-H", &Template::text(format!("{name}: ")).then(value));
    }
    push_body(&mut code, &request.body);
    code.plain("\n");
    code
}

fn push_body(code: &mut Code, body: &Body) {
    match body {
        Body::None => {}
        Body::Json(value, _) => {
            let text = crate::schema::wire::json(value);
            option(code, if text.starts_with('@') { "--data-raw" } else { "-d" }, &Template::text(text));
        }
        Body::Text(text, _) => option(code, "--data-raw", &Template::text(text)),
        Body::Form(pairs) => {
            for pair in pairs {
                option(code, "-d", &Template::text(pair));
            }
        }
        Body::Multipart(parts) => parts.iter().for_each(|part| push_part(code, part)),
        Body::File(name, _) => option(code, "--data-binary", &Template::text(format!("@{name}"))),
    }
}

fn push_part(code: &mut Code, part: &Part) {
    let plain = part.content_type.is_none() && part.headers.is_empty() && part.file.is_none();
    if plain {
        let special = part.text.starts_with(['@', '<', '"', '(']) || part.text.contains(';');
        let flag = if special { "--form-string" } else { "-F" };
        return option(code, flag, &Template::text(format!("{}={}", part.name, part.text)));
    }
    let mut argument = match &part.file {
        Some(file) => format!("{}=@{file}", part.name),
        None => format!("{}={}", part.name, form_value(&part.text)),
    };
    if let Some(content_type) = &part.content_type {
        argument.push_str(&format!(";type={content_type}"));
    }
    for (name, value) in &part.headers {
        argument.push_str(&format!(";headers=\"{name}: {value}\""));
    }
    option(code, "-F", &Template::text(argument));
}

/// A value that has what `-F` takes for its own is put in its quotes.
fn form_value(text: &str) -> String {
    let plain = !text.starts_with(['"', '@', '<', '(', ' ']) && !text.contains(';') && !text.ends_with(' ');
    if plain { text.to_string() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

fn option(code: &mut Code, flag: &str, value: &Template) {
    code.plain(" \\\n  ").plain(flag).plain(" ");
    push_argument(code, value);
}

fn push_argument(code: &mut Code, template: &Template) {
    if let Some(text) = template.as_text() {
        let quoted = shell_quoted(text);
        let class = if quoted.starts_with('\'') { Class::String } else { Class::Plain };
        code.push(class, quoted);
        return;
    }
    let tame = |text: &String| !text.contains(['\\', '"', '$', '`', '!']);
    let simple = template
        .pieces()
        .iter()
        .all(|piece| matches!(piece, Piece::Variable(_)) || matches!(piece, Piece::Text(text) if tame(text)));
    if simple {
        code.string("\"");
        for (at, piece) in template.pieces().iter().enumerate() {
            let next = template.pieces().get(at + 1);
            match piece {
                Piece::Text(text) => code.string(text),
                Piece::Variable(name) => code.push(Class::Number, variable(name, next)),
            };
        }
        code.string("\"");
        return;
    }
    for piece in template.pieces() {
        match piece {
            Piece::Text(text) => code.string(format!("'{}'", text.replace('\'', "'\\''"))),
            Piece::Variable(name) => code.push(Class::Number, format!("\"${name}\"")),
        };
    }
}

/// Braces keep a variable apart from a letter that follows.
fn variable(name: &str, next: Option<&Piece>) -> String {
    let glued =
        matches!(next, Some(Piece::Text(text)) if text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
    if glued { format!("${{{name}}}") } else { format!("${name}") }
}

/// Returns a word as the shell reads it back.
pub(super) fn shell_quoted(text: &str) -> String {
    let bare = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c));
    if bare { text.to_string() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
