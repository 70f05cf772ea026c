//! The list of all stories.

use serde::Serialize;

use super::Body;
use super::parts::{RowGroup, groups_of};
use crate::model::document::DocumentKind;
use crate::render::PageContext;

/// What `stories.html` sees.
#[derive(Debug, Serialize)]
pub struct StoriesView {
    /// Stories by section.
    pub groups: Vec<RowGroup>,
}

/// Makes the list.
pub fn body(context: &PageContext<'_>) -> Body {
    Body::new(&StoriesView { groups: groups_of(context, &[DocumentKind::Story]) })
}
