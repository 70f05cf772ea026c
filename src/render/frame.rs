//! What every page has around its own content: title, breadcrumbs, menu, neighbours, edit link.

mod versions;

use super::PageContext;
use super::pages::{self, Body};
use super::tags;
use super::try_it;
use super::view::{Banner, Crumb, PageView};
use crate::model::document::DocumentKind;
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Subject};

/// Characters of a description that search engines show.
const DESCRIPTION_LENGTH: usize = 160;

/// Makes the frame of a page.
pub fn page_view(context: &PageContext<'_>, body: &Body) -> PageView {
    let (portal, route) = (context.portal(), context.route);
    let menus = &context.renderer.menus;
    let (previous, next) = menus.neighbours(route.subject);
    let (apis, versions) = versions::switches(context);
    PageView {
        kind: pages::kind(portal, route.subject),
        section: section(portal, route.subject),
        title: route.title.clone(),
        head_title: head_title(portal, route.subject, &route.title),
        description: body.description.as_deref().and_then(shortened),
        url: route.url.as_str().to_owned(),
        root: root(context),
        canonical: canonical(context),
        twin: twin(context),
        crumbs: crumbs(context),
        toc: body.toc.clone(),
        apis,
        versions,
        nav_html: match has_own_rail(portal, route.subject) {
            true => Default::default(),
            false => menus.html(portal, route.subject, &route.url),
        },
        previous: previous.and_then(|subject| context.link(subject)),
        next: next.and_then(|subject| context.link(subject)),
        edit: edit(context),
        report: report(context),
        banner: banner(context),
        noindex: route.subject == Subject::NotFound
            || api_of(route.subject).is_some_and(|api| portal.edition(api).earlier_of.is_some()),
        csp: try_it::page_policy(portal, route.subject, &context.renderer.shell.csp),
    }
}

/// True for a step, whose page lists all steps of its path: a menu would list them again.
fn has_own_rail(portal: &Portal, subject: Subject) -> bool {
    let Subject::Document(index) = subject else { return false };
    portal.document(index).kind == DocumentKind::Step && super::pages::onboarding::path_of(portal, index).is_some()
}

/// Returns the main section that a page belongs to, as in the page head.
pub fn section(portal: &Portal, subject: Subject) -> &'static str {
    match subject {
        Subject::Document(index) => match portal.document(index).kind {
            _ if portal.document(index).api.is_some()
                && portal.document(index).body.path().as_str().starts_with("apis/") =>
            {
                "api"
            }
            DocumentKind::Story => "stories",
            DocumentKind::Path | DocumentKind::Step => "onboarding",
            DocumentKind::Page => "pages",
            DocumentKind::Section | DocumentKind::Guide | DocumentKind::Home | DocumentKind::ApiLanding => {
                folder_section(portal.document(index).body.path().as_str())
            }
        },
        Subject::Section(at) => folder_section(&portal.sections[at as usize].folder),
        Subject::Guides => "guides",
        Subject::Stories => "stories",
        Subject::Onboarding => "onboarding",
        Subject::Roadmap | Subject::RoadmapTimeline | Subject::RoadmapItem(_) => "roadmap",
        Subject::Changelog(None) => "changelog",
        Subject::Release(log, _) | Subject::ChangelogText(log) if !is_of_api(portal, log) => "changelog",
        Subject::Home | Subject::Search | Subject::NotFound => "home",
        _ => "api",
    }
}

/// True for a changelog whose list of releases is a page below its API.
fn is_of_api(portal: &Portal, changelog: u32) -> bool {
    let id = portal.changelogs.get(changelog as usize).and_then(|log| log.api.as_deref());
    id.is_some_and(|id| portal.api_of_id(id).is_some())
}

fn folder_section(path: &str) -> &'static str {
    match path.split('/').next().unwrap_or_default() {
        "apis" => "api",
        "stories" => "stories",
        "onboarding" => "onboarding",
        "pages" => "pages",
        _ => "guides",
    }
}

/// Returns the API that a page belongs to.
pub fn api_of(subject: Subject) -> Option<ApiIndex> {
    match subject {
        Subject::Api(api)
        | Subject::Tag(api, _)
        | Subject::Operation(api, _)
        | Subject::Schemas(api)
        | Subject::Schema(api, _)
        | Subject::Authentication(api)
        | Subject::Errors(api) => Some(api),
        Subject::Changelog(api) => api,
        _ => None,
    }
}

/// `summary – API – portal`, without repeating a name.
fn head_title(portal: &Portal, subject: Subject, title: &str) -> String {
    let api = api_of(subject).and_then(|api| portal.routes.of(Subject::Api(api))).map(|route| route.title.as_str());
    let mut parts: Vec<&str> = Vec::new();
    for part in [Some(title), api, Some(portal.settings.title.as_str())].into_iter().flatten() {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(" – ")
}

/// The prefix that leads to the site's root. The 404 page is served at any depth, so its links begin at the host.
fn root(context: &PageContext<'_>) -> String {
    if context.route.subject == Subject::NotFound {
        return base_path(context.portal());
    }
    match context.route.url.as_str().matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// Returns the path of the site on its host, with slashes at both ends.
pub fn base_path(portal: &Portal) -> String {
    let base = portal.settings.base_url.as_deref().unwrap_or("/");
    let path = base.split_once("://").map_or(base, |(_, rest)| rest.find('/').map_or("/", |slash| &rest[slash..]));
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// The Markdown twin in the page's own folder. The search page has no content, and the 404 page is no folder.
fn twin(context: &PageContext<'_>) -> Option<String> {
    let has = !matches!(context.route.subject, Subject::NotFound | Subject::Search);
    has.then(|| "index.md".to_owned())
}

/// The absolute URL; an earlier version's page points at the same page of the current one when there is one.
fn canonical(context: &PageContext<'_>) -> Option<String> {
    let portal = context.portal();
    let base = portal.settings.base_url.as_deref()?;
    if context.route.subject == Subject::NotFound {
        return None;
    }
    let url = current_twin(context).unwrap_or_else(|| context.route.url.as_str().to_owned());
    Some(format!("{base}{url}"))
}

/// Returns the URL of the same page in the API's current version.
fn current_twin(context: &PageContext<'_>) -> Option<String> {
    let portal = context.portal();
    let current = portal.edition(api_of(context.route.subject)?).earlier_of?;
    let twin = versions::twin(portal, context.route.subject, current)?;
    portal.routes.of(twin).map(|route| route.url.as_str().to_owned())
}

fn banner(context: &PageContext<'_>) -> Option<Banner> {
    let portal = context.portal();
    if let Subject::Document(index) = context.route.subject
        && portal.document(index).front.draft
    {
        return Some(Banner { kind: "note", text: "This is a draft.".to_owned(), link: None });
    }
    let edition = portal.edition(api_of(context.route.subject)?);
    let current = edition.earlier_of?;
    let url = current_twin(context).unwrap_or_else(|| portal.edition(current).base.as_str().to_owned());
    let title = format!("See the current version, {}", portal.edition(current).version);
    let href = context.href_to(&crate::model::route::Url::new(url));
    let text = format!("This is version {}, which is not the current one.", edition.version);
    Some(Banner { kind: "caution", text, link: Some(Crumb { title, href: Some(href) }) })
}

/// Every page above this one in its URL, the tags that it stands below, and the page itself.
fn crumbs(context: &PageContext<'_>) -> Vec<Crumb> {
    let (portal, url) = (context.portal(), context.route.url.as_str());
    let ends = url.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| at + 1);
    let mut crumbs: Vec<Crumb> = Vec::new();
    for end in ends.filter(|end| *end < url.len()) {
        // "Pages" is the name of a folder of ours, no place that a reader knows.
        if let Some(route) = portal.routes.at(&url[..end]).filter(|route| route.url.as_str() != "pages/") {
            crumbs.push(Crumb { title: route.title.clone(), href: Some(context.href_to(&route.url)) });
        }
    }
    for tag in tags_above(portal, context.route.subject) {
        if let Some(route) = portal.routes.of(tag) {
            crumbs.push(Crumb { title: route.title.clone(), href: Some(context.href_to(&route.url)) });
        }
    }
    if crumbs.is_empty() {
        return crumbs;
    }
    crumbs.push(Crumb { title: context.route.title.clone(), href: None });
    crumbs
}

/// The tags that a tag or an operation stands below.
fn tags_above(portal: &Portal, subject: Subject) -> Vec<Subject> {
    let (api, tags) = match subject {
        Subject::Tag(api, at) => (api, tags::above(portal.api(api), at)),
        Subject::Operation(api, at) => {
            let own = tags::first_of(portal.api(api), at);
            let above = own.map(|own| tags::above(portal.api(api), own)).unwrap_or_default();
            (api, above.into_iter().chain(own).collect())
        }
        _ => return Vec::new(),
    };
    tags.into_iter().map(|tag| Subject::Tag(api, tag)).collect()
}

fn edit(context: &PageContext<'_>) -> Option<String> {
    let settings = &context.portal().settings;
    let source = context.route.source.as_ref()?;
    let path = settings.edit_path.replace("{path}", source.as_str());
    Some(format!("{}/{}", settings.repository.as_deref()?, path.trim_start_matches('/')))
}

/// The address where a problem with this page is reported; nobody can mend a page that does not exist.
fn report(context: &PageContext<'_>) -> Option<String> {
    let pattern = context.portal().settings.report_url.as_deref()?;
    let route = context.route;
    let url = pattern.replace("{path}", &encoded(route.url.as_str())).replace("{title}", &encoded(&route.title));
    Some(url).filter(|_| route.subject != Subject::NotFound)
}

/// Returns a text as part of a URL's query: all but the unreserved characters of RFC 3986 as `%XX`.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Returns the first sentence or two of a Markdown text, as plain words, for the description of a page.
pub fn shortened(text: &str) -> Option<String> {
    let plain = super::markdown::plain::plain(text, DESCRIPTION_LENGTH);
    if plain.chars().count() <= DESCRIPTION_LENGTH {
        return Some(plain).filter(|plain| !plain.is_empty());
    }
    let cut: String = plain.chars().take(DESCRIPTION_LENGTH - 1).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    Some(format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.'])))
}

#[cfg(test)]
mod tests {
    use super::{DESCRIPTION_LENGTH, encoded, shortened};

    #[test]
    fn n05_the_description_of_a_page_is_plain_and_short() {
        assert_eq!(shortened("See [the **guide**](a.md), `x`."), Some("See the guide, x.".into()));
        assert_eq!(shortened(" \n"), None);
        let long = shortened(&"A **bold** word, ".repeat(60)).unwrap_or_default();
        assert!(long.chars().count() <= DESCRIPTION_LENGTH && long.ends_with('…') && !long.contains('*'), "{long}");
    }

    #[test]
    fn a_title_in_a_query_keeps_nothing_that_means_something_there() {
        assert_eq!(encoded("GET /a&b?c=é"), "GET%20%2Fa%26b%3Fc%3D%C3%A9");
    }
}
