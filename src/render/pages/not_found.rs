//! The page for what does not exist: a form and the main sections. It is served at any depth, so its links begin at the
//! root, which the template takes from `page.root`.

use serde::Serialize;

use super::Body;
use crate::render::PageContext;

/// What `not_found.html` sees: nothing of its own, for all that it shows is in the shell.
#[derive(Debug, Serialize)]
pub struct NotFoundView {}

/// Makes the page.
pub fn body(_context: &PageContext<'_>) -> Body {
    Body::new(&NotFoundView {})
}
