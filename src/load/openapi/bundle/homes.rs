//! Where the parts of other files stand in the bundle, and what references to them become.
//!
//! A part that stands inside another one that moves keeps its place in it. The rest becomes components of the root:
//! under the name that a component of the root gave it by being nothing but a reference to it, else under its own name
//! (the last token of the pointer, or the file's name). Names that are taken get the file's name before them, then a
//! number: the order of the walk decides, and so the same files give the same names.

use std::collections::{HashMap, HashSet};

use super::edits::{Edits, key};
use super::walk::Walk;
use crate::load::openapi::grammar::{Part, section};
use crate::load::openapi::pointer::path_to;
use crate::load::openapi::resolve;
use crate::load::openapi::uri;
use crate::model::Text;
use crate::model::api::SpecVersion;
use crate::model::node::{Entry, Node, Span, Value};

/// A part of another file that something refers to.
#[derive(Debug, Clone)]
pub struct Target {
    /// The part.
    pub node: Node,
    /// What it is.
    pub part: Part,
    /// What it is called where it stands.
    pub name: Text,
}

/// What moves.
#[derive(Debug, Default)]
pub struct Moves {
    /// The values of references that cross files, and what they name.
    links: Vec<(Node, Span)>,
    /// The parts that they name, in the order of the walk.
    targets: Vec<Target>,
    known: HashSet<Span>,
    /// Parts that a component of the root is nothing but a reference to: where that component is.
    pub homes: HashMap<Span, String>,
    /// Path items that stand in place of the first reference to them.
    pub path_items: HashSet<Span>,
    /// What stands in place of references: where it comes from, and where the reference is.
    places: Vec<(Node, Span)>,
    /// The edits.
    pub edits: Edits,
    /// What becomes a component: its pointer, and the part.
    pub components: Vec<(String, Node)>,
}

impl Moves {
    /// Notes that a part stands where the reference to it is.
    pub fn inline(&mut self, node: &Node, target: &Node) {
        if self.edits.inlined.insert(key(node), target.clone()).is_none() {
            self.places.push((target.clone(), node.span));
        }
    }

    /// Notes a reference that crosses files.
    pub fn link(&mut self, value: &Node, target: Target) {
        self.links.push((value.clone(), target.node.span));
        if self.known.insert(target.node.span) {
            self.targets.push(target);
        }
    }
}

impl Walk<'_, '_> {
    /// Finds the components of the root that are nothing but references to other files.
    pub(super) fn take_component_homes(&mut self, root: &Node) {
        let components = root.get("components").cloned();
        let prefix = |section: &Entry, below: &str| format!("/{below}{}", section.key);
        let of_components =
            components.iter().flat_map(Node::entries).map(|entry| (prefix(entry, "components/"), entry));
        let is_store = |key: &str| matches!(key, "definitions" | "parameters" | "responses");
        let own = root.entries().iter().filter(|entry| is_store(&entry.key)).map(|entry| (prefix(entry, ""), entry));
        for (prefix, section) in of_components.chain(own) {
            for entry in section.value.entries() {
                let [only] = entry.value.entries() else { continue };
                let Some(reference) = only.value.as_str().filter(|_| &*only.key == "$ref") else { continue };
                let Ok(target) = self.resolver.resolve(reference, only.value.span) else { continue };
                if target.node.span.file != 0 && !self.moves.homes.contains_key(&target.node.span) {
                    self.moves.homes.insert(target.node.span, format!("{prefix}/{}", uri::escape(&entry.key)));
                    self.moves.inline(&entry.value, &target.node);
                }
            }
        }
    }

    /// Returns what a part is called where it stands.
    pub(super) fn name_of(&self, target: &resolve::Target, reference: &str) -> Text {
        let anchor = reference.split_once('#').map_or("", |(_, anchor)| anchor);
        match target.tokens.last() {
            Some(name) => name.clone(),
            None if !target.whole_file && !anchor.is_empty() => anchor.into(),
            None => self.stem(target.node.span.file),
        }
    }

    /// Returns the stem of a file, or its folder's name when the stem says nothing.
    fn stem(&self, file: u32) -> Text {
        let Some(file) = self.resolver.files.get(file as usize) else { return "part".into() };
        let path = &file.source.path;
        let folder = path.folder().rsplit('/').next().unwrap_or("");
        let plain = matches!(path.stem(), "index" | "schema" | "_index") && !folder.is_empty();
        Text::from(if plain { folder } else { path.stem() })
    }

    /// Gives every part its home and every reference its new text.
    pub(super) fn settle(&mut self, root: &Node) {
        let mut regions = Regions::new(&self.moves);
        let mut names = Names::of(root, self.spec);
        let mut targets = std::mem::take(&mut self.moves.targets);
        targets.retain(|target| target.node.span.file != 0);
        let outer = outermost(&targets);
        for target in targets.iter().filter(|target| outer.contains(&target.node.span)) {
            if regions.hold(&target.node) {
                continue;
            }
            let Some(store) = store(target.part, self.spec) else { continue };
            let name = names.take(&store, &target.name, &self.stem(target.node.span.file));
            let pointer = format!("/{store}/{}", uri::escape(&name));
            regions.add(&target.node, Home::Pointer(pointer.clone()));
            self.moves.components.push((pointer, target.node.clone()));
        }
        for (value, span) in std::mem::take(&mut self.moves.links) {
            if let Some(pointer) = regions.pointer(root, span, 0) {
                let text = Value::String(format!("#{}", encoded(&pointer)).into());
                self.moves.edits.replaced.insert(key(&value), Node { value: text, span: value.span });
            }
        }
    }
}

/// Returns the targets that lie in no other one. What lies in one and cannot be found in it, since an alias of YAML put
/// it there, counts as one of them.
fn outermost(targets: &[Target]) -> HashSet<Span> {
    let mut sorted: Vec<&Target> = targets.iter().collect();
    sorted.sort_by_key(|target| (target.node.span.file, target.node.span.start, u32::MAX - target.node.span.end));
    let mut outer = HashSet::new();
    let mut open: Option<&Target> = None;
    for target in sorted {
        let span = target.node.span;
        let inside = open.is_some_and(|outer| {
            outer.node.span.file == span.file && span.end <= outer.node.span.end && path_to(&outer.node, span).is_some()
        });
        if !inside {
            outer.insert(span);
            open = Some(target);
        }
    }
    outer
}

/// Returns where components of a sort are: `components/schemas`, `definitions`.
fn store(part: Part, spec: SpecVersion) -> Option<String> {
    match (part, spec) {
        (Part::Schema, SpecVersion::V2_0) => Some("definitions".into()),
        (Part::Parameter, SpecVersion::V2_0) => Some("parameters".into()),
        (Part::Response, SpecVersion::V2_0) => Some("responses".into()),
        (_, SpecVersion::V2_0) => None,
        (part, _) => section(part).map(|section| format!("components/{section}")),
    }
}

/// Escapes a pointer for the fragment of a URI (RFC 3986, section 3.5).
fn encoded(pointer: &str) -> String {
    let mut out = String::with_capacity(pointer.len());
    for c in pointer.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?".contains(c) => out.push(c),
            c => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
        }
    }
    out
}

/// Where a region of another file stands in the bundle.
#[derive(Debug, Clone)]
enum Home {
    /// A pointer.
    Pointer(String),
    /// In place of a reference.
    InPlace(Span),
}

/// The parts of other files that have a place in the bundle.
struct Regions {
    /// By file, sorted by start; of those that begin together the outermost is first.
    by_file: HashMap<u32, Vec<(Node, Home)>>,
}

impl Regions {
    fn new(moves: &Moves) -> Regions {
        let mut regions = Regions { by_file: HashMap::new() };
        for (target, place) in &moves.places {
            let home = moves.homes.get(&target.span).cloned().map_or(Home::InPlace(*place), Home::Pointer);
            regions.add(target, home);
        }
        regions
    }

    fn add(&mut self, node: &Node, home: Home) {
        let regions = self.by_file.entry(node.span.file).or_default();
        let order = |span: Span| (span.start, u32::MAX - span.end);
        let at = regions.partition_point(|(other, _)| order(other.span) < order(node.span));
        if regions.get(at).is_none_or(|(other, _)| other.span != node.span) {
            regions.insert(at, (node.clone(), home));
        }
    }

    /// Returns the innermost region around a place.
    fn around(&self, span: Span) -> Option<&(Node, Home)> {
        let regions = self.by_file.get(&span.file)?;
        let end = regions.partition_point(|(other, _)| other.span.start <= span.start);
        // Regions are nested or apart: few lie between a place and the one around it.
        regions[..end].iter().rev().take(64).find(|(other, _)| other.span.end >= span.end)
    }

    fn hold(&self, node: &Node) -> bool {
        self.around(node.span).is_some_and(|(region, _)| path_to(region, node.span).is_some())
    }

    fn pointer(&self, root: &Node, span: Span, depth: usize) -> Option<String> {
        if span.file == 0 {
            return path_to(root, span);
        }
        let (region, home) = self.around(span)?;
        let inner = path_to(region, span)?;
        let home = match home {
            Home::Pointer(pointer) => pointer.clone(),
            Home::InPlace(at) if depth < 32 => self.pointer(root, *at, depth + 1)?,
            Home::InPlace(_) => return None,
        };
        Some(home + &inner)
    }
}

/// The names of the bundle's components.
struct Names {
    taken: HashMap<String, HashSet<String>>,
}

impl Names {
    fn of(root: &Node, spec: SpecVersion) -> Names {
        let mut taken: HashMap<String, HashSet<String>> = HashMap::new();
        let holder = if spec == SpecVersion::V2_0 { Some(root) } else { root.get("components") };
        let prefix = if spec == SpecVersion::V2_0 { "" } else { "components/" };
        for section in holder.map_or(&[][..], Node::entries) {
            let keys = section.value.entries().iter().map(|entry| entry.key.to_string());
            taken.insert(format!("{prefix}{}", section.key), keys.collect());
        }
        Names { taken }
    }

    fn take(&mut self, store: &str, name: &str, stem: &str) -> String {
        let taken = self.taken.entry(store.to_string()).or_default();
        let name = component_name(name);
        let longer = component_name(&format!("{stem}_{name}"));
        let numbered = (2..).map(|number| format!("{longer}_{number}"));
        let mut tries = [name, longer.clone()].into_iter().chain(numbered);
        let free = tries.find(|name| !taken.contains(name)).expect("numbers do not end");
        taken.insert(free.clone());
        free
    }
}

/// Keeps what a component's name may consist of (OpenAPI 3.1, "Components Object").
fn component_name(name: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let name: String = name.chars().map(kept).collect();
    if name.is_empty() { "part".into() } else { name }
}

/// Adds components to a description, each by its pointer, after those that are there.
pub fn with_components(root: Node, moved: Vec<(String, Node)>, spec: SpecVersion) -> Node {
    let mut by_store: Vec<(String, Vec<Entry>)> = Vec::new();
    for (pointer, node) in moved {
        let Some((store, name)) = pointer.trim_start_matches('/').rsplit_once('/') else { continue };
        let entry = Entry { key: name.replace("~1", "/").replace("~0", "~").into(), key_span: node.span, value: node };
        let section = store.rsplit('/').next().unwrap_or(store).to_string();
        match by_store.iter_mut().find(|(known, _)| *known == section) {
            Some((_, entries)) => entries.push(entry),
            None => by_store.push((section, vec![entry])),
        }
    }
    if by_store.is_empty() {
        return root;
    }
    if spec == SpecVersion::V2_0 {
        return by_store.into_iter().fold(root, |root, (section, entries)| with_entries(&root, &section, entries));
    }
    let components = root.get("components").cloned().unwrap_or_else(|| empty_map(root.span));
    let components = by_store.into_iter().fold(components, |all, (section, new)| with_entries(&all, &section, new));
    with_value(&root, "components", components)
}

fn with_entries(holder: &Node, section: &str, new: Vec<Entry>) -> Node {
    let old = holder.get(section).cloned().unwrap_or_else(|| empty_map(holder.span));
    let entries: Vec<Entry> = old.entries().iter().cloned().chain(new).collect();
    with_value(holder, section, Node { value: Value::Map(entries.into()), span: old.span })
}

fn with_value(holder: &Node, field: &str, value: Node) -> Node {
    let mut entries = holder.entries().to_vec();
    match entries.iter_mut().find(|entry| &*entry.key == field) {
        Some(entry) => entry.value = value,
        None => entries.push(Entry { key: field.into(), key_span: value.span, value }),
    }
    Node { value: Value::Map(entries.into()), span: holder.span }
}

fn empty_map(span: Span) -> Node {
    Node { value: Value::Map(Vec::new().into()), span: Span { end: span.start, ..span } }
}
