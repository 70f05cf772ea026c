//! What is made from an API for download: the bundled description in both forms, and its requests for other tools.

use std::sync::Arc;

use super::requests::{http_file, postman};
use crate::model::api::OperationKind;
use crate::model::node::Node;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Url};
use crate::render::Renderer;
use crate::render::downloads::{Downloads, MadeFile};
use crate::tree::write;

/// Writes the bundle in one form.
type WriteNode = fn(&Node) -> Vec<u8>;
/// Writes the requests of an API in one form.
type WriteRequests = fn(&Renderer, ApiIndex) -> Vec<u8>;

/// The bundle's forms: name, title, writer.
const FORMS: &[(&str, &str, WriteNode)] =
    &[("openapi.json", "JSON", write::json), ("openapi.yaml", "YAML", write::yaml)];

/// The requests' forms: name, title, writer.
const REQUESTS: &[(&str, &str, WriteRequests)] =
    &[("postman.json", "Postman collection", postman::write), ("requests.http", ".http file", http_file::write)];

/// Returns the files that are made from the APIs of a portal; nothing is made yet.
///
/// A description of one file that is called like the bundle is published as it is: it is its own bundle.
pub fn of(portal: &Portal) -> Downloads {
    let mut downloads = Downloads::default();
    for (at, edition) in portal.apis.iter().enumerate() {
        let index = ApiIndex(at as u32);
        let originals = edition.published_originals();
        for (name, title, write) in FORMS {
            let url = Url::new(format!("{}{name}", edition.base));
            if originals.iter().all(|original| original.url != url) {
                let api = Arc::clone(&edition.api);
                let make = move |_: &Renderer| write(&api.root);
                downloads.add(url, MadeFile::new(index, title, Box::new(make)));
            }
        }
        if edition.api.operations.iter().any(|operation| matches!(operation.kind, OperationKind::Http { .. })) {
            for (name, title, write) in REQUESTS {
                let url = Url::new(format!("{}{name}", edition.base));
                let make = move |renderer: &Renderer| write(renderer, index);
                downloads.add(url, MadeFile::new(index, title, Box::new(make)));
            }
        }
    }
    downloads
}
