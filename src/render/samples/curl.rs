//! curl in a shell.

use super::literal::{is_hidden, remarks};
use super::request::{Body, Login, Piece, Request, Template};
use crate::render::code::{Class, Code};
use crate::schema::wire::form::{Chunk, Part};

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = request.with_flat_parts();
    let mut code = Code::new();
    remarks(&mut code, &request, "# ");
    if let Body::Chunks(chunks, _) = &request.body {
        push_chunks(&mut code, chunks);
    }
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
    push_argument(&mut code, &if split_query { request.resource() } else { request.url() });
    if split_query {
        for piece in &request.query {
            option(&mut code, "-d", piece);
        }
    }
    if let Some(login) = &request.basic {
        option(&mut code, "-u", &pair(login));
    }
    if let Some(login) = &request.digest {
        code.plain(" \\\n  --digest");
        option(&mut code, "-u", &pair(login));
    }
    if request.certificate {
        option(&mut code, "--cert", &Template::text("client.pem"));
        option(&mut code, "--key", &Template::text("client.key"));
    }
    for (name, value) in request.all_headers() {
        // Without a value behind it, a colon takes the header away.
        let joint = if value.is_empty() { ";" } else { ": " };
        option(&mut code, "-H", &Template::text(format!("{name}{joint}")).then(value));
    }
    push_body(&mut code, &request.body);
    code.plain("\n");
    code
}

fn pair(login: &Login) -> Template {
    Template::variable(&login.user).then(Template::text(":")).then(Template::variable(&login.password))
}

/// The pieces of the body go through a pipe.
fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    code.plain("{\n");
    for chunk in chunks {
        match chunk {
            Chunk::Text(text) => {
                code.plain("  ").name("printf").plain(" ").string("'%s'");
                for line in text.split_inclusive("\r\n") {
                    code.plain(" \\\n    ").string(shell_quoted(line));
                }
                code.plain("\n");
            }
            Chunk::File(file) => {
                code.plain("  ").name("cat").plain(" ").plain(shell_quoted(file)).plain("\n");
            }
        }
    }
    code.plain("} | ");
}

fn push_body(code: &mut Code, body: &Body) {
    match body {
        Body::None => {}
        Body::Json(value, _) => option(code, "-d", &Template::text(crate::schema::wire::json(value))),
        Body::Text(text, _) => option(code, "--data-raw", &Template::text(text)),
        Body::Form(pairs) => {
            for pair in pairs {
                option(code, "-d", &Template::text(pair));
            }
        }
        Body::Multipart(parts) => parts.iter().for_each(|part| push_part(code, part)),
        Body::Chunks(..) => option(code, "--data-binary", &Template::text("@-")),
        Body::File(name, _) => option(code, "--data-binary", &Template::text(format!("@{name}"))),
    }
}

fn push_part(code: &mut Code, part: &Part) {
    if part.is_plain() {
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
        argument.push_str(&format!(";headers={}", form_quoted(&format!("{name}: {value}"))));
    }
    option(code, "-F", &Template::text(argument));
}

/// A value that has what `-F` takes for its own is put in its quotes.
fn form_value(text: &str) -> String {
    let plain = !text.starts_with(['"', '@', '<', '(', ' ']) && !text.contains(';') && !text.ends_with(' ');
    if plain { text.to_string() } else { form_quoted(text) }
}

fn form_quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn option(code: &mut Code, flag: &str, value: &Template) {
    code.plain(" \\\n  ").plain(flag).plain(" ");
    push_argument(code, value);
}

fn push_argument(code: &mut Code, template: &Template) {
    if let Some(text) = template.as_text() {
        let quoted = shell_quoted(text);
        if let Some(url) = template.changeable() {
            code.string_of_server(&quoted, url);
            return;
        }
        let class = if quoted.ends_with('\'') { Class::String } else { Class::Plain };
        code.push(class, quoted);
        return;
    }
    let tame = |text: &String| !text.contains(['\\', '"', '$', '`', '!']) && !text.chars().any(is_hidden);
    let simple = template
        .pieces()
        .iter()
        .all(|piece| matches!(piece, Piece::Variable(_)) || matches!(piece, Piece::Text(text) if tame(text)));
    if simple {
        code.string("\"");
        for (at, piece) in template.pieces().iter().enumerate() {
            let next = template.pieces().get(at + 1);
            match (piece, template.changeable()) {
                (Piece::Text(text), Some(url)) if at == 0 => code.string_of_server(text, url),
                (Piece::Text(text), _) => code.string(text),
                (Piece::Variable(name), _) => code.push(Class::Number, variable(name, next)),
            };
        }
        code.string("\"");
        return;
    }
    for (at, piece) in template.pieces().iter().enumerate() {
        match (piece, template.changeable()) {
            (Piece::Text(text), Some(url)) if at == 0 => code.string_of_server(&quoted(text), url),
            (Piece::Text(text), _) => code.string(quoted(text)),
            (Piece::Variable(name), _) => code.push(Class::Number, format!("\"${name}\"")),
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
pub fn shell_quoted(text: &str) -> String {
    let bare = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c));
    if bare { text.to_string() } else { quoted(text) }
}

/// In single quotes; with a `$` before them where a character has to be written by its number.
fn quoted(text: &str) -> String {
    if !text.chars().any(|c| is_hidden(c) && c != '\t') {
        return format!("'{}'", text.replace('\'', "'\\''"));
    }
    let mut out = String::from("$'");
    for c in text.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            '\r' => out.push_str("\\r"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("\\{byte:03o}")));
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}
