//! The API reference in HTML: schema trees, parameters, bodies, responses, security, servers.
//!
//! [`Reference`] is one page of the reference while it is written. It knows the page's context, gives every anchor
//! once, expands a named schema once, and stops to inline when the page's budget is spent: from there on the link to
//! the schema's own page stands alone. Everything is written as safe HTML; templates only place it.

pub mod badges;
pub mod bodies;
pub mod callbacks;
mod choices;
pub mod deprecation;
mod elsewhere;
pub mod examples;
mod facts;
mod fields;
pub mod links;
mod notes;
pub mod parameters;
mod parts;
pub mod related;
pub mod responses;
pub mod security;
pub mod servers;
pub mod status;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod tree;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::PageContext;
use super::html::{HtmlBuilder, SafeHtml};
use crate::model::api::{Api, ExternalDocs, Operation, Problem, Prose, SchemaId};
use crate::model::node::Entry;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Subject};
use crate::model::settings::Settings;
use crate::schema::usage::{self, Usage};
use crate::schema::{Direction, Index, Schemas, words};
use crate::search::plain;

/// Bytes of schema trees that a page may hold before links take over; a page aims at 300 KB in all, and most of an
/// ordinary page's readers never open the deeper parts.
const TREE_BYTES: usize = 60_000;

/// What is known of an API as a whole: made when the first of its pages is asked for.
#[derive(Debug)]
pub struct ApiFacts {
    /// Which schemas extend which.
    pub index: Index,
    /// Who uses which schema.
    pub usage: Usage,
    /// The schemas that look different in requests and responses.
    pub one_way: Vec<bool>,
    /// Which operations belong together.
    pub neighbours: related::Neighbours,
}

/// The facts of every API of a portal.
#[derive(Debug, Default)]
pub struct Facts {
    apis: Vec<OnceLock<ApiFacts>>,
}

impl Facts {
    /// Makes room for the facts of every API; nothing is computed yet.
    pub fn new(portal: &Portal) -> Facts {
        Facts { apis: portal.apis.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Returns the facts of an API of the portal that this was made for.
    pub fn of(&self, at: ApiIndex, api: &Api) -> &ApiFacts {
        self.apis[at.0 as usize].get_or_init(|| {
            let index = Index::new(api);
            let usage = Usage::new(Schemas { api, index: &index });
            let one_way = usage::one_way(Schemas { api, index: &index });
            ApiFacts { index, usage, one_way, neighbours: related::Neighbours::new(api) }
        })
    }
}

/// One page of the reference while it is written.
#[derive(Debug)]
pub struct Reference<'a> {
    /// The page's context.
    pub context: PageContext<'a>,
    /// Which API.
    pub at: ApiIndex,
    /// The API.
    pub api: &'a Api,
    /// Its schemas.
    pub schemas: Schemas<'a>,
    /// Who uses them.
    pub usage: &'a Usage,
    /// The schemas that look different in requests and responses, by index.
    pub one_way: &'a [bool],
    /// Which operations belong together.
    pub neighbours: &'a related::Neighbours,
    /// The portal's settings.
    pub settings: &'a Settings,
    ids: HashSet<String>,
    expanded: HashSet<(SchemaId, Direction)>,
    open: Vec<SchemaId>,
    spent: usize,
    texts: usize,
    hrefs: HashMap<SchemaId, Option<String>>,
}

impl<'a> Reference<'a> {
    /// Begins a page of an API.
    pub fn new(context: &PageContext<'a>, at: ApiIndex) -> Reference<'a> {
        let portal = context.portal();
        let api = portal.api(at);
        let facts = context.renderer.reference.of(at, api);
        Reference {
            context: *context,
            at,
            api,
            schemas: Schemas { api, index: &facts.index },
            usage: &facts.usage,
            one_way: &facts.one_way,
            neighbours: &facts.neighbours,
            settings: &portal.settings,
            ids: HashSet::new(),
            expanded: HashSet::new(),
            open: Vec::new(),
            spent: 0,
            texts: 0,
            hrefs: HashMap::new(),
        }
    }

    /// Returns an anchor that no other element of the page has: the wanted one, or one with a number.
    pub fn id(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_string();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        id
    }

    /// Renders CommonMark of the description, its headings below `h{base - 1}`.
    pub fn prose(&self, prose: &Prose, base: u8, prefix: &str) -> SafeHtml {
        self.context.prose(self.at, prose, base, prefix)
    }

    /// Adds CommonMark in a block of its own.
    pub(crate) fn push_prose(&mut self, html: &mut HtmlBuilder, class: &str, prose: &Prose) {
        if prose.text.trim().is_empty() {
            return;
        }
        self.spent += prose.text.len() + 60;
        html.push_markup("<div");
        html.push_attribute("class", class);
        html.push_markup(">");
        let prefix = self.text_prefix(&prose.text);
        html.push_safe(&self.prose(prose, 5, &prefix));
        html.push_markup("</div>");
    }

    /// Returns what the anchors of a text begin with, so that no two texts of a page share one: headings, footnotes and
    /// anchors of its own.
    fn text_prefix(&mut self, text: &str) -> String {
        if !text.contains(['#', '^', '<']) && !text.contains("\n=") && !text.contains("\n-") {
            return String::new();
        }
        self.texts += 1;
        format!("text{}-", self.texts)
    }

    /// Adds the path item's summary and description, which hold for each of its operations.
    pub fn push_shared(&mut self, html: &mut HtmlBuilder, operation: &Operation, prefix: &str) {
        let own_summary = operation.summary.as_deref().unwrap_or("");
        let summary = operation.shared_summary.as_deref().filter(|summary| *summary != own_summary);
        if summary.is_none() && operation.shared_description.is_none() {
            return;
        }
        html.push_markup("<div class=\"op__shared\"><p>For every operation of this path:");
        if let Some(summary) = summary {
            html.push_text(" ");
            html.push_text(summary);
        }
        html.push_markup("</p>");
        if let Some(prose) = &operation.shared_description {
            html.push_safe(&self.prose(prose, 3, prefix));
        }
        html.push_markup("</div>");
    }

    /// Returns the tags of an operation that are no badges, with their indices; `None` for one that only a callback has.
    pub fn plain_tags(&self, operation: &'a Operation) -> Vec<(&'a str, Option<u32>)> {
        let at = |name: &str| self.api.tags.iter().position(|tag| *tag.name == *name);
        let tags = operation.tags.iter().map(|name| (&**name, at(name)));
        let plain = tags.filter(|(_, at)| at.is_none_or(|at| !badges::is_badge(&self.api.tags[at])));
        plain.map(|(name, at)| (name, at.map(|at| at as u32))).collect()
    }

    /// Adds external documentation with the extensions that the settings show.
    pub fn push_docs(&self, html: &mut HtmlBuilder, docs: &ExternalDocs) {
        push_docs_link(html, docs);
        self.push_extensions(html, &docs.extensions);
    }

    /// Returns the link to the page of a named schema.
    pub(crate) fn schema_href(&mut self, id: SchemaId) -> Option<String> {
        let (context, at) = (self.context, self.at);
        self.hrefs.entry(id).or_insert_with(|| context.href(Subject::Schema(at, id))).clone()
    }

    /// Adds the name of a schema, as a link to its page when it has one.
    pub(crate) fn push_schema_name(&mut self, html: &mut HtmlBuilder, id: SchemaId) {
        let name = self.schemas.name(id);
        match self.schema_href(id) {
            Some(href) => {
                html.push_markup("<a");
                html.push_url("href", &href);
                html.push_markup(">");
                html.push_text(name);
                html.push_markup("</a>");
            }
            None => html.push_text(name),
        }
    }

    /// Adds the box for a part that could not be read.
    pub(crate) fn push_problem(&self, html: &mut HtmlBuilder, problem: &Problem) {
        push_box(html, &problem.message, Some(self.place(problem)));
    }

    fn place(&self, problem: &Problem) -> String {
        self.api.sources.place(problem.span).to_string()
    }

    /// Adds the extensions that the settings ask to show.
    pub(crate) fn push_extensions<'e>(&self, html: &mut HtmlBuilder, extensions: impl IntoIterator<Item = &'e Entry>) {
        let shown = |entry: &&Entry| self.settings.show_extensions.iter().any(|name| *name == *entry.key);
        let entries: Vec<&Entry> = extensions.into_iter().filter(shown).collect();
        push_keywords(html, &entries);
    }
}

/// Returns the label of external documentation: its description as plain words on one line, else its URL.
pub fn docs_label(docs: &ExternalDocs) -> String {
    let text = docs.description.as_ref().map(|prose| prose.text.trim()).filter(|text| !text.is_empty());
    text.map_or_else(|| docs.url.to_string(), |text| plain(text).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Adds a link to external documentation.
pub fn push_docs_link(html: &mut HtmlBuilder, docs: &ExternalDocs) {
    push_link(html, &docs.url, &docs_label(docs));
}

/// Adds a link, or only its text when the URL may not be linked.
pub fn push_link(html: &mut HtmlBuilder, url: &str, text: &str) {
    let mut link = HtmlBuilder::new();
    link.push_markup("<a");
    if !link.push_url("href", url) {
        html.push_text(text);
        if text != url {
            html.push_markup(" <code>");
            html.push_text(url);
            html.push_markup("</code>");
        }
        return;
    }
    html.push_safe(&link.finish());
    html.push_markup(">");
    html.push_text(text);
    html.push_markup("</a>");
}

/// Adds a box that says what is wrong with the description at this place.
pub fn push_box(html: &mut HtmlBuilder, message: &str, place: Option<String>) {
    html.push_markup(
        "<div class=\"callout callout--caution\"><p class=\"callout__title\">Problem in the description</p><p>",
    );
    push_ticked(html, message);
    if let Some(place) = place {
        html.push_markup(" <code>");
        html.push_text(&place);
        html.push_markup("</code>");
    }
    html.push_markup("</p></div>");
}

/// Adds text in which backticks mark code.
pub fn push_ticked(html: &mut HtmlBuilder, text: &str) {
    for (at, piece) in text.split('`').enumerate() {
        match at % 2 {
            0 => html.push_text(piece),
            _ => push_code(html, piece),
        }
    }
}

/// Adds inline code.
pub fn push_code(html: &mut HtmlBuilder, code: &str) {
    html.push_markup("<code>");
    html.push_text(code);
    html.push_markup("</code>");
}

/// Adds keywords with their values as they stand.
pub fn push_keywords(html: &mut HtmlBuilder, entries: &[&Entry]) {
    if entries.is_empty() {
        return;
    }
    html.push_markup("<ul class=\"field__facts\">");
    for entry in entries {
        html.push_markup("<li><code>");
        html.push_text(&entry.key);
        html.push_markup("</code> ");
        push_code(html, &words::plain(&entry.value));
        html.push_markup("</li>");
    }
    html.push_markup("</ul>");
}
