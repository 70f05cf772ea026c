//! Documents to the portal: who is published, where each page is, and in which order menus list them.
//!
//! The only place that makes a [`Portal`]. It decides URLs and order; it does not look into links (that is `graph`) and
//! renders nothing.

mod editions;
mod files;
mod menu;
mod routes;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Report;
use crate::load::Documents;
pub use files::embedded_url;

use crate::model::document::{Document, DocumentKind};
use crate::model::portal::Portal;
use crate::model::roadmap::RoadmapItem;
use crate::model::route::Routes;
use crate::model::settings::Settings;
use crate::source::SourceTree;

/// Puts the portal together.
///
/// Drafts and documents for other audiences are left out unless the settings ask for them. Reports `route-collision`
/// when two sources would share a URL, and `duplicate-id` for roadmap items.
pub fn portal(tree: &SourceTree, documents: Documents, settings: Settings, report: &mut Report) -> Portal {
    let published: Vec<Arc<Document>> =
        documents.documents.into_iter().filter(|document| is_published(document, &settings)).collect();
    let apis = editions::editions(documents.apis, &published);
    let mut portal = Portal {
        apis,
        roadmap: published_items(documents.roadmap, &settings),
        roadmap_prose: documents.roadmap_prose,
        changelogs: documents.changelogs,
        documents: published,
        settings,
        routes: Routes::default(),
        sections: Vec::new(),
        files: BTreeMap::new(),
        pages_of: BTreeMap::new(),
        redirects: BTreeMap::new(),
        overrides: documents.overrides,
    };
    portal.settings.title = title(&portal, tree);
    portal.sections = menu::sections(&portal, &menu::summary_order(&documents.summaries));
    routes::add_routes(&mut portal, report);
    portal.redirects = routes::redirects(&portal, report);
    portal.files = files::files(&portal, tree, report);
    portal
}

fn is_published(document: &Document, settings: &Settings) -> bool {
    let front = &document.front;
    (settings.drafts || !front.draft) && is_for(&front.audience, settings)
}

fn published_items(items: Vec<Arc<RoadmapItem>>, settings: &Settings) -> Vec<Arc<RoadmapItem>> {
    items.into_iter().filter(|item| (settings.drafts || !item.draft) && is_for(&item.audience, settings)).collect()
}

/// Nobody named means everyone; `public` names everyone too.
fn is_for(audience: &[String], settings: &Settings) -> bool {
    let wanted = settings.audience.as_deref().unwrap_or("public");
    audience.is_empty() || audience.iter().any(|name| name == "public" || name == wanted)
}

/// The portal's title when portal.toml has none: the home page's, else the only API's, else the folder's name.
fn title(portal: &Portal, tree: &SourceTree) -> String {
    if !portal.settings.title.is_empty() {
        return portal.settings.title.clone();
    }
    let home = portal.documents.iter().find(|document| document.kind == DocumentKind::Home);
    if let Some(home) = home.filter(|home| !home.front.title.is_empty()) {
        return home.front.title.clone();
    }
    let mut apis = portal.current_apis();
    match (apis.next(), apis.next()) {
        (Some((_, only)), None) if !only.api.info.title.is_empty() => only.api.info.title.clone(),
        _ if tree.name.is_empty() => "Developer portal".to_owned(),
        _ => tree.name.clone(),
    }
}
