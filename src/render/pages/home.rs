//! The portal's home: what it is, where to start, what is new, what comes.

use serde::Serialize;

use super::Body;
use super::catalog::{ApiRow, api_rows};
use super::changelog::{ReleaseRow, newest};
use super::parts::{cut, text_range};
use super::roadmap::{ItemRow, next_items};
use crate::model::document::DocumentKind;
use crate::model::route::Subject;
use crate::render::PageContext;
use crate::render::html::SafeHtml;

/// What `home.html` sees.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// One sentence.
    pub lead: Option<String>,
    /// The words of `index.md`, below the cards.
    pub body_html: SafeHtml,
    /// Where to start: at most three.
    pub cards: Vec<CardView>,
    /// The APIs.
    pub apis: Vec<ApiRow>,
    /// The newest releases.
    pub releases: Vec<ReleaseRow>,
    /// What comes next.
    pub items: Vec<ItemRow>,
    /// The list of releases.
    pub changelog_href: Option<String>,
    /// The roadmap.
    pub roadmap_href: Option<String>,
    /// The catalog.
    pub catalog_href: Option<String>,
}

/// A way into the portal.
#[derive(Debug, Serialize)]
pub struct CardView {
    /// A key of the strings: `start`, `api` or `new`.
    pub kind: &'static str,
    /// Where it leads.
    pub href: String,
    /// The title of the page that it leads to.
    pub title: String,
    /// One sentence about it.
    pub text: Option<String>,
}

/// Releases and roadmap items on the home page.
const SHOWN: usize = 3;

/// Makes the home page.
pub fn body(context: &PageContext<'_>) -> Body {
    let portal = context.portal();
    let words = portal.documents().find(|(_, document)| document.kind == DocumentKind::Home).map(|(_, home)| home);
    let lead = words.and_then(|home| home.front.description.clone()).or_else(|| portal.settings.description.clone());
    let view = HomeView {
        lead: lead.clone(),
        body_html: words.map(|home| context.markdown(&home.body, text_range(home), 2)).unwrap_or_default(),
        cards: cards(context),
        apis: api_rows(context),
        releases: newest(context, None, SHOWN),
        items: next_items(context, SHOWN),
        changelog_href: context.href(Subject::Changelog(None)),
        roadmap_href: context.href(Subject::Roadmap),
        catalog_href: context.href(Subject::Catalog),
    };
    Body::new(&view).description(lead)
}

fn cards(context: &PageContext<'_>) -> Vec<CardView> {
    let portal = context.portal();
    let path = portal.documents().find(|(_, document)| document.kind == DocumentKind::Path && !document.front.hidden);
    let start = match path {
        Some((index, path)) => card(context, "start", Subject::Document(index), path.front.description.clone()),
        None => card(context, "start", Subject::Guides, first_titles(context, DocumentKind::Guide)),
    };
    let only = match portal.current_apis().collect::<Vec<_>>().as_slice() {
        [(index, _)] => Some(Subject::Api(*index)),
        [] => None,
        _ => Some(Subject::Catalog),
    };
    let names: Vec<&str> = portal.current_apis().map(|(_, edition)| edition.api.info.title.as_str()).collect();
    let api = only.and_then(|subject| card(context, "api", subject, Some(cut(&names.join(", "), 90))));
    let latest = newest(context, None, 1).pop().map(|release| {
        let of = release.of.map_or(String::new(), |of| format!("{of} "));
        let date = release.date.map_or(String::new(), |date| format!(", {}", date.shown));
        format!("{of}{}{date}", release.title)
    });
    let new = card(context, "new", Subject::Changelog(None), latest);
    [start, api, new].into_iter().flatten().collect()
}

fn first_titles(context: &PageContext<'_>, kind: DocumentKind) -> Option<String> {
    let of_kind = context.portal().documents().filter(|(_, document)| document.kind == kind && !document.front.hidden);
    let titles: Vec<&str> = of_kind.map(|(_, document)| document.front.title.as_str()).take(3).collect();
    (!titles.is_empty()).then(|| cut(&titles.join(", "), 90))
}

fn card(context: &PageContext<'_>, kind: &'static str, subject: Subject, text: Option<String>) -> Option<CardView> {
    let link = context.link(subject)?;
    let text = text.filter(|text| *text != link.title).or(link.summary);
    Some(CardView { kind, href: link.href, title: link.title, text })
}
