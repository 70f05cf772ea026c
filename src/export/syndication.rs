//! What leaves the site by other ways: feeds of releases, the sitemap, the roadmap's calendar.
//!
//! Collects the entries from the portal; the formats are `feeds`'.

use crate::feeds::calendar::{self, Calendar, CalendarEvent};
use crate::feeds::sitemap::{SitemapPage, robots, sitemap};
use crate::feeds::{self, Feed, FeedEntry};
use crate::model::changelog::{Changelog, Release};
use crate::model::portal::Portal;
use crate::model::roadmap::Status;
use crate::model::route::{ApiIndex, Route, Subject, Url};
use crate::render::{PageContext, Renderer, api_of};

/// Entries of a feed: readers poll feeds, and what they miss is on the page.
const MOST_ENTRIES: usize = 50;

/// A format of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// Returns the lists of releases that have feeds, each with the folder of its page.
pub fn scopes(portal: &Portal) -> Vec<(Option<ApiIndex>, Url)> {
    let apis = portal.current_apis().map(|(index, _)| Some(index));
    let all = std::iter::once(None).chain(apis);
    let page = |api| portal.routes.of(Subject::Changelog(api)).map(|route| (api, route.url.clone()));
    all.filter_map(page).collect()
}

/// Returns the feed of the releases of one API, or of all.
pub fn feed(renderer: &Renderer, api: Option<ApiIndex>, page: &Url, format: Format) -> Vec<u8> {
    let portal = &renderer.portal;
    let entries = entries(renderer, api);
    let title = match api {
        Some(api) => format!("{}: releases", portal.api(api).info.title),
        None => format!("{}: releases", portal.settings.title),
    };
    let name = match format {
        Format::Atom => "feed.xml",
        Format::Json => "feed.json",
    };
    let feed = Feed {
        title: &title,
        description: portal.settings.description.as_deref(),
        author: &portal.settings.title,
        language: &portal.settings.language,
        base_url: portal.settings.base_url.as_deref(),
        url: &format!("{page}{name}"),
        page: page.as_str(),
        built_at: portal.settings.built_at,
        entries: &entries,
    };
    match format {
        Format::Atom => feeds::atom::write(&feed),
        Format::Json => feeds::json_feed::write(&feed),
    }
}

fn entries(renderer: &Renderer, api: Option<ApiIndex>) -> Vec<FeedEntry> {
    let portal = &renderer.portal;
    let mut found: Vec<(usize, usize, &Changelog, &Release)> = Vec::new();
    for (at, log) in portal.changelogs.iter().enumerate() {
        let owner = log.api.as_deref().and_then(|id| portal.api_of_id(id));
        if api.is_none() || owner == api {
            found.extend(log.releases.iter().enumerate().map(|(number, release)| (at, number, &**log, release)));
        }
    }
    found.retain(|(_, _, _, release)| release.version.is_some());
    found.sort_by_key(|(_, _, _, release)| std::cmp::Reverse(release.date));
    found.truncate(MOST_ENTRIES);
    found.into_iter().filter_map(|(at, number, log, release)| entry(renderer, at, number, log, release)).collect()
}

fn entry(renderer: &Renderer, at: usize, number: usize, log: &Changelog, release: &Release) -> Option<FeedEntry> {
    let subject = Subject::Release(at as u32, number as u32);
    let route = renderer.portal.routes.of(subject)?;
    // Links are made from the top of the site, so that the base URL before them makes them absolute.
    let from_top = Route { url: Url::new(""), ..route.clone() };
    let context = PageContext { renderer, route: &from_top };
    let html = context.markdown(&log.body, release.range.clone(), 2).into_string();
    let base = renderer.portal.settings.base_url.as_deref().unwrap_or_default();
    let entries = release.entries.iter().map(|entry| entry.text.as_str());
    Some(FeedEntry {
        url: route.url.to_string(),
        title: route.title.clone(),
        date: release.date,
        summary: entries.take(3).collect::<Vec<_>>().join(" · "),
        html: with_absolute_links(&html, base, route.url.as_str()),
        id: route.url.to_string(),
    })
}

/// Puts the base URL before every relative link of HTML that this program made.
fn with_absolute_links(html: &str, base: &str, page: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) =
        [" href=\"", " src=\""].iter().filter_map(|name| rest.find(name).map(|at| at + name.len())).min()
    {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let value = &rest[..rest.find('"').unwrap_or(rest.len())];
        if value.starts_with('#') {
            out.push_str(base);
            out.push_str(page);
        } else if !value.contains("://")
            && !value.starts_with("//")
            && !value.starts_with("mailto:")
            && !value.starts_with("tel:")
        {
            out.push_str(base);
            rest = rest.strip_prefix("./").unwrap_or(rest);
        }
    }
    out + rest
}

/// Returns `robots.txt` and, when the base URL is known, `sitemap.xml` (in several parts beyond 50,000 pages).
pub fn crawler_files(portal: &Portal) -> Vec<(String, Vec<u8>)> {
    let base = portal.settings.base_url.as_deref();
    let pages: Vec<SitemapPage> = portal
        .routes
        .iter()
        .filter(|route| is_for_crawlers(portal, route.subject))
        .map(|route| SitemapPage { url: route.url.to_string(), changed: changed(portal, route.subject) })
        .collect();
    let mut files = vec![("robots.txt".to_owned(), robots(base))];
    files.extend(base.map(|base| sitemap(base, &pages)).into_iter().flatten());
    files
}

fn is_for_crawlers(portal: &Portal, subject: Subject) -> bool {
    let earlier = api_of(subject).is_some_and(|api| portal.edition(api).earlier_of.is_some());
    !earlier && !matches!(subject, Subject::NotFound | Subject::Search)
}

/// The day that a page last changed, where its author says so.
fn changed(portal: &Portal, subject: Subject) -> Option<jiff::civil::Date> {
    match subject {
        Subject::Document(index) => portal.document(index).front.updated.or(portal.document(index).front.date),
        Subject::RoadmapItem(at) => portal.roadmap.get(at as usize).and_then(|item| item.updated),
        Subject::Release(log, number) => portal.changelogs.get(log as usize)?.releases.get(number as usize)?.date,
        Subject::Changelog(api) => last_release(portal, api),
        Subject::Api(api) => last_release(portal, Some(api)),
        Subject::Roadmap | Subject::RoadmapTimeline => portal.roadmap.iter().filter_map(|item| item.updated).max(),
        _ => None,
    }
}

/// The day of the newest release of an API, or of all; days that are still to come say nothing.
fn last_release(portal: &Portal, api: Option<ApiIndex>) -> Option<jiff::civil::Date> {
    let built = portal.settings.built_at.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let today = built.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
    let owner = |log: &Changelog| log.api.as_deref().and_then(|id| portal.api_of_id(id));
    let logs = portal.changelogs.iter().filter(|log| api.is_none() || owner(log) == api);
    let dates = logs.flat_map(|log| &log.releases).filter(|release| release.version.is_some());
    dates.filter_map(|release| release.date).filter(|date| today.is_none_or(|today| *date <= today)).max()
}

/// Returns the roadmap's calendar: every item that is still to come and has a date; `None` when none has.
pub fn roadmap_calendar(portal: &Portal) -> Option<Vec<u8>> {
    let events: Vec<CalendarEvent> = portal
        .roadmap
        .iter()
        .enumerate()
        .filter(|(_, item)| !matches!(item.status, Status::Shipped | Status::Declined))
        .filter_map(|(at, item)| {
            let (first, last) = item.target.as_ref()?.days?;
            let url = portal.routes.of(Subject::RoadmapItem(at as u32))?.url.to_string();
            let description = format!("{} · {}", item.status.word(), item.target.as_ref()?.shown);
            let (title, id, updated) = (item.title.clone(), item.id.clone(), item.updated);
            Some(CalendarEvent { id, title, description, url, first, last, updated, alarms: Vec::new() })
        })
        .collect();
    let name = format!("{}: roadmap", portal.settings.title);
    let (base_url, built_at) = (portal.settings.base_url.as_deref(), portal.settings.built_at);
    (!events.is_empty()).then(|| calendar::write(&Calendar { name: &name, base_url, built_at, events: &events }))
}

#[cfg(test)]
mod tests {
    use super::with_absolute_links;

    #[test]
    fn links_of_a_feed_are_absolute() {
        let html =
            r##"<a href="apis/x/">a</a><a href="#y">b</a><img src="./i.png"><a href="https://z.example/">c</a>"##;
        assert_eq!(
            with_absolute_links(html, "https://a.example/", "r/"),
            r##"<a href="https://a.example/apis/x/">a</a><a href="https://a.example/r/#y">b</a><img src="https://a.example/i.png"><a href="https://z.example/">c</a>"##
        );
    }
}
