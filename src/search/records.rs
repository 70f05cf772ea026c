//! Records of everything that can be found: a page, and what stands inside it under an anchor.
//!
//! Takes the portal and gives plain values in a stable order: each page's record, then those of its parts. It knows
//! nothing of terms, weights or files.

mod api;
mod document;
mod fields;
mod log;
pub mod prose;

use rayon::prelude::*;

pub use api::field_anchors;

use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Route, Subject};

/// What a record is. The order is that of the index, and of results that are equally good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An API's landing page.
    Api,
    /// One tag of an API.
    Tag,
    /// An operation that consumers call.
    Operation,
    /// An operation that the API calls.
    Webhook,
    /// How to authenticate with an API.
    Authentication,
    /// What can go wrong with an API.
    Errors,
    /// A named schema.
    Schema,
    /// A guide.
    Guide,
    /// A story.
    Story,
    /// An onboarding path.
    Path,
    /// One step of an onboarding path.
    Step,
    /// Any other page: sections, lists, pages.
    Page,
    /// An item of the roadmap.
    Roadmap,
    /// A release.
    Release,
    /// Inside a page: a heading.
    Heading,
    /// Inside an operation: a parameter in the path.
    PathParameter,
    /// Inside an operation: a parameter in the query string.
    QueryParameter,
    /// Inside an operation: a header.
    HeaderParameter,
    /// Inside an operation: a cookie.
    CookieParameter,
    /// Inside an operation: a field of the request body.
    BodyField,
    /// Inside an operation: a response.
    Response,
    /// Inside an operation: a field of a response that has no named schema.
    ResponseField,
    /// Inside a schema: a property.
    Property,
    /// Inside the authentication page: a security scheme.
    Scheme,
    /// Inside the page of errors: a status, code or problem type.
    Error,
    /// Inside an operation: a callback.
    Callback,
    /// Inside a release: an entry.
    Entry,
}

impl Kind {
    /// Every kind in order: its word in the index, the group that results are shown in (pages only), the beginning of its
    /// anchors (parts only), and how much its pages count, in hundredths.
    pub const ALL: [(Kind, &'static str, &'static str, &'static str, u64); 27] = [
        (Kind::Api, "api", "API", "", 110),
        (Kind::Tag, "tag", "API", "", 90),
        (Kind::Operation, "operation", "API", "", 100),
        (Kind::Webhook, "webhook", "API", "", 95),
        (Kind::Authentication, "authentication", "API", "", 100),
        (Kind::Errors, "errors", "API", "", 95),
        (Kind::Schema, "schema", "Schemas", "", 85),
        (Kind::Guide, "guide", "Guides", "", 100),
        (Kind::Story, "story", "Guides", "", 95),
        (Kind::Path, "path", "Guides", "", 100),
        (Kind::Step, "step", "Guides", "", 95),
        (Kind::Page, "page", "Pages", "", 90),
        (Kind::Roadmap, "roadmap", "Roadmap", "", 70),
        (Kind::Release, "release", "Changes", "", 60),
        (Kind::Heading, "heading", "", "", 0),
        (Kind::PathParameter, "path parameter", "", "path-", 0),
        (Kind::QueryParameter, "query parameter", "", "query-", 0),
        (Kind::HeaderParameter, "header", "", "header-", 0),
        (Kind::CookieParameter, "cookie", "", "cookie-", 0),
        (Kind::BodyField, "body field", "", "body-", 0),
        (Kind::Response, "response", "", "response-", 0),
        (Kind::ResponseField, "response field", "", "", 0),
        (Kind::Property, "property", "", "property-", 0),
        (Kind::Scheme, "security scheme", "", "scheme-", 0),
        (Kind::Error, "error", "", "", 0),
        (Kind::Callback, "callback", "", "callback-", 0),
        (Kind::Entry, "entry", "", "", 0),
    ];

    /// Returns its row of [`Kind::ALL`].
    pub fn row(self) -> usize {
        self as usize
    }

    /// Returns its word, as in the index and on the command line.
    pub fn word(self) -> &'static str {
        Kind::ALL[self.row()].1
    }

    /// Returns true for the kinds that are pages.
    pub fn is_page(self) -> bool {
        self < Kind::Heading
    }
}

/// Something that can be found.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// The page: 0-based among the pages of all records.
    pub page: u32,
    /// 0 for the page itself; parts count from 1 in each page.
    pub part: u32,
    /// The page's URL, relative to the site's root.
    pub url: String,
    /// The anchor of a part; empty for a page, and for a part without an anchor of its own.
    pub anchor: String,
    /// What is shown, on one line.
    pub title: String,
    /// Identifiers, matched as a whole and by their parts: operationId, schema name, a property's path.
    pub names: Vec<String>,
    /// Method and path of an operation; the path is empty for webhooks.
    pub call: Option<(String, String)>,
    /// Words that describe it: tags, scopes, enumerated values.
    pub keywords: Vec<String>,
    /// Prose.
    pub text: String,
    /// The API that it belongs to.
    pub api: Option<ApiIndex>,
    /// True when the author marked it as deprecated.
    pub deprecated: bool,
    /// How much it counts, in hundredths.
    pub boost: u32,
}

impl Record {
    fn new(kind: Kind, title: impl AsRef<str>) -> Record {
        Record {
            kind,
            page: 0,
            part: 0,
            url: String::new(),
            anchor: String::new(),
            title: label(title.as_ref()),
            names: Vec::new(),
            call: None,
            keywords: Vec::new(),
            text: String::new(),
            api: None,
            deprecated: false,
            boost: 100,
        }
    }

    fn part(kind: Kind, title: impl AsRef<str>, anchor: impl Into<String>) -> Record {
        Record { anchor: anchor.into(), ..Record::new(kind, title) }
    }

    fn named(mut self, name: &str) -> Record {
        self.names.push(name.to_owned());
        self
    }

    fn text(mut self, text: &str) -> Record {
        if !text.is_empty() {
            self.text.push_str(if self.text.is_empty() { "" } else { "\n" });
            self.text.push_str(text);
        }
        self
    }
}

/// Most parts of one page: a description may hold an object of thousands of fields.
const MOST_PARTS: usize = 400;

/// A page with its parts, before it has its number.
#[derive(Debug)]
struct Page {
    head: Record,
    parts: Vec<Record>,
}

/// Returns the records of a portal: pages in order of API and kind, each followed by its parts.
///
/// Earlier versions of an API and documents that set `search.hide` have none.
pub fn records(portal: &Portal) -> Vec<Record> {
    let apis = api::Apis::new(portal);
    let mut routes: Vec<(Kind, Option<ApiIndex>, &Route)> = portal
        .routes
        .iter()
        .filter_map(|route| Some((kind(portal, route.subject)?, api_of(portal, route.subject), route)))
        .collect();
    routes.sort_by_key(|(kind, api, _)| (api.map_or((1, 0), |api| (0, api.0)), *kind));
    let pages: Vec<Page> =
        routes.par_iter().map(|(kind, api, route)| page(portal, &apis, *kind, *api, route)).collect();
    let boosts = &portal.settings.search.boosts;
    let boosts: Vec<(String, f64)> =
        boosts.iter().filter_map(|boost| Some((portal.url_of_path(&boost.path)?, boost.factor))).collect();
    let mut records = Vec::with_capacity(pages.iter().map(|page| 1 + page.parts.len()).sum());
    for (number, page) in pages.into_iter().enumerate() {
        let (url, api) = (page.head.url.clone(), page.head.api);
        let factor = boosts.iter().filter(|(at, _)| url.starts_with(at)).map(|(_, factor)| *factor).product::<f64>();
        let boost = (f64::from(page.head.boost) * factor).round().clamp(1.0, 10_000.0) as u32;
        records.push(Record { page: number as u32, boost, ..page.head });
        for (at, part) in page.parts.into_iter().take(MOST_PARTS).enumerate() {
            let (page, at, url) = (number as u32, at as u32 + 1, url.clone());
            records.push(Record { page, part: at, url, api, boost, ..part });
        }
    }
    records
}

fn page(portal: &Portal, apis: &api::Apis<'_>, kind: Kind, api: Option<ApiIndex>, route: &Route) -> Page {
    let mut page = Page { head: Record::new(kind, title(route)), parts: Vec::new() };
    match route.subject {
        Subject::Api(api) => apis.landing(api, &mut page),
        Subject::Tag(api, tag) => apis.tag(api, tag, &mut page),
        Subject::Operation(api, operation) => apis.operation(api, operation, &mut page),
        Subject::Schema(api, schema) => apis.schema(api, schema, &mut page),
        Subject::Authentication(api) => apis.authentication(api, &mut page),
        Subject::Errors(api) => apis.errors(api, &mut page),
        Subject::Document(index) => document::document(portal.document(index), &mut page),
        Subject::Home => document::home(portal, &mut page),
        Subject::Roadmap => log::roadmap(portal, &mut page),
        Subject::RoadmapItem(item) => log::roadmap_item(portal, item, &mut page),
        Subject::Release(changelog, release) => log::release(portal, changelog, release, &mut page),
        Subject::ChangelogText(changelog) => log::changelog_text(portal, changelog, &mut page),
        Subject::Catalog
        | Subject::Schemas(_)
        | Subject::Section(_)
        | Subject::Guides
        | Subject::Stories
        | Subject::Onboarding
        | Subject::RoadmapTimeline
        | Subject::Changelog(_)
        | Subject::Search
        | Subject::NotFound => {}
    }
    page.head.url = route.url.to_string();
    page.head.api = api;
    page
}

/// A page's title. The summary of an operation may be Markdown, although it should not.
fn title(route: &Route) -> String {
    match route.subject {
        Subject::Operation(..) => prose::plain(&route.title),
        _ => route.title.clone(),
    }
}

/// The kind of a page's record; `None` for pages that search does not find.
fn kind(portal: &Portal, subject: Subject) -> Option<Kind> {
    if api_of(portal, subject).is_some_and(|api| portal.edition(api).earlier_of.is_some()) {
        return None;
    }
    Some(match subject {
        Subject::Search | Subject::NotFound => return None,
        Subject::Api(_) => Kind::Api,
        Subject::Tag(..) => Kind::Tag,
        Subject::Operation(api, at) => api::operation_kind(portal.api(api), at),
        Subject::Schema(..) => Kind::Schema,
        Subject::Authentication(_) => Kind::Authentication,
        Subject::Errors(_) => Kind::Errors,
        Subject::Document(index) => return document::kind(portal.document(index)),
        Subject::RoadmapItem(_) => Kind::Roadmap,
        Subject::Release(..) => Kind::Release,
        Subject::Home
        | Subject::Catalog
        | Subject::Schemas(_)
        | Subject::Section(_)
        | Subject::Guides
        | Subject::Stories
        | Subject::Onboarding
        | Subject::Roadmap
        | Subject::RoadmapTimeline
        | Subject::Changelog(_)
        | Subject::ChangelogText(_) => Kind::Page,
    })
}

fn api_of(portal: &Portal, subject: Subject) -> Option<ApiIndex> {
    match subject {
        Subject::Api(api)
        | Subject::Tag(api, _)
        | Subject::Operation(api, _)
        | Subject::Schemas(api)
        | Subject::Schema(api, _)
        | Subject::Authentication(api)
        | Subject::Errors(api) => Some(api),
        Subject::Changelog(api) => api,
        Subject::Document(index) => portal.document(index).api.as_deref().and_then(|id| portal.api_of_id(id)),
        Subject::Release(log, _) | Subject::ChangelogText(log) => {
            let log = portal.changelogs.get(log as usize)?;
            log.api.as_deref().and_then(|id| portal.api_of_id(id))
        }
        Subject::Home
        | Subject::Catalog
        | Subject::Section(_)
        | Subject::Guides
        | Subject::Stories
        | Subject::Onboarding
        | Subject::Roadmap
        | Subject::RoadmapTimeline
        | Subject::RoadmapItem(_)
        | Subject::Search
        | Subject::NotFound => None,
    }
}

/// Returns a title as it is shown: words on one line, cut when it is a whole paragraph.
fn label(title: &str) -> String {
    const LONGEST: usize = 140;
    let line = one_line(title);
    if line.len() <= LONGEST {
        return line;
    }
    let end = line.floor_char_boundary(LONGEST);
    let end = line[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &line[..end])
}

/// Folds white space, so that a text fits on one line of the index.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_page_may_be_boosted_by_its_word() {
        let pages = Kind::ALL.iter().filter(|(kind, ..)| kind.is_page()).map(|(_, word, ..)| *word);
        assert_eq!(pages.chain(["deprecated"]).collect::<Vec<_>>(), crate::model::settings::BOOST_KINDS);
    }

    #[test]
    fn the_table_of_kinds_is_in_their_order() {
        assert!(Kind::ALL.iter().enumerate().all(|(at, (kind, ..))| kind.row() == at));
        assert!(Kind::ALL.iter().all(|(kind, _, group, ..)| kind.is_page() != group.is_empty()));
    }
}
