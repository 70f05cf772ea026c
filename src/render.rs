//! Pages: a portal and a theme give the bytes of any page that is asked for.
//!
//! [`Renderer`] holds what all pages share and is made once a build; [`Renderer::page`] is pure. A page of kind X is
//! `pages/x.rs` (what its template sees) and `templates/x.html`. Templates receive, they don't fetch: a page's template
//! sees `shell` (portal-wide), `page` (what every page has) and `view` (its own).

mod anchors;
pub mod assets;
pub mod code;
pub mod downloads;
pub mod highlight;
pub mod html;
pub mod markdown;
pub mod menu;
pub mod page;
pub mod pages;
pub mod reference;
pub mod samples;
pub mod shell;
pub mod tags;
pub mod theme;
pub mod try_it;
pub mod view;

mod frame;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::graph::Graph;
use crate::model::document::Markdown;
use crate::model::portal::Portal;
use crate::model::route::{Route, Subject};
use crate::schema::Schemas;
use crate::search;
use highlight::Highlighter;
use menu::Menus;
use theme::{ShellValue, Theme};
use view::Shell;

pub use frame::{api_of, base_path};
pub use page::PageContext;

/// What all pages share.
#[derive(Debug)]
pub struct Renderer {
    /// The portal.
    pub portal: Arc<Portal>,
    /// Who mentions whom.
    pub graph: Arc<Graph>,
    /// Templates and theme files.
    pub theme: Arc<Theme>,
    /// Highlights code that people wrote, and remembers it.
    pub highlighter: Arc<Highlighter>,
    /// What the pages of each API's reference share.
    pub reference: reference::Facts,
    /// Words of the interface inside rendered Markdown.
    pub words: markdown::Words,
    /// The section menus.
    pub menus: Menus,
    /// Files that are made from the APIs; the plan fills it.
    pub downloads: downloads::Downloads,
    /// Portal-wide facts for templates.
    pub shell: Shell,
    shell_value: ShellValue,
}

impl Renderer {
    /// Makes what all pages share.
    pub fn new(portal: Arc<Portal>, graph: Arc<Graph>, theme: Arc<Theme>, highlighter: Arc<Highlighter>) -> Renderer {
        let shell = shell::shell(&portal, &graph, &theme);
        Renderer {
            words: markdown::Words::default(),
            downloads: downloads::Downloads::default(),
            menus: Menus::new(&portal),
            reference: reference::Facts::new(&portal),
            shell_value: ShellValue::new(&shell),
            shell,
            portal,
            graph,
            theme,
            highlighter,
        }
    }

    /// Returns the HTML of a page.
    ///
    /// When a template of the portal's own fails on it, the built-in one is used; [`Renderer::trial`] reports that.
    pub fn page(&self, route: &Route) -> Vec<u8> {
        let (html, _) = self.filled(route);
        html.expect("the built-in templates render every view: their tests render each kind").into_bytes()
    }

    /// Renders one page of each kind with the portal's own templates and returns what is wrong with them.
    ///
    /// Without templates of its own there is nothing to try.
    pub fn trial(&self) -> Vec<Diagnostic> {
        let overrides = &self.portal.overrides;
        if !overrides.keys().any(|path| path.as_str().contains("templates/")) {
            return Vec::new();
        }
        let mut tried = BTreeSet::new();
        let routes = self.portal.routes.iter();
        let first_of_kind = routes.filter(|route| tried.insert(pages::kind(&self.portal, route.subject)));
        first_of_kind.filter_map(|route| self.filled(route).1).collect()
    }

    /// Returns what is wrong with the markup of the portal's own texts: containers and words of code fences that nobody
    /// knows, containers that are not closed, HTML that is not allowed.
    pub fn prose_problems(&self) -> Vec<Diagnostic> {
        let documents = self.portal.documents.iter().map(|document| &document.body);
        let items = self.portal.roadmap.iter().map(|item| &item.body);
        let logs = self.portal.changelogs.iter().map(|log| &log.body);
        let bodies: Vec<&Markdown> = documents.chain(items).chain(logs).collect();
        bodies.par_iter().flat_map_iter(|body| markdown::lint(body)).collect()
    }

    fn filled(&self, route: &Route) -> (Result<String, String>, Option<Diagnostic>) {
        let context = PageContext { renderer: self, route };
        let body = pages::body(&context);
        let view = frame::page_view(&context, &body);
        let template = pages::template(&self.portal, route.subject);
        let (html, problem) = self.theme.render_or_fall_back(template, &self.shell_value, &view, &body.view);
        (html.map(|html| anchors::complete(html, &self.wanted_anchors(route))), problem)
    }

    /// The anchors that search leads to in a page.
    fn wanted_anchors(&self, route: &Route) -> Vec<String> {
        let (Subject::Operation(at, _) | Subject::Schema(at, _)) = route.subject else { return Vec::new() };
        let edition = self.portal.edition(at);
        if edition.earlier_of.is_some() {
            return Vec::new();
        }
        let index = &self.reference.of(at, &edition.api).index;
        search::field_anchors(Schemas { api: &edition.api, index }, route.subject)
    }
}
