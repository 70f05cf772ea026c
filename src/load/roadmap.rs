//! Roadmap files to items.
//!
//! Takes one file of a `roadmap/` folder with front matter, or one ROADMAP.md as people write it, and gives items with
//! status, time and column; what is no item stays prose. It knows nothing of operations or other documents: references
//! are kept as written.

mod draft;
mod fields;
mod file;
mod heading;
mod item;
mod status;
mod target;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use self::draft::Draft;
use super::blocks;
use super::markdown::{self, front};
use crate::diag::{Diagnostic, Place, SourceText};
use crate::model::Text;
use crate::model::node::{Node, Span, Value};
use crate::model::roadmap::{RoadmapItem, RoadmapProse, Status};
use crate::model::settings::Limits;
use crate::slug::Slugs;

/// Loads one file of a `roadmap/` folder: its front matter as a tree, and the byte range of its Markdown.
///
/// Reports `unknown-status`, `unknown-date`, `unknown-roadmap-key` and `unusable-roadmap-value`.
pub fn load_item(
    source: &Arc<SourceText>,
    body: Range<usize>,
    front: &Node,
    api: Option<Text>,
    problems: &mut Vec<Diagnostic>,
) -> RoadmapItem {
    item::load(source, markdown::outline(source, body), front, api, problems)
}

/// Loads one file of a `roadmap/` folder, front matter and all.
pub fn load_item_file(
    source: &Arc<SourceText>,
    api: Option<Text>,
    limits: &Limits,
    problems: &mut Vec<Diagnostic>,
) -> RoadmapItem {
    let (front, body) = front::read(source, limits, problems);
    let empty = || Node { value: Value::Null, span: Span::default() };
    load_item(source, body..source.text.len(), &front.unwrap_or_else(empty), api, problems)
}

/// Loads a roadmap that is one Markdown file: its items in order, and what of it is prose, a stretch each.
///
/// A file without items is prose as a whole. Reports `unknown-status` and `unknown-date`, each word once.
pub fn load_file(
    source: &Arc<SourceText>,
    api: Option<Text>,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<RoadmapItem>, Vec<RoadmapProse>) {
    let text = &source.text;
    let body = front::split(text).body..text.len();
    let found = file::find(text, &blocks::parse(text, body.clone()));
    let prose = |range: Range<usize>| RoadmapProse { api: api.clone(), body: markdown::outline(source, range) };
    if found.items.is_empty() {
        let whole = blocks::trim(text, body);
        return (Vec::new(), if whole.is_empty() { Vec::new() } else { vec![prose(whole)] });
    }
    report_unknown(source, &found.items, problems);
    let mut ids = Ids::default();
    let items = found.items.into_iter().map(|draft| finish(source, draft, api.clone(), &mut ids));
    (items.collect(), found.prose.into_iter().map(prose).collect())
}

/// Each word that is not known is said once, where it stands first.
fn report_unknown(source: &Arc<SourceText>, items: &[Draft], problems: &mut Vec<Diagnostic>) {
    let mut said = BTreeSet::new();
    for draft in items {
        let place = || Place::new(source, draft.place.clone());
        if let Some(word) = draft.unknown_status.as_deref().filter(|word| said.insert(("status", word.to_lowercase())))
        {
            problems.push(item::unknown_status(word, place()));
        }
        if let Some(word) = draft.unknown_when.as_deref().filter(|word| said.insert(("when", word.to_lowercase()))) {
            problems.push(item::unknown_date(word, place()));
        }
    }
}

/// The ids of one file: by title, with a hash of the headings above where a title comes again.
#[derive(Default)]
struct Ids {
    slugs: Slugs,
    seen: BTreeMap<String, usize>,
}

impl Ids {
    fn take(&mut self, draft: &Draft) -> String {
        let identity = format!("{}/{}", draft.tags.join("/"), draft.title);
        let count = self.seen.entry(identity.clone()).or_default();
        *count += 1;
        self.slugs.take(&draft.title, &format!("{identity}/{count}")).to_string()
    }
}

fn finish(source: &Arc<SourceText>, draft: Draft, api: Option<Text>, ids: &mut Ids) -> RoadmapItem {
    let slug = ids.take(&draft);
    let status = draft.status.unwrap_or(Status::Planned);
    let target = draft.target();
    let shipped = target
        .as_ref()
        .and_then(|target| target.days)
        .filter(|(first, last)| status == Status::Shipped && first == last)
        .map(|(day, _)| day);
    let mut tags: Vec<String> = Vec::new();
    let column = draft.column();
    draft.tags.into_iter().for_each(|tag| {
        if !tags.contains(&tag) {
            tags.push(tag)
        }
    });
    let mut evidence: Vec<String> = Vec::new();
    draft.evidence.into_iter().for_each(|link| {
        if !evidence.contains(&link) {
            evidence.push(link)
        }
    });
    RoadmapItem {
        id: slug.clone(),
        slug,
        title: draft.title,
        status,
        status_written: draft.unknown_status.or(draft.status_written),
        column,
        target,
        apis: api.into_iter().collect(),
        kind: None,
        tags,
        adds: Vec::new(),
        depends: Vec::new(),
        evidence,
        owner: draft.owner,
        updated: None,
        shipped,
        draft: false,
        audience: Vec::new(),
        extra: Vec::new(),
        body: markdown::outline(source, draft.body),
        place: Place::new(source, draft.place),
    }
}
