//! Real input that no one of this project wrote: nothing panics, nothing is lost, and what is wrong is said with its
//! place.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail and looks at the world")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use portolan::Built;
use support::{broken_links, build, corpus, files_below, root, run, tree};

/// The files of a portal whose `apis/` holds every description of the corpus, and where each root came from.
fn portal_of_descriptions(corpus: &Path, folders: &[&str]) -> (BTreeMap<String, Vec<u8>>, BTreeMap<String, PathBuf>) {
    let (mut files, mut roots) = (BTreeMap::new(), BTreeMap::new());
    for folder in folders {
        for (name, bytes) in files_below(&corpus.join("openapi").join(folder)) {
            if name.contains('/') {
                continue;
            }
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let path = format!("apis/{}/{name}", portolan::slug::slug(&format!("{folder} {stem}")));
            roots.insert(path.clone(), corpus.join("openapi").join(folder).join(&name));
            files.insert(path, bytes);
        }
    }
    (files, roots)
}

/// Counts operations with a script that shares nothing with this program.
fn independent_count(corpus: &Path, roots: &BTreeMap<String, PathBuf>) -> Option<serde_json::Value> {
    let script = root().join("tests/corpus/count_operations.py");
    let python = ["/usr/bin/python3", "python3"].into_iter().find(|python| {
        Command::new(python).args(["-c", "import yaml"]).output().is_ok_and(|output| output.status.success())
    });
    let Some(python) = python else {
        eprintln!("\n*** NOT TESTED: no python3 with PyYAML (apt-get install python3-yaml) ***\n");
        return None;
    };
    let output = Command::new(python).arg(script).arg(corpus).args(roots.values()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// `METHOD address` of every operation page of a source file, as `portal.json` has them.
fn pages_of(
    manifest: &serde_json::Value,
    source: &str,
    kind: &str,
    api_sources: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let api = api_sources.get(source).cloned().unwrap_or_default();
    let pages = manifest["pages"].as_array().unwrap().iter();
    pages
        .filter(|page| page["kind"] == kind && page["api"] == api.as_str())
        .map(|page| format!("{} {}", page["method"].as_str().unwrap().to_uppercase(), page["path"].as_str().unwrap()))
        .collect()
}

#[test]
fn every_operation_of_every_description_has_its_page_and_its_search_record() {
    let Some(corpus) = corpus() else { return };
    let (files, roots) = portal_of_descriptions(&corpus, &["", "apisguru", "huge", "invalid"]);
    let Some(counted) = independent_count(&corpus, &roots) else { return };
    let built = build(&tree("corpus", files));
    let site = run(&built.site);
    let manifest: serde_json::Value = serde_json::from_slice(&site["portal.json"]).unwrap();
    let api_sources: BTreeMap<String, String> = manifest["apis"]
        .as_array()
        .unwrap()
        .iter()
        .map(|api| (api["source"].as_str().unwrap().to_owned(), api["id"].as_str().unwrap().to_owned()))
        .collect();
    let searched: BTreeSet<String> =
        portolan::search::records(&built.portal).into_iter().map(|record| record.url).collect();
    let mut wrong = Vec::new();
    for (source, file) in &roots {
        let count = &counted[file.to_str().unwrap()];
        for (kind, key) in [("operation", "operations"), ("webhook", "webhooks")] {
            let Some(expected) = count[key].as_array() else { continue };
            let expected: BTreeSet<String> = expected.iter().map(|one| upper_method(one.as_str().unwrap())).collect();
            let pages = pages_of(&manifest, source, kind, &api_sources);
            if expected != pages {
                let missing: Vec<_> = expected.difference(&pages).take(3).collect();
                let extra: Vec<_> = pages.difference(&expected).take(3).collect();
                wrong.push(format!(
                    "{source}: {} {kind}s, {} pages; missing {missing:?}, extra {extra:?}",
                    expected.len(),
                    pages.len()
                ));
            }
        }
    }
    for page in manifest["pages"].as_array().unwrap() {
        let is_operation = page["kind"] == "operation" || page["kind"] == "webhook";
        let url = page["url"].as_str().unwrap();
        if is_operation && !searched.contains(url) {
            wrong.push(format!("{url}: no search record"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_pages_exist(&site, &manifest);
}

fn upper_method(one: &str) -> String {
    let (method, path) = one.split_once(' ').unwrap();
    format!("{} {path}", method.to_uppercase())
}

fn assert_pages_exist(site: &BTreeMap<String, Vec<u8>>, manifest: &serde_json::Value) {
    for page in manifest["pages"].as_array().unwrap() {
        let url = page["url"].as_str().unwrap();
        let path = if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { url.to_owned() };
        assert!(site.contains_key(&path), "{path} is in portal.json and not in the site");
    }
}

#[test]
fn an_invalid_description_is_reported_with_its_place_and_costs_no_other() {
    let Some(corpus) = corpus() else { return };
    let (files, roots) = portal_of_descriptions(&corpus, &["invalid"]);
    let built = build(&tree("invalid", files));
    let silent: Vec<&String> = roots.keys().filter(|source| !is_reported(&built, source)).collect();
    // These two are valid by the letter: their oddity is in texts, or in what other tools make of them.
    let accepted = ["apis/invalid-rapid7-html/rapid7-html.json", "apis/invalid-rapid7-js/rapid7-js.json"];
    let unexpected: Vec<_> = silent.into_iter().filter(|source| !accepted.contains(&source.as_str())).collect();
    assert_eq!(unexpected, Vec::<&String>::new());
}

fn is_reported(built: &Built, source: &str) -> bool {
    built.report.iter().any(|d| d.place.path().as_str() == source)
}

#[test]
fn descriptions_of_many_files_are_one_api_each() {
    let Some(corpus) = corpus() else { return };
    let mut files = BTreeMap::new();
    for (path, bytes) in files_below(&corpus.join("openapi/multi")) {
        files.insert(format!("apis/{path}"), bytes);
    }
    let built = build(&tree("multi", files));
    let ids: BTreeSet<&str> = built.portal.current_apis().map(|(_, edition)| &*edition.api.id).collect();
    assert!(ids.contains("cafe-split") && ids.contains("digitalocean"), "{ids:?}");
    let digitalocean = built.portal.api(built.portal.api_of_id("digitalocean").unwrap());
    assert!(digitalocean.operations.len() > 100, "{}", digitalocean.operations.len());
    assert_eq!(broken_links(&run(&built.site)), Vec::<String>::new());
}

#[test]
fn folders_of_documents_from_other_tools_build_with_every_link_resolved_or_reported() {
    let Some(corpus) = corpus() else { return };
    for name in ["rust-book", "mkdocs-material", "zudoku", "mintlify-guides"] {
        let built = build(&tree(name, files_below(&corpus.join("docs").join(name))));
        let site = run(&built.site);
        assert_eq!(broken_links(&site), Vec::<String>::new(), "{name}");
        let documents = files_below(&corpus.join("docs").join(name));
        let written = documents.keys().filter(|path| path.ends_with(".md") || path.ends_with(".mdx"));
        let lost: Vec<&String> = written
            .filter(|path| !built.portal.pages_of.contains_key(&portolan::diag::SourcePath::new(path.as_str())))
            .filter(|path| !path.ends_with("SUMMARY.md"))
            .collect();
        assert_eq!(lost, Vec::<&String>::new(), "{name}");
    }
}

#[test]
fn changelogs_and_roadmaps_build_as_portals() {
    let Some(corpus) = corpus() else { return };
    let mut files = BTreeMap::new();
    for (name, bytes) in files_below(&corpus.join("changelogs")) {
        files.insert(format!("changelog/{name}"), bytes);
    }
    for (name, bytes) in files_below(&corpus.join("roadmaps")) {
        files.insert(format!("apis/{}/ROADMAP.md", name.trim_end_matches(".md").to_lowercase()), bytes);
    }
    let built = build(&tree("logs", files));
    assert_eq!(broken_links(&run(&built.site)), Vec::<String>::new());
    assert_eq!(built.portal.changelogs.len(), 41);
}

#[test]
fn hostile_files_end_with_pages_or_diagnostics_and_nothing_executable() {
    let Some(corpus) = corpus() else { return };
    let mut files = BTreeMap::new();
    for (name, bytes) in files_below(&corpus.join("hostile")) {
        match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("md") => files.insert(format!("guides/{name}"), bytes),
            Some("yaml" | "json") => files.insert(
                format!("apis/{}/openapi.{}", name.split('.').next().unwrap(), &name[name.rfind('.').unwrap() + 1..]),
                bytes,
            ),
            _ => None,
        };
    }
    let site = run(&build(&tree("hostile", files)).site);
    let mut wrong = Vec::new();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for tag in support::tags(&html) {
            let scripted = tag.attributes.iter().any(|(name, value)| {
                let value: String =
                    value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
                name.starts_with("on")
                    || name == "style"
                    || (["href", "src", "action", "formaction"].contains(&name.as_str())
                        && (value.starts_with("javascript:")
                            || value.starts_with("vbscript:")
                            || value.starts_with("data:text")))
            });
            let inline = tag.name == "script" && tag.get("src").is_none_or(|src| src.contains("://"));
            let foreign = ["iframe", "object", "embed", "base", "form"].contains(&tag.name.as_str())
                && tag.get("role") != Some("search")
                && tag.name != "form";
            if scripted || inline || foreign {
                wrong.push(format!("{path}: {tag:?}"));
            }
        }
        let control = html.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
        wrong.extend(control.map(|c| format!("{path}: control character {c:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
