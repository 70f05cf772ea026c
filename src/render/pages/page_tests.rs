//! Pages of small portals: what a reader finds on them, and what not.

use crate::render::reference::testing::{Site, assert_in_order, visible};

const API: &str = "openapi: 3.1.0
info: {title: Test API, version: '1', description: \"Words.\\n\\n## Limits\\n\\nFew.\"}
paths:
  /a:
    get: {operationId: getA, summary: Get an A, tags: [As], responses: {'200': {description: ok}}}
webhooks:
  gone:
    post: {operationId: gone, summary: An A is gone, responses: {'200': {description: ok}}}
security: [{key: []}]
components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}";

const CHANGELOG: &str = "# Changelog

## [Unreleased]

### Added

- Soon.

## [2.0.0] - 2026-02-03

Moving takes [an hour](guides/move.md).

### Changed

- **Breaking:** lists are paged, see [getA](op:getA). Ask for `limit`.

  A second paragraph.

### Fixed

- One.
- Two.

## [1.0.0] - 2026-01-02

### Added

- All.

[2.0.0]: https://example.com/compare/1.0.0...2.0.0
";

fn site() -> Site {
    let road = |title: &str, when: &str, text: &str| {
        format!("---\ntitle: {title}\nstatus: planned\nwhen: {when}\napis: [test]\nkind: add\n---\n\n{text}\n")
    };
    Site::with_files(&[
        ("portal.toml", "title = \"T\"\nreport_url = \"https://example.com/new?title={title}\"\n"),
        ("apis/test/openapi.yaml", API),
        ("apis/test/api.md", "---\nlifecycle: stable\nstatus: stable\n---\n\n# Test API\n\n## Versions\n\nOne.\n"),
        ("apis/test/CHANGELOG.md", CHANGELOG),
        ("apis/test/guides/move.md", "# Moving from 1 to 2\n\nCall [getA](op:getA) and wait for [gone](op:gone).\n"),
        ("roadmap/half.md", &road("Half", "2027-H1", "First paragraph. Of two.\n\nFor whom.")),
        ("roadmap/second.md", &road("Second", "2027-Q2", "Text.")),
        ("roadmap/next.md", &road("Soon", "next", "Text.")),
        ("pages/support.md", "# Support\n\nAsk us.\n"),
    ])
}

fn text(url: &str) -> String {
    visible(&site().page(url))
}

#[test]
fn entries_in_a_list_of_releases_keep_their_links_and_say_once_that_they_break() {
    let html = site().page("apis/test/changelog/");
    let text = visible(&html);
    assert!(html.contains("class=\"oplink\"") && html.contains("<code>limit</code>"), "{html}");
    assert_in_order(&text, &["1 Breaking 2 Fixed", "Breaking Lists are paged, see GET", "getA", "Fixed One."]);
    assert!(!text.contains("Breaking: ") && !text.contains("A second paragraph"), "{text}");
    assert!(!text.contains("Not released yet"), "{text}");
}

#[test]
fn a_list_of_one_apis_releases_has_no_empty_list_of_apis() {
    let html = site().page("apis/test/changelog/");
    assert!(!html.contains("<ul class=\"views\">"), "{html}");
    assert!(site().page("changelog/").contains("<ul class=\"views\">"));
}

#[test]
fn a_release_names_the_version_before_and_how_to_move() {
    let html = site().page("apis/test/changelog/2.0.0/");
    let text = visible(&html);
    assert_in_order(&text, &["Compare with 1.0.0", "1 Breaking", "Breaking changes", "Changed Lists are paged"]);
    assert_in_order(&text, &["A second paragraph.", "Upgrade steps", "Moving from 1 to 2", "Fixed", "One.", "Two."]);
    assert!(!text.contains("Mentioned here"), "{text}");
}

#[test]
fn a_summary_is_the_first_paragraph_alone() {
    let text = text("roadmap/");
    assert!(text.contains("First paragraph. Of two.") && !text.contains("For whom"), "{text}");
}

#[test]
fn a_half_year_stands_after_its_last_quarter() {
    assert_in_order(&text("roadmap/timeline/"), &["Q2 2027", "Second", "H1 2027", "Half", "No date yet", "Soon"]);
}

#[test]
fn a_target_is_not_said_twice() {
    assert_in_order(&text("roadmap/"), &["Soon", "Text.", "Planned Addition", "Test API"]);
    assert!(!text("roadmap/timeline/").contains("Planned Q2 2027"));
    assert_in_order(&text("roadmap/next/"), &["Target", "Next"]);
}

#[test]
fn the_landing_page_lists_the_headings_of_its_texts_and_says_its_status_once() {
    let html = site().page("apis/test/");
    assert_in_order(&html, &["class=\"toc-inline\"", "#about-limits", "#versions", "#operations"]);
    let text = visible(&html);
    assert_eq!(text.matches("Stable").count() + text.matches("stable").count(), 1, "{text}");
    assert_in_order(&text, &["Words.", "Limits", "Versions"]);
}

#[test]
fn a_webhook_is_called_one_everywhere_and_needs_no_authentication_of_ours() {
    let text = text("apis/test/webhooks/gone/");
    assert!(!text.contains("No authentication") && !text.contains("Needs "), "{text}");
    let site = site();
    for page in ["apis/test/", "apis/test/guides/move/", "search/"] {
        let html = site.page(page);
        assert!(html.contains("method--hook\">HOOK</span>"), "{page}: {html}");
    }
}

#[test]
fn the_description_of_an_operation_stands_before_its_samples() {
    let html = site().page("apis/test/webhooks/gone/");
    assert_in_order(&html, &["class=\"toc-inline\"", "class=\"op__rail rail\"", "class=\"op__body\""]);
}

#[test]
fn a_plain_page_has_no_crumb_for_its_folder_and_a_place_to_report_problems() {
    let html = site().page("pages/support/");
    assert!(!html.contains("aria-label=\"Breadcrumb\""), "{html}");
    assert!(html.contains("href=\"https://example.com/new?title=Support\">Report a problem</a>"), "{html}");
}

#[test]
fn the_changelog_of_an_api_belongs_to_the_apis_alone() {
    for page in ["apis/test/changelog/", "apis/test/changelog/2.0.0/"] {
        let html = site().page(page);
        let header = html.split("<nav class=\"site-head__nav\"").nth(1).and_then(|rest| rest.split("</nav>").next());
        assert_eq!(header.map(|header| header.matches("aria-current").count()), Some(1), "{page}: {header:?}");
    }
}
