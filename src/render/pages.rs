//! The kinds of pages: for each subject its template and the function that makes what the template sees.

pub mod catalog;
pub mod changelog;
pub mod document;
pub mod guides;
pub mod home;
pub mod not_found;
pub mod onboarding;
pub mod parts;
pub mod roadmap;
pub mod search;
pub mod stories;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::PageContext;
use super::theme::ViewData;
use super::view::TocEntry;

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

/// Makes the body of a page.
pub fn body(context: &PageContext<'_>) -> Body {
    let _ = context;
    todo!()
}
