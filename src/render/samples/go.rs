//! Go with `net/http`.

use super::literal::{concatenated, double_quoted, is_tame, lines, network_lines, pairs, remarks};
use super::request::{Body, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::{Chunk, Part};

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let request = request.without_digest().with_flat_parts();
    let mut code = Code::new();
    remarks(&mut code, &request, "// ");
    push_imports(&mut code, &request);
    code.keyword("func").plain(" ").name("main").plain("() {\n");
    push_body(&mut code, &request);
    code.plain("\treq, err := http.").name("NewRequest").plain("(\n\t\t");
    code.string(double_quoted(&request.method)).plain(",\n\t\t");
    lines(&mut code, &request.url_lines(), " +\n\t\t\t", string);
    code.plain(if matches!(request.body, Body::None) { ",\n\t\tnil,\n\t)\n" } else { ",\n\t\tbody,\n\t)\n" });
    push_check(&mut code);
    if let Some(login) = &request.basic {
        code.plain("\treq.").name("SetBasicAuth").plain("(\n\t\t");
        variable(&mut code, &login.user);
        code.plain(",\n\t\t");
        variable(&mut code, &login.password);
        code.plain(",\n\t)\n");
    }
    for (name, value) in request.all_headers() {
        code.plain("\treq.Header.").name("Set").plain("(").string(double_quoted(&name)).plain(", ");
        string(&mut code, &value);
        code.plain(")\n");
    }
    if matches!(request.body, Body::Multipart(_)) {
        code.plain("\treq.Header.").name("Set").plain("(").string("\"Content-Type\"").plain(", form.");
        code.name("FormDataContentType").plain("())\n");
    }
    code.plain("\tresp, err := http.DefaultClient.").name("Do").plain("(req)\n");
    push_check(&mut code);
    code.keyword("\tdefer").plain(" resp.Body.").name("Close").plain("()\n");
    code.plain("\tfmt.").name("Println").plain("(resp.Status)\n");
    code.plain("\tio.").name("Copy").plain("(os.Stdout, resp.Body)\n}\n");
    code
}

fn push_imports(code: &mut Code, request: &Request) {
    let mut imports = vec!["fmt", "io", "log", "net/http", "os"];
    match &request.body {
        Body::None | Body::File(..) => {}
        Body::Multipart(parts) => {
            imports.extend(["bytes", "mime/multipart"]);
            if !parts.iter().all(Part::is_plain) {
                imports.push("net/textproto");
            }
        }
        Body::Json(..) | Body::Text(..) | Body::Form(_) | Body::Chunks(..) => imports.push("strings"),
    }
    imports.sort_unstable();
    code.keyword("package").plain(" main\n\n").keyword("import").plain(" (\n");
    for import in imports {
        code.plain("\t").string(double_quoted(import)).plain("\n");
    }
    code.plain(")\n\n");
}

fn push_check(code: &mut Code) {
    code.keyword("\tif").plain(" err != nil {\n\t\tlog.").name("Fatal").plain("(err)\n\t}\n");
}

fn string(code: &mut Code, template: &Template) {
    concatenated(code, template, " + ", double_quoted, variable);
}

fn variable(code: &mut Code, name: &str) {
    code.plain("os.").name("Getenv").plain("(").string(double_quoted(name)).plain(")");
}

fn push_body(code: &mut Code, request: &Request) {
    match &request.body {
        Body::None => {}
        Body::File(name, _) => {
            code.plain("\tbody, err := os.").name("Open").plain("(").string(double_quoted(name)).plain(")\n");
            push_check(code);
        }
        Body::Multipart(parts) => {
            code.plain("\tbody := &bytes.Buffer{}\n\tform := multipart.").name("NewWriter").plain("(body)\n");
            for (at, part) in parts.iter().enumerate() {
                push_part(code, part, at + 1);
            }
            code.plain("\tform.").name("Close").plain("()\n");
        }
        Body::Chunks(chunks, _) => push_chunks(code, chunks),
        Body::Form(form) => {
            code.plain("\tbody := strings.").name("NewReader").plain("(\n\t\t");
            pairs(code, form, " +\n\t\t\t", double_quoted);
            code.plain(",\n\t)\n");
        }
        Body::Json(..) | Body::Text(..) => {
            let text = request.body_text().unwrap_or_default();
            code.plain("\tbody := strings.").name("NewReader").plain("(");
            push_text(code, &text, "\t\t");
            code.plain(")\n");
        }
    }
}

/// A raw literal where the text allows one.
fn push_text(code: &mut Code, text: &str, indent: &str) {
    let fits = (text.contains('\n') || text.contains('"')) && !text.contains('`') && is_tame(text);
    match fits {
        true => {
            code.string(format!("`{text}`"));
        }
        false => network_lines(code, text, &format!(" +\n{indent}"), double_quoted),
    }
}

fn push_chunks(code: &mut Code, chunks: &[Chunk]) {
    let mut number = 0;
    for chunk in chunks {
        if let Chunk::File(file) = chunk {
            number += 1;
            code.plain(format!("\tfile{number}, err := os.")).name("Open").plain("(");
            code.string(double_quoted(file)).plain(")\n");
            push_check(code);
        }
    }
    code.plain("\tbody := io.").name("MultiReader").plain("(\n");
    number = 0;
    for chunk in chunks {
        match chunk {
            Chunk::Text(text) => {
                code.plain("\t\tstrings.").name("NewReader").plain("(");
                network_lines(code, text, " +\n\t\t\t", double_quoted);
                code.plain("),\n");
            }
            Chunk::File(_) => {
                number += 1;
                code.plain(format!("\t\tfile{number},\n"));
            }
        }
    }
    code.plain("\t)\n");
}

fn push_part(code: &mut Code, part: &Part, number: usize) {
    if part.is_plain() {
        code.plain("\tform.").name("WriteField").plain("(").string(double_quoted(&part.name)).plain(", ");
        code.string(double_quoted(&part.text)).plain(")\n");
        return;
    }
    code.plain(format!("\tpart{number}, _ := form.")).name("CreatePart").plain("(textproto.MIMEHeader{\n");
    let mut headers = vec![("Content-Disposition".to_string(), part.disposition())];
    headers.extend(part.content_type.iter().map(|content_type| ("Content-Type".to_string(), content_type.clone())));
    headers.extend(part.headers.iter().cloned());
    for (name, value) in headers {
        code.plain("\t\t").string(double_quoted(&name)).plain(": {").string(double_quoted(&value)).plain("},\n");
    }
    code.plain("\t})\n");
    match &part.file {
        Some(file) => {
            code.plain(format!("\tfile{number}, err := os.")).name("Open").plain("(");
            code.string(double_quoted(file)).plain(")\n");
            push_check(code);
            code.plain("\tio.").name("Copy").plain(format!("(part{number}, file{number})\n"));
        }
        None => {
            code.plain("\tio.").name("WriteString").plain(format!("(part{number}, "));
            code.string(double_quoted(&part.text)).plain(")\n");
        }
    }
}
