//! The search page: a form, and an index of every page for readers without a script.

use serde::Serialize;

use super::Body;
use crate::model::document::DocumentKind;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::view::PageLink;

/// What `search.html` sees.
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// The index by section.
    pub groups: Vec<IndexGroup>,
    /// How many pages it lists.
    pub pages: usize,
}

/// A section of the index.
#[derive(Debug, Serialize)]
pub struct IndexGroup {
    /// Its title.
    pub title: String,
    /// The anchor.
    pub id: String,
    /// True when it is short enough to stand open; the APIs are all open or all closed.
    pub open: bool,
    /// How many pages it lists.
    pub pages: usize,
    /// Its pages by kind.
    pub parts: Vec<IndexPart>,
}

/// Pages of one kind.
#[derive(Debug, Serialize)]
pub struct IndexPart {
    /// The kind, when the group has several.
    pub title: Option<&'static str>,
    /// The pages in order.
    pub links: Vec<PageLink>,
}

/// A longer section of the index is folded, so that the next one is in reach.
const OPEN: usize = 40;

/// Makes the search page.
pub fn body(context: &PageContext<'_>) -> Body {
    let portal = context.portal();
    let mut groups = Vec::new();
    let lists = [
        ("Get started", "onboarding", &[DocumentKind::Path, DocumentKind::Step][..]),
        ("Guides", "guides", &[DocumentKind::Guide, DocumentKind::Section][..]),
        ("Stories", "stories", &[DocumentKind::Story][..]),
    ];
    for (title, id, kinds) in lists {
        groups.push(group(context, title.into(), id.into(), vec![(None, documents(portal, None, kinds))]));
    }
    let apis = portal.current_apis().map(|(index, edition)| {
        let id = format!("api-{}", edition.api.id);
        group(context, edition.api.info.title.clone(), id, of_api(portal, index))
    });
    let mut apis: Vec<IndexGroup> = apis.collect();
    let open = apis.iter().all(|group| group.open);
    apis.iter_mut().for_each(|group| group.open = open);
    groups.extend(apis);
    let items = (0..portal.roadmap.len() as u32).map(Subject::RoadmapItem);
    let roadmap = [Subject::Roadmap].into_iter().chain(items).collect();
    groups.push(group(context, "Roadmap".into(), "roadmap".into(), vec![(None, roadmap)]));
    groups.push(group(context, "Changelog".into(), "changelog".into(), vec![(None, releases(portal))]));
    let pages = documents(portal, None, &[DocumentKind::Page]);
    groups.push(group(context, "Other pages".into(), "pages".into(), vec![(None, pages)]));
    groups.retain(|group| group.pages > 0);
    let pages = groups.iter().map(|group| group.pages).sum();
    Body::new(&SearchView { groups, pages })
}

type Part = (Option<&'static str>, Vec<Subject>);

fn group(context: &PageContext<'_>, title: String, id: String, parts: Vec<Part>) -> IndexGroup {
    let part = |(title, subjects): Part| IndexPart {
        title,
        links: subjects.into_iter().filter_map(|subject| context.link(subject)).collect(),
    };
    let parts: Vec<IndexPart> = parts.into_iter().map(part).filter(|part| !part.links.is_empty()).collect();
    let pages = parts.iter().map(|part| part.links.len()).sum();
    IndexGroup { title, id, open: pages <= OPEN, pages, parts }
}

/// The documents of some kinds, of the portal itself or of one API, in the order of the menus.
fn documents(portal: &Portal, api: Option<ApiIndex>, kinds: &[DocumentKind]) -> Vec<Subject> {
    let sections = portal.sections.iter().filter(|section| section.api == api);
    let all = sections.flat_map(|section| section.head.iter().chain(&section.documents));
    let wanted = all.filter(|index| {
        let document = portal.document(**index);
        kinds.contains(&document.kind) && !document.front.hidden
    });
    wanted.map(|index| Subject::Document(*index)).collect()
}

fn of_api(portal: &Portal, index: ApiIndex) -> Vec<Part> {
    let api = portal.api(index);
    let count = |length: usize| 0..u32::try_from(length).unwrap_or(u32::MAX);
    let operations = count(api.operations.len()).map(|at| Subject::Operation(index, at));
    let schemas = api.named_schemas.iter().map(|named| Subject::Schema(index, named.id));
    let kinds = [DocumentKind::Guide, DocumentKind::Section, DocumentKind::Story, DocumentKind::Page];
    vec![
        (None, vec![Subject::Api(index), Subject::Authentication(index), Subject::Errors(index)]),
        (Some("Guides and stories"), documents(portal, Some(index), &kinds)),
        (Some("Operations"), operations.collect()),
        (Some("Schemas"), [Subject::Schemas(index)].into_iter().chain(schemas).collect()),
    ]
}

fn releases(portal: &Portal) -> Vec<Subject> {
    let logs = portal.changelogs.iter().enumerate();
    let each = logs.flat_map(|(log, changelog)| {
        let text = changelog.releases.is_empty().then_some(Subject::ChangelogText(log as u32));
        (0..changelog.releases.len() as u32).map(move |at| Subject::Release(log as u32, at)).chain(text)
    });
    [Subject::Changelog(None)].into_iter().chain(each).collect()
}
