//! The section menus, rendered once per portal and depth; a page only opens its own branch and marks its own row.
//!
//! Rendering a menu of a thousand operations into each of a thousand pages is the costliest mistake a portal can make,
//! so closed groups are strings made once, and menus of more than `LEAN` rows leave the rows of closed groups out: the
//! group's title then leads to its page.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::html::{HtmlBuilder, SafeHtml};
use crate::model::api::{Operation, OperationKind};
use crate::model::document::DocumentKind;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, DocumentIndex, Subject, Url};

/// Rows from which on closed groups are left out of a menu.
const LEAN: usize = 200;

/// Which menu a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MenuKey {
    /// The menu of an API's pages.
    Api(ApiIndex),
    /// The menu of a top section of documents: index into the portal's sections.
    Section(usize),
}

/// One entry of a menu before it is rendered.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A page.
    Row(Subject),
    /// A group: its title, the page that its title leads to when its rows are left out, and its entries.
    Group(String, Option<Subject>, Vec<Entry>),
}

/// A menu as it looks from pages of one depth.
type Rendered = Arc<Vec<Item>>;

/// The menus of a portal.
#[derive(Debug)]
pub struct Menus {
    entries: BTreeMap<MenuKey, Vec<Entry>>,
    key_of: HashMap<Subject, MenuKey>,
    neighbours: HashMap<Subject, (Option<Subject>, Option<Subject>)>,
    rendered: Mutex<HashMap<(MenuKey, usize), Rendered>>,
}

impl Menus {
    /// Plans every menu of a portal.
    pub fn new(portal: &Portal) -> Menus {
        let mut entries = BTreeMap::new();
        for (at, _) in portal.sections.iter().enumerate().filter(|(_, section)| section.top && section.api.is_none()) {
            entries.insert(MenuKey::Section(at), section_entries(portal, at));
        }
        for at in 0..portal.apis.len() {
            let index = ApiIndex(at as u32);
            entries.insert(MenuKey::Api(index), api_entries(portal, index));
        }
        let mut menus =
            Menus { entries, key_of: HashMap::new(), neighbours: HashMap::new(), rendered: Mutex::default() };
        menus.index(portal);
        menus
    }

    fn index(&mut self, portal: &Portal) {
        for (key, entries) in &self.entries {
            let mut rows = Vec::new();
            let mut seen = HashSet::new();
            flatten(entries, &mut |subject| {
                if portal.routes.of(subject).is_some() && seen.insert(subject) {
                    rows.push(subject);
                }
            });
            for (at, &subject) in rows.iter().enumerate() {
                self.key_of.entry(subject).or_insert(*key);
                let before = at.checked_sub(1).map(|at| rows[at]);
                self.neighbours.entry(subject).or_insert((before, rows.get(at + 1).copied()));
            }
        }
    }

    /// Returns the pages before and after a page in its menu.
    pub fn neighbours(&self, subject: Subject) -> (Option<Subject>, Option<Subject>) {
        self.neighbours.get(&subject).copied().unwrap_or_default()
    }

    /// Returns the menu of a page with its branch open; empty when the page has none.
    pub fn html(&self, portal: &Portal, subject: Subject, url: &Url) -> SafeHtml {
        let own = self.key_of.get(&subject).copied();
        let Some(key) = own.or_else(|| menu_of_unlisted(subject)) else { return SafeHtml::default() };
        let depth = url.as_str().matches('/').count();
        let items = self.items(portal, key, depth);
        let mut html = String::from("<ul class=\"nav__list\">");
        items.iter().for_each(|item| item.write(&mut html, subject));
        html.push_str("</ul>");
        SafeHtml::from_trusted(html)
    }

    fn items(&self, portal: &Portal, key: MenuKey, depth: usize) -> Rendered {
        let lock = || self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(items) = lock().get(&(key, depth)) {
            return Arc::clone(items);
        }
        let from = Url::new("x/".repeat(depth));
        let entries = self.entries.get(&key).map_or(&[][..], Vec::as_slice);
        let mut rows = 0;
        flatten(entries, &mut |_| rows += 1);
        let items: Vec<Item> = entries.iter().filter_map(|entry| item(portal, entry, &from, rows > LEAN)).collect();
        let items = Arc::new(items);
        lock().insert((key, depth), Arc::clone(&items));
        items
    }
}

/// Pages that stand in no menu but belong to one.
fn menu_of_unlisted(subject: Subject) -> Option<MenuKey> {
    match subject {
        Subject::Schema(api, _) | Subject::Schemas(api) | Subject::Tag(api, _) | Subject::Operation(api, _) => {
            Some(MenuKey::Api(api))
        }
        _ => None,
    }
}

fn flatten(entries: &[Entry], visit: &mut dyn FnMut(Subject)) {
    for entry in entries {
        match entry {
            Entry::Row(subject) => visit(*subject),
            Entry::Group(_, _, inner) => flatten(inner, visit),
        }
    }
}

fn section_entries(portal: &Portal, at: usize) -> Vec<Entry> {
    let section = &portal.sections[at];
    let mut entries: Vec<Entry> = section.head.map(Subject::Document).map(Entry::Row).into_iter().collect();
    let shown = |index: &&DocumentIndex| !portal.document(**index).front.hidden;
    entries.extend(section.documents.iter().filter(shown).map(|index| Entry::Row(Subject::Document(*index))));
    for &child in &section.children {
        let inner = section_entries(portal, child);
        if !inner.is_empty() {
            let page = portal.sections[child].head.map_or(Subject::Section(child as u32), Subject::Document);
            entries.push(Entry::Group(portal.sections[child].title.clone(), Some(page), inner));
        }
    }
    entries
}

fn api_entries(portal: &Portal, index: ApiIndex) -> Vec<Entry> {
    let edition = portal.edition(index);
    let mut entries = vec![Entry::Row(Subject::Api(index))];
    for (at, section) in portal.sections.iter().enumerate() {
        if section.top && section.api == Some(index) {
            let page = section.head.map_or(Subject::Section(at as u32), Subject::Document);
            entries.push(Entry::Group(section.title.clone(), Some(page), section_entries(portal, at)));
        }
    }
    entries.push(Entry::Row(Subject::Authentication(index)));
    let mut listed = HashSet::new();
    let is_http = |at: &u32| matches!(edition.api.operations[*at as usize].kind, OperationKind::Http { .. });
    for (number, tag) in edition.api.tags.iter().enumerate() {
        let rows: Vec<u32> = tag.operations.iter().copied().filter(is_http).collect();
        listed.extend(rows.iter().copied());
        if !rows.is_empty() {
            let title = tag.label.as_ref().unwrap_or(&tag.name).to_string();
            let rows = rows.into_iter().map(|at| Entry::Row(Subject::Operation(index, at))).collect();
            entries.push(Entry::Group(title, Some(Subject::Tag(index, number as u32)), rows));
        }
    }
    let all = 0..edition.api.operations.len() as u32;
    let untagged: Vec<u32> = all.clone().filter(|at| is_http(at) && !listed.contains(at)).collect();
    push_group(&mut entries, "Operations", index, untagged);
    push_group(&mut entries, "Webhooks", index, all.filter(|at| !is_http(at)).collect());
    entries.push(Entry::Row(Subject::Schemas(index)));
    entries.push(Entry::Row(Subject::Changelog(Some(index))));
    entries
}

fn push_group(entries: &mut Vec<Entry>, title: &str, index: ApiIndex, operations: Vec<u32>) {
    if !operations.is_empty() {
        let rows = operations.into_iter().map(|at| Entry::Row(Subject::Operation(index, at))).collect();
        entries.push(Entry::Group(title.to_owned(), Some(Subject::Api(index)), rows));
    }
}

/// A rendered entry.
#[derive(Debug)]
enum Item {
    /// `<li><a …` up to where `aria-current` may stand, and the rest.
    Row { subject: Subject, before: String, after: String },
    /// A group: what is inside it, its closed form, its open beginning.
    Group { inside: HashSet<Subject>, closed: String, open: String, items: Vec<Item> },
}

impl Item {
    fn write(&self, html: &mut String, current: Subject) {
        match self {
            Item::Row { subject, before, after } => {
                html.push_str(before);
                if *subject == current {
                    html.push_str(" aria-current=\"page\"");
                }
                html.push_str(after);
            }
            Item::Group { inside, closed, .. } if !inside.contains(&current) => html.push_str(closed),
            Item::Group { open, items, .. } => {
                html.push_str(open);
                items.iter().for_each(|item| item.write(html, current));
                html.push_str("</ul></details></li>");
            }
        }
    }
}

fn item(portal: &Portal, entry: &Entry, from: &Url, lean: bool) -> Option<Item> {
    match entry {
        Entry::Row(subject) => row(portal, *subject, from),
        Entry::Group(title, page, entries) => Some(group(portal, title, *page, entries, from, lean)),
    }
}

fn group(portal: &Portal, title: &str, page: Option<Subject>, entries: &[Entry], from: &Url, lean: bool) -> Item {
    let items: Vec<Item> = entries.iter().filter_map(|entry| item(portal, entry, from, lean)).collect();
    let mut inside = HashSet::new();
    flatten(entries, &mut |subject| {
        inside.insert(subject);
    });
    inside.extend(page.filter(|page| matches!(page, Subject::Tag(..) | Subject::Section(_))));
    let begin = |open: bool| {
        let mut html = HtmlBuilder::new();
        html.push_markup(if open {
            "<li class=\"nav__group\"><details open><summary>"
        } else {
            "<li class=\"nav__group\"><details><summary>"
        });
        html.push_text(title);
        html.push_markup("</summary><ul>");
        html.finish().into_string()
    };
    let route = page.and_then(|page| portal.routes.of(page));
    let closed = match route.filter(|_| lean) {
        Some(route) => lean_group(title, &from.to(&route.url)),
        None => {
            let mut html = begin(false);
            items.iter().for_each(|item| item.write(&mut html, Subject::NotFound));
            html.push_str("</ul></details></li>");
            html
        }
    };
    Item::Group { inside, closed, open: begin(true), items }
}

fn lean_group(title: &str, href: &str) -> String {
    let mut html = HtmlBuilder::new();
    html.push_markup("<li class=\"nav__group\"><a class=\"nav__link nav__link--group\"");
    html.push_attribute("href", href);
    html.push_markup("><span class=\"nav__title\">");
    html.push_text(title);
    html.push_markup("</span></a></li>");
    html.finish().into_string()
}

fn row(portal: &Portal, subject: Subject, from: &Url) -> Option<Item> {
    let route = portal.routes.of(subject)?;
    let operation = operation_of(portal, subject);
    let deprecated = operation.is_some_and(|operation| operation.deprecated);
    let mut before = HtmlBuilder::new();
    before.push_markup(if deprecated {
        "<li><a class=\"nav__link nav__link--deprecated\""
    } else {
        "<li><a class=\"nav__link\""
    });
    before.push_attribute("href", &from.to(&route.url));
    let mut after = HtmlBuilder::new();
    after.push_markup(">");
    if let Some(operation) = operation {
        push_method(&mut after, operation);
    }
    after.push_markup("<span class=\"nav__title\">");
    after.push_text(&row_title(portal, subject, &route.title));
    after.push_markup("</span>");
    if deprecated {
        after.push_markup("<span class=\"visually-hidden\"> deprecated</span>");
    }
    after.push_markup("</a></li>");
    Some(Item::Row { subject, before: before.finish().into_string(), after: after.finish().into_string() })
}

/// Returns the operation that a subject is.
pub fn operation_of(portal: &Portal, subject: Subject) -> Option<&Operation> {
    match subject {
        Subject::Operation(api, at) => portal.api(api).operations.get(at as usize),
        _ => None,
    }
}

fn row_title(portal: &Portal, subject: Subject, title: &str) -> String {
    match subject {
        Subject::Api(_) => "Overview".to_owned(),
        Subject::Changelog(_) => "Changelog".to_owned(),
        Subject::Document(index) => {
            let document = portal.document(index);
            let head = document.kind == DocumentKind::Section || document.kind == DocumentKind::Path;
            let short = document.front.nav_title.as_deref();
            if head && short.is_none() { "Overview".to_owned() } else { short.unwrap_or(title).to_owned() }
        }
        _ => title.to_owned(),
    }
}

fn push_method(html: &mut HtmlBuilder, operation: &Operation) {
    let method = operation.kind.method().to_uppercase();
    let (class, label) = match (&operation.kind, method.as_str()) {
        (OperationKind::Webhook { .. } | OperationKind::Callback { .. }, _) => ("hook", "HOOK"),
        (_, "DELETE") => ("delete", "DEL"),
        (_, "OPTIONS") => ("options", "OPT"),
        (_, other) => (method_class(other), other),
    };
    html.push_markup("<span");
    html.push_attribute("class", &format!("nav__method method--{class}"));
    html.push_markup(">");
    html.push_text(label);
    html.push_markup("</span>");
}

/// Returns the part of the class that colours a method.
pub fn method_class(method: &str) -> &'static str {
    match method.to_ascii_uppercase().as_str() {
        "GET" => "get",
        "POST" => "post",
        "PUT" => "put",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "other",
    }
}
