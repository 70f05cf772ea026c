//! The JSON reader, text in, outline and diagnostics out.

use super::*;

fn json(text: &str) -> String {
    shown("a.json", text)
}

#[test]
fn values_keep_their_order_and_spelling() {
    assert_eq!(
        json(r#" {"b": [1.10, 1e400, -0, 9223372036854775808], "a": {"t": true, "f": false, "n": null}, "": ""} "#),
        r#"{b: [1.10, 1e400, -0, 9223372036854775808], a: {t: true, f: false, n: null}, : ""}"#
    );
    assert_eq!(json("\u{feff}[]"), "[]");
    assert_eq!(json("\t\"x\"\r\n"), "\"x\"");
}

#[test]
fn escapes_are_read() {
    assert_eq!(
        json(r#"["\"\\\/\b\f\n\r\t", "\u00e9\u20AC\ud83d\ude00", {"\u0061": 1}]"#),
        "[\"\\\"\\\\/\\u{8}\\u{c}\\n\\r\\t\", \"é€😀\", {a: 1}]"
    );
}

#[test]
fn half_a_surrogate_pair_is_reported_and_replaced() {
    assert_eq!(
        json(r#"["\ud83d", "\ude00\ud83d", "\ud800\u0041"]"#).lines().collect::<Vec<_>>(),
        [
            "[\"\u{fffd}\", \"\u{fffd}\u{fffd}\", \"\u{fffd}A\"]",
            "json-syntax 1:3 `\\ud83d` `\\ud83d` is one half of a surrogate pair without the other",
            "json-syntax 1:13 `\\ude00` `\\ude00` is one half of a surrogate pair without the other",
            "json-syntax 1:19 `\\ud83d` `\\ud83d` is one half of a surrogate pair without the other",
            "json-syntax 1:29 `\\ud800` `\\ud800` is one half of a surrogate pair without the other",
        ]
    );
}

#[test]
fn odd_escapes_and_raw_control_characters_are_reported_once_and_kept() {
    assert_eq!(
        json(r#"["\x", "\u12"]"#),
        "[\"x\", \"\\\\u12\"]\njson-syntax 1:3 `\\x` `\\x` is no escape of JSON\njson-syntax 1:9 `\\u` `\\u` needs four hexadecimal digits"
    );
    assert_eq!(json("[\"a\tb\tc\"]"), "[\"a\\tb\\tc\"]\njson-syntax 1:4 `\t` a control character stands in a string");
}

#[test]
fn what_was_read_before_a_mistake_is_kept() {
    assert_eq!(
        json(r#"{"a": {"b": 1, "c" 2}, "d": 3}"#),
        "{a: {b: 1}}\njson-syntax 1:20 `2` expected `:` after the key, found `2`"
    );
    assert_eq!(
        json(r#"{"a": [1, 2"#),
        "{a: [1, 2]}\njson-syntax 1:12 `` expected `,` or `]` after the value, found the end of the text | 1:7 this bracket is not closed"
    );
    assert_eq!(
        json(r#"[1, 2}"#),
        "[1, 2]\njson-syntax 1:6 `}` expected `,` or `]` after the value, found `}` | 1:1 this bracket is not closed"
    );
    assert_eq!(
        json(r#"{"a": 1, "b": }"#),
        "{a: 1}\njson-syntax 1:15 `}` expected a value, found `}` | 1:1 this bracket is not closed"
    );
    assert_eq!(json(""), "null\njson-syntax 1:1 `` expected a value, found the end of the text");
    assert_eq!(json("{} x"), "{}\njson-syntax 1:4 `x` expected nothing more after the value, found `x`");
    assert_eq!(json("[\"a\nb\"]"), "[]\njson-syntax 1:2 `\"a` the string is not closed on its line");
}

#[test]
fn slips_that_leave_no_doubt_are_reported_and_read_over() {
    assert_eq!(
        json("{\"a\": [1,], }"),
        "{a: [1]}\njson-syntax 1:9 `,` JSON has no comma before `]`\njson-syntax 1:11 `,` JSON has no comma before `}`"
    );
    assert_eq!(
        json("{\"a\": 1\n\"b\": [1 2]}"),
        "{a: 1, b: [1, 2]}\njson-syntax 2:1 `\"` expected `,` or `}` after the value, found `\"`\njson-syntax 2:9 `2` expected `,` or `]` after the value, found `2`"
    );
    assert_eq!(json("// x\n{\"a\": /* y\n */ 1}"), "{a: 1}\njson-syntax 1:1 `// x` JSON has no comments");
    assert_eq!(
        json("{a: 'b'}"),
        "{a: \"b\"}\njson-syntax 1:2 `a` the key `a` has no quotes\njson-syntax 1:5 `'b'` JSON has no single quotes"
    );
    assert_eq!(
        json("[True, None, .5, NaN]"),
        "[true, null, 0.5(.5), \"NaN\"]\njson-syntax 1:2 `True` `True` is no JSON value\njson-syntax 1:8 `None` `None` is no JSON value\njson-syntax 1:14 `.5` `.5` is no JSON value\njson-syntax 1:18 `NaN` `NaN` is no JSON value"
    );
}

#[test]
fn the_first_of_two_equal_keys_is_used_and_both_places_are_told() {
    assert_eq!(
        json(r#"{"a": 1, "b": 2, "\u0061": 3}"#),
        "{a: 1, b: 2}\nduplicate-key 1:18 `\"\\u0061\"` the key `a` stands twice here; the first one is used | 1:2 the first one"
    );
    let many: Vec<String> = (0..40).map(|i| format!("\"k{i}\": {{\"k1\": {i}}}")).collect();
    let (node, lines) = read("a.json", &format!("{{{}, \"k7\": 0, \"z\": 1}}", many.join(",")));
    assert_eq!((node.entries().len(), lines.len()), (41, 1));
    assert!(lines[0].contains("the key `k7` stands twice"), "{lines:?}");
    assert!(node.get("k7").unwrap().is_map());
    assert_eq!(&*node.entries()[40].key, "z");
}

#[test]
fn a_hundred_thousand_levels_are_a_diagnosis() {
    for text in
        ["[".repeat(100_000), "{\"a\":".repeat(100_000), format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))]
    {
        let (_, lines) = read("a.json", &text);
        assert!(lines[0].starts_with("limit-depth 1:"), "{lines:?}");
    }
}

#[test]
fn what_stands_too_deep_is_null_and_the_rest_is_read() {
    let limits = Limits { depth: 2, ..Limits::default() };
    let (node, lines) = read_within("a.json", r#"{"a": [[1, "]\"", {"x": []}], 2, {}], "b": 3}"#, &limits);
    assert_eq!(outline(&node), "{a: [null, 2, null], b: 3}");
    assert_eq!(lines, ["limit-depth 1:8 `[` more than 2 objects and arrays stand inside one another here"]);
    assert!(read_within("a.json", "[[\"\\", &limits).1[0].starts_with("json-syntax"));
    assert!(read_within("a.json", "[[[\"\\", &limits).1[0].starts_with("limit-depth"));
}

#[test]
fn mistakes_are_told_up_to_a_number() {
    let (_, lines) = read("a.json", &format!("[{}1]", "'x',".repeat(1000)));
    assert_eq!(lines.len(), 50);
}

#[test]
fn spans_cover_what_is_written() {
    let text = r#"{"a\u0062": ["x", 1.0, {}], "é": null}"#;
    let (node, _) = read("a.json", text);
    let slice = |span: crate::model::node::Span| &text[span.start as usize..span.end as usize];
    assert_eq!(slice(node.span), text);
    assert_eq!(slice(node.entries()[0].key_span), r#""a\u0062""#);
    let list = node.get("ab").unwrap();
    assert_eq!(slice(list.span), r#"["x", 1.0, {}]"#);
    let items: Vec<&str> = list.items().iter().map(|item| slice(item.span)).collect();
    assert_eq!(items, ["\"x\"", "1.0", "{}"]);
    assert_eq!(slice(node.get("é").unwrap().span), "null");
}
