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
    /// The original files, for download: path below the base, and the bytes.
    pub originals: Vec<(String, Arc<[u8]>)>,
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
