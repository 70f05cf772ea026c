//! Twins of what people write: documents, releases, roadmap items.

use std::ops::Range;

use super::{LONGEST_LIST, Twin, links, one_line};
use crate::load::markdown::directive::{Edge, Role};
use crate::load::markdown::prepare::{Dialect, prepare};
use crate::model::document::{Document, DocumentKind, Markdown};
use crate::model::roadmap::Column;
use crate::model::route::{ApiIndex, Subject};
use crate::render::pages::parts::{after_title, operation_of, text_range};

impl Twin<'_> {
    pub(super) fn document(&mut self, document: &Document) {
        let front = &document.front;
        if let Some(text) = &front.description {
            self.line(&format!("> {}", one_line(text)));
        }
        for (label, text) in [("For", &front.persona), ("Goal", &front.goal), ("Job", &front.job)] {
            if let Some(text) = text {
                self.line(&format!("{label}: {}", one_line(text)));
            }
        }
        let api = document.api.as_deref();
        self.markdown(&document.body, text_range(document), api.and_then(|id| self.context.portal().api_of_id(id)));
        for (label, text) in [("Done when", &front.done_when), ("Outcome", &front.outcome)] {
            if let Some(text) = text {
                self.line(&format!("{label}: {}", one_line(text)));
            }
        }
        if !front.calls.is_empty() {
            self.line("## Calls");
        }
        for call in &front.calls {
            let subject = operation_of(&self.context, api, &call.reference);
            let entry = subject.and_then(|subject| self.entry(subject));
            self.item(&entry.unwrap_or_else(|| format!("`{}`", call.reference)));
        }
        self.end_list();
    }

    /// Adds a stretch of one of the portal's own texts.
    pub(super) fn markdown(&mut self, body: &Markdown, range: Range<usize>, api: Option<ApiIndex>) {
        let text = body.source.text.get(range).unwrap_or("");
        let text = self.for_readers(text, Dialect::of(body.path()));
        let new = links::rewritten(&text, &|written| match written.starts_with('#') {
            true => None,
            false => self.target(body.path(), api, written),
        });
        if !new.trim().is_empty() {
            self.line(new.trim_matches('\n'));
        }
    }

    /// Takes out what is only for audiences that this portal is not for.
    fn for_readers(&self, text: &str, dialect: Dialect) -> String {
        let prepared = prepare(text, dialect);
        let ours = self.context.portal().settings.audience.as_deref();
        let mut hidden: Vec<Range<usize>> = Vec::new();
        // Where each open container begins, when it is one that hides.
        let mut open: Vec<Option<usize>> = Vec::new();
        for (_, directive) in &prepared.markers {
            match directive.edge {
                Edge::Open => {
                    let wanted = directive.attribute("audience").or(directive.title.as_deref()).unwrap_or("");
                    let for_us = ours.is_some_and(|ours| wanted.split([',', ' ']).any(|one| one.trim() == ours));
                    let hides = directive.role() == Role::Only && !for_us;
                    open.push(hides.then_some(directive.range.start));
                }
                Edge::Close => {
                    if let Some(Some(start)) = open.pop() {
                        hidden.push(start..directive.range.end);
                    }
                }
                Edge::Leaf => {}
            }
        }
        // What is not closed hides the rest.
        hidden.extend(open.into_iter().flatten().map(|start| start..text.len()));
        hidden.sort_by_key(|range| range.start);
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for range in hidden.into_iter().filter(|range| range.end <= text.len()) {
            if range.start >= at {
                out.push_str(&text[at..range.start]);
            }
            at = at.max(range.end);
        }
        out.push_str(&text[at.min(text.len())..]);
        out
    }

    pub(super) fn home(&mut self) {
        let portal = self.context.portal();
        let home = portal.documents().find(|(_, document)| document.kind == DocumentKind::Home);
        match home {
            Some((_, home)) => self.document(home),
            None => {
                if let Some(text) = &portal.settings.description {
                    self.line(&format!("> {}", one_line(text)));
                }
            }
        }
        self.children();
    }

    pub(super) fn release(&mut self, log: u32, number: u32) {
        let portal = self.context.portal();
        let Some(log) = portal.changelogs.get(log as usize) else { return };
        let Some(release) = log.releases.get(number as usize) else { return };
        if let Some(date) = release.date.map(|date| date.to_string()).or(release.date_written.clone()) {
            self.line(&format!("Released {date}."));
        }
        let api = log.api.as_deref().and_then(|id| portal.api_of_id(id));
        let same = *release.place.path() == *log.body.path();
        if same {
            self.markdown(&log.body, release.range.clone(), api);
        } else {
            for entry in &release.entries {
                self.item(&format!("{}: {}", entry.kind.word(), entry.text));
            }
            self.end_list();
        }
    }

    pub(super) fn changelog_text(&mut self, log: u32) {
        let portal = self.context.portal();
        let Some(log) = portal.changelogs.get(log as usize) else { return };
        let api = log.api.as_deref().and_then(|id| portal.api_of_id(id));
        self.markdown(&log.body, log.body.range.clone(), api);
    }

    pub(super) fn changelog(&mut self, api: Option<ApiIndex>) {
        let portal = self.context.portal();
        for (at, log) in portal.changelogs.iter().enumerate() {
            let owner = log.api.as_deref().and_then(|id| portal.api_of_id(id));
            if api.is_some() && owner != api {
                continue;
            }
            for (number, release) in log.releases.iter().enumerate().take(LONGEST_LIST) {
                let Some(link) = self.link(Subject::Release(at as u32, number as u32)) else { continue };
                let date = release.date.map_or(String::new(), |date| format!(" ({date})"));
                let first: Vec<&str> = release.entries.iter().take(3).map(|entry| entry.text.as_str()).collect();
                let text =
                    if first.is_empty() { String::new() } else { format!(": {}", one_line(&first.join(" · "))) };
                self.item(&format!("{link}{date}{text}"));
            }
        }
        self.end_list();
    }

    pub(super) fn roadmap_item(&mut self, at: u32) {
        let portal = self.context.portal();
        let Some(item) = portal.roadmap.get(at as usize) else { return };
        self.item(&format!("Status: {}", item.status_written.as_deref().unwrap_or(item.status.word())));
        if let Some(target) = &item.target {
            self.item(&format!("When: {}", target.shown));
        }
        for (reference, _) in &item.adds {
            let api = item.apis.first().map(|id| &**id);
            let link = operation_of(&self.context, api, reference).and_then(|subject| self.entry(subject));
            self.item(&format!("Adds {}", link.unwrap_or_else(|| format!("`{reference}`"))));
        }
        self.end_list();
        let api = item.apis.first().and_then(|id| portal.api_of_id(id));
        self.markdown(&item.body, after_title(&item.body, &item.title), api);
    }

    pub(super) fn roadmap(&mut self) {
        let columns = [
            (Column::Now, "Now"),
            (Column::Next, "Next"),
            (Column::Later, "Later"),
            (Column::Shipped, "Shipped"),
            (Column::Declined, "Declined"),
        ];
        let portal = self.context.portal();
        for (column, title) in columns {
            let items = portal.roadmap.iter().enumerate().filter(|(_, item)| item.column == column);
            for (number, (at, item)) in items.enumerate() {
                if number == 0 {
                    self.line(&format!("## {title}"));
                }
                let title = self.link(Subject::RoadmapItem(at as u32)).unwrap_or_else(|| item.title.clone());
                let when = item.target.as_ref().map_or(String::new(), |target| format!(", {}", target.shown));
                self.item(&format!("{title} ({}{when})", item.status.word()));
            }
            self.end_list();
        }
    }
}
