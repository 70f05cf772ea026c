//! What holds for every text.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;
use crate::tree;

/// Pieces that the three formats give a meaning to, so that random texts come far.
const PIECES: &[&str] = &[
    "a",
    "b",
    "é",
    "😀",
    "1",
    "-1.5",
    "0x1F",
    "true",
    "~",
    "null",
    ":",
    ": ",
    "- ",
    "? ",
    "-",
    ",",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
    "\t",
    " ",
    "|\n",
    ">-\n",
    "#",
    " # c",
    "&x ",
    "*x",
    "<<: ",
    "!!str ",
    "!!int ",
    "!t ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\\u00e9",
    "\\ud83d",
    "\\",
    "/*",
    "*/",
    "//",
    "=",
    " = ",
    "[[",
    "]]",
    "\u{7f}",
    "\u{0}",
    "\u{2028}",
    "\u{feff}",
    "{\"a\": 1, ",
    "k: v\n",
    "k:\n  - ",
    "'x\n",
    "@",
    "`",
    ".",
    "e5",
    "None",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => pieces, 1 => any::<String>()]
}

fn json_values() -> impl Strategy<Value = Json> {
    let number = prop_oneof![
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_filter("JSON has finite numbers only", |value| value.is_finite()).prop_map(Json::from),
        "-?(0|[1-9][0-9]{0,30})([.][0-9]{1,30})?(e[-+][1-9][0-9]?)?"
            .prop_map(|digits| Json::Number(digits.parse().unwrap())),
    ];
    let leaf =
        prop_oneof![Just(Json::Null), any::<bool>().prop_map(Json::from), number, any::<String>().prop_map(Json::from)];
    leaf.prop_recursive(5, 60, 12, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..12).prop_map(Json::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..12)
                .prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    })
}

/// Checks that what stands in a value stands inside its span, in order.
fn check_nesting(node: &Node) {
    let mut end = node.span.start;
    let parts = node.entries().iter().flat_map(|entry| [entry.key_span, entry.value.span]);
    for span in parts.chain(node.items().iter().map(|item| item.span)) {
        assert!(end <= span.start && span.end <= node.span.end, "{span:?} in {:?} after {end}", node.span);
        end = span.end;
    }
    node.items().iter().for_each(check_nesting);
    node.entries().iter().for_each(|entry| check_nesting(&entry.value));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_a_reader_panic(text in texts()) {
        read("a.json", &text);
        read("a.yaml", &text);
        let source = Arc::new(SourceText::new(SourcePath::new("a.toml"), text));
        check_spans(&tree::toml::parse(&source, 0, &Limits::default(), &mut Vec::new()), &source);
    }

    #[test]
    fn no_bytes_make_the_decoder_panic(bytes in any::<Vec<u8>>()) {
        let path = SourcePath::new("a.yaml");
        match tree::decode::decode(&bytes, &path) {
            Ok(source) => _ = read("a.yaml", &source.text),
            Err(found) => assert!(found.place.source.text.get(found.place.start..found.place.end).is_some()),
        }
    }

    #[test]
    fn json_is_what_serde_json_reads(value in json_values(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let (node, lines) = read("a.json", &text);
        prop_assert_eq!(lines, Vec::<String>::new());
        prop_assert_eq!(tree::de::to_json(&node), serde_json::from_str::<Json>(&text).unwrap());
        check_nesting(&node);
    }

    #[test]
    fn a_text_that_serde_json_refuses_is_reported(text in texts()) {
        let (node, lines) = read("a.json", &text);
        match serde_json::from_str::<Json>(text.trim_start_matches('\u{feff}')) {
            Ok(value) if lines.is_empty() => prop_assert_eq!(tree::de::to_json(&node), value),
            Ok(_) => prop_assert!(lines.iter().all(|line| line.starts_with("duplicate-key")), "{:?}", lines),
            Err(_) => prop_assert!(!lines.is_empty()),
        }
    }

    #[test]
    fn a_json_text_that_breaks_off_gives_what_was_complete(value in json_values(), at in any::<proptest::sample::Index>()) {
        let text = serde_json::to_string(&value).unwrap();
        let mut cut = at.index(text.len() + 1);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let (node, _) = read("a.json", &text[..cut]);
        check_nesting(&node);
    }
}
