//! Slugs: names of operations, schemas and tags as parts of URLs and file names.
//!
//! Takes any text and gives lower-case `[a-z0-9.-]`, safe on every disk: no Windows device names, no dots or hyphens
//! at the ends, at most [`MAX_BYTES`]. [`Slugs`] keeps them unique in one scope. It knows nothing of what is named.
//! Headings of documents have rules of their own (GitHub's) and are not made here.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::Text;

/// The longest slug. A segment may have 100 bytes and a path 200; a page has up to three segments more.
pub const MAX_BYTES: usize = 80;

/// Returns the slug of a text: words in lower case joined by hyphens; empty when no letter or digit remains.
///
/// `getUserById` and `get_user_by_id` are `get-user-by-id`, `HTTPServer` is `http-server`, `café` is `cafe`,
/// `io.k8s.v1` keeps its dots. Letters outside ASCII without an ASCII base are dropped.
pub fn slug(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    let ascii: Vec<char> = plain.flat_map(|c| in_ascii(c).chars().chain(in_ascii(c).is_empty().then_some(c))).collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, &c) in ascii.iter().enumerate() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => {
                if starts_word(&ascii, at) {
                    push_separator(&mut out, '-');
                }
                out.push(c.to_ascii_lowercase());
            }
            '.' => push_separator(&mut out, '.'),
            '\'' | '’' => {}
            _ => push_separator(&mut out, '-'),
        }
    }
    out.truncate(out.trim_end_matches(['-', '.']).len());
    shorten(guard_reserved(out), text)
}

/// Returns the usual spelling of Latin letters that have no decomposition; empty for other characters.
fn in_ascii(c: char) -> &'static str {
    match c {
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => "",
    }
}

/// Adds a separator unless the slug is empty or already ends with one.
fn push_separator(out: &mut String, separator: char) {
    if !out.is_empty() && !out.ends_with(['-', '.']) {
        out.push(separator);
    }
}

/// Returns true when the capital at `at` begins a word: after a small letter or digit, or as the last of at least
/// three capitals before a small letter (`HTTPServer`, but not `OAuth` or `URLs`).
pub(crate) fn starts_word(text: &[char], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|index| text.get(index)).copied();
    let after = |ahead: usize| text.get(at + ahead).copied();
    let Some(previous) = before(1) else { return false };
    if previous.is_ascii_lowercase() || previous.is_ascii_digit() {
        return true;
    }
    let in_capitals = previous.is_ascii_uppercase() && before(2).is_some_and(|c| c.is_ascii_uppercase());
    let plural = after(1) == Some('s') && !after(2).is_some_and(|c| c.is_ascii_lowercase());
    in_capitals && after(1).is_some_and(|c| c.is_ascii_lowercase()) && !plural
}

/// Puts `x-` before names that a disk or a web server takes for something else.
fn guard_reserved(slug: String) -> String {
    let stem = slug.split('.').next().unwrap_or("");
    let device = matches!(stem, "con" | "prn" | "aux" | "nul" | "index")
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.as_bytes()[3].is_ascii_digit());
    if device { format!("x-{slug}") } else { slug }
}

/// Cuts a long slug and ends it with a hash of the whole text, so that two long names stay two.
fn shorten(slug: String, text: &str) -> String {
    if slug.len() <= MAX_BYTES {
        return slug;
    }
    let head = slug[..MAX_BYTES - HASH_DIGITS - 1].trim_end_matches(['-', '.']);
    format!("{head}-{}", short_hash(text, 0))
}

const HASH_DIGITS: usize = 6;

fn short_hash(text: &str, round: u64) -> String {
    let hash = xxh3_64(text.as_bytes()).wrapping_add(round.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    format!("{:06x}", hash >> 40)
}

/// The slugs of one scope, each given once.
///
/// The first of two equal names keeps the plain slug; the second gets a hash of its whole identity, so that its URL
/// does not depend on how many others came before it.
#[derive(Debug, Default)]
pub struct Slugs {
    taken: HashSet<Text>,
}

impl Slugs {
    /// Returns the slug of a text that no earlier call gave.
    ///
    /// `identity` is what makes the named thing itself, such as `GET /pets`; it decides the suffix of a collision and
    /// the whole slug when the text has no letter or digit.
    pub fn take(&mut self, text: &str, identity: &str) -> Text {
        let plain = slug(text);
        let mut candidate = match plain.is_empty() {
            true => format!("x{}", short_hash(identity, 0)),
            false => plain.clone(),
        };
        let mut round = 0;
        while !self.taken.insert(Text::from(candidate.as_str())) {
            let room = plain.len().min(MAX_BYTES - HASH_DIGITS - 1);
            let head = plain[..room].trim_end_matches(['-', '.']);
            candidate = match head.is_empty() {
                true => format!("x{}", short_hash(identity, round + 1)),
                false => format!("{head}-{}", short_hash(identity, round)),
            };
            round += 1;
        }
        candidate.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_found_in_the_usual_spellings() {
        for (text, expected) in [
            ("getUserById", "get-user-by-id"),
            ("get_user_by_id", "get-user-by-id"),
            ("HTTPServer", "http-server"),
            ("OAuth2Client", "oauth2-client"),
            ("listVMs", "list-vms"),
            ("URLs", "urls"),
            ("GET /pets/{petId}.json", "get-pets-pet-id-json"),
            ("io.k8s.api.v1.Pod", "io.k8s.api.v1.pod"),
            ("café", "cafe"),
            ("Größe", "grosse"),
            ("..", ""),
            ("日本", ""),
            ("-a-", "a"),
            ("user's", "users"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn o02_names_that_a_disk_keeps_for_itself_are_changed() {
        assert_eq!(slug("CON"), "x-con");
        assert_eq!(slug("nul.txt"), "x-nul.txt");
        assert_eq!(slug("index"), "x-index");
        assert_eq!(slug("com1"), "x-com1");
        assert_eq!(slug("com"), "com");
    }

    #[test]
    fn o02_a_long_name_is_cut_and_stays_itself() {
        let (a, b) = (slug(&"a".repeat(300)), slug(&"a".repeat(301)));
        assert!(a.len() <= MAX_BYTES && a != b, "{a} {b}");
    }

    #[test]
    fn o03_the_suffix_of_a_collision_comes_from_the_identity() {
        let mut few = Slugs::default();
        few.take("getItem", "GET /a");
        let alone = few.take("get_item", "GET /b");
        let mut many = Slugs::default();
        many.take("getItem", "GET /a");
        many.take("get item", "GET /between");
        assert_eq!(many.take("get_item", "GET /b"), alone);
    }

    proptest! {
        #[test]
        fn any_texts_give_distinct_safe_slugs(texts in proptest::collection::vec(".{0,120}", 1..20)) {
            let mut slugs = Slugs::default();
            let mut seen = HashSet::new();
            for (at, text) in texts.iter().enumerate() {
                let slug = slugs.take(text, &format!("{at} {text}"));
                prop_assert!(!slug.is_empty() && slug.len() <= 100);
                prop_assert!(slug.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-')));
                prop_assert!(!slug.ends_with(['.', '-']) && !slug.starts_with(['.', '-']));
                prop_assert!(seen.insert(slug));
            }
        }
    }
}
