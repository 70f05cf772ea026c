//! Atom feeds (RFC 4287).

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Feed, FeedEntry, xml_text};

/// Writes a feed.
pub fn write(feed: &Feed<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new_with_indent(&mut bytes, b' ', 2);
    // Writing to memory cannot fail.
    let _ = document(&mut writer, feed);
    bytes.push(b'\n');
    bytes
}

type Xml<'a> = Writer<&'a mut Vec<u8>>;

fn document(writer: &mut Xml<'_>, feed: &Feed<'_>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = writer.create_element("feed");
    let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.language)];
    root.with_attributes(attributes).write_inner_content(|writer| {
        text(writer, "id", &feed.tag(feed.url))?;
        text(writer, "title", feed.title)?;
        if let Some(description) = feed.description {
            text(writer, "subtitle", description)?;
        }
        text(writer, "updated", &feed.updated())?;
        writer.create_element("author").write_inner_content(|writer| text(writer, "name", feed.author))?;
        link(writer, "self", "application/atom+xml", &feed.link(feed.url))?;
        link(writer, "alternate", "text/html", &feed.link(feed.page))?;
        text(writer, "generator", "Portolan")?;
        feed.entries.iter().enumerate().try_for_each(|(index, one)| entry(writer, feed, index, one))
    })?;
    Ok(())
}

fn entry(writer: &mut Xml<'_>, feed: &Feed<'_>, index: usize, entry: &FeedEntry) -> io::Result<()> {
    let url = feed.link(&entry.url);
    writer.create_element("entry").write_inner_content(|writer| {
        text(writer, "id", &feed.tag(&entry.id))?;
        text(writer, "title", &entry.title)?;
        text(writer, "updated", &feed.updated_of(index))?;
        if let Some(date) = entry.date {
            text(writer, "published", &super::midnight(date))?;
        }
        link(writer, "alternate", "text/html", &url)?;
        if !entry.summary.is_empty() {
            text(writer, "summary", &entry.summary)?;
        }
        // Links in the text are relative to the entry's page.
        let content = writer.create_element("content").with_attributes([("type", "html"), ("xml:base", url.as_str())]);
        content.write_text_content(BytesText::new(&xml_text(&entry.html)))?;
        Ok(())
    })?;
    Ok(())
}

fn text(writer: &mut Xml<'_>, name: &str, value: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(&xml_text(value)))?;
    Ok(())
}

fn link(writer: &mut Xml<'_>, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    writer.create_element("link").with_attributes([("rel", rel), ("type", kind), ("href", href)]).write_empty()?;
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use quick_xml::Reader;

    use super::super::tests::{entry, feed};
    use super::*;

    /// Reads XML back: `path text` of every element with text, `path@name value` of every attribute.
    pub(in crate::feeds) fn read_back(bytes: &[u8]) -> Vec<String> {
        let mut reader = Reader::from_str(std::str::from_utf8(bytes).unwrap());
        let mut path: Vec<String> = Vec::new();
        let mut found = Vec::new();
        let mut words = String::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) | Event::Empty(tag) if words.trim().is_empty() => {
                    let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                    for attribute in tag.attributes() {
                        let attribute = attribute.unwrap();
                        let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                        found.push(format!("{name}@{key} {}", attribute.unescape_value().unwrap()));
                    }
                    words.clear();
                    path.push(name);
                }
                Event::End(_) => {
                    if !words.trim().is_empty() {
                        found.push(format!("{} {words}", path.last().unwrap()));
                    }
                    words.clear();
                    path.pop();
                }
                Event::Text(text) => words.push_str(&text.decode().unwrap()),
                Event::GeneralRef(name) => {
                    words.push_str(&quick_xml::escape::unescape(&format!("&{};", name.decode().unwrap())).unwrap())
                }
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    #[test]
    fn a_feed_can_be_read_back() {
        let mut entries = [entry("3.2.0", "2026-11-18"), entry("unreleased", "")];
        entries[0].title = "a\u{1}<b> & \"c\" ]]>".into();
        let found = read_back(&write(&feed(&entries)));
        for expected in [
            "feed@xmlns http://www.w3.org/2005/Atom",
            "id tag:docs.example.com,2026:changelog/feed.xml",
            "title Tom & Ann's <releases>",
            "updated 2026-11-18T00:00:00Z",
            "link@href https://docs.example.com/portal/changelog/feed.xml",
            "id tag:docs.example.com,2026:release/3.2.0",
            "title a<b> & \"c\" ]]>",
            "published 2026-11-18T00:00:00Z",
            "summary What & why",
            "content@xml:base https://docs.example.com/portal/changelog/3.2.0/",
            "content <p>1 &lt; 2 <a href=\"../\">x</a></p>",
        ] {
            assert!(found.contains(&expected.to_string()), "{expected} in {found:#?}");
        }
        assert_eq!(found.iter().filter(|line| line.starts_with("published")).count(), 1);
        assert_eq!(found.iter().filter(|line| line.starts_with("updated")).count(), 3);
    }

    #[test]
    fn the_same_feed_gives_the_same_bytes_and_an_empty_one_is_whole() {
        let entries = [entry("1", "2026-01-01")];
        assert_eq!(write(&feed(&entries)), write(&feed(&entries)));
        assert!(read_back(&write(&feed(&[]))).contains(&"updated 1970-01-01T00:00:00Z".to_string()));
    }
}
