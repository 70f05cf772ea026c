//! The pages of documents: stories, guides, sections and plain pages; paths and steps are in `onboarding`.

use serde::Serialize;

use super::Body;
use super::onboarding;
use super::parts::{Chip, DateView, Row, not_among, operation_of, reading_minutes, text_range, toc, words};
use crate::model::document::{Call, Document, DocumentKind};
use crate::model::route::{DocumentIndex, Subject};
use crate::render::PageContext;
use crate::render::html::SafeHtml;
use crate::render::view::PageLink;

/// What `document.html` sees.
#[derive(Debug, Serialize)]
pub struct DocumentView {
    /// `story`, `guide`, `section` or `page`.
    pub kind: &'static str,
    /// One sentence.
    pub lead: Option<String>,
    /// The line below the title.
    pub meta: MetaView,
    /// What the reader needs before.
    pub needs_html: Vec<SafeHtml>,
    /// What a story's persona wants done.
    pub job: Option<String>,
    /// When a story has come to its end.
    pub done_when: Option<String>,
    /// What the reader has in the end.
    pub outcome: Option<String>,
    /// The text.
    pub body_html: SafeHtml,
    /// The operations of a story in order.
    pub calls: Vec<CallView>,
    /// The documents of a section, unless its text leads to all of them.
    pub rows: Vec<Row>,
    /// Pages that this one mentions, those of `calls` and `rows` left out.
    pub mentions: Vec<PageLink>,
    /// Pages that mention this one and that it does not mention itself.
    pub mentioned_by: Vec<PageLink>,
}

/// The line below a title.
#[derive(Debug, Serialize)]
pub struct MetaView {
    /// The API that the document belongs to.
    pub api: Option<PageLink>,
    /// Minutes; `None` for pages that are not read through.
    pub minutes: Option<u32>,
    /// True when the author said how long it takes, false when it was counted from words.
    pub minutes_said: bool,
    /// When it last changed.
    pub updated: Option<DateView>,
    /// For whom a story is.
    pub persona: Option<String>,
    /// Its level.
    pub level: Option<String>,
    /// Its status.
    pub status: Option<Chip>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// One call of a story.
#[derive(Debug, Serialize)]
pub struct CallView {
    /// The operation; `None` when the reference leads nowhere.
    pub link: Option<PageLink>,
    /// The reference as written.
    pub written: String,
    /// True when the story waits for it instead of calling it.
    pub wait: bool,
}

/// Makes the page of a document.
pub fn body(context: &PageContext<'_>, index: DocumentIndex) -> Body {
    let document = context.portal().document(index);
    let kind = match document.kind {
        DocumentKind::Path => return onboarding::path(context, index),
        DocumentKind::Step => return onboarding::step(context, index),
        DocumentKind::Story => "story",
        DocumentKind::Guide => "guide",
        DocumentKind::Section => "section",
        DocumentKind::Home | DocumentKind::ApiLanding | DocumentKind::Page => "page",
    };
    let range = text_range(document);
    let front = &document.front;
    let calls = calls(context, document);
    let mentions = without(context.mentions(Subject::Document(index)), &calls);
    let mut rows = rows(context, index);
    let said = |row: &Row| mentions.iter().any(|link| link.href == row.link.href);
    if rows.iter().all(said) {
        rows.clear();
    }
    let mentions = not_among(mentions, &links_of(&rows));
    let view = DocumentView {
        kind,
        lead: front.description.clone(),
        meta: meta(context, document),
        needs_html: front.needs.iter().map(|need| context.short_markdown(&document.body, need)).collect(),
        job: front.job.clone(),
        done_when: front.done_when.clone(),
        outcome: front.outcome.clone(),
        body_html: context.markdown(&document.body, range.clone(), 2),
        mentioned_by: not_among(context.mentioned_by(Subject::Document(index)), &mentions),
        rows,
        mentions,
        calls,
    };
    let entries = if front.toc { toc(&document.body, &range) } else { Vec::new() };
    Body::new(&view).description(description(document)).toc(entries)
}

/// The author's sentence, else what a story is about, else the beginning of the text.
pub fn description(document: &Document) -> Option<String> {
    let front = &document.front;
    let said = front.description.clone().or_else(|| front.job.clone()).or_else(|| front.goal.clone());
    said.or_else(|| document.body.sections.iter().map(|section| section.text.clone()).find(|text| !text.is_empty()))
}

/// The line below the title.
pub fn meta(context: &PageContext<'_>, document: &Document) -> MetaView {
    let front = &document.front;
    let read_through = matches!(document.kind, DocumentKind::Story | DocumentKind::Guide | DocumentKind::Step);
    let counted = read_through.then(|| reading_minutes(document.body.words));
    let api = document.api.as_deref().and_then(|id| context.portal().api_of_id(id));
    MetaView {
        api: api.and_then(|api| context.link(Subject::Api(api))),
        minutes: front.minutes.or(counted),
        minutes_said: front.minutes.is_some(),
        updated: front.updated.or(front.date).map(DateView::new),
        persona: front.persona.as_deref().map(words),
        level: front.level.as_deref().map(words),
        status: front.status.as_deref().map(Chip::lifecycle),
        tags: front.tags.clone(),
    }
}

fn calls(context: &PageContext<'_>, document: &Document) -> Vec<CallView> {
    let view = |call: &Call| {
        let subject = operation_of(context, document.api.as_deref(), &call.reference);
        CallView {
            link: subject.and_then(|subject| context.link(subject)),
            written: call.reference.clone(),
            wait: call.wait,
        }
    };
    document.front.calls.iter().map(view).collect()
}

fn without(links: Vec<PageLink>, calls: &[CallView]) -> Vec<PageLink> {
    let called = |link: &PageLink| calls.iter().any(|call| call.link.as_ref().is_some_and(|one| one.href == link.href));
    links.into_iter().filter(|link| !called(link)).collect()
}

fn links_of(rows: &[Row]) -> Vec<PageLink> {
    rows.iter().map(|row| row.link.clone()).collect()
}

/// The documents of the section that a document heads, those of sections inside it by their heads.
fn rows(context: &PageContext<'_>, index: DocumentIndex) -> Vec<Row> {
    let portal = context.portal();
    let Some(section) = portal.sections.iter().find(|section| section.head == Some(index)) else { return Vec::new() };
    let children = section.children.iter().filter_map(|child| portal.sections.get(*child));
    let inner = children.filter_map(|child| child.head.or_else(|| child.documents.first().copied()));
    section.documents.iter().copied().chain(inner).filter_map(|index| Row::new(context, index)).collect()
}
