//! The documents of one description and the references between them.
//!
//! Takes the root and a way to find files, and gives the node that a `$ref` names. Each file is parsed once; no path
//! leaves the input folder (`SourcePath::join`) and nothing is fetched. It knows nothing of OpenAPI's objects: what a
//! target means, and what to say when there is none, is the lifter's business.

use std::collections::HashMap;
use std::sync::Arc;

use super::FindFile;
use super::anchors::Anchors;
use super::sniff;
use super::uri;
use crate::diag::codes::tree::LIMIT_SIZE;
use crate::diag::{Diagnostic, Place, SourcePath, SourceText};
use crate::model::Text;
use crate::model::api::SpecVersion;
use crate::model::node::{Node, Sources, Span, Value};
use crate::model::settings::Limits;
use crate::tree;

/// One file of a description.
pub struct File {
    /// Its text.
    pub source: Arc<SourceText>,
    /// What it holds.
    pub root: Node,
    /// The version it names itself; parts of a description name none.
    pub spec: Option<SpecVersion>,
    /// `$self`, `$id`, `$anchor` and `$dynamicAnchor` in it.
    pub anchors: Anchors,
    /// The path that its relative references start from: that of its relative `$self`, else its own.
    base: SourcePath,
}

/// What a reference names.
#[derive(Debug, Clone)]
pub struct Target {
    /// The node; its span tells the file.
    pub node: Node,
    /// The tokens of the JSON Pointer; empty for a whole file and for anchors.
    pub tokens: Arc<[Text]>,
    /// True for a reference to the whole of a file.
    pub whole_file: bool,
}

/// A name that exists near one that does not.
#[derive(Debug, Clone)]
pub struct Near {
    /// What to write instead.
    pub reference: String,
    /// Where it is defined.
    pub span: Option<Span>,
}

/// Why a reference names nothing.
#[derive(Debug, Clone)]
pub enum Broken {
    /// The URI has a host or scheme and belongs to no document of the description.
    Remote,
    /// The path leaves the input folder.
    Outside,
    /// There is no such file.
    NoFile(SourcePath, Option<Near>),
    /// The file has no such part.
    NoPart(SourcePath, Option<Near>),
    /// Pointers lead through references more often than the limit allows.
    TooLong,
}

/// The documents of a description.
pub struct Resolver<'a> {
    find: &'a FindFile<'a>,
    limits: &'a Limits,
    /// The files that were read, the root first; a span's `file` is an index.
    pub files: Vec<File>,
    /// Every file that was asked for.
    pub asked: Vec<SourcePath>,
    /// What the parser found wrong.
    pub diagnostics: Vec<Diagnostic>,
    by_path: HashMap<SourcePath, Option<u32>>,
    by_uri: HashMap<String, Node>,
    memo: HashMap<(u32, u32, Text), Result<Target, Broken>>,
    wide: HashMap<Span, HashMap<Text, u32>>,
    /// What "did you mean" may still cost, in looks at a name: a bound on hostile input.
    guesses: usize,
    /// Bytes of text in all files.
    pub bytes: usize,
    /// How many pointers are being followed, each inside another.
    depth: usize,
}

/// What an edit distance costs beside a look at a name's length.
const COMPARISON: usize = 100;

/// Maps with more keys than this are indexed when a pointer first goes through them.
const WIDE: usize = 32;

impl<'a> Resolver<'a> {
    /// Reads the root.
    pub fn new(root: &Arc<SourceText>, find: &'a FindFile<'a>, limits: &'a Limits) -> Resolver<'a> {
        let mut resolver = Resolver {
            find,
            limits,
            files: Vec::new(),
            asked: vec![root.path.clone()],
            diagnostics: Vec::new(),
            by_path: HashMap::new(),
            by_uri: HashMap::new(),
            memo: HashMap::new(),
            wide: HashMap::new(),
            guesses: 20_000_000,
            bytes: 0,
            depth: 0,
        };
        resolver.add(root);
        resolver
    }

    /// Returns the root of the root document.
    pub fn root(&self) -> &Node {
        &self.files[0].root
    }

    /// Returns the texts of all files, in the order of their indices.
    pub fn sources(&self) -> Sources {
        Sources(self.files.iter().map(|file| Arc::clone(&file.source)).collect())
    }

    fn add(&mut self, source: &Arc<SourceText>) -> u32 {
        let index = self.files.len() as u32;
        self.bytes += source.text.len();
        let too_large = source.text.len() as u64 > self.limits.description_bytes;
        let root = match is_prose(&source.path) {
            _ if too_large => self.refused(source, index),
            true => Node {
                value: Value::String(source.text.as_str().into()),
                span: Span { file: index, start: 0, end: source.text.len() as u32 },
            },
            false => tree::parse(source, index, self.limits, &mut self.diagnostics),
        };
        let spec = sniff::version(&root).map(|version| version.spec);
        let anchors = Anchors::of(&root, source);
        if let Some(uri) = anchors.document_uri() {
            self.by_uri.entry(uri.to_string()).or_insert_with(|| root.clone());
        }
        for (uri, node) in anchors.uris() {
            self.by_uri.entry(uri.to_string()).or_insert_with(|| node.clone());
        }
        let named = anchors.relative_uri().and_then(|uri| source.path.join(&uri::percent_decode(uri)));
        let base = named.unwrap_or_else(|| source.path.clone());
        if base != source.path && (self.find)(&base).is_none() {
            self.asked.push(base.clone());
            self.by_path.entry(base.clone()).or_insert(Some(index));
        }
        self.files.push(File { source: Arc::clone(source), root, spec, anchors, base });
        self.by_path.insert(source.path.clone(), Some(index));
        index
    }

    /// Reports a file beyond the limit, which is not read.
    fn refused(&mut self, source: &Arc<SourceText>, file: u32) -> Node {
        let limit = self.limits.description_bytes;
        let message = format!("the file has {} bytes, and the limit is {limit}", source.text.len());
        let diagnostic = Diagnostic::new(LIMIT_SIZE, Place::top(source), message);
        self.diagnostics.push(diagnostic.help("split it, or raise `description_bytes` under `[limits]`"));
        Node { value: Value::Null, span: Span { file, start: 0, end: 0 } }
    }

    /// Returns true when the pointer to a target leads through a part that is marked `x-internal`.
    pub fn is_inside_internal(&self, target: &Target) -> bool {
        let Some(file) = self.files.get(target.node.span.file as usize) else { return false };
        let mut node = &file.root;
        for token in target.tokens.iter() {
            let next = match &node.value {
                Value::Map(_) => node.get(token),
                Value::List(items) => token.parse::<usize>().ok().and_then(|at| items.get(at)),
                _ => None,
            };
            let Some(next) = next else { return false };
            if next.get("x-internal").and_then(Node::as_bool) == Some(true) {
                return true;
            }
            node = next;
        }
        false
    }

    /// Puts other trees in place of those that were parsed, where there are any.
    pub fn replace_roots(&mut self, new: &dyn Fn(&Node) -> Option<Node>) {
        for file in &mut self.files {
            if let Some(root) = new(&file.root) {
                file.anchors = Anchors::of(&root, &file.source);
                file.root = root;
            }
        }
        self.memo.clear();
        self.wide.clear();
        self.by_uri.clear();
        for file in &self.files {
            if let Some(uri) = file.anchors.document_uri() {
                self.by_uri.entry(uri.to_string()).or_insert_with(|| file.root.clone());
            }
            for (uri, node) in file.anchors.uris() {
                self.by_uri.entry(uri.to_string()).or_insert_with(|| node.clone());
            }
        }
    }

    fn open(&mut self, path: &SourcePath) -> Option<u32> {
        if let Some(known) = self.by_path.get(path) {
            return *known;
        }
        self.asked.push(path.clone());
        let index = (self.find)(path).map(|source| self.add(&source));
        self.by_path.insert(path.clone(), index);
        index
    }

    /// Returns a file that is named by its address alone, whatever it holds; it is not parsed.
    pub fn text(&mut self, address: &str, from: Span) -> Result<Arc<SourceText>, Broken> {
        if uri::is_absolute(address) || address.starts_with("//") {
            return Err(Broken::Remote);
        }
        let decoded = uri::percent_decode(address.split(['?', '#']).next().unwrap_or(address));
        let path = self.path(from).join(&decoded).ok_or(Broken::Outside)?;
        if !self.asked.contains(&path) {
            self.asked.push(path.clone());
        }
        (self.find)(&path).ok_or(Broken::NoFile(path, None))
    }

    /// Returns what a reference names, seen from the place where it stands.
    pub fn resolve(&mut self, reference: &Text, from: Span) -> Result<Target, Broken> {
        let scope = self.files[from.file as usize].anchors.scope(from);
        let key = (from.file, scope, Arc::clone(reference));
        if let Some(known) = self.memo.get(&key) {
            return known.clone();
        }
        // A reference that needs itself to be resolved (a pointer through its own place) finds this and ends.
        let path = self.files[from.file as usize].source.path.clone();
        self.memo.insert(key.clone(), Err(Broken::NoPart(path, None)));
        self.depth += 1;
        let too_deep = self.depth > self.limits.reference_chain;
        let result = if too_deep { Err(Broken::TooLong) } else { self.look_up(reference, from) };
        self.depth -= 1;
        self.memo.insert(key, result.clone());
        result
    }

    fn look_up(&mut self, reference: &str, from: Span) -> Result<Target, Broken> {
        let (address, fragment) = uri::split(reference.trim());
        let start = self.document(address, from)?;
        let fragment = fragment.unwrap_or("");
        let Some(tokens) = uri::pointer(fragment) else {
            return self.anchored(&start, &uri::percent_decode(fragment));
        };
        let tokens: Arc<[Text]> = tokens.into();
        if tokens.is_empty() {
            let whole_file = start.span == self.files[start.span.file as usize].root.span;
            return Ok(Target { node: start, tokens, whole_file });
        }
        match self.walk(&start, &tokens) {
            Ok(node) => Ok(Target { node, tokens, whole_file: false }),
            Err((parent, at)) => {
                // Inside a schema with `$id`, `#/components/…` means that schema; authors mean the document.
                let root = self.files[start.span.file as usize].root.clone();
                if start.span != root.span
                    && let Ok(node) = self.walk(&root, &tokens)
                {
                    return Ok(Target { node, tokens, whole_file: false });
                }
                let near = self.near_pointer(&parent, &tokens, at, address);
                Err(Broken::NoPart(self.path(start.span), near))
            }
        }
    }

    /// Returns the index of a file that has been read.
    pub fn file_index(&self, path: &SourcePath) -> Option<usize> {
        self.by_path.get(path).copied().flatten().map(|index| index as usize)
    }

    fn path(&self, span: Span) -> SourcePath {
        self.files[span.file as usize].source.path.clone()
    }

    /// Returns the document or embedded schema that the part of a reference before `#` names.
    fn document(&mut self, address: &str, from: Span) -> Result<Node, Broken> {
        let file = &self.files[from.file as usize];
        if address.is_empty() {
            return Ok(file.anchors.resource(from).cloned().unwrap_or_else(|| file.root.clone()));
        }
        let path = file.base.clone();
        let absolute = match file.anchors.base(from) {
            Some(base) => uri::join(base, address),
            None => uri::is_absolute(address).then(|| address.to_string()),
        };
        let known = absolute.as_deref().and_then(|uri| self.by_uri.get(uri)).or_else(|| self.by_uri.get(address));
        if let Some(node) = known {
            return Ok(node.clone());
        }
        if uri::is_absolute(address) {
            return Err(Broken::Remote);
        }
        let decoded = uri::percent_decode(address.split('?').next().unwrap_or(address));
        let Some(wanted) = path.join(&decoded) else { return Err(Broken::Outside) };
        match self.open(&wanted) {
            Some(index) => Ok(self.files[index as usize].root.clone()),
            None => {
                let near = self.near_name(address);
                Err(Broken::NoFile(wanted, near))
            }
        }
    }

    fn anchored(&mut self, start: &Node, name: &str) -> Result<Target, Broken> {
        let file = &self.files[start.span.file as usize];
        if let Some(node) = file.anchors.find(name, start.span) {
            return Ok(Target { node: node.clone(), tokens: Arc::from([]), whole_file: false });
        }
        let path = file.source.path.clone();
        let candidates: Vec<(Text, Span)> = file.anchors.names().collect();
        let near = self.nearest(name, candidates.iter().map(|(name, span)| (&**name, *span)));
        let near = near.map(|(name, span)| Near { reference: format!("#{name}"), span: Some(span) });
        let near = near.or_else(|| self.near_name(name));
        Err(Broken::NoPart(path, near))
    }

    /// Follows a pointer; on failure returns the node where it ended and the index of the token it lacks.
    fn walk(&mut self, start: &Node, tokens: &[Text]) -> Result<Node, (Node, usize)> {
        let mut node = start.clone();
        for (at, token) in tokens.iter().enumerate() {
            let mut next = self.step(&node, token);
            // Authors point through references (`#/components/schemas/A/properties/b` where A is a `$ref`).
            for _ in 0..8 {
                if next.is_some() {
                    break;
                }
                let Some(Value::String(reference)) = self.step(&node, "$ref").map(|node| node.value) else { break };
                let Ok(target) = self.resolve(&reference, node.span) else { break };
                node = target.node;
                next = self.step(&node, token);
            }
            node = next.ok_or((node, at))?;
        }
        Ok(node)
    }

    fn step(&mut self, node: &Node, token: &str) -> Option<Node> {
        match &node.value {
            Value::Map(entries) if entries.len() <= WIDE => node.get(token).cloned(),
            Value::Map(entries) => {
                let index = self.wide.entry(node.span).or_insert_with(|| {
                    entries.iter().enumerate().rev().map(|(at, entry)| (Arc::clone(&entry.key), at as u32)).collect()
                });
                let at = *index.get(token)? as usize;
                entries.get(at).map(|entry| entry.value.clone())
            }
            Value::List(items) => items.get(token.parse::<usize>().ok()?).cloned(),
            _ => None,
        }
    }

    /// Finds a pointer near one that leads nowhere: the same kind of component under another name, or the same name
    /// where the other versions of OpenAPI keep such components.
    fn near_pointer(&mut self, parent: &Node, tokens: &[Text], at: usize, address: &str) -> Option<Near> {
        let token = &tokens[at];
        let keys = parent.entries().iter().map(|entry| (&*entry.key, entry.key_span));
        if let Some((name, span)) = self.nearest(token, keys) {
            let mut fixed: Vec<String> = tokens.iter().map(|token| uri::escape(token)).collect();
            fixed[at] = uri::escape(name);
            return Some(Near { reference: format!("{address}#/{}", fixed.join("/")), span: Some(span) });
        }
        self.near_name(tokens.last()?)
    }

    /// Finds a component of the root document by its bare name, in the sections of every version.
    fn near_name(&mut self, name: &str) -> Option<Near> {
        let root = self.root().clone();
        let components = root.get("components").map(|node| ("components/", node.clone()));
        for (prefix, home) in components.into_iter().chain([("", root)]) {
            for section in home.entries() {
                self.guesses = self.guesses.checked_sub(section.value.entries().len())?;
                let section_holds_components = !prefix.is_empty()
                    || matches!(&*section.key, "definitions" | "parameters" | "responses" | "securityDefinitions");
                if section_holds_components && let Some(entry) = section.value.entry(name) {
                    let reference = format!("#/{prefix}{}/{}", section.key, uri::escape(name));
                    return Some(Near { reference, span: Some(entry.key_span) });
                }
            }
        }
        None
    }

    /// Returns the candidate nearest to a name, at most two edits away (one for names of up to four letters).
    pub fn nearest<'n, T: Copy>(
        &mut self,
        name: &str,
        candidates: impl Iterator<Item = (&'n str, T)>,
    ) -> Option<(&'n str, T)> {
        if name.len() > 200 {
            return None;
        }
        let allowed = match name.chars().count() {
            0..=1 => 0,
            2..=4 => 1,
            _ => 2,
        };
        let mut best: Option<(usize, &'n str, T)> = None;
        for (candidate, value) in candidates {
            self.guesses = self.guesses.checked_sub(1)?;
            // Letters outside ASCII take up to four bytes.
            let room = if candidate.is_ascii() && name.is_ascii() { allowed } else { 4 * allowed };
            if candidate.len().abs_diff(name.len()) > room {
                continue;
            }
            self.guesses = self.guesses.checked_sub(COMPARISON)?;
            let same_letters = candidate.eq_ignore_ascii_case(name);
            let distance = if same_letters { 0 } else { strsim::osa_distance(candidate, name) };
            if distance <= allowed && best.as_ref().is_none_or(|(least, ..)| distance < *least) {
                best = Some((distance, candidate, value));
            }
        }
        best.map(|(_, candidate, value)| (candidate, value))
    }
}

/// Returns true for files that are taken as one text: some descriptions keep their prose in Markdown files.
fn is_prose(path: &SourcePath) -> bool {
    matches!(path.extension().as_str(), "md" | "markdown" | "mdx" | "txt" | "html" | "htm")
}
