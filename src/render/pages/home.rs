//! The portal's home: what it is, where to start, what is new, what comes.

use serde::Serialize;

use super::Body;
use super::catalog::{ApiRow, api_rows};
use super::changelog::{ReleaseRow, newest};
use super::parts::{text_range, toc};
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
    let range = words.map(text_range);
    let lead = words.and_then(|home| home.front.description.clone()).or_else(|| portal.settings.description.clone());
    let view = HomeView {
        lead: lead.clone(),
        body_html: match (words, &range) {
            (Some(home), Some(range)) => context.markdown(&home.body, range.clone(), 2),
            _ => SafeHtml::default(),
        },
        cards: cards(context),
        apis: api_rows(context),
        releases: newest(context, None, SHOWN),
        items: next_items(context, SHOWN),
        changelog_href: context.href(Subject::Changelog(None)),
        roadmap_href: context.href(Subject::Roadmap),
        catalog_href: context.href(Subject::Catalog),
    };
    let entries = words.zip(range).map_or(Vec::new(), |(home, range)| toc(&home.body, &range));
    // Two headings are seen at a glance; a list of them would only repeat the page.
    Body::new(&view).description(lead).toc(if entries.len() > 2 { entries } else { Vec::new() })
}

fn cards(context: &PageContext<'_>) -> Vec<CardView> {
    let portal = context.portal();
    let path = portal.documents().find(|(_, document)| document.kind == DocumentKind::Path && !document.front.hidden);
    let start = match path {
        Some((index, path)) => card(context, "start", Subject::Document(index), path.front.description.clone()),
        None => card(context, "start", Subject::Guides, None),
    };
    let only = match portal.current_apis().collect::<Vec<_>>().as_slice() {
        [(index, _)] => Some(Subject::Api(*index)),
        [] => None,
        _ => Some(Subject::Catalog),
    };
    let api = only.and_then(|subject| card(context, "api", subject, None));
    let new = card(context, "new", Subject::Changelog(None), None);
    [start, api, new].into_iter().flatten().collect()
}

fn card(context: &PageContext<'_>, kind: &'static str, subject: Subject, text: Option<String>) -> Option<CardView> {
    let link = context.link(subject)?;
    Some(CardView { kind, href: link.href, title: link.title, text: text.or(link.summary) })
}
