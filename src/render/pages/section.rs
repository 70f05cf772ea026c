//! The page of a folder of documents that has no `index.md`: a list of what is in it.

use serde::Serialize;

use super::Body;
use crate::model::route::Subject;
use crate::render::PageContext;
use crate::render::view::PageLink;

#[derive(Serialize)]
struct SectionView {
    documents: Vec<PageLink>,
    sections: Vec<SubSection>,
}

#[derive(Serialize)]
struct SubSection {
    title: String,
    documents: Vec<PageLink>,
}

/// Makes the page of a section.
pub fn body(context: &PageContext<'_>, at: u32) -> Body {
    let portal = context.portal();
    let section = &portal.sections[at as usize];
    let links = |of: usize| -> Vec<PageLink> {
        let section = &portal.sections[of];
        let all = section.head.iter().chain(&section.documents);
        all.filter(|index| !portal.document(**index).front.hidden)
            .filter_map(|index| context.link(Subject::Document(*index)))
            .collect()
    };
    let inner = section
        .children
        .iter()
        .map(|&child| SubSection { title: portal.sections[child].title.clone(), documents: links(child) });
    Body::new(&SectionView { documents: links(at as usize), sections: inner.collect() })
}
