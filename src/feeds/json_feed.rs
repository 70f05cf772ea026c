//! JSON Feed, version 1.1 (jsonfeed.org/version/1.1).

use serde_json::{Map, Value, json};

use super::{Feed, FeedEntry};

/// Writes a feed.
pub fn write(feed: &Feed<'_>) -> Vec<u8> {
    let items: Vec<Value> = feed.entries.iter().map(|entry| item(feed, entry)).collect();
    let mut root = Map::new();
    root.insert("version".into(), json!("https://jsonfeed.org/version/1.1"));
    root.insert("title".into(), json!(feed.title));
    root.insert("home_page_url".into(), json!(feed.link(feed.page)));
    root.insert("feed_url".into(), json!(feed.link(feed.url)));
    if let Some(description) = feed.description {
        root.insert("description".into(), json!(description));
    }
    root.insert("language".into(), json!(feed.language));
    root.insert("authors".into(), json!([{ "name": feed.author }]));
    root.insert("items".into(), Value::Array(items));
    let mut bytes = serde_json::to_vec_pretty(&root).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn item(feed: &Feed<'_>, entry: &FeedEntry) -> Value {
    let mut item = Map::new();
    item.insert("id".into(), json!(feed.tag(&entry.id)));
    item.insert("url".into(), json!(feed.link(&entry.url)));
    item.insert("title".into(), json!(entry.title));
    // An item needs its text in one form; an empty one is text.
    match entry.html.is_empty() {
        true => item.insert("content_text".into(), json!(entry.summary)),
        false => item.insert("content_html".into(), json!(entry.html)),
    };
    if !entry.summary.is_empty() {
        item.insert("summary".into(), json!(entry.summary));
    }
    if let Some(date) = entry.date {
        item.insert("date_published".into(), json!(super::midnight(date)));
    }
    Value::Object(item)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, feed};
    use super::*;

    #[test]
    fn a_feed_can_be_read_back() {
        let mut entries = [entry("3.2.0", "2026-11-18"), entry("unreleased", "")];
        entries[1].html.clear();
        let read: Value = serde_json::from_slice(&write(&feed(&entries))).unwrap();
        assert_eq!(read["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(read["title"], "Tom & Ann's <releases>");
        assert_eq!(read["feed_url"], "https://docs.example.com/portal/changelog/feed.xml");
        let [first, second] = &read["items"].as_array().unwrap()[..] else { panic!("two items") };
        assert_eq!(first["id"], "tag:docs.example.com,2026:release/3.2.0");
        assert_eq!(first["date_published"], "2026-11-18T00:00:00Z");
        assert_eq!(first["content_html"], entries[0].html.as_str());
        assert_eq!(second["content_text"], "What & why");
        assert!(second.get("date_published").is_none());
    }
}
