//! Splits text into the terms of the search index.
//!
//! The browser's script splits what a reader types by the same rules; `tests` here and in the script's own test compare
//! the two. Takes any text, gives folded terms; it knows nothing of records, weights or files.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest term in characters; what is longer is cut, in the index and in queries alike.
pub const LONGEST: usize = 48;

/// One run of letters and digits, split at changes of case and script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its parts, folded but not stemmed: `createIssue` gives `create` and `issue`, `日本語` gives `日本` and `本語`.
    pub parts: Vec<String>,
    /// All of it, folded: `createissue`.
    pub whole: String,
}

/// Returns the runs of a prose text. Underscores join (`created_at` is one run), everything else separates.
pub fn runs(text: &str) -> impl Iterator<Item = Run> {
    text.split(|c: char| !is_letter(c) && c != '_').filter_map(run)
}

/// Returns a text as one name, whatever separates its parts: `issues/create-comment`, `card.exp_month`. `None` when it
/// holds no letter and no digit.
pub fn run(text: &str) -> Option<Run> {
    let mut parts = Vec::new();
    let mut whole = String::new();
    for piece in pieces(text) {
        let folded = fold(piece);
        if folded.is_empty() {
            continue;
        }
        whole.push_str(&folded);
        match piece.chars().next().is_some_and(is_unspaced) {
            true => bigrams(&folded, &mut parts),
            false => parts.push(cut(&folded)),
        }
    }
    (!parts.is_empty()).then(|| Run { parts, whole: cut(&whole) })
}

/// Returns a folded word as the term that its singular and plural share: `repositories` and `repository` give
/// `repositori`.
///
/// Strips a plural `s`, then a final `e`, and writes a final `y` after a consonant as `i`. Light on purpose: a stronger
/// stemmer would join words that an API keeps apart. Words with digits or letters outside ASCII stay as they are.
pub fn term(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() || has_digit(word) {
        return Cow::Borrowed(word);
    }
    let bytes = word.as_bytes();
    let is_plural = bytes.len() > 2 && bytes.ends_with(b"s") && !matches!(bytes[bytes.len() - 2], b's' | b'u' | b'i');
    let word = if is_plural { &word[..word.len() - 1] } else { word };
    let word = if word.len() > 3 && word.ends_with('e') { &word[..word.len() - 1] } else { word };
    match word.as_bytes() {
        [.., before, b'y'] if word.len() > 3 && !b"aeiou".contains(before) => {
            Cow::Owned(format!("{}i", &word[..word.len() - 1]))
        }
        _ => Cow::Borrowed(word),
    }
}

/// Returns true when the text holds a digit: such terms forgive no typing mistake.
pub fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// True for what terms are made of.
fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// True for scripts that put no space between words: Thai and its neighbours, Burmese, Khmer, Chinese, Japanese, Korean.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Cuts a text where words meet: at what is no letter, at changes of case, at changes between spaced and unspaced script.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = None;
    let mut before: Option<char> = None;
    let chars = text.char_indices().peekable();
    for (at, c) in chars {
        if !is_letter(c) {
            pieces.extend(start.take().map(|start| &text[start..at]));
            before = None;
            continue;
        }
        let rest = &text[at + c.len_utf8()..];
        if let (Some(from), Some(last)) = (start, before)
            && meets(last, c, rest)
        {
            pieces.push(&text[from..at]);
            start = Some(at);
        }
        start = start.or(Some(at));
        before = Some(c);
    }
    pieces.extend(start.map(|start| &text[start..]));
    pieces
}

/// True when a new word begins with `c` after `last`. `APIs` and `IDs` are one word.
fn meets(last: char, c: char, rest: &str) -> bool {
    if is_unspaced(last) != is_unspaced(c) {
        return true;
    }
    if !c.is_uppercase() {
        return false;
    }
    if last.is_lowercase() || last.is_numeric() {
        return true;
    }
    let mut next = rest.chars();
    let (first, second) = (next.next(), next.next());
    let is_plural = first == Some('s') && !second.is_some_and(char::is_lowercase);
    last.is_uppercase() && first.is_some_and(char::is_lowercase) && !is_plural
}

/// Folds case, width, ligatures and Latin, Greek and Cyrillic diacritics. Vowel signs of other scripts stay.
fn fold(piece: &str) -> String {
    if piece.is_ascii() {
        return piece.to_ascii_lowercase();
    }
    let decomposed: String = piece.nfkd().collect();
    let lower = decomposed.to_lowercase();
    let bare = lower.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c) && is_letter(*c));
    let composed: String = bare.nfc().collect();
    let mut folded = String::with_capacity(composed.len());
    for c in composed.chars() {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
    folded
}

fn bigrams(text: &str, parts: &mut Vec<String>) {
    let chars: Vec<char> = text.chars().collect();
    match chars.len() {
        0 => {}
        1 => parts.push(text.to_owned()),
        _ => parts.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>())),
    }
}

fn cut(text: &str) -> String {
    if text.len() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> String {
        run(text).map_or(String::new(), |run| format!("{} = {}", run.parts.join(" "), run.whole))
    }

    #[test]
    fn names_are_split_at_case_and_punctuation() {
        assert_eq!(parts("issues/createComment"), "issues create comment = issuescreatecomment");
        assert_eq!(parts("card.exp_month"), "card exp month = cardexpmonth");
        assert_eq!(parts("HTTPServerURL"), "http server url = httpserverurl");
        assert_eq!(parts("listAPIs"), "list apis = listapis");
        assert_eq!(parts("oauth2Token"), "oauth2 token = oauth2token");
        assert_eq!(parts("X-Rate-Limit"), "x rate limit = xratelimit");
        assert_eq!(parts("{}/-"), "");
    }

    #[test]
    fn case_width_and_diacritics_fold() {
        assert_eq!(parts("Zürich"), "zurich = zurich");
        assert_eq!(parts("STRASSE"), parts("straße"));
        assert_eq!(parts("ＡＢＣ"), "abc = abc");
        assert_eq!(parts("İstanbul"), "istanbul = istanbul");
        assert_eq!(parts("ΟΔΟΣ"), parts("οδός"));
    }

    #[test]
    fn unspaced_scripts_become_bigrams() {
        assert_eq!(parts("日本語API"), "日本 本語 api = 日本語api");
        assert_eq!(parts("が"), "が = が");
        assert_eq!(parts("한국어"), "한국 국어 = 한국어");
    }

    #[test]
    fn singular_and_plural_share_a_term() {
        for (one, many) in [
            ("repository", "repositories"),
            ("branch", "branches"),
            ("cache", "caches"),
            ("status", "statuses"),
            ("address", "addresses"),
            ("cookie", "cookies"),
            ("id", "ids"),
            ("key", "keys"),
            ("box", "boxes"),
        ] {
            assert_eq!(term(one), term(many), "{one}, {many}");
        }
        assert_eq!(term("v2s"), "v2s");
        assert_ne!(term("note"), term("notify"));
    }

    #[test]
    fn prose_keeps_names_with_underscores_together() {
        let found: Vec<String> = runs("Set `created_at`, then GitHub's e-mail.").map(|run| run.whole).collect();
        assert_eq!(found, ["set", "createdat", "then", "github", "s", "e", "mail"]);
    }
}
