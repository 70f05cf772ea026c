//! The server over a raw connection, with a pipeline that makes a site of a few lines.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use super::*;
use crate::diag::codes::portal::BROKEN_LINK;
use crate::diag::{Diagnostic, Place};
use crate::model::portal::Portal;
use crate::model::route::{Routes, SitePath};
use crate::model::settings::Settings;
use crate::plan::{Family, Output, Site};

mod hostile;
mod live;

/// A page for each Markdown file, with the text as it is; the word `broken` in one is an error.
fn pipeline(tree: &SourceTree, base_url: Option<&str>) -> Built {
    let policy = "default-src 'none'; script-src 'self'; connect-src 'self' https://api.example".to_owned();
    let mut site = Site { policy, ..Site::default() };
    let mut report = Report::default();
    let css = tree.text(&crate::diag::SourcePath::new("site.css")).map_or(String::new(), |css| css.text.clone());
    let css_name = format!("assets/site.{}.css", css.len());
    for path in tree.files.keys().filter(|path| path.extension() == "md") {
        let source = tree.text(path).unwrap();
        if let Some(at) = source.text.find("broken") {
            report.push(Diagnostic::new(BROKEN_LINK, Place::new(&source, at..at + 6), "no page at `<img src=x>`"));
        }
        let folder = path.as_str().trim_end_matches(".md").trim_end_matches("index").to_owned();
        let slash = if folder.is_empty() || folder.ends_with('/') { "" } else { "/" };
        let page = page(&css_name, &source.text);
        site.outputs.insert(
            SitePath::new(format!("{folder}{slash}index.html")),
            Output::Make(Box::new(move || page.clone().into())),
        );
    }
    site.outputs.insert(SitePath::new(css_name), Output::Bytes(css.as_bytes().into()));
    site.outputs.insert(SitePath::new("404.html"), Output::Bytes(page("", "nothing here").as_bytes().into()));
    let list = |digests: &[crate::plan::Digest]| digests.iter().map(|d| format!("{}\n", d.path)).collect::<String>();
    site.outputs.insert(SitePath::new("portal.json"), Output::FromDigests(Box::new(move |d| list(d).into())));
    let shard = || BTreeMap::from([("ab12.json".to_owned(), b"{}".to_vec())]);
    site.families.push(Family::new("search/shards/", Box::new(shard)));
    Built { portal: Arc::new(portal(base_url)), site, report }
}

fn page(css: &str, text: &str) -> String {
    format!("<html><head><link rel=\"stylesheet\" href=\"/{css}\"></head><body>{text}</body></html>")
}

fn portal(base_url: Option<&str>) -> Portal {
    Portal {
        settings: Settings { base_url: base_url.map(str::to_owned), ..Settings::default() },
        apis: Vec::new(),
        documents: Vec::new(),
        roadmap: Vec::new(),
        roadmap_prose: Vec::new(),
        changelogs: Vec::new(),
        routes: Routes::default(),
        sections: Vec::new(),
        files: BTreeMap::new(),
        pages_of: BTreeMap::new(),
        redirects: BTreeMap::new(),
        overrides: BTreeMap::new(),
    }
}

/// A portal in a folder of its own, served.
struct Served {
    folder: tempfile::TempDir,
    address: SocketAddr,
    notices: Receiver<Notice>,
}

impl Served {
    fn new(files: &[(&str, &str)]) -> Served {
        Served::at(files, None)
    }

    fn at(files: &[(&str, &str)], base_url: Option<&'static str>) -> Served {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("portal")).unwrap();
        for (path, text) in files {
            write(&folder.path().join("portal").join(path), text);
        }
        let (sender, notices) = channel();
        let setup = Setup {
            folder: folder.path().join("portal"),
            out: folder.path().join("portal/site"),
            pipeline: Box::new(move |tree| pipeline(tree, base_url)),
            host: "127.0.0.1".into(),
            port: 0,
            taken_port: TakenPort::UseNext,
        };
        let voice = move |notice| drop(sender.send(notice));
        let (listener, shared) = start(setup, Arc::new(voice)).ok().unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || http::run(listener, shared, std::future::pending()));
        Served { folder, address, notices }
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.folder.path().join("portal").join(path), text);
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    }

    /// Sends bytes and returns all that comes back until the server closes.
    fn raw(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        // The server may refuse, and close, before it has read all.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn request(&self, method: &str, path: &str, headers: &str) -> Answer {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n");
        Answer::parse(&self.raw(request.as_bytes()))
    }

    fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "")
    }

    /// Asks again until the page has the text. Panics after two seconds.
    fn wait_for(&self, path: &str, text: &str) -> Duration {
        let started = Instant::now();
        while !self.get(path).body.contains(text) {
            assert!(started.elapsed() < Duration::from_secs(2), "`{text}` never came to {path}");
            std::thread::sleep(Duration::from_millis(5));
        }
        started.elapsed()
    }
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn parse(text: &str) -> Answer {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn header(&self, name: &str) -> &str {
        let line =
            self.head.lines().filter_map(|line| line.split_once(": ")).find(|(n, _)| n.eq_ignore_ascii_case(name));
        line.map_or("", |(_, value)| value)
    }
}

const FILES: &[(&str, &str)] = &[
    ("index.md", "home"),
    ("guides/a b.md", "guide"),
    ("guides/index.md", "guides"),
    ("site.css", "p{}"),
    (".env", "SECRET"),
];

#[test]
fn pages_files_folders_and_what_is_missing_are_answered_as_by_a_static_host() {
    let served = Served::new(FILES);
    let home = served.get("/");
    assert_eq!((home.status, home.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(home.body.contains("<script src=\"/-/portolan/live.js?shown="), "{}", home.body);
    assert!(home.body.contains(" defer></script></head><body>home"), "{}", home.body);
    assert_eq!(home.header("cache-control"), "no-store");
    assert!(home.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
    assert!(
        home.header("content-security-policy").ends_with("connect-src 'self' https://api.example"),
        "as its site asks"
    );
    assert_eq!(home.header("access-control-allow-origin"), "");

    assert_eq!(served.get("/guides/a%20b/").status, 200);
    let folder = served.get("/guides/a%20b?x=1");
    assert_eq!((folder.status, folder.header("location")), (308, "/guides/a%20b/?x=1"));
    let missing = served.get("/nowhere/");
    assert_eq!((missing.status, missing.body.contains("nothing here")), (404, true));
    assert_eq!(served.get("/assets/site.3.css").header("content-type"), "text/css; charset=utf-8");
    assert_eq!(served.get("/search/shards/ab12.json").body, "{}");
    let list = served.get("/portal.json");
    assert_eq!((list.header("content-type"), list.body.lines().count()), ("application/json", 6));

    let head = served.request("HEAD", "/", "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), home.header("content-length"));
}

#[test]
fn a_site_with_a_base_path_is_served_below_it() {
    let served = Served::at(FILES, Some("https://a.example/docs/v2"));
    let root = served.get("/");
    assert_eq!((root.status, root.header("location")), (308, "/docs/v2/"));
    assert_eq!(served.get("/docs/v2").header("location"), "/docs/v2/");
    assert!(served.get("/docs/v2/").body.contains("home"));
    assert_eq!(served.get("/guides/").status, 404);
    assert_eq!(served.get("/docs/v2/guides").header("location"), "/docs/v2/guides/");
}

#[test]
fn a_taken_port_gives_way_to_the_next_unless_told_otherwise() {
    let holder = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = holder.local_addr().unwrap().port();
    let (listener, taken) = listen("127.0.0.1", port, TakenPort::UseNext).unwrap();
    assert_ne!(listener.local_addr().unwrap().port(), port);
    assert_eq!(taken, Some(port));
    let refused = listen("127.0.0.1", port, TakenPort::Refuse).unwrap_err();
    assert!(format!("{refused:#}").starts_with(&format!("cannot listen at 127.0.0.1, port {port}")), "{refused:#}");
}
