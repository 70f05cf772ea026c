//! What `portal.toml` and the command line say. Read by `config`; each key is documented here and nowhere else.

use std::collections::BTreeMap;

use super::sample_language::SampleLanguage;
use crate::diag::{Place, Severity};

/// The portal's settings with every default filled in.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `title`; else the home page's title, else the only API's, else the folder's name.
    pub title: String,
    /// `description`: one sentence.
    pub description: Option<String>,
    /// `base_url`: where the site is published, with a trailing `/`. Only canonical links, feeds, sitemap and share
    /// cards need it.
    pub base_url: Option<String>,
    /// `language`: BCP 47, default `en`.
    pub language: String,
    /// `theme`: folder name below `themes/`, default `default`.
    pub theme: String,
    /// `repository`: URL of the repository that the portal's sources lie in, for edit links.
    pub repository: Option<String>,
    /// `edit_path`: path pattern below `repository` for edit links, default `edit/main/{path}`.
    pub edit_path: String,
    /// `report_url`: where a reader reports a problem with a page; `{path}` in it is the page's path on the site and
    /// `{title}` its title, both encoded for a URL.
    pub report_url: Option<String>,
    /// `[[nav]]`: the links of the page head; empty means made from what exists.
    pub nav: Vec<NavLink>,
    /// `[[footer]]`: the links of the page foot.
    pub footer: Vec<NavLink>,
    /// `[checks]`: code = `error`, `warning`, `info` or `off`.
    pub checks: BTreeMap<String, CheckLevel>,
    /// `[limits]`.
    pub limits: Limits,
    /// `[apis.<id>]`: what is said of single APIs, by their id.
    pub apis: BTreeMap<String, ApiSettings>,
    /// `[tags]`: how the tags of descriptions are shown.
    pub tags: TagSettings,
    /// `show_extensions`: names of specification extensions that pages show.
    pub show_extensions: Vec<String>,
    /// `search.toml`.
    pub search: SearchSettings,
    /// `[samples]`.
    pub samples: Samples,
    /// `show_comments`: pages show the `$comment` of schemas.
    pub show_comments: bool,
    /// `--drafts`.
    pub drafts: bool,
    /// `--audience`: documents of other audiences are left out. `None`: only documents for everyone.
    pub audience: Option<String>,
    /// When the site was built: `SOURCE_DATE_EPOCH`, seconds since the Unix epoch; `None` shows no build date.
    pub built_at: Option<i64>,
}

/// `[apis.<id>]`.
#[derive(Debug, Clone)]
pub struct ApiSettings {
    /// `base_url`: where the API answers. Server URLs of its description that are relative are resolved against it.
    pub base_url: Option<String>,
    /// `try_it`: pages of its operations offer a console that calls the API from the browser, default false.
    pub try_it: bool,
    /// Where `try_it` is written, else where the table is.
    pub try_it_place: Place,
    /// Where the id of the API is written.
    pub place: Place,
}

/// What the settings make of a diagnostic code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckLevel {
    /// Reported with this severity.
    Report(Severity),
    /// Not reported.
    Off,
}

/// `[samples]`: the request samples of operation pages.
#[derive(Debug, Clone)]
pub struct Samples {
    /// `languages`: which are made, in the order of their tabs. Samples that a description brings in other languages
    /// are shown all the same.
    pub languages: Vec<SampleLanguage>,
}

/// A link of the page head or foot.
#[derive(Debug, Clone)]
pub struct NavLink {
    /// Its text.
    pub title: String,
    /// A URL, a path of the site, or the path of a document of the portal.
    pub url: String,
    /// Where it is written.
    pub place: Place,
}

/// What `search.toml` says.
#[derive(Debug, Clone, Default)]
pub struct SearchSettings {
    /// `synonyms`: groups of words that stand for one another, beside the built-in ones.
    pub synonyms: Vec<Vec<String>>,
    /// `boost`: pages that count more or less: the path of a document or the URL of a page, a folder with all below it.
    pub boosts: Vec<Boost>,
    /// `boost.kind`: a word of [`BOOST_KINDS`] and how much its pages count.
    pub kinds: Vec<(String, f64)>,
}

/// A line of `boost`.
#[derive(Debug, Clone)]
pub struct Boost {
    /// The path or URL as written.
    pub path: String,
    /// The factor, above 0, at most 100.
    pub factor: f64,
    /// Where it is written.
    pub place: Place,
}

/// The kinds of pages that `boost.kind` of `search.toml` may name; `deprecated` is every page that its author marked so.
pub const BOOST_KINDS: [&str; 15] = [
    "api",
    "tag",
    "operation",
    "webhook",
    "authentication",
    "errors",
    "schema",
    "guide",
    "story",
    "path",
    "step",
    "page",
    "roadmap",
    "release",
    "deprecated",
];

/// How the tags of descriptions are shown.
#[derive(Debug, Clone)]
pub struct TagSettings {
    /// `untagged`: the title of the operations without a tag, default `Other operations` (`All operations` when an API
    /// has no tags).
    pub untagged: Option<String>,
    /// `ungrouped`: the title of the tags that `x-tagGroups` leaves out, default `Other`.
    pub ungrouped: String,
    /// `show_unused`: whether menus and lists hold tags that no operation has, default true.
    pub show_unused: bool,
}

impl Default for TagSettings {
    fn default() -> TagSettings {
        TagSettings { untagged: None, ungrouped: "Other".into(), show_unused: true }
    }
}

/// Bounds that keep hostile or mistaken input from costing more than it should; each has a diagnostic that names it.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of one description, default 256 MB.
    pub description_bytes: u64,
    /// Bytes of one Markdown document, default 10 MB.
    pub document_bytes: u64,
    /// Nesting of JSON and YAML, default 128.
    pub depth: usize,
    /// Nodes that YAML aliases may expand to, default 1,000,000 (and never more than 100 × the input's bytes).
    pub alias_nodes: usize,
    /// Depth of schemas inside one another on a page before a link takes over, default 8.
    pub inline_depth: usize,
    /// Nodes of a generated example, default 200.
    pub example_nodes: usize,
    /// Depth of a generated example, default 6.
    pub example_depth: usize,
    /// `$ref`s that lead to one another, default 100.
    pub reference_chain: usize,
    /// Bytes of HTML of one page, default 2 MB.
    pub page_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            description_bytes: 256 << 20,
            document_bytes: 10 << 20,
            depth: 128,
            alias_nodes: 1_000_000,
            inline_depth: 8,
            example_nodes: 200,
            example_depth: 6,
            reference_chain: 100,
            page_bytes: 2 << 20,
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            title: String::new(),
            description: None,
            base_url: None,
            language: "en".into(),
            theme: "default".into(),
            repository: None,
            edit_path: "edit/main/{path}".into(),
            report_url: None,
            nav: Vec::new(),
            footer: Vec::new(),
            checks: BTreeMap::new(),
            limits: Limits::default(),
            apis: BTreeMap::new(),
            tags: TagSettings::default(),
            show_extensions: Vec::new(),
            search: SearchSettings::default(),
            samples: Samples { languages: SampleLanguage::DEFAULT.to_vec() },
            show_comments: false,
            drafts: false,
            audience: None,
            built_at: None,
        }
    }
}
