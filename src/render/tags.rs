//! The tags of an API as readers see them: one tree of headings, for the menu, the landing page and the tags' own pages.
//!
//! A tag of kind `nav`, or of no kind, is a heading. Tags nest by `parent` (OpenAPI 3.2) as soon as one of them has a
//! parent; else `x-tagGroups` puts labels above them. Tags of other kinds are no headings: `badge` marks operations,
//! the rest are filters.

use std::collections::HashMap;

use crate::model::Text;
use crate::model::api::{Api, OperationKind, Tag};
use crate::model::settings::TagSettings;

/// Levels of tags inside tags that are shown; what lies deeper stands at the top.
const DEPTH: usize = 32;

/// The headings of an API.
#[derive(Debug, Default)]
pub struct TagTree {
    /// The headings in order, others inside them.
    pub branches: Vec<Branch>,
    /// HTTP operations that have no heading: indices into the API's operations.
    pub untagged: Vec<u32>,
    /// The title of their group.
    pub untagged_title: String,
}

/// A heading and those below it.
#[derive(Debug)]
pub struct Branch {
    /// What it is.
    pub head: Head,
    /// The headings below it.
    pub below: Vec<Branch>,
}

/// What a heading is.
#[derive(Debug, PartialEq, Eq)]
pub enum Head {
    /// A tag: index into the API's tags.
    Tag(u32),
    /// The label of a group of tags.
    Label(Text),
}

impl TagTree {
    /// Sorts the tags of an API.
    pub fn new(api: &Api, settings: &TagSettings) -> TagTree {
        let sorter = Sorter::new(api, settings);
        let branches = sorter.branches();
        let mut tagged = vec![false; api.operations.len()];
        for tag in api.tags.iter().filter(|tag| is_heading(tag)) {
            tag.operations.iter().for_each(|at| tagged[*at as usize] = true);
        }
        let all = 0..api.operations.len() as u32;
        let untagged = all.filter(|at| is_http(api, *at) && !tagged[*at as usize]).collect();
        let words = if branches.is_empty() { "All operations" } else { "Other operations" };
        let untagged_title = settings.untagged.clone().unwrap_or_else(|| words.to_owned());
        TagTree { branches, untagged, untagged_title }
    }

    /// Calls `each` with every heading from the top down: the headings above it, itself.
    pub fn walk<'t>(&'t self, each: &mut dyn FnMut(&[&'t Branch], &'t Branch)) {
        walk(&self.branches, &mut Vec::new(), each);
    }

    /// Returns the heading of a tag.
    pub fn branch(&self, tag: u32) -> Option<&Branch> {
        let mut found = None;
        self.walk(&mut |_, branch| {
            if branch.head == Head::Tag(tag) {
                found = Some(branch);
            }
        });
        found
    }
}

fn walk<'t>(branches: &'t [Branch], above: &mut Vec<&'t Branch>, each: &mut dyn FnMut(&[&'t Branch], &'t Branch)) {
    for branch in branches {
        each(above, branch);
        above.push(branch);
        walk(&branch.below, above, each);
        above.pop();
    }
}

impl Branch {
    /// Returns its words: a tag's label, else its name; a group's label.
    pub fn title<'t>(&'t self, api: &'t Api) -> &'t str {
        match &self.head {
            Head::Tag(at) => title(&api.tags[*at as usize]),
            Head::Label(label) => label,
        }
    }
}

/// Returns the words for a tag: `x-displayName` or `summary`, else its name.
pub fn title(tag: &Tag) -> &str {
    tag.label.as_ref().unwrap_or(&tag.name)
}

/// Returns true for a tag that is a heading: of kind `nav`, or of no kind.
pub fn is_heading(tag: &Tag) -> bool {
    tag.kind.as_deref().is_none_or(|kind| kind == "nav")
}

/// Returns true for an operation that consumers call.
pub fn is_http(api: &Api, at: u32) -> bool {
    api.operations.get(at as usize).is_some_and(|operation| matches!(operation.kind, OperationKind::Http { .. }))
}

/// Returns the operations of a tag that consumers call, in document order.
pub fn operations(api: &Api, tag: u32) -> Vec<u32> {
    let held = api.tags.get(tag as usize).map_or(&[][..], |tag| &tag.operations);
    held.iter().copied().filter(|at| is_http(api, *at)).collect()
}

/// Returns the tags of each kind that is no heading, in order of first use of the kind: what operations can be filtered
/// by.
pub fn filters(api: &Api) -> Vec<(Text, Vec<u32>)> {
    let mut kinds: Vec<(Text, Vec<u32>)> = Vec::new();
    for (at, tag) in api.tags.iter().enumerate().filter(|(_, tag)| !is_heading(tag)) {
        let Some(kind) = &tag.kind else { continue };
        match kinds.iter_mut().find(|(known, _)| known == kind) {
            Some((_, tags)) => tags.push(at as u32),
            None => kinds.push((kind.clone(), vec![at as u32])),
        }
    }
    kinds
}

/// Returns the headings above a tag, outermost first.
pub fn above(api: &Api, tag: u32) -> Vec<u32> {
    let by_name = |name: &Text| api.tags.iter().position(|tag| tag.name == *name);
    let mut above = Vec::new();
    let mut at = api.tags.get(tag as usize);
    while let Some(parent) = at.and_then(|tag| tag.parent.as_ref()).and_then(by_name) {
        at = api.tags.get(parent).filter(|_| above.len() < DEPTH);
        above.extend(at.filter(|tag| is_heading(tag)).map(|_| parent as u32));
    }
    above.reverse();
    above
}

/// Returns the first heading that an operation stands below, else its first tag.
pub fn first_of(api: &Api, operation: u32) -> Option<u32> {
    let names = &api.operations.get(operation as usize)?.tags;
    let found = names.iter().filter_map(|name| api.tags.iter().position(|tag| tag.name == *name));
    let found: Vec<usize> = found.collect();
    found.iter().find(|at| is_heading(&api.tags[**at])).or(found.first()).map(|at| *at as u32)
}

struct Sorter<'a> {
    api: &'a Api,
    settings: &'a TagSettings,
    by_name: HashMap<&'a str, u32>,
    tops: Vec<u32>,
    below: Vec<Vec<u32>>,
}

impl<'a> Sorter<'a> {
    fn new(api: &'a Api, settings: &'a TagSettings) -> Sorter<'a> {
        let by_name = api.tags.iter().enumerate().map(|(at, tag)| (&*tag.name, at as u32)).collect();
        let mut sorter = Sorter { api, settings, by_name, tops: Vec::new(), below: vec![Vec::new(); api.tags.len()] };
        for at in (0..api.tags.len() as u32).filter(|at| is_heading(&api.tags[*at as usize])) {
            match sorter.parent(at) {
                Some(parent) => sorter.below[parent as usize].push(at),
                None => sorter.tops.push(at),
            }
        }
        sorter
    }

    /// The nearest heading above a tag; `None` at the top and for what lies too deep.
    fn parent(&self, tag: u32) -> Option<u32> {
        let mut nearest = None;
        let mut at = tag;
        for _ in 0..=DEPTH {
            let parent = self.api.tags[at as usize].parent.as_deref().and_then(|name| self.by_name.get(name).copied());
            let Some(parent) = parent else { return nearest };
            if nearest.is_none() && is_heading(&self.api.tags[parent as usize]) {
                nearest = Some(parent);
            }
            at = parent;
        }
        None
    }

    fn branches(&self) -> Vec<Branch> {
        let nested = self.below.iter().any(|below| !below.is_empty());
        if nested || self.api.tag_groups.is_empty() {
            return self.tops.iter().filter_map(|at| self.branch(*at)).collect();
        }
        let mut taken = vec![false; self.api.tags.len()];
        let mut branches = Vec::new();
        for (label, names) in &self.api.tag_groups {
            let tags = names.iter().filter_map(|name| self.by_name.get(&**name)).copied();
            let tags: Vec<u32> = tags.filter(|at| is_heading(&self.api.tags[*at as usize])).collect();
            let free = tags.into_iter().filter(|at| !std::mem::replace(&mut taken[*at as usize], true));
            push_label(&mut branches, label.clone(), free.filter_map(|at| self.branch(at)).collect());
        }
        let rest = self.tops.iter().filter(|at| !taken[**at as usize]);
        let rest = rest.filter_map(|at| self.branch(*at)).collect();
        let label = if branches.is_empty() { None } else { Some(self.settings.ungrouped.as_str()) };
        match label {
            Some(label) => push_label(&mut branches, label.into(), rest),
            None => branches = rest,
        }
        branches
    }

    /// A tag with those below it; `None` when nothing uses it and the settings hide what is unused.
    fn branch(&self, at: u32) -> Option<Branch> {
        let below: Vec<Branch> = self.below[at as usize].iter().filter_map(|at| self.branch(*at)).collect();
        let used = !self.api.tags[at as usize].operations.is_empty() || !below.is_empty();
        (used || self.settings.show_unused).then_some(Branch { head: Head::Tag(at), below })
    }
}

fn push_label(branches: &mut Vec<Branch>, label: Text, below: Vec<Branch>) {
    if !below.is_empty() {
        branches.push(Branch { head: Head::Label(label), below });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::reference::testing::Site;

    /// The tree in one line: `A(b c) D`.
    fn printed(description: &str, settings: &TagSettings) -> String {
        let site = Site::new(&format!("openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\n{description}"));
        let api = &site.renderer.portal.apis[0].api;
        let tree = TagTree::new(api, settings);
        fn print(api: &Api, branches: &[Branch]) -> String {
            let one = |branch: &Branch| match branch.below.as_slice() {
                [] => branch.title(api).to_owned(),
                below => format!("{}({})", branch.title(api), print(api, below)),
            };
            branches.iter().map(one).collect::<Vec<_>>().join(" ")
        }
        format!("{} | {:?} {}", print(api, &tree.branches), tree.untagged, tree.untagged_title)
    }

    const PATHS: &str = "paths:
  /a: {get: {tags: [a, beta], responses: {}}, put: {responses: {}}}
  /b: {get: {tags: [b, partners], responses: {}}}
  /c: {get: {tags: [c], responses: {}}, put: {tags: [beta], responses: {}}}";

    #[test]
    fn r08_parents_beat_groups_and_kinds_other_than_nav_are_no_headings() {
        let tags = "tags:
  - {name: a, summary: Alpha}
  - {name: b, parent: a, kind: nav, x-displayName: B!, summary: hidden}
  - {name: c, parent: partners}
  - {name: beta, kind: badge}
  - {name: partners, kind: audience, parent: b}
x-tagGroups: [{name: G, tags: [a]}]\n";
        let shown = printed(&format!("{tags}{PATHS}"), &TagSettings::default());
        assert_eq!(shown, "Alpha(B!(c)) | [1, 4] Other operations");
    }

    #[test]
    fn r08_groups_stand_above_the_tags_they_name_and_a_rest_group_above_the_others() {
        let tags = "tags: [{name: d}, {name: c}, {name: b}, {name: a}]
x-tagGroups: [{name: G, tags: [a, nowhere, b]}, {name: H, tags: [b]}, {name: I, tags: [c]}]\n";
        let shown = printed(&format!("{tags}{PATHS}"), &TagSettings::default());
        assert_eq!(shown, "G(a b) I(c) Other(d beta partners) | [1] Other operations");
    }

    #[test]
    fn r07_the_names_of_what_is_left_over_and_unused_tags_are_settings() {
        let settings = TagSettings { untagged: Some("Loose".into()), ungrouped: "More".into(), show_unused: false };
        let tags = "tags: [{name: spare}, {name: a}, {name: empty, parent: a}, {name: top}, {name: c, parent: top}]\n";
        assert_eq!(printed(&format!("{tags}{PATHS}"), &settings), "a top(c) beta b partners | [1] Loose");
        let grouped = "tags: [{name: spare}]\nx-tagGroups: [{name: G, tags: [a]}]\n";
        assert_eq!(printed(&format!("{grouped}{PATHS}"), &settings), "G(a) More(beta b partners c) | [1] Loose");
        assert_eq!(printed("paths: {/a: {get: {responses: {}}}}", &TagSettings::default()), " | [0] All operations");
    }

    #[test]
    fn r08_tags_nested_deeper_than_can_be_shown_are_not_lost() {
        let tag = |at: usize| format!("  - {{name: t{at}, parent: t{}}}\n", at.saturating_sub(1));
        let tags: String = (1..100).map(tag).collect();
        let shown = printed(&format!("tags:\n  - {{name: t0}}\n{tags}paths: {{}}"), &TagSettings::default());
        assert!((0..100).all(|at| shown.replace(['(', ')', '|'], " ").split(' ').any(|word| word == format!("t{at}"))));
    }
}
