//! Samples of requests: tabs by keyboard, the language that is remembered, the button that copies.

use serde_json::json;

use crate::server::serve;
use crate::sites::{SAMPLE, SERVERS, operation};
use crate::tab::Tab;

const TABS: &str = "[data-tabs=lang] [role=tab]";

fn chosen(tab: &Tab) -> String {
    tab.text("[data-tabs=lang] [role=tab][aria-selected=true]")
}

#[test]
fn arrow_keys_home_and_end_move_along_the_tabs_of_samples() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.url(&operation("bookShipment")));
    let names: Vec<String> = tab.ask(&format!(
        "[...document.querySelector('[data-tabs=lang]').querySelectorAll('[role=tab]')].map((tab) => tab.textContent)"
    ));
    tab.click(TABS);
    for (key, expected) in [
        ("ArrowRight", &names[1]),
        ("ArrowRight", &names[2]),
        ("ArrowLeft", &names[1]),
        ("End", &names[names.len() - 1]),
        ("ArrowRight", &names[0]),
        ("ArrowLeft", &names[names.len() - 1]),
        ("Home", &names[0]),
    ] {
        tab.press(key);
        assert_eq!(chosen(&tab), **expected, "after {key}");
        assert_eq!(tab.ask::<String>("document.activeElement.textContent"), **expected, "focus after {key}");
        let shown: Vec<String> = tab.ask("[...document.querySelector('[data-tabs=lang]').querySelectorAll(':scope > .tabs__panel')].map((panel) => panel.querySelector('pre')).filter((code) => code.checkVisibility()).map((code) => code.getAttribute('aria-label'))");
        assert_eq!(shown.len(), 1, "one sample at a time: {shown:?}");
    }
}

#[test]
fn the_chosen_language_is_chosen_on_every_other_operation() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.url(&operation("bookShipment")));
    tab.click("[data-tabs=lang] [role=tab]:nth-child(3)");
    let language = chosen(&tab);
    assert_eq!(language, "Python");
    tab.open(&served.url(&operation("listPortCalls")));
    assert_eq!(chosen(&tab), language);
}

#[test]
fn a_link_into_a_sample_shows_that_sample() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&format!("{}#sample-go", served.url(&operation("bookShipment"))));
    assert_eq!(chosen(&tab), "Go");
}

#[test]
fn the_copy_button_copies_exactly_what_is_shown_and_says_so() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::new();
    tab.call("Browser.setPermission", json!({ "permission": { "name": "clipboard-write" }, "setting": "granted" }));
    tab.before_each_page(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.__copied = text } } })",
    );
    tab.open(&served.url(&operation("bookShipment")));
    let shown: String = tab.ask("document.querySelector('#sample-curl pre').textContent");
    tab.click("#sample-curl .copy");
    tab.wait_for("window.__copied !== undefined");
    assert_eq!(tab.ask::<String>("window.__copied"), shown.trim_end_matches('\n'));
    assert!(shown.starts_with("curl ") && shown.contains("/v3/shipments \\\n  -H "), "{shown}");
    tab.wait_for("document.querySelector('#sample-curl .copy').textContent === 'Copied'");
    assert_eq!(
        tab.ask::<Vec<String>>(
            "[...document.querySelectorAll('[role=status]')].map((live) => live.textContent).filter(Boolean)"
        ),
        ["Copied"]
    );
    tab.click(".endpoint .copy");
    tab.wait_for("window.__copied === 'POST /shipments'");
}

#[test]
fn r04_the_chosen_server_stands_in_every_sample_of_its_api_and_is_remembered() {
    let served = serve(SERVERS.clone());
    let page = |name: &str| served.url(&format!("apis/tides/operations/{name}/"));
    let tab = Tab::at(&page("a"));
    let code = |language: &str| -> String {
        tab.ask(&format!("document.querySelector('#sample-{language} pre').textContent"))
    };
    assert!(tab.shows("[data-servers]"));
    assert!(code("curl").contains("https://api.tides.example/v1/a"), "{}", code("curl"));
    tab.run(
        "const box = document.querySelector('[data-servers]'); box.value = 'https://sandbox.tides.example'; box.dispatchEvent(new Event('change'))",
    );
    assert!(code("curl").starts_with("curl -X POST https://sandbox.tides.example/a"), "{}", code("curl"));
    assert!(code("curl").contains("\"u\": \"https://api.tides.example/v1\""), "a body is left alone: {}", code("curl"));
    assert!(code("http").starts_with("POST /a HTTP/1.1\nHost: sandbox.tides.example\n"), "{}", code("http"));
    tab.open(&page("b"));
    assert_eq!(tab.ask::<String>("document.querySelector('[data-servers]').value"), "https://sandbox.tides.example");
    assert!(code("go").contains("\"https://sandbox.tides.example/b\""), "{}", code("go"));
    tab.open(&page("c"));
    assert!(code("curl").contains("https://c.tides.example/c"), "its own servers are another choice: {}", code("curl"));
}

#[test]
fn r04_without_scripts_no_choice_is_offered_that_would_do_nothing() {
    let served = serve(SERVERS.clone());
    let tab = Tab::new();
    tab.without_scripts();
    tab.open(&served.url("apis/tides/operations/a/"));
    assert!(!tab.shows("[data-servers]"));
}
