//! The page of one named schema.

use serde::Serialize;

use super::Body;
use super::api::{OperationRow, operation_row};
use super::operation::Related;
use crate::model::api::SchemaId;
use crate::model::node::{Node, Span};
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::code::{self, Code};
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::Reference;
use crate::render::reference::tree::Scope;
use crate::render::view::{PageLink, TocEntry};
use crate::schema::Direction;
use crate::schema::usage::Role;
use crate::tree::write;

/// Longer sources are cut; the description can be downloaded.
const SOURCE_BYTES: usize = 20_000;

/// What the template sees.
#[derive(Debug, Serialize)]
pub struct SchemaView {
    /// Deprecated.
    pub deprecated: bool,
    /// The tree of fields.
    pub tree_html: SafeHtml,
    /// The examples.
    pub examples_html: SafeHtml,
    /// Operations that use it, with how.
    pub operations: Vec<User>,
    /// Lists of related pages.
    pub related: Vec<Related>,
    /// Its source in the description.
    pub source_html: SafeHtml,
    /// Where the source stands: `file:line:column`.
    pub place: String,
    /// Nothing uses it.
    pub orphan: bool,
}

/// An operation that uses the schema.
#[derive(Debug, Serialize)]
pub struct User {
    /// The operation.
    pub operation: OperationRow,
    /// How: `request`, `response` …
    pub roles: Vec<&'static str>,
}

/// Makes the page of a schema.
pub fn body(context: &PageContext<'_>, api: ApiIndex, id: SchemaId) -> Body {
    let mut reference = Reference::new(context, api);
    let schema = reference.schemas.get(id);
    let mut tree = HtmlBuilder::new();
    reference.push_schema(&mut tree, &[id], &Scope::new(Direction::Either, "property"));
    let examples_html = reference.schema_examples(id);
    let (source_html, place) = source(&reference, id);
    let view = SchemaView {
        deprecated: schema.deprecated,
        tree_html: tree.finish(),
        examples_html,
        operations: users(&reference, id),
        related: related(&reference, id),
        source_html,
        place,
        orphan: reference.usage.is_orphan(id),
    };
    let entry = |id: &str, title: &str| TocEntry { level: 2, id: id.into(), title: title.into() };
    let mut toc = vec![entry("fields", "Definition")];
    if !view.operations.is_empty() {
        toc.push(entry("used-by", "Used by"));
    }
    Body::new(&view).description(schema.description.as_ref().map(|prose| prose.text.to_string())).toc(toc)
}

fn users(reference: &Reference<'_>, id: SchemaId) -> Vec<User> {
    let users = reference.usage.operations(id).filter_map(|(at, roles)| {
        let roles = roles.into_iter().map(Role::word).collect();
        Some(User { operation: operation_row(reference, at)?, roles })
    });
    users.collect()
}

fn related(reference: &Reference<'_>, id: SchemaId) -> Vec<Related> {
    let link = |id: SchemaId| reference.context.link(Subject::Schema(reference.at, id));
    let links = |ids: Vec<SchemaId>| -> Vec<PageLink> { ids.into_iter().filter_map(link).collect() };
    let definitions = reference.schemas.get(id).rare.as_deref().map_or(&[][..], |rare| &rare.definitions);
    let lists = [
        ("Definitions", links(definitions.iter().map(|(_, id)| *id).collect())),
        ("Extends", links(reference.schemas.index.parents(id).to_vec())),
        ("Extended by", links(reference.schemas.index.children(id).to_vec())),
        ("Part of", links(reference.usage.schemas(id).collect())),
        ("Mentioned in", reference.context.mentioned_by(Subject::Schema(reference.at, id))),
    ];
    let filled = lists.into_iter().filter(|(_, links)| !links.is_empty());
    filled.map(|(title, links)| Related { title, links }).collect()
}

/// The schema as it was written; what is internal is left out, and then it is written anew from what is left.
fn source(reference: &Reference<'_>, id: SchemaId) -> (SafeHtml, String) {
    let sources = &reference.api.sources;
    let span = reference.schemas.get(id).span;
    let place = sources.place(span);
    let mut text = match reference.api.filtered {
        false => dedented(sources.text(span), place.line_column().column as usize - 1),
        true => published(&reference.api.root, span, place.path().extension() == "json"),
    };
    if text.len() > SOURCE_BYTES {
        let mut cut = SOURCE_BYTES;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        text.truncate(cut);
        text.push_str("\n…");
    }
    let language = if place.path().extension() == "json" { "json" } else { "yaml" };
    (code::block(place.path().file_name(), language, &Code::plain_text(text).html()), place.to_string())
}

/// Returns the published form of the part that stood at a place.
fn published(root: &Node, span: Span, json: bool) -> String {
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        if node.span == span && node.is_map() {
            let bytes = if json { write::json(node) } else { write::yaml(node) };
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        waiting.extend(node.entries().iter().map(|entry| &entry.value).filter(|value| value.is_map()));
    }
    String::new()
}

/// Takes the indentation of the first line off the others.
fn dedented(text: &str, column: usize) -> String {
    let mut lines = text.trim_end().lines();
    let mut out = lines.next().unwrap_or("").to_string();
    for line in lines {
        let blank = line.bytes().take(column).take_while(|byte| *byte == b' ').count();
        out.push('\n');
        out.push_str(&line[blank..]);
    }
    out
}
