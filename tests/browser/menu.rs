//! The menu of a small window.

use crate::server::serve;
use crate::sites::{SAMPLE, operation};
use crate::tab::Tab;

#[test]
fn the_menu_of_a_small_window_opens_over_the_page_shows_where_it_is_and_closes_by_escape() {
    let served = serve(SAMPLE.clone());
    for scripts in [true, false] {
        let tab = Tab::new();
        tab.size(390, 844);
        if !scripts {
            tab.without_scripts();
        }
        tab.open(&served.url(&operation("bookShipment")));
        assert!(!tab.shows("#menu"), "closed at first");
        tab.click(".site-head__menu");
        tab.wait_for("document.querySelector('#menu').matches(':popover-open')");
        assert!(tab.shows("#menu [aria-current=page]"));
        assert!(tab.shows("#menu .nav__main a"), "the links of the page head are in the menu");
        tab.press("Escape");
        tab.wait_for("!document.querySelector('#menu').matches(':popover-open')");
        let back: bool = tab.ask("document.activeElement.matches('.site-head__menu')");
        assert!(back, "focus returns to the button");
    }
}

#[test]
fn rows_of_the_open_menu_are_large_enough_for_a_thumb() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::new();
    tab.size(390, 844);
    tab.open(&served.url(&operation("bookShipment")));
    tab.click(".site-head__menu");
    let small: Vec<String> = tab.ask("[...document.querySelectorAll('#menu a, #menu summary, #menu button')].filter((row) => row.checkVisibility() && row.getBoundingClientRect().height < 44).map((row) => row.outerHTML.slice(0, 80))");
    assert_eq!(small, Vec::<String>::new());
}
