//! The templates in force: built-in ones, and above them those of themes and of the portal, layer by layer.
//!
//! A name such as `operation.html` means the topmost template of this name; `parent/operation.html` in one layer means
//! the next one below. A template that cannot be used is reported and left out, so that what lies below it serves: the
//! portal always has all its pages. The engine's types stay in here.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera};

use super::recursion;
use super::scan::{Tag, tags};
use super::{did_you_mean, nearest};
use crate::diag::codes::theme::{TEMPLATE_ERROR, TEMPLATE_RECURSION, UNUSED_TEMPLATE};
use crate::diag::{Diagnostic, Place, SourceText};
use crate::render::html::escape;

/// The templates of one layer by name (`partials/toc.html`).
pub type Layer = BTreeMap<String, Arc<SourceText>>;

/// Compiled templates.
pub struct Templates {
    engine: Tera,
    /// The lowest layer alone, for pages whose own template fails; `None` when there is no other layer.
    built_in: Option<Tera>,
    sources: BTreeMap<String, Arc<SourceText>>,
}

impl Templates {
    /// Compiles layers, the built-in one first. Reports and leaves out what cannot be used.
    pub fn compile(layers: Vec<Layer>, report: &mut Vec<Diagnostic>) -> Templates {
        let mut draft = Draft::new(layers);
        draft.bind_parents(report);
        draft.drop_recursion(report);
        let engine = draft.compile(report);
        draft.report_unused(report);
        let built_in = (draft.layers > 1).then(|| draft.built_in());
        Templates { engine, built_in, sources: draft.sources }
    }

    /// Fills a template.
    pub fn render(&self, template: &str, context: &Context) -> Result<String, Box<Diagnostic>> {
        self.engine.render(template, context).map_err(|error| Box::new(diagnose(&self.sources, &error, template)))
    }

    /// Fills the built-in template of this name, whatever the portal puts over it.
    pub fn render_built_in(&self, template: &str, context: &Context) -> Result<String, Box<Diagnostic>> {
        let engine = self.built_in.as_ref().unwrap_or(&self.engine);
        engine.render(template, context).map_err(|error| Box::new(diagnose(&self.sources, &error, template)))
    }
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_list().entries(self.sources.keys()).finish()
    }
}

/// Layers on their way to the engine.
struct Draft {
    layers: usize,
    /// By full name: `lay000/base.html`.
    sources: BTreeMap<String, Arc<SourceText>>,
    /// What the engine gets: the same text, but for `parent/`.
    texts: BTreeMap<String, String>,
}

/// As long as `parent/`, so that one may stand in the place of the other and every column stays true.
fn prefix(layer: usize) -> String {
    format!("lay{layer:03}/")
}

fn layer_of(full_name: &str) -> usize {
    full_name.get(3..6).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn plain_name(full_name: &str) -> &str {
    full_name.get("lay000/".len()..).unwrap_or(full_name)
}

impl Draft {
    fn new(layers: Vec<Layer>) -> Draft {
        let mut draft = Draft { layers: layers.len().min(1000), sources: BTreeMap::new(), texts: BTreeMap::new() };
        for (at, layer) in layers.into_iter().take(1000).enumerate() {
            for (name, source) in layer {
                let name = format!("{}{name}", prefix(at));
                draft.texts.insert(name.clone(), source.text.clone());
                draft.sources.insert(name, source);
            }
        }
        draft
    }

    /// The full name of the topmost template of this name below a layer.
    fn resolve_below(&self, name: &str, layer: usize) -> Option<String> {
        (0..layer).rev().map(|at| format!("{}{name}", prefix(at))).find(|name| self.texts.contains_key(name))
    }

    fn resolve(&self, name: &str) -> Option<String> {
        match self.texts.contains_key(name) {
            true => Some(name.to_owned()),
            false => self.resolve_below(name, self.layers),
        }
    }

    fn remove(&mut self, name: &str, report: &mut Vec<Diagnostic>, diagnostic: Diagnostic) {
        report.push(diagnostic);
        self.texts.remove(name);
    }

    fn place(&self, name: &str, range: Range<usize>) -> Place {
        place(&self.sources, name, range)
    }

    /// Makes `parent/x.html` the full name of the next `x.html` below.
    fn bind_parents(&mut self, report: &mut Vec<Diagnostic>) {
        for name in self.texts.keys().cloned().collect::<Vec<_>>() {
            if let Err(diagnostic) = self.bind_parents_of(&name) {
                self.remove(&name, report, *diagnostic);
            }
        }
    }

    fn bind_parents_of(&mut self, name: &str) -> Result<(), Box<Diagnostic>> {
        let mut text = self.texts[name].clone();
        for (tag, range) in tags(&self.texts[name]) {
            let (Tag::Extends(target) | Tag::Include(target)) = tag else { continue };
            let Some(target) = target.strip_prefix("parent/") else { continue };
            let Some(full) = self.resolve_below(target, layer_of(name)) else {
                let known =
                    self.texts.keys().filter(|full| layer_of(full) < layer_of(name)).map(|full| plain_name(full));
                let message = format!("there is no template `{target}` below this one");
                let diagnostic = Diagnostic::new(TEMPLATE_ERROR, self.place(name, range), message);
                return Err(Box::new(diagnostic.help(did_you_mean(target, known))));
            };
            text.replace_range(range.start..range.start + "parent/".len(), &full[.."parent/".len()]);
        }
        self.texts.insert(name.to_owned(), text);
        Ok(())
    }

    fn drop_recursion(&mut self, report: &mut Vec<Diagnostic>) {
        while let Some(found) = recursion::find(&self.texts, &|name| self.resolve(name)) {
            let chain: Vec<String> = found.chain.iter().map(|node| self.shown(node)).collect();
            let message = match chain.is_empty() {
                true => format!("templates stand inside one another more than {} deep", recursion::MAX_DEPTH),
                false => format!("this template reaches itself: {}", chain.join(" → ")),
            };
            let place = self.place(&found.template, found.range);
            let own = plain_name(&found.template).to_owned();
            let help = format!("to refine the template below this one, write `{{% extends \"parent/{own}\" %}}`");
            let diagnostic = Diagnostic::new(TEMPLATE_RECURSION, place, message).help(help);
            let before = self.texts.len();
            self.remove(&found.template, report, diagnostic);
            if self.texts.len() == before {
                break;
            }
        }
    }

    /// A node of the recursion as the author knows it.
    fn shown(&self, node: &str) -> String {
        let (name, component) = node.split_once(" <").map_or((node, None), |(name, rest)| (name, Some(rest)));
        match (self.sources.get(name), component) {
            (_, Some(component)) => format!("`<{component}`"),
            (Some(source), None) => format!("`{}`", source.path),
            (None, None) => format!("block `{node}`"),
        }
    }

    /// Gives all to the engine; what it refuses is taken out, until it refuses nothing.
    fn compile(&mut self, report: &mut Vec<Diagnostic>) -> Tera {
        loop {
            let mut engine = self.engine();
            let Err(error) = engine.add_raw_templates(&self.texts) else { return engine };
            let refused = self.guilty(refused(&self.sources, &error));
            if refused.is_empty() {
                self.drop_all(report, &error);
            }
            for (name, diagnostic) in refused {
                let known = self.known_names(&diagnostic.message);
                self.remove(&name, report, with_names(diagnostic, known));
            }
            if self.texts.keys().all(|name| layer_of(name) == 0) {
                return self.built_in();
            }
        }
    }

    /// Whose fault refusals are: a refused template's own, or, when only built-in ones are refused, that of the portal's
    /// templates that they extend and include. Each template once.
    fn guilty(&self, refused: Vec<(String, Diagnostic)>) -> Vec<(String, Diagnostic)> {
        let (own, built_in): (Vec<_>, Vec<_>) = refused.into_iter().partition(|(name, _)| layer_of(name) > 0);
        let own_fault = !own.is_empty();
        let mut guilty = match own.is_empty() {
            true => built_in.into_iter().flat_map(|(name, diagnostic)| self.blame(&name, &diagnostic)).collect(),
            false => own,
        };
        let mut seen = BTreeSet::new();
        guilty.retain(|(name, diagnostic)| {
            let place = (name.clone(), if own_fault { diagnostic.place.start } else { 0 });
            self.texts.contains_key(name) && seen.insert(place)
        });
        guilty
    }

    fn blame(&self, name: &str, diagnostic: &Diagnostic) -> Vec<(String, Diagnostic)> {
        let mut reached = BTreeSet::new();
        let mut open = vec![name.to_owned()];
        while let Some(next) = open.pop() {
            let Some(text) = self.texts.get(&next).filter(|_| reached.insert(next.clone())) else { continue };
            let referred = tags(text).into_iter().filter_map(|(tag, _)| match tag {
                Tag::Extends(target) | Tag::Include(target) => self.resolve(target),
                _ => None,
            });
            open.extend(referred);
        }
        let message = format!("`{}` cannot stand on this template: {}", plain_name(name), diagnostic.message);
        let guilty = reached.into_iter().filter(|name| layer_of(name) > 0);
        let diagnose = |guilty: String| {
            let own = plain_name(&guilty).to_owned();
            let help = format!("begin with `{{% extends \"parent/{own}\" %}}` and refine its blocks");
            let diagnostic = Diagnostic::new(TEMPLATE_ERROR, self.place(&guilty, 0..0), message.clone()).help(help);
            (guilty, diagnostic)
        };
        guilty.map(diagnose).collect()
    }

    fn drop_all(&mut self, report: &mut Vec<Diagnostic>, error: &tera::Error) {
        let message = plain_message(&error.to_string());
        let overrides: Vec<String> = self.texts.keys().filter(|name| layer_of(name) > 0).cloned().collect();
        for name in overrides {
            let diagnostic = Diagnostic::new(TEMPLATE_ERROR, self.place(&name, 0..0), message.clone());
            self.remove(&name, report, diagnostic);
        }
    }

    fn engine(&self) -> Tera {
        let mut engine = Tera::new();
        engine.set_escape_fn(|text, out| out.write_all(escape(text).as_str().as_bytes()));
        let prefixes: Vec<String> = (0..self.layers).rev().map(prefix).collect();
        engine.set_fallback_prefixes(prefixes).expect("a new engine holds no templates");
        engine
    }

    fn built_in(&self) -> Tera {
        let mut engine = self.engine();
        let texts = self.sources.iter().filter(|(name, _)| layer_of(name) == 0);
        let texts = texts.map(|(name, source)| (name.as_str(), source.text.as_str()));
        engine.add_raw_templates(texts).expect("the built-in templates compile: a test of this module says so");
        engine
    }

    /// The names that could have been meant where the engine says that it doesn't know one.
    fn known_names(&self, message: &str) -> Vec<String> {
        let tags_of_all = || self.texts.values().flat_map(|text| tags(text));
        match message {
            m if m.starts_with("there is no template") => {
                self.texts.keys().map(|name| plain_name(name).to_owned()).collect()
            }
            m if m.starts_with("unknown component") => tags_of_all()
                .filter_map(|(tag, _)| if let Tag::Component(c) = tag { Some(c.to_owned()) } else { None })
                .collect(),
            m if m.starts_with("block") => BLOCKS.iter().map(|block| (*block).to_owned()).collect(),
            m if m.starts_with("unknown filter") => FILTERS.iter().map(|filter| (*filter).to_owned()).collect(),
            m if m.starts_with("unknown function") => ["range", "throw", "super"].map(str::to_owned).to_vec(),
            m if m.starts_with("unknown test") => TESTS.iter().map(|test| (*test).to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    /// A template that replaces nothing and that nobody includes is most often a slip in its name.
    fn report_unused(&self, report: &mut Vec<Diagnostic>) {
        let mut used = BTreeSet::new();
        for text in self.texts.values() {
            for (tag, _) in tags(text) {
                if let Tag::Extends(target) | Tag::Include(target) = tag {
                    used.extend(self.resolve(target));
                }
            }
        }
        for (name, text) in self.texts.iter().filter(|(name, _)| layer_of(name) > 0) {
            let plain = plain_name(name);
            let defines = tags(text).iter().any(|(tag, _)| matches!(tag, Tag::Component(_)));
            if used.contains(name) || defines || self.resolve_below(plain, layer_of(name)).is_some() {
                continue;
            }
            let message = format!("no template is called `{plain}`, and none includes this one");
            let known = self.texts.keys().filter(|full| layer_of(full) == 0).map(|full| plain_name(full));
            let diagnostic = Diagnostic::new(UNUSED_TEMPLATE, self.place(name, 0..0), message);
            report.push(diagnostic.help(did_you_mean(plain, known)));
        }
    }
}

/// The blocks that themes may refine; an interface.
pub const BLOCKS: [&str; 11] = [
    "head_extra",
    "head",
    "nav",
    "before_content",
    "content",
    "after_content",
    "rail",
    "toc",
    "pager",
    "foot",
    "scripts_extra",
];

const FILTERS: [&str; 37] = [
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "pairs",
    "group_by",
];

const TESTS: [&str; 17] = [
    "string",
    "number",
    "map",
    "bool",
    "array",
    "integer",
    "float",
    "none",
    "iterable",
    "defined",
    "undefined",
    "odd",
    "even",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];

fn place(sources: &BTreeMap<String, Arc<SourceText>>, name: &str, range: Range<usize>) -> Place {
    match sources.get(name) {
        Some(source) => Place::new(source, range),
        None => Place::file(crate::diag::SourcePath::new(name)),
    }
}

/// The templates that the engine refuses, each with a diagnostic.
fn refused(sources: &BTreeMap<String, Arc<SourceText>>, error: &tera::Error) -> Vec<(String, Diagnostic)> {
    let one = |name: &str, range: Range<usize>, message: &str| {
        let diagnostic = Diagnostic::new(TEMPLATE_ERROR, place(sources, name, range), plain_message(message));
        vec![(name.to_owned(), diagnostic)]
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            one(report.filename(), report.span().range.clone(), report.message())
        }
        ErrorKind::MissingParent { current, parent } => {
            let range = sources.get(current).and_then(|source| source.text.find(parent.as_str()));
            let range = range.map_or(0..0, |start| start..start + parent.len());
            one(current, range, &format!("there is no template `{}`", plain_parent(parent)))
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            one(tpl, 0..0, "this template reaches itself")
        }
        _ => located(sources, &error.to_string()),
    }
}

fn plain_parent(name: &str) -> &str {
    if name.starts_with("lay") && name.as_bytes().get(6) == Some(&b'/') { plain_name(name) } else { name }
}

/// Reads the engine's own report of several mistakes: `error: what`, then ` --> name:line:column`.
fn located(sources: &BTreeMap<String, Arc<SourceText>>, text: &str) -> Vec<(String, Diagnostic)> {
    let mut found: Vec<(String, Diagnostic)> = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(what) = line.strip_prefix("error: ") {
            message = Some(what);
        } else if let Some((name, range)) = line.trim_start().strip_prefix("--> ").and_then(|at| byte_of(sources, at)) {
            let Some(what) = message.take() else { continue };
            let diagnostic = Diagnostic::new(TEMPLATE_ERROR, place(sources, name, range), plain_message(what));
            found.push((name.to_owned(), diagnostic));
        }
    }
    if found.is_empty() {
        // "Component `x` is defined in both `a` and `b`": the later name is the one of the higher layer.
        let named = sources.keys().rev().find(|name| text.contains(&format!("`{name}`")));
        let diagnose = |name: &String| {
            (name.clone(), Diagnostic::new(TEMPLATE_ERROR, place(sources, name, 0..0), plain_message(text)))
        };
        found.extend(named.map(diagnose));
    }
    found
}

/// The template and the byte of `name:line:column`.
fn byte_of<'a>(sources: &'a BTreeMap<String, Arc<SourceText>>, at: &str) -> Option<(&'a str, Range<usize>)> {
    let mut parts = at.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let (name, source) = sources.get_key_value(parts.next()?)?;
    let start: usize = source.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &source.text[start..];
    let begin = start + rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(offset, _)| offset);
    let tag = &source.text[begin..];
    let length = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    Some((name, begin..begin + length))
}

/// A failure while a page was made.
fn diagnose(sources: &BTreeMap<String, Arc<SourceText>>, error: &tera::Error, template: &str) -> Diagnostic {
    match refused(sources, error).into_iter().next() {
        Some((_, diagnostic)) => diagnostic,
        None => {
            let name = sources.keys().rev().find(|name| plain_name(name) == template);
            let place = place(sources, name.map_or(template, String::as_str), 0..0);
            Diagnostic::new(TEMPLATE_ERROR, place, plain_message(&error.to_string()))
        }
    }
}

/// The engine's words in our style: lower case, no full stop, no layers in names.
fn plain_message(message: &str) -> String {
    let mut message = message.trim().trim_end_matches('.').to_owned();
    for layer in (0..10).map(prefix) {
        message = message.replace(&layer, "");
    }
    let message = message.replace(". Available", "; available").replace("Unknown template", "there is no template");
    let mut chars = message.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

fn with_names(diagnostic: Diagnostic, known: Vec<String>) -> Diagnostic {
    if diagnostic.help.is_some() {
        return diagnostic;
    }
    let Some(wrong) = diagnostic.message.split('`').nth(1).map(str::to_owned) else { return diagnostic };
    if known.is_empty() {
        return diagnostic;
    }
    match nearest(&wrong, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None if known.len() <= 40 => {
            let known: BTreeSet<String> = known.into_iter().collect();
            diagnostic.help(format!("these exist: {}", known.into_iter().collect::<Vec<_>>().join(", ")))
        }
        None => diagnostic,
    }
}
