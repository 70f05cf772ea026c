//! The server that records what arrives.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc;

/// What a server got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrived {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Arrived {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// One part of a multipart body that arrived.
#[derive(Debug)]
pub(super) struct Got {
    headers: Vec<(String, String)>,
    pub(super) content: Vec<u8>,
}

impl Got {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl Arrived {
    /// Returns the parts of the body, split as RFC 2046 says.
    pub(super) fn parts(&self) -> Vec<Got> {
        let content_type = self.header("content-type").unwrap_or("");
        let boundary = content_type.split("boundary=").nth(1).unwrap_or("").trim_matches('"');
        let mark = format!("\r\n--{boundary}").into_bytes();
        let mut body = b"\r\n".to_vec();
        body.extend(&self.body);
        let mut parts = Vec::new();
        let mut starts: Vec<usize> = (0..body.len()).filter(|at| body[*at..].starts_with(&mark)).collect();
        assert!(starts.last().is_some_and(|last| body[last + mark.len()..].starts_with(b"--")), "the body ends early");
        starts.push(body.len());
        for pair in starts.windows(2).take(starts.len().saturating_sub(2)) {
            let part = &body[pair[0] + mark.len()..pair[1]];
            let end = (0..part.len()).find(|at| part[*at..].starts_with(b"\r\n\r\n")).unwrap();
            let head = String::from_utf8_lossy(&part[..end]).into_owned();
            let headers = head.split("\r\n").filter_map(|line| line.split_once(':'));
            let headers = headers.map(|(name, value)| (name.to_string(), value.trim().to_string())).collect();
            parts.push(Got { headers, content: part[end + 4..].to_vec() });
        }
        parts
    }
}

/// Takes one request and answers 200.
pub(super) fn serve_once() -> (u16, mpsc::Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let Ok((stream, _)) = listener.accept() else { return };
        let mut reader = BufReader::new(stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                break;
            }
            lines.push(line.trim_end().to_string());
        }
        let mut first = lines.first().cloned().unwrap_or_default();
        first.truncate(first.rfind(' ').unwrap_or(first.len()));
        let (method, target) = first.split_once(' ').unwrap_or(("", ""));
        let headers: Vec<(String, String)> = lines
            .iter()
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_string(), value.trim().to_string()))
            .collect();
        let mut arrived = Arrived { method: method.into(), target: target.into(), headers, body: Vec::new() };
        if arrived.header("expect").is_some() {
            let _ = reader.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
        }
        arrived.body = read_body(&mut reader, &arrived);
        let _ = reader.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        let _ = sender.send(arrived);
    });
    (port, receiver)
}

fn read_body(reader: &mut impl BufRead, arrived: &Arrived) -> Vec<u8> {
    let mut body = Vec::new();
    if let Some(length) = arrived.header("content-length").and_then(|length| length.parse().ok()) {
        body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
    } else if arrived.header("transfer-encoding") == Some("chunked") {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).unwrap();
            let size = usize::from_str_radix(size.trim(), 16).unwrap();
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).unwrap();
            if size == 0 {
                break;
            }
            body.extend(&chunk[..size]);
        }
    }
    body
}
