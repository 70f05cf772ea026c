//! Search: opened by keys, answered while typing, walked by arrows, told to those who listen.

use crate::server::{Served, serve};
use crate::sites::{HOSTILE, SAMPLE};
use crate::tab::Tab;

const OPEN: &str = "document.querySelector('dialog.search')?.open";

/// A tab on the home page with the overlay open.
fn searching() -> (Served, Tab) {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.base);
    tab.press("/");
    tab.wait_for(OPEN);
    (served, tab)
}

/// Writes into the overlay in place of what stands there, and waits for the answer that belongs to it.
fn search(tab: &Tab, words: &str) {
    tab.run("document.querySelector('.search__input').select()");
    tab.run("document.querySelector('dialog.search [role=status]').textContent = ''");
    tab.write(words);
    tab.wait_for("document.querySelector('dialog.search [role=status]').textContent !== ''");
}

/// The addresses of the results, the best first.
fn found(tab: &Tab, base: &str) -> Vec<String> {
    let urls: Vec<String> = tab.ask("[...document.querySelectorAll('.search__list a')].map((hit) => hit.href)");
    urls.into_iter().map(|url| url.trim_start_matches(base).to_owned()).collect()
}

#[test]
fn search_opens_by_its_keys_and_escape_clears_then_closes_and_gives_the_focus_back() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.url("roadmap/"));
    for key in ["/", "Ctrl+k"] {
        tab.run("document.querySelector('main a').focus()");
        tab.press(key);
        tab.wait_for(OPEN);
        assert!(tab.ask::<bool>("document.activeElement.matches('.search__input')"), "{key}");
        assert_eq!(tab.ask::<String>("document.activeElement.value"), "", "the key itself is not typed");
        tab.write("quote");
        tab.press("Escape");
        assert!(tab.ask::<bool>(
            "document.querySelector('.search__input').value === '' && document.querySelector('dialog.search').open"
        ));
        tab.press("Escape");
        tab.wait_for("!document.querySelector('dialog.search').open");
        assert!(tab.ask::<bool>("document.activeElement === document.querySelector('main a')"), "focus after {key}");
    }
}

#[test]
fn a_slash_in_a_text_field_is_a_slash() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.url("search/"));
    tab.run("document.querySelector('#page-search').focus()");
    tab.press("/");
    assert_eq!(tab.ask::<String>("document.querySelector('#page-search').value"), "/");
    assert!(!tab.ask::<bool>(&format!("Boolean({OPEN})")));
}

#[test]
fn typing_finds_operations_paths_schemas_headings_and_what_was_meant_by_a_typing_error() {
    let (served, tab) = searching();
    for (words, expected) in [
        ("bookShipment", "apis/shipments/operations/book-shipment/"),
        ("POST /quotes", "apis/shipments/operations/create-quote/"),
        ("/shipments/{shipmentId}/label", "apis/shipments/operations/get-label/"),
        ("PlaceCode", "apis/shipments/schemas/place-code/"),
        ("shipment.customs_hold", "apis/shipments/webhooks/customs-hold/"),
        ("idempotency", "apis/shipments/guides/idempotency/"),
        ("canel shipment", "apis/shipments/operations/cancel-shipment/"),
    ] {
        search(&tab, words);
        let first: Vec<String> = found(&tab, &served.base).into_iter().take(3).collect();
        assert!(first.iter().any(|url| url.starts_with(expected)), "`{words}` finds {first:?}");
    }
}

#[test]
fn arrow_keys_move_along_the_results_while_the_focus_stays_and_enter_opens_one() {
    let (served, tab) = searching();
    search(&tab, "shipment");
    let hits = found(&tab, &served.base);
    assert!(hits.len() > 5, "{hits:?}");
    let active = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))";
    for (key, at) in [
        ("ArrowDown", 1),
        ("ArrowDown", 2),
        ("ArrowUp", 1),
        ("End", hits.len() - 1),
        ("ArrowDown", 0),
        ("ArrowDown", 1),
    ] {
        tab.press(key);
        assert_eq!(tab.ask::<String>(&format!("{active}.href")), served.url(&hits[at]), "after {key}");
        assert!(
            tab.ask::<bool>(&format!(
                "{active}.getAttribute('aria-selected') === 'true' && {active}.role === 'option'"
            ))
        );
        assert!(tab.ask::<bool>("document.activeElement.role === 'combobox'"));
    }
    tab.run("window.__left = true");
    tab.press("Enter");
    tab.wait_for_page();
    assert_eq!(tab.url(), served.url(&hits[1]));
}

#[test]
fn the_count_of_results_is_told_to_those_who_cannot_see_it() {
    let (_, tab) = searching();
    search(&tab, "quote");
    let told = tab.text("dialog.search [role=status]");
    assert!(told.starts_with(|first: char| first.is_ascii_digit() && first != '0'), "{told}");
    search(&tab, "zzqxv");
    let told = tab.text("dialog.search [role=status]");
    assert!(told.starts_with('0') || told.to_lowercase().starts_with("no"), "{told}");
    assert!(tab.text(".search__state").contains("zzqxv"), "{}", tab.text(".search__state"));
    assert!(tab.shows(".search__state a[href*='search/']"), "a way on is offered");
}

#[test]
fn the_address_of_the_search_page_asks_by_itself_and_follows_what_is_typed() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.url("search/?q=bookShipment"));
    tab.wait_for("document.querySelector('[data-search-page] .search__list a')");
    let hits: Vec<String> =
        tab.ask("[...document.querySelectorAll('[data-search-page] .search__list a')].map((hit) => hit.href)");
    assert_eq!(hits[0], served.url("apis/shipments/operations/book-shipment/"));
    tab.run("document.querySelector('#page-search').select()");
    tab.write("createQuote");
    tab.wait_for("document.querySelector('[data-search-page] .search__list a')?.href.endsWith('/create-quote/')");
    assert_eq!(tab.ask::<String>("location.search"), "?q=createQuote");
}

#[test]
fn searching_keeps_to_the_strict_policy_and_to_the_own_host() {
    let (served, tab) = searching();
    for words in ["quote", "GET /places", "idempotency", "zzqxv", "<b>", "a"] {
        search(&tab, words);
    }
    tab.open(&served.url("search/?q=shipment"));
    tab.wait_for("document.querySelector('[data-search-page] .search__list a')");
    tab.open(&served.url("404.html"));
    tab.wait_for("document.querySelector('[data-search-nearest]')");
    assert_eq!(tab.complaints(&served.base), Vec::<String>::new());
}

#[test]
fn hostile_words_run_nothing_wherever_they_are_searched() {
    let Some(files) = HOSTILE.clone() else { return };
    let served = serve(files);
    let tab = Tab::at(&served.base);
    tab.press("/");
    tab.wait_for(OPEN);
    for at in 0..200 {
        let words = hostile_words(at);
        tab.run("document.querySelector('.search__input').select()");
        tab.write(&words);
        assert_eq!(tab.ask::<Option<Vec<String>>>("window.__pwned ?? null"), None, "{words}");
    }
    search(&tab, "window pwned onerror img");
    assert!(tab.shows(".search__list a"), "hostile texts are found");
    tab.open(&served.url("search/?q=%3Cimg%20src%3Dx%20onerror%3D%22window.__pwned%3D%5B1%5D%22%3E"));
    tab.wait_for("document.querySelector('[data-search-page] [role=status]')?.textContent");
    assert_eq!(tab.ask::<Option<Vec<String>>>("window.__pwned ?? null"), None);
    assert_eq!(tab.complaints(&served.base), Vec::<String>::new());
}

/// Words that would run something if they were taken for markup, a pattern, a property or an address.
fn hostile_words(at: usize) -> String {
    const PARTS: &[&str] = &[
        "<img src=x onerror=\"window.__pwned=[1]\">",
        "<script>window.__pwned=[1]</script>",
        "javascript:window.__pwned=[1]",
        "\"><svg onload=window.__pwned=[1]>",
        "' autofocus onfocus='window.__pwned=[1]",
        "__proto__",
        "constructor",
        "((((((a+)+)+)+)+)+)+$",
        "[[[\\",
        "\u{202e}\u{0}\u{feff}",
        "%00%0d%0a",
        "${window.__pwned=[1]}",
        "{{constructor.constructor('window.__pwned=[1]')()}}",
        "../../../../etc/passwd",
        "GET /<img src=x onerror=window.__pwned=[1]>",
    ];
    let (first, second) = (PARTS[at % PARTS.len()], PARTS[at / PARTS.len() % PARTS.len()]);
    format!("{first} {second}")
}
