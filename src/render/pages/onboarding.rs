//! Onboarding: the list of paths, one path with its steps, one step.

use serde::Serialize;

use super::Body;
use super::document::{MetaView, description, meta};
use super::parts::{Row, reading_minutes, text_range, toc};
use crate::model::document::DocumentKind;
use crate::model::portal::Portal;
use crate::model::route::{DocumentIndex, Subject};
use crate::render::PageContext;
use crate::render::html::SafeHtml;
use crate::render::view::PageLink;

/// What `onboarding.html` sees.
#[derive(Debug, Serialize)]
pub struct OnboardingView {
    /// The paths.
    pub paths: Vec<PathView>,
}

/// What `path.html` sees, and a path in the list of paths.
#[derive(Debug, Serialize)]
pub struct PathView {
    /// The path itself.
    pub link: PageLink,
    /// What the reader reaches.
    pub goal: Option<String>,
    /// What the reader needs before.
    pub needs_html: Vec<SafeHtml>,
    /// The line below the title.
    pub meta: MetaView,
    /// The text before the steps; empty in the list of paths.
    pub body_html: SafeHtml,
    /// The steps.
    pub steps: StepsView,
    /// What the reader has in the end.
    pub outcome: Option<String>,
}

/// The steps of a path.
#[derive(Debug, Serialize)]
pub struct StepsView {
    /// Names the path among what the reader's browser remembers: its URL.
    pub key: String,
    /// In order.
    pub list: Vec<StepView>,
    /// Minutes of all.
    pub minutes: u32,
}

/// One step in a list.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// From 1.
    pub number: usize,
    /// Its page and description.
    pub row: Row,
    /// What it leads to.
    pub goal: Option<String>,
    /// True on the step's own page.
    pub current: bool,
}

/// What `step.html` sees.
#[derive(Debug, Serialize)]
pub struct StepPageView {
    /// The path that it belongs to.
    pub path: Option<PageLink>,
    /// All steps of the path.
    pub steps: StepsView,
    /// From 1; 0 when the step stands alone.
    pub number: usize,
    /// What it leads to.
    pub goal: Option<String>,
    /// What the reader needs before.
    pub needs_html: Vec<SafeHtml>,
    /// The line below the title.
    pub meta: MetaView,
    /// The text.
    pub body_html: SafeHtml,
    /// "You now have …".
    pub outcome: Option<String>,
}

/// Makes the list of paths.
pub fn body(context: &PageContext<'_>) -> Body {
    let paths = context.portal().documents().filter(|(_, document)| document.kind == DocumentKind::Path);
    let paths: Vec<PathView> = paths.filter_map(|(index, _)| path_view(context, index)).collect();
    Body::new(&OnboardingView { paths })
}

/// Makes the page of a path.
pub fn path(context: &PageContext<'_>, index: DocumentIndex) -> Body {
    let document = context.portal().document(index);
    let Some(mut view) = path_view(context, index) else { return Body::new(&()) };
    view.body_html = context.markdown(&document.body, text_range(document), 2);
    Body::new(&view).description(description(document))
}

fn path_view(context: &PageContext<'_>, index: DocumentIndex) -> Option<PathView> {
    let document = context.portal().document(index);
    Some(PathView {
        link: context.link(Subject::Document(index))?,
        goal: document.front.goal.clone().or_else(|| document.front.description.clone()),
        needs_html: document.front.needs.iter().map(|need| context.short_markdown(&document.body, need)).collect(),
        meta: meta(context, document),
        body_html: SafeHtml::default(),
        steps: steps(context, index, None),
        outcome: document.front.outcome.clone(),
    })
}

/// Makes the page of a step.
pub fn step(context: &PageContext<'_>, index: DocumentIndex) -> Body {
    let portal = context.portal();
    let document = portal.document(index);
    let range = text_range(document);
    let path = path_of(portal, index);
    let steps = match path {
        Some(path) => steps(context, path, Some(index)),
        None => StepsView { key: String::new(), list: Vec::new(), minutes: 0 },
    };
    let view = StepPageView {
        path: path.and_then(|path| context.link(Subject::Document(path))),
        number: steps.list.iter().find(|step| step.current).map_or(0, |step| step.number),
        steps,
        goal: document.front.goal.clone().or_else(|| document.front.description.clone()),
        needs_html: document.front.needs.iter().map(|need| context.short_markdown(&document.body, need)).collect(),
        meta: meta(context, document),
        body_html: context.markdown(&document.body, range.clone(), 2),
        outcome: document.front.outcome.clone(),
    };
    let entries = if document.front.toc { toc(&document.body, &range) } else { Vec::new() };
    Body::new(&view).description(description(document)).toc(entries)
}

/// Returns the path that a step belongs to: the first that has it.
pub fn path_of(portal: &Portal, step: DocumentIndex) -> Option<DocumentIndex> {
    portal.documents().map(|(path, _)| path).find(|path| steps_of(portal, *path).contains(&step))
}

/// The documents that are a path's steps: those it names, else those of its section.
fn steps_of(portal: &Portal, path: DocumentIndex) -> Vec<DocumentIndex> {
    let document = portal.document(path);
    if document.kind != DocumentKind::Path {
        return Vec::new();
    }
    if !document.front.steps.is_empty() {
        let named = document.front.steps.iter().filter_map(|(step, _)| document.body.path().join(step));
        let pages = named.filter_map(|path| portal.pages_of.get(&path));
        return pages
            .filter_map(|subject| if let Subject::Document(at) = subject { Some(*at) } else { None })
            .collect();
    }
    let section = portal.sections.iter().find(|section| section.head == Some(path));
    section.map_or(Vec::new(), |section| section.documents.clone())
}

fn steps(context: &PageContext<'_>, path: DocumentIndex, current: Option<DocumentIndex>) -> StepsView {
    let portal = context.portal();
    let rows = steps_of(portal, path).into_iter().filter_map(|index| Some((index, Row::new(context, index)?)));
    let view = |(at, (index, mut row)): (usize, (DocumentIndex, Row))| {
        let document = portal.document(index);
        row.minutes = row.minutes.or_else(|| Some(reading_minutes(document.body.words)));
        let goal = document.front.goal.clone().or_else(|| row.link.summary.clone());
        StepView { number: at + 1, row, goal, current: current == Some(index) }
    };
    let list: Vec<StepView> = rows.enumerate().map(view).collect();
    let minutes = list.iter().filter_map(|step| step.row.minutes).sum();
    let key = portal.routes.of(Subject::Document(path)).map_or(String::new(), |route| route.url.to_string());
    StepsView { key, list, minutes }
}
