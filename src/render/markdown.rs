//! Markdown to HTML.
//!
//! Takes a text, what is known of its place (trust, heading level, anchors) and a function that says where each link
//! leads; gives safe HTML, the headings as they were written, and what is wrong with the text. Every element is
//! written by this program from closed tables; raw HTML is cut into tokens and written anew, so that nothing of it can
//! leave its place. Pure: it knows nothing of the portal and looks nothing up but through [`Options`].

mod code;
mod containers;
mod inline;
mod links;
pub mod plain;
mod policy;
mod raw;
mod structure;
mod words;
mod writer;

pub use words::Words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, SourceText};
use crate::load::markdown::prepare::{Dialect, prepare};
use crate::model::document::{Heading, LinkDefinition, Markdown};
use crate::render::highlight::Highlighter;
use crate::render::html::SafeHtml;

/// How far a text is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// The portal's own prose: allow-listed HTML with anchors and images.
    Publisher,
    /// A third party's description: less HTML, no images of other hosts.
    Description,
}

/// Where the anchors of headings come from.
#[derive(Debug, Clone, Copy)]
pub enum HeadingIds<'a> {
    /// The outline's, in order: for a document, or for the headings of the stretch that is rendered.
    Given(&'a [Heading]),
    /// Made here, each with this before it, so that several texts can share a page.
    Prefix(&'a str),
}

/// Where a link leads, as whoever knows the portal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkOut {
    /// A page or file of the site: a relative URL or a fragment.
    To(String),
    /// An operation's page.
    Operation {
        /// Its relative URL.
        href: String,
        /// The HTTP method, for the chip before the text.
        method: String,
        /// Its title: shown when the link has no text of its own.
        title: String,
    },
    /// Another site.
    External(String),
    /// Nothing that exists: the text is shown without a link.
    Broken,
}

/// Says where a link (or image: `true`) leads, from its target as written.
pub type LinkFn<'a> = dyn Fn(&str, bool) -> LinkOut + 'a;

/// Gives the URL of what a code span names, if it names one thing.
pub type CodeSpanFn<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// What a text is rendered with.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// How far the text is trusted.
    pub trust: Trust,
    /// Which conventions it uses; [`Dialect::of`] its path. Descriptions have their own.
    pub dialect: Dialect,
    /// The level of the text's top heading, 1 to 6; deeper ones follow without a gap.
    pub heading_base: u8,
    /// The anchors of its headings.
    pub heading_ids: HeadingIds<'a>,
    /// Says where links lead.
    pub link: &'a LinkFn<'a>,
    /// Links code spans to what they name.
    pub code_spans: Option<&'a CodeSpanFn<'a>>,
    /// Leaves out the first heading when it is of level 1: the page shows it as its title.
    pub skip_first_h1: bool,
    /// Colours code blocks.
    pub highlighter: &'a Highlighter,
    /// Icons by name, as elements.
    pub icons: &'a BTreeMap<String, String>,
    /// Words of the interface.
    pub words: &'a Words,
    /// Link definitions that stand elsewhere in the same file; sorted by label.
    pub definitions: &'a [LinkDefinition],
    /// The audience that the site is built for; `:::only` containers of others are left out.
    pub audience: Option<&'a str>,
}

/// A heading as it stands in the HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedHeading {
    /// 1 to 6, as in `<h2>`.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// Something that is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which kind it is.
    pub code: &'static Code,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    /// Makes the diagnostic of a text that begins at byte `base` of a file.
    pub fn diagnostic(&self, source: &Arc<SourceText>, base: usize) -> Diagnostic {
        let place = Place::new(source, base + self.range.start..base + self.range.end);
        let diagnostic = Diagnostic::new(self.code, place, self.message.clone());
        match &self.help {
            Some(help) => diagnostic.help(help.clone()),
            None => diagnostic,
        }
    }
}

/// What came of a text.
#[derive(Debug)]
pub struct Rendered {
    /// The HTML: block elements, without an element around them.
    pub html: SafeHtml,
    /// Its headings in order, for "On this page".
    pub headings: Vec<RenderedHeading>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The URLs of images on other hosts that the HTML embeds.
    pub remote_images: Vec<String>,
}

/// Renders a text. Any text gives balanced HTML.
pub fn render(text: &str, options: &Options<'_>) -> Rendered {
    let dialect = match options.trust {
        Trust::Publisher => options.dialect,
        Trust::Description => Dialect::Description,
    };
    let prepared = prepare(text, dialect);
    writer::write(&prepared, options)
}

/// Returns what is wrong with one of the portal's own texts; links are not looked at.
///
/// Reports `unknown-container`, `unclosed-container`, `stray-container-end`, `unsupported-container`,
/// `unknown-code-word`, `html-not-allowed` and `limit-nesting`.
pub fn lint(body: &Markdown) -> Vec<Diagnostic> {
    let (highlighter, words, icons) = (Highlighter::plain(), Words::default(), BTreeMap::new());
    let options = Options {
        trust: Trust::Publisher,
        dialect: Dialect::of(body.path()),
        heading_base: 2,
        heading_ids: HeadingIds::Given(&body.headings),
        link: &|_, _| LinkOut::To("#".to_string()),
        code_spans: None,
        skip_first_h1: false,
        highlighter: &highlighter,
        icons: &icons,
        words: &words,
        definitions: &body.definitions,
        audience: None,
    };
    let problems = render(body.text(), &options).problems;
    problems.iter().map(|problem| problem.diagnostic(&body.source, body.range.start)).collect()
}

#[cfg(test)]
mod tests;
