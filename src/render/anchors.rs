//! The anchors that others link to and a page does not have: fields that a long page leaves to the schema's own, or that
//! stand in a list of many choices. Each becomes a place beside the nearest thing that the page does have, so that a
//! link from search never leads nowhere.

use std::collections::{BTreeMap, HashMap};

/// Where the fields of a page begin, by the beginning of their anchors.
const SECTIONS: &[(&str, &str)] = &[("body-", "request-body"), ("property-", "fields")];

/// Adds the wanted anchors that a page does not have.
pub fn complete(html: String, wanted: &[String]) -> String {
    if wanted.is_empty() {
        return html;
    }
    let places = places(&html);
    let mut missing: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for anchor in wanted.iter().filter(|anchor| !places.contains_key(anchor.as_str())) {
        let at = nearest(&places, anchor).map_or_else(|| main(&html), |place| inside(&html, place));
        if let Some(at) = at {
            missing.entry(at).or_default().push(anchor);
        }
    }
    if missing.is_empty() {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 64 * wanted.len());
    let mut copied = 0;
    for (at, anchors) in missing {
        out.push_str(&html[copied..at]);
        copied = at;
        for anchor in anchors {
            out.push_str("<span id=\"");
            super::html::push_escaped(&mut out, anchor);
            out.push_str("\"></span>");
        }
    }
    out.push_str(&html[copied..]);
    out
}

/// Every `id` of a page, and where its attribute begins.
fn places(html: &str) -> HashMap<&str, usize> {
    let ids = html.match_indices(" id=\"").filter_map(|(at, opening)| {
        let rest = &html[at + opening.len()..];
        Some((&rest[..rest.find('"')?], at))
    });
    ids.collect()
}

/// The longest beginning of an anchor that the page has, else the section that it belongs to.
fn nearest(places: &HashMap<&str, usize>, anchor: &str) -> Option<usize> {
    let mut beginnings = anchor.match_indices('-').rev().map(|(at, _)| &anchor[..at]);
    let found = beginnings.find_map(|beginning| places.get(beginning).copied());
    found.or_else(|| {
        let section = SECTIONS.iter().find(|(beginning, _)| anchor.starts_with(beginning))?;
        places.get(section.1).copied()
    })
}

/// Where a place may stand inside the element whose `id` is at `place`: at the beginning of its first term if it is a row
/// of a list of terms, since nothing else may stand there.
fn inside(html: &str, place: usize) -> Option<usize> {
    let end = place + html[place..].find('>')? + 1;
    Some(if html[end..].starts_with("<dt>") { end + "<dt>".len() } else { end })
}

fn main(html: &str) -> Option<usize> {
    inside(html, html.find("<main")?)
}

#[cfg(test)]
mod tests {
    use super::complete;

    #[test]
    fn n02_anchors_that_a_page_lacks_stand_beside_the_nearest_thing_it_has() {
        let html =
            "<main id=\"main\"><h2 id=\"request-body\">B</h2><dl><div id=\"body-a\"><dt>a</dt></div></dl></main>";
        let wanted = ["body-a", "body-a-b-c", "body-x", "other"].map(str::to_owned);
        assert_eq!(
            complete(html.to_owned(), &wanted),
            "<main id=\"main\"><span id=\"other\"></span><h2 id=\"request-body\"><span id=\"body-x\"></span>B</h2><dl>\
             <div id=\"body-a\"><dt><span id=\"body-a-b-c\"></span>a</dt></div></dl></main>"
        );
        assert_eq!(complete(html.to_owned(), &["body-a".to_owned()]), html);
    }
}
