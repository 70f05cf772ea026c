//! Go with `net/http`.

use super::literal::{concatenated, double_quoted, lines};
use super::request::{Body, Request, Template};
use crate::render::code::Code;
use crate::schema::wire::form::Part;

/// Writes the request.
pub fn write(request: &Request) -> Code {
    let mut code = Code::new();
    push_imports(&mut code, request);
    code.keyword("func").plain(" ").name("main").plain("() {\n");
    push_body(&mut code, request);
    code.plain("\treq, err := http.")
        .name("NewRequest")
        .plain("(\n\t\t")
        .string(double_quoted(&request.method))
        .plain(",\n\t\t");
    lines(&mut code, &request.url_lines(), " +\n\t\t\t", string);
    code.plain(if matches!(request.body, Body::None) { ",\n\t\tnil,\n\t)\n" } else { ",\n\t\tbody,\n\t)\n" });
    push_check(&mut code);
    if let Some((user, password)) = &request.basic {
        code.plain("\treq.").name("SetBasicAuth").plain("(");
        variable(&mut code, user);
        code.plain(", ");
        variable(&mut code, password);
        code.plain(")\n");
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
    code.keyword("\tdefer")
        .plain(" resp.Body.")
        .name("Close")
        .plain("()\n\tfmt.")
        .name("Println")
        .plain("(resp.Status)\n");
    code.plain("\tio.").name("Copy").plain("(os.Stdout, resp.Body)\n}\n");
    code
}

fn push_imports(code: &mut Code, request: &Request) {
    let mut imports = vec!["fmt", "io", "log", "net/http", "os"];
    match &request.body {
        Body::None => {}
        Body::File(..) => {}
        Body::Multipart(_) => imports.extend(["bytes", "mime/multipart", "net/textproto"]),
        Body::Json(..) | Body::Text(..) | Body::Form(_) => imports.push("strings"),
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
                push_part(code, part, at);
            }
            code.plain("\tform.").name("Close").plain("()\n");
        }
        Body::Json(..) | Body::Text(..) | Body::Form(_) => {
            let text = request.body_text().unwrap_or_default();
            code.plain("\tbody := strings.").name("NewReader").plain("(").string(raw(&text)).plain(")\n");
        }
    }
}

/// A raw literal where the text allows one.
fn raw(text: &str) -> String {
    let fits = text.contains('\n') && !text.contains(['`', '\r', '\u{feff}']) && !text.contains('\0');
    if fits { format!("`{text}`") } else { double_quoted(text) }
}

fn push_part(code: &mut Code, part: &Part, at: usize) {
    let disposition = match &part.file {
        Some(file) => format!("form-data; name=\"{}\"; filename=\"{file}\"", part.name),
        None => format!("form-data; name=\"{}\"", part.name),
    };
    if part.file.is_none() && part.content_type.is_none() && part.headers.is_empty() {
        code.plain("\tform.").name("WriteField").plain("(").string(double_quoted(&part.name)).plain(", ");
        code.string(double_quoted(&part.text)).plain(")\n");
        return;
    }
    let number = at + 1;
    code.plain(format!("\tpart{number}, _ := form.")).name("CreatePart").plain("(textproto.MIMEHeader{\n");
    let mut headers = vec![("Content-Disposition".to_string(), disposition)];
    headers.extend(part.content_type.iter().map(|content_type| ("Content-Type".to_string(), content_type.clone())));
    headers.extend(part.headers.iter().cloned());
    for (name, value) in headers {
        code.plain("\t\t").string(double_quoted(&name)).plain(": {").string(double_quoted(&value)).plain("},\n");
    }
    code.plain("\t})\n");
    match &part.file {
        Some(file) => {
            code.plain(format!("\tfile{number}, _ := os."))
                .name("Open")
                .plain("(")
                .string(double_quoted(file))
                .plain(")\n");
            code.plain("\tio.").name("Copy").plain(format!("(part{number}, file{number})\n"));
        }
        None => {
            code.plain("\tio.")
                .name("WriteString")
                .plain(format!("(part{number}, "))
                .string(double_quoted(&part.text))
                .plain(")\n");
        }
    }
}
