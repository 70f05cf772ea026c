//! Pages before they are made: their kinds, subjects and URLs.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use super::Text;
use super::api::SchemaId;
use crate::diag::SourcePath;

/// The URL of a page or file relative to the site's root: `""`, `apis/payments/`, `assets/site.css`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(Text);

impl Url {
    /// Takes a URL relative to the site's root, without a leading `/`. A page's ends with `/` (or is empty).
    pub fn new(url: impl Into<Text>) -> Url {
        Url(url.into())
    }

    /// Returns it as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the file below the output folder: `dir/` is `dir/index.html`.
    pub fn site_path(&self) -> SitePath {
        match self.0.is_empty() || self.0.ends_with('/') {
            true => SitePath::new(format!("{}index.html", self.0)),
            false => SitePath::new(self.0.to_string()),
        }
    }

    /// Returns the reference to `target` from a page at this URL, as it stands in `href` (RFC 3986, section 4.2).
    ///
    /// Works at any base path and from the file system. A page's reference to itself is `./`.
    pub fn to(&self, target: &Url) -> String {
        let from: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        let to: Vec<&str> = target.folder().split('/').filter(|part| !part.is_empty()).collect();
        let file = &target.0[target.folder().len()..];
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let mut reference = "../".repeat(from.len() - shared);
        for part in &to[shared..] {
            reference.push_str(part);
            reference.push('/');
        }
        reference.push_str(file);
        if reference.is_empty() {
            reference.push_str("./");
        }
        reference
    }

    /// The part up to and including the last `/`.
    fn folder(&self) -> &str {
        self.0.rfind('/').map_or("", |slash| &self.0[..=slash])
    }
}

impl fmt::Display for Url {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A file below the output folder, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Text);

impl SitePath {
    /// Takes a path relative to the output folder.
    pub fn new(path: impl Into<Text>) -> SitePath {
        SitePath(path.into())
    }

    /// Returns it as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Index into [`super::portal::Portal::apis`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiIndex(pub u32);

/// Index into [`super::portal::Portal::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIndex(pub u32);

/// What a page is about. Closed: the compiler lists what a new kind of page touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The home page.
    Home,
    /// The catalog of all APIs.
    Catalog,
    /// An API's landing page.
    Api(ApiIndex),
    /// One tag of an API: index into its tags.
    Tag(ApiIndex, u32),
    /// One operation or webhook: index into the API's operations.
    Operation(ApiIndex, u32),
    /// The list of an API's schemas.
    Schemas(ApiIndex),
    /// One named schema.
    Schema(ApiIndex, SchemaId),
    /// An API's security schemes.
    Authentication(ApiIndex),
    /// What can go wrong with an API's operations.
    Errors(ApiIndex),
    /// A document: story, guide, section, page, path or step.
    Document(DocumentIndex),
    /// A folder of documents without an `index.md`: index into the portal's sections.
    Section(u32),
    /// The list of all guides.
    Guides,
    /// The list of all stories.
    Stories,
    /// The list of onboarding paths.
    Onboarding,
    /// The roadmap's board.
    Roadmap,
    /// The roadmap by time.
    RoadmapTimeline,
    /// One item: index into the portal's roadmap.
    RoadmapItem(u32),
    /// The list of releases: of the whole portal, or of one API.
    Changelog(Option<ApiIndex>),
    /// One release: index of the changelog, index into its releases.
    Release(u32, u32),
    /// A changelog that could not be understood, shown as it is: index of the changelog.
    ChangelogText(u32),
    /// The search page.
    Search,
    /// The page for what does not exist.
    NotFound,
}

/// One page of the site.
#[derive(Debug, Clone)]
pub struct Route {
    /// Where it is.
    pub url: Url,
    /// What it shows.
    pub subject: Subject,
    /// Its title, as in menus and search.
    pub title: String,
    /// The file that it comes from; `None` for lists that Portolan makes.
    pub source: Option<SourcePath>,
}

/// Every page, and the ways to find one.
#[derive(Debug, Default)]
pub struct Routes {
    list: Vec<Route>,
    by_subject: HashMap<Subject, u32>,
    by_url: BTreeMap<Url, u32>,
}

impl Routes {
    /// Adds a page.
    ///
    /// Returns the page that already has this URL (or one that differs only in case, which a case-folding disk takes
    /// for the same) and adds nothing.
    pub fn add(&mut self, route: Route) -> Result<(), Route> {
        let key = Url::new(route.url.as_str().to_lowercase());
        if let Some(&taken) = self.by_url.get(&key) {
            return Err(self.list[taken as usize].clone());
        }
        let index = self.list.len() as u32;
        self.by_subject.insert(route.subject, index);
        self.by_url.insert(key, index);
        self.list.push(route);
        Ok(())
    }

    /// Returns every page in the order it was added.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.list.iter()
    }

    /// Returns the page about a subject; `None` when the portal has none (drafts, other audiences, empty lists).
    pub fn of(&self, subject: Subject) -> Option<&Route> {
        self.by_subject.get(&subject).map(|&index| &self.list[index as usize])
    }

    /// Returns the page at a URL, whatever its case.
    pub fn at(&self, url: &str) -> Option<&Route> {
        self.by_url.get(&Url::new(url.to_lowercase())).map(|&index| &self.list[index as usize])
    }

    /// Returns how many pages there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns true when there is no page.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_between_pages_are_relative() {
        let from = Url::new("apis/pay/operations/a/");
        assert_eq!(from.to(&Url::new("apis/pay/schemas/B/")), "../../schemas/B/");
        assert_eq!(from.to(&Url::new("")), "../../../../");
        assert_eq!(from.to(&Url::new("assets/x.css")), "../../../../assets/x.css");
        assert_eq!(Url::new("").to(&Url::new("guides/a/")), "guides/a/");
        assert_eq!(from.to(&from), "./");
    }
}
