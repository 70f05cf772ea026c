//! C04: every fact that a description can state is on a page.
//!
//! For each version a generator makes one description with a marker of its own in every field that the specification
//! defines: every object, every schema keyword of the dialect, every place where text may stand. The portal is built in
//! memory, and each marker must be in the visible text of a page or in a URL of it; no script runs. What a page says in
//! another form is looked for in that form ([`maker::Doc::form`]). The generator is written from the specifications and
//! knows nothing of the model.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail and looks at the world")]

#[path = "markers/maker.rs"]
mod maker;
#[path = "markers/operation.rs"]
mod operation;
#[path = "markers/root.rs"]
mod root;
#[path = "markers/schema.rs"]
mod schema;
mod support;
#[path = "markers/swagger.rs"]
mod swagger;

use std::collections::{BTreeMap, BTreeSet};

use maker::{Doc, Version};
use rayon::prelude::*;
use support::{build, messages, run, tags, tree, visible_text};

/// Facts that no page shows yet, by two pieces of the field's name. The list only ever gets shorter.
const NOT_YET: &[(&str, &str)] = &[
    ("examples", " (key)"),
    ("examples", ".x-"),
    ("encoding", ".x-"),
    ("encoding[multipart].headers", ".schema.description"),
    ("prefixEncoding.headers", "."),
    ("encoding.", "ncoding.contentType"),
    ("scopes (text of the same name)", ""),
    ("xml.x-", ""),
    ("schema.externalDocs.x-", ""),
    ("properties.externalDocs.x-", ""),
    ("discriminator.x-", ""),
    ("components.examples.summary", ""),
    ("dependentSchemas.maxProperties", ""),
    ("then.minProperties", ""),
    ("else.maxProperties", ""),
    ("$defs (name)", ""),
    ("$schema", ""),
    ("$id", ""),
    ("$anchor", ""),
    ("$dynamicAnchor", ""),
    ("$comment", ""),
];

fn is_waited_for(label: &str) -> bool {
    NOT_YET.iter().any(|(one, two)| label.contains(one) && label.contains(two))
}

/// What a reader sees of a site: the text of each page, and every URL in it.
struct Seen {
    pages: Vec<String>,
    urls: BTreeSet<String>,
}

/// Builds the portal of a description and looks at its pages. The source of a schema is not looked at: it would show
/// everything, and explain nothing.
fn seen(doc: &Doc, description: &serde_json::Value) -> (Seen, Vec<String>) {
    let settings = format!("title = \"Markers\"\nshow_extensions = {:?}\n", doc.extensions);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    files.insert("portal.toml".into(), settings.into_bytes());
    files.insert("apis/all/openapi.json".into(), serde_json::to_vec_pretty(description).unwrap());
    let built = build(&tree("markers", files));
    let pages: Vec<(String, BTreeSet<String>)> = run(&built.site)
        .par_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(_, bytes)| {
            let html = without_source(&String::from_utf8_lossy(bytes));
            let urls = tags(&html).into_iter().flat_map(|tag| {
                ["href", "src"].into_iter().filter_map(move |name| tag.get(name).map(str::to_owned)).collect::<Vec<_>>()
            });
            (visible_text(&html), urls.filter(|url| url.contains(':')).collect())
        })
        .collect();
    let (pages, urls): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
    (Seen { pages, urls: urls.into_iter().flatten().collect() }, messages(&built))
}

fn without_source(html: &str) -> String {
    let Some((before, after)) = html.split_once("<details class=\"schema__source\">") else { return html.to_owned() };
    format!("{before}{}", after.split_once("</details>").map_or("", |(_, after)| after))
}

impl Seen {
    /// True when a text stands somewhere as a whole: `31001` is not in `310012`.
    fn shows(&self, text: &str) -> bool {
        self.pages.iter().any(|page| has_whole(page, text)) || self.urls.iter().any(|url| has_whole(url, text))
    }

    /// True when the words follow the anchor on a page, not far behind it.
    fn shows_near(&self, anchor: &str, words: &str) -> bool {
        let near = |page: &String| {
            page.match_indices(anchor).any(|(at, _)| {
                let rest: String = page[at..].chars().take(700).collect();
                rest.contains(words)
            })
        };
        self.pages.iter().any(near)
    }
}

fn has_whole(text: &str, wanted: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    let wanted = wanted.to_ascii_lowercase();
    folded.match_indices(&wanted).any(|(at, _)| {
        let before = folded[..at].chars().next_back();
        let after = folded[at + wanted.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        !(wanted.bytes().all(|b| b.is_ascii_digit()) && (joins(before) || joins(after)))
    })
}

/// Asserts that every marker of a version is shown.
fn nothing_is_lost(version: Version) {
    let mut doc = Doc::new(version);
    let description = match version {
        Version::V2_0 => swagger::description(&mut doc),
        _ => root::description(&mut doc),
    };
    let (seen, messages) = seen(&doc, &description);
    let mut lost: Vec<String> = Vec::new();
    for marker in &doc.markers {
        if !seen.shows(&marker.token) && !is_waited_for(&marker.label) {
            lost.push(format!("{} ({})", marker.label, marker.token));
        }
    }
    for (anchor, words, label) in &doc.near {
        if !seen.shows_near(anchor, words) {
            lost.push(format!("{label}: `{words}` near {anchor}"));
        }
    }
    let warned = |line: &&String| !line.contains("[duplicate");
    assert!(
        lost.is_empty(),
        "{version:?}: {} of {} facts are on no page:\n{}\n\nthe build said:\n{}",
        lost.len(),
        doc.markers.len() + doc.near.len(),
        lost.join("\n"),
        messages.iter().filter(warned).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn c04_every_fact_of_a_swagger_2_0_description_is_on_a_page() {
    nothing_is_lost(Version::V2_0);
}

#[test]
fn c04_every_fact_of_an_openapi_3_0_description_is_on_a_page() {
    nothing_is_lost(Version::V3_0);
}

#[test]
fn c04_every_fact_of_an_openapi_3_1_description_is_on_a_page() {
    nothing_is_lost(Version::V3_1);
}

#[test]
fn c04_every_fact_of_an_openapi_3_2_description_is_on_a_page() {
    nothing_is_lost(Version::V3_2);
}

#[test]
fn c04_the_oracle_sees_what_is_missing() {
    let mut doc = Doc::new(Version::V3_1);
    let mut description = root::description(&mut doc);
    description["info"].as_object_mut().unwrap().remove("summary");
    let (seen, _) = seen(&doc, &description);
    let lost = doc.markers.iter().find(|marker| marker.label == "info.summary").unwrap();
    assert!(!seen.shows(&lost.token));
}

#[test]
fn o20_no_two_elements_of_a_page_share_an_id() {
    let mut doc = Doc::new(Version::V3_2);
    let description = root::description(&mut doc);
    let text = serde_json::to_string(&description).unwrap();
    // The same heading and footnote in every text.
    let text = text.replace("[[notes]]", "\\n\\n# Notes\\n\\nA[^1]\\n\\n[^1]: foot\\n\\n# Responses\\n");
    let files = BTreeMap::from([("apis/all/openapi.json".to_owned(), text.into_bytes())]);
    let files = run(&build(&tree("ids", files)).site);
    let mut repeated = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let mut ids = BTreeSet::new();
        for tag in tags(&String::from_utf8_lossy(bytes)) {
            if let Some(id) = tag.get("id").filter(|id| !ids.insert((*id).to_owned())) {
                repeated.push(format!("{path}: {id}"));
            }
        }
    }
    assert_eq!(repeated, Vec::<String>::new());
}
