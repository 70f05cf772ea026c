//! Types and `serde_json` values from a tree.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;
use crate::tree::de::{from_node, to_json};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Page {
    title: String,
    order: Option<i64>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    status: Status,
    #[serde(default)]
    ratio: f64,
    #[serde(default)]
    codes: BTreeMap<u16, String>,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Status {
    #[default]
    Open,
    Done,
    Moved {
        to: String,
    },
    After(u32),
}

/// Reads a page; an error with the text that it points at.
fn page(text: &str) -> Result<Page, String> {
    let (node, _) = read("a.yaml", text);
    from_node(&node)
        .map_err(|error| format!("`{}` {}", &text[error.span.start as usize..error.span.end as usize], error.message))
}

#[test]
fn types_are_read_from_a_tree() {
    let page = page("title: 1.10\norder: -3\ntags: [a, 2, true]\nstatus: done\nratio: 1\ncodes: {200: ok}\n").unwrap();
    assert_eq!((page.title.as_str(), page.order, page.status, page.ratio), ("1.10", Some(-3), Status::Done, 1.0));
    assert_eq!((page.tags, page.codes[&200].as_str()), (vec!["a".into(), "2".into(), "true".into()], "ok"));
}

#[test]
fn absent_and_null_are_none_and_variants_may_hold_values() {
    assert_eq!(page("title: x\norder:\n").unwrap().order, None);
    assert_eq!(page("title: x\nstatus: {moved: {to: y}}\n").unwrap().status, Status::Moved { to: "y".into() });
    assert_eq!(page("title: x\nstatus:\n  after: 7\n").unwrap().status, Status::After(7));
}

#[test]
fn errors_name_the_innermost_wrong_value_in_the_authors_words() {
    let said = |text: &str| page(text).unwrap_err();
    assert_eq!(said("title: x\norder: soon\n"), "`soon` expected a whole number, found the text `soon`");
    assert_eq!(said("title: x\ntags: [a, [b]]\n"), "`[b]` expected a string, found a list");
    assert_eq!(said("title: x\ntags: a\n"), "`a` expected a list, found the text `a`");
    assert_eq!(
        said("title: x\ntgas: [a]\n"),
        "`tgas` the key `tgas` is not known here; expected `title`, `order`, `tags`, `status`, `ratio` or `codes`"
    );
    assert_eq!(said("order: 1\n"), "`order: 1` the key `title` is missing");
    assert_eq!(said("title:\n"), "`title` expected a string, found nothing");
    assert_eq!(
        said("title: x\nstatus: gone\n"),
        "`gone` `gone` is not known here; expected `open`, `done`, `moved` or `after`"
    );
    assert_eq!(said("title: x\nstatus: moved\n"), "`moved` `moved` needs a value");
    assert_eq!(said("title: x\nstatus: {open: 1}\n"), "`1` `open` has no value");
    assert_eq!(said("title: x\nstatus: [a]\n"), "`[a]` expected one name, found an array");
    assert_eq!(said("title: x\ncodes: {a: b}\n"), "`a` expected a whole number from 0, found the text `a`");
    assert_eq!(said("[1]"), "`[1]` expected an object, found a list");
}

#[test]
fn serde_json_values_keep_every_digit() {
    let (node, _) = read("a.yaml", "a: 1.10\nb: 123456789012345678901234567890\nc: 0x1F\nd: [1e400, ~, true, x]\n");
    assert_eq!(
        to_json(&node).to_string(),
        r#"{"a":1.10,"b":123456789012345678901234567890,"c":31,"d":[1e+400,null,true,"x"]}"#
    );
}
