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
pub use records::prose::plain;
pub use records::{Kind, Record, field_anchors, records};

/// Returns the index of a portal: files by their names below the folder of the index.
pub fn files(portal: &Portal) -> BTreeMap<String, Vec<u8>> {
    index::write(&records(portal), api_titles(portal), &portal.settings.search)
}

/// What a search of a whole portal gives.
#[derive(Debug)]
pub struct Found {
    /// The best pages, best first.
    pub hits: Vec<FoundPage>,
    /// How many pages agree in all.
    pub count: usize,
    /// The query as it was understood, when a word of it was taken for another.
    pub spelling: Option<String>,
    /// The titles of the APIs by their index.
    pub apis: Vec<String>,
}

/// A page that was found.
#[derive(Debug)]
pub struct FoundPage {
    /// Its record.
    pub page: Record,
    /// How well it agrees; only comparable within one query.
    pub score: u64,
    /// What agrees best inside it, best first.
    pub parts: Vec<Record>,
}

impl Found {
    /// Returns the title of the API that a record belongs to.
    pub fn api(&self, record: &Record) -> Option<&str> {
        self.apis.get(record.api?.0 as usize).map(String::as_str)
    }
}

/// Searches a portal for words as its site would, and returns at most `most` pages.
pub fn find(portal: &Portal, words: &str, most: usize) -> Found {
    let records = records(portal);
    let apis = api_titles(portal);
    let files = index::write(&records, apis.clone(), &portal.settings.search);
    let answer = Index::open(&files).map(|index| index.query(words)).unwrap_or_default();
    let heads: Vec<usize> = (0..records.len()).filter(|at| records[*at].part == 0).collect();
    let found = |hit: &Hit| {
        let head = *heads.get(hit.page)?;
        let part = |part: &u32| records.get(head + *part as usize).cloned();
        Some(FoundPage {
            page: records[head].clone(),
            score: hit.score,
            parts: hit.parts.iter().filter_map(part).collect(),
        })
    };
    let hits = answer.hits.iter().take(most).filter_map(found).collect();
    Found { hits, count: answer.hits.len(), spelling: answer.spelling, apis }
}

/// Returns the titles of all editions, so that an API's index leads to its own.
pub fn api_titles(portal: &Portal) -> Vec<String> {
    let title = |edition: &crate::model::portal::ApiEdition| match edition.api.info.title.as_str() {
        "" => edition.api.id.to_string(),
        title => title.to_owned(),
    };
    portal.apis.iter().take_while(|edition| edition.earlier_of.is_none()).map(title).collect()
}
