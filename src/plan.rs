//! The list of every file of the site, each with the pure function that makes its bytes.

pub mod site;

use std::sync::Arc;

use crate::export::fragment::Fragments;
use crate::export::{catalog, downloads, hosting, llms, manifest, syndication, twin};
use crate::model::portal::Portal;
use crate::model::route::{SitePath, Subject, Url};
use crate::render::{self, Renderer, try_it};
use crate::search;

pub use site::{Digest, Family, Output, Site};

/// The folder of the search index's shards.
pub const SEARCH_FOLDER: &str = "assets/search/";

/// Plans the site: nothing is rendered yet.
pub fn plan(mut renderer: Renderer) -> Site {
    renderer.downloads = downloads::of(&renderer.portal);
    let renderer = Arc::new(renderer);
    let portal = Arc::clone(&renderer.portal);
    let mut planner = Planner { site: Site::default(), renderer };
    planner.static_files(&portal);
    planner.theme_files();
    planner.descriptions(&portal);
    planner.redirects(&portal);
    planner.hosting(&portal);
    planner.search(&portal);
    planner.syndication(&portal);
    planner.pages(&portal);
    planner.try_it(&portal);
    planner.for_machines(&portal);
    let for_manifest = Arc::clone(&portal);
    let make = move |digests: &[Digest]| manifest::portal_json(&for_manifest, digests);
    planner.add("portal.json", Output::FromDigests(Box::new(make)));
    planner.site
}

struct Planner {
    site: Site,
    renderer: Arc<Renderer>,
}

impl Planner {
    fn add(&mut self, path: impl Into<String>, output: Output) {
        self.site.outputs.insert(SitePath::new(path.into()), output);
    }

    /// Adds a file for hosts or crawlers, unless the publisher has one of the same name in `static/`.
    fn bytes(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.site.outputs.entry(SitePath::new(path.into())).or_insert_with(|| Output::Bytes(bytes.into()));
    }

    fn make(&mut self, path: impl Into<String>, make: impl Fn() -> Vec<u8> + Send + Sync + 'static) {
        self.add(path, Output::Make(Box::new(make)));
    }

    fn pages(&mut self, portal: &Arc<Portal>) {
        for route in portal.routes.iter() {
            let (renderer, route) = (Arc::clone(&self.renderer), route.clone());
            self.make(route.url.site_path().as_str().to_owned(), move || renderer.page(&route));
        }
    }

    /// The requests that the try-it console fills in, and the page that ends a sign-in.
    fn try_it(&mut self, portal: &Arc<Portal>) {
        if !try_it::is_used(portal) {
            return;
        }
        for route in portal.routes.iter().filter(|route| try_it::operation(portal, route.subject).is_some()) {
            let (renderer, route) = (Arc::clone(&self.renderer), route.clone());
            let path = try_it::data_path(&route);
            self.make(path.as_str().to_owned(), move || try_it::request_json(&renderer, &route));
        }
        self.bytes(try_it::CALLBACK, try_it::callback_page(&self.renderer));
    }

    /// The Markdown twin of every page, the lists of them, and the description of each operation.
    fn for_machines(&mut self, portal: &Arc<Portal>) {
        let tree = Arc::new(twin::Tree::new(portal));
        let fragments = portal.apis.iter().map(|edition| Arc::new(Fragments::new(Arc::clone(&edition.api))));
        let fragments: Vec<Arc<Fragments>> = fragments.collect();
        for route in portal.routes.iter() {
            if let Some(path) = twin::path(route) {
                let (renderer, tree, route) = (Arc::clone(&self.renderer), Arc::clone(&tree), route.clone());
                self.make(path.as_str().to_owned(), move || twin::page(&renderer, &tree, &route));
            }
            if let Subject::Operation(api, at) = route.subject {
                let fragments = Arc::clone(&fragments[api.0 as usize]);
                self.make(format!("{}openapi.json", route.url), move || fragments.of(at));
            }
        }
        let renderer = Arc::clone(&self.renderer);
        self.bytes_when_asked("llms.txt", move || llms::index(&renderer));
        let renderer = Arc::clone(&self.renderer);
        self.bytes_when_asked("llms-full.txt", move || llms::whole(&renderer, &tree));
    }

    /// Adds a file of a well-known name, unless the publisher has one of the same name in `static/`.
    fn bytes_when_asked(&mut self, path: &str, make: impl Fn() -> Vec<u8> + Send + Sync + 'static) {
        if !self.site.outputs.contains_key(&SitePath::new(path)) {
            self.make(path, make);
        }
    }

    fn static_files(&mut self, portal: &Portal) {
        for (url, file) in &portal.files {
            self.add(url.as_str().to_owned(), Output::Bytes(Arc::clone(&file.bytes)));
        }
    }

    fn theme_files(&mut self) {
        let renderer = Arc::clone(&self.renderer);
        let used = try_it::is_used(&renderer.portal);
        for (_, asset) in renderer.theme.assets().iter().filter(|(name, _)| used || !name.starts_with(try_it::ASSETS)) {
            self.add(asset.url.as_str().to_owned(), Output::Bytes(Arc::clone(&asset.bytes)));
        }
    }

    /// The files that each API was read from, and what is made from it: the bundle, collections of requests.
    fn descriptions(&mut self, portal: &Portal) {
        for edition in &portal.apis {
            for original in edition.published_originals() {
                self.add(original.url.as_str().to_owned(), Output::Bytes(Arc::clone(original.bytes)));
            }
        }
        let urls: Vec<Url> = self.renderer.downloads.files.iter().map(|(url, _)| url.clone()).collect();
        for url in urls {
            let renderer = Arc::clone(&self.renderer);
            self.make(url.as_str().to_owned(), move || {
                renderer.downloads.at(&url).map_or_else(Vec::new, |file| file.bytes(&renderer).to_vec())
            });
        }
    }

    fn redirects(&mut self, portal: &Arc<Portal>) {
        for (old, new) in &portal.redirects {
            let (portal, old, new) = (Arc::clone(portal), old.clone(), new.clone());
            self.make(old.site_path().as_str().to_owned(), move || hosting::redirect_page(&portal, &old, &new));
        }
    }

    fn hosting(&mut self, portal: &Arc<Portal>) {
        let base_path = render::base_path(portal);
        self.site.policy = try_it::site_policy(portal, &self.renderer.shell.csp);
        let headers = hosting::headers(&self.site.policy, &base_path);
        self.bytes("_headers", headers.into_bytes());
        self.bytes("_redirects", hosting::redirects(portal, &base_path).into_bytes());
        self.bytes(".nojekyll", Vec::new());
        if let Some(catalog) = catalog::api_catalog(portal) {
            self.bytes(".well-known/api-catalog", catalog);
        }
    }

    /// Feeds of releases, what crawlers read, the roadmap's calendar.
    fn syndication(&mut self, portal: &Arc<Portal>) {
        for (api, page) in syndication::scopes(portal) {
            for (name, format) in [("feed.xml", syndication::Format::Atom), ("feed.json", syndication::Format::Json)] {
                let (renderer, page) = (Arc::clone(&self.renderer), page.clone());
                let path = format!("{page}{name}");
                self.make(path, move || syndication::feed(&renderer, api, &page, format));
            }
        }
        for (name, bytes) in syndication::crawler_files(portal) {
            self.bytes(name, bytes);
        }
        if let Some(calendar) = syndication::roadmap_calendar(portal) {
            self.bytes("roadmap/roadmap.ics", calendar);
        }
    }

    fn search(&mut self, portal: &Arc<Portal>) {
        let portal = Arc::clone(portal);
        self.site.families.push(Family::new(SEARCH_FOLDER, Box::new(move || search::files(&portal))));
    }
}
