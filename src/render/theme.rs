//! Templates and theme files: the built-in ones, and what the portal puts over them.

use serde::Serialize;

/// A page's own view, as the template engine wants it.
#[derive(Debug)]
pub struct ViewData(tera::Value);

impl ViewData {
    /// Takes any view.
    pub fn new(view: &impl Serialize) -> ViewData {
        ViewData(tera::Value::from_serializable(view))
    }
}
