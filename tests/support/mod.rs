//! What the tests share: reading folders into source trees, running a whole plan in memory, looking into HTML.

#![allow(dead_code, reason = "each test program uses its part")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use portolan::diag::SourcePath;
use portolan::plan::{Digest, Output, Site};
use portolan::source::{SourceFile, SourceTree};
use portolan::{Built, Memo, Options};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of real input, or `None` after saying so loudly.
pub fn corpus() -> Option<PathBuf> {
    let path = std::env::var_os("PORTOLAN_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("\n*** NOT TESTED: no corpus at {} (set PORTOLAN_CORPUS) ***\n", path.display());
    None
}

/// Every file below a folder, by its path with `/`.
pub fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            (path, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A source tree of files in memory.
pub fn tree(name: &str, files: BTreeMap<String, Vec<u8>>) -> SourceTree {
    let files = files.into_iter().map(|(path, bytes)| (SourcePath::new(path), SourceFile::new(bytes)));
    let mut tree = SourceTree::of(name, &[]);
    tree.files = files.collect();
    tree
}

/// Builds with default options and nothing remembered, on threads with a deep stack as the program does.
pub fn build(tree: &SourceTree) -> Built {
    build_with(tree, &Options::default())
}

/// Builds with nothing remembered.
pub fn build_with(tree: &SourceTree, options: &Options) -> Built {
    pool(0).install(|| portolan::build(tree, options, &Memo::default()))
}

/// A pool of threads like the program's; 0 is one for each core.
pub fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(64 << 20).build().unwrap()
}

/// Runs every output of a site, as `publish` would.
pub fn run(site: &Site) -> BTreeMap<String, Vec<u8>> {
    pool(0).install(|| run_here(site))
}

/// Runs every output on the threads of the current pool.
pub fn run_here(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> = site
        .outputs
        .par_iter()
        .filter_map(|(path, output)| match output {
            Output::Bytes(bytes) => Some((path.to_string(), bytes.to_vec())),
            Output::Make(make) => Some((path.to_string(), make())),
            Output::FromDigests(_) => None,
        })
        .collect();
    for family in &site.families {
        files.extend(family.outputs().iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())));
    }
    let digests: Vec<Digest> = files
        .iter()
        .map(|(path, bytes)| Digest {
            path: portolan::model::route::SitePath::new(path.clone()),
            bytes: bytes.len() as u64,
            sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        })
        .collect();
    for (path, output) in &site.outputs {
        if let Output::FromDigests(make) = output {
            files.insert(path.to_string(), make(&digests));
        }
    }
    files
}

/// The diagnostics of a build, one a line.
pub fn messages(built: &Built) -> Vec<String> {
    let line =
        |d: &portolan::diag::Diagnostic| format!("{}[{}] {}: {}", d.severity.word(), d.code.name, d.place, d.message);
    built.report.iter().map(line).collect()
}

/// A start tag: its name and attributes, unescaped.
#[derive(Debug, Clone)]
pub struct Tag {
    /// In lower case.
    pub name: String,
    /// Name and value, in order.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The start tags of HTML. Good for our own well-formed output, not for any HTML.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = rest.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        rest = &rest[name.len()..];
        let (attributes, after) = attributes(rest);
        rest = after;
        tags.push(Tag { name: name.to_ascii_lowercase(), attributes });
    }
    tags
}

fn attributes(mut rest: &str) -> (Vec<(String, String)>, &str) {
    let mut list = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return (list, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (list, after);
        }
        if let Some(after) = rest.strip_prefix('/') {
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| c == '=' || c == '>' || c == '/' || c.is_whitespace()).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let Some(after) = rest.strip_prefix('=') else {
            list.push((name, String::new()));
            if end == 0 {
                rest = rest.get(1..).unwrap_or("");
            }
            continue;
        };
        let (value, after) = match after.strip_prefix('"') {
            Some(after) => after.split_once('"').unwrap_or((after, "")),
            None => after.split_at(after.find(|c: char| c == '>' || c.is_whitespace()).unwrap_or(after.len())),
        };
        list.push((name, unescape(value)));
        rest = after;
    }
}

/// Undoes the escaping of attributes and text.
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// The text of HTML without tags, scripts and styles; white space folded.
pub fn visible_text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let skipped =
            ["script", "style", "title"].iter().find(|name| rest[1..].to_ascii_lowercase().starts_with(**name));
        rest = match skipped {
            Some(name) => rest.split_once(&format!("</{name}>")).map_or("", |(_, after)| after),
            None => rest.split_once('>').map_or("", |(_, after)| after),
        };
        if rest.starts_with(|c: char| !c.is_whitespace()) {
            text.push('\u{200b}');
        }
    }
    text.push_str(rest);
    unescape(&text.replace('\u{200b}', " ")).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wrong with the links of a site: every `href`, `src` and `action` that is neither external nor an existing
/// file, and every fragment without its anchor.
pub fn broken_links(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages: BTreeMap<&str, Vec<Tag>> = files
        .par_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), tags(&String::from_utf8_lossy(bytes))))
        .collect();
    let anchors: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, tags)| (*path, tags.iter().flat_map(|tag| [tag.get("id"), tag.get("name")]).flatten().collect()))
        .collect();
    let mut broken: Vec<String> = pages
        .par_iter()
        .flat_map_iter(|(path, tags)| {
            let values =
                tags.iter().flat_map(|tag| ["href", "src", "action", "data-search-script"].map(|name| tag.get(name)));
            values.flatten().filter_map(|value| problem_of_link(path, value, files, &anchors)).collect::<Vec<_>>()
        })
        .collect();
    broken.sort();
    broken.dedup();
    broken
}

fn problem_of_link(
    page: &str,
    value: &str,
    files: &BTreeMap<String, Vec<u8>>,
    anchors: &BTreeMap<&str, BTreeSet<&str>>,
) -> Option<String> {
    let is_external = value.contains("://")
        || value.starts_with("mailto:")
        || value.starts_with("tel:")
        || value.starts_with("//")
        || value.starts_with("data:");
    if is_external || page == "404.html" {
        return None;
    }
    let (path, fragment) = value.split_once('#').map_or((value, None), |(path, fragment)| (path, Some(fragment)));
    let path = path.split('?').next().unwrap_or_default();
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let mut target = page.to_owned();
    if !path.is_empty() {
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    if parts.pop().is_none() {
                        return Some(format!("{page}: `{value}` leads out of the site"));
                    }
                }
                other => parts.push(other),
            }
        }
        target = parts.join("/");
        if path.ends_with('/') || path == "." || path == ".." {
            target = if target.is_empty() { "index.html".to_owned() } else { format!("{target}/index.html") };
        }
    }
    let target = portolan::text::percent_decoded(&target);
    if !files.contains_key(&target) {
        return Some(format!("{page}: `{value}` is no file ({target})"));
    }
    let fragment = fragment.map(portolan::text::percent_decoded).filter(|fragment| !fragment.is_empty())?;
    let known =
        target.ends_with(".svg") || anchors.get(target.as_str()).is_some_and(|ids| ids.contains(fragment.as_str()));
    (!known).then(|| format!("{page}: `{value}` has no anchor"))
}
