//! The list of all guides.

use serde::Serialize;

use super::Body;
use super::parts::{RowGroup, groups_of};
use crate::model::document::DocumentKind;
use crate::render::PageContext;

/// What `guides.html` sees.
#[derive(Debug, Serialize)]
pub struct GuidesView {
    /// Guides by section.
    pub groups: Vec<RowGroup>,
}

/// Makes the list.
pub fn body(context: &PageContext<'_>) -> Body {
    Body::new(&GuidesView { groups: groups_of(context, &[DocumentKind::Guide]) })
}
