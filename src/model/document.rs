//! Documents that people write in Markdown: their facts (front matter), their outline and their links.
//!
//! The text itself is kept; it is rendered when its page is asked for.

use std::sync::Arc;

use super::Text;
use super::node::Entry;
use crate::diag::{Place, SourcePath, SourceText};

/// What a document is for; decides its page, its place and its template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// `index.md` at the top: the home page's words.
    Home,
    /// `apis/<api>/api.md`: the words of an API's landing page.
    ApiLanding,
    /// A story.
    Story,
    /// A guide, or a page of any folder that has no other meaning.
    Guide,
    /// `index.md` of a folder of guides, stories or pages: heads its section.
    Section,
    /// An onboarding path (`onboarding/<path>/index.md`, or a single file with numbered steps).
    Path,
    /// One step of a path.
    Step,
    /// `pages/**`: support, about, terms.
    Page,
}

/// One Markdown document.
#[derive(Debug)]
pub struct Document {
    /// What it is for.
    pub kind: DocumentKind,
    /// The API that it belongs to by its place (`apis/<api>/…`) or its front matter.
    pub api: Option<Text>,
    /// Its front matter.
    pub front: FrontMatter,
    /// Its text.
    pub body: Markdown,
}

/// The keys of front matter that Portolan knows, under their own names; aliases of other tools are lifted.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// `title`, else the first level-1 heading, else the file name in words.
    pub title: String,
    /// `nav_title`: a shorter one for menus.
    pub nav_title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `order`, else the number prefix of the file name.
    pub order: Option<f64>,
    /// `slug`: replaces the last part of the URL.
    pub slug: Option<String>,
    /// `aliases`: old URLs that lead here.
    pub aliases: Vec<String>,
    /// `draft`: only with `--drafts`.
    pub draft: bool,
    /// `hidden`: has a page, stands in no menu.
    pub hidden: bool,
    /// `date`, `updated`: ISO 8601 dates.
    pub date: Option<jiff::civil::Date>,
    /// When it last changed.
    pub updated: Option<jiff::civil::Date>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `toc`: false hides the table of contents.
    pub toc: bool,
    /// `audience`; empty means everyone.
    pub audience: Vec<String>,
    /// `status`: a word for a chip.
    pub status: Option<String>,
    /// `persona` of a story.
    pub persona: Option<String>,
    /// `job` of a story: what the persona wants done.
    pub job: Option<String>,
    /// `calls` of a story or quickstart: operation references in order, as written, each with its place.
    pub calls: Vec<Call>,
    /// `done_when` of a story.
    pub done_when: Option<String>,
    /// `time`: minutes needed.
    pub minutes: Option<u32>,
    /// `level`.
    pub level: Option<String>,
    /// `needs`: prerequisites, Markdown.
    pub needs: Vec<String>,
    /// `goal` of a step or path.
    pub goal: Option<String>,
    /// `outcome`: "You have now …".
    pub outcome: Option<String>,
    /// `steps` of a path: paths of documents in order, as written, each with its place.
    pub steps: Vec<(String, Place)>,
    /// `owner`, `contact`, `lifecycle` of an API (`api.md`).
    pub owner: Option<String>,
    /// A mail address or URL.
    pub contact: Option<String>,
    /// `experimental`, `beta`, `stable`, `deprecated`, `retired`.
    pub lifecycle: Option<String>,
    /// `search.boost`.
    pub search_boost: Option<f64>,
    /// `search.hide`.
    pub search_hide: bool,
    /// Everything else, shown by no template of ours but passed on as `extra`.
    pub extra: Vec<Entry>,
}

/// One entry of `calls`.
#[derive(Debug, Clone)]
pub struct Call {
    /// The operation reference as written, without a `wait:` prefix.
    pub reference: String,
    /// True for `wait: name`: a webhook that the story waits for.
    pub wait: bool,
    /// Where it stands.
    pub place: Place,
}

/// A Markdown text with its outline.
#[derive(Debug, Clone)]
pub struct Markdown {
    /// The file.
    pub source: Arc<SourceText>,
    /// The bytes of the file that are Markdown: all but the front matter.
    pub range: std::ops::Range<usize>,
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// Its links and images in order.
    pub links: Vec<MarkdownLink>,
    /// Its code spans that may link themselves, in order: those outside of headings and links, without `{nolink}`.
    pub code_spans: Vec<CodeSpan>,
    /// Its words by section, for search and reading time; the first section is what stands before any heading.
    pub sections: Vec<Section>,
    /// Words in all, code left out.
    pub words: usize,
    /// Anchors of raw HTML (`<a id="x">`, `<a name="x">`), in order: targets of links beside the headings.
    pub anchors: Vec<String>,
    /// Its link reference definitions (`[label]: target`), sorted by label: a stretch that is rendered alone needs them.
    pub definitions: Vec<LinkDefinition>,
}

impl Markdown {
    /// Returns the Markdown text.
    pub fn text(&self) -> &str {
        self.source.text.get(self.range.clone()).unwrap_or("")
    }

    /// Returns the file's path.
    pub fn path(&self) -> &SourcePath {
        &self.source.path
    }

    /// Returns true when a link to `#anchor` leads somewhere in this text.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.headings.iter().any(|heading| heading.id == anchor) || self.anchors.iter().any(|known| known == anchor)
    }

    /// Returns the place of a byte range of the file.
    pub fn place(&self, range: std::ops::Range<usize>) -> Place {
        Place::new(&self.source, range)
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The anchor: GitHub's rule with `-1` for a repeated one, or an explicit `{#id}`.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// Bytes of the file.
    pub range: std::ops::Range<usize>,
}

/// A link or image.
#[derive(Debug, Clone)]
pub struct MarkdownLink {
    /// The destination as written (after CommonMark's unescaping).
    pub target: String,
    /// True for `![…](…)`.
    pub image: bool,
    /// Bytes of the file.
    pub range: std::ops::Range<usize>,
}

/// Behind a code span: it is no link, whatever it names.
pub const NO_LINK: &str = "{nolink}";

/// Inline code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSpan {
    /// The code, as CommonMark reads it.
    pub code: String,
    /// Bytes of the file, with the back-ticks.
    pub range: std::ops::Range<usize>,
}

/// A link reference definition: `[label]: target "title"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkDefinition {
    /// The label in lower case, white space folded.
    pub label: String,
    /// The destination as written (after CommonMark's unescaping).
    pub target: String,
    /// The title; empty when there is none.
    pub title: String,
}

/// The words of one section.
#[derive(Debug, Clone)]
pub struct Section {
    /// Index into the headings; `None` before the first.
    pub heading: Option<usize>,
    /// Plain text, white space folded.
    pub text: String,
}
