//! One plan of the site, as requests see it: paths to outputs, outputs to bytes, and what a page is compared by.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use xxhash_rust::xxh3::xxh3_64;

use super::events::Problems;
use crate::Built;
use crate::model::route::SitePath;
use crate::plan::{Digest, Output, Site};

/// The plan after one build.
pub(super) struct Snapshot {
    /// Counts the builds of this process.
    pub version: u64,
    /// The portal's errors, for the overlay.
    pub problems: Problems,
    site: Site,
    base: String,
    digests: OnceLock<Vec<Digest>>,
    states: Mutex<HashMap<SitePath, Arc<OnceLock<PageState>>>>,
}

/// What a request path leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file of the site.
    File(SitePath),
    /// Another path: that of a folder, or the base path.
    Elsewhere(String),
    /// Nothing.
    Missing,
}

/// What a page is compared by after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageState {
    /// Changes with any byte of the page.
    pub whole: u64,
    /// Changes with any byte but the addresses of style sheets.
    pub body: u64,
    /// The addresses of the style sheets, in order.
    pub styles: Vec<String>,
}

impl PageState {
    /// Takes the page.
    pub fn of(page: &[u8]) -> PageState {
        let text = String::from_utf8_lossy(page);
        let mut body = String::with_capacity(text.len());
        let (mut styles, mut rest) = (Vec::new(), &*text);
        while let Some(at) = rest.find("<link") {
            let (before, tag) = rest.split_at(at);
            let (tag, after) = tag.split_at(tag.find('>').unwrap_or(tag.len()));
            let address = attribute(tag, "href").filter(|_| attribute(tag, "rel") == Some("stylesheet"));
            body.push_str(before);
            body.push_str(if address.is_some() { "<link" } else { tag });
            styles.extend(address.map(str::to_owned));
            rest = after;
        }
        body.push_str(rest);
        PageState { whole: xxh3_64(page), body: xxh3_64(body.as_bytes()), styles }
    }

    /// Returns both hashes as the page carries them.
    pub fn mark(&self) -> String {
        format!("{:016x}.{:016x}", self.whole, self.body)
    }
}

/// Returns the value of an attribute in double quotes, as the templates write them.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next()
}

impl Snapshot {
    /// Takes what a build gave.
    pub fn new(version: u64, built: Built, problems: Problems) -> Snapshot {
        let base = base_path(built.portal.settings.base_url.as_deref());
        Snapshot { version, problems, site: built.site, base, digests: OnceLock::new(), states: Mutex::default() }
    }

    /// Returns the policy that goes with every page.
    pub fn policy(&self) -> &str {
        &self.site.policy
    }

    /// Returns the path below which the site is served: that of `base_url`, with `/` at both ends.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Finds what a decoded request path leads to. A path that is in no plan, however it is written, is missing.
    pub fn find(&self, path: &str) -> Found {
        let Some(path) = path.strip_prefix(&self.base) else {
            let is_base = path == "/" || format!("{path}/") == self.base;
            return if is_base { Found::Elsewhere(self.base.clone()) } else { Found::Missing };
        };
        let is_folder = path.is_empty() || path.ends_with('/');
        let file = SitePath::new(if is_folder { format!("{path}index.html") } else { path.to_owned() });
        if self.has(&file) {
            return Found::File(file);
        }
        match !is_folder && self.has(&SitePath::new(format!("{path}/index.html"))) {
            true => Found::Elsewhere(format!("{}{path}/", self.base)),
            false => Found::Missing,
        }
    }

    /// Returns the page for what does not exist.
    pub fn not_found_page(&self) -> Option<SitePath> {
        let page = SitePath::new("404.html");
        self.has(&page).then_some(page)
    }

    fn has(&self, path: &SitePath) -> bool {
        self.site.outputs.contains_key(path) || self.in_family(path).is_some()
    }

    /// A family is made only when a path lies in its folder.
    fn in_family(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        let mut families = self.site.families.iter().filter(|family| path.as_str().starts_with(&family.folder));
        families.find_map(|family| family.outputs().get(path).cloned())
    }

    /// Makes the bytes of a file. May take long: not for the thread that serves.
    pub fn bytes(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        match self.site.outputs.get(path) {
            Some(Output::Bytes(bytes)) => Some(Arc::clone(bytes)),
            Some(Output::Make(make)) => Some(make().into()),
            Some(Output::FromDigests(make)) => Some(make(self.digests()).into()),
            None => self.in_family(path),
        }
    }

    /// Digests of everything but the outputs that are made from them: the whole site is made for it, once.
    fn digests(&self) -> &[Digest] {
        self.digests.get_or_init(|| {
            let digest = |path: &SitePath, bytes: &[u8]| Digest {
                path: path.clone(),
                bytes: bytes.len() as u64,
                sha256: format!("{:x}", Sha256::digest(bytes)),
            };
            let outputs = self.site.outputs.par_iter().filter_map(|(path, output)| match output {
                Output::Bytes(bytes) => Some(digest(path, bytes)),
                Output::Make(make) => Some(digest(path, &make())),
                Output::FromDigests(_) => None,
            });
            let mut digests: Vec<Digest> = outputs.collect();
            let families = self.site.families.iter().flat_map(|family| family.outputs());
            digests.extend(families.map(|(path, bytes)| digest(path, bytes)));
            digests.sort_by(|a, b| a.path.cmp(&b.path));
            digests
        })
    }

    /// Returns what the page at a decoded request path is compared by; the page for what does not exist where there
    /// is none. Made once for each page.
    pub fn state(&self, path: &str) -> PageState {
        let file = match self.find(path) {
            Found::File(file) => Some(file),
            Found::Elsewhere(_) | Found::Missing => self.not_found_page(),
        };
        let Some(file) = file else { return PageState::of(b"") };
        let cell = {
            let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(states.entry(file.clone()).or_default())
        };
        cell.get_or_init(|| PageState::of(&self.bytes(&file).unwrap_or_default())).clone()
    }
}

/// Returns the path of `base_url`, with `/` at both ends.
fn base_path(base_url: Option<&str>) -> String {
    let after_scheme = base_url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
    let path = after_scheme.find('/').map_or("", |slash| &after_scheme[slash..]);
    let path = path.split(['?', '#']).next().unwrap_or("").trim_matches('/');
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_path_is_that_of_the_base_url() {
        assert_eq!(base_path(None), "/");
        assert_eq!(base_path(Some("https://a.example")), "/");
        assert_eq!(base_path(Some("https://a.example/docs/v2")), "/docs/v2/");
        assert_eq!(base_path(Some("/docs")), "/");
    }

    #[test]
    fn a_page_whose_style_sheet_alone_changed_keeps_its_body() {
        let page = |css: &str, text: &str| {
            let page = format!(r#"<link rel="icon" href="i.svg"><link rel="stylesheet" href="{css}"><p>{text}"#);
            PageState::of(page.as_bytes())
        };
        let before = page("a.1.css", "x");
        assert_eq!(before.styles, ["a.1.css"]);
        let (styled, edited) = (page("a.2.css", "x"), page("a.1.css", "y"));
        assert!(before.whole != styled.whole && before.body == styled.body);
        assert!(before.body != edited.body);
    }
}
