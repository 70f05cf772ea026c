//! One item of a ROADMAP.md before it gets its id: what its heading, bullet or row says, over what stands above it.

use std::ops::Range;

use super::fields::{self, Field, Fields, Row};
use super::status;
use super::target::{self, Horizon, When};
use crate::load::blocks::{Inline, fold_space};
use crate::model::roadmap::{Column, Status, Target};

/// The longest title; what is longer is cut at a sentence or word, and its body has all of it.
const LONGEST_TITLE: usize = 120;

/// What is known of an item.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// Its status; planned when nothing says one.
    pub status: Option<Status>,
    /// The author's word for it.
    pub status_written: Option<String>,
    /// A status in words that are not known.
    pub unknown_status: Option<String>,
    /// When it is expected.
    pub when: Option<When>,
    /// A time in words that are not known.
    pub unknown_when: Option<String>,
    /// Facets.
    pub tags: Vec<String>,
    /// URLs.
    pub evidence: Vec<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Its text.
    pub body: Range<usize>,
    /// Where it stands.
    pub place: Range<usize>,
}

impl Draft {
    /// Takes the title, and the status or time that stands beside it. Returns true when there was a status.
    pub fn set_title(&mut self, head: &Inline, year: Option<i16>) -> bool {
        let (words, found) = status::split_off(&head.text);
        let has_status = found.is_some();
        if let Some((status, written)) = found {
            self.set_status(status, written);
        }
        let words = match words.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
            Some((before, inside)) if self.set_time_in_brackets(inside, year) => before.trim().to_string(),
            _ => words,
        };
        let title = bold_lead(head).unwrap_or_else(|| shortened(&words));
        self.title = without_stop(&title).to_string();
        has_status
    }

    fn set_time_in_brackets(&mut self, words: &str, year: Option<i16>) -> bool {
        let is_time = target::times(words, year).is_some_and(|times| times.rest.is_empty() && times.exact);
        let when = target::read(words, year).filter(|_| is_time);
        let found = when.is_some();
        self.when = when.or(self.when.take());
        found
    }

    /// Returns true when the title is all that a text says.
    pub fn title_is(&self, text: &str) -> bool {
        self.title == without_stop(&fold_space(text))
    }

    fn set_status(&mut self, status: Status, written: Option<String>) {
        self.status_written = written.filter(|written| !written.eq_ignore_ascii_case(status.word()));
        self.status = Some(status);
    }

    /// Takes the facts that stand beside the item.
    pub fn set_facts(&mut self, facts: &Fields, year: Option<i16>) {
        if let Some(value) = facts.get(Field::Status) {
            match status::of_value(value) {
                Some(status) => self.set_status(status, Some(value.to_string())),
                None => self.unknown_status = Some(value.to_string()),
            }
        }
        if let Some(value) = facts.get(Field::When) {
            match target::read(value, year) {
                Some(when) => self.when = Some(when),
                None => self.unknown_when = Some(value.to_string()),
            }
        }
        self.owner = facts.get(Field::Owner).map(str::to_string).or(self.owner.take());
        let tags = facts.all.iter().filter(|(field, value)| *field == Field::Tag && fields::is_said(value));
        self.tags.extend(tags.map(|(_, value)| value.clone()));
        self.evidence.extend(facts.links.iter().cloned());
    }

    /// Returns the target; what is not understood is shown as written.
    pub fn target(&self) -> Option<Target> {
        let unknown = self.unknown_when.as_ref().map(|written| Target { shown: written.clone(), days: None });
        unknown.or_else(|| self.when.as_ref().map(|when| when.target.clone()))
    }

    /// Returns the column by [`column`]'s rule.
    pub fn column(&self) -> Column {
        let when = self.when.as_ref().filter(|_| self.unknown_when.is_none());
        column(self.status.unwrap_or(Status::Planned), when)
    }
}

/// Returns the column of an item, as [`Column`] documents it.
pub fn column(status: Status, when: Option<&When>) -> Column {
    match (status, when.and_then(|when| when.horizon)) {
        (Status::Shipped, _) => Column::Shipped,
        (Status::Declined, _) => Column::Declined,
        (_, Some(Horizon::Now)) => Column::Now,
        (_, Some(Horizon::Next)) => Column::Next,
        (_, Some(Horizon::Later)) => Column::Later,
        (Status::Building | Status::Preview, None) => Column::Now,
        (Status::Planned, None) if when.is_some_and(|when| when.target.days.is_some()) => Column::Next,
        (Status::Planned | Status::Idea | Status::Exploring, None) => Column::Later,
    }
}

/// Makes the item of a table's row over what the headings above it say.
pub fn of_row(text: &str, mut draft: Draft, row: &Row<'_>, year: Option<i16>) -> Draft {
    draft.set_title(&row.title.inline, year);
    draft.set_facts(&row.fields, year);
    draft.place = inside(text, &row.title.range);
    let cut = !draft.title_is(&row.title.inline.text);
    let said = |text: &str| fields::is_said(text) && status::whole(text).is_none();
    draft.body = match row.description.filter(|cell| said(&cell.inline.text)) {
        Some(cell) => inside(text, &cell.range),
        None if cut => draft.place.clone(),
        None => draft.place.end..draft.place.end,
    };
    draft
}

/// The bold beginning of a bullet that goes on: `**Webhooks:** one for each event`.
fn bold_lead(head: &Inline) -> Option<String> {
    let strong = head.strong.first().filter(|_| head.starts_strong() && !head.is_all_strong())?;
    let lead = fold_space(&head.text[strong.clone()]);
    let after = head.text[strong.end..].trim_start();
    (lead.ends_with(':') || after.starts_with([':', '-', '–', '—'])).then(|| lead.trim_end_matches(':').to_string())
}

/// The first sentence when all is too long for a title, else as many words as fit.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_TITLE {
        return text.to_string();
    }
    let begins_sentence = |rest: &str| rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let ends = text.match_indices([':', '.', ';']).filter(|(at, _)| *at > 15 && begins_sentence(&text[at + 1..]));
    let mut sentences = ends.map(|(at, _)| &text[..at]);
    if let Some(sentence) = sentences.find(|sentence| sentence.chars().count() <= LONGEST_TITLE) {
        return sentence.to_string();
    }
    let end = text.char_indices().nth(LONGEST_TITLE).map_or(text.len(), |(at, _)| at);
    let cut = text[..end].rsplit_once(' ').map_or(&text[..end], |(words, _)| words);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '(']))
}

/// A title ends without a full stop or colon.
fn without_stop(title: &str) -> &str {
    let title = title.trim_end_matches(':').trim_end();
    if title.ends_with("..") || title.ends_with("etc.") { title } else { title.trim_end_matches('.') }
}

/// Returns true for words that are one link and nothing else.
pub fn is_only_a_link(head: &Inline) -> bool {
    head.links.len() == 1 && head.links[0].1.len() >= head.text.trim().len()
}

/// The words of a cell without the space around them.
fn inside(text: &str, cell: &Range<usize>) -> Range<usize> {
    let words = text.get(cell.clone()).unwrap_or("");
    let start = cell.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}
