//! Front matter: where it stands, the tree it holds, and the facts that Portolan knows.
//!
//! YAML between `---`, TOML between `+++`, or one JSON object at the top of a file. Keys of other tools are lifted to
//! Portolan's own by the table in `keys`; what nobody knows is kept as `extra` and reported. A value of the wrong kind
//! is reported and left out, and everything else is still read.

mod keys;
mod values;

use std::ops::Range;
use std::sync::Arc;

use crate::diag::codes::document as codes;
use crate::diag::{Diagnostic, Place, SourceText};
use crate::model::document::FrontMatter;
use crate::model::node::{Entry, Node};
use crate::model::settings::Limits;
use crate::tree::{toml, yaml};

use keys::Keys;

/// A key as it was asked for, and its entry.
type Found<'a> = (&'a str, &'a Entry);

/// The languages that front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// One object.
    Json,
}

/// Where front matter stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Its language; `None` when there is none.
    pub language: Option<Language>,
    /// Its text, without the fences.
    pub data: Range<usize>,
    /// Where the Markdown begins.
    pub body: usize,
    /// True when it begins and never ends.
    pub unterminated: bool,
}

/// Finds the front matter of a text. Windows line ends are tolerated.
pub fn split(text: &str) -> Split {
    let none = Split { language: None, data: 0..0, body: 0, unterminated: false };
    let first = text.lines().next().unwrap_or("").trim_end();
    let (language, ends): (_, &[&str]) = match first {
        "---" => (Language::Yaml, &["---", "..."]),
        "+++" => (Language::Toml, &["+++"]),
        line if line.starts_with('{') => return split_json(text).unwrap_or(none),
        _ => return none,
    };
    let start = text.find('\n').map_or(text.len(), |newline| newline + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        if ends.contains(&line.trim_end()) {
            let data = start..at;
            // Two thematic breaks around prose look the same; nobody writes data without a key.
            return match looks_like_data(&text[data.clone()], language) {
                true => Split { language: Some(language), data, body: end, unterminated: false },
                false => none,
            };
        }
        at = end;
    }
    let paragraph = text[start..].split("\n\n").next().unwrap_or("");
    let begins_as_data = !paragraph.trim().is_empty() && looks_like_data(paragraph, language);
    Split { unterminated: begins_as_data && first_line_is_pair(paragraph), ..none }
}

/// True when there is a key on a line of its own, or nothing but comments.
fn looks_like_data(data: &str, language: Language) -> bool {
    let mut lines =
        data.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    if lines.peek().is_none() {
        // `---` twice in a row is empty front matter; with headings between it is a text.
        return !data.lines().any(|line| line.starts_with("# ") || line.starts_with("##"));
    }
    match language {
        Language::Yaml => lines.any(|line| is_pair(line) || line.starts_with('{')),
        Language::Toml | Language::Json => lines.any(|line| line.contains('=') || line.starts_with('[')),
    }
}

fn first_line_is_pair(text: &str) -> bool {
    text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| is_pair(line) || line.contains(" = "))
}

/// True for `key: value`, `"key": value` and `key:`.
fn is_pair(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else { return false };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | '$' | '@' | '/' | ' ');
    let begins_well = key.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\'' | '$' | '@'));
    begins_well
        && key.chars().all(plain)
        && key.split(' ').count() <= 3
        && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// One JSON object whose brace begins the file and whose first key follows.
fn split_json(text: &str) -> Option<Split> {
    let inside = text.strip_prefix('{')?.trim_start();
    if !inside.starts_with(['"', '}']) {
        return None;
    }
    let end = object_end(text)?;
    let line_end = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
    text[end..line_end].trim().is_empty().then_some(Split {
        language: Some(Language::Json),
        data: 0..end,
        body: line_end,
        unterminated: false,
    })
}

/// Returns the byte behind the object that begins the text.
fn object_end(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Reads the tree of a document's front matter; reports what is no data.
pub fn read(source: &Arc<SourceText>, limits: &Limits, problems: &mut Vec<Diagnostic>) -> (Option<Node>, usize) {
    let split = split(&source.text);
    if split.unterminated {
        let first = source.text.lines().next().unwrap_or("").trim_end();
        let place = Place::new(source, 0..first.len());
        let problem = Diagnostic::new(codes::UNTERMINATED_FRONT_MATTER, place, "this front matter has no end");
        problems.push(problem.help(format!("write `{first}` on a line of its own behind the last key")));
    }
    let node = split.language.map(|language| match language {
        Language::Yaml | Language::Json => yaml::parse_at(source, split.data.clone(), 0, limits, problems),
        Language::Toml => toml::parse_at(source, split.data.clone(), 0, limits, problems),
    });
    (node, split.body)
}

/// Front matter with what the model's type cannot hold.
pub struct Front {
    /// The facts.
    pub facts: FrontMatter,
    /// `api` of a document that belongs to one.
    pub api: Option<String>,
}

/// Lifts a tree to the facts that Portolan knows.
///
/// Reports `front-matter-type`, `front-matter-conflict`, `unknown-front-matter`, `unknown-date` and `unknown-duration`.
pub fn lift(source: &Arc<SourceText>, node: &Node, problems: &mut Vec<Diagnostic>) -> Front {
    let mut keys = Keys::new(source, node, problems);
    if !node.is_map() && !node.is_null() {
        keys.wrong_type(node, "front matter", "keys with values");
    }
    let facts = FrontMatter {
        title: keys.text("title", &["title"]).unwrap_or_default(),
        nav_title: keys.text(
            "nav_title",
            &["nav_title", "sidebar_label", "sidebar.label", "linkTitle", "shortTitle", "sidebarTitle"],
        ),
        description: keys.text("description", &["description", "summary", "intro", "subtitle"]),
        order: keys.order(),
        slug: keys.text("slug", &["slug", "url", "path", "permalink"]),
        aliases: keys.texts("aliases", &["aliases", "redirect_from"]),
        draft: keys.flag("draft", &["draft", "!published", "!render"]).unwrap_or(false),
        hidden: keys.flag("hidden", &["hidden", "unlisted", "sidebar.hidden", "headless", "noindex"]).unwrap_or(false),
        date: keys.date("date", &["date", "publishDate", "timestamp"]),
        updated: keys.date("updated", &["updated", "last_update.date", "last_update", "lastUpdated", "lastmod"]),
        tags: keys.tags(),
        toc: keys.toc(),
        audience: keys.texts("audience", &["audience", "groups"]),
        status: keys.status(),
        persona: keys.text("persona", &["persona"]),
        job: keys.text("job", &["job"]),
        calls: keys.calls(),
        done_when: keys.text("done_when", &["done_when"]),
        minutes: keys.minutes(),
        level: keys.text("level", &["level"]),
        needs: keys.texts("needs", &["needs", "prerequisites"]),
        goal: keys.text("goal", &["goal"]),
        outcome: keys.text("outcome", &["outcome"]),
        steps: keys.steps(),
        owner: keys.text("owner", &["owner"]),
        contact: keys.contact(),
        lifecycle: keys.text("lifecycle", &["lifecycle"]),
        search_boost: keys.number("search.boost", &["search.boost", "boost"]),
        search_hide: keys
            .flag("search.hide", &["search.hide", "search.exclude", "!in_search_index", "!searchable", "!pagefind"])
            .unwrap_or(false),
        extra: Vec::new(),
    };
    let api = keys.api();
    let extra = keys.rest();
    Front { facts: FrontMatter { extra, ..facts }, api }
}

/// Front matter of a document that has none.
pub fn none() -> FrontMatter {
    FrontMatter { toc: true, ..FrontMatter::default() }
}

/// Keys that are known and change nothing in these facts: of Portolan's other formats, and of other tools.
const KNOWN: &[&str] = &[
    // Portolan's own formats.
    "type",
    "id",
    "vars",
    "protocol",
    "depends",
    "when",
    "apis",
    "kind",
    "adds",
    "contract",
    "evidence",
    "arazzo",
    "edit_url",
    "publish_at",
    "expire_at",
    "prev",
    "next",
    "image",
    "banner",
    "since",
    "until",
    "template",
    "cascade",
    "extra",
    "headline",
    "facts",
    "release",
    "agents",
    // Other tools.
    "pagination_label",
    "pagination_prev",
    "pagination_next",
    "custom_edit_url",
    "editUrl",
    "displayed_sidebar",
    "toc_min_heading_level",
    "toc_max_heading_level",
    "sidebar_class_name",
    "sidebar_custom_props",
    "hide_title",
    "sidebar_key",
    "keywords",
    "head",
    "hero",
    "pagefind",
    "layout",
    "expiryDate",
    "params",
    "outputs",
    "sites",
    "build",
    "images",
    "sort_by",
    "in_search_index",
    "author",
    "authors",
    "children",
    "product",
    "versions",
    "version",
    "permissions",
    "defaultTool",
    "journeyTracks",
    "icon",
    "iconType",
    "mode",
    "og:image",
    "canonical",
    "rss",
    "hideFooterPagination",
    "hideApiMarker",
    "openapi",
    "asyncapi",
    "deprecated",
    "tag",
    "theme",
    "comments",
    "schema",
    "schemaVersion",
    "$schema",
    "sidebar",
    "search",
    "hide",
    "nav_order",
    "parent",
    "has_children",
    "grand_parent",
    "category",
    "series",
    "weight",
    "social",
    "twitter",
    "cover",
    "lang",
    "locale",
    "redirect",
    "meta",
    "fmContentType",
];

#[cfg(test)]
mod tests;
