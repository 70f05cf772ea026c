//! Python with `requests` or `httpx`.

use super::literal::{Values, concatenated, double_quoted, lines, network_lines, pairs, remarks, survives_doubles};
use super::request::{Body, Login, Request, Template};
use crate::render::code::{Class, Code};
use crate::schema::wire::form::{Chunk, Part};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Client {
    Requests,
    Httpx,
}

impl Client {
    fn module(self) -> &'static str {
        match self {
            Client::Requests => "requests",
            Client::Httpx => "httpx",
        }
    }

    /// The argument that takes a body of bytes.
    fn content(self) -> &'static str {
        match self {
            Client::Requests => "data",
            Client::Httpx => "content",
        }
    }

    /// The methods that have a function of their own. Those of `httpx` that carry no body take none.
    fn shortcut(self, request: &Request) -> Option<String> {
        let method = request.method.to_ascii_lowercase();
        let bodiless = ["get", "delete", "head", "options"].contains(&method.as_str());
        let known = bodiless || ["post", "put", "patch"].contains(&method.as_str());
        let takes = self == Client::Requests || !bodiless || matches!(request.body, Body::None);
        (known && takes && request.method == method.to_ascii_uppercase()).then_some(method)
    }
}

const VALUES: Values = Values {
    map: ("{", "}"),
    empty_map: "{}",
    arrow: ": ",
    constants: ["None", "True", "False"],
    indent: "    ",
    last_comma: ",",
    literal: double_quoted,
};

/// Writes the request with `requests`.
pub fn write(request: &Request) -> Code {
    write_client(request, Client::Requests)
}

/// Writes the request with `httpx`.
pub fn write_httpx(request: &Request) -> Code {
    write_client(request, Client::Httpx)
}

fn write_client(request: &Request, client: Client) -> Code {
    let request = request.with_flat_parts();
    let mut code = Code::new();
    remarks(&mut code, &request, "# ");
    let context = request.certificate && client == Client::Httpx;
    if request.uses_variables() {
        code.keyword("import").plain(" os\n");
    }
    if context {
        code.keyword("import").plain(" ssl\n");
    }
    if request.uses_variables() || context {
        code.plain("\n");
    }
    code.keyword("import").plain(" ").plain(client.module()).plain("\n");
    if request.digest.is_some() && client == Client::Requests {
        code.keyword("from").plain(" requests.auth ").keyword("import").plain(" HTTPDigestAuth\n");
    }
    if context {
        code.plain("\ncontext = ssl.").name("create_default_context").plain("()\ncontext.").name("load_cert_chain");
        code.plain("(").string("\"client.pem\"").plain(", ").string("\"client.key\"").plain(")\n");
    }
    code.plain("\nresponse = ").plain(client.module()).plain(".");
    match client.shortcut(&request) {
        Some(method) => code.name(method).plain("(\n"),
        None => code.name("request").plain("(\n    ").string(double_quoted(&request.method)).plain(",\n"),
    };
    code.plain("    ");
    lines(&mut code, &request.url_lines(), "\n    + ", string);
    code.plain(",\n");
    push_login(&mut code, &request, client);
    push_headers(&mut code, &request);
    push_body(&mut code, &request.body, client);
    code.plain(")\n").name("print").plain("(response.status_code, response.text)\n");
    code
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", double_quoted, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("os.environ[").string(double_quoted(name)).plain("]");
}

fn push_login(code: &mut Code, request: &Request, client: Client) {
    let digest = match client {
        Client::Requests => "HTTPDigestAuth",
        Client::Httpx => "httpx.DigestAuth",
    };
    let mut push = |name: &str, login: &Login| {
        code.plain("    auth=").name(name).plain("(\n        ");
        variable(code, &login.user);
        code.plain(",\n        ");
        variable(code, &login.password);
        code.plain(",\n    ),\n");
    };
    if let Some(login) = &request.basic {
        push("", login);
    }
    if let Some(login) = &request.digest {
        push(digest, login);
    }
    if request.certificate {
        match client {
            Client::Requests => {
                code.plain("    cert=(").string("\"client.pem\"").plain(", ").string("\"client.key\"").plain("),\n")
            }
            Client::Httpx => code.plain("    verify=context,\n"),
        };
    }
}

/// JSON that the library writes itself.
fn by_library(body: &Body) -> bool {
    matches!(body, Body::Json(value, kind) if kind == "application/json" && survives_doubles(value))
}

fn push_headers(code: &mut Code, request: &Request) {
    let by_library = by_library(&request.body);
    let headers: Vec<_> =
        request.all_headers().into_iter().filter(|(name, _)| !(by_library && name == "Content-Type")).collect();
    if headers.is_empty() {
        return;
    }
    code.plain("    headers={\n");
    for (name, value) in headers {
        code.plain("        ").string(double_quoted(&name)).plain(": ");
        string(code, &value);
        code.plain(",\n");
    }
    code.plain("    },\n");
}

fn push_body(code: &mut Code, body: &Body, client: Client) {
    let by_library = by_library(body);
    match body {
        Body::None => return,
        Body::Json(value, _) if by_library => {
            code.plain("    json=");
            VALUES.push(code, value, 1);
        }
        Body::Multipart(parts) => {
            code.plain("    files=[\n");
            parts.iter().for_each(|part| push_part(code, part));
            code.plain("    ]");
        }
        other => {
            code.plain("    ").plain(client.content()).plain("=");
            push_content(code, other);
        }
    }
    code.plain(",\n");
}

fn push_content(code: &mut Code, body: &Body) {
    match body {
        Body::Json(value, _) => push_text(code, &crate::schema::wire::json(value)),
        Body::Text(text, _) => push_text(code, text),
        Body::Form(form) => pairs(code, form, "\n    + ", double_quoted),
        Body::Chunks(chunks, _) => push_chunks(code, chunks),
        Body::File(name, _) => push_file(code, name),
        Body::None | Body::Multipart(_) => {}
    }
}

fn push_text(code: &mut Code, text: &str) {
    match text.contains("\r\n") {
        true => {
            code.plain("(\n        ");
            network_lines(code, text, "\n        ", double_quoted);
            code.plain("\n    )");
        }
        false => {
            code.string(double_quoted(text));
        }
    }
    code.plain(".").name("encode").plain("()");
}

fn push_file(code: &mut Code, name: &str) {
    code.name("open").plain("(").string(double_quoted(name)).plain(", ").string("\"rb\"").plain(")");
}

fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    code.string("b\"\"").plain(".").name("join").plain("([\n");
    for chunk in chunks {
        match chunk {
            Chunk::Text(text) => {
                code.plain("        (\n            ");
                network_lines(code, text, "\n            ", double_quoted);
                code.plain("\n        ).").name("encode").plain("(),\n");
            }
            Chunk::File(file) => {
                code.plain("        ");
                push_file(code, file);
                code.plain(".").name("read").plain("(),\n");
            }
        }
    }
    code.plain("    ])");
}

/// A field without a file name is a tuple whose first item is `None`.
fn push_part(code: &mut Code, part: &Part) {
    code.plain("        (").string(double_quoted(&part.name)).plain(", (");
    match &part.file {
        Some(file) => {
            code.string(double_quoted(file)).plain(", ");
            push_file(code, file);
        }
        None => {
            code.push(Class::Number, "None").plain(", ").string(double_quoted(&part.text));
        }
    }
    if let Some(content_type) = &part.content_type {
        code.plain(", ").string(double_quoted(content_type));
    } else if !part.headers.is_empty() {
        code.plain(", ").push(Class::Number, "None");
    }
    if !part.headers.is_empty() {
        code.plain(", {");
        for (at, (name, value)) in part.headers.iter().enumerate() {
            code.plain(if at > 0 { ", " } else { "" });
            code.string(double_quoted(name)).plain(": ").string(double_quoted(value));
        }
        code.plain("}");
    }
    code.plain(")),\n");
}
