//! Files that other programs subscribe to: Atom and JSON feeds, the sitemap, robots.txt and calendars.
//!
//! Takes plain entries and gives bytes. It knows nothing of the portal or of rendering, and asks no clock: the time of
//! a feed is that of its newest entry, so that a feed changes only when an entry does.

pub mod atom;
pub mod calendar;
pub mod json_feed;
pub mod sitemap;

use jiff::civil::Date;

/// The first moment that a feed can name, where nothing says a time.
const NO_TIME: &str = "1970-01-01T00:00:00Z";

/// A feed.
#[derive(Debug, Clone)]
pub struct Feed<'a> {
    /// Its title.
    pub title: &'a str,
    /// One sentence about it.
    pub description: Option<&'a str>,
    /// Who publishes it.
    pub author: &'a str,
    /// BCP 47.
    pub language: &'a str,
    /// Where the site is published, with a trailing `/`. Without one, links are relative to the feed.
    pub base_url: Option<&'a str>,
    /// The URL of the feed itself, relative to the site's root: `changelog/feed.xml`.
    pub url: &'a str,
    /// The URL of the page that it follows, relative to the site's root: `changelog/`.
    pub page: &'a str,
    /// When the site was built, seconds since the Unix epoch: the feed's time when no entry has one.
    pub built_at: Option<i64>,
    /// Its entries, newest first.
    pub entries: &'a [FeedEntry],
}

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// The URL of its page relative to the site's root.
    pub url: String,
    /// Its title, plain text.
    pub title: String,
    /// When it was published.
    pub date: Option<Date>,
    /// One or two sentences, plain text.
    pub summary: String,
    /// All of it: safe HTML, links relative to its page or absolute.
    pub html: String,
    /// What it is, stable however its title, date and URL change: `release/payments/3.2.0`.
    pub id: String,
}

impl Feed<'_> {
    /// Returns a URL of the site as it stands in the feed: absolute, or relative to the feed.
    pub fn link(&self, url: &str) -> String {
        match self.base_url {
            Some(base) => absolute(base, url),
            None => format!("{}{}", "../".repeat(self.url.matches('/').count()), percent_encoded(url)),
        }
    }

    /// Returns a `tag:` URI (RFC 4151). Its date is a year in which the scheme was chosen, and no entry's: an entry
    /// whose date is corrected stays the same entry.
    pub fn tag(&self, id: &str) -> String {
        let host = self.base_url.map_or("localhost", host);
        format!("tag:{host},2026:{}", percent_encoded(id))
    }

    /// Returns when the feed changed: the newest entry's date, else the build's time. RFC 3339.
    pub fn updated(&self) -> String {
        let newest = self.entries.iter().filter_map(|entry| entry.date).max().map(midnight);
        newest.or_else(|| self.built_at.and_then(timestamp)).unwrap_or_else(|| NO_TIME.to_owned())
    }

    /// Returns when an entry changed: its date, else that of its nearest dated neighbour, the older one first.
    pub fn updated_of(&self, index: usize) -> String {
        let (above, below) = self.entries.split_at(index.min(self.entries.len()));
        let date = below.iter().chain(above.iter().rev()).find_map(|entry| entry.date);
        date.map_or_else(|| NO_TIME.to_owned(), midnight)
    }
}

/// Returns the beginning of a day as RFC 3339.
pub fn midnight(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

/// Returns seconds since the Unix epoch as RFC 3339; `None` outside the years that jiff knows.
pub fn timestamp(seconds: i64) -> Option<String> {
    jiff::Timestamp::from_second(seconds).ok().map(|time| time.to_string())
}

/// Joins the site's address and a URL relative to its root.
pub fn absolute(base: &str, url: &str) -> String {
    format!("{}/{}", base.trim_end_matches('/'), percent_encoded(url))
}

/// The host of a URL, without user and port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    let host = host.split(':').next().unwrap_or("");
    if host.is_empty() { "localhost" } else { host }
}

/// Writes what may not stand in a URL as `%XX` (RFC 3986, section 2); what is encoded already stays.
pub fn percent_encoded(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => encoded.push(byte as char),
            _ if b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) => encoded.push(byte as char),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Drops what XML 1.0 cannot hold (section 2.2): control characters and two non-characters.
fn xml_text(text: &str) -> String {
    let allowed = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{7f}'..='\u{9f}')
    };
    text.chars().filter(allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn entry(id: &str, date: &str) -> FeedEntry {
        FeedEntry {
            url: format!("changelog/{id}/"),
            title: format!("Release {id}"),
            date: date.parse().ok(),
            summary: "What & why".into(),
            html: "<p>1 &lt; 2 <a href=\"../\">x</a></p>".into(),
            id: format!("release/{id}"),
        }
    }

    pub(super) fn feed(entries: &[FeedEntry]) -> Feed<'_> {
        Feed {
            title: "Tom & Ann's <releases>",
            description: Some("All of them"),
            author: "Tom & Ann",
            language: "en",
            base_url: Some("https://docs.example.com/portal/"),
            url: "changelog/feed.xml",
            page: "changelog/",
            built_at: None,
            entries,
        }
    }

    #[test]
    fn the_time_of_a_feed_is_that_of_its_newest_entry() {
        let entries = [entry("3", ""), entry("2", "2026-11-18"), entry("1", "2026-12-01")];
        let mut feed = feed(&entries);
        feed.built_at = Some(1_800_000_000);
        assert_eq!(feed.updated(), "2026-12-01T00:00:00Z");
        assert_eq!(feed.updated_of(0), "2026-11-18T00:00:00Z");
        feed.entries = &entries[..1];
        assert_eq!(feed.updated(), "2027-01-15T08:00:00Z");
        assert_eq!(feed.updated_of(0), NO_TIME);
    }

    #[test]
    fn links_are_absolute_where_the_address_is_known() {
        let mut feed = feed(&[]);
        assert_eq!(feed.link("changelog/3 ä/"), "https://docs.example.com/portal/changelog/3%20%C3%A4/");
        assert_eq!(feed.tag("release/ä"), "tag:docs.example.com,2026:release/%C3%A4");
        feed.base_url = Some("https://me:pw@h.example:8080");
        assert_eq!(feed.link("a"), "https://me:pw@h.example:8080/a");
        assert_eq!(feed.tag("a"), "tag:h.example,2026:a");
        feed.base_url = None;
        assert_eq!(feed.link("changelog/3/"), "../changelog/3/");
        assert_eq!(feed.tag("a"), "tag:localhost,2026:a");
    }
}
