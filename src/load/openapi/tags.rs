//! Tags: declared ones in order, then those that are only used; parents, groups, and which operations they hold.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::lift::Lifter;
use super::strict::Part;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{Operation, Tag};
use crate::model::node::{Node, Span};
use crate::slug::Slugs;

/// The tags of a description while it is read.
#[derive(Debug, Default)]
pub struct Tags {
    list: Vec<Tag>,
    by_name: HashMap<Text, u32>,
    /// Tags marked `x-internal`: operations lose them.
    internal: HashSet<Text>,
    /// Where each declared tag and its `parent` stand.
    spans: Vec<(Span, Span)>,
    /// The first tag of each name in lower case: where it stands, and the name.
    folded: HashMap<String, (Span, Text)>,
    slugs: Slugs,
}

/// A tag that operations use and whose name differs from another's in nothing but case.
#[derive(Debug)]
struct NearlySame {
    name: Text,
    first: Text,
    first_span: Span,
}

impl Lifter<'_> {
    /// Reads the declared tags.
    pub fn declared_tags(&mut self) -> Tags {
        let root = self.resolver.root().clone();
        let mut tags = Tags::default();
        for node in self.list(&root, "tags").iter() {
            let node = self.through(node);
            let Some(name) = self.tag_name(&node) else { continue };
            if self.is_internal(&node) {
                tags.internal.insert(name);
                continue;
            }
            let span = node.get("name").map_or(node.span, |name| name.span);
            if let Some((first, _)) = tags.folded.insert(name.to_lowercase(), (span, Arc::clone(&name))) {
                let place = self.place(first);
                let message = format!("there is another tag `{name}`, or one that differs only in case");
                let help = "each tag is shown as a group of its own: keep one of them".to_string();
                let diagnostic = self.report(codes::DUPLICATE_TAG, span, message);
                *diagnostic = diagnostic.clone().related(place, "the first one").help(help);
            }
            if !tags.by_name.contains_key(&name) {
                let parent = node.get("parent").map_or(span, |parent| parent.span);
                let tag = self.tag(&node, name, &mut tags.slugs);
                tags.add(tag, span, parent);
            }
        }
        self.check_parents(&mut tags);
        tags
    }

    /// Returns a tag's name; a bare string in place of a Tag Object is understood.
    fn tag_name(&mut self, node: &Node) -> Option<Text> {
        if node.is_map() {
            let fields = ["name", "summary", "description", "externalDocs", "parent", "kind"];
            self.known(node, "a tag object", &fields);
            return self.needed_text(node, "a tag object", "name");
        }
        let message = format!("a tag is {}, an object is expected", node.kind_word());
        self.report(codes::WRONG_TYPE, node.span, message).help = Some("write `name: …`".into());
        node.as_text()
    }

    fn tag(&mut self, node: &Node, name: Text, slugs: &mut Slugs) -> Tag {
        let reported = self.diagnostics.len();
        let tag = Tag {
            slug: slugs.take(&name, &name),
            label: node.get("x-displayName").and_then(Node::as_text).or_else(|| self.text(node, "summary")),
            description: self.prose(node, "description"),
            external_docs: self.external_docs(node),
            parent: self.text(node, "parent"),
            kind: self.text(node, "kind"),
            declared: true,
            operations: Vec::new(),
            extensions: self.extensions(node),
            name,
        };
        self.ask_strict_reader(node, Part::Tag, reported);
        tag
    }

    /// Drops parents that do not exist or lead in a circle.
    fn check_parents(&mut self, tags: &mut Tags) {
        for index in 0..tags.list.len() {
            let Some(parent) = tags.list[index].parent.clone() else { continue };
            if tags.by_name.contains_key(&parent) {
                continue;
            }
            tags.list[index].parent = None;
            if !tags.internal.contains(&parent) {
                let near = self.resolver.nearest(&parent, tags.list.iter().map(|tag| (&*tag.name, ())));
                let help = match near {
                    Some((name, ())) => format!("did you mean `{name}`?"),
                    None => format!("declare `{parent}` under `tags`"),
                };
                let message = format!("the parent `{parent}` of the tag `{}` is not declared", tags.list[index].name);
                self.report(codes::TAG_PARENT, tags.spans[index].1, message).help = Some(help);
            }
        }
        for index in tags.circles() {
            let tag = &mut tags.list[index];
            tag.parent = None;
            let message = format!("the parents of the tag `{}` lead back to it", tag.name);
            let help = "remove one `parent` of the circle".to_string();
            self.report(codes::TAG_PARENT, tags.spans[index].1, message).help = Some(help);
        }
    }

    /// Reads the `tags` of an operation, and notes where each is used first.
    pub fn tags_of_operation(&mut self, node: &Node) -> Vec<Text> {
        for item in node.get("tags").map_or(&[][..], Node::items) {
            if let Some(name) = item.as_text().filter(|name| !self.tag_uses.contains_key(name)) {
                self.tag_uses.insert(name, item.span);
            }
        }
        self.texts(node, "tags")
    }

    /// Sorts the operations under their tags; adds tags that are not declared, and takes internal ones away.
    ///
    /// Reports `duplicate-tag` for a name that differs from another tag's only in case, and `tag-group` for groups that
    /// cannot be shown as they are written.
    pub fn tags_with_operations(&mut self, mut tags: Tags, operations: &mut [Operation]) -> Vec<Tag> {
        for near in tags.sort(operations, &self.tag_uses) {
            let message = format!("the tag `{}` differs from `{}` only in case", near.name, near.first);
            let place = self.place(near.first_span);
            let span = self.tag_uses.get(&near.name).copied().unwrap_or(near.first_span);
            let help = format!("each is shown as a group of its own: write `{}`, or rename one of the two", near.first);
            let diagnostic = self.report(codes::DUPLICATE_TAG, span, message);
            *diagnostic = diagnostic.clone().related(place, "the other one").help(help);
        }
        self.check_tag_groups(&tags.list, &tags.internal);
        tags.list
    }

    /// Reports groups of `x-tagGroups` that have no effect, and tags in them that do not exist or have a group already.
    fn check_tag_groups(&mut self, tags: &[Tag], internal: &HashSet<Text>) {
        let root = self.resolver.root().clone();
        let Some(groups) = root.entry("x-tagGroups") else { return };
        if let Some(nested) = tags.iter().find(|tag| tag.parent.is_some()) {
            let message = format!("`x-tagGroups` has no effect: tags nest by `parent`, such as `{}`", nested.name);
            let help = "keep one of the two ways to group tags".to_string();
            self.report(codes::TAG_GROUP, groups.key_span, message).help = Some(help);
            return;
        }
        let names: HashSet<&str> = tags.iter().map(|tag| &*tag.name).collect();
        let mut grouped = HashSet::new();
        for item in groups.value.items().iter().filter_map(|group| group.get("tags")).flat_map(Node::items) {
            let Some(name) = item.as_text() else { continue };
            let (message, help) = match names.contains(&*name) {
                true if grouped.insert(Arc::clone(&name)) => continue,
                true => (format!("the tag `{name}` is in two groups"), "it is shown in the first one".to_string()),
                false if internal.contains(&name) => continue,
                false => {
                    let near = self.resolver.nearest(&name, tags.iter().map(|known| (&*known.name, ())));
                    let help = near.map_or_else(
                        || "declare it under `tags`, or leave it out".to_string(),
                        |(near, ())| format!("did you mean `{near}`?"),
                    );
                    (format!("no operation has the tag `{name}`, and it is not declared"), help)
                }
            };
            self.report(codes::TAG_GROUP, item.span, message).help = Some(help);
        }
    }

    /// Reads `x-tagGroups`, without internal tags.
    pub fn tag_groups(&mut self, tags: &Tags) -> Vec<(Text, Vec<Text>)> {
        let root = self.resolver.root().clone();
        let mut groups = Vec::new();
        for node in self.list(&root, "x-tagGroups").iter() {
            let name = self.needed_text(node, "a group of `x-tagGroups`", "name");
            let mut held = self.texts(node, "tags");
            held.retain(|tag| !tags.internal.contains(tag));
            groups.extend(name.map(|name| (name, held)));
        }
        groups
    }
}

impl Tags {
    fn add(&mut self, tag: Tag, span: Span, parent: Span) {
        self.by_name.insert(Arc::clone(&tag.name), self.list.len() as u32);
        self.list.push(tag);
        self.spans.push((span, parent));
    }

    /// Returns one tag of every circle of parents.
    fn circles(&self) -> Vec<usize> {
        let parent = |index: usize| {
            let name = self.list[index].parent.as_ref()?;
            self.by_name.get(name).map(|&at| at as usize)
        };
        // The number of the walk that came by, from 1.
        let mut walked = vec![0; self.list.len()];
        let mut circles = Vec::new();
        for start in 0..self.list.len() {
            let mut at = Some(start);
            while let Some(index) = at.filter(|index| walked[*index] == 0) {
                walked[index] = start + 1;
                at = parent(index);
            }
            circles.extend(at.filter(|index| walked[*index] == start + 1));
        }
        circles
    }

    /// Gives every tag its operations. Returns the tags that have to be reported.
    fn sort(&mut self, operations: &mut [Operation], uses: &HashMap<Text, Span>) -> Vec<NearlySame> {
        let mut reported = Vec::new();
        for (index, operation) in operations.iter_mut().enumerate() {
            operation.tags.retain(|tag| !self.internal.contains(tag));
            for name in &operation.tags {
                let at = match self.by_name.get(name) {
                    Some(&at) => at as usize,
                    None => {
                        reported.extend(self.nearly_same(name, uses));
                        self.add_undeclared(name)
                    }
                };
                let held = &mut self.list[at].operations;
                if held.last() != Some(&(index as u32)) {
                    held.push(index as u32);
                }
            }
        }
        reported
    }

    fn nearly_same(&mut self, name: &Text, uses: &HashMap<Text, Span>) -> Option<NearlySame> {
        let lower = name.to_lowercase();
        match self.folded.get(&lower) {
            Some((span, first)) => {
                Some(NearlySame { name: Arc::clone(name), first: Arc::clone(first), first_span: *span })
            }
            None => {
                let span = uses.get(name).copied().unwrap_or_default();
                self.folded.insert(lower, (span, Arc::clone(name)));
                None
            }
        }
    }

    fn add_undeclared(&mut self, name: &Text) -> usize {
        let tag = Tag {
            name: Arc::clone(name),
            slug: self.slugs.take(name, name),
            label: None,
            description: None,
            external_docs: None,
            parent: None,
            kind: None,
            declared: false,
            operations: Vec::new(),
            extensions: Vec::new(),
        };
        self.add(tag, Span::default(), Span::default());
        self.list.len() - 1
    }
}
