//! The TOML reader, text in, outline and diagnostics out.

use super::*;
use crate::tree;

fn toml(text: &str) -> String {
    let source = Arc::new(SourceText::new(SourcePath::new("portal.toml"), text));
    let mut problems = Vec::new();
    let node = tree::toml::parse(&source, 0, &Limits::default(), &mut problems);
    check_spans(&node, &source);
    std::iter::once(outline(&node)).chain(problems.iter().map(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn values_keep_their_order_and_spelling() {
    assert_eq!(
        toml(
            "z = 1\nb = 0x1F\nc = 1_000\nd = +1.50\ne = inf\nf = 2024-01-01T10:00:00Z\ng = 'x'\nh = true\n[t.u]\ny = [1, {a = 2}]\n[[v]]\nq = 1\n[[v]]\nq = 2\n"
        ),
        r#"{z: 1, b: 31(0x1F), c: 1000(1_000), d: 1.50(+1.50), e: "inf", f: "2024-01-01T10:00:00Z", g: "x", h: true, t: {u: {y: [1, {a: 2}]}}, v: [{q: 1}, {q: 2}]}"#
    );
    assert_eq!(toml("n = 99999999999999999999999\n"), "{n: 99999999999999999999999}");
}

#[test]
fn mistakes_have_a_place_and_the_rest_is_read() {
    assert_eq!(toml("a = x y\nb = 1\n").lines().nth(1), Some("toml-syntax 1:5 `x y` a text stands without quotes"));
    assert_eq!(toml("a = \nb = 1\n").lines().nth(1), Some("toml-syntax 1:5 `` a value is missing here"));
    assert_eq!(
        toml("e = 1\na = 1\na = 2\n").lines().last(),
        Some("duplicate-key 3:1 `a` the key `a` stands twice; the first one is used")
    );
    let deep = format!("a{} = 1\n", ".a".repeat(100_000));
    assert!(toml(&deep).contains("limit-depth"), "a dotted key is as deep as its parts");
    let deep = toml(&format!("a = {}", "[".repeat(100_000)));
    assert_eq!(deep.lines().count(), 2, "{deep}");
    assert!(deep.contains("limit-depth"));
}

#[test]
fn a_part_of_a_file_has_the_places_of_the_file() {
    let text = "+++\n'é' = 'x'\ny = z\n+++\n";
    let source = Arc::new(SourceText::new(SourcePath::new("a.md"), text));
    let mut problems = Vec::new();
    let node = tree::toml::parse_at(&source, 4..text.len() - 4, 0, &Limits::default(), &mut problems);
    let span = node.get("é").unwrap().span;
    assert_eq!(&text[span.start as usize..span.end as usize], "'x'");
    assert_eq!(problems.iter().map(line).collect::<Vec<_>>(), ["toml-syntax 3:5 `z` a text stands without quotes"]);
}
