//! Tests of this module.

use super::*;
use crate::diag::SourcePath;

fn read_front(text: &str) -> (Front, Vec<Diagnostic>) {
    let source = Arc::new(SourceText::new(SourcePath::new("a.md"), text));
    let mut problems = Vec::new();
    let (node, _) = read(&source, &Limits::default(), &mut problems);
    let null = Node { value: crate::model::node::Value::Null, span: Default::default() };
    let front = lift(&source, &node.unwrap_or(null), &mut problems);
    (front, problems)
}

fn facts(yaml: &str) -> FrontMatter {
    let (front, problems) = read_front(&format!("---\n{yaml}\n---\nx\n"));
    assert!(problems.is_empty(), "{problems:?}");
    front.facts
}

/// The problems as `code line:column message`.
fn problems(yaml: &str) -> Vec<String> {
    let (_, problems) = read_front(&format!("---\n{yaml}\n---\nx\n"));
    problems.iter().map(|p| format!("{} {} {}", p.code.name, p.place, p.message)).collect()
}

#[test]
fn all_three_languages_are_read_with_any_line_end() {
    for text in [
        "---\ntitle: T\ntags: [a]\n---\nx",
        "---\r\ntitle: T\r\ntags: [a]\r\n---\r\nx",
        "\u{feff}---\ntitle: T\ntags: [a]\n...\nx",
        "+++\ntitle = \"T\"\ntags = [\"a\"]\n+++\nx",
        "{\n  \"title\": \"T\", \"tags\": [\"a\"]\n}\nx",
    ] {
        let (front, problems) = read_front(text);
        assert_eq!((front.facts.title.as_str(), front.facts.tags.as_slice()), ("T", &["a".to_string()][..]), "{text}");
        assert!(problems.is_empty(), "{problems:?}");
        let text = text.trim_start_matches('\u{feff}');
        assert_eq!(&text[split(text).body..], "x");
    }
}

#[test]
fn what_only_looks_like_front_matter_is_text() {
    for text in [
        "---\n\nText\n\n---\n",
        "---\n# H\n---\n",
        "{{< hugo >}}\n",
        "{ a }\n",
        "---",
        "+++\ntext\n+++\n",
        "--- x\n---\n",
    ] {
        assert_eq!(split(text).language, None, "{text}");
        assert!(!split(text).unterminated, "{text}");
    }
    assert_eq!(split("---\n---\nx").body, 8);
}

#[test]
fn front_matter_without_an_end_is_reported() {
    let (_, problems) = read_front("---\ntitle: T\n\nText\n");
    assert_eq!(problems[0].code.name, "unterminated-front-matter");
    assert_eq!(problems[0].place.to_string(), "a.md:1:1");
}

#[test]
fn keys_of_every_tool_mean_ours() {
    let nav = [
        "sidebar_label: N",
        "sidebar: { label: N }",
        "linkTitle: N",
        "shortTitle: N",
        "sidebarTitle: N",
        "nav_title: N",
    ];
    assert!(nav.iter().all(|yaml| facts(yaml).nav_title.as_deref() == Some("N")));
    for yaml in ["description: D", "summary: D", "intro: D", "subtitle: D"] {
        assert_eq!(facts(yaml).description.as_deref(), Some("D"));
    }
    for yaml in ["order: 2", "sidebar_position: 2", "sidebar: { order: 2 }", "weight: 2", "weight: '2'"] {
        assert_eq!(facts(yaml).order, Some(2.0));
    }
    assert_eq!(facts("weight: 0").order, None);
    assert_eq!(facts("sidebar_position: 0").order, Some(0.0));
    for yaml in ["slug: s", "url: s", "permalink: s", "path: s"] {
        assert_eq!(facts(yaml).slug.as_deref(), Some("s"));
    }
    for yaml in ["aliases: [a]", "redirect_from: a"] {
        assert_eq!(facts(yaml).aliases, ["a"]);
    }
    for yaml in ["draft: true", "published: false", "render: no", "draft: 'true'"] {
        assert!(facts(yaml).draft, "{yaml}");
    }
    for yaml in ["hidden: true", "unlisted: true", "sidebar: { hidden: true }", "noindex: true"] {
        assert!(facts(yaml).hidden, "{yaml}");
    }
    for yaml in [
        "updated: 2026-03-14",
        "last_update: { date: 2026-03-14, author: A }",
        "lastUpdated: 2026-03-14",
        "lastmod: 2026-03-14T01:02:03Z",
    ] {
        assert_eq!(facts(yaml).updated, Some(jiff::civil::date(2026, 3, 14)), "{yaml}");
    }
    assert_eq!(facts("lastUpdated: false").updated, None);
    for yaml in ["tags: [a, b]", "taxonomies: { tags: [a, b] }", "keywords: 'a, b'", "categories: [a, b]"] {
        assert_eq!(facts(yaml).tags, ["a", "b"], "{yaml}");
    }
    for yaml in
        ["toc: false", "hide_table_of_contents: true", "tableOfContents: false", "showMiniToc: false", "hide: [toc]"]
    {
        assert!(!facts(yaml).toc, "{yaml}");
    }
    assert!(facts("tableOfContents: { maxHeadingLevel: 4 }").toc && facts("title: x").toc);
    for yaml in ["search: { hide: true }", "search: { exclude: true }", "in_search_index: false", "searchable: false"] {
        assert!(facts(yaml).search_hide, "{yaml}");
    }
    assert_eq!(facts("boost: 2").search_boost, Some(2.0));
    for yaml in ["status: beta", "sidebar: { badge: beta }", "sidebar: { badge: { text: beta } }", "tag: beta"] {
        assert_eq!(facts(yaml).status.as_deref(), Some("beta"), "{yaml}");
    }
    assert_eq!(facts("deprecated: true").status.as_deref(), Some("deprecated"));
}

#[test]
fn a_story_has_its_calls_with_their_places() {
    let (front, problems) = read_front(
        "---\ncalls: [findCharge, \"wait: refundUpdated\", { wait: other }]\napi: payments\ntime: 5m\n---\n",
    );
    assert!(problems.is_empty(), "{problems:?}");
    let calls: Vec<_> =
        front.facts.calls.iter().map(|c| (c.reference.as_str(), c.wait, c.place.line_column().column)).collect();
    assert_eq!(calls, [("findCharge", false, 9), ("refundUpdated", true, 21), ("other", true, 44)]);
    assert_eq!((front.api.as_deref(), front.facts.minutes), (Some("payments"), Some(5)));
    assert_eq!(read_front("---\napi: GET /x\n---\n").0.api, None);
}

#[test]
fn two_keys_that_differ_are_reported_and_the_first_counts() {
    assert_eq!(
        problems("linkTitle: B\nsidebar_label: A"),
        ["front-matter-conflict a.md:2:1 `linkTitle` and `sidebar_label` both give the nav title and differ"]
    );
    assert_eq!(facts("description: A\nsummary: A").description.as_deref(), Some("A"));
}

#[test]
fn unknown_keys_are_kept_and_reported_with_the_nearest() {
    let (front, problems) = read_front("---\ntitel: T\nextra: { a: 1 }\nwhatever: 2\nimage: x\n---\n");
    let kept: Vec<_> = front.facts.extra.iter().map(|entry| &*entry.key).collect();
    assert_eq!(kept, ["titel", "a", "whatever", "image"]);
    let shown: Vec<_> = problems.iter().map(|p| (p.code.name, p.help.as_deref().unwrap_or(""))).collect();
    assert_eq!(
        shown,
        [
            ("unknown-front-matter", "did you mean `title`?"),
            ("unknown-front-matter", "move data of your own below `extra:`")
        ]
    );
}

#[test]
fn values_of_the_wrong_kind_are_reported_and_left_out() {
    assert_eq!(problems("title: [a]"), ["front-matter-type a.md:2:8 `title` should be a text, not an array"]);
    assert_eq!(problems("draft: maybe"), ["front-matter-type a.md:2:8 `draft` should be true or false, not a string"]);
    assert_eq!(problems("order: first"), ["front-matter-type a.md:2:8 `order` should be a number, not a string"]);
    assert_eq!(
        problems("tags: [{ a: b }]"),
        ["front-matter-type a.md:2:8 `tags` should be a list of texts, not an object"]
    );
    assert_eq!(problems("date: 14.03.2026"), ["unknown-date a.md:2:7 `14.03.2026` of `date` is no ISO 8601 date"]);
    assert_eq!(problems("time: soon"), ["unknown-duration a.md:2:7 `soon` of `time` is no time that is understood"]);
}

#[test]
fn front_matter_of_other_tools_is_quiet() {
    let quiet = "layout: post\nimage: x\nhide_title: true\nicon: y\nauthor: z\nparams: { a: b }\ncustom_edit_url: null\nhero: { a: b }";
    assert!(problems(quiet).is_empty());
}
