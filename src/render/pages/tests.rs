//! The templates of this program's pages, filled with examples: what a view can hold, and what every page must keep.

use super::catalog::{ApiRow, CatalogView, EarlierView};
use super::changelog::{
    ChangelogTextView, ChangelogView, CountView, EntryGroup, EntryRow, EntryView, ReleaseRow, ReleaseView, YearView,
};
use super::document::{CallView, DocumentView, MetaView};
use super::guides::GuidesView;
use super::home::{CardView, HomeView};
use super::not_found::NotFoundView;
use super::onboarding::{OnboardingView, PathView, StepPageView, StepView, StepsView};
use super::parts::{Chip, DateView, FilterGroup, Row, RowGroup};
use super::roadmap::{AddView, BoardView, ColumnView, ItemApi, ItemRow, ItemView, TimelineView};
use super::search::{IndexGroup, IndexPart, SearchView};
use super::stories::StoriesView;
use crate::render::html::{SafeHtml, escape};
use crate::render::theme::tests::{page, shell};
use crate::render::theme::{ShellValue, Theme, ViewData};
use crate::render::view::{Crumb, PageLink, PageView, TocEntry};
use std::collections::BTreeMap;

/// A page of every kind: template, page and view.
fn examples() -> Vec<(&'static str, PageView, ViewData)> {
    let at = |kind, section, title| page(kind, section, title);
    vec![
        ("home.html", root(at("home", "home", "Tidewater developer portal")), ViewData::new(&home())),
        ("catalog.html", top(at("catalog", "api", "APIs")), ViewData::new(&CatalogView { apis: apis() })),
        (
            "document.html",
            guide(at("guide", "guides", "Track a shipment from quay to door")),
            ViewData::new(&document("guide")),
        ),
        (
            "document.html",
            guide(at("story", "stories", "A vessel is late and the customer calls")),
            ViewData::new(&document("story")),
        ),
        ("guides.html", top(at("guides", "guides", "Guides")), ViewData::new(&GuidesView { groups: groups() })),
        ("stories.html", top(at("stories", "stories", "Stories")), ViewData::new(&StoriesView { groups: groups() })),
        (
            "onboarding.html",
            top(at("onboarding", "onboarding", "Get started")),
            ViewData::new(&OnboardingView { paths: vec![path(), path()] }),
        ),
        ("path.html", at("path", "onboarding", "Your first shipment"), ViewData::new(&path())),
        ("step.html", at("step", "onboarding", "Make the first request"), ViewData::new(&step())),
        ("roadmap.html", top(at("roadmap", "roadmap", "Roadmap")), ViewData::new(&board())),
        ("timeline.html", top(at("timeline", "roadmap", "Roadmap by time")), ViewData::new(&timeline())),
        ("item.html", at("roadmap-item", "roadmap", "Webhooks for refunds"), ViewData::new(&item_page())),
        ("changelog.html", top(at("changelog", "changelog", "Changelog")), ViewData::new(&changelog())),
        ("release.html", at("release", "changelog", "Shipments 3.2.0"), ViewData::new(&release_page())),
        (
            "changelog-text.html",
            at("changelog-text", "changelog", "History"),
            ViewData::new(&ChangelogTextView { body_html: prose() }),
        ),
        ("search.html", top(at("search", "home", "Search")), ViewData::new(&search())),
        ("not_found.html", top(at("not-found", "home", "Page not found")), ViewData::new(&NotFoundView {})),
    ]
}

fn rendered() -> Vec<(String, String)> {
    let (theme, _) = Theme::load("default", &BTreeMap::new());
    let shell = ShellValue::new(&shell(&theme));
    let fill = |(template, page, view): (&str, PageView, ViewData)| {
        let html = theme.render(template, &shell, &page, &view);
        (page.kind.to_owned(), html.unwrap_or_else(|error| panic!("{template}: {error}")))
    };
    examples().into_iter().map(fill).collect()
}

#[test]
fn every_page_has_one_h1_and_skips_no_level() {
    for (kind, html) in rendered() {
        println!("=== {kind}\n{html}");
        let levels: Vec<u32> = html
            .match_indices("<h")
            .filter_map(|(at, _)| {
                html[at + 2..].chars().next()?.to_digit(10).filter(|_| !html[at..].starts_with("<hr"))
            })
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{kind}: {levels:?}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{kind}: {levels:?}");
    }
}

#[test]
fn no_page_holds_inline_script_style_or_events() {
    for (kind, html) in rendered() {
        for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or("")) {
            assert!(!tag.contains(" style=") && !tag.starts_with("style"), "{kind}: {tag}");
            assert!(!tag.split_whitespace().any(|word| word.starts_with("on") && word.contains('=')), "{kind}: {tag}");
            assert!(!tag.starts_with("script") || tag.contains("src="), "{kind}: {tag}");
        }
    }
}

#[test]
fn every_id_is_there_once_and_labels_name_something() {
    for (kind, html) in rendered() {
        let values = |attribute: &str| -> Vec<String> {
            let opening = format!(" {attribute}=\"");
            html.split(&opening).skip(1).map(|rest| rest.split('"').next().unwrap_or("").to_owned()).collect()
        };
        let ids = values("id");
        for (at, id) in ids.iter().enumerate() {
            assert!(!ids[..at].contains(id), "{kind}: {id} twice");
        }
        for reference in values("aria-labelledby").iter().chain(&values("for")).chain(&values("popovertarget")) {
            assert!(ids.contains(reference), "{kind}: nothing is called {reference}");
        }
    }
}

#[test]
fn texts_of_authors_are_escaped() {
    let hostile = "<script>alert(1)</script>";
    let mut row = row("x");
    row.link.title = hostile.into();
    row.link.summary = Some(hostile.into());
    let groups = vec![RowGroup {
        title: Some(hostile.into()),
        href: None,
        summary: Some(hostile.into()),
        level: 2,
        rows: vec![row],
    }];
    let (theme, _) = Theme::load("default", &BTreeMap::new());
    let shell = ShellValue::new(&shell(&theme));
    let html =
        theme.render("guides.html", &shell, &page("guides", "guides", hostile), &ViewData::new(&GuidesView { groups }));
    assert!(!html.unwrap().contains("<script>alert"));
}

#[test]
fn empty_lists_say_what_is_so() {
    let (theme, _) = Theme::load("default", &BTreeMap::new());
    let shell = ShellValue::new(&shell(&theme));
    let shown =
        |template: &str, view: ViewData| theme.render(template, &shell, &page("x", "home", "X"), &view).unwrap();
    assert!(
        shown("guides.html", ViewData::new(&GuidesView { groups: vec![] })).contains("No guides are published yet.")
    );
    let nothing = ColumnView { title: "Now".into(), now: false, ahead: false, items: vec![] };
    let board =
        BoardView { columns: vec![nothing], declined: vec![], filters: vec![], prose: vec![], timeline_href: None };
    assert!(shown("roadmap.html", ViewData::new(&board)).contains("Nothing here right now."));
    let log = ChangelogView {
        preamble_html: SafeHtml::default(),
        newest: vec![],
        years: vec![],
        filters: vec![],
        texts: vec![],
        apis: vec![],
    };
    assert!(shown("changelog.html", ViewData::new(&log)).contains("No releases published yet."));
}

#[test]
fn styles_and_scripts_stay_below_their_budgets() {
    let (theme, _) = Theme::load("default", &BTreeMap::new());
    let size = |name: &str| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut gzip, &theme.assets().get(name).unwrap().bytes).unwrap();
        gzip.finish().unwrap().len()
    };
    println!("site.css {} boot.js {} site.js {}", size("site.css"), size("boot.js"), size("site.js"));
    assert!(size("site.css") <= 12_000, "{}", size("site.css"));
    assert!(size("boot.js") <= 512, "{}", size("boot.js"));
    assert!(size("boot.js") + size("site.js") <= 6_000, "{}", size("site.js"));
}

fn root(mut page: PageView) -> PageView {
    page = top(page);
    page.root = "./".into();
    page
}

fn top(mut page: PageView) -> PageView {
    page.crumbs.clear();
    page.banner = None;
    page.toc.clear();
    page.nav_html = SafeHtml::default();
    page.previous = None;
    page.edit = None;
    page
}

fn guide(mut page: PageView) -> PageView {
    page.crumbs = vec![
        Crumb { title: "Guides".into(), href: Some("../".into()) },
        Crumb { title: "Shipments".into(), href: Some("../".into()) },
        Crumb { title: page.title.clone(), href: None },
    ];
    page.banner = None;
    let entry = |level, id: &str, title: &str| TocEntry { level, id: id.into(), title: title.into() };
    page.toc = vec![
        entry(2, "create-the-shipment", "Create the shipment"),
        entry(3, "headers", "Headers that matter"),
        entry(2, "listen", "Listen to what happens"),
        entry(2, "limits", "Limits and what to do when one is reached"),
    ];
    page.nav_html = nav();
    page.next = Some(link("Handle a delay before your customer calls", "guide"));
    page
}

/// The markup of a section menu as the program makes it.
fn nav() -> SafeHtml {
    let row = |method: &str, class: &str, title: &str, more: &str| {
        let label = if method.is_empty() {
            String::new()
        } else {
            format!("<span class=\"nav__method method--{class}\">{method}</span>")
        };
        format!(
            "<li><a class=\"nav__link\" href=\"x/\"{more}>{label}<span class=\"nav__title\">{title}</span></a></li>"
        )
    };
    let rows: String = [
        row("GET", "get", "List shipments", ""),
        row("POST", "post", "Create a shipment", " aria-current=\"page\""),
        row("PATCH", "patch", "Change the delivery address of a shipment that is under way", ""),
        row("DEL", "delete", "Cancel a shipment", ""),
        row("HOOK", "hook", "shipmentDelayed", ""),
        "<li><a class=\"nav__link nav__link--deprecated\" href=\"x/\"><span class=\"nav__method method--put\">PUT</span>\
         <span class=\"nav__title\">Replace a shipment</span><span class=\"visually-hidden\"> deprecated</span></a></li>".into(),
    ]
    .concat();
    let first: String = [row("", "", "Overview", ""), row("", "", "Authentication", "")].concat();
    SafeHtml::from_trusted(format!(
        "<ul class=\"nav__list\">{first}\
         <li class=\"nav__group\"><details open><summary>Shipments</summary><ul>{rows}</ul></details></li>\
         <li class=\"nav__group\"><details><summary>Port calls</summary><ul>{rows}</ul></details></li></ul>"
    ))
}

fn link(title: &str, kind: &'static str) -> PageLink {
    let operation = kind == "operation";
    PageLink {
        title: title.into(),
        href: "../x/".into(),
        kind,
        method: operation.then(|| "POST".into()),
        path: operation.then(|| "/shipments/{shipmentId}/holds".into()),
        summary: None,
        deprecated: false,
    }
}

fn row(title: &str) -> Row {
    let mut link = link(title, "guide");
    link.summary = Some("What to send, what comes back, and which of the answers your own system should keep.".into());
    Row { link, minutes: Some(8), status: None, persona: None, level: Some("Beginner".into()) }
}

fn chip(word: &str, look: &'static str) -> Chip {
    Chip { word: word.into(), look }
}

fn date() -> DateView {
    DateView::new(jiff::civil::date(2026, 3, 14))
}

fn apis() -> Vec<ApiRow> {
    let api = |title: &str, operations| ApiRow {
        title: title.into(),
        href: "apis/x/".into(),
        version: "3.2.0".into(),
        status: Some(chip("Stable", "ok")),
        summary: Some("Book, follow and change shipments from the first quote to the signed delivery note.".into()),
        operations,
        webhooks: 2,
        schemas: 18,
        owner: Some("Team Quay".into()),
        earlier: vec![EarlierView { version: "2.9.1".into(), href: "apis/x/versions/2.9.1/".into() }],
    };
    vec![api("Shipments API", 34), api("Port Calls API", 1), api("Customs API", 12)]
}

fn item(title: &str, status: Chip, target: Option<&str>) -> ItemRow {
    ItemRow {
        title: title.into(),
        href: "../x/".into(),
        status,
        target: target.map(str::to_owned),
        undated: target.is_none(),
        overdue: target == Some("Q2 2026"),
        apis: vec![ItemApi { title: "Shipments API".into(), href: Some("../x/".into()) }],
        tags: vec!["webhooks".into()],
        kind: Some("Addition".into()),
        shipped: (title == "Delays as events").then(date),
        summary: Some("Today you ask for the state of a refund every minute. Soon we call you when it changes.".into()),
    }
}

fn items() -> Vec<ItemRow> {
    vec![
        item("Webhooks for refunds", chip("Building", "info"), Some("Q1 2027")),
        item("Bulk changes of delivery addresses", chip("Planned", "note"), Some("Q2 2026")),
        item("Sandbox with a clock you can turn", chip("Idea", "plain"), None),
    ]
}

fn release(title: &str) -> ReleaseRow {
    let count = |word, look, count| CountView { word, look, count };
    let entry = |word, look, text: &str| EntryRow { word, look, html: escape(text) };
    ReleaseRow {
        title: title.into(),
        href: "../x/".into(),
        of: Some("Shipments API".into()),
        of_href: Some("../api/".into()),
        date: Some(date()),
        yanked: title == "3.1.1",
        unreleased: false,
        summary_html: SafeHtml::from_trusted("<p>Delays are events now. Nothing has to be asked for twice.</p>".into()),
        counts: vec![count("Breaking", "danger", 1), count("Added", "ok", 4), count("Fixed", "plain", 2)],
        entries: vec![
            entry("Breaking", "danger", "status of Shipment gains delayed. Handle unknown values."),
            entry("Added", "ok", "Webhook shipmentDelayed with the new estimate and its reason."),
            entry("Deprecated", "warn", "Replacing a whole shipment; change single fields instead."),
        ],
        more: 4,
    }
}

fn home() -> HomeView {
    let card = |kind, title: &str| CardView {
        kind,
        href: "x/".into(),
        title: title.into(),
        text: Some("Five steps, about 25 minutes, nothing to install.".into()),
    };
    HomeView {
        lead: Some("Move goods over water with one set of APIs: quotes, shipments, port calls and customs.".into()),
        body_html: SafeHtml::from_trusted(
            "<h2 id=\"w\">What you can build</h2><p>A shop that knows when the ship arrives.</p>".into(),
        ),
        cards: vec![card("start", "Your first shipment"), card("api", "APIs"), card("new", "Changelog")],
        apis: apis(),
        releases: vec![release("3.2.0"), release("3.1.1"), release("3.1.0")],
        items: items(),
        changelog_href: Some("changelog/".into()),
        roadmap_href: Some("roadmap/".into()),
        catalog_href: Some("apis/".into()),
    }
}

fn meta() -> MetaView {
    MetaView {
        api: Some(link("Shipments API", "api")),
        minutes: Some(6),
        minutes_said: false,
        updated: Some(date()),
        persona: Some("Support engineer".into()),
        level: Some("Beginner".into()),
        status: Some(chip("Beta", "note")),
        tags: vec!["tracking".into()],
    }
}

fn document(kind: &'static str) -> DocumentView {
    let story = kind == "story";
    let call = |title: &str, wait| CallView { link: Some(link(title, "operation")), written: "x".into(), wait };
    DocumentView {
        kind,
        lead: Some("From the booking to the delivery note: which calls to make, what to store, and what to do when a ship is late.".into()),
        meta: meta(),
        needs_html: vec![escape("An account with a test key"), escape("curl, or Node 20 and later")],
        job: story.then(|| "Tell the customer a new date without calling anyone".into()),
        done_when: story.then(|| "The customer sees the new date within a minute".into()),
        outcome: Some("A shipment that tells you by itself when it is late.".into()),
        body_html: prose(),
        calls: if story { vec![call("Find the shipment", false), call("Shipment delayed", true)] } else { vec![] },
        rows: vec![],
        mentions: vec![link("Create a shipment", "operation"), link("Webhooks for refunds", "roadmap-item")],
        mentioned_by: vec![link("Shipments 3.2.0", "release")],
    }
}

fn groups() -> Vec<RowGroup> {
    let group = |title: Option<&str>, level| RowGroup {
        title: title.map(str::to_owned),
        href: Some("x/".into()),
        summary: title.map(|_| "From the first quote to the signed delivery note.".into()),
        level,
        rows: vec![row("Track a shipment from quay to door"), row("Change an address under way")],
    };
    vec![group(Some("Shipments"), 2), group(Some("Errors and retries"), 3), group(Some("Port calls"), 2)]
}

fn steps(current: usize) -> StepsView {
    let names = ["Get a key", "Make the first request", "Create a shipment", "Listen for events", "Go live"];
    let step = |(at, name): (usize, &&str)| StepView {
        number: at + 1,
        row: Row { minutes: Some(3 + at as u32), ..row(name) },
        goal: Some("You have a test key in your shell.".into()),
        current: at + 1 == current,
    };
    StepsView { key: "onboarding/first/".into(), list: names.iter().enumerate().map(step).collect(), minutes: 25 }
}

fn path() -> PathView {
    PathView {
        link: link("Your first shipment", "path"),
        goal: Some("Create, follow and cancel a shipment in the sandbox.".into()),
        needs_html: vec![escape("curl")],
        meta: MetaView { minutes: None, ..meta() },
        body_html: SafeHtml::from_trusted("<p>Each step is a page and can be left at any time.</p>".into()),
        steps: steps(0),
        outcome: Some("Everything that a production integration needs.".into()),
    }
}

fn step() -> StepPageView {
    StepPageView {
        path: Some(link("Your first shipment", "path")),
        steps: steps(2),
        number: 2,
        goal: Some("You see the list of your own shipments.".into()),
        needs_html: vec![],
        meta: MetaView { api: None, status: None, tags: vec![], ..meta() },
        body_html: prose(),
        outcome: Some("A key that works, and an answer that proves it.".into()),
    }
}

fn board() -> BoardView {
    let column = |title: &str, items| ColumnView { title: title.into(), now: false, ahead: false, items };
    let filter = |key, values: [&str; 2]| FilterGroup { key, values: values.map(str::to_owned).into() };
    BoardView {
        columns: vec![
            column("Now", items()),
            column("Next", items().into_iter().take(2).collect()),
            column("Later", vec![]),
            column("Shipped", vec![item("Delays as events", chip("Shipped", "ok"), None)]),
        ],
        declined: vec![item("SOAP", chip("Declined", "plain"), None)],
        filters: vec![filter("api", ["Shipments API", "Port Calls API"]), filter("kind", ["Addition", "Deprecation"])],
        prose: vec![SafeHtml::from_trusted("<p>Dates are intentions, not promises.</p>".into())],
        timeline_href: Some("timeline/".into()),
    }
}

fn timeline() -> TimelineView {
    let group = |title: &str| ColumnView { title: title.into(), now: title == "2027", ahead: true, items: items() };
    TimelineView {
        title: "Roadmap".into(),
        groups: vec![group("Q4 2026"), group("2027"), group("No date yet")],
        filters: vec![],
        board_href: Some("../".into()),
    }
}

fn item_page() -> ItemView {
    ItemView {
        row: item("Webhooks for refunds", chip("Building", "info"), Some("Q1 2027")),
        target: Some("Q1 2027".into()),
        owner: Some("Team money".into()),
        updated: Some(date()),
        shipped: None,
        body_html: SafeHtml::from_trusted("<h2 id=\"why\">Why</h2><p>Asking every minute costs both of us.</p>".into()),
        adds: vec![
            AddView { link: Some(link("Refund updated", "operation")), written: "op:refundUpdated".into() },
            AddView { link: None, written: "webhook:refundFailed".into() },
        ],
        depends: vec![item("Event bus", chip("Shipped", "ok"), Some("Q4 2026"))],
        mentions: vec![link("Refunds", "guide")],
        mentioned_by: vec![],
        board_href: Some("../".into()),
    }
}

fn changelog() -> ChangelogView {
    ChangelogView {
        preamble_html: SafeHtml::from_trusted("<p>Dates are those of production.</p>".into()),
        newest: vec![release("3.2.0"), release("3.1.1"), release("3.1.0")],
        years: vec![
            YearView { title: "2025".into(), releases: vec![release("3.0.0"), release("2.9.0")] },
            YearView { title: "2024".into(), releases: vec![release("2.0.0")] },
        ],
        filters: vec![FilterGroup { key: "kind", values: vec!["Added".into(), "Fixed".into()] }],
        texts: vec![link("History", "changelog-text")],
        apis: vec![link("Shipments API", "changelog"), link("Port Calls API", "changelog")],
    }
}

fn release_page() -> ReleaseView {
    let entry = |word, html: &str| EntryView { word, html: SafeHtml::from_trusted(html.into()) };
    let group = |title: &str, id: &str, look, entries| EntryGroup { title: title.into(), id: id.into(), look, entries };
    ReleaseView {
        row: release("3.2.0"),
        compare: Some("https://example.com/compare/3.1.0...3.2.0".into()),
        before: Some("3.1.0".into()),
        upgrade: vec![link("Moving from 3.1 to 3.2", "guide")],
        groups: vec![
            group(
                "Breaking changes",
                "breaking-changes",
                "danger",
                vec![entry(
                    Some("Changed"),
                    "<p><code>status</code> of <a href=\"x/\">Shipment</a> gains <code>delayed</code>. Handle unknown values.</p>",
                )],
            ),
            group(
                "Added",
                "added",
                "ok",
                vec![
                    entry(
                        None,
                        "<p>Webhook <a class=\"oplink\" href=\"x/\"><span class=\"method method--hook\">HOOK</span>\u{a0}<span class=\"oplink__title\">shipmentDelayed</span></a>.</p>",
                    ),
                    entry(None, "<p>Estimates carry a reason.</p>"),
                ],
            ),
        ],
        body_html: SafeHtml::default(),
        mentions: vec![link("Create a shipment", "operation")],
        mentioned_by: vec![link("Delays as events", "roadmap-item")],
    }
}

fn search() -> SearchView {
    let group = |title: &str, id: &str, kind| IndexGroup {
        title: title.into(),
        id: id.into(),
        open: true,
        pages: 9,
        parts: vec![IndexPart {
            title: Some("Operations"),
            links: (0..9).map(|_| link("Change the delivery address of a shipment", kind)).collect(),
        }],
    };
    SearchView {
        groups: vec![group("Guides", "guides", "guide"), group("Shipments API", "api-shipments", "operation")],
        pages: 18,
    }
}

/// Every class that rendered Markdown can hold.
fn prose() -> SafeHtml {
    SafeHtml::from_trusted(include_str!("example_prose.html").into())
}
