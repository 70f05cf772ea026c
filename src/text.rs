//! Names in words: what to call a thing whose author gave it none, and what a file name says besides the name.

pub use crate::slug::slug;

use crate::model::api::Operation;

/// Splits an order prefix from a file or folder name: `01-intro` is (1, `intro`), `2021-01-23-news` is (none, `news`).
///
/// Accepted are up to four digits, then `-`, `_`, `.` or white space, then a name. A name of nothing but digits keeps
/// them, and so does one like `3d-secure` or `2.0-migration`.
pub fn without_order_prefix(name: &str) -> (Option<f64>, &str) {
    if let Some(rest) = after_date(name) {
        return (None, rest);
    }
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return (None, name);
    }
    let rest = name[digits..].trim_start_matches(['-', '_', '.', ' ']);
    let separated = rest.len() < name.len() - digits;
    let is_version = name[digits..].starts_with('.') && rest.starts_with(|c: char| c.is_ascii_digit());
    if !separated || is_version || rest.is_empty() || is_file_extension(&name[digits..]) {
        return (None, name);
    }
    (name[..digits].parse().ok(), rest)
}

/// True for what is left of a name like `404.md`.
fn is_file_extension(rest: &str) -> bool {
    matches!(rest, ".md" | ".mdx" | ".markdown" | ".yaml" | ".yml" | ".json")
}

fn after_date(name: &str) -> Option<&str> {
    let date = name.get(..10)?;
    let shape = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let rest = name[10..].strip_prefix(['-', '_'])?;
    (shape && !rest.is_empty()).then_some(rest)
}

/// Returns the title that a file or folder name stands for: `getting-started` is "Getting started".
pub fn title_of_name(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.as_str() {
        "apis" => "APIs".to_owned(),
        "faq" => "FAQ".to_owned(),
        _ => capitalised(&words),
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Returns an operation's title: its summary, else its operationId in words, else method and path.
pub fn operation_title(operation: &Operation) -> String {
    if let Some(summary) = operation.summary.as_deref().map(str::trim).filter(|summary| !summary.is_empty()) {
        return summary.to_owned();
    }
    match &operation.operation_id {
        Some(id) => words_of_identifier(id),
        None => format!("{} {}", operation.kind.method(), operation.kind.address()),
    }
}

/// Returns an identifier as words: `listSpecialEvents` and `list_special_events` are "List special events".
pub fn words_of_identifier(identifier: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    let letters: Vec<char> = identifier.chars().collect();
    for (at, &c) in letters.iter().enumerate() {
        let begins = c.is_uppercase() && (!previous.is_uppercase() || crate::slug::starts_word(&letters, at));
        if c == '_' || c == '-' || c == '.' || c == '/' || c == ' ' {
            words.push(String::new());
        } else if begins || words.is_empty() {
            words.push(c.to_string());
        } else if let Some(word) = words.last_mut() {
            word.push(c);
        }
        previous = c;
    }
    let is_acronym = |word: &str| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        singular.chars().count() > 1 && singular.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    let words: Vec<String> = words
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(|word| if is_acronym(&word) { word } else { word.to_lowercase() })
        .collect();
    capitalised(&words.join(" "))
}

/// Decodes `%20` and the like; what is no valid UTF-8 then stays as it was.
pub fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = pair.filter(|_| bytes[at] == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok());
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_date_prefixes_are_order_not_name() {
        assert_eq!(without_order_prefix("01-intro"), (Some(1.0), "intro"));
        assert_eq!(without_order_prefix("2021-01-23-news.md"), (None, "news.md"));
        assert_eq!(without_order_prefix("3d-secure"), (None, "3d-secure"));
        assert_eq!(without_order_prefix("2.0-migration"), (None, "2.0-migration"));
        assert_eq!(without_order_prefix("404.md"), (None, "404.md"));
        assert_eq!(without_order_prefix("2026"), (None, "2026"));
    }

    #[test]
    fn identifiers_become_words() {
        assert_eq!(words_of_identifier("listSpecialEvents"), "List special events");
        assert_eq!(words_of_identifier("get_user_byID"), "Get user by ID");
        assert_eq!(words_of_identifier("meta/root"), "Meta root");
    }

    #[test]
    fn o01_an_acronym_before_a_word_stays_an_acronym() {
        assert_eq!(words_of_identifier("getHTTPResponse"), "Get HTTP response");
        assert_eq!(words_of_identifier("HTMLToPDF"), "HTML to PDF");
        assert_eq!(words_of_identifier("listIDs"), "List IDs");
    }

    #[test]
    fn percent_decoding_leaves_what_is_not_text() {
        assert_eq!(percent_decoded("a%20b%2"), "a b%2");
        assert_eq!(percent_decoded("%ff"), "%ff");
    }
}
