//! Behaviour of the whole reader, text in and items out.

use std::sync::Arc;

use proptest::prelude::*;

use super::{load_file, load_item_file};
use crate::diag::{Diagnostic, SourcePath, SourceText};
use crate::model::roadmap::RoadmapItem;
use crate::model::settings::Limits;

fn source(path: &str, text: &str) -> Arc<SourceText> {
    Arc::new(SourceText::new(SourcePath::new(path), text))
}

fn codes(problems: &[Diagnostic]) -> Vec<String> {
    problems.iter().map(|problem| format!("{} {}", problem.code.name, problem.place)).collect()
}

/// Items, one a line: column, status, title, target and tags; then the prose.
fn show(text: &str) -> String {
    let (items, prose) = load_file(&source("ROADMAP.md", text), None, &mut Vec::new());
    let mut shown = String::new();
    for item in &items {
        let written = item.status_written.as_deref().map_or(String::new(), |written| format!(" ({written})"));
        let target = item.target.as_ref().map_or(String::new(), |target| format!(" @{}", target.shown));
        let tags: String = item.tags.iter().map(|tag| format!(" #{tag}")).collect();
        shown += &format!("{:?} {}{written}: {}{target}{tags}\n", item.column, item.status.word(), item.title);
    }
    prose.iter().for_each(|prose| {
        shown += &format!("= {}\n", prose.body.text().split_whitespace().collect::<Vec<_>>().join(" "))
    });
    shown
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let unindent = |text: &str| {
        let depth =
            text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len()).min();
        text.lines().map(|line| line.get(depth.unwrap_or(0)..).unwrap_or("").to_string() + "\n").collect::<String>()
    };
    assert_eq!(show(&unindent(text)).trim(), unindent(expected).trim());
}

#[test]
fn headings_that_are_columns_make_items_of_their_bullets() {
    check(
        "
        # Roadmap
        What we plan.

        ## Now
        - **Refund webhooks:** one for each event
          - nested
        ## Next
        * Bulk refunds (Q1 2027)
        ## Later
        * Ledger (exploring)
        ## Shipped
        - [Sandbox](https://example.com/1)

        Ask us.
        ## Contributing
        - Open an issue
        ",
        "
        Now planned: Refund webhooks @Now
        Next planned: Bulk refunds @Q1 2027
        Later exploring: Ledger @Later
        Shipped shipped: Sandbox
        = # Roadmap What we plan.
        = Ask us. ## Contributing - Open an issue
        ",
    );
}

#[test]
fn tasks_are_planned_or_shipped_wherever_they_stand() {
    check(
        "
        ## v1.2, Mar 2027
        - [x] Keys
        - [ ] Locks
          - [ ] Small locks
        ## Done
        - [ ] Not yet
        ",
        "
        Shipped shipped: Keys @Mar 2027 #v1.2
        Next planned: Locks @Mar 2027 #v1.2
        Later planned: Not yet
        ",
    );
}

#[test]
fn rows_of_tables_are_items_and_what_they_cannot_keep_stays() {
    check(
        "
        ## Q3 2026
        | Feature | Status | Priority | Notes |
        |---|---|---|---|
        | [Refunds](https://example.com/7) | In progress | P0 | For all |
        | Ledger | | P1 | Done |
        ",
        "
        Now building (In progress): Refunds @Q3 2026 #P0
        Shipped shipped (Done): Ledger @Q3 2026 #P1
        ",
    );
    check(
        "
        | Theme | Description | Timeline | Depends |
        |---|---|---|---|
        | Edge | Sync | 2026 H2 | Mesh |
        | | Cache | Future | |
        ",
        "
        Next planned: Sync @H2 2026 #Edge
        Later planned: Cache @Future #Edge
        = | Theme | Description | Timeline | Depends | |---|---|---|---| | Edge | Sync | 2026 H2 | Mesh | | | Cache | Future | |
        ",
    );
}

#[test]
fn sections_with_facts_are_items_and_their_neighbours_too() {
    check(
        "
        # 2026 Roadmap
        ## Visionary
        ### Space
        Rockets.
        ## Evolve
        ### Observability
        Metrics.
        ### Compatibility
        **Status**: In progress
        **Target**: H2

        Tests.
        ## Graduation
        * Owner: @jo
        * Target: H1/KubeCon

        Words.
        ",
        "
        Later idea: Space @2026
        Next planned: Observability @2026 #Evolve
        Now building (In progress): Compatibility @H2 2026 #Evolve
        Next planned: Graduation @H1/KubeCon
        ",
    );
}

#[test]
fn prose_stays_prose() {
    for text in [
        "# Roadmap\n\n## Refunds\n\nWe want them.\n\n## Ledger\n\nWe plan it:\n\n* one\n* two\n\nAnd more.\n\n## Third\n\nWords.\n",
        "# Roadmap\nSee the [board](https://example.com).\n",
        "* [A](#a)\n* [B](#b)\n",
    ] {
        assert_eq!(show(text), format!("= {}\n", text.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    assert_eq!(show(" \n"), "");
}

#[test]
fn a_bullet_keeps_its_whole_text_where_the_title_does_not() {
    let text = "# Roadmap\n## Next\n- Plain\n- With [link](https://example.com/5)\n  - nested\n";
    let (items, _) = load_file(&source("ROADMAP.md", text), Some("pay".into()), &mut Vec::new());
    assert_eq!(items[0].body.text(), "");
    assert_eq!(items[1].body.text(), "- With [link](https://example.com/5)\n  - nested");
    assert_eq!(items[1].evidence, ["https://example.com/5"]);
    assert_eq!(items[1].apis, ["pay".into()]);
    assert_eq!(items[1].place.line_column().line, 4);
}

#[test]
fn equal_titles_get_ids_of_their_own() {
    let (items, _) =
        load_file(&source("ROADMAP.md", "## Now\n- Keys\n## Later\n- Keys\n- 鍵\n"), None, &mut Vec::new());
    let ids: std::collections::BTreeSet<&str> = items.iter().map(|item| &*item.id).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
}

#[test]
fn words_that_are_not_known_are_said_once() {
    let text = "| Feature | Status | Target |\n|--|--|--|\n| a | purple | soonish |\n| b | Purple | TBD |\n";
    let mut problems = Vec::new();
    let (items, _) = load_file(&source("ROADMAP.md", text), None, &mut problems);
    assert_eq!(codes(&problems), ["unknown-status ROADMAP.md:3:3", "unknown-date ROADMAP.md:3:3"]);
    assert!(problems[0].help.as_ref().unwrap().contains("building, preview"));
    assert_eq!(items[0].status_written.as_deref(), Some("purple"));
    assert_eq!(items[0].target.as_ref().unwrap().shown, "soonish");
}

fn item(path: &str, text: &str) -> (RoadmapItem, Vec<String>) {
    let mut problems = Vec::new();
    let item = load_item_file(&source(path, text), Some("pay".into()), &Limits::default(), &mut problems);
    (item, codes(&problems))
}

#[test]
fn front_matter_gives_an_item() {
    let (item, problems) = item(
        "apis/pay/roadmap/01-refund-webhooks.md",
        "---\ntitle: Webhooks for refunds\nstatus: in progress\nwhen: 2027-Q1\napis: [pay, ledger]\nkind: add\nadds: [webhook:refundUpdated, \"POST /refunds\"]\ndepends: [bus]\nevidence: [gh#412]\nowner: team-money\ntags: money\nupdated: 2026-11-02\ndraft: true\naudience: [internal]\ncontract: x.yaml\n---\n# Title\n\nWhy.\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(
        (item.id.as_str(), item.slug.as_str(), item.title.as_str()),
        ("refund-webhooks", "refund-webhooks", "Webhooks for refunds")
    );
    assert_eq!((item.status.word(), item.status_written.as_deref()), ("building", Some("in progress")));
    assert_eq!(format!("{:?} {}", item.column, item.target.unwrap().shown), "Now Q1 2027");
    assert_eq!(
        item.adds.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(),
        ["webhook:refundUpdated", "POST /refunds"]
    );
    assert_eq!(
        (item.apis.len(), item.depends[0].0.as_str(), item.evidence[0].as_str(), item.tags[0].as_str()),
        (2, "bus", "gh#412", "money")
    );
    assert_eq!(item.updated.unwrap().to_string(), "2026-11-02");
    assert!(item.draft && item.audience == ["internal"] && &*item.extra[0].key == "contract");
    assert!(item.body.text().contains("Why."));
}

#[test]
fn an_item_without_front_matter_has_its_facts_from_its_place() {
    let (item, problems) = item("apis/pay/roadmap/bulk-refunds.md", "# Refund many\n\nWords.\n");
    assert_eq!((item.id.as_str(), item.title.as_str(), item.status.word()), ("bulk-refunds", "Refund many", "planned"));
    assert_eq!(format!("{:?} {:?} {:?}", item.column, item.target, item.apis), "Later None [\"pay\"]");
    assert!(problems.is_empty());
}

#[test]
fn mistakes_in_front_matter_are_reported_where_they_stand() {
    let text =
        "---\nstatsu: done\nstatus: purple\nwhen: soonish\nowner: [a]\ndraft: yes\nupdated: 03/04/2026\n---\nx\n";
    let (item, problems) = item("roadmap/x.md", text);
    let at = |line: u32, column: u32| format!("roadmap/x.md:{line}:{column}");
    assert_eq!(
        problems,
        [
            format!("unknown-status {}", at(3, 9)),
            format!("unknown-date {}", at(4, 7)),
            format!("unusable-roadmap-value {}", at(5, 8)),
            format!("unknown-date {}", at(7, 10)),
            format!("unusable-roadmap-value {}", at(6, 8)),
            format!("unknown-roadmap-key {}", at(2, 1)),
        ]
    );
    assert_eq!(item.status_written.as_deref(), Some("purple"));
    assert_eq!(item.target.unwrap().shown, "soonish");
    assert_eq!(item.extra.len(), 1);
}

#[test]
fn the_column_follows_status_and_time() {
    let column = |front: &str| format!("{:?}", item("roadmap/x.md", &format!("---\n{front}\n---\nx\n")).0.column);
    for (front, expected) in [
        ("status: idea", "Later"),
        ("status: planned", "Later"),
        ("status: planned\nwhen: 2027", "Next"),
        ("status: planned\nwhen: now", "Now"),
        ("status: exploring\nwhen: next", "Next"),
        ("status: building\nwhen: 2027", "Now"),
        ("status: preview", "Now"),
        ("status: building\nwhen: later", "Later"),
        ("status: done\nwhen: next", "Shipped"),
        ("status: declined", "Declined"),
    ] {
        assert_eq!(column(front), expected, "{front}");
    }
}

fn line() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "# Roadmap 2026",
        "## Now",
        "## Q3 2026",
        "### Done ✅",
        "#### x",
        "- [ ] a",
        "- [x] b (Q1)",
        "  - c",
        "* Owner: @x",
        "* Target: H2",
        "**Status**: Done",
        "| Feature | Status |",
        "|---|---|",
        "| a | Done |",
        "| | |",
        "- a ✅",
        "text",
        "",
        "```",
        "<!-- x -->",
        "- [a](#a)",
        "---",
        "===",
        "> q",
        "- ✅",
        "## v1.0(Released on July 8, 2020)",
        "- é (WIP)",
        "é 🚧 –",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_string), 2 => "\\PC{0,20}", 1 => "[-#*|()\\[\\]:q1-4h0-9. \u{80}-\u{2fff}]{0,30}"]
}

#[test]
fn a_row_without_a_title_is_no_item_and_its_table_stays() {
    let text = "| Feature | Status |\n|---|---|\n| : | done |\n| Webhooks | done |\n";
    let (items, prose) = load_file(&source("ROADMAP.md", text), None, &mut Vec::new());
    assert_eq!(items.iter().map(|item| item.title.as_str()).collect::<Vec<_>>(), ["Webhooks"]);
    assert!(prose.iter().any(|prose| text[prose.body.range.clone()].contains("| : | done |")));
}

proptest! {
    #[test]
    fn any_text_gives_ranges_inside_it_and_unique_ids(lines in prop::collection::vec(line(), 0..30)) {
        let text = lines.join("\n");
        let (items, prose) = load_file(&source("ROADMAP.md", &text), None, &mut Vec::new());
        let ids: std::collections::BTreeSet<&str> = items.iter().map(|item| &*item.id).collect();
        prop_assert_eq!(ids.len(), items.len());
        prop_assert!(items.iter().all(|item| text.get(item.body.range.clone()).is_some() && !item.title.is_empty()), "{:?}", items);
        prop_assert!(prose.iter().all(|prose| text.get(prose.body.range.clone()).is_some()));
    }
}
