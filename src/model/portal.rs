//! The whole portal: made once by `assemble`, then only read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Text;
use super::api::Api;
use super::changelog::Changelog;
use super::document::Document;
use super::roadmap::{RoadmapItem, RoadmapProse};
use super::route::{ApiIndex, DocumentIndex, Routes, Subject, Url};
use super::settings::Settings;
use crate::diag::{SourcePath, SourceText};

/// Everything that a page, a check or a feed may look at.
#[derive(Debug)]
pub struct Portal {
    /// Settings.
    pub settings: Settings,
    /// Every API, current ones first in order of id, each followed by nothing of its own; then earlier versions.
    pub apis: Vec<ApiEdition>,
    /// Every document that is published.
    pub documents: Vec<Arc<Document>>,
    /// Every roadmap item that is published, in the order shown.
    pub roadmap: Vec<Arc<RoadmapItem>>,
    /// Prose beside the board.
    pub roadmap_prose: Vec<Arc<RoadmapProse>>,
    /// Every changelog.
    pub changelogs: Vec<Arc<Changelog>>,
    /// Every page.
    pub routes: Routes,
    /// The documents of each section in the order of its menu.
    pub sections: Vec<NavSection>,
    /// Files that are copied as they are: `static/**` and what documents embed, by the path in the site.
    pub files: BTreeMap<Url, PortalFile>,
    /// Where a source file's page is, for relative links between documents.
    pub pages_of: BTreeMap<SourcePath, Subject>,
    /// Old URLs (`aliases`) and the pages that they lead to.
    pub redirects: BTreeMap<Url, Url>,
    /// Templates, theme files and strings that the portal overrides, by path below the input folder.
    pub overrides: BTreeMap<SourcePath, Arc<SourceText>>,
}

/// One API at one version.
#[derive(Debug)]
pub struct ApiEdition {
    /// The description.
    pub api: Arc<Api>,
    /// Where its pages begin: `apis/<api>/` or `apis/<api>/versions/<version>/`.
    pub base: Url,
    /// The current edition that this is an earlier version of; `None` for a current one.
    pub earlier_of: Option<ApiIndex>,
    /// The words of its landing page (`api.md`); `None` for earlier versions.
    pub landing: Option<DocumentIndex>,
    /// The version's name in URLs and pickers: `info.version`, else the file's name.
    pub version: Text,
    /// The folder of the description in the input folder.
    pub folder: String,
    /// The files that it was read from, the root first: the path from the root's folder, and the bytes.
    pub originals: Vec<(String, Arc<[u8]>)>,
}

/// The folder of original files that cannot lie beside the bundle.
const ORIGINALS: &str = "source/";

/// A file that a description was read from, as it is published.
#[derive(Debug, Clone)]
pub struct Original<'a> {
    /// Where it is.
    pub url: Url,
    /// Its name for the reader: its path.
    pub name: String,
    /// Its bytes.
    pub bytes: &'a Arc<[u8]>,
}

impl ApiEdition {
    /// Returns the original files as they are published: the root first, each where the others refer to it.
    ///
    /// They lie beside the bundle. Where one would lie above it, or where a description of many files has the bundle's
    /// own name, all of them lie in a folder of their own. None is published when something internal was left out of
    /// the bundle: the originals tell of it.
    pub fn published_originals<'e>(&'e self) -> Vec<Original<'e>> {
        if self.api.filtered {
            return Vec::new();
        }
        let is_bundle = |name: &str| matches!(name, "openapi.json" | "openapi.yaml");
        let many = self.originals.len() > 1;
        let apart = |(name, _): &(String, Arc<[u8]>)| {
            name.starts_with("../") || name.starts_with('/') || (many && is_bundle(name))
        };
        let folder = if self.originals.iter().any(apart) { ORIGINALS } else { "" };
        // The paths begin at the folder that holds all of them.
        let climbs = |name: &str| name.split('/').take_while(|part| *part == "..").count();
        let most = self.originals.iter().map(|(name, _)| climbs(name)).max().unwrap_or_default();
        let root: Vec<&str> = self.folder.split('/').filter(|part| !part.is_empty()).collect();
        let above = root.len().saturating_sub(most);
        let original = |(name, bytes): &'e (String, Arc<[u8]>)| -> Original<'e> {
            let kept = most.saturating_sub(climbs(name));
            let mut parts: Vec<&str> = root[above..].iter().take(kept).copied().collect();
            parts.extend(name.split('/').filter(|part| !matches!(*part, ".." | "." | "")));
            let name = parts.join("/");
            Original { url: Url::new(format!("{}{folder}{name}", self.base)), name, bytes }
        };
        self.originals.iter().map(original).filter(|original| !original.name.is_empty()).collect()
    }
}

/// One group of a section's menu.
#[derive(Debug)]
pub struct NavSection {
    /// The API that the section belongs to.
    pub api: Option<ApiIndex>,
    /// The folder: `guides`, `guides/webhooks`, `stories`, `pages`, `onboarding/first-call`.
    pub folder: String,
    /// Its title.
    pub title: String,
    /// The document that heads it.
    pub head: Option<DocumentIndex>,
    /// Its documents in order, the head left out.
    pub documents: Vec<DocumentIndex>,
    /// Sections inside it, in order: indices into [`Portal::sections`].
    pub children: Vec<usize>,
    /// False when it is inside another.
    pub top: bool,
}

/// A file that is copied as it is.
#[derive(Debug, Clone)]
pub struct PortalFile {
    /// Where it comes from.
    pub source: SourcePath,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Portal {
    /// Returns an edition of an API.
    pub fn edition(&self, index: ApiIndex) -> &ApiEdition {
        &self.apis[index.0 as usize]
    }

    /// Returns an API.
    pub fn api(&self, index: ApiIndex) -> &Api {
        &self.edition(index).api
    }

    /// Returns a document.
    pub fn document(&self, index: DocumentIndex) -> &Document {
        &self.documents[index.0 as usize]
    }

    /// Returns the current API of this id.
    pub fn api_of_id(&self, id: &str) -> Option<ApiIndex> {
        let at = self.apis.iter().position(|edition| edition.earlier_of.is_none() && &*edition.api.id == id)?;
        Some(ApiIndex(at as u32))
    }

    /// Returns the current APIs in order.
    pub fn current_apis(&self) -> impl Iterator<Item = (ApiIndex, &ApiEdition)> {
        let all = self.apis.iter().enumerate();
        all.filter(|(_, edition)| edition.earlier_of.is_none()).map(|(at, edition)| (ApiIndex(at as u32), edition))
    }

    /// Returns the URL that `search.toml` means by a path: that of a document's page, else that of a page or folder of the
    /// site. `None` when there is no page at it or below.
    pub fn url_of_path(&self, path: &str) -> Option<String> {
        let path = path.trim_matches('/');
        let document =
            ["", ".md"].iter().find_map(|ending| self.pages_of.get(&SourcePath::new(format!("{path}{ending}"))));
        if let Some(route) = document.and_then(|subject| self.routes.of(*subject)) {
            return Some(route.url.to_string());
        }
        let url = format!("{path}/");
        self.routes.iter().any(|route| route.url.as_str().starts_with(&url)).then_some(url)
    }

    /// Returns every document with its index.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentIndex, &Document)> {
        self.documents.iter().enumerate().map(|(at, document)| (DocumentIndex(at as u32), &**document))
    }
}
