//! The events of a Markdown text with its containers: what outline and renderer both walk over, so that the n-th
//! heading of one is the n-th of the other.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::directive::Directive;
use super::prepare::Prepared;
use super::template::unmasked;
use crate::model::document::LinkDefinition;

/// CommonMark, GFM, footnotes, heading ids and definition lists; no smart punctuation, no math.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// One step of the walk.
#[derive(Debug)]
pub enum Item<'a> {
    /// What the CommonMark parser says.
    Markdown(Event<'a>),
    /// A container's edge.
    Container(&'a Directive),
}

/// Walks over a text; each item comes with its bytes of the text as written.
///
/// `definitions` are link definitions that stand elsewhere in the same file.
pub fn walk<'a>(
    prepared: &'a Prepared<'a>,
    definitions: &'a [LinkDefinition],
) -> impl Iterator<Item = (Item<'a>, Range<usize>)> {
    let find = move |link: pulldown_cmark::BrokenLink<'a>| {
        let label = folded_label(&link.reference);
        let at = definitions.binary_search_by(|definition| definition.label.as_str().cmp(&label)).ok()?;
        let definition = &definitions[at];
        Some((CowStr::from(definition.target.as_str()), CowStr::from(definition.title.as_str())))
    };
    let parser = Parser::new_with_broken_link_callback(&prepared.text, OPTIONS, Some(find));
    let events = TextMergeWithOffset::new(parser.into_offset_iter());
    Walk { prepared, events, inside_marker: false }
}

/// Returns the link definitions of a text, sorted by label; of two equal labels the first counts, as in CommonMark.
pub fn definitions(prepared: &Prepared<'_>) -> Vec<LinkDefinition> {
    let parser = Parser::new_ext(&prepared.text, OPTIONS);
    let found = parser.reference_definitions().iter().map(|(label, definition)| LinkDefinition {
        label: folded_label(label),
        target: definition.dest.to_string(),
        title: definition.title.as_deref().unwrap_or("").to_string(),
    });
    let mut definitions: Vec<LinkDefinition> = found.collect();
    definitions.sort_by(|a, b| (&a.label, &a.target).cmp(&(&b.label, &b.target)));
    definitions.dedup_by(|b, a| a.label == b.label);
    definitions
}

/// A link label as CommonMark compares it: case folded, white space as one space.
fn folded_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Walk<'a, I> {
    prepared: &'a Prepared<'a>,
    events: I,
    /// True between the two ends of a marker's HTML block.
    inside_marker: bool,
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Iterator for Walk<'a, I> {
    type Item = (Item<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (event, range) = self.events.next()?;
            if self.inside_marker {
                self.inside_marker = !matches!(event, Event::End(TagEnd::HtmlBlock));
                continue;
            }
            if matches!(event, Event::Start(Tag::HtmlBlock))
                && let Some(directive) = self.prepared.marker_at(range.start)
            {
                self.inside_marker = true;
                return Some((Item::Container(directive), directive.range.clone()));
            }
            let event = if self.prepared.masked { unmasked_event(event) } else { event };
            return Some((Item::Markdown(event), self.prepared.written(range)));
        }
    }
}

/// Puts back what was masked in any text of an event.
fn unmasked_event(event: Event<'_>) -> Event<'_> {
    let text = |text: CowStr<'_>| CowStr::from(unmasked(&text).into_owned());
    match event {
        Event::Text(content) => Event::Text(text(content)),
        Event::Code(content) => Event::Code(text(content)),
        Event::Html(content) => Event::Html(text(content)),
        Event::InlineHtml(content) => Event::InlineHtml(text(content)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: text(dest_url), title: text(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: text(dest_url), title: text(title), id })
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(text(info))))
        }
        other => other,
    }
}
