//! The section menus, rendered once per portal and depth; a page only opens its own branch and marks its own row.
//!
//! Rendering a menu of a thousand operations into each of a thousand pages is the costliest mistake a portal can make,
//! so closed groups are strings made once, and menus of more than `LEAN` rows leave the rows of closed groups out: the
//! group's title then leads to its page. An open group of more than `LEAN` rows shows those around the page's own.

mod entries;
mod items;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::frame::api_of;
use super::html::SafeHtml;
use crate::model::api::Operation;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Subject, Url};
use entries::{Entry, flatten};
use items::Item;

/// Rows from which on closed groups are left out of a menu, and a list is not shown whole.
const LEAN: usize = 200;

/// Which menu a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MenuKey {
    /// The menu of an API's pages.
    Api(ApiIndex),
    /// The menu of a top section of documents: index into the portal's sections.
    Section(usize),
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
        let sections = portal.sections.iter().enumerate();
        let sections = sections.filter(|(_, section)| section.top && section.api.is_none());
        let keys = sections.map(|(at, _)| MenuKey::Section(at));
        let keys = keys.chain((0..portal.apis.len()).map(|at| MenuKey::Api(ApiIndex(at as u32))));
        let entries = keys.map(|key| (key, entries::of(portal, key))).collect();
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

    /// Returns which menu a page has: the one that lists it, else that of its API.
    pub fn key(&self, subject: Subject) -> Option<MenuKey> {
        self.key_of.get(&subject).copied().or_else(|| api_of(subject).map(MenuKey::Api))
    }

    /// Returns the menu of a page with its branch open; empty when the page has none.
    pub fn html(&self, portal: &Portal, subject: Subject, url: &Url) -> SafeHtml {
        let Some(key) = self.key(subject) else { return SafeHtml::default() };
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
        let items = Arc::new(items::items(portal, entries, &from, rows > LEAN));
        lock().insert((key, depth), Arc::clone(&items));
        items
    }
}

/// Returns the operation that a subject is.
pub fn operation_of(portal: &Portal, subject: Subject) -> Option<&Operation> {
    match subject {
        Subject::Operation(api, at) => portal.api(api).operations.get(at as usize),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::render::reference::testing::{Site, assert_in_order};

    /// The section menu of a page.
    fn menu(site: &Site, url: &str) -> String {
        let html = site.html(url);
        let from = html.find("<ul class=\"nav__list\">").unwrap();
        html[from..].split("</nav>").next().unwrap().to_owned()
    }

    /// A description of this many operations in each tag, and none without.
    fn many(tags: &[(&str, usize)], rest: &str) -> Site {
        let mut text = format!("openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\n{rest}paths:\n");
        for (tag, count) in tags {
            for at in 0..*count {
                text.push_str(&format!(
                    "  /{tag}/{at}: {{get: {{operationId: {tag}{at}, summary: 'Read {tag} {at} of the archive', tags: [{tag}], responses: {{}}}}}}\n"
                ));
            }
        }
        Site::new(&text)
    }

    #[test]
    fn n03_the_menu_stays_light_with_thousands_of_operations_in_one_tag() {
        let site = many(&[("big", 5_000), ("small", 2)], "");
        for (url, shown, missing) in [
            ("operations/big0/", "Read big 0 of", "Read big 90 of"),
            ("operations/big2500/", "Read big 2500 of", "Read big 2400 of"),
            ("operations/big4999/", "Read big 4999 of", "Read big 0 of"),
        ] {
            let menu = menu(&site, url);
            assert!(menu.len() < 30_000, "{url}: {} bytes", menu.len());
            assert!(menu.contains(shown) && !menu.contains(missing), "{url}");
            assert!(menu.contains("aria-current=\"page\""), "{url}");
            assert!(menu.contains("/tags/big/\"><span class=\"nav__title\">"), "{url}: no link to the rest");
        }
        let middle = menu(&site, "operations/big2500/");
        assert_in_order(
            &middle,
            &["<details open>", "big", "2460 before these", "Read big 2460 of", "Read big 2539 of", "2460 more"],
        );
        let first = menu(&site, "operations/big0/");
        assert!(!first.contains("before these") && first.contains("4920 more"));
        assert!(menu(&site, "").len() < 3_000);
        assert!(menu(&site, "tags/big/").len() < 30_000);
    }

    #[test]
    fn n03_the_menu_stays_light_with_thousands_of_tags() {
        let names: Vec<String> = (0..1_500).map(|at| format!("t{at}")).collect();
        let tags: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), 1)).collect();
        let site = many(&tags, "");
        let open = menu(&site, "operations/t7000/");
        assert!(open.len() < 30_000, "{}", open.len());
        assert_in_order(
            &open,
            &[
                "<details open><summary>Tags",
                "660 before these",
                "<details open><summary>t700<",
                "aria-current",
                "tags/t739/",
                "760 more",
            ],
        );
        assert!(menu(&site, "").len() < 3_000);
    }

    #[test]
    fn n03_the_way_to_a_page_is_open_and_other_tags_of_a_large_menu_are_links() {
        let rest = "tags: [{name: a}, {name: b, parent: a}, {name: c, parent: b}, {name: d}, {name: e, parent: d}]\n";
        let site = many(&[("a", 2), ("c", 2), ("d", 1), ("e", 300)], rest);
        let inner = menu(&site, "operations/c1/");
        let way = [
            "<details open><summary>a<",
            "Read a 0",
            "<details open><summary>b<",
            "<details open><summary>c<",
            "Read c 1",
        ];
        assert_in_order(&inner, &way);
        assert_in_order(&inner, &["<details><summary>d<", "/tags/d/\"", "Overview", "/tags/e/\"", ">e<"]);
        assert!(!inner.contains("Read e 1 of") && !inner.contains("Read d 0"), "{inner}");
        let tag = menu(&site, "tags/b/");
        assert_in_order(
            &tag,
            &["<details open><summary>a<", "<details open><summary aria-current=\"page\">b<", "tags/c/"],
        );
    }

    #[test]
    fn o04_methods_of_the_menu_keep_the_case_they_are_written_in() {
        let site = Site::new(
            "openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  /a:
    delete: {responses: {}}
    options: {responses: {}}
    query: {responses: {}}
    additionalOperations: {link: {responses: {}}, COPY: {responses: {}}}
webhooks: {w: {post: {responses: {}}}}",
        );
        let menu = menu(&site, "");
        let labels: Vec<&str> =
            menu.split("nav__method ").skip(1).filter_map(|rest| rest.split('>').nth(1)?.split('<').next()).collect();
        assert_eq!(labels, ["DEL", "OPT", "QUERY", "link", "COPY", "HOOK"]);
        assert!(menu.contains("method--query\">QUERY") && menu.contains("method--other\">link"));
    }

    #[test]
    fn r07_r08_the_menu_follows_the_tree_of_tags() {
        let site = Site::with_settings(
            "openapi: 3.1.0
info: {title: T, version: '1'}
tags: [{name: b}, {name: unused, description: About.}, {name: a, x-displayName: Alpha}, {name: beta, kind: badge}]
x-tagGroups: [{name: Main, tags: [a, b]}]
paths:
  /1: {get: {summary: One, tags: [a, beta], responses: {}}}
  /2: {get: {summary: Two, tags: [b], responses: {}}}
  /3: {get: {summary: Three, tags: [beta], responses: {}}}",
            "[tags]\nungrouped = \"Rest\"\nuntagged = \"Loose ends\"",
        );
        let menu = menu(&site, "");
        let shown = [">Main<", ">Alpha<", ">One<", ">b<", ">Two<", ">Rest<", "tags/unused/", ">Loose ends<", ">Three<"];
        assert_in_order(&menu, &shown);
        assert!(!menu.contains(">beta<"));
    }
}
