//! One page while it is made: the portal, the page's own place in it, and links from here to anywhere.

use super::Renderer;
use super::html::SafeHtml;
use super::view::PageLink;
use crate::model::api::Prose;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Route, Subject, Url};

/// What the functions of `pages/` work with.
#[derive(Debug, Clone, Copy)]
pub struct PageContext<'a> {
    /// What all pages share.
    pub renderer: &'a Renderer,
    /// The page.
    pub route: &'a Route,
}

impl<'a> PageContext<'a> {
    /// Returns the portal.
    pub fn portal(&self) -> &'a Portal {
        &self.renderer.portal
    }

    /// Returns the `href` of a subject's page from here; `None` when it has no page.
    pub fn href(&self, subject: Subject) -> Option<String> {
        let _ = subject;
        todo!()
    }

    /// Returns the `href` of any file or page of the site from here.
    pub fn href_to(&self, url: &Url) -> String {
        let _ = url;
        todo!()
    }

    /// Returns the `href` of a theme file such as `icons.svg`, from here.
    pub fn asset(&self, name: &str) -> String {
        let _ = name;
        todo!()
    }

    /// Returns a full link to a subject's page: title, method, path, summary; `None` when it has no page.
    pub fn link(&self, subject: Subject) -> Option<PageLink> {
        let _ = subject;
        todo!()
    }

    /// Renders the CommonMark of a description: links resolved against the file it came from, raw HTML not trusted.
    ///
    /// Headings begin at `h{heading_base}`; their ids begin with `id_prefix`.
    pub fn prose(&self, api: ApiIndex, prose: &Prose, heading_base: u8, id_prefix: &str) -> SafeHtml {
        let _ = (api, prose, heading_base, id_prefix);
        todo!()
    }

    /// Renders a stretch of one of the portal's own Markdown texts (a document's whole range, a changelog entry's …).
    ///
    /// Links are resolved as `graph` resolved them; broken ones keep their text. Heading ids are those of the outline.
    pub fn markdown(
        &self,
        body: &crate::model::document::Markdown,
        range: std::ops::Range<usize>,
        heading_base: u8,
    ) -> SafeHtml {
        let _ = (body, range, heading_base);
        todo!()
    }

    /// Returns the pages that mention a subject (stories, guides, roadmap items, releases), in order of kind and title.
    pub fn mentioned_by(&self, subject: Subject) -> Vec<PageLink> {
        let _ = subject;
        todo!()
    }

    /// Returns the subjects that a page mentions, in order of first mention.
    pub fn mentions(&self, subject: Subject) -> Vec<PageLink> {
        let _ = subject;
        todo!()
    }
}
