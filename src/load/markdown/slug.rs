//! Anchors of headings by GitHub's rule, so that links that work there work here.

use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;

/// Returns the anchor of a heading: lower case, white space as `-`, nothing but letters, marks, numbers, `-` and `_`.
/// `section` when nothing is left.
pub fn slug(text: &str) -> String {
    let kept = text.trim().chars().flat_map(char::to_lowercase).filter_map(|c| match c {
        c if c.is_whitespace() => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() || is_combining_mark(c) => Some(c),
        _ => None,
    });
    let slug: String = kept.collect();
    if slug.is_empty() { "section".into() } else { slug }
}

/// Returns what an explicit `{#id}` may be: letters, numbers and `-_.:` of it; `None` when nothing is left.
pub fn explicit_id(written: &str) -> Option<String> {
    let kept = |c: &char| c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, '-' | '_' | '.' | ':');
    let id: String = written.chars().filter(kept).collect();
    (!id.is_empty()).then_some(id)
}

/// Gives anchors that are unique within one page.
#[derive(Debug, Clone)]
pub struct Slugger {
    /// Every anchor taken, and the last number that was tried for it.
    used: BTreeMap<String, usize>,
}

/// Ids that the frame of every page has.
const OF_THE_FRAME: &[&str] = &["main"];

impl Default for Slugger {
    fn default() -> Slugger {
        Slugger { used: OF_THE_FRAME.iter().map(|id| (id.to_string(), 0)).collect() }
    }
}

impl Slugger {
    /// Takes this anchor, with `-1`, `-2` … when it is taken already.
    pub fn take(&mut self, slug: &str) -> String {
        let Some(&last) = self.used.get(slug) else {
            self.used.insert(slug.to_string(), 0);
            return slug.to_string();
        };
        let mut number = last + 1;
        while self.used.contains_key(&format!("{slug}-{number}")) {
            number += 1;
        }
        let id = format!("{slug}-{number}");
        self.used.insert(slug.to_string(), number);
        self.used.insert(id.clone(), 0);
        id
    }
}

/// Gives the headings of one text their anchors: explicit ids first, whatever their place, then the rest in order.
pub fn assign(headings: &[(Option<String>, &str)]) -> Vec<String> {
    let mut slugger = Slugger::default();
    let mut ids: Vec<Option<String>> = Vec::with_capacity(headings.len());
    for (explicit, _) in headings {
        ids.push(explicit.as_deref().and_then(explicit_id).map(|id| slugger.take(&id)));
    }
    let rest = ids.into_iter().zip(headings);
    rest.map(|(id, (_, text))| id.unwrap_or_else(|| slugger.take(&slug(text)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_follow_githubs_rule() {
        for (text, expected) in [
            ("Hello, World!", "hello-world"),
            ("  Two  spaces ", "two--spaces"),
            ("`POST /refunds` & more", "post-refunds--more"),
            ("Über größe_1", "über-größe_1"),
            ("日本語 の見出し", "日本語-の見出し"),
            ("हिन्दी", "हिन्दी"),
            ("🚀 Go", "-go"),
            ("!!!", "section"),
        ] {
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn repeated_anchors_are_numbered_and_explicit_ones_win() {
        let headings = [(None, "A"), (None, "A"), (Some("a".into()), "B"), (None, "A-1"), (Some("x\" y".into()), "C")];
        assert_eq!(assign(&headings), ["a-1", "a-2", "a", "a-1-1", "xy"]);
        assert_eq!(assign(&[(None, "Main")]), ["main-1"]);
    }

    #[test]
    fn thousands_of_equal_headings_take_no_quadratic_time() {
        let headings = vec![(None, "same"); 30_000];
        assert_eq!(assign(&headings)[29_999], "same-29999");
    }
}
