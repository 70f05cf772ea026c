//! OpenAPI 2.0, 3.0, 3.1 and 3.2 descriptions to one [`Api`].
//!
//! Takes the text of a root file and a way to find the files that it refers to; gives one model with the
//! semantics of 3.2, and every oddity as a diagnostic. Nothing stops it: a part that cannot be read carries a problem
//! and costs nothing else. It fetches nothing and knows nothing of pages.
//!
//! The lifting is one pass over the parsed tree (`lift::Lifter`); the files below each read one subject.

mod anchors;
mod bundle;
mod circles;
pub mod grammar;
mod kind;
mod lift;
mod media;
mod names;
mod operation;
mod parameter;
mod path_item;
mod paths;
mod pointer;
mod read;
mod resolve;
mod response;
mod root;
mod schema;
mod security;
mod sniff;
mod strict;
mod styles;
mod swagger;
mod tags;
pub mod uri;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use crate::diag::codes::description as codes;
use crate::diag::{Diagnostic, SourcePath, SourceText};
use crate::model::Text;
use crate::model::api::{Api, SpecVersion};
use crate::model::node::{Entry, Node, Span};
use crate::model::settings::Limits;
use lift::Lifter;
use resolve::Resolver;
use sniff::Version;
pub use sniff::is_description;

/// What came of a description.
#[derive(Debug)]
pub struct Loaded {
    /// The API; as much of it as could be read.
    pub api: Api,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was asked for, the root first, found or not: the key of a cache.
    pub asked: Vec<SourcePath>,
}

/// Returns the path of one of a description's files below the folder that they are published in.
pub fn published_name(root: &SourcePath, path: &SourcePath) -> String {
    let rest = path.as_str().strip_prefix(root.folder());
    rest.map_or(path.as_str(), |rest| rest.trim_start_matches('/')).to_owned()
}

/// Finds a file of the input folder by its path; `None` when there is none.
pub type FindFile<'a> = dyn Fn(&SourcePath) -> Option<Arc<SourceText>> + Sync + 'a;

/// Loads a description and the files that it refers to.
pub fn load(id: &str, root: &Arc<SourceText>, find: &FindFile<'_>, limits: &Limits) -> Loaded {
    let resolver = Resolver::new(root, find, limits);
    let version = sniff::version(resolver.root());
    let spec = version.as_ref().map_or(SpecVersion::V3_1, |version| version.spec);
    let mut lifter = Lifter::new(resolver, spec, limits);
    let readable = match &version {
        Some(version) => {
            lifter.check_version(version);
            true
        }
        None => lifter.report_other_file(),
    };
    let written = version.map_or_else(|| "".into(), |version| version.written);
    let api = match readable {
        true => {
            let bundle = lifter.bundle();
            let api = lifter.api(id, written);
            Api { root: bundle.root, filtered: bundle.filtered, ..api }
        }
        false => lifter.empty_api(id, written),
    };
    lifter.report_unlisted();
    lifter.label_with_pointers();
    let mut diagnostics = std::mem::take(&mut lifter.resolver.diagnostics);
    diagnostics.append(&mut lifter.diagnostics);
    // What several places share is read, and found wrong, once for each of them.
    let mut said = HashSet::new();
    diagnostics.retain(|d| said.insert((d.code.name, d.place.path().clone(), d.place.start, d.message.clone())));
    Loaded { api, diagnostics, asked: std::mem::take(&mut lifter.resolver.asked) }
}

impl Lifter<'_> {
    fn check_version(&mut self, version: &Version) {
        if !version.known {
            let message = format!("version `{}` is not known and is read by the nearest rules", version.written);
            let help = codes::UNKNOWN_VERSION.mend.to_string();
            self.report(codes::UNKNOWN_VERSION, version.span, message).help = Some(help);
        }
    }

    /// Reports that a file is no description; returns true when it is near enough to one to be read all the same.
    fn report_other_file(&mut self) -> bool {
        let root = self.resolver.root().clone();
        let text = &self.resolver.files[0].source.text;
        let broken = self.resolver.diagnostics.iter().any(|d| d.severity == crate::diag::Severity::Error);
        let near = root.get("paths").is_some_and(Node::is_map)
            && (root.get("info").is_some() || root.get("components").is_some() || root.get("definitions").is_some());
        if broken && !near {
            // The syntax error has been reported; what the file was meant to be is anybody's guess.
            return false;
        }
        let found = sniff::what_else(&root, text);
        let message = format!("this is {found}; OpenAPI 2.0, 3.0, 3.1 and 3.2 descriptions are supported");
        let named = ["openapi", "swagger", "swaggerVersion", "asyncapi", "arazzo", "overlay", "$schema"];
        let key = named.iter().find_map(|key| root.entry(key));
        let span = key.map_or(Span { file: 0, start: 0, end: 0 }, |entry| entry.key_span);
        let help = match near && key.is_none() {
            true => "add the version at the top, such as `openapi: 3.1.0`".to_string(),
            false => codes::NOT_A_DESCRIPTION.mend.to_string(),
        };
        self.report(codes::NOT_A_DESCRIPTION, span, message).help = Some(help);
        near
    }

    /// Names the part that each diagnostic is about.
    fn label_with_pointers(&mut self) {
        for diagnostic in self.diagnostics.iter_mut().filter(|diagnostic| diagnostic.label.is_none()) {
            let Some(file) = self.resolver.file_index(diagnostic.place.path()) else { continue };
            let (start, end) = (diagnostic.place.start as u32, diagnostic.place.end as u32);
            let span = Span { file: file as u32, start, end };
            diagnostic.label = pointer::pointer_to(&self.resolver.files[file].root, span);
        }
    }

    /// Lifts the whole description.
    fn api(&mut self, id: &str, spec_written: Text) -> Api {
        let root = self.resolver.root().clone();
        self.check_root(&root);
        self.name_root_schemas();
        self.read_security_schemes();
        let info = self.info();
        let servers = match self.servers(&root, if self.is_2_0() { "x-servers" } else { "servers" }) {
            Some(servers) => servers,
            None if self.is_2_0() => {
                let schemes = self.texts(&root, "schemes");
                self.servers_2_0(&root, &schemes)
            }
            None => Vec::new(),
        };
        let tags = self.declared_tags();
        let tag_groups = self.tag_groups(&tags);
        let mut operations = self.operations();
        let tags = self.tags_with_operations(tags, &mut operations);
        self.read_waiting_schemas();
        let named_schemas = self.finish_names();
        self.cut_circles();
        self.check_styles_of_values(&operations);
        self.report_notes();
        if paths::has_operations(&root) {
            self.report_unused_components();
        }
        Api {
            id: id.into(),
            spec: self.spec,
            spec_written,
            info,
            servers,
            tags,
            tag_groups,
            operations,
            named_schemas,
            security: self.security(&root),
            external_docs: self.external_docs(&root),
            extensions: self.root_extensions(&root),
            self_uri: self.text(&root, "$self"),
            dialect: self.dialect(&root),
            security_schemes: std::mem::take(&mut self.schemes),
            schemas: std::mem::take(&mut self.schemas),
            problems: std::mem::take(&mut self.problems),
            sources: self.resolver.sources(),
            filtered: false,
            root,
        }
    }

    /// Returns the extensions of the root and of the maps below it that are no objects of their own on any page.
    fn root_extensions(&self, root: &Node) -> Vec<Entry> {
        let maps = ["paths", "webhooks", "x-webhooks", "components", "definitions", "securityDefinitions"];
        let groups = root.get("x-tagGroups").map_or(&[][..], |groups| groups.items());
        let holders = std::iter::once(root).chain(maps.iter().filter_map(|key| root.get(key))).chain(groups);
        holders.flat_map(|node| self.extensions(node)).filter(|entry| !is_read(&entry.key)).collect()
    }

    fn is_2_0(&self) -> bool {
        self.spec == SpecVersion::V2_0
    }

    fn dialect(&mut self, root: &Node) -> Option<Text> {
        let entry = self.present(root, "jsonSchemaDialect")?.clone();
        self.check_dialect(&entry);
        self.text_of(&entry)
    }

    fn check_root(&mut self, root: &Node) {
        if self.is_2_0() {
            let fields = [
                "swagger",
                "info",
                "host",
                "basePath",
                "schemes",
                "consumes",
                "produces",
                "paths",
                "definitions",
                "parameters",
                "responses",
                "securityDefinitions",
                "security",
                "tags",
                "externalDocs",
            ];
            self.known(root, "a Swagger 2.0 description", &fields);
        } else {
            let fields = [
                "openapi",
                "$self",
                "info",
                "jsonSchemaDialect",
                "servers",
                "paths",
                "webhooks",
                "components",
                "security",
                "tags",
                "externalDocs",
            ];
            self.known(root, "an OpenAPI description", &fields);
        }
        if let Some(components) = root.get("components").filter(|_| !self.is_2_0()) {
            let sections = [
                "schemas",
                "responses",
                "parameters",
                "examples",
                "requestBodies",
                "headers",
                "securitySchemes",
                "links",
                "callbacks",
                "pathItems",
                "mediaTypes",
            ];
            self.known(components, "the components object", &sections);
        }
        let or_else: &[&str] = if self.spec >= SpecVersion::V3_1 { &["webhooks", "components"] } else { &[] };
        if root.get("paths").is_none() && !or_else.iter().any(|key| root.get(key).is_some()) {
            self.missing(root, "the description", "paths");
        }
    }

    /// Returns the API of a file that is no description.
    fn empty_api(&mut self, id: &str, spec_written: Text) -> Api {
        Api {
            id: id.into(),
            spec: self.spec,
            spec_written,
            sources: self.resolver.sources(),
            info: Default::default(),
            servers: Vec::new(),
            tags: Vec::new(),
            tag_groups: Vec::new(),
            operations: Vec::new(),
            schemas: Vec::new(),
            named_schemas: Vec::new(),
            security_schemes: Vec::new(),
            security: None,
            external_docs: None,
            extensions: Vec::new(),
            self_uri: None,
            dialect: None,
            problems: Vec::new(),
            filtered: false,
            root: self.resolver.root().clone(),
        }
    }
}

/// Extensions of the root that the loader reads itself.
fn is_read(key: &str) -> bool {
    matches!(key, "x-tagGroups" | "x-webhooks" | "x-servers")
}
