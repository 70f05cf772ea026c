//! What crawlers read: `sitemap.xml` (sitemaps.org, version 0.9) and `robots.txt` (RFC 9309).

use std::io;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{absolute, xml_text};

/// The most URLs that one sitemap may hold (sitemaps.org, "Sitemap file").
const MOST_URLS: usize = 50_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page that crawlers should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapPage {
    /// Its URL relative to the site's root.
    pub url: String,
    /// When its content changed, when that is known; never the time of the build.
    pub changed: Option<Date>,
}

/// Writes the sitemap: `sitemap.xml`, or an index of that name with `sitemap-1.xml` and so on when there are too many
/// pages for one. Gives paths below the site's root and their bytes.
pub fn sitemap(base_url: &str, pages: &[SitemapPage]) -> Vec<(String, Vec<u8>)> {
    split(base_url, pages, MOST_URLS)
}

fn split(base_url: &str, pages: &[SitemapPage], most: usize) -> Vec<(String, Vec<u8>)> {
    if pages.len() <= most {
        return vec![("sitemap.xml".to_owned(), list("urlset", "url", base_url, pages))];
    }
    let parts = pages.chunks(most).enumerate().map(|(at, part)| (format!("sitemap-{}.xml", at + 1), part));
    let index: Vec<SitemapPage> = parts
        .clone()
        .map(|(url, part)| SitemapPage { url, changed: part.iter().filter_map(|page| page.changed).max() })
        .collect();
    let mut files = vec![("sitemap.xml".to_owned(), list("sitemapindex", "sitemap", base_url, &index))];
    files.extend(parts.map(|(path, part)| (path, list("urlset", "url", base_url, part))));
    files
}

fn list(root: &str, item: &str, base_url: &str, pages: &[SitemapPage]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new_with_indent(&mut bytes, b' ', 1);
    // Writing to memory cannot fail.
    let _ = write_list(&mut writer, root, item, base_url, pages);
    bytes.push(b'\n');
    bytes
}

fn write_list(
    writer: &mut Writer<&mut Vec<u8>>,
    root: &str,
    item: &str,
    base_url: &str,
    pages: &[SitemapPage],
) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    writer.create_element(root).with_attribute(("xmlns", NAMESPACE)).write_inner_content(|writer| {
        pages.iter().try_for_each(|page| {
            writer.create_element(item).write_inner_content(|writer| {
                let url = xml_text(&absolute(base_url, &page.url));
                writer.create_element("loc").write_text_content(BytesText::new(&url))?;
                if let Some(changed) = page.changed {
                    writer.create_element("lastmod").write_text_content(BytesText::new(&changed.to_string()))?;
                }
                Ok(())
            })?;
            Ok(())
        })
    })?;
    Ok(())
}

/// Writes `robots.txt`: everything may be read; the sitemap is named where the site's address is known.
pub fn robots(base_url: Option<&str>) -> Vec<u8> {
    let sitemap = base_url.map(|base| format!("\nSitemap: {}\n", absolute(base, "sitemap.xml")));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default()).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::atom::tests::read_back;
    use super::*;

    fn page(url: &str, changed: &str) -> SitemapPage {
        SitemapPage { url: url.into(), changed: changed.parse().ok() }
    }

    #[test]
    fn pages_are_listed_with_what_is_known_of_them() {
        let files = sitemap("https://example.com/a/", &[page("", ""), page("x&y/ü/", "2026-11-18")]);
        assert_eq!(files.len(), 1);
        assert_eq!(
            read_back(&files[0].1),
            [
                "urlset@xmlns http://www.sitemaps.org/schemas/sitemap/0.9",
                "loc https://example.com/a/",
                "loc https://example.com/a/x&y/%C3%BC/",
                "lastmod 2026-11-18",
            ]
        );
    }

    #[test]
    fn too_many_pages_are_split_below_an_index() {
        let pages: Vec<SitemapPage> = (0..5).map(|at| page(&format!("{at}/"), "2026-01-01")).collect();
        let files = split("https://example.com/", &pages, 2);
        let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
        let index = read_back(&files[0].1);
        assert!(index.contains(&"loc https://example.com/sitemap-3.xml".to_string()), "{index:?}");
        assert!(read_back(&files[3].1).contains(&"loc https://example.com/4/".to_string()));
    }

    #[test]
    fn robots_may_read_everything() {
        assert_eq!(robots(None), b"User-agent: *\nAllow: /\n");
        let named = String::from_utf8(robots(Some("https://example.com/"))).unwrap();
        assert!(named.ends_with("\nSitemap: https://example.com/sitemap.xml\n"));
    }
}
