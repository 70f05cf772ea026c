//! Requests to answers: paths decoded, types and headers set. Knows the snapshot, not the connection.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use super::snapshot::{Found, PageState, Snapshot};

/// Where the server's own files are. No page of a portal lies below `-`.
pub(super) const OWN: &str = "/-/portolan/";

/// The policy of the design that every page must work under.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'";

const SCRIPT: &str = include_str!("live.js");
const STYLE: &str = include_str!("live.css");

/// Decodes a request path or a value of its query.
///
/// Returns `None` for what is no path: a broken escape, bytes that are not UTF-8, control characters.
pub(super) fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok().filter(|path| !path.chars().any(char::is_control))
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

/// Encodes a path for `Location` (RFC 3986, section 3.3).
fn encode(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Answers a request for a decoded path. May take long: not for the thread that serves.
pub(super) fn answer(snapshot: &Snapshot, path: &str, query: Option<&str>) -> Response<Body> {
    if let Some(own) = path.strip_prefix(OWN) {
        return match own {
            "live.js" => file(StatusCode::OK, "live.js", SCRIPT.as_bytes().to_vec()),
            "live.css" => file(StatusCode::OK, "live.css", STYLE.as_bytes().to_vec()),
            _ => text(StatusCode::NOT_FOUND, "there is no such file\n"),
        };
    }
    let (status, path) = match snapshot.find(path) {
        Found::File(path) => (StatusCode::OK, Some(path)),
        Found::Elsewhere(location) => return elsewhere(&location, query),
        Found::Missing => (StatusCode::NOT_FOUND, snapshot.not_found_page()),
    };
    match path.as_ref().and_then(|path| Some((path, snapshot.bytes(path)?))) {
        Some((path, bytes)) if path.as_str().ends_with(".html") => {
            with_policy(file(status, path.as_str(), with_script(&bytes)), snapshot.policy())
        }
        Some((path, bytes)) => file(status, path.as_str(), bytes.to_vec()),
        None => text(StatusCode::NOT_FOUND, "there is no such page\n"),
    }
}

/// Lets a page load and call what its site lets it; each page carries its own policy besides.
fn with_policy(mut page: Response<Body>, policy: &str) -> Response<Body> {
    if let Ok(policy) = HeaderValue::from_str(policy) {
        page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    page
}

/// Permanent in meaning, but never kept: tomorrow another portal is served at this port.
fn elsewhere(location: &str, query: Option<&str>) -> Response<Body> {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = text(StatusCode::PERMANENT_REDIRECT, "");
    if let Ok(location) = HeaderValue::from_str(&format!("{}{query}", encode(location))) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Puts the live script into a page, with the mark of what it shows.
fn with_script(page: &Arc<[u8]>) -> Vec<u8> {
    let mark = PageState::of(page).mark();
    let tag = format!("<script src=\"{OWN}live.js?shown={mark}\" defer></script>");
    let head = page.windows(7).position(|window| window.eq_ignore_ascii_case(b"</head>"));
    let (before, after) = page.split_at(head.unwrap_or(page.len()));
    [before, tag.as_bytes(), after].concat()
}

/// Returns an answer in plain words.
pub(super) fn text(status: StatusCode, words: &str) -> Response<Body> {
    file(status, "words.txt", words.as_bytes().to_vec())
}

fn file(status: StatusCode, name: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    set_common_headers(headers);
    response
}

/// Sets what every answer carries.
pub(super) fn set_common_headers(headers: &mut axum::http::HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
}

/// Returns the media type of a file by its name.
fn content_type(name: &str) -> &'static str {
    let file = name.rsplit('/').next().unwrap_or(name);
    match file.rsplit_once('.').map_or(file, |(_, extension)| extension).to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "md" => "text/markdown; charset=utf-8",
        "txt" | "_headers" | "_redirects" | "log" | "csv" => "text/plain; charset=utf-8",
        "yaml" | "yml" => "application/yaml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "api-catalog" => "application/linkset+json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_path_is_not_decoded() {
        assert_eq!(decode("/a%20b/%C3%A9").as_deref(), Some("/a b/é"));
        for bad in ["/%", "/%2", "/%zz", "/%00", "/%ff", "/%c0%ae", "/%0d%0a", "/a%7f"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
