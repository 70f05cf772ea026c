//! Pages: a portal and a theme give the bytes of any page that is asked for.
//!
//! [`Renderer`] holds what all pages share and is made once a build; [`Renderer::page`] is pure. A page of kind X is
//! `pages/x.rs` (what its template sees) and `templates/x.html`. Templates receive, they don't fetch: a page's template
//! sees `shell` (portal-wide), `page` (what every page has) and `view` (its own).

pub mod code;
pub mod highlight;
pub mod html;
pub mod markdown;
pub mod page;
pub mod pages;
pub mod reference;
pub mod samples;
pub mod theme;
pub mod view;

pub use page::PageContext;

use std::sync::Arc;

use crate::model::portal::Portal;

/// What all pages share.
#[derive(Debug)]
pub struct Renderer {
    /// The portal.
    pub portal: Arc<Portal>,
    /// What the pages of each API's reference share.
    pub reference: reference::Facts,
}
