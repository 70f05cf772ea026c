//! The colours a reader chooses: the switch, what is remembered, and that nothing flashes.

use crate::server::serve;
use crate::sites::SAMPLE;
use crate::tab::Tab;

const CHOICE: &str = "document.documentElement.dataset.theme ?? 'auto'";
const NAME: &str = "document.querySelector('[data-theme-switch]').getAttribute('aria-label')";

/// Whether the page is drawn dark.
const IS_DARK: &str = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3).every((part) => Number(part) < 64)";

#[test]
fn the_switch_goes_from_auto_to_light_to_dark_and_back_and_says_where_it_is() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.base);
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(format!("{} {}", tab.ask::<String>(CHOICE), tab.ask::<String>(NAME)));
        tab.click("[data-theme-switch]");
    }
    assert_eq!(seen, ["auto Theme: auto", "light Theme: light", "dark Theme: dark", "auto Theme: auto"]);
}

#[test]
fn without_a_choice_the_system_decides_and_a_choice_wins_over_it() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.base);
    for (system, dark) in [("dark", true), ("light", false)] {
        tab.system_colours(system);
        assert_eq!(tab.ask::<bool>(IS_DARK), dark, "system says {system}");
    }
    tab.click("[data-theme-switch]");
    tab.click("[data-theme-switch]");
    assert_eq!(tab.ask::<String>(CHOICE), "dark");
    assert!(tab.ask::<bool>(IS_DARK));
}

#[test]
fn a_choice_is_remembered_and_set_before_anything_is_drawn() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.base);
    tab.click("[data-theme-switch]");
    tab.click("[data-theme-switch]");
    // The body is the first thing that can be drawn: what stands on the root when it comes is what is drawn.
    tab.before_each_page(
        "new MutationObserver((changes, observer) => {
            if (!document.body) return
            window.__first = document.documentElement.dataset.theme ?? 'auto'
            observer.disconnect()
        }).observe(document, { childList: true, subtree: true })",
    );
    tab.reload();
    assert_eq!(tab.ask::<String>("window.__first"), "dark");
    tab.open(&served.url("roadmap/"));
    assert_eq!(tab.ask::<String>("window.__first"), "dark");
    assert_eq!(tab.ask::<String>(NAME), "Theme: dark");
}
