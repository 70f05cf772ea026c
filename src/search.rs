//! Search: records of everything that can be found, and the index files that the browser loads.
//!
//! Takes the portal. [`records()`] lists what can be found, [`files`] writes the index, [`query`](mod@query) asks it by the
//! same rules as the browser's script. Nothing here renders; what a result looks like is the script's.

pub mod index;
pub mod query;
pub mod records;
pub mod rules;
pub mod tokens;

use std::collections::BTreeMap;

use crate::model::portal::Portal;
pub use query::{Hit, Index};
pub use records::{Kind, Record, field_anchors, records};

/// Returns the index of a portal: files by their names below the folder of the index.
pub fn files(portal: &Portal) -> BTreeMap<String, Vec<u8>> {
    index::write(&records(portal), api_titles(portal))
}

/// Returns the titles of all editions, so that an API's index leads to its own.
fn api_titles(portal: &Portal) -> Vec<String> {
    let title = |edition: &crate::model::portal::ApiEdition| match edition.api.info.title.as_str() {
        "" => edition.api.id.to_string(),
        title => title.to_owned(),
    };
    portal.apis.iter().take_while(|edition| edition.earlier_of.is_none()).map(title).collect()
}
