//! What stands behind the opening fence of a code block: language, title, line marks, and what examples say of
//! themselves. Reads the spellings of Docusaurus, Expressive Code, MkDocs, Zola, Mintlify, VitePress and mdBook alike.

use std::ops::RangeInclusive;

use super::directive::{brace_end, parse_attributes, unquoted};

/// The info string of a fenced code block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fence {
    /// The language in lower case; empty when none is given.
    pub language: String,
    /// `title="…"`, `name=…`, `[…]` or bare words.
    pub title: Option<String>,
    /// Marked lines, from 1.
    pub marked: Vec<RangeInclusive<usize>>,
    /// Lines marked as added.
    pub added: Vec<RangeInclusive<usize>>,
    /// Lines marked as removed.
    pub removed: Vec<RangeInclusive<usize>>,
    /// Lines that are not shown.
    pub hidden: Vec<RangeInclusive<usize>>,
    /// Texts that are marked wherever they occur.
    pub marked_text: Vec<String>,
    /// The number of the first line, when lines are numbered.
    pub first_number: Option<usize>,
    /// `diff lang="js"`: the language below the signs.
    pub language_of_diff: Option<String>,
    /// `op=`, `schema=`, `status=`, `expect=`, `why=` and the words `request`, `response`, `partial` of a checked example.
    pub example: Vec<(String, String)>,
    /// Words that nobody understands.
    pub unknown: Vec<String>,
}

/// Words of checked examples.
const EXAMPLE: &[&str] = &["op", "schema", "status", "expect", "why", "request", "response", "partial"];

/// Words that other tools know and that change nothing here.
const IGNORED: &[&str] = &[
    "collapse",
    "compile_fail",
    "copy",
    "does_not_compile",
    "editable",
    "expandable",
    "frame",
    "icon",
    "ignore",
    "live",
    "mdbook-runnable",
    "no-copy",
    "no_run",
    "nocopy",
    "nolinenumbers",
    "nolines",
    "noplayground",
    "noplaypen",
    "not_desired_behavior",
    "npm2yarn",
    "panics",
    "playground",
    "preserve",
    "runnable",
    "select",
    "should_panic",
    "sync",
    "theme",
    "twoslash",
    "untested",
    "wrap",
    "preserveindent",
    "meta",
    "id",
    "cache",
];

/// Words that switch line numbers on.
const NUMBERS: &[&str] =
    &["showlinenumbers", "linenos", "linenums", "lines", "startlinenumber", "linenostart", "line-numbers"];

/// Reads an info string.
pub fn parse(info: &str) -> Fence {
    let mut fence = Fence::default();
    let info = info.trim();
    let rest = match info.strip_prefix('{') {
        Some(_) => {
            let end = brace_end(info);
            let inner = info[1..end].trim_end_matches('}');
            take_class(inner, &mut fence)
        }
        None => take_language(info, &mut fence),
    };
    let mut title = Vec::new();
    let mut last_key = String::new();
    for (word, behind_comma) in words(&rest) {
        let before = title.len();
        take_word(&word, &mut fence, &mut title, &mut last_key);
        // `rust,ignore`: words behind a comma are flags, never a title.
        let flags = title.split_off(if behind_comma { before } else { title.len() });
        fence.unknown.extend(flags.into_iter().filter(|flag| !is_rust_flag(flag)));
    }
    if fence.title.is_none() && !title.is_empty() {
        fence.title = Some(title.join(" "));
    }
    fence
}

/// `{ .python title="x" }`: the first class is the language.
fn take_class(inner: &str, fence: &mut Fence) -> String {
    let mut rest = Vec::new();
    for (word, _) in words(inner) {
        match word.strip_prefix('.') {
            Some(class) if fence.language.is_empty() => fence.language = class.to_lowercase(),
            Some(_) => {}
            None if word.starts_with('#') => {}
            None => rest.push(word),
        }
    }
    rest.join(" ")
}

fn take_language(info: &str, fence: &mut Fence) -> String {
    let end = info.find(|c: char| c.is_whitespace() || c == ',' || c == '{').unwrap_or(info.len());
    if info[..end].contains('=') || info.starts_with(['"', '[']) {
        return info.to_string();
    }
    fence.language = info[..end].to_lowercase();
    info[end..].to_string()
}

fn is_rust_flag(word: &str) -> bool {
    word.starts_with("edition") || (word.starts_with('E') && word[1..].bytes().all(|byte| byte.is_ascii_digit()))
}

/// Parts an info string at white space and commas, quotes, braces and brackets kept whole; with each word whether a
/// comma alone stands before it.
fn words(text: &str) -> Vec<(String, bool)> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut behind_comma = false;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = match c {
            '"' | '\'' => text[at + 1..].find(c).map_or(c.len_utf8(), |end| end + 2),
            '{' => brace_end(&text[at..]),
            '[' if word.is_empty() => text[at..].find(']').map_or(1, |end| end + 1),
            _ => c.len_utf8(),
        };
        if c.is_whitespace() || c == ',' {
            words.extend((!word.is_empty()).then(|| (std::mem::take(&mut word), behind_comma)));
            behind_comma = c == ',';
        } else {
            word.push_str(&text[at..at + length]);
        }
        at += length;
    }
    words.extend((!word.is_empty()).then_some((word, behind_comma)));
    words
}

fn take_word(word: &str, fence: &mut Fence, title: &mut Vec<String>, last_key: &mut String) {
    if let Some((key, value)) = word.split_once('=').filter(|(key, _)| is_key(key)) {
        *last_key = key.to_lowercase();
        return take_pair(key, value, fence);
    }
    if word.starts_with('{') {
        return take_braces(word, fence);
    }
    if let Some(text) = word.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        return fence.marked_text.push(text.to_string());
    }
    if let Some(text) = word.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        fence.title = Some(text.to_string());
        return;
    }
    if let Some(pattern) =
        word.strip_prefix('/').and_then(|text| text.strip_suffix('/')).filter(|text| !text.is_empty())
    {
        return match pattern.contains(['\\', '[', '(', '*', '+', '?', '|', '^', '$', '.', '{', '/']) {
            true => fence.unknown.push(word.to_string()),
            false => fence.marked_text.push(pattern.to_string()),
        };
    }
    let lower = word.to_lowercase();
    // Zola parts several ranges by white space: `hl_lines=1 3-5`.
    if !last_key.is_empty() && parse_ranges(word).is_some() {
        return take_pair(&last_key.clone(), word, fence);
    }
    if NUMBERS.contains(&lower.as_str()) {
        fence.first_number.get_or_insert(1);
    } else if EXAMPLE.contains(&lower.as_str()) {
        fence.example.push((lower, String::new()));
    } else if looks_like(&lower).is_some() {
        fence.unknown.push(word.to_string());
    } else if !IGNORED.contains(&lower.as_str()) {
        title.push(word.to_string());
    }
}

fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

fn take_pair(key: &str, value: &str, fence: &mut Fence) {
    let bare = unquoted(value.trim_start_matches('{').trim_end_matches('}').trim());
    let lower = key.to_lowercase();
    let ranges = || parse_ranges(bare);
    match lower.as_str() {
        "title" | "name" | "file" | "filename" | "caption" => fence.title = Some(bare.to_string()),
        "lang" | "language" => fence.language_of_diff = Some(bare.to_lowercase()),
        "hl_lines" | "highlight" | "mark" | "focus" | "highlightlines" => match ranges() {
            Some(ranges) => fence.marked.extend(ranges),
            None => fence.marked_text.push(bare.to_string()),
        },
        "ins" | "add" => push_or_unknown(ranges(), key, value, &mut fence.added, &mut fence.unknown),
        "del" | "remove" => push_or_unknown(ranges(), key, value, &mut fence.removed, &mut fence.unknown),
        "hide_lines" => push_or_unknown(ranges(), key, value, &mut fence.hidden, &mut fence.unknown),
        number if NUMBERS.contains(&number) => {
            fence.first_number = (bare != "false").then(|| bare.parse().unwrap_or(1));
        }
        example if EXAMPLE.contains(&example) => fence.example.push((lower, bare.to_string())),
        ignored if IGNORED.contains(&ignored) => {}
        _ => fence.unknown.push(key.to_string()),
    }
}

fn push_or_unknown(
    ranges: Option<Vec<RangeInclusive<usize>>>,
    key: &str,
    value: &str,
    lines: &mut Vec<RangeInclusive<usize>>,
    unknown: &mut Vec<String>,
) {
    match ranges {
        Some(ranges) => lines.extend(ranges),
        None => unknown.push(format!("{key}={value}")),
    }
}

/// `{1,4-6}`: marked lines; `{1-2} ins={3}` and Expressive Code's `{"label":1-2}` too.
fn take_braces(word: &str, fence: &mut Fence) {
    let inner = word.trim_start_matches('{').trim_end_matches('}');
    let lines = inner.rsplit_once(':').map_or(inner, |(_, lines)| lines);
    match parse_ranges(lines) {
        Some(ranges) => fence.marked.extend(ranges),
        None => {
            // `{ .class key=value }` behind the language.
            for (key, value) in parse_attributes(inner) {
                match key.starts_with(['.', '#']) {
                    true => {}
                    false if value.is_empty() => fence.unknown.push(key),
                    false => take_pair(&key, &value, fence),
                }
            }
        }
    }
}

/// Reads `1,4-6`, `2 3-5` or `[1, 3]`.
fn parse_ranges(text: &str) -> Option<Vec<RangeInclusive<usize>>> {
    let text = text.trim_matches(['[', ']']);
    let parts = text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let ranges: Option<Vec<_>> = parts
        .map(|part| {
            let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
            Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
        })
        .collect();
    ranges.filter(|ranges| !ranges.is_empty())
}

/// Returns the known word that this one nearly is.
pub fn looks_like(word: &str) -> Option<&'static str> {
    let known = || NUMBERS.iter().chain(IGNORED).chain(EXAMPLE);
    let near = |known: &&&'static str| known.len() >= 6 && strsim::levenshtein(known, word) <= 2;
    if known().any(|known| *known == word) { None } else { known().find(near).copied() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(ranges: &[RangeInclusive<usize>]) -> String {
        let shown = ranges.iter().map(|range| format!("{}-{}", range.start(), range.end()));
        shown.collect::<Vec<_>>().join(",")
    }

    #[test]
    fn titles_are_read_in_every_spelling() {
        for info in [
            "js title=\"a b.js\"",
            "js title='a b.js' {1}",
            "js,name=\"a b.js\"",
            "js a b.js",
            "js [a b.js]",
            "{ .js title=\"a b.js\" }",
            "js {title=\"a b.js\"}",
            "js wrap a b.js icon=\"x\"",
        ] {
            let fence = parse(info);
            assert_eq!((fence.language.as_str(), fence.title.as_deref()), ("js", Some("a b.js")), "{info}");
            assert_eq!(fence.unknown, Vec::<String>::new(), "{info}");
        }
        assert_eq!(parse("title=\"x\"").title.as_deref(), Some("x"));
    }

    #[test]
    fn marked_lines_are_read_in_every_spelling() {
        for info in ["js {1,4-6}", "js{1,4-6}", "js hl_lines=\"1 4-6\"", "js,hl_lines=1 4-6", "js highlight={1,4-6}"] {
            assert_eq!(lines(&parse(info).marked), "1-1,4-6", "{info}");
        }
        let fence = parse("js {2} ins={3-4} del={5} \"text\" /lit/ hide_lines=7");
        assert_eq!(lines(&fence.marked), "2-2");
        assert_eq!(lines(&fence.added), "3-4");
        assert_eq!(lines(&fence.removed), "5-5");
        assert_eq!(lines(&fence.hidden), "7-7");
        assert_eq!(fence.marked_text, ["text", "lit"]);
    }

    #[test]
    fn line_numbers_are_read_in_every_spelling() {
        for (info, first) in [
            ("js showLineNumbers", Some(1)),
            ("js linenums=\"1\"", Some(1)),
            ("js,linenos,linenostart=10", Some(10)),
            ("js showLineNumbers=false", None),
            ("js showLineNumbers startLineNumber=5", Some(5)),
            ("js", None),
        ] {
            assert_eq!(parse(info).first_number, first, "{info}");
        }
    }

    #[test]
    fn unknown_words_are_kept_for_a_report() {
        assert_eq!(parse("js foo=1 showLineNumber").unknown, ["foo", "showLineNumber"]);
        assert_eq!(looks_like("showlinenumber"), Some("showlinenumbers"));
        assert_eq!(parse("rust,ignore,edition2021,E0308,wobble").unknown, ["wobble"]);
        assert_eq!(parse("rust,ignore").title, None);
    }

    #[test]
    fn checked_examples_say_what_they_are() {
        let fence = parse("json response op=createRefund status=201 partial");
        let expected = [("response", ""), ("op", "createRefund"), ("status", "201"), ("partial", "")];
        assert_eq!(fence.example, expected.map(|(key, value)| (key.to_string(), value.to_string())));
        assert_eq!(parse("diff lang=\"js\"").language_of_diff.as_deref(), Some("js"));
    }

    proptest::proptest! {
        #[test]
        fn no_info_string_panics(info in "([a-z]|[{}\"'=,.\\[\\]/ 0-9-]|é|hl_lines=|title=){0,30}") {
            parse(&info);
        }
    }
}
