//! Serves a site from memory on a port of its own, below `/portal/`, with the strictest headers a host can send.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// The files of a site, by path.
pub type Files = Arc<BTreeMap<String, Vec<u8>>>;

/// The policy of the interface, and trusted types on top.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'";

/// Where a site is served.
#[derive(Debug, Clone)]
pub struct Served {
    /// Ends in `/portal/`.
    pub base: String,
}

impl Served {
    /// The address of a page by its URL in the manifest.
    pub fn url(&self, page: &str) -> String {
        format!("{}{page}", self.base)
    }
}

/// Serves a site until the program ends.
pub fn serve(files: Files) -> Served {
    serve_below(files, POLICY.to_owned())
}

/// Serves a site below a policy of its own, made as strict as a host can.
pub fn serve_with_policy(files: Files, policy: String) -> Served {
    serve_below(files, format!("{policy}; frame-ancestors 'none'; require-trusted-types-for 'script'"))
}

fn serve_below(files: Files, policy: String) -> Served {
    let policy: Arc<str> = policy.into();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/portal/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (files, policy) = (Arc::clone(&files), Arc::clone(&policy));
            std::thread::spawn(move || converse(stream, &files, &policy));
        }
    });
    Served { base }
}

/// Answers the requests of one connection.
fn converse(mut stream: TcpStream, files: &BTreeMap<String, Vec<u8>>, policy: &str) {
    let Ok(copy) = stream.try_clone() else { return };
    let mut lines = BufReader::new(copy).lines().map_while(Result::ok);
    while let Some(request) = lines.next() {
        // The fields up to the empty line tell nothing that the answer depends on.
        if !lines.by_ref().any(|line| line.is_empty()) || stream.write_all(&answer(&request, files, policy)).is_err() {
            return;
        }
    }
}

fn answer(request: &str, files: &BTreeMap<String, Vec<u8>>, policy: &str) -> Vec<u8> {
    let target = request.split(' ').nth(1).unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
    let path = target.strip_prefix("/portal/").map(portolan::text::percent_decoded);
    let file = path.map(|path| if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path });
    let found = file.as_deref().and_then(|file| files.get_key_value(file));
    let (status, name, body): (&str, &str, &[u8]) = match found {
        Some((name, body)) => ("200 OK", name, body),
        None => ("404 Not Found", "404.html", files.get("404.html").map_or(b"not found", Vec::as_slice)),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\ncontent-security-policy: {policy}\r\n\
         x-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\n\r\n",
        media_type(name),
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "bin" => "application/octet-stream",
        _ => "text/plain; charset=utf-8",
    }
}
