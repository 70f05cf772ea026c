//! What several pages show alike: dates, chips, rows of lists, and the part of a document that is its text.

use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use crate::graph::Target;
use crate::load::blocks;
use crate::model::document::{Document, DocumentKind, Markdown};
use crate::model::route::{ApiIndex, DocumentIndex, Subject};
use crate::render::PageContext;
use crate::render::view::{PageLink, TocEntry};

/// Words that an ordinary reader takes in a minute.
const WORDS_A_MINUTE: usize = 200;

/// A day as it is shown, and for machines.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// `14 Mar 2026`.
    pub shown: String,
    /// `2026-03-14`.
    pub iso: String,
}

impl DateView {
    /// Takes a day.
    pub fn new(date: Date) -> DateView {
        DateView { shown: date.strftime("%-d %b %Y").to_string(), iso: date.to_string() }
    }
}

/// A word on a coloured ground; the word says it all, the colour only repeats it.
#[derive(Debug, Clone, Serialize)]
pub struct Chip {
    /// The word.
    pub word: String,
    /// `ok`, `info`, `warn`, `danger`, `note` or `plain`.
    pub look: &'static str,
}

impl Chip {
    /// Takes the lifecycle or status word of a document or an API.
    pub fn lifecycle(word: &str) -> Chip {
        let look = match word.to_lowercase().as_str() {
            "stable" | "ga" | "done" | "shipped" | "current" => "ok",
            "beta" | "preview" | "experimental" | "alpha" | "new" => "note",
            "deprecated" | "draft" | "legacy" | "retired" => "warn",
            _ => "plain",
        };
        Chip { word: sentence(word), look }
    }
}

/// A choice of the entries of a list: by API, or by kind.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FilterGroup {
    /// `api` or `kind`.
    pub key: &'static str,
    /// What can be chosen: names of APIs, or of kinds.
    pub values: Vec<String>,
}

/// One line of a list of documents.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The link; its summary is the document's description.
    pub link: PageLink,
    /// Minutes that it takes.
    pub minutes: Option<u32>,
    /// Its status.
    pub status: Option<Chip>,
    /// For whom a story is.
    pub persona: Option<String>,
    /// The level of a guide or step.
    pub level: Option<String>,
}

impl Row {
    /// Makes the row of a document; `None` when it has no page or stands in no menu.
    pub fn new(context: &PageContext<'_>, index: DocumentIndex) -> Option<Row> {
        let document = context.portal().document(index);
        if document.front.hidden {
            return None;
        }
        let mut link = context.link(Subject::Document(index))?;
        link.summary = document.front.description.clone().or_else(|| document.front.job.clone()).or(link.summary);
        Some(Row {
            link,
            minutes: document.front.minutes,
            status: document.front.status.as_deref().map(Chip::lifecycle),
            persona: document.front.persona.as_deref().map(words),
            level: document.front.level.as_deref().map(words),
        })
    }
}

/// A group of a list, flat: its depth says what stands inside what.
#[derive(Debug, Clone, Serialize)]
pub struct RowGroup {
    /// The heading; `None` for rows that belong to the list as a whole.
    pub title: Option<String>,
    /// The page that heads the group.
    pub href: Option<String>,
    /// One sentence about it.
    pub summary: Option<String>,
    /// 2 for h2, 3 for what is inside.
    pub level: u8,
    /// Its documents.
    pub rows: Vec<Row>,
}

/// Returns the documents of some kinds by section, in the order of the menus: the portal's own, then those of each API.
pub fn groups_of(context: &PageContext<'_>, kinds: &[DocumentKind]) -> Vec<RowGroup> {
    let portal = context.portal();
    let mut groups = Vec::new();
    let tops = portal.sections.iter().enumerate().filter(|(_, section)| section.top);
    let mut tops: Vec<(usize, Option<ApiIndex>)> = tops.map(|(at, section)| (at, section.api)).collect();
    tops.sort_by_key(|(_, api)| api.map_or(0, |api| api.0 + 1));
    for (at, _) in tops {
        push_group(context, kinds, at, 2, &mut groups);
    }
    groups.retain(|group| !group.rows.is_empty());
    if let [only] = groups.as_mut_slice() {
        only.title = None;
    }
    close_gaps(&mut groups);
    groups
}

/// Lifts headings whose upper one is not shown, so that no level is skipped below the h1.
fn close_gaps(groups: &mut [RowGroup]) {
    let mut above = 1;
    for group in groups.iter_mut().filter(|group| group.title.is_some()) {
        group.level = group.level.min(above + 1);
        above = group.level;
    }
}

/// Sections inside one another: more than these are shown side by side.
const MAX_LEVEL: u8 = 4;

fn push_group(context: &PageContext<'_>, kinds: &[DocumentKind], at: usize, level: u8, groups: &mut Vec<RowGroup>) {
    let portal = context.portal();
    let Some(section) = portal.sections.get(at) else { return };
    if groups.len() > portal.sections.len() {
        return;
    }
    let wanted = section.documents.iter().filter(|index| kinds.contains(&portal.document(**index).kind));
    let head = section.head.map(|head| portal.document(head));
    let repeats = level == 2 && same_words(&section.title, &context.route.title);
    let title = match section.api.filter(|_| level == 2).map(|api| &portal.api(api).info.title) {
        Some(api) if repeats => Some(api.clone()),
        Some(api) => Some(format!("{api}: {}", section.title)),
        None => Some(section.title.clone()).filter(|_| !repeats),
    };
    groups.push(RowGroup {
        title,
        href: section.head.and_then(|head| context.href(Subject::Document(head))),
        summary: head.and_then(|head| head.front.description.clone()),
        level: level.min(MAX_LEVEL),
        rows: wanted.filter_map(|index| Row::new(context, *index)).collect(),
    });
    for child in &section.children {
        push_group(context, kinds, *child, level + 1, groups);
    }
}

/// Returns the stretch of a document that is its text: all but a first heading that only repeats the title.
pub fn text_range(document: &Document) -> Range<usize> {
    after_title(&document.body, &document.front.title)
}

/// The same for any Markdown with a title.
pub fn after_title(body: &Markdown, title: &str) -> Range<usize> {
    let range = body.range.clone();
    let Some(first) = body.headings.first() else { return range };
    let before = body.source.text.get(range.start..first.range.start).unwrap_or("x");
    let repeats = same_words(&first.text, title) && before.trim().is_empty();
    if repeats { first.range.end.clamp(range.start, range.end)..range.end } else { range }
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
}

/// Returns the headings inside a stretch for "On this page": the topmost level as 2, the one below as 3.
pub fn toc(body: &Markdown, range: &Range<usize>) -> Vec<TocEntry> {
    let inside = body.headings.iter().filter(|heading| range.contains(&heading.range.start));
    let Some(top) = inside.clone().map(|heading| heading.level).min() else { return Vec::new() };
    let shown = inside.filter(|heading| heading.level <= top + 1);
    shown
        .map(|heading| TocEntry { level: heading.level - top + 2, id: heading.id.clone(), title: heading.text.clone() })
        .collect()
}

/// Returns the minutes that reading takes, at least one.
pub fn reading_minutes(words: usize) -> u32 {
    u32::try_from(words.div_ceil(WORDS_A_MINUTE)).unwrap_or(u32::MAX).max(1)
}

/// Returns a slug or key as words: `support-engineer` → `Support engineer`.
pub fn words(key: &str) -> String {
    sentence(&key.replace(['-', '_'], " "))
}

/// Returns a text with its first letter in upper case.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Returns the beginning of a text, cut between words.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

/// Returns the operation that a reference as written means, the API of this id asked first.
pub fn operation_of(context: &PageContext<'_>, api: Option<&str>, reference: &str) -> Option<Subject> {
    let portal = context.portal();
    let api = api.and_then(|id| portal.api_of_id(id));
    match context.renderer.graph.references.operation(reference, api) {
        Target::Page { subject, .. } => Some(subject),
        _ => None,
    }
}

/// Returns the first paragraph of a Markdown text without markup; what it begins with otherwise is passed over.
pub fn first_paragraph(body: &Markdown) -> Option<String> {
    let blocks = blocks::parse(&body.source.text, body.range.clone());
    let paragraph = |block: &blocks::Block| {
        let words = block.words();
        (block.kind == blocks::Kind::Paragraph && !words.is_empty() && !words.starts_with(":::")).then_some(words)
    };
    blocks.iter().find_map(paragraph)
}

/// Returns the links that are not among others.
pub fn not_among(links: Vec<PageLink>, others: &[PageLink]) -> Vec<PageLink> {
    links.into_iter().filter(|link| !others.iter().any(|other| other.href == link.href)).collect()
}

/// Returns values without those that came before.
pub fn unique<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values {
        if !found.iter().any(|known| known == value) {
            found.push(value.to_owned());
        }
    }
    found
}

/// Returns what a list can be filtered by; with one value there is nothing to choose.
pub fn choices(apis: Vec<String>, kinds: Vec<String>) -> Vec<FilterGroup> {
    let groups = [("api", apis), ("kind", kinds)].map(|(key, values)| FilterGroup { key, values });
    groups.into_iter().filter(|group| group.values.len() > 1).collect()
}

/// Returns the whole sentences that fit, else the beginning of the first one.
pub fn sentences(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let limit = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let mut ends = text[..limit].match_indices(['.', '?', '!']).map(|(at, mark)| at + mark.len());
    match ends.rfind(|end| text[*end..].starts_with(' ') && *end * 3 > limit) {
        Some(end) => text[..end].to_owned(),
        None => cut(text, most),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_shown_by_day_and_month_name() {
        assert_eq!(DateView::new(jiff::civil::date(2026, 3, 4)).shown, "4 Mar 2026");
    }

    #[test]
    fn texts_are_cut_between_words() {
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("one, two", 6), "one…");
        assert_eq!(cut("äöüäöü", 3), "äöü…");
        assert_eq!(cut("short", 9), "short");
    }

    #[test]
    fn summaries_end_with_a_sentence_where_one_ends() {
        assert_eq!(sentences("One is here. Two is longer than that.", 20), "One is here.");
        assert_eq!(sentences("A. Two is longer than that.", 20), "A. Two is longer…");
        assert_eq!(sentences("Version 1.2 is out now", 12), "Version 1.2…");
    }

    #[test]
    fn a_group_whose_upper_one_is_empty_moves_up() {
        let group = |title: Option<&str>, level| RowGroup {
            title: title.map(str::to_owned),
            href: None,
            summary: None,
            level,
            rows: Vec::new(),
        };
        let mut groups =
            [group(None, 2), group(Some("a"), 3), group(Some("b"), 4), group(Some("c"), 2), group(Some("d"), 4)];
        close_gaps(&mut groups);
        assert_eq!(groups.map(|group| group.level), [2, 2, 3, 2, 3]);
    }

    #[test]
    fn keys_become_words_and_reading_takes_a_minute_at_least() {
        assert_eq!(words("support-engineer"), "Support engineer");
        assert_eq!((reading_minutes(0), reading_minutes(401)), (1, 3));
    }
}
