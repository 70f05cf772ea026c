//! One file of many: the description as it is published.
//!
//! A walk over everything that the root reaches ([`walk`]) notes which references leave their file and which parts
//! their author marked `x-internal`. What stands in other files moves into the root's components under stable names
//! ([`homes`]); what is internal goes, with every name and value that tells of it ([`internal`], [`prune`]). Both are
//! edits by place ([`edits`]), so that a tree without any stays the tree that was read, shared and not copied.

mod edits;
mod homes;
mod internal;
mod prune;
mod walk;

use std::sync::Arc;

use super::lift::Lifter;
use crate::model::node::Node;
use edits::{Edits, rebuilt};

/// The published form of a description.
#[derive(Debug)]
pub struct Bundle {
    /// The description in one document, without what is internal.
    pub root: Node,
    /// True when something internal was left out: the files that were read may not be published.
    pub filtered: bool,
}

impl Lifter<'_> {
    /// Returns the published form, and takes out of the parsed files what tells of internal parts.
    ///
    /// The parts that are marked themselves stay in the files: the lifter leaves them out, and says where a public part
    /// loses something by that.
    pub fn bundle(&mut self) -> Bundle {
        let root = self.resolver.root().clone();
        let text = Arc::clone(&self.resolver.files[0].source);
        if !text.text.contains("x-internal") && !leaves_the_file(&text.text) {
            return Bundle { root, filtered: false };
        }
        let known = self.resolver.files.len();
        let mut walk = walk::Walk::new(&mut self.resolver, self.spec);
        walk.description(&root);
        if !walk.marks && walk.resolver.files[known..].iter().any(|file| file.source.text.contains("x-internal")) {
            // Only now all files are open, and one of them marks something.
            walk = walk::Walk::new(&mut self.resolver, self.spec);
            walk.description(&root);
        }
        self.marks_internal = walk.marks;
        let Walked { quiet, loud, components, filtered } = walk.finish(&root);
        let edits = [&quiet, &loud];
        let published = rebuilt(&root, &edits).unwrap_or(root);
        let whole = |node: Node| rebuilt(&node, &edits).unwrap_or(node);
        let components = components.into_iter().map(|(pointer, node)| (pointer, whole(node))).collect();
        let published = homes::with_components(published, components, self.spec);
        if !quiet.is_empty() {
            self.resolver.replace_roots(&|root| rebuilt(root, &[&quiet]));
        }
        Bundle { root: published, filtered }
    }
}

/// What came of the walk.
struct Walked {
    /// What tells of internal parts, and is taken out of the parsed files too.
    quiet: Edits,
    /// What else differs in the bundle.
    loud: Edits,
    /// What becomes a component: its pointer, and the part.
    components: Vec<(String, Node)>,
    /// True when something internal was left out.
    filtered: bool,
}

/// Returns true when a `$ref` of a text may name another file: its value does not begin with `#`.
fn leaves_the_file(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find("$ref") {
        rest = &rest[at + "$ref".len()..];
        let value = rest.trim_start_matches(['"', '\'', ':', ' ', '\t', '\r', '\n']);
        if !value.starts_with('#') {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests;
