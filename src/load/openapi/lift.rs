//! The state of lifting one description, and how every part reports and follows references.
//!
//! [`Lifter`] is shared by the files beside this one, each of which adds the methods for one subject. It owns what
//! grows while a description is read: the schema arena, the diagnostics, the files.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use super::kind::Kind;
use super::names::Names;
use super::resolve::{Broken, Near, Resolver, Target};
use super::schema::Notes;
use crate::diag::codes::description as codes;
use crate::diag::{Code, Diagnostic, Place, Severity, SourcePath};
use crate::model::Text;
use crate::model::api::{Parameter, Problem, Prose, Response, Schema, SchemaId, SecurityScheme, SpecVersion};
use crate::model::node::{Node, Span, Value};
use crate::model::settings::Limits;

/// The state of lifting one description.
pub struct Lifter<'a> {
    /// The documents.
    pub resolver: Resolver<'a>,
    /// The root's version.
    pub spec: SpecVersion,
    /// The bounds.
    pub limits: &'a Limits,
    /// What was found wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The arena.
    pub schemas: Vec<Schema>,
    /// Where each schema stands.
    pub schema_at: HashMap<Span, SchemaId>,
    /// Schemas that have an id and wait to be read: no nesting of schemas costs stack.
    pub waiting: Vec<(SchemaId, Node)>,
    /// The schemas that get a page.
    pub names: Names,
    /// Oddities of schemas that are reported once for a whole file.
    pub notes: Notes,
    /// The security schemes.
    pub schemes: Vec<SecurityScheme>,
    /// Their indices by name.
    pub scheme_at: HashMap<Text, u32>,
    /// Components that something refers to, and everything else that was reached by a reference.
    pub used: HashSet<Span>,
    /// Shared parameters and headers that have been read.
    pub shared_parameters: HashMap<Span, Parameter>,
    /// Shared responses that have been read.
    pub shared_responses: HashMap<Span, Response>,
    /// Lost parts that belong to no operation.
    pub problems: Vec<Problem>,
    /// The ids of operations that are marked `x-internal`: links to them are left out.
    pub internal_ids: HashSet<Text>,
    /// True when a file marks something as internal: without, nobody asks what lies around a target.
    pub marks_internal: bool,
    /// Where each tag is first used by an operation.
    pub tag_uses: HashMap<Text, Span>,
    /// The callbacks that are being read, each inside another.
    pub open_callbacks: Vec<Span>,
    /// How many parts have been read, counting shared ones each time: see [`Lifter::spend`].
    pub spent: usize,
    /// The gravest of the diagnostics beyond the limit, and how many there are.
    pub unlisted: Option<(Diagnostic, usize)>,
    /// Operations of callbacks that may still be read: callbacks that share callbacks grow exponentially.
    pub callback_budget: usize,
}

/// Diagnostics that one description may have before the rest is only counted.
const MAX_DIAGNOSTICS: usize = 10_000;

/// Bytes of a line whose columns nobody counts.
const LONG_LINE: usize = 2_000;

/// Parts that a description of any size may have.
const FREE_PARTS: usize = 300_000;

/// An object reached through any number of references.
#[derive(Debug, Clone)]
pub struct Followed {
    /// The object itself.
    pub node: Node,
    /// `summary` beside the first reference that has one (3.1).
    pub summary: Option<Text>,
    /// `description` beside the first reference that has one (3.1).
    pub description: Option<Prose>,
    /// True when there was a reference.
    pub referenced: bool,
}

impl<'a> Lifter<'a> {
    /// Begins with nothing read but the root's tree.
    pub fn new(resolver: Resolver<'a>, spec: SpecVersion, limits: &'a Limits) -> Lifter<'a> {
        Lifter {
            resolver,
            spec,
            limits,
            diagnostics: Vec::new(),
            schemas: Vec::new(),
            schema_at: HashMap::new(),
            waiting: Vec::new(),
            names: Names::default(),
            notes: Notes::default(),
            schemes: Vec::new(),
            scheme_at: HashMap::new(),
            used: HashSet::new(),
            shared_parameters: HashMap::new(),
            shared_responses: HashMap::new(),
            problems: Vec::new(),
            internal_ids: HashSet::new(),
            marks_internal: false,
            tag_uses: HashMap::new(),
            spent: 0,
            unlisted: None,
            open_callbacks: Vec::new(),
            callback_budget: 20_000,
        }
    }

    /// Returns the place of a span.
    pub fn place(&self, span: Span) -> Place {
        let file = self.resolver.files.get(span.file as usize).unwrap_or(&self.resolver.files[0]);
        Place::new(&file.source, span.start as usize..span.end as usize)
    }

    /// Returns the version whose rules hold at a place: a file that names one follows its own.
    pub fn spec_at(&self, span: Span) -> SpecVersion {
        self.resolver.files.get(span.file as usize).and_then(|file| file.spec).unwrap_or(self.spec)
    }

    /// Reports something.
    pub fn report(&mut self, code: &'static Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = Diagnostic::new(code, self.place(span), message);
        if self.diagnostics.len() >= MAX_DIAGNOSTICS {
            return self.count_unlisted(diagnostic);
        }
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    fn count_unlisted(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let unlisted = self.unlisted.get_or_insert_with(|| (diagnostic.clone(), 0));
        unlisted.1 += 1;
        if diagnostic.severity < unlisted.0.severity {
            unlisted.0 = diagnostic;
        }
        &mut unlisted.0
    }

    /// Says how many mistakes are not listed, as gravely as the gravest of them.
    pub fn report_unlisted(&mut self) {
        let Some((gravest, count)) = self.unlisted.take() else { return };
        let message = format!("this description has {count} mistakes more, which are not listed");
        let summary = Diagnostic::new(codes::LIMIT_DIAGNOSTICS, gravest.place, message).severity(gravest.severity);
        self.diagnostics.push(summary.help(codes::LIMIT_DIAGNOSTICS.mend));
    }

    /// Counts parts of the model; returns false when the description has grown out of proportion.
    ///
    /// Shared parts are repeated in the model wherever they are used, so that a text of some megabytes could ask for
    /// terabytes: a thousand paths may share a path item of a thousand operations. A part that is written out takes
    /// at least four bytes of text.
    pub fn spend(&mut self, parts: usize, span: Span) -> bool {
        let before = self.within_budget();
        self.spent = self.spent.saturating_add(parts);
        if before && !self.within_budget() {
            let message = "this description repeats its shared parts too often; what follows is left out";
            self.report(codes::LIMIT_PARTS, span, message).help = Some(codes::LIMIT_PARTS.mend.into());
        }
        self.within_budget()
    }

    fn within_budget(&self) -> bool {
        self.spent <= FREE_PARTS || self.spent - FREE_PARTS <= self.resolver.bytes / 4
    }

    /// Reports something, and returns what the page shows in place of the part.
    pub fn problem(&mut self, code: &'static Code, span: Span, message: String, help: Option<String>) -> Problem {
        let shown = Problem { message: message.as_str().into(), span };
        self.report(code, span, message).help = help;
        shown
    }

    /// Returns what an object is, through at most `reference_chain` references; the object itself when it is none.
    ///
    /// Reports every reason for which it cannot be found, and fields beside a `$ref` that have no effect.
    pub fn follow(&mut self, node: &Node, kind: Kind) -> Result<Followed, Problem> {
        let mut followed = Followed { node: node.clone(), summary: None, description: None, referenced: false };
        let mut chain: Vec<(Text, Span)> = Vec::new();
        while let Some(entry) = followed.node.entry("$ref") {
            let entry = entry.clone();
            let Some(reference) = entry.value.as_str().cloned() else {
                return Err(self.reference_is_no_text(&entry.value));
            };
            if kind != Kind::PathItem {
                self.read_siblings(&mut followed, kind);
            }
            chain.push((Arc::clone(&reference), followed.node.span));
            let target = self.target(&entry.value, &reference, kind)?;
            if chain.iter().any(|(_, span)| *span == target.node.span) {
                return Err(self.circle(&chain, entry.value.span));
            }
            if chain.len() > self.limits.reference_chain {
                return Err(self.chain_too_long(entry.value.span));
            }
            followed.referenced = true;
            followed.node = target.node;
        }
        Ok(followed)
    }

    /// Resolves one reference and reports why it cannot be.
    pub fn target(&mut self, place: &Node, reference: &Text, kind: Kind) -> Result<Target, Problem> {
        match self.resolver.resolve(reference, place.span) {
            Ok(target) => {
                self.used.insert(target.node.span);
                self.check_kind(&target, place.span, kind);
                Ok(target)
            }
            Err(broken) => Err(self.broken(broken, reference, place.span, kind)),
        }
    }

    fn check_kind(&mut self, target: &Target, span: Span, kind: Kind) {
        let section = match &*target.tokens {
            [components, section, _] if &**components == "components" => section,
            [section, _] if &**section == "definitions" => section,
            _ => return,
        };
        let Some(found) = Kind::of_section(section) else { return };
        if found == kind || kind == Kind::Data {
            return;
        }
        let message = format!("a {} is needed here, but the reference names a {}", kind.word(), found.word());
        let help = match self.spec_at(span) {
            SpecVersion::V2_0 => codes::REFERENCE_KIND.mend.to_string(),
            _ => format!("refer to `#/components/{}/…`", kind.section()),
        };
        self.report(codes::REFERENCE_KIND, span, message).help = Some(help);
    }

    fn reference_is_no_text(&mut self, value: &Node) -> Problem {
        let message = format!("`$ref` is {}, a string is expected", value.kind_word());
        let help = "write a reference such as `#/components/schemas/Name`".to_string();
        self.problem(codes::WRONG_TYPE, value.span, message, Some(help))
    }

    /// Reads `summary` and `description` beside a `$ref` (3.1) and reports what has no effect: also these two where the
    /// object itself has none (OpenAPI 3.1, "Reference Object").
    fn read_siblings(&mut self, followed: &mut Followed, kind: Kind) {
        let node = followed.node.clone();
        let overrides = self.spec_at(node.span) >= SpecVersion::V3_1;
        for entry in node.entries() {
            match (&*entry.key, overrides, entry.value.as_str()) {
                ("$ref", ..) => {}
                ("summary", true, Some(text)) if kind.has_summary() => {
                    followed.summary.get_or_insert_with(|| Arc::clone(text));
                }
                ("description", true, Some(text)) if kind.has_description() => {
                    let prose = Prose { text: Arc::clone(text), span: entry.value.span };
                    followed.description.get_or_insert(prose);
                }
                (key, ..) if key.starts_with("x-") => {}
                _ => self.notes.ignored_sibling(entry),
            }
        }
    }

    /// Reports references that lead in a circle, with every step.
    pub fn circle(&mut self, chain: &[(Text, Span)], span: Span) -> Problem {
        let steps: Vec<&str> = chain.iter().map(|(reference, _)| &**reference).collect();
        let shown = match steps.len() {
            0..=6 => steps.join("` → `"),
            more => format!("{}` → … {} more … → `{}", steps[..3].join("` → `"), more - 4, steps[more - 1]),
        };
        let message = format!("references lead in a circle: `{shown}`");
        let help = "give one of them a definition instead of a `$ref`".to_string();
        self.problem(codes::CIRCULAR_REFERENCE, span, message, Some(help))
    }

    /// Reports a chain of references beyond the limit.
    pub fn chain_too_long(&mut self, span: Span) -> Problem {
        let limit = self.limits.reference_chain;
        let message = format!("references lead to references more than {limit} times");
        let help = "refer to the definition itself, or raise `reference_chain` under `[limits]`".to_string();
        self.problem(codes::REFERENCE_CHAIN, span, message, Some(help))
    }

    fn broken(&mut self, broken: Broken, reference: &str, span: Span, kind: Kind) -> Problem {
        let (code, message, near) = match broken {
            Broken::Remote => {
                (codes::REMOTE_REFERENCE, format!("`{reference}` is not read: a build fetches nothing"), None)
            }
            Broken::Outside => (codes::REFERENCE_OUTSIDE, format!("`{reference}` leads out of the input folder"), None),
            Broken::NoFile(path, near) => {
                (codes::UNKNOWN_REFERENCE, format!("`{reference}` names a file that does not exist: {path}"), near)
            }
            Broken::NoPart(path, near) => (codes::UNKNOWN_REFERENCE, self.undefined(reference, &path, kind), near),
            Broken::TooLong => return self.chain_too_long(span),
        };
        let help = match &near {
            Some(near) => Some(self.did_you_mean(near)),
            None if code == codes::UNKNOWN_REFERENCE => Some(define_it().to_string()),
            None => Some(code.mend.to_string()),
        };
        self.problem(code, span, message, help)
    }

    fn undefined(&self, reference: &str, path: &SourcePath, kind: Kind) -> String {
        match reference.starts_with('#') {
            true => format!("`{reference}` is not defined: there is no such {}", kind.word()),
            false => format!("`{reference}` is not defined in {path}"),
        }
    }

    fn has_short_lines(&self, span: Span) -> bool {
        let text = self.resolver.files.get(span.file as usize).map_or("", |file| file.source.text.as_str());
        let end = (span.start as usize).min(text.len());
        let before = &text.as_bytes()[end.saturating_sub(LONG_LINE)..end];
        end < LONG_LINE || before.contains(&b'\n')
    }

    fn did_you_mean(&self, near: &Near) -> String {
        // In a file of one long line the column says nothing, and costs as much to count as the line is long.
        let told = near.span.filter(|span| self.has_short_lines(*span));
        match told {
            Some(span) => format!("did you mean `{}` ({})?", near.reference, self.place(span)),
            None => format!("did you mean `{}`?", near.reference),
        }
    }

    /// Returns a value that may stand in another file although the specification knows no reference there.
    ///
    /// Only an object with nothing but `$ref` counts; one that leads nowhere stays as it is and is not reported.
    pub fn through(&mut self, node: &Node) -> Node {
        let mut node = node.clone();
        for _ in 0..8 {
            let [entry] = node.entries() else { break };
            let Value::String(reference) = &entry.value.value else { break };
            if &*entry.key != "$ref" {
                break;
            }
            let (reference, span) = (Arc::clone(reference), entry.value.span);
            let Ok(target) = self.resolver.resolve(&reference, span) else { break };
            self.used.insert(target.node.span);
            node = target.node;
        }
        node
    }

    /// Returns true for what its author marked `x-internal: true`: it is left out of the model (also when it is a
    /// reference to such a part).
    pub fn is_internal(&mut self, node: &Node) -> bool {
        let mut node = node.clone();
        for _ in 0..16 {
            let mut reference = None;
            for entry in node.entries() {
                match (&*entry.key, &entry.value.value) {
                    ("x-internal", Value::Bool(true)) => return true,
                    ("$ref", Value::String(text)) => reference = Some((Arc::clone(text), entry.value.span)),
                    _ => {}
                }
            }
            let Some((text, span)) = reference else { return false };
            let Ok(target) = self.resolver.resolve(&text, span) else { return false };
            if self.marks_internal && self.resolver.is_inside_internal(&target) {
                return true;
            }
            node = target.node;
        }
        false
    }
}

/// The help for a reference that nothing is near to.
pub fn define_it() -> &'static str {
    codes::UNKNOWN_REFERENCE.mend
}

/// Makes hints of read-only oddities quieter than their code: the value was understood.
pub fn as_hint(diagnostic: &mut Diagnostic) {
    diagnostic.severity = Severity::Info;
}
