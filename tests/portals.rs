//! Whole portals: every link of the site resolves, the same input gives the same bytes, the manifest tells the truth,
//! and no page holds what its policy forbids.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail and looks at the world")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use portolan::Options;
use support::{broken_links, build, build_with, files_below, messages, pool, root, run, run_here, tags, tree};

fn sample() -> portolan::source::SourceTree {
    tree("sample-portal", files_below(&root().join("sample-portal")))
}

#[test]
fn the_sample_portal_is_clean() {
    let built = build(&sample());
    assert_eq!(messages(&built), Vec::<String>::new());
}

#[test]
fn every_link_and_anchor_of_the_sample_portal_resolves() {
    let files = run(&build(&sample()).site);
    assert_eq!(broken_links(&files), Vec::<String>::new());
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let tree = sample();
    let site = |threads: usize| {
        pool(threads)
            .install(|| run_here(&portolan::build(&tree, &Options::default(), &portolan::Memo::default()).site))
    };
    let (one, eight) = (site(1), site(8));
    assert_eq!(one.keys().collect::<Vec<_>>(), eight.keys().collect::<Vec<_>>());
    let different: Vec<&String> =
        one.iter().filter(|(path, bytes)| eight[*path] != **bytes).map(|(path, _)| path).collect();
    assert_eq!(different, Vec::<&String>::new());
}

#[test]
fn a_remembered_build_gives_the_bytes_of_a_fresh_one() {
    let tree = sample();
    let memo = portolan::Memo::default();
    let first = pool(0).install(|| run_here(&portolan::build(&tree, &Options::default(), &memo).site));
    let again = pool(0).install(|| run_here(&portolan::build(&tree, &Options::default(), &memo).site));
    assert!(first == again);
}

#[test]
fn the_manifest_names_every_page_with_its_hash() {
    let files = run(&build(&sample()).site);
    let manifest: serde_json::Value = serde_json::from_slice(&files["portal.json"]).unwrap();
    let pages = manifest["pages"].as_array().unwrap();
    let listed: BTreeSet<String> = pages
        .iter()
        .map(|page| page["url"].as_str().unwrap())
        .map(|url| if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { url.to_owned() })
        .collect();
    let written: BTreeSet<String> = files.keys().filter(|path| path.ends_with(".html")).cloned().collect();
    assert_eq!(listed, written);
    assert!(pages.iter().all(|page| page["sha256"].as_str().is_some_and(|hash| hash.len() == 64)));
    assert!(manifest["generator"].as_str().unwrap().starts_with("portolan "));
}

#[test]
fn no_page_holds_inline_script_style_or_event_attributes() {
    let files = run(&build(&sample()).site);
    let mut wrong = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for tag in tags(&String::from_utf8_lossy(bytes)) {
            let inline =
                (tag.name == "script" && tag.get("src").is_none()) || tag.name == "style" || tag.name == "base";
            let attribute = tag.attributes.iter().find(|(name, _)| name == "style" || name.starts_with("on"));
            if inline || attribute.is_some() {
                wrong.push(format!("{path}: <{}> {attribute:?}", tag.name));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_page_has_one_h1_skips_no_level_and_repeats_no_id() {
    let files = run(&build(&sample()).site);
    let mut wrong = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let tags = tags(&String::from_utf8_lossy(bytes));
        let levels: Vec<u8> = tags
            .iter()
            .filter(|tag| tag.name.len() == 2 && tag.name.starts_with('h') && tag.name.as_bytes()[1].is_ascii_digit())
            .map(|tag| tag.name.as_bytes()[1] - b'0')
            .collect();
        if levels.iter().filter(|level| **level == 1).count() != 1 {
            wrong.push(format!("{path}: {} h1", levels.iter().filter(|level| **level == 1).count()));
        }
        if let Some(pair) = levels.windows(2).find(|pair| pair[1] > pair[0] + 1) {
            wrong.push(format!("{path}: h{} follows h{}", pair[1], pair[0]));
        }
        let mut seen = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            if !seen.insert(id.to_owned()) {
                wrong.push(format!("{path}: id `{id}` twice"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn output_names_are_safe_on_every_disk() {
    let files = run(&build(&sample()).site);
    let hosts = ["_headers", "_redirects"];
    let mut folded: BTreeMap<String, String> = BTreeMap::new();
    for path in files.keys().filter(|path| !hosts.contains(&path.as_str())) {
        for part in path.split('/') {
            let safe =
                part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'));
            assert!(safe && !part.is_empty() && part.len() <= 100 && !part.ends_with('.'), "`{part}` in {path}");
            assert!(!part.starts_with('_'), "{path}: GitHub Pages drops names that begin with `_`");
        }
        assert!(path.len() <= 200, "{path}");
        assert_eq!(folded.insert(path.to_lowercase(), path.clone()), None, "{path}");
    }
}

#[test]
fn a_folder_with_nothing_but_a_description_and_a_readme_is_a_portal() {
    let description = "openapi: 3.1.0\ninfo: { title: Tides, version: '1' }\npaths:\n  /tides:\n    get:\n      operationId: listTides\n      responses: { '200': { description: ok } }\n";
    let files = BTreeMap::from([
        ("openapi.yaml".to_owned(), description.as_bytes().to_vec()),
        ("README.md".to_owned(), b"# Tides\n\nHigh and low water, see [the list](op:listTides).\n".to_vec()),
    ]);
    let built = build(&tree("tides", files));
    assert_eq!(messages(&built), Vec::<String>::new());
    let site = run(&built.site);
    assert!(site.keys().any(|path| path == "apis/tides/operations/list-tides/index.html"), "{:?}", site.keys());
    assert_eq!(broken_links(&site), Vec::<String>::new());
}

#[test]
fn an_empty_folder_builds_a_portal_that_says_so() {
    let built = build(&tree("empty", BTreeMap::new()));
    let site = run(&built.site);
    assert_eq!(broken_links(&site), Vec::<String>::new());
    assert!(site.contains_key("index.html") && site.contains_key("404.html"));
}

#[test]
fn canonical_links_begin_with_the_base_url_and_page_links_never_do() {
    let options = Options { base_url: Some("https://example.org/docs".to_owned()), ..Options::default() };
    let files = run(&build_with(&sample(), &options).site);
    let home = String::from_utf8_lossy(&files["index.html"]).into_owned();
    let canonical = tags(&home).into_iter().find(|tag| tag.get("rel") == Some("canonical")).unwrap();
    assert_eq!(canonical.get("href"), Some("https://example.org/docs/"));
    assert_eq!(broken_links(&files), Vec::<String>::new());
    let lost = String::from_utf8_lossy(&files["404.html"]).into_owned();
    assert!(tags(&lost).iter().filter_map(|tag| tag.get("href")).any(|href| href.starts_with("/docs/assets/")));
}

#[test]
fn links_of_the_page_head_lead_to_generated_pages_and_broken_ones_are_reported() {
    let settings =
        "[[nav]]\ntitle = \"All pages\"\nurl = \"search/\"\n\n[[nav]]\ntitle = \"Nowhere\"\nurl = \"nowhere/\"\n";
    let files = BTreeMap::from([
        ("portal.toml".to_owned(), settings.as_bytes().to_vec()),
        ("guides/one.md".to_owned(), b"# One\n".to_vec()),
    ]);
    let built = build(&tree("head", files));
    assert_eq!(messages(&built), vec!["error[broken-link] portal.toml:7:7: no page or file at `nowhere/`"]);
    let page = String::from_utf8(run(&built.site)["guides/one/index.html"].clone()).unwrap();
    assert!(page.contains(" href=\"../../search/\">All pages</a>"), "{page}");
}

#[test]
fn inline_code_links_itself_to_the_one_thing_it_names_and_that_page_tells_who_mentions_it() {
    let description = "openapi: 3.1.0\ninfo: {title: Tides, version: '1'}\npaths:\n  /tides:\n    get:\n      \
        operationId: listTides\n      responses: {'200': {description: ok}}\ncomponents:\n  schemas:\n    \
        Tide: {type: object}\n    harbour: {type: object}\n";
    let guide = "# A\n\nAsk `GET /tides` (`listTides`{nolink}) for a `Tide` of a `harbour` by `DELETE /tides`.\n";
    let files = BTreeMap::from([
        ("apis/tides/openapi.yaml".to_owned(), description.into()),
        ("guides/a.md".to_owned(), guide.into()),
    ]);
    let site = run(&build(&tree("inline-code", files)).site);
    let page = String::from_utf8_lossy(&site["guides/a/index.html"]).into_owned();
    let linked: Vec<&str> =
        page.match_indices("><code>").map(|(at, _)| page[at + 7..].split('<').next().unwrap()).collect();
    assert_eq!(linked, ["GET /tides", "Tide"]);
    let operation = String::from_utf8_lossy(&site["apis/tides/operations/list-tides/index.html"]).into_owned();
    assert!(operation.contains("guides/a/"), "the operation does not name the guide that mentions it");
}
