//! Markdown files to documents: front matter, outline, links.
//!
//! Takes a file's text and gives a [`Document`] or an outline; the text itself is rendered when its page is asked for.
//! It knows nothing of URLs and other files: links are kept as they are written.

pub mod autolink;
pub mod directive;
pub mod events;
pub mod fence;
pub mod front;
mod jsx;
mod outline;
pub mod prepare;
pub mod raw_html;
mod scan;
pub mod slug;
mod template;

pub use outline::outline;

use std::sync::Arc;

use crate::diag::codes::document as codes;
use crate::diag::{Diagnostic, Place, SourceText};
use crate::model::Text;
use crate::model::document::{Document, DocumentKind, FrontMatter, Heading, Markdown};
use crate::model::settings::Limits;
use crate::text::{title_of_name, without_order_prefix};
use prepare::{Dialect, prepare};

/// Loads a document.
///
/// `api` is the API that it belongs to by its place; front matter may name one otherwise. Reports what front matter
/// holds (see [`front::lift`]), `missing-title`, `mdx-not-supported` and `limit-size`. What is wrong with the text
/// itself is found where it is rendered.
pub fn load(
    source: &Arc<SourceText>,
    kind: DocumentKind,
    api: Option<Text>,
    limits: &Limits,
    problems: &mut Vec<Diagnostic>,
) -> Document {
    if source.text.len() as u64 > limits.document_bytes {
        return too_large(source, kind, api, limits, problems);
    }
    let (node, body) = front::read(source, limits, problems);
    let lifted = node.map(|node| front::lift(source, &node, problems));
    let (mut front, named_api) = lifted.map_or_else(|| (front::none(), None), |front| (front.facts, front.api));
    let body = outline(source, body..source.text.len());
    add_facts_of_the_name(&mut front, source);
    add_title(&mut front, &body, kind, problems);
    report_modules(source, &body, problems);
    Document { kind, api: api.or_else(|| named_api.map(Text::from)), front, body }
}

/// Returns the targets of a text's links and images, as written: of a description, which has no outline.
pub fn link_targets(text: &str) -> Vec<String> {
    let source = Arc::new(SourceText::new(crate::diag::SourcePath::new(""), text));
    let markdown = outline::outline_as(&source, 0..source.text.len(), Dialect::Description);
    markdown.links.into_iter().map(|link| link.target).collect()
}

/// Returns true when the text begins with its title, which the page shows already: renderers leave that heading out.
pub fn leads_with_title(document: &Document) -> bool {
    let first = document.body.headings.first();
    let front = &document.front;
    first.is_some_and(|first| {
        let leads = first.level == 1 || title_heading(&document.body).is_some_and(|title| title.range == first.range);
        leads && first.text.to_lowercase() == front.title.to_lowercase()
    })
}

fn too_large(
    source: &Arc<SourceText>,
    kind: DocumentKind,
    api: Option<Text>,
    limits: &Limits,
    problems: &mut Vec<Diagnostic>,
) -> Document {
    let message = format!("the document has {} bytes; the limit is {}", source.text.len(), limits.document_bytes);
    let problem = Diagnostic::new(crate::diag::codes::tree::LIMIT_SIZE, Place::top(source), message);
    problems.push(problem.help("split the document, or raise `document_bytes` under `[limits]` in portal.toml"));
    let mut front = front::none();
    front.title = title_of_path(source);
    Document { kind, api, front, body: outline(source, 0..0) }
}

/// `01-intro.md` has an order, `2026-03-14-news.md` a date.
fn add_facts_of_the_name(front: &mut FrontMatter, source: &SourceText) {
    let stem = source.path.stem();
    let (order, rest) = without_order_prefix(stem);
    front.order = front.order.or(order);
    if order.is_none() && rest.len() < stem.len() {
        front.date = front.date.or_else(|| stem.get(..10)?.parse().ok());
    }
}

/// The title: of the front matter, else of the text's heading, else the file's name in words.
fn add_title(front: &mut FrontMatter, body: &Markdown, kind: DocumentKind, problems: &mut Vec<Diagnostic>) {
    if !front.title.is_empty() {
        return;
    }
    if let Some(heading) = title_heading(body) {
        front.title = heading.text.clone();
        return;
    }
    // The portal and its APIs have titles of their own.
    if matches!(kind, DocumentKind::Home | DocumentKind::ApiLanding) {
        return;
    }
    front.title = title_of_path(&body.source);
    let message = format!("this document has no title; `{}` is shown", front.title);
    let problem = Diagnostic::new(codes::MISSING_TITLE, Place::top(&body.source), message);
    problems.push(problem.help("add `title: …` to the front matter, or begin the text with `# …`"));
}

/// The first level-1 heading; without one, a heading that begins the text and stands above all others.
fn title_heading(body: &Markdown) -> Option<&Heading> {
    let mut headings = body.headings.iter().filter(|heading| !heading.text.is_empty());
    let first = headings.clone().next()?;
    let leads = || body.sections.first().is_none_or(|section| section.heading.is_some());
    let is_above_all = || body.headings.iter().skip(1).all(|other| other.level > first.level);
    headings.find(|heading| heading.level == 1).or_else(|| (leads() && is_above_all()).then_some(first))
}

/// The file's name in words; of an index its folder's.
fn title_of_path(source: &SourceText) -> String {
    let stem = source.path.stem();
    let name = match stem.to_ascii_lowercase().as_str() {
        "index" | "_index" | "readme" => source.path.folder().rsplit('/').next().filter(|folder| !folder.is_empty()),
        _ => Some(stem),
    };
    title_of_name(without_order_prefix(name.unwrap_or(stem)).1)
}

fn report_modules(source: &Arc<SourceText>, body: &Markdown, problems: &mut Vec<Diagnostic>) {
    let prepared = prepare(body.text(), Dialect::of(&source.path));
    let Some(first) = prepared.modules.first() else { return };
    let place = body.place(body.range.start + first.start..body.range.start + first.end);
    let message = match prepared.modules.len() {
        1 => "this statement is left out".to_string(),
        count => format!("this statement and {} more like it are left out", count - 1),
    };
    let help = "remove `import` and `export`; the common components work without them";
    problems.push(Diagnostic::new(codes::MDX_NOT_SUPPORTED, place, message).help(help));
}

#[cfg(test)]
mod tests;
