//! Orders APIs and their earlier versions, and gives each the place where its pages begin.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::load::LoadedApi;
use crate::model::document::{Document, DocumentKind};
use crate::model::portal::ApiEdition;
use crate::model::route::{ApiIndex, DocumentIndex, Url};
use crate::text::slug;

/// Makes the editions: current APIs in order of id, then every API's earlier versions, newest first.
pub fn editions(mut loaded: Vec<LoadedApi>, documents: &[Arc<Document>]) -> Vec<ApiEdition> {
    loaded.sort_by(|a, b| a.api.id.cmp(&b.api.id).then_with(|| newest_first(&a.api.info.version, &b.api.info.version)));
    let (current, earlier): (Vec<_>, Vec<_>) = loaded.into_iter().partition(|loaded| loaded.history.is_none());
    let mut editions: Vec<ApiEdition> = current.into_iter().map(|loaded| current_edition(loaded, documents)).collect();
    let ids: Vec<_> = editions.iter().map(|edition| Arc::clone(&edition.api.id)).collect();
    for loaded in earlier {
        let Some(of) = ids.iter().position(|id| *id == loaded.api.id) else { continue };
        editions.push(earlier_edition(loaded, ApiIndex(of as u32)));
    }
    editions
}

fn current_edition(loaded: LoadedApi, documents: &[Arc<Document>]) -> ApiEdition {
    let id = Arc::clone(&loaded.api.id);
    let landing = documents
        .iter()
        .position(|document| document.kind == DocumentKind::ApiLanding && document.api.as_deref() == Some(&*id));
    ApiEdition {
        version: loaded.api.info.version.as_str().into(),
        base: Url::new(format!("apis/{id}/")),
        earlier_of: None,
        landing: landing.map(|at| DocumentIndex(at as u32)),
        folder: folder(&loaded),
        originals: loaded.originals,
        api: loaded.api,
    }
}

fn folder(loaded: &LoadedApi) -> String {
    loaded.api.sources.0.first().map_or_else(String::new, |root| root.path.folder().to_owned())
}

fn earlier_edition(loaded: LoadedApi, of: ApiIndex) -> ApiEdition {
    let file = loaded.history.as_deref().unwrap_or_default();
    ApiEdition {
        base: Url::new(format!("apis/{}/versions/{}/", loaded.api.id, slug(file))),
        version: file.into(),
        earlier_of: Some(of),
        landing: None,
        folder: folder(&loaded),
        originals: loaded.originals,
        api: loaded.api,
    }
}

/// Compares versions part by part, numbers as numbers, so that 1.10 is newer than 1.9.
pub fn newest_first(a: &str, b: &str) -> Ordering {
    let parts = |version: &str| -> Vec<(u64, String)> {
        let version = version.trim_start_matches(['v', 'V']);
        version.split(['.', '-', '+', '_']).map(|part| (part.parse().unwrap_or(0), part.to_owned())).collect()
    };
    parts(b).cmp(&parts(a))
}

#[cfg(test)]
mod tests {
    use super::newest_first;

    #[test]
    fn versions_are_compared_by_number() {
        let mut versions = ["1.9", "v2.0.0", "1.10", "2.0"];
        versions.sort_by(|a, b| newest_first(a, b));
        assert_eq!(versions, ["v2.0.0", "2.0", "1.10", "1.9"]);
    }
}
