//! Links of Markdown, rewritten where they stand: everything else keeps the bytes that its author wrote.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// Returns a text with new targets of links and images, and without comments; `resolve` takes a target as written and
/// gives the new one, or `None` to leave it.
pub fn rewritten(text: &str, resolve: &dyn Fn(&str) -> Option<String>) -> String {
    if !["](", "<!--", "]:"].iter().any(|mark| text.contains(mark)) {
        return text.to_owned();
    }
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                if let Some(new) = resolve(&dest_url) {
                    edits.extend(edit(text, range, link_type, &dest_url, &new));
                }
            }
            Event::Start(Tag::HtmlBlock) => edits.extend(comments(text, range)),
            Event::InlineHtml(html) if html.starts_with("<!--") => edits.push((range, String::new())),
            _ => {}
        }
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&new);
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Returns the comments in a block of HTML; one that is not closed goes to its end.
fn comments(text: &str, block: Range<usize>) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = block.start;
    while let Some(start) = text.get(at..block.end).and_then(|rest| rest.find("<!--")).map(|start| at + start) {
        let end = text[start..block.end].find("-->").map_or(block.end, |length| start + length + "-->".len());
        found.push((start..end, String::new()));
        at = end;
    }
    found
}

fn edit(text: &str, range: Range<usize>, kind: LinkType, target: &str, new: &str) -> Option<(Range<usize>, String)> {
    let raw = text.get(range.clone())?;
    match kind {
        LinkType::Inline => {
            let label_end = raw.rfind("](")?;
            let at = range.start + label_end + raw[label_end..].find(target)?;
            Some((at..at + target.len(), new.replace(' ', "%20")))
        }
        LinkType::Reference
        | LinkType::ReferenceUnknown
        | LinkType::Collapsed
        | LinkType::CollapsedUnknown
        | LinkType::Shortcut
        | LinkType::ShortcutUnknown => {
            let image = if raw.starts_with('!') { "!" } else { "" };
            let inner = label(&raw[image.len()..])?;
            Some((range, format!("{image}[{inner}]({new})")))
        }
        _ => None,
    }
}

/// Returns what stands between the first bracket and the one that closes it.
fn label(raw: &str) -> Option<&str> {
    let mut depth = 0;
    for (at, c) in raw.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 1 => return raw.get(1..at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::rewritten;

    #[test]
    fn n06_links_lead_to_twins_and_all_else_stays() {
        let resolve = |target: &str| target.strip_suffix(".md").map(|stem| format!("../{stem}/index.md"));
        for (text, expected) in [
            ("See [a](b.md \"t\") and `[c](d.md)`.", "See [a](../b/index.md \"t\") and `[c](d.md)`."),
            ("[x [y]](<b.md>) ![i](c.png)", "[x [y]](<../b/index.md>) ![i](c.png)"),
            (
                "[a][1] [b][] [b]\n\n[1]: c.md\n[b]: https://x\n",
                "[a](../c/index.md) [b][] [b]\n\n[1]: c.md\n[b]: https://x\n",
            ),
            ("[![i](a.md)](b.md)", "[![i](../a/index.md)](../b/index.md)"),
            ("a <!-- not for you --> b\n\n<!-- nor\nthis -->\n", "a  b\n\n\n"),
            ("```\n<!-- kept --> [a](b.md)\n```\n", "```\n<!-- kept --> [a](b.md)\n```\n"),
        ] {
            assert_eq!(rewritten(text, &resolve), expected);
        }
    }
}
