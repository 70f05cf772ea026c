//! Samples are run against a server on the loopback interface, and what arrives is compared with the request model.
//!
//! A language whose interpreter is not installed is skipped, loudly; what it must escape is held by [`golden`].

#![allow(clippy::disallowed_methods, reason = "runs the samples in a folder of their own")]

mod cases;
mod golden;
mod loopback;
mod panel;
mod servers;
mod wire;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::request::{Body, Piece, Request, Template};
use super::writer;
use crate::model::sample_language::SampleLanguage;
use crate::render::reference::testing::Site;
use crate::schema::wire::form::{Chunk, Part};
use cases::{PORT, REQUESTS, requests_of};
use loopback::{Arrived, serve_once};

const VARIABLES: &[(&str, &str)] = &[
    ("TEST_TOKEN", "to ken-%24"),
    ("TEST_KEY", "k3y"),
    ("TEST_API_KEY", "k3y"),
    ("TEST_SID", "s1d"),
    ("TEST_USER", "us er"),
    ("TEST_PASSWORD", "p:w$!"),
    ("LOOPBACK", "127.0.0.1"),
];

/// What every file of a sample holds.
const PICTURE: &[u8] = b"\x89PNG\r\n\x00\xff";

/// One case in one language.
struct Trial {
    name: &'static str,
    wanted: &'static Request,
    code: String,
    port: u16,
    arrived: std::sync::mpsc::Receiver<Arrived>,
}

fn trials(language: SampleLanguage) -> Vec<Trial> {
    let trial = |(name, wanted): &'static (&'static str, Request)| {
        let (port, arrived) = serve_once();
        let code = writer(language)(wanted).text().replace(PORT, &port.to_string());
        Trial { name, wanted, code, port, arrived }
    };
    REQUESTS.iter().map(trial).collect()
}

fn is_installed(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn skipped(language: SampleLanguage, what: &str) {
    eprintln!("SKIPPED: {what} is not installed, {} samples are not run", language.label());
}

/// Runs one language over every case, a file at a time.
fn check(language: SampleLanguage, program: &str, file: &str, arguments: &[&str]) {
    for trial in trials(language) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(file), &trial.code).unwrap();
        let arguments: Vec<&str> = arguments.iter().copied().chain([file]).collect();
        run_and_compare(language, &trial, program, &arguments, folder.path());
    }
}

/// Runs a language that is compiled: every case is a file of one program.
fn check_compiled(
    language: SampleLanguage,
    file: fn(usize, &str) -> (String, String),
    compile: &[&str],
    run: fn(usize) -> Vec<String>,
) {
    let folder = tempfile::tempdir().unwrap();
    let trials = trials(language);
    let mut files = Vec::new();
    for (at, trial) in trials.iter().enumerate() {
        let (name, code) = file(at, &trial.code);
        std::fs::write(folder.path().join(&name), code).unwrap();
        files.push(name);
    }
    let compiled =
        Command::new(compile[0]).args(&compile[1..]).args(&files).current_dir(folder.path()).output().unwrap();
    let told = String::from_utf8_lossy(&compiled.stderr).into_owned();
    assert!(compiled.status.success(), "{}\n{told}", language.label());
    for (at, trial) in trials.iter().enumerate() {
        let arguments = run(at);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        run_and_compare(language, trial, "java", &arguments, folder.path());
    }
}

fn run_and_compare(language: SampleLanguage, trial: &Trial, program: &str, arguments: &[&str], folder: &Path) {
    for file in files_of(trial.wanted) {
        std::fs::write(folder.join(file), PICTURE).unwrap();
    }
    let run = run(program, arguments, folder, trial.port);
    let name = format!("{}, {}", language.label(), trial.name);
    let code = &trial.code;
    let arrived = trial.arrived.recv_timeout(Duration::from_secs(5));
    let arrived = arrived.unwrap_or_else(|_| panic!("{name}: nothing arrived\n{code}\n{run}"));
    compare(trial.wanted, &arrived, trial.port, &format!("{name}:\n{code}\n{run}\n{arrived:?}"));
}

fn run(program: &str, arguments: &[&str], folder: &Path, port: u16) -> String {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).envs(VARIABLES.iter().copied());
    command.env("BASE_URL", format!("http://127.0.0.1:{port}")).env("NO_PROXY", "127.0.0.1");
    let output = command.env_remove("http_proxy").env_remove("HTTP_PROXY").output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn files_of(request: &Request) -> Vec<String> {
    fn of_parts(parts: &[Part]) -> Vec<String> {
        parts.iter().flat_map(|part| part.file.iter().cloned().chain(of_parts(&part.parts))).collect()
    }
    match &request.body {
        Body::File(name, _) => vec![name.clone()],
        Body::Multipart(parts) => of_parts(parts),
        Body::Chunks(chunks, _) => {
            let files = chunks.iter().filter_map(|chunk| match chunk {
                Chunk::File(file) => Some(file.clone()),
                Chunk::Text(_) => None,
            });
            files.collect()
        }
        Body::None | Body::Json(..) | Body::Text(..) | Body::Form(_) => Vec::new(),
    }
}

fn request_of(site: &Site) -> Request {
    requests_of(site).swap_remove(0)
}

fn filled(template: &Template, port: u16) -> String {
    let pieces = template.pieces().iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Variable(name) if name == "BASE_URL" => format!("http://127.0.0.1:{port}"),
        Piece::Variable(name) => {
            let known = VARIABLES.iter().find(|(known, _)| known == name);
            known.unwrap_or_else(|| panic!("no variable {name}")).1.to_string()
        }
    });
    pieces.collect()
}

fn compare(wanted: &Request, arrived: &Arrived, port: u16, told: &str) {
    assert_eq!(arrived.method, wanted.method, "{told}");
    let url = filled(&wanted.url(), port);
    let target = url.split_once("://").map_or("", |(_, rest)| &rest[rest.find('/').unwrap_or(0)..]);
    assert_eq!(same_escapes(&arrived.target), same_escapes(&target.replace(PORT, &port.to_string())), "{told}");
    for (name, value) in wanted.all_headers() {
        assert_eq!(arrived.header(&name), Some(filled(&value, port).as_str()), "{name} of {told}");
    }
    if wanted.basic.is_some() {
        assert_eq!(arrived.header("authorization"), Some("Basic dXMgZXI6cDp3JCE="), "{told}");
    }
    match &wanted.body {
        Body::None => assert!(arrived.body.is_empty(), "{told}"),
        Body::Json(..) => {
            let text = wanted.body_text().unwrap();
            let value = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
            assert_eq!(value(&arrived.body), value(text.as_bytes()), "{told}");
        }
        Body::Text(text, _) => assert_eq!(String::from_utf8_lossy(&arrived.body), *text, "{told}"),
        Body::Form(pairs) => assert_eq!(String::from_utf8_lossy(&arrived.body), pairs.join("&"), "{told}"),
        Body::File(..) => assert_eq!(arrived.body, PICTURE, "{told}"),
        Body::Chunks(chunks, _) => assert_eq!(arrived.body, bytes_of(chunks), "{told}"),
        Body::Multipart(parts) => compare_parts(parts, arrived, told),
    }
}

/// The digits of an escape may be in either case (RFC 3986, section 6.2.2.1).
fn same_escapes(url: &str) -> String {
    let mut out = String::new();
    for (at, piece) in url.split('%').enumerate() {
        match (at, piece.get(..2), piece.get(2..)) {
            (0, ..) => out.push_str(piece),
            (_, Some(digits), Some(rest)) => out.push_str(&format!("%{}{rest}", digits.to_uppercase())),
            _ => out.push_str(&format!("%{piece}")),
        }
    }
    out
}

fn bytes_of(chunks: &[Chunk]) -> Vec<u8> {
    let pieces = chunks.iter().flat_map(|chunk| match chunk {
        Chunk::Text(text) => text.as_bytes().to_vec(),
        Chunk::File(_) => PICTURE.to_vec(),
    });
    pieces.collect()
}

fn compare_parts(parts: &[Part], arrived: &Arrived, told: &str) {
    let content_type = arrived.header("content-type").unwrap_or("");
    assert!(content_type.starts_with("multipart/form-data; boundary="), "{told}");
    let got = arrived.parts();
    assert_eq!(got.len(), parts.len(), "{told}");
    for (part, got) in parts.iter().zip(got) {
        let header = |name: &str| got.header(name).unwrap_or_default().to_string();
        let disposition = header("content-disposition").replace("%22", "\"").replace("\\\"", "\"");
        assert!(disposition.starts_with("form-data;"), "{disposition} of {told}");
        assert!(disposition.contains(&format!("name=\"{}\"", part.name)), "{disposition} of {told}");
        let file = part.file.as_ref().map(|file| format!("filename=\"{file}\""));
        // `FormData` gives a text a type only by making a blob of it, which it names so.
        let blob = part.content_type.is_some() && disposition.ends_with("filename=\"blob\"");
        assert_eq!(disposition.contains("filename") && !blob, file.is_some(), "{disposition} of {told}");
        assert!(disposition.contains(&file.unwrap_or_default()), "{disposition} of {told}");
        if let Some(content_type) = &part.content_type {
            assert_eq!(header("content-type"), *content_type, "{told}");
        }
        for (name, value) in &part.headers {
            assert_eq!(header(name), *value, "{told}");
        }
        let content = if part.file.is_some() { PICTURE.to_vec() } else { part.text.clone().into_bytes() };
        assert_eq!(got.content, content, "{} of {told}", part.name);
    }
}

#[test]
fn n01_curl_samples_send_what_they_say() {
    match is_installed("curl", &["--version"]) {
        true => check(SampleLanguage::Curl, "bash", "sample.sh", &[]),
        false => skipped(SampleLanguage::Curl, "curl"),
    }
}

#[test]
fn n01_python_samples_send_what_they_say() {
    match is_installed("python3", &["-c", "import requests"]) {
        true => check(SampleLanguage::Python, "python3", "sample.py", &[]),
        false => skipped(SampleLanguage::Python, "requests"),
    }
}

#[test]
fn n01_python_httpx_samples_send_what_they_say() {
    match is_installed("python3", &["-c", "import httpx"]) {
        true => check(SampleLanguage::PythonHttpx, "python3", "sample.py", &[]),
        false => skipped(SampleLanguage::PythonHttpx, "httpx"),
    }
}

#[test]
fn n01_javascript_samples_send_what_they_say() {
    match is_installed("node", &["--version"]) {
        true => check(SampleLanguage::JavaScript, "node", "sample.mjs", &[]),
        false => skipped(SampleLanguage::JavaScript, "node"),
    }
}

#[test]
fn n01_typescript_samples_send_what_they_say() {
    match is_installed("tsx", &["--version"]) {
        true => check(SampleLanguage::TypeScript, "tsx", "sample.mts", &[]),
        false => skipped(SampleLanguage::TypeScript, "tsx"),
    }
}

#[test]
fn n01_go_samples_send_what_they_say() {
    match is_installed("go", &["version"]) {
        true => check(SampleLanguage::Go, "go", "sample.go", &["run"]),
        false => skipped(SampleLanguage::Go, "go"),
    }
}

#[test]
fn n01_php_samples_send_what_they_say() {
    match is_installed("php", &["-r", "curl_init();"]) {
        true => check(SampleLanguage::Php, "php", "sample.php", &[]),
        false => skipped(SampleLanguage::Php, "php with curl"),
    }
}

#[test]
fn n01_ruby_samples_send_what_they_say() {
    match is_installed("ruby", &["--version"]) {
        true => check(SampleLanguage::Ruby, "ruby", "sample.rb", &[]),
        false => skipped(SampleLanguage::Ruby, "ruby"),
    }
}

#[test]
fn n01_powershell_samples_send_what_they_say() {
    match is_installed("pwsh", &["-Version"]) {
        true => check(SampleLanguage::PowerShell, "pwsh", "sample.ps1", &["-File"]),
        false => skipped(SampleLanguage::PowerShell, "pwsh"),
    }
}

#[test]
fn n01_swift_samples_send_what_they_say() {
    match is_installed("swift", &["--version"]) && cfg!(target_os = "macos") {
        true => check(SampleLanguage::Swift, "swift", "main.swift", &[]),
        false => skipped(SampleLanguage::Swift, "swift with URLSession"),
    }
}

#[test]
fn n01_java_samples_send_what_they_say() {
    if !is_installed("javac", &["--version"]) {
        return skipped(SampleLanguage::Java, "javac");
    }
    let file = |at: usize, code: &str| {
        (format!("Sample{at}.java"), code.replace("class Sample {", &format!("class Sample{at} {{")))
    };
    check_compiled(SampleLanguage::Java, file, &["javac", "-encoding", "UTF-8"], |at| vec![format!("Sample{at}")]);
}

/// Where Debian and the compiler's own archive put its library.
const KOTLIN: &str = "/usr/share/java/kotlin-stdlib.jar:/usr/share/kotlin/kotlinc/lib/kotlin-stdlib.jar";

#[test]
fn n01_kotlin_samples_send_what_they_say() {
    let library = KOTLIN.split(':').any(|path| Path::new(path).exists());
    if !library || !is_installed("kotlinc", &["-version"]) {
        return skipped(SampleLanguage::Kotlin, "kotlinc");
    }
    let file = |at: usize, code: &str| (format!("Sample{at}.kt"), format!("package sample{at}\n{code}"));
    check_compiled(SampleLanguage::Kotlin, file, &["kotlinc", "-jvm-target", "1.8", "-d", "."], |at| {
        vec!["-cp".into(), format!("{KOTLIN}:."), format!("sample{at}.Sample{at}Kt")]
    });
}
