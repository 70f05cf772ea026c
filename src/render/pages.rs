//! The kinds of pages: for each subject its kind, its template and the function that makes what the template sees.

pub mod section;

mod about;
pub mod api;
pub mod authentication;
pub mod errors;
pub mod operation;
pub mod operations;
pub mod schema;
pub mod schemas;
pub mod tag;

pub mod catalog;
pub mod changelog;
pub mod document;
pub mod guides;
pub mod home;
pub mod not_found;
pub mod onboarding;
#[cfg(test)]
mod page_tests;
pub mod parts;
pub mod roadmap;
pub mod search;
pub mod stories;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::PageContext;
use super::menu::operation_of;
use super::theme::ViewData;
use super::view::TocEntry;
use crate::model::api::OperationKind;
use crate::model::document::DocumentKind;
use crate::model::portal::Portal;
use crate::model::route::Subject;

/// What a page's own function gives.
#[derive(Debug)]
pub struct Body {
    /// For the description meta tag; cut to about 160 characters by the frame.
    pub description: Option<String>,
    /// Headings for "On this page"; empty shows none.
    pub toc: Vec<TocEntry>,
    /// `view` in the template.
    pub view: ViewData,
}

impl Body {
    /// Makes a body from the page's view.
    pub fn new(view: &impl Serialize) -> Body {
        Body { description: None, toc: Vec::new(), view: ViewData::new(view) }
    }

    /// Sets the description.
    pub fn description(mut self, text: Option<String>) -> Body {
        self.description = text;
        self
    }

    /// Sets the headings.
    pub fn toc(mut self, toc: Vec<TocEntry>) -> Body {
        self.toc = toc;
        self
    }
}

/// Returns the kind of a page: the word in `portal.json`, and the class `page--<kind>`.
pub fn kind(portal: &Portal, subject: Subject) -> &'static str {
    match subject {
        Subject::Home => "home",
        Subject::Catalog => "catalog",
        Subject::Api(_) => "api",
        Subject::Tag(..) => "tag",
        Subject::Operation(..) => match operation_of(portal, subject).map(|operation| &operation.kind) {
            Some(OperationKind::Webhook { .. } | OperationKind::Callback { .. }) => "webhook",
            Some(OperationKind::Http { .. }) | None => "operation",
        },
        Subject::Schemas(_) => "schemas",
        Subject::Schema(..) => "schema",
        Subject::Authentication(_) => "authentication",
        Subject::Errors(_) => "errors",
        Subject::Document(index) => document_kind(portal.document(index).kind),
        Subject::Section(_) => "section",
        Subject::Guides => "guides",
        Subject::Stories => "stories",
        Subject::Onboarding => "onboarding",
        Subject::Roadmap => "roadmap",
        Subject::RoadmapTimeline => "timeline",
        Subject::RoadmapItem(_) => "roadmap-item",
        Subject::Changelog(_) => "changelog",
        Subject::Release(..) => "release",
        Subject::ChangelogText(_) => "changelog-text",
        Subject::Search => "search",
        Subject::NotFound => "not-found",
    }
}

fn document_kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Home => "home",
        DocumentKind::ApiLanding => "api",
        DocumentKind::Story => "story",
        DocumentKind::Guide => "guide",
        DocumentKind::Section => "section",
        DocumentKind::Path => "path",
        DocumentKind::Step => "step",
        DocumentKind::Page => "page",
    }
}

/// Returns the template of a page: usually that of its kind.
pub fn template(portal: &Portal, subject: Subject) -> &'static str {
    match subject {
        Subject::Home => "home.html",
        Subject::Catalog => "catalog.html",
        Subject::Api(_) => "api.html",
        Subject::Tag(..) => "tag.html",
        Subject::Operation(..) => "operation.html",
        Subject::Schemas(_) => "schemas.html",
        Subject::Schema(..) => "schema.html",
        Subject::Authentication(_) => "authentication.html",
        Subject::Errors(_) => "errors.html",
        Subject::Document(index) => match portal.document(index).kind {
            DocumentKind::Path => "path.html",
            DocumentKind::Step => "step.html",
            _ => "document.html",
        },
        Subject::Section(_) => "section.html",
        Subject::Guides => "guides.html",
        Subject::Stories => "stories.html",
        Subject::Onboarding => "onboarding.html",
        Subject::Roadmap => "roadmap.html",
        Subject::RoadmapTimeline => "timeline.html",
        Subject::RoadmapItem(_) => "item.html",
        Subject::Changelog(_) => "changelog.html",
        Subject::Release(..) => "release.html",
        Subject::ChangelogText(_) => "changelog-text.html",
        Subject::Search => "search.html",
        Subject::NotFound => "not_found.html",
    }
}

/// Makes the body of a page.
pub fn body(context: &PageContext<'_>) -> Body {
    match context.route.subject {
        Subject::Home => home::body(context),
        Subject::Catalog => catalog::body(context),
        Subject::Document(index) => match context.portal().document(index).kind {
            DocumentKind::Path => onboarding::path(context, index),
            DocumentKind::Step => onboarding::step(context, index),
            _ => document::body(context, index),
        },
        Subject::Section(at) => section::body(context, at),
        Subject::Guides => guides::body(context),
        Subject::Stories => stories::body(context),
        Subject::Onboarding => onboarding::body(context),
        Subject::Roadmap => roadmap::board(context),
        Subject::RoadmapTimeline => roadmap::timeline(context),
        Subject::RoadmapItem(at) => roadmap::item(context, at),
        Subject::Changelog(api) => changelog::list(context, api),
        Subject::Release(log, release) => changelog::release(context, log, release),
        Subject::ChangelogText(log) => changelog::text(context, log),
        Subject::Search => search::body(context),
        Subject::NotFound => not_found::body(context),
        Subject::Api(api) => api::body(context, api),
        Subject::Tag(api, at) => tag::body(context, api, at),
        Subject::Operation(api, at) => operation::body(context, api, at),
        Subject::Schemas(api) => schemas::body(context, api),
        Subject::Schema(api, id) => schema::body(context, api, id),
        Subject::Authentication(api) => authentication::body(context, api),
        Subject::Errors(api) => errors::body(context, api),
    }
}
