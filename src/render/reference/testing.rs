//! What tests of reference pages stand on: a description in, the text of a page out.

use std::sync::Arc;

use crate::model::route::Subject;
use crate::render::Renderer;
use crate::source::SourceTree;
use crate::{Memo, Options, diag, graph, render};

/// A portal of one API, `test`.
pub(crate) struct Site {
    /// Renders its pages.
    pub renderer: Renderer,
}

impl Site {
    /// Makes the portal of a description.
    pub fn new(description: &str) -> Site {
        Site::with_settings(description, "")
    }

    /// Makes the portal of a description with further lines of `portal.toml`.
    pub fn with_settings(description: &str, settings: &str) -> Site {
        let settings = format!("title = \"T\"\n{settings}\n");
        Site::of_files(&[("apis/test/openapi.yaml", description), ("portal.toml", &settings)])
    }

    /// Makes the portal of these files.
    pub fn of_files(files: &[(&str, &str)]) -> Site {
        let tree = SourceTree::of("t", files);
        let memo = Memo::default();
        let mut report = diag::Report::default();
        let built = crate::build(&tree, &Options::default(), &memo);
        report.extend(built.report);
        let graph = Arc::new(graph::Graph::new(&built.portal));
        let (theme, _) = render::theme::Theme::load("default", &built.portal.overrides);
        Site { renderer: Renderer::new(built.portal, graph, Arc::new(theme), memo.highlighter) }
    }

    /// Makes the portal of an OpenAPI 3.1 description with one operation, `GET /x`, written with an indentation of 6.
    pub fn of_operation(operation: &str, rest: &str) -> Site {
        Site::new(&format!(
            "openapi: 3.1.0\ninfo: {{title: Test API, version: '1'}}\nservers: [{{url: 'https://api.test'}}]\npaths:\n  /x:\n    get:\n{operation}\n{rest}"
        ))
    }

    /// Returns the HTML of the page at a URL below the API's.
    pub fn html(&self, url: &str) -> String {
        self.page(&format!("apis/test/{url}"))
    }

    /// Returns the HTML of the page at a URL.
    pub fn page(&self, url: &str) -> String {
        let route = self.renderer.portal.routes.at(url);
        let pages = || self.renderer.portal.routes.iter().map(|route| route.url.to_string()).collect::<Vec<_>>();
        let route = route.unwrap_or_else(|| panic!("no page {url} in {:?}", pages()));
        String::from_utf8(self.renderer.page(route)).unwrap()
    }

    /// Returns what a reader sees of a page's `<main>` without scripts: its text, white space folded.
    pub fn text(&self, url: &str) -> String {
        visible(&self.html(url))
    }

    /// Returns the text of the first operation's page.
    pub fn operation(&self) -> String {
        visible(&self.operation_html())
    }

    /// Returns the HTML of the first operation's page.
    pub fn operation_html(&self) -> String {
        let portal = &self.renderer.portal;
        let is_operation = |subject: Subject| matches!(subject, Subject::Operation(_, 0));
        let route = portal.routes.iter().find(|route| is_operation(route.subject)).unwrap();
        String::from_utf8(self.renderer.page(route)).unwrap()
    }
}

/// Returns the text of `<main>`.
pub(crate) fn visible(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let mut out = String::new();
    let mut rest = main.split_once('>').map_or("", |(_, rest)| rest);
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        let inline = ["<a", "</a", "<co", "</co", "<spa", "</spa", "<wbr", "<b>", "</b>", "<em", "</em"];
        if !inline.iter().any(|tag| rest[start..end].starts_with(tag)) {
            out.push(' ');
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    let text = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Asserts that a text holds each of these, in this order.
#[track_caller]
pub(crate) fn assert_in_order(text: &str, wanted: &[&str]) {
    let mut from = 0;
    for piece in wanted {
        match text[from..].find(piece) {
            Some(at) => from += at + piece.len(),
            None => panic!("`{piece}` is not in (or not after the pieces before it):\n{text}"),
        }
    }
}
