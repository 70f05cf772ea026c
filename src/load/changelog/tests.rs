//! Behaviour of the whole reader, text in and releases out.

use std::sync::Arc;

use proptest::prelude::*;

use super::{load, load_release_file};
use crate::diag::{Diagnostic, SourcePath, SourceText};
use crate::model::changelog::Changelog;
use crate::model::node::{Entry, Node, Span, Value};

fn read(text: &str) -> (Changelog, Vec<Diagnostic>) {
    read_file("CHANGELOG.md", text)
}

fn read_file(path: &str, text: &str) -> (Changelog, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let source = Arc::new(SourceText::new(SourcePath::new(path), text));
    (load(&source, None, &mut problems), problems)
}

/// Releases, one a line: version, date, component, then kind and text of the entries.
fn show(changelog: &Changelog) -> String {
    let mut shown = String::new();
    for release in &changelog.releases {
        shown += release.version.as_deref().unwrap_or("Unreleased");
        let date = release.date_written.clone().or(release.date.map(|date| date.to_string()));
        for part in [date, release.component.clone()].into_iter().flatten() {
            shown += &format!(" ({part})");
        }
        shown += if release.yanked { " yanked\n" } else { "\n" };
        let text = &release.place.source.text;
        if let Some(summary) = &release.summary {
            shown += &format!("  = {}\n", text[summary.clone()].trim());
        }
        for entry in &release.entries {
            let section = entry.section.as_deref().unwrap_or("-");
            let breaking = if entry.breaking { "!" } else { "" };
            shown += &format!("  {}{breaking} [{section}] {}\n", entry.kind.word(), entry.text);
        }
    }
    shown
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let (changelog, _) = read(&unindent(text));
    assert_eq!(show(&changelog).trim(), unindent(expected).trim());
}

fn unindent(text: &str) -> String {
    let depth =
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len()).min();
    text.lines().map(|line| line.get(depth.unwrap_or(0)..).unwrap_or("").to_string() + "\n").collect()
}

#[test]
fn keep_a_changelog_is_read() {
    check(
        "
        # Changelog
        All notable changes.

        ## [Unreleased]
        ### Added
        - Soon.

        ## [3.2.0] - 2026-11-18
        The refund release.

        ### Added
        - Refund webhooks: [refundUpdated](op:refundUpdated).
          More of it.
            - nested
        ### Changed
        - **Breaking:** `status` gains `canceled`.
        ### Removed
        - None

        ## [3.1.0] - 2026-10-01 [YANKED]

        [3.2.0]: https://example.com/compare/a...b
        ",
        "
        Unreleased
          Added [Added] Soon.
        3.2.0 (2026-11-18)
          = The refund release.
          Added [Added] Refund webhooks: refundUpdated. More of it. nested
          Changed! [Changed] Breaking: status gains canceled.
        3.1.0 (2026-10-01) yanked
        ",
    );
}

#[test]
fn an_entry_is_all_of_its_block_and_a_heading_knows_its_link() {
    let text = "# Log\n\n## [1.1.0]\n\n* one\n\n  ```sh\n  run\n  ```\n* two\n\n## 1.0.0\n\n[1.1.0]: https://example.com/compare\n";
    let (changelog, _) = read(text);
    let release = &changelog.releases[0];
    assert_eq!(&text[release.entries[0].range.clone()], "* one\n\n  ```sh\n  run\n  ```");
    assert_eq!(release.compare.as_deref(), Some("https://example.com/compare"));
    assert_eq!(changelog.title.as_deref(), Some("Log"));
    assert!(changelog.preamble.is_empty());
}

#[test]
fn versions_count_at_any_level_and_their_sections_may_stand_as_high() {
    check(
        "
        # [2.0.0](https://example.com/compare/v1...v2) (2026-02-01)

        ### Features
        * big

        ## 1.0.1 (2026-01-01)
        ## Fixed
        * small

        1.0.0 / 2025-12-01
        ==================
          * first
        ",
        "
        2.0.0 (2026-02-01)
          Added [Features] big
        1.0.1 (2026-01-01)
          Fixed [Fixed] small
        1.0.0 (2025-12-01)
          Other [-] first
        ",
    );
}

#[test]
fn a_release_repeated_below_itself_is_a_section() {
    check(
        "
        # v1.10.3
        ## Downloads for v1.10.3
        Here.
        ## Portolan v1.10.3 Release Notes
        ### Changelog since v1.10.2
        - Fix it
        # v1.10.2
        ## 1.10 What's New
        - Add it
        ",
        "
        1.10.3
          Other [Downloads for v1.10.3] Here.
          Fixed [Portolan v1.10.3 Release Notes › Changelog since v1.10.2] Fix it
        1.10.2
          Added [1.10 What's New] Add it
        ",
    );
}

#[test]
fn bullets_can_be_releases() {
    check(
        "
        # Changes
        - 1.19.0 - 2026-10-06
          - Added a thing
          - **Fixed**
            - another
        - 1.18.0 - 2026-09-06
          - Removed a thing
        ",
        "
        1.19.0 (2026-10-06)
          Added [-] Added a thing
          Fixed [Fixed] another
        1.18.0 (2026-09-06)
          Removed [-] Removed a thing
        ",
    );
    check(
        "
        - 1.1.0: fixed this
        - 1.0.0: first
        ",
        "
        1.1.0
          Other [-] 1.1.0: fixed this
        1.0.0
          Other [-] 1.0.0: first
        ",
    );
}

#[test]
fn bold_lines_can_be_releases() {
    check(
        "
        **1.3.2** (2026-11-13)
        - Fix it

        **1.3.1** (2026-11-12)

        Some words.
        ",
        "
        1.3.2 (2026-11-13)
          Fixed [-] Fix it
        1.3.1 (2026-11-12)
          = Some words.
        ",
    );
}

#[test]
fn dates_can_be_releases_and_months_can_group_them() {
    check(
        "
        # API changes
        ## November 2026
        ### 2026-11-18
        - Added refunds
        ### November 11, 2026: Webhooks
        - Changed hooks
        ## October 2026
        - Removed v1
        ",
        "
        2026-11-18 (2026-11-18)
          Added [-] Added refunds
        November 11, 2026 (2026-11-11)
          Changed [-] Changed hooks
        October 2026 (October 2026)
          Removed [-] Removed v1
        ",
    );
    check(
        "### 2020-09-14_1.697.4\n- x\n### 2020-09-10_1.690.0\n- y\n",
        "1.697.4 (2020-09-14)\n  Other [-] x\n1.690.0 (2020-09-10)\n  Other [-] y",
    );
}

#[test]
fn update_tags_are_releases() {
    check(
        "
        <Update label=\"November 18, 2026\" description=\"v2.1.0\" tags={[\"New\"]}>

          ## Features

          - Refunds

        </Update>

        <Update label=\"v2.0.0\">
        First.
        </Update>
        ",
        "
        2.1.0 (2026-11-18)
          Added [Features] Refunds
        2.0.0
          = First.
        ",
    );
}

#[test]
fn the_date_may_stand_below_the_heading_or_above_it() {
    check(
        "## 0.2\n\nReleased on 2026-08-20.\n\n- a\n\n## 0.1\n_November 2025_\n- b\n",
        "0.2 (2026-08-20)\n  = Released on 2026-08-20.\n  Other [-] a\n0.1 (November 2025)\n  = _November 2025_\n  Other [-] b",
    );
    check(
        "## 2026-04-02\n### pay@1.1.0\n- a\n## 2026-04-01\n### pay@1.0.0\n- b\n",
        "1.1.0 (2026-04-02) (pay)\n  Other [-] a\n1.0.0 (2026-04-01) (pay)\n  Other [-] b",
    );
}

#[test]
fn headings_that_group_releases_name_components_and_keep_their_words() {
    let text = "# cli\n## 1.0.0\n- a\n# sdk\nFor programs.\n## 1.0.0\n- b\n";
    let (changelog, _) = read(text);
    assert_eq!(show(&changelog), "1.0.0 (cli)\n  Other [-] a\n1.0.0 (sdk)\n  Other [-] b\n");
    let slugs: Vec<&str> = changelog.releases.iter().map(|release| &*release.slug).collect();
    assert_eq!(slugs, ["cli-1.0.0", "sdk-1.0.0"]);
    assert!(text[changelog.preamble[0].clone()].contains("For programs."));
}

#[test]
fn oldest_first_is_turned_around_and_back_ports_are_left_in_place() {
    let versions = |text: &str| {
        read(text).0.releases.iter().map(|r| r.version.clone().unwrap_or("-".into())).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        versions("## 1.0 - 2026-01-01\n## 1.1 - 2026-02-01\n## 2.0 - 2026-03-01\n## Unreleased\n"),
        "- 2.0 1.1 1.0"
    );
    assert_eq!(versions("## 2.0 - 2026-03-01\n## 1.9 - 2026-04-01\n## 1.8 - 2026-01-01\n"), "2.0 1.9 1.8");
    assert_eq!(versions("## 2.0\n## 1.9\n## 1.10\n## 1.8\n"), "2.0 1.9 1.10 1.8");
}

#[test]
fn what_is_not_released_has_no_version_only_above_all_releases() {
    let versions = |text: &str| {
        read(text).0.releases.iter().map(|r| r.version.clone().unwrap_or("-".into())).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(versions("## 1.3.0 (unreleased)\n## 1.2.0 (2026-01-01)\n## 1.1.0 (unreleased)\n"), "- 1.2.0 1.1.0");
    assert_eq!(versions("## Upcoming\n## 1.2.0\n## Next\n"), "- 1.2.0");
    assert_eq!(versions("## HEAD\n- a\n"), "");
    assert_eq!(versions("## Unreleased\n- a\n"), "-");
}

#[test]
fn the_same_heading_twice_gets_its_own_slug() {
    let slugs = |text: &str| read(text).0.releases.iter().map(|r| r.slug.clone()).collect::<Vec<_>>().join(" ");
    assert_eq!(slugs("## 1.0\n## 1.0\n## 1.0-2\n## V1.0-RC.1+b\n"), "1.0 1.0-3 1.0-2 1.0-rc.1-b");
    assert_eq!(slugs("## 2026-04-01\n## April 1, 2026\n"), "2026-04-01 2026-04-01-2");
}

#[test]
fn a_date_that_two_countries_read_differently_is_reported() {
    let (changelog, problems) = read("## 1.1 - 03/04/2026\n## 1.0 - 2026-02-30\n");
    assert_eq!(show(&changelog), "1.1 (03/04/2026)\n1.0 (2026-02-30)\n");
    assert!(changelog.releases.iter().all(|release| release.date.is_none()));
    let said: Vec<String> = problems.iter().map(|p| format!("{} {}", p.code.name, p.place)).collect();
    assert_eq!(said, ["ambiguous-date CHANGELOG.md:1:1", "impossible-date CHANGELOG.md:2:1"]);
}

#[test]
fn what_is_no_changelog_keeps_its_text_and_says_so() {
    for text in [
        "",
        "See [releases](https://example.com).\n",
        "# Log\n* [CHANGELOG-1.15.md][25]\n* [CHANGELOG-1.14.md][24]\n",
        "| Version | Date |\n|--|--|\n| 1.0 | x |\n",
    ] {
        let (changelog, problems) = read(text);
        assert!(changelog.releases.is_empty(), "{text}");
        assert_eq!(problems.iter().map(|p| p.code.name).collect::<Vec<_>>(), ["changelog-not-parsed"]);
        assert_eq!(changelog.body.text(), text);
    }
}

#[test]
fn front_matter_and_windows_line_ends_are_tolerated() {
    let (changelog, problems) =
        read("\u{feff}---\r\ntitle: x\r\n---\r\n# Log\r\n\r\n## 1.0.0\r\n\r\n### Fixed\r\n- a\r\n");
    assert_eq!(show(&changelog), "1.0.0\n  Fixed [Fixed] a\n");
    assert!(problems.is_empty());
}

#[test]
fn details_are_sections_and_their_tags_are_no_entries() {
    check(
        "
        ## 1.0
        <!-- comment -->
        <details>
        <summary>All the fixes</summary>

        - one

        </details>

        After.
        ",
        "
        1.0
          Fixed [All the fixes] one
          Other [-] After.
        ",
    );
}

fn front(pairs: &[(&str, &str)]) -> Node {
    let string = |text: &str| Node { value: Value::String(text.into()), span: Span::default() };
    let entry =
        |(key, value): &(&str, &str)| Entry { key: (*key).into(), key_span: Span::default(), value: string(value) };
    Node { value: Value::Map(pairs.iter().map(entry).collect()), span: Span::default() }
}

fn file(path: &str, text: &str, pairs: &[(&str, &str)]) -> Changelog {
    let source = Arc::new(SourceText::new(SourcePath::new(path), text));
    load_release_file(&source, &front(pairs), None, &mut Vec::new())
}

#[test]
fn a_file_of_one_release_is_named_by_its_facts_or_its_file() {
    let files = [
        file("changelog/3.1.0.md", "### Fixed\n- b\n", &[("date", "2026-10-01")]),
        file("changelog/index.md", "# What is new\n\nWords.\n", &[]),
        file("changelog/2026-11-18-refunds.md", "# Refunds\n\nThey are here.\n\n- Added c\n", &[]),
        file("changelog/x.md", "- a\n", &[("version", "v3.2.0"), ("date", "2026-11-01"), ("title", "The big one")]),
        file("changelog/unreleased.md", "- soon\n", &[]),
    ];
    let shown: String = files.iter().map(show).collect();
    assert_eq!(
        shown,
        "3.1.0 (2026-10-01)\n  Fixed [Fixed] b\n2026-11-18 (2026-11-18)\n  = They are here.\n  Added [-] Added c\n3.2.0 (2026-11-01)\n  Other [-] a\nUnreleased\n  Other [-] soon\n"
    );
    assert_eq!(files[1].title.as_deref(), Some("What is new"));
    assert_eq!(files[3].releases[0].label, "The big one");
}

#[test]
fn a_file_with_several_releases_in_a_folder_keeps_them() {
    let changelog = file("changelog/CHANGELOG-1.10.md", "# v1.10.1\n- a\n# v1.10.0\n- b\n", &[]);
    assert_eq!(changelog.releases.len(), 2);
}

/// Lines that changelogs are made of, to be put together at random.
fn line() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "# Changelog",
        "## [Unreleased]",
        "## 1.2.0 - 2026-11-18",
        "# v2",
        "2.0.0",
        "===",
        "---",
        "### Fixed",
        "**Added**",
        "- a",
        "  - b",
        "* 1.0.0",
        "",
        "```",
        "<details>",
        "</details>",
        "<Update label=\"v1\">",
        "</Update>",
        "<!--",
        "-->",
        "[1.2.0]: https://example.com",
        "| a | b |",
        "|---|---|",
        "> q",
        "**1.3.2** (2026-11-13)",
        "+++",
        "1. x",
        "## pkg@1.0.0 (03/04/2026)",
        "    code",
        "\t- t",
        "é – 1.0 –",
        "[^1]: note",
        "- [x] 1.0.1",
        "# [1.0](",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_string), 2 => "\\PC{0,20}", 1 => "[-#*>_\\[\\]()v0-9. \u{80}-\u{2fff}]{0,30}"]
}

proptest! {
    #[test]
    fn any_text_gives_ranges_inside_it_and_unique_slugs(lines in prop::collection::vec(line(), 0..30), end in prop::sample::select(vec!["\n", "\r\n"])) {
        let text = lines.join(end);
        let (changelog, _) = read(&text);
        let text = &changelog.body.source.text;
        let mut slugs = std::collections::BTreeSet::new();
        for release in &changelog.releases {
            prop_assert!(slugs.insert(release.slug.clone()), "{} twice", release.slug);
            prop_assert!(text.get(release.range.clone()).is_some());
            let inside = |range: &std::ops::Range<usize>| {
                text.get(range.clone()).is_some() && range.start >= release.range.start && range.end <= release.range.end
            };
            prop_assert!(release.entries.iter().all(|entry| inside(&entry.range)), "{:?}", release);
            prop_assert!(release.summary.iter().all(inside), "{:?}", release);
        }
        prop_assert!(changelog.preamble.iter().all(|range| text.get(range.clone()).is_some()));
    }
}
