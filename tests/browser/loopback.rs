//! An API and an authorization server on this machine, for the console to call: they answer by a rule and remember every
//! request.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// One request as it came.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers by lower-case name.
    pub headers: BTreeMap<String, String>,
    /// The body, with what is no UTF-8 replaced.
    pub body: String,
}

impl Asked {
    /// The value of a header, empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The value of a parameter of the query or of an urlencoded body.
    pub fn parameter(&self, name: &str) -> String {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').chain(self.body.split('&')).filter_map(|pair| pair.split_once('='));
        let found = pairs.into_iter().find(|(key, _)| *key == name);
        found.map_or(String::new(), |(_, value)| portolan::text::percent_decoded(&value.replace('+', " ")))
    }
}

/// An answer: status line, headers, body.
#[derive(Debug, Clone)]
pub struct Answer(pub &'static str, pub Vec<(&'static str, String)>, pub Vec<u8>);

impl Answer {
    /// JSON with 200.
    pub fn json(text: &str) -> Answer {
        Answer("200 OK", vec![("content-type", "application/json".into())], text.into())
    }
}

/// A server that ends with the program.
#[derive(Clone)]
pub struct Loopback {
    /// `http://127.0.0.1:port`.
    pub origin: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

type Rule = dyn Fn(&Asked) -> Answer + Send + Sync;

impl Loopback {
    /// Serves by a rule. With `cors`, every origin may read every answer, and may send everything.
    pub fn new(cors: bool, rule: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Loopback {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let loopback = Loopback { origin, asked: Arc::default() };
        let (asked, rule): (_, Arc<Rule>) = (Arc::clone(&loopback.asked), Arc::new(rule));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, rule) = (Arc::clone(&asked), Arc::clone(&rule));
                std::thread::spawn(move || converse(stream, cors, &asked, &*rule));
            }
        });
        loopback
    }

    /// The requests so far, those that browsers ask before others left out.
    pub fn asked(&self) -> Vec<Asked> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|one| one.method != "OPTIONS").cloned().collect()
    }

    /// The only request so far.
    pub fn only(&self) -> Asked {
        let asked = self.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked[0].clone()
    }
}

fn converse(mut stream: TcpStream, cors: bool, asked: &Mutex<Vec<Asked>>, rule: &Rule) {
    let Ok(copy) = stream.try_clone() else { return };
    let mut reader = BufReader::new(copy);
    while let Some(request) = read(&mut reader) {
        let preflight = request.method == "OPTIONS";
        asked.lock().unwrap().push(request.clone());
        let mut answer = if preflight { Answer("204 No Content", Vec::new(), Vec::new()) } else { rule(&request) };
        if cors {
            answer.1.push(("access-control-allow-origin", "*".into()));
            answer.1.push(("access-control-allow-headers", request.header("access-control-request-headers").into()));
            answer.1.push(("access-control-allow-methods", request.header("access-control-request-method").into()));
            answer.1.push(("access-control-expose-headers", "*".into()));
        }
        let headers: String = answer.1.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!("HTTP/1.1 {}\r\n{headers}content-length: {}\r\n\r\n", answer.0, answer.2.len());
        if stream.write_all(&[head.as_bytes(), &answer.2].concat()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    let mut next = |reader: &mut BufReader<TcpStream>| {
        line.clear();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        Some(line.trim_end().to_owned())
    };
    let first = next(reader)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    while let Some(field) = next(reader).filter(|field| !field.is_empty()) {
        if let Some((name, value)) = field.split_once(':') {
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, target, headers, body: String::from_utf8_lossy(&body).into_owned() })
}
