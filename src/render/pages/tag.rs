//! The page of one tag: its text, the tags below it, its operations.

use serde::Serialize;

use super::Body;
use super::api::{OperationRow, TagRow, operation_row, tag_rows};
use crate::model::route::ApiIndex;
use crate::render::PageContext;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::Reference;
use crate::render::tags::{self, TagTree};

/// What the template sees.
#[derive(Debug, Serialize)]
pub struct TagView {
    /// The tag's own name, when its label is another.
    pub name: Option<String>,
    /// Its kind, when it is no heading: `badge`, `audience`.
    pub kind: Option<String>,
    /// Its text.
    pub description_html: SafeHtml,
    /// Its external documentation.
    pub docs_html: SafeHtml,
    /// Its operations.
    pub operations: Vec<OperationRow>,
    /// The tags below it.
    pub tags: Vec<TagRow>,
    /// Specification extensions that the settings show.
    pub extensions_html: SafeHtml,
}

/// Makes the page of a tag.
pub fn body(context: &PageContext<'_>, api: ApiIndex, at: u32) -> Body {
    let reference = Reference::new(context, api);
    let Some(tag) = reference.api.tags.get(at as usize) else { return Body::new(&"") };
    let mut docs = HtmlBuilder::new();
    tag.external_docs.iter().for_each(|known| reference.push_docs(&mut docs, known));
    let mut extensions = HtmlBuilder::new();
    reference.push_extensions(&mut extensions, &tag.extensions);
    let tree = TagTree::new(reference.api, &reference.settings.tags);
    let view = TagView {
        kind: tag.kind.as_ref().filter(|_| !tags::is_heading(tag)).map(|kind| kind.to_string()),
        name: tag.label.as_ref().filter(|label| **label != tag.name).map(|_| tag.name.to_string()),
        description_html: tag.description.as_ref().map(|prose| reference.prose(prose, 2, "about-")).unwrap_or_default(),
        docs_html: docs.finish(),
        operations: tag.operations.iter().filter_map(|operation| operation_row(&reference, *operation)).collect(),
        tags: tree.branch(at).map(|branch| tag_rows(&reference, &branch.below)).unwrap_or_default(),
        extensions_html: extensions.finish(),
    };
    let description = tag.description.as_ref().map(|prose| prose.text.to_string());
    Body::new(&view).description(description)
}
