//! The sites that the tests look at, each built once: the sample portal and a hostile one.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use portolan::Options;
use serde_json::Value;

use crate::server::Files;
use crate::support::{build_with, corpus, files_below, root, run, tree};

/// The sample portal.
pub static SAMPLE: LazyLock<Files> =
    LazyLock::new(|| site("sample-portal", files_below(&root().join("sample-portal"))));

/// Hostile texts in every field of a description and in Markdown; `None` without the corpus.
pub static HOSTILE: LazyLock<Option<Files>> = LazyLock::new(|| {
    let folder = corpus()?.join("hostile");
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let words = read("xss-markdown.md");
    let mut files = BTreeMap::from([
        ("apis/hostile/openapi.json".to_owned(), read("xss-everywhere.json")),
        ("apis/hostile/api.md".to_owned(), words.clone()),
        (
            "apis/hostile/CHANGELOG.md".to_owned(),
            [b"## 1.0.0 - 2026-01-02\n\n### Added\n\n- ", words.as_slice()].concat(),
        ),
    ]);
    for path in ["index.md", "guides/hostile.md", "stories/hostile.md", "pages/hostile.md", "roadmap/hostile.md"] {
        files.insert(path.to_owned(), words.clone());
    }
    Some(site("hostile", files))
});

/// An API that answers at several servers.
pub static SERVERS: LazyLock<Files> = LazyLock::new(|| {
    let description = "openapi: 3.1.0
info: {title: Tides, version: '1'}
servers: [{url: 'https://api.tides.example/v1'}, {url: 'https://sandbox.tides.example'}]
paths:
  /a: {post: {operationId: a, requestBody: {content: {application/json: {example: {u: 'https://api.tides.example/v1'}}}}, responses: {}}}
  /b: {get: {operationId: b, responses: {}}}
  /c: {get: {operationId: c, servers: [{url: 'https://c.tides.example'}, {url: 'https://d.tides.example'}], responses: {}}}
";
    site("servers", BTreeMap::from([("apis/tides/openapi.yaml".to_owned(), description.into())]))
});

fn site(name: &str, files: BTreeMap<String, Vec<u8>>) -> Files {
    // The page for what does not exist is shown at any depth, so it alone needs to know where the site lies.
    let options = Options { base_url: Some("https://developers.example/portal/".to_owned()), ..Options::default() };
    Arc::new(run(&build_with(&tree(name, files), &options).site))
}

/// A page of the manifest.
#[derive(Debug, Clone)]
pub struct Page {
    /// Relative to the site.
    pub url: String,
    /// As in the manifest.
    pub kind: String,
    /// Of an operation.
    pub operation_id: Option<String>,
}

/// The pages of a site, in the manifest's order.
pub fn pages(files: &Files) -> Vec<Page> {
    let manifest: Value = serde_json::from_slice(&files["portal.json"]).unwrap();
    let text = |page: &Value, key: &str| page[key].as_str().map(str::to_owned);
    let page = |page: &Value| Page {
        url: text(page, "url").unwrap(),
        kind: text(page, "kind").unwrap(),
        operation_id: text(page, "operation_id"),
    };
    manifest["pages"].as_array().unwrap().iter().map(page).collect()
}

/// One page of each kind: the one with the most HTML, which shows the most of what its kind can show.
pub fn one_of_each_kind(files: &Files) -> Vec<Page> {
    let mut largest: BTreeMap<String, (usize, Page)> = BTreeMap::new();
    for page in pages(files) {
        let size = files[&file_of(&page.url)].len();
        let held = largest.entry(page.kind.clone()).or_insert_with(|| (size, page.clone()));
        if size > held.0 {
            *held = (size, page);
        }
    }
    largest.into_values().map(|(_, page)| page).collect()
}

/// The file of a page.
pub fn file_of(url: &str) -> String {
    if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { url.to_owned() }
}

/// The URL of the page of an operation of the sample portal.
pub fn operation(id: &str) -> String {
    let found =
        pages(&SAMPLE).into_iter().find(|page| page.operation_id.as_deref() == Some(id) && page.kind == "operation");
    found.unwrap_or_else(|| panic!("the sample portal has no operation `{id}`")).url
}
