//! `schema-conflict`: the parts of an `allOf` contradict one another, so that no value, or not the one that was meant,
//! keeps them all.
//!
//! Each part may be right by itself, so nothing is wrong until they are brought together: two types, constants or
//! formats that exclude each other, lists of values without a common one, a part that allows no other fields beside
//! parts that add some. The page shows both sides and says so. Mended in one of the parts.

use rayon::prelude::*;

use crate::diag::codes::description::SCHEMA_CONFLICT;
use crate::diag::{Diagnostic, Report};
use crate::graph::Graph;
use crate::model::api::{Schema, SchemaId};
use crate::model::node::Span;
use crate::model::portal::Portal;
use crate::schema::{Index, Schemas};

/// Reports every `allOf` of a current description whose parts contradict one another.
pub fn run(portal: &Portal, _: &Graph, report: &mut Report) {
    for (_, edition) in portal.current_apis() {
        let index = Index::new(&edition.api);
        let schemas = Schemas { api: &edition.api, index: &index };
        let of = |(at, schema): (usize, &Schema)| conflicts(schemas, SchemaId(at as u32), schema);
        let found: Vec<Vec<Diagnostic>> = edition.api.schemas.par_iter().enumerate().map(of).collect();
        found.into_iter().flatten().for_each(|problem| report.push(problem));
    }
}

/// What a part contradicts by itself is told of there.
fn conflicts(schemas: Schemas<'_>, id: SchemaId, schema: &Schema) -> Vec<Diagnostic> {
    let Some(composition) = schema.composition.as_deref().filter(|parts| !parts.all_of.is_empty()) else {
        return Vec::new();
    };
    let mut found = schemas.effective(&[id]).conflicts;
    if !found.is_empty() {
        let inner: Vec<String> =
            composition.all_of.iter().flat_map(|part| schemas.effective(&[*part]).conflicts).collect();
        found.retain(|conflict| !inner.contains(conflict));
    }
    let start = Span { end: schema.span.start.saturating_add(1).min(schema.span.end), ..schema.span };
    let told = found.into_iter().map(|conflict| {
        Diagnostic::new(SCHEMA_CONFLICT, schemas.api.sources.place(start), conflict).help(SCHEMA_CONFLICT.mend)
    });
    told.collect()
}
