//! The Markdown twin of a page: the same content for readers that want text, written from the model.
//!
//! `<any page>/index.md` stands beside `index.html`. Links lead from twin to twin; what a description or document says
//! in Markdown stays as its author wrote it.

mod api;
mod document;
mod links;
mod operation;
mod schema;

use std::collections::HashMap;

use crate::diag::SourcePath;
use crate::graph::Target;
use crate::model::api::Prose;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Route, SitePath, Subject, Url};
use crate::render::{PageContext, Renderer};

/// The name of a twin in its page's folder.
const NAME: &str = "index.md";

/// Entries of a list; there is a page with all of them.
const LONGEST_LIST: usize = 2_000;

/// Returns where the twin of a page is; `None` for a page that is no folder (the 404 page) and for the search page,
/// which has no content.
pub fn path(route: &Route) -> Option<SitePath> {
    let folder = route.url.as_str().is_empty() || route.url.as_str().ends_with('/');
    let has_content = !matches!(route.subject, Subject::Search | Subject::NotFound);
    (folder && has_content).then(|| SitePath::new(format!("{}{NAME}", route.url)))
}

/// What the twins of a portal share: which pages lie directly below which.
#[derive(Debug, Default)]
pub struct Tree {
    children: HashMap<Url, Vec<u32>>,
}

impl Tree {
    /// Sorts the pages of a portal below one another by their URLs.
    pub fn new(portal: &Portal) -> Tree {
        let mut tree = Tree::default();
        for (at, route) in portal.routes.iter().enumerate() {
            if path(route).is_none() || route.url.as_str().is_empty() {
                continue;
            }
            let mut above = route.url.as_str().trim_end_matches('/');
            let parent = loop {
                above = above.rfind('/').map_or("", |slash| &above[..slash]);
                let url = if above.is_empty() { String::new() } else { format!("{above}/") };
                if above.is_empty() || portal.routes.at(&url).is_some() {
                    break Url::new(url);
                }
            };
            tree.children.entry(parent).or_default().push(at as u32);
        }
        tree
    }
}

/// Returns the twin of a page.
pub fn page(renderer: &Renderer, tree: &Tree, route: &Route) -> Vec<u8> {
    let mut twin = Twin { context: PageContext { renderer, route }, tree, out: String::new() };
    twin.write();
    let mut out = twin.out;
    while out.ends_with("\n\n") {
        out.pop();
    }
    out.into_bytes()
}

/// A twin while it is written.
struct Twin<'a> {
    context: PageContext<'a>,
    tree: &'a Tree,
    out: String,
}

impl<'a> Twin<'a> {
    fn write(&mut self) {
        let portal = self.context.portal();
        self.line(&format!("# {}", one_line(&self.context.route.title)));
        match self.context.route.subject {
            Subject::Operation(api, at) => self.operation(api, at),
            Subject::Schema(api, id) => self.schema_page(api, id),
            Subject::Api(api) => self.api(api),
            Subject::Tag(api, at) => self.tag(api, at),
            Subject::Authentication(api) => self.authentication(api),
            Subject::Document(index) => {
                self.document(portal.document(index));
                self.children();
            }
            Subject::Home => self.home(),
            Subject::Release(log, number) => self.release(log, number),
            Subject::ChangelogText(log) => self.changelog_text(log),
            Subject::RoadmapItem(at) => self.roadmap_item(at),
            Subject::Roadmap | Subject::RoadmapTimeline => self.roadmap(),
            Subject::Changelog(api) => self.changelog(api),
            // Lists: what they list lies below them.
            _ => self.children(),
        }
    }

    /// Adds a block and an empty line.
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push_str("\n\n");
    }

    /// Adds a list item.
    fn item(&mut self, text: &str) {
        self.out.push_str("- ");
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn end_list(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Returns the link to the twin of a page; `None` when it has no page.
    fn href(&self, subject: Subject) -> Option<String> {
        let route = self.context.portal().routes.of(subject)?;
        let twin = path(route).map_or_else(|| route.url.clone(), |path| Url::new(path.as_str().to_owned()));
        Some(self.context.route.url.to(&twin))
    }

    /// Returns a page as a link.
    fn link(&self, subject: Subject) -> Option<String> {
        let title = &self.context.portal().routes.of(subject)?.title;
        Some(format!("[{}]({})", label(title), self.href(subject)?))
    }

    /// Adds the pages directly below this one.
    fn children(&mut self) {
        let routes: Vec<&Route> = self.context.portal().routes.iter().collect();
        let tree = self.tree;
        let held = tree.children.get(&self.context.route.url).map_or(&[][..], Vec::as_slice);
        for at in held.iter().take(LONGEST_LIST) {
            let subject = routes[*at as usize].subject;
            if let Some(entry) = self.entry(subject) {
                self.item(&entry);
            }
        }
        self.end_list();
    }

    /// Returns a page as a link with what it is about.
    fn entry(&self, subject: Subject) -> Option<String> {
        let link = self.context.link(subject)?;
        let address = match (&link.method, &link.path) {
            (Some(method), Some(path)) => format!(": `{} {path}`", method.to_uppercase()),
            _ => String::new(),
        };
        let summary = link.summary.as_deref().map_or(String::new(), |text| format!(": {}", one_line(text)));
        let deprecated = if link.deprecated { " (deprecated)" } else { "" };
        Some(format!("{}{address}{summary}{deprecated}", self.link(subject)?))
    }

    /// Adds a description's Markdown, its links leading to twins.
    fn prose(&mut self, api: ApiIndex, prose: &Prose) {
        let text = self.prose_text(api, prose);
        if !text.trim().is_empty() {
            self.line(text.trim());
        }
    }

    fn prose_text(&self, api: ApiIndex, prose: &Prose) -> String {
        let sources = &self.context.portal().api(api).sources;
        let Some(source) = sources.0.get(prose.span.file as usize) else { return prose.text.to_string() };
        links::rewritten(&prose.text, &|written| match written.starts_with('#') {
            true => None,
            false => self.target(&source.path, Some(api), written),
        })
    }

    /// Returns where a link leads from this twin; `None` when it stays as it was written.
    fn target(&self, from: &SourcePath, api: Option<ApiIndex>, written: &str) -> Option<String> {
        let references = &self.context.renderer.graph.references;
        let with = |href: String, anchor: Option<String>| match anchor {
            Some(anchor) => format!("{href}#{anchor}"),
            None => href,
        };
        match references.resolve(self.context.portal(), from, api, written) {
            Target::Page { subject, anchor } => self.href(subject).map(|href| with(href, anchor)),
            Target::File(url, fragment) => Some(with(self.context.route.url.to(&url), fragment)),
            Target::Anchor(_) | Target::External(_) | Target::Broken(_) => None,
        }
    }
}

/// Returns a text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text of a link.
fn label(text: &str) -> String {
    one_line(text).replace('[', "\\[").replace(']', "\\]")
}
