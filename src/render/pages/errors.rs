//! The page about what can go wrong with an API: statuses, codes and problem types, and who answers with them.

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::Body;
use super::operations::{Budget, OperationLinks};
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::{Reference, status};
use crate::render::view::{PageLink, TocEntry};
use crate::schema::errors::{ErrorCode, Errors, Meaning, Shape};

/// Meanings of one status that are told apart; the others are counted.
const MEANINGS: usize = 12;
/// Bodies that are listed; the others are counted.
const SHAPES: usize = 8;
/// Operations and tags that the page may link to before it only counts them: what is left out is on the operations' own
/// pages.
const LINKS: usize = 1_200;

/// What the template sees.
#[derive(Debug, Serialize)]
pub struct ErrorsView {
    /// How many responses are errors.
    pub responses: usize,
    /// The bodies that errors have.
    pub shapes: Vec<ShapeRow>,
    /// Bodies that are not listed: how many responses have them.
    pub other_shapes: usize,
    /// By status.
    pub statuses: Vec<StatusRow>,
    /// Codes and problem types.
    pub codes: Vec<CodeRow>,
    /// Pages that mention this one.
    pub mentioned_by: Vec<PageLink>,
}

/// A body that errors have.
#[derive(Debug, Serialize)]
pub struct ShapeRow {
    /// The schema as a link; empty for bodies that are written where they are used.
    pub schema_html: SafeHtml,
    /// The media type.
    pub media: String,
    /// How many responses have it.
    pub count: usize,
}

/// One status.
#[derive(Debug, Serialize)]
pub struct StatusRow {
    /// Its anchor.
    pub id: String,
    /// `404`.
    pub status: String,
    /// The class of its label.
    pub class: &'static str,
    /// Its standard words.
    pub words: Option<String>,
    /// Rows of the table that it takes.
    pub rows: usize,
    /// What it means here.
    pub meanings: Vec<MeaningRow>,
    /// Operations whose meanings are not listed.
    pub others: Option<OperationLinks>,
}

/// What a status means for some operations.
#[derive(Debug, Serialize)]
pub struct MeaningRow {
    /// The text.
    pub text_html: SafeHtml,
    /// Who answers so.
    pub operations: OperationLinks,
}

/// One code or problem type.
#[derive(Debug, Serialize)]
pub struct CodeRow {
    /// Its anchor.
    pub id: String,
    /// As it is on the wire.
    pub value: String,
    /// What it means.
    pub meaning: Option<String>,
    /// The statuses that it comes with.
    pub statuses: Vec<StatusLink>,
    /// Who is known to answer with it.
    pub operations: Option<OperationLinks>,
    /// The schemas that allow it, as links.
    pub schemas_html: Vec<SafeHtml>,
}

/// A status in the row of a code.
#[derive(Debug, Serialize)]
pub struct StatusLink {
    /// `404`.
    pub status: String,
    /// The anchor of its row.
    pub id: String,
}

/// Makes the page.
pub fn body(context: &PageContext<'_>, api: ApiIndex) -> Body {
    let mut reference = Reference::new(context, api);
    let errors = Errors::new(reference.schemas);
    let view = view(&mut reference, &errors);
    let entry = |id: &str, title: &str| TocEntry { level: 2, id: id.into(), title: title.into() };
    let mut toc = Vec::new();
    if !view.shapes.is_empty() {
        toc.push(entry("shape", "What an error looks like"));
    }
    toc.push(entry("statuses", "By status"));
    if !view.codes.is_empty() {
        toc.push(entry("codes", "Codes and problem types"));
    }
    let known = view.codes.len();
    let description = match known {
        0 => "Every error that the operations answer with, by status.".to_owned(),
        _ => format!("Every error that the operations answer with, by status, and {known} codes with their meaning."),
    };
    Body::new(&view).toc(toc).description(Some(description))
}

fn view(reference: &mut Reference<'_>, errors: &Errors<'_>) -> ErrorsView {
    let mut budget = Budget::new(LINKS);
    let listed = errors.shapes.len().min(SHAPES);
    let codes = errors.codes.iter().map(|code| code_row(reference, errors, code, &mut budget)).collect();
    let statuses = errors.statuses.iter().map(|known| {
        let (shown, rest) = known.meanings.split_at(known.meanings.len().min(MEANINGS));
        let rest: Vec<u32> = rest.iter().flat_map(|meaning| meaning.operations.iter().copied()).collect();
        StatusRow {
            id: known.anchor.clone(),
            status: known.status.to_owned(),
            class: status::class(known.status),
            words: status::words(known.status),
            rows: shown.len() + usize::from(!rest.is_empty()),
            meanings: meaning_rows(reference, &known.anchor, shown, &mut budget),
            others: (!rest.is_empty()).then(|| OperationLinks::new(reference, &rest, &mut budget)),
        }
    });
    let statuses = statuses.collect();
    ErrorsView {
        responses: errors.responses,
        shapes: errors.shapes[..listed].iter().map(|shape| shape_row(reference, shape)).collect(),
        other_shapes: errors.shapes[listed..].iter().map(|shape| shape.count).sum(),
        statuses,
        codes,
        mentioned_by: reference.context.mentioned_by(Subject::Errors(reference.at)),
    }
}

fn shape_row(reference: &mut Reference<'_>, shape: &Shape<'_>) -> ShapeRow {
    let mut html = HtmlBuilder::new();
    if let Some(schema) = shape.schema {
        reference.push_schema_name(&mut html, schema);
    }
    ShapeRow { schema_html: html.finish(), media: shape.media.to_owned(), count: shape.count }
}

fn meaning_rows(
    reference: &Reference<'_>,
    anchor: &str,
    meanings: &[Meaning<'_>],
    budget: &mut Budget,
) -> Vec<MeaningRow> {
    let numbered = meanings.iter().enumerate();
    numbered.map(|(at, meaning)| meaning_row(reference, &format!("{anchor}-about-{at}-"), meaning, budget)).collect()
}

fn meaning_row(reference: &Reference<'_>, prefix: &str, meaning: &Meaning<'_>, budget: &mut Budget) -> MeaningRow {
    let mut html = HtmlBuilder::new();
    if let Some(summary) = meaning.summary {
        html.push_markup("<p><b>");
        html.push_text(summary);
        html.push_markup("</b></p>");
    }
    if let Some(prose) = meaning.description {
        html.push_safe(&reference.prose(prose, 3, prefix));
    }
    MeaningRow { text_html: html.finish(), operations: OperationLinks::new(reference, &meaning.operations, budget) }
}

fn code_row(reference: &mut Reference<'_>, errors: &Errors<'_>, code: &ErrorCode, budget: &mut Budget) -> CodeRow {
    let status = |status: &String| {
        let row = errors.statuses.iter().find(|known| known.status == status)?;
        Some(StatusLink { status: status.clone(), id: row.anchor.clone() })
    };
    let schemas = code.schemas.iter().map(|schema| {
        let mut html = HtmlBuilder::new();
        reference.push_schema_name(&mut html, *schema);
        html.finish()
    });
    let schemas_html = schemas.collect();
    CodeRow {
        id: code.anchor.clone(),
        value: code.value.clone(),
        meaning: code.meaning.clone(),
        statuses: code.statuses.iter().filter_map(status).collect(),
        operations: (!code.operations.is_empty()).then(|| OperationLinks::new(reference, &code.operations, budget)),
        schemas_html,
    }
}
