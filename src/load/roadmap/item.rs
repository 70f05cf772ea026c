//! One file of `roadmap/`: its front matter to an item.

use std::sync::Arc;

use super::draft::column;
use super::status;
use super::target::{self, When};
use crate::diag::codes::{document, history};
use crate::diag::{Code, Diagnostic, Place, SourceText};
use crate::load::dates;
use crate::model::Text;
use crate::model::document::Markdown;
use crate::model::node::{Entry, Node, Span};
use crate::model::roadmap::{RoadmapItem, Status, Target};
use crate::slug::{Slugs, slug};
use crate::text::{title_of_name, without_order_prefix};

/// Keys that mean something; `contract` is kept for templates without a word.
const KEYS: &[&str] = &[
    "id", "title", "status", "when", "apis", "api", "kind", "adds", "depends", "evidence", "owner", "tags", "updated",
    "shipped", "draft", "audience", "contract", "slug", "type",
];

/// Reads the keys of the front matter; reports what is not understood and goes on without it.
struct Reader<'a> {
    source: &'a Arc<SourceText>,
    front: &'a Node,
    problems: &'a mut Vec<Diagnostic>,
}

/// Makes the item of a file from its front matter and its text.
pub fn load(
    source: &Arc<SourceText>,
    body: Markdown,
    front: &Node,
    api: Option<Text>,
    problems: &mut Vec<Diagnostic>,
) -> RoadmapItem {
    let mut reader = Reader { source, front, problems };
    let (_, stem) = without_order_prefix(source.path.stem());
    let heading = body.headings.first().filter(|heading| heading.level == 1).map(|heading| heading.text.clone());
    let title = reader
        .text("title")
        .or(heading)
        .filter(|title| !title.trim().is_empty())
        .unwrap_or_else(|| title_of_name(stem));
    let id = reader.text("id").unwrap_or_else(|| {
        if slug(stem).is_empty() { Slugs::default().take(&title, &title).to_string() } else { slug(stem) }
    });
    let (status, status_written) = reader.status();
    let when = reader.when();
    let (unknown, known) =
        when.map_or((None, None), |when| when.map_or_else(|target| (Some(target), None), |when| (None, Some(when))));
    let apis = reader.texts("apis").into_iter().chain(reader.texts("api")).map(|(id, _)| Text::from(id));
    let mut apis: Vec<Text> = apis.collect();
    if apis.is_empty() {
        apis.extend(api);
    }
    RoadmapItem {
        slug: Slugs::default().take(&reader.text("slug").unwrap_or_else(|| id.clone()), &id).to_string(),
        title,
        status,
        status_written,
        column: column(status, known.as_ref()),
        target: unknown.or(known.map(|when| when.target)),
        apis,
        kind: reader.text("kind"),
        tags: reader.values("tags"),
        adds: reader.texts("adds"),
        depends: reader.texts("depends"),
        evidence: reader.values("evidence"),
        owner: reader.text("owner"),
        updated: reader.day("updated"),
        shipped: reader.day("shipped"),
        draft: reader.flag("draft"),
        audience: reader.values("audience"),
        extra: reader.extra(),
        place: Place::top(source),
        body,
        id,
    }
}

impl Reader<'_> {
    fn place(&self, span: Span) -> Place {
        Place::new(self.source, span.start as usize..span.end as usize)
    }

    fn report(&mut self, code: &'static Code, span: Span, message: String, help: &str) {
        self.problems.push(Diagnostic::new(code, self.place(span), message).help(help));
    }

    /// Text, or a number or boolean as written; empty is nothing.
    fn text(&mut self, key: &str) -> Option<String> {
        let node = self.front.get(key).filter(|node| !node.is_null())?;
        match node.as_text() {
            Some(text) => Some(text.trim().to_string()).filter(|text| !text.is_empty()),
            None => {
                self.report(
                    history::UNUSABLE_VALUE,
                    node.span,
                    format!("`{key}` holds {}", node.kind_word()),
                    "write text",
                );
                None
            }
        }
    }

    /// A text or a list of texts, each with its place.
    fn texts(&mut self, key: &str) -> Vec<(String, Place)> {
        let Some(node) = self.front.get(key).filter(|node| !node.is_null()) else { return Vec::new() };
        let nodes = if node.is_list() { node.items() } else { std::slice::from_ref(node) };
        let mut texts = Vec::new();
        for node in nodes {
            match written(node) {
                Some(text) => texts.push((text, self.place(node.span))),
                None => self.report(
                    history::UNUSABLE_VALUE,
                    node.span,
                    format!("`{key}` holds {}", node.kind_word()),
                    "write a list of texts",
                ),
            }
        }
        texts.retain(|(text, _)| !text.is_empty());
        texts
    }

    fn values(&mut self, key: &str) -> Vec<String> {
        self.texts(key).into_iter().map(|(text, _)| text).collect()
    }

    fn flag(&mut self, key: &str) -> bool {
        match self.front.get(key) {
            Some(node) if node.as_bool().is_none() && !node.is_null() => {
                self.report(
                    history::UNUSABLE_VALUE,
                    node.span,
                    format!("`{key}` holds {}", node.kind_word()),
                    "write `true` or `false`",
                );
                false
            }
            node => node.and_then(Node::as_bool).unwrap_or(false),
        }
    }

    /// The status and the author's word for it; planned when there is none.
    fn status(&mut self) -> (Status, Option<String>) {
        let Some(written) = self.text("status") else { return (Status::Planned, None) };
        let status = status::of_value(&written);
        if status.is_none() {
            let span = self.front.get("status").map_or(Span::default(), |node| node.span);
            self.problems.push(unknown_status(&written, self.place(span)));
        }
        let status = status.unwrap_or(Status::Planned);
        (status, Some(written).filter(|written| !written.eq_ignore_ascii_case(status.word())))
    }

    /// What `when` says; the error is a target that is only shown.
    fn when(&mut self) -> Option<Result<When, Target>> {
        let written = self.text("when").filter(|written| super::fields::is_said(written))?;
        let when = target::read(&written, None).filter(|when| when.horizon.is_some() || when.target.days.is_some());
        Some(when.ok_or_else(|| {
            let span = self.front.get("when").map_or(Span::default(), |node| node.span);
            self.problems.push(unknown_date(&written, self.place(span)));
            Target { shown: written, days: None }
        }))
    }

    fn day(&mut self, key: &str) -> Option<jiff::civil::Date> {
        let written = self.text(key).filter(|written| !matches!(&**written, "true" | "false"))?;
        let day = match dates::find(&written, 0)?.meaning {
            dates::Meaning::Day(day) => Some(day),
            _ => None,
        };
        if day.is_none() {
            let span = self.front.get(key).map_or(Span::default(), |node| node.span);
            let message = format!("`{key}` holds `{written}`, which is no day");
            self.report(document::UNKNOWN_DATE, span, message, "write year-month-day, such as `2027-03-14`");
        }
        day
    }

    fn extra(&mut self) -> Vec<Entry> {
        let unknown = self.front.entries().iter().filter(|entry| !KEYS.contains(&&*entry.key));
        let extra: Vec<Entry> = unknown.cloned().collect();
        for entry in &extra {
            let place = self.place(entry.key_span);
            let near = KEYS
                .iter()
                .filter(|key| strsim::damerau_levenshtein(key, &entry.key) < 3)
                .min_by_key(|key| strsim::damerau_levenshtein(key, &entry.key));
            let help = near.map_or("leave it when a template of yours uses it".to_string(), |key| {
                format!("did you mean `{key}`?")
            });
            self.problems.push(
                Diagnostic::new(
                    history::UNKNOWN_ROADMAP_KEY,
                    place,
                    format!("a roadmap item has no key `{}`", entry.key),
                )
                .help(help),
            );
        }
        let kept = self.front.entries().iter().filter(|entry| matches!(&*entry.key, "contract"));
        extra.into_iter().chain(kept.cloned()).collect()
    }
}

/// A text, or the only entry of a map: YAML reads `- wait: name` and `- webhook: x` as maps.
fn written(node: &Node) -> Option<String> {
    match node.entries() {
        [entry] => Some(format!("{}:{}", entry.key, entry.value.as_text()?)),
        _ => node.as_text().map(|text| text.trim().to_string()),
    }
}

/// Makes the diagnostic for a status that no table has.
pub fn unknown_status(written: &str, place: Place) -> Diagnostic {
    let accepted = Status::ALL.map(|(_, word)| word).join(", ");
    Diagnostic::new(history::UNKNOWN_STATUS, place, format!("the status `{written}` is not known"))
        .help(format!("use one of {accepted}"))
}

/// Makes the diagnostic for a time that is not understood.
pub fn unknown_date(written: &str, place: Place) -> Diagnostic {
    Diagnostic::new(document::UNKNOWN_DATE, place, format!("`{written}` names no time that is known"))
        .help("write a date (`2027-03-14`), month (`2027-03`), quarter (`2027-Q1`), half (`2027-H1`), year, `now`, `next` or `later`")
}
