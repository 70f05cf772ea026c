//! A list of operations inside another page: as links, or by tag when they are too many to be read.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::route::Subject;
use crate::render::reference::Reference;
use crate::render::tags;

/// More operations than this are told by tag, and more tags are not told at all.
const LISTED: usize = 40;

/// How many links a page may still have to operations and tags.
#[derive(Debug)]
pub struct Budget {
    left: usize,
}

impl Budget {
    /// Begins with this many.
    pub fn new(links: usize) -> Budget {
        Budget { left: links }
    }

    /// Takes this many, if they are left.
    fn take(&mut self, links: usize) -> bool {
        let enough = links <= self.left;
        self.left -= if enough { links } else { 0 };
        enough
    }
}

/// Operations as a page lists them.
#[derive(Debug, Default, Serialize)]
pub struct OperationLinks {
    /// How many there are.
    pub count: usize,
    /// Each of them, when they are few.
    pub rows: Vec<Row>,
    /// How many there are in each tag, when they are many.
    pub tags: Vec<TagCount>,
}

/// A link to an operation.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
}

/// How many operations of a list stand in one tag.
#[derive(Debug, Serialize)]
pub struct TagCount {
    /// The tag's title.
    pub title: String,
    /// Its page.
    pub href: Option<String>,
    /// How many.
    pub count: usize,
}

impl OperationLinks {
    /// Lists operations of an API: each of them, else by tag, else only their number, as the budget allows.
    pub fn new(reference: &Reference<'_>, operations: &[u32], budget: &mut Budget) -> OperationLinks {
        let mut links = OperationLinks { count: operations.len(), ..OperationLinks::default() };
        if operations.len() <= LISTED && budget.take(operations.len()) {
            links.rows = operations.iter().filter_map(|at| row(reference, *at)).collect();
            return links;
        }
        let tags = by_tag(reference, operations);
        if tags.len() <= LISTED && budget.take(tags.len()) {
            links.tags = tags;
        }
        links
    }
}

fn row(reference: &Reference<'_>, at: u32) -> Option<Row> {
    let link = reference.context.link(Subject::Operation(reference.at, at))?;
    Some(Row { title: link.title, href: link.href })
}

fn by_tag(reference: &Reference<'_>, operations: &[u32]) -> Vec<TagCount> {
    let api = reference.api;
    let mut counts: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    for at in operations {
        *counts.entry(tags::first_of(api, *at)).or_default() += 1;
    }
    let count = |(tag, count): (Option<u32>, usize)| match tag {
        Some(at) => TagCount {
            title: tags::title(&api.tags[at as usize]).to_owned(),
            href: reference.context.href(Subject::Tag(reference.at, at)),
            count,
        },
        None => {
            let href = reference.context.href(Subject::Api(reference.at));
            TagCount { title: "Without a tag".into(), href: href.map(|href| format!("{href}#operations")), count }
        }
    };
    counts.into_iter().map(count).collect()
}
