//! The entries of a menu as HTML that is made once, and what a page changes in it: which groups are open, which row is
//! its own, and which rows of a very long list it has.

use std::collections::HashSet;

use super::entries::{Entry, Group, flatten};
use super::{LEAN, operation_of};
use crate::model::api::{Operation, OperationKind};
use crate::model::document::DocumentKind;
use crate::model::portal::Portal;
use crate::model::route::{Subject, Url};
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::reference::badges::{method_class, method_label};

/// Entries of a very long list that a page has, around its own.
const WINDOW: usize = 80;

/// A rendered entry.
#[derive(Debug)]
pub enum Item {
    /// `<li><a …` up to where `aria-current` may stand, and the rest.
    Row { subject: Subject, before: String, after: String },
    /// Entries under a title.
    Group(Box<GroupItem>),
}

/// A group: what is inside it, how it looks closed, its title open, its entries.
#[derive(Debug)]
pub struct GroupItem {
    inside: HashSet<Subject>,
    page: Option<Subject>,
    closed: String,
    title: SafeHtml,
    items: Vec<Item>,
    /// Where the rest of a very long list is; `None` when the list is shown whole.
    rest: Option<String>,
}

/// Renders the entries of a menu as they look from `from`. In a `lean` menu the rows of closed groups are left out.
pub fn items(portal: &Portal, entries: &[Entry], from: &Url, lean: bool) -> Vec<Item> {
    entries.iter().filter_map(|entry| item(portal, entry, from, lean)).collect()
}

impl Item {
    /// Writes it for the page `current`.
    pub fn write(&self, html: &mut String, current: Subject) {
        match self {
            Item::Row { subject, before, after } => {
                html.push_str(before);
                if *subject == current {
                    html.push_str(" aria-current=\"page\"");
                }
                html.push_str(after);
            }
            Item::Group(group) if !group.inside.contains(&current) => html.push_str(&group.closed),
            Item::Group(group) => {
                html.push_str("<li class=\"nav__group\"><details open><summary");
                let own = group.page == Some(current) && matches!(current, Subject::Tag(..) | Subject::Section(_));
                html.push_str(if own { " aria-current=\"page\">" } else { ">" });
                html.push_str(group.title.as_str());
                html.push_str("</summary><ul>");
                group.write_entries(html, current);
                html.push_str("</ul></details></li>");
            }
        }
    }

    fn holds(&self, current: Subject) -> bool {
        match self {
            Item::Row { subject, .. } => *subject == current,
            Item::Group(group) => group.inside.contains(&current),
        }
    }
}

impl GroupItem {
    /// Writes the entries, or those around the page's own and links to where the others are.
    fn write_entries(&self, html: &mut String, current: Subject) {
        let Some(rest) = self.rest.as_deref().filter(|_| self.items.len() > LEAN) else {
            self.items.iter().for_each(|item| item.write(html, current));
            return;
        };
        let own = self.items.iter().position(|item| item.holds(current)).unwrap_or(0);
        let start = own.saturating_sub(WINDOW / 2).min(self.items.len() - WINDOW);
        let end = start + WINDOW;
        push_rest(html, rest, start, "before these");
        self.items[start..end].iter().for_each(|item| item.write(html, current));
        push_rest(html, rest, self.items.len() - end, "more");
    }
}

/// Adds the link to the entries that are left out.
fn push_rest(html: &mut String, href: &str, count: usize, word: &str) {
    if count == 0 {
        return;
    }
    let mut link = HtmlBuilder::new();
    link.push_markup("<li><a class=\"nav__link nav__link--rest\"");
    link.push_attribute("href", href);
    link.push_markup("><span class=\"nav__title\">");
    link.push_text(&format!("{count} {word}"));
    link.push_markup("</span></a></li>");
    html.push_str(link.finish().as_str());
}

fn item(portal: &Portal, entry: &Entry, from: &Url, lean: bool) -> Option<Item> {
    match entry {
        Entry::Row(subject) => row(portal, *subject, from),
        Entry::Group(inner) => Some(Item::Group(Box::new(group(portal, inner, from, lean)))),
    }
}

fn group(portal: &Portal, group: &Group, from: &Url, lean: bool) -> GroupItem {
    let items = items(portal, &group.entries, from, lean);
    let mut inside = HashSet::new();
    flatten(&group.entries, &mut |subject| {
        inside.insert(subject);
    });
    let page = group.page.map(|(subject, _)| subject);
    inside.extend(page.filter(|page| matches!(page, Subject::Tag(..) | Subject::Section(_))));
    pages_inside(&group.entries, &mut inside);
    let href = group.page.and_then(|(subject, anchor)| {
        let href = from.to(&portal.routes.of(subject)?.url);
        Some(if anchor.is_empty() { href } else { format!("{href}#{anchor}") })
    });
    let title = crate::render::html::escape(&group.title);
    let closed = match href.as_deref().filter(|_| lean) {
        Some(href) => lean_group(&title, href, &items),
        None => full_group(&title, &items),
    };
    GroupItem { inside, page, closed, title, items, rest: href.filter(|_| lean) }
}

/// The pages of the groups inside a group.
fn pages_inside(entries: &[Entry], inside: &mut HashSet<Subject>) {
    for entry in entries {
        if let Entry::Group(group) = entry {
            let page = group.page.map(|(subject, _)| subject);
            inside.extend(page.filter(|page| matches!(page, Subject::Tag(..) | Subject::Section(_))));
            pages_inside(&group.entries, inside);
        }
    }
}

fn full_group(title: &SafeHtml, items: &[Item]) -> String {
    let mut html = format!("<li class=\"nav__group\"><details><summary>{title}</summary><ul>");
    items.iter().for_each(|item| item.write(&mut html, Subject::NotFound));
    html.push_str("</ul></details></li>");
    html
}

/// A closed group of a lean menu: a link to the page that lists its rows. The groups inside it stay, each without its
/// rows, unless they are too many.
fn lean_group(title: &SafeHtml, href: &str, items: &[Item]) -> String {
    let is_heading = |item: &&Item| matches!(item, Item::Group(_) | Item::Row { subject: Subject::Tag(..), .. });
    let headings = items.iter().filter(is_heading).count();
    let mut link = HtmlBuilder::new();
    link.push_markup("<a class=\"nav__link nav__link--group\"");
    link.push_attribute("href", href);
    link.push_markup("><span class=\"nav__title\">");
    let link = link.finish();
    if headings == 0 || items.len() > LEAN {
        return format!("<li class=\"nav__group\">{link}{title}</span></a></li>");
    }
    let mut html = format!("<li class=\"nav__group\"><details><summary>{title}</summary><ul>");
    if headings < items.len() {
        html.push_str(&format!("<li>{link}Overview</span></a></li>"));
    }
    items.iter().filter(is_heading).for_each(|item| item.write(&mut html, Subject::NotFound));
    html.push_str("</ul></details></li>");
    html
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

/// Adds the label of the method: the standard's own in capitals and short enough for its column, others as written.
fn push_method(html: &mut HtmlBuilder, operation: &Operation) {
    let label = method_label(operation.kind.method());
    let class = method_class(&label);
    let (class, label) = match (&operation.kind, label.as_str()) {
        (OperationKind::Webhook { .. } | OperationKind::Callback { .. }, _) => ("method method--hook", "HOOK"),
        (_, "DELETE") => (class.as_str(), "DEL"),
        (_, "OPTIONS") => (class.as_str(), "OPT"),
        (_, other) => (class.as_str(), other),
    };
    html.push_markup("<span");
    html.push_attribute("class", &format!("nav__{class}"));
    html.push_markup(">");
    html.push_text(label);
    html.push_markup("</span>");
}
