//! The records of documents: one for the page, one for each heading.

use super::{Kind, Page, Record};
use crate::model::document::{Document, DocumentKind, Markdown};
use crate::model::portal::Portal;

/// Returns the kind of a document's record; `None` when its author hid it.
pub fn kind(document: &Document) -> Option<Kind> {
    if document.front.search_hide {
        return None;
    }
    Some(match document.kind {
        DocumentKind::Home | DocumentKind::ApiLanding | DocumentKind::Section | DocumentKind::Page => Kind::Page,
        DocumentKind::Guide => Kind::Guide,
        DocumentKind::Story => Kind::Story,
        DocumentKind::Path => Kind::Path,
        DocumentKind::Step => Kind::Step,
    })
}

/// A document: its facts, its headings and its words.
pub(super) fn document(document: &Document, page: &mut Page) {
    let front = &document.front;
    let facts = [&front.description, &front.persona, &front.job, &front.goal, &front.outcome, &front.done_when];
    for fact in facts.into_iter().flatten() {
        page.head.text.push_str(fact);
        page.head.text.push('\n');
    }
    page.head.names.extend(front.nav_title.clone());
    page.head.keywords.extend(front.tags.iter().cloned());
    page.head.boost = front.search_boost.map_or(100, |boost| (boost.clamp(0.01, 100.0) * 100.0).round() as u32);
    page.head.deprecated = matches!(front.status.as_deref(), Some("deprecated" | "retired"));
    body(&document.body, page);
}

/// The home page: the words of `index.md`.
pub(super) fn home(portal: &Portal, page: &mut Page) {
    page.head.text = portal.settings.description.clone().unwrap_or_default();
    let home = portal.documents().find(|(_, document)| document.kind == DocumentKind::Home);
    if let Some((_, home)) = home.filter(|(_, home)| !home.front.search_hide) {
        document(home, page);
    }
}

/// The headings and words of a Markdown text. What stands before the first heading, or below the title, is the page's.
pub(super) fn body(body: &Markdown, page: &mut Page) {
    for section in &body.sections {
        let heading = section.heading.and_then(|at| body.headings.get(at)).filter(|heading| heading.level > 1);
        match heading {
            None => {
                page.head.text.push_str(&section.text);
                page.head.text.push('\n');
            }
            Some(heading) => {
                let record = Record::part(Kind::Heading, &heading.text, heading.id.clone());
                page.parts.push(record.text(&section.text));
            }
        }
    }
}
