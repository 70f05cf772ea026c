//! The YAML reader, text in, outline and diagnostics out.

use super::*;

fn yaml(text: &str) -> String {
    shown("a.yaml", text)
}

#[test]
fn scalars_follow_the_core_schema_and_keep_their_spelling() {
    assert_eq!(
        yaml(
            "a: 1.10\nb: yes\nc: ~\nd:\ne: 0x1F\nf: 2024-01-01\ng: '12'\nh: on\ni: 1_000\nj: .inf\nk: 007\nl: |\n  x\n  y\n"
        ),
        r#"{a: 1.10, b: "yes", c: null, d: null, e: 31(0x1F), f: "2024-01-01", g: "12", h: "on", i: "1_000", j: ".inf", k: 7(007), l: "x\ny\n"}"#
    );
    assert_eq!([yaml(""), yaml("# only\n"), yaml("text")], ["null", "null", "\"text\""]);
}

#[test]
fn keys_are_texts_as_they_are_written() {
    assert_eq!(
        yaml("200: a\ntrue: b\n~: c\n: d\n1.0: e\n'x': f\n? |\n  g\n: h\n"),
        "{200: \"a\", true: \"b\", ~: \"c\", : \"d\", 1.0: \"e\", x: \"f\", g\n: \"h\"}"
    );
    assert_eq!(
        yaml("? [a, {b: c}]\n: 1\nd: 2\n"),
        "{[a, {b: c}]: 1, d: 2}\nyaml-key 1:3 `[a, {b: c}]` this key is no text; it is used as it is written"
    );
}

#[test]
fn tags_of_yaml_are_followed_and_others_change_nothing() {
    assert_eq!(
        yaml(
            "a: !!str 12\nb: !!int '3'\nc: !!float 1\nd: !!bool 'true'\ne: !!null ''\nf: !!binary aGk=\ng: !!timestamp 2001-01-01\nh: ! 12\ni: !Ref 12\nj: !!float .inf\nk: !<tag:yaml.org,2002:str> 1\nl: !x {a: 1}\nm: !!str\n"
        ),
        r#"{a: "12", b: 3, c: 1, d: true, e: null, f: "aGk=", g: "2001-01-01", h: "12", i: 12, j: ".inf", k: "1", l: {a: 1}, m: ""}"#
    );
    assert_eq!(
        yaml("a: !!int many\nb: !!int 1.5\n"),
        "{a: \"many\", b: \"1.5\"}\nyaml-tag 1:10 `many` `many` is no `!!int`; it is used as a text\nyaml-tag 2:10 `1.5` `1.5` is no `!!int`; it is used as a text"
    );
}

#[test]
fn aliases_stand_for_the_value_of_their_anchor() {
    assert_eq!(
        yaml("a: &x {b: 1}\nc: *x\nd: &k key\n*k : e\nf: [&y 1, *y]\n"),
        "{a: {b: 1}, c: {b: 1}, d: \"key\", key: \"e\", f: [1, 1]}"
    );
    assert_eq!(yaml("a: &x 1\nb: &x 2\nc: *x\n"), "{a: 1, b: 2, c: 2}");
}

#[test]
fn an_alias_without_anchor_or_inside_its_own_is_reported() {
    assert_eq!(
        yaml("a: *x\nb: &x 1\n"),
        "{a: null, b: 1}\nyaml-alias 1:4 `*x` no anchor `&x` stands before this alias"
    );
    assert_eq!(
        yaml("a: &r\n  b: [*r]\nc: *r\n"),
        "{a: {b: [null]}, c: {b: [null]}}\nyaml-alias 2:7 `*r` the alias `*r` stands inside the value it names"
    );
    assert_eq!(
        yaml("? &x [1]\n: 2\na: *x\n").lines().last(),
        Some("yaml-alias 3:4 `*x` the value that the alias `*x` names was left out")
    );
    assert_eq!(
        yaml("{a: 1}\nb\n").lines().last(),
        Some("yaml-syntax 2:1 `b` the document ends above, and this does not belong to it")
    );
    assert_eq!(
        yaml("a: &x [1]\n*x : 2\n"),
        "{a: [1], *x: 2}\nyaml-key 2:1 `*x` the alias `*x` names no text; it is used as it is written"
    );
}

#[test]
fn merge_keys_add_what_the_map_does_not_have() {
    assert_eq!(
        yaml(
            "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nm:\n  <<: *x\n  b: 9\nn:\n  b: 8\n  <<: [*y, *x]\no: {<<: {d: 5}, e: 6}\np: {'<<': 1}\n"
        ),
        "{x: {a: 1, b: 2}, y: {b: 3, c: 4}, m: {b: 9, a: 1}, n: {b: 8, c: 4, a: 1}, o: {e: 6, d: 5}, p: {<<: 1}}"
    );
    assert_eq!(
        yaml("m:\n  <<: 1\n  a: 2\n"),
        "{m: {a: 2}}\nyaml-merge 2:3 `<<` `<<` merges an object or a list of objects, and this is a number"
    );
}

#[test]
fn the_first_of_two_equal_keys_is_used_and_both_places_are_told() {
    assert_eq!(
        yaml("a: 1\nb: 2\na: 3\n'a': 4\n"),
        "{a: 1, b: 2}\nduplicate-key 3:1 `a` the key `a` stands twice here; the first one is used | 1:1 the first one\nduplicate-key 4:1 `'a'` the key `a` stands twice here; the first one is used | 1:1 the first one"
    );
}

#[test]
fn a_second_document_is_left_out_unless_it_is_empty() {
    assert_eq!(
        yaml("---\na: 1\n---\nb: 2\n"),
        "{a: 1}\nyaml-documents 3:1 `---` a second document begins here; only the first one is used"
    );
    assert_eq!(yaml("---\na: 1\n...\n"), "{a: 1}");
    assert_eq!(yaml("a: 1\n---\n"), "{a: 1}");
}

#[test]
fn what_was_read_before_a_mistake_is_kept() {
    assert_eq!(
        yaml("a:\n  b: 1\n c: 2\n"),
        "{a: {b: 1}}\nyaml-syntax 3:2 `c` the indentation of this line fits no line above"
    );
    assert_eq!(
        yaml("x: [1, 2]\na: [3, 4\nb: 5\n"),
        "{x: [1, 2], a: [3]}\nyaml-syntax 3:2 `:` a `:` cannot stand here inside brackets | 2:4 this bracket is still open"
    );
}

#[test]
fn syntax_errors_are_said_in_the_authors_words() {
    let said = |text: &str| yaml(text).lines().skip(1).collect::<Vec<_>>().join("\n");
    assert_eq!(said("é: ü: x\n"), "yaml-syntax 1:5 `:` a second `:` makes a key of this value");
    assert_eq!(
        said("a: 1\n  b: 2\n"),
        "yaml-syntax 2:4 `:` the text before this `:` begins on an earlier line, so it is no key"
    );
    assert_eq!(said("a:\n\tb: 1\n"), "yaml-syntax 2:1 `\t` a tab stands where YAML wants spaces");
    assert_eq!(said("a: 1\n\tb: 2\n"), "yaml-syntax 2:1 `\t` a tab stands where YAML wants spaces");
    assert_eq!(
        said("a: 'x\nb: 2\n"),
        "yaml-syntax 2:1 `b` a quoted text is not closed before this | 1:4 this quote is not closed"
    );
    assert_eq!(said("a: @x\n"), "yaml-syntax 1:4 `@` a value cannot begin with `@`");
    assert_eq!(said("a: 'it's'\n"), "yaml-syntax 1:8 `s` something follows the closing `'`");
    assert_eq!(said("a: {b: 1\n"), "yaml-syntax 1:4 `{` the bracket `{` is not closed");
    assert_eq!(said("- a\nb: c\n"), "yaml-syntax 2:1 `b` a key stands among the items of a list");
    assert_eq!(said("a:\n- b\n-c\n"), "yaml-syntax 3:1 `-` no space follows this `-`");
    assert_eq!(said("a: b\nc\n"), "yaml-syntax 2:1 `c` a key stands here without its `:`");
    assert_eq!(said("a: \u{7}\n"), "yaml-syntax 1:4 `\u{7}` the control character U+0007 cannot stand in YAML");
}

#[test]
fn quoted_texts_that_are_indented_like_their_key_are_read_with_a_warning() {
    assert_eq!(
        yaml("a:\n  b: 'x ''y''\n  z.\n\n  w'\n  c: \"p\n  q\"\n"),
        "{a: {b: \"x 'y' z.\\nw\", c: \"p q\"}}\nyaml-indent 3:3 `z` this line of a quoted text is indented no further than its key\nyaml-indent 7:3 `q` this line of a quoted text is indented no further than its key"
    );
}

#[test]
fn a_lost_quote_is_not_taken_for_an_indentation() {
    assert_eq!(
        yaml("a: 'x\nb c\nd'e\n"),
        "{}\nyaml-syntax 2:1 `b` a quoted text is not closed before this | 1:4 this quote is not closed"
    );
}

#[test]
fn depth_is_limited_in_both_styles_and_through_aliases() {
    let limits = Limits { depth: 3, ..Limits::default() };
    let within = |text: &str| {
        let (node, lines) = read_within("a.yaml", text, &limits);
        (outline(&node), lines.iter().map(|line| line.chars().take(15).collect::<String>()).collect::<Vec<_>>())
    };
    assert_eq!(within("a: [[1]]\n"), ("{a: [[1]]}".into(), vec![]));
    assert_eq!(within("a: [[[1]], 2]\nb: 3\n"), ("{a: [[null], 2], b: 3}".into(), vec!["limit-depth 1:6".into()]));
    assert_eq!(
        within("a: &x [[1]]\nb: [*x, 2]\n"),
        ("{a: [[1]], b: [null, 2]}".into(), vec!["limit-depth 2:5".into()])
    );
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000), "? ".repeat(100_000)] {
        assert!(read("a.yaml", &text).1[0].starts_with("limit-depth"));
    }
}

#[test]
fn what_aliases_stand_for_is_limited() {
    let levels = (1..30).map(|i| format!("a{i}: &a{i} [{}]\n", format!("*a{}, ", i - 1).repeat(10)));
    let bomb: String = std::iter::once("a0: &a0 [x]\n".into()).chain(levels).collect();
    let (_, lines) = read("a.yaml", &bomb);
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("limit-aliases"), "{lines:?}");
    let limits = Limits { alias_nodes: 5, ..Limits::default() };
    let (node, lines) = read_within("a.yaml", "a: &a [1, 2]\nb: *a\nc: *a\nd: 1\n", &limits);
    assert_eq!((outline(&node), lines.len()), ("{a: [1, 2], b: [1, 2], c: null, d: 1}".into(), 1));
}

#[test]
fn a_part_of_a_file_has_the_places_of_the_file() {
    let text = "---\né: [a]\nx: *y\n---\n# Title\n";
    let source = Arc::new(SourceText::new(SourcePath::new("a.md"), text));
    let mut problems = Vec::new();
    let node = crate::tree::yaml::parse_at(&source, 4..18, 7, &Limits::default(), &mut problems);
    assert_eq!(outline(&node), "{é: [\"a\"], x: null}");
    let span = node.get("é").unwrap().items()[0].span;
    assert_eq!((span.file, &text[span.start as usize..span.end as usize]), (7, "a"));
    assert_eq!(
        problems.iter().map(line).collect::<Vec<_>>(),
        ["yaml-alias 3:4 `*y` no anchor `&y` stands before this alias"]
    );
    for range in [0..999, 5..6, std::ops::Range { start: 9, end: 4 }] {
        crate::tree::yaml::parse_at(&source, range.clone(), 0, &Limits::default(), &mut problems);
        crate::tree::toml::parse_at(&source, range, 0, &Limits::default(), &mut problems);
    }
}

#[test]
fn spans_cover_what_is_written() {
    let text = "a:\n  - é: 'q'\n    b: |\n      x\n\n  # c\n  - [1,\n  2]\nc:\nd: &x !!str 1\n";
    let (node, _) = read("a.yaml", text);
    let slice = |node: &Node| &text[node.span.start as usize..node.span.end as usize];
    assert_eq!(slice(&node), text.trim_end());
    let list = node.get("a").unwrap();
    assert_eq!(slice(list), "- é: 'q'\n    b: |\n      x\n\n  # c\n  - [1,\n  2]");
    assert_eq!(slice(&list.items()[0]), "é: 'q'\n    b: |\n      x");
    assert_eq!(slice(list.items()[0].get("é").unwrap()), "'q'");
    assert_eq!(slice(list.items()[0].get("b").unwrap()), "x");
    assert_eq!(slice(&list.items()[1]), "[1,\n  2]");
    assert_eq!(node.get("c").unwrap().span.start, node.entry("c").unwrap().key_span.end);
    assert_eq!(slice(node.get("d").unwrap()), "1");
}

#[test]
fn a_text_that_begins_like_json_may_be_yaml() {
    assert_eq!(yaml("{a: 1, b: [x, y]}\n"), "{a: 1, b: [\"x\", \"y\"]}");
    assert_eq!(yaml("{\"a\": 1, # c\n \"b\": 2}\n"), "{a: 1, b: 2}");
    assert_eq!(yaml("{\"a\": [1,, 2]}"), "{a: [1]}\njson-syntax 1:10 `,` expected a value, found `,`");
    assert_eq!(
        shown("a.json", "a: 1"),
        "\"a\"\njson-syntax 1:1 `a` `a` is no JSON value\njson-syntax 1:2 `:` expected nothing more after the value, found `:`"
    );
}

#[test]
fn line_ends_of_every_kind_are_read() {
    assert_eq!(yaml("a: |\r\n  x\r\n  y\r\nb: 'p\r\n  q'\r\nc: 1\r\n"), "{a: \"x\\ny\\n\", b: \"p q\", c: 1}");
}
