//! Every page kind: runs under the strict policy without a word on the console, asks nobody else for anything, and
//! fits every window.

use crate::server::serve;
use crate::sites::{SAMPLE, one_of_each_kind};
use crate::tab::Tab;

#[test]
fn every_page_kind_keeps_to_the_strict_policy_and_asks_no_other_host() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::new();
    let mut wrong = Vec::new();
    for page in one_of_each_kind(&SAMPLE) {
        tab.open(&served.url(&page.url));
        wrong.extend(tab.complaints(&served.base).into_iter().map(|what| format!("{}: {what}", page.url)));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Elements that are wider than the window and neither scroll nor stand in something that does; and sideways scrolling
/// of the page.
pub const OVERFLOW: &str = "(() => {
    const wrong = []
    const root = document.scrollingElement
    if (root.scrollWidth > innerWidth) wrong.push(`the page is ${root.scrollWidth} wide`)
    const scrolls = (element) => element && (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    for (const element of document.body.querySelectorAll('*')) {
        const box = element.getBoundingClientRect()
        if (box.width === 0 || !element.checkVisibility()) continue
        if (box.right > innerWidth + 1 && !scrolls(element.parentElement)) {
            wrong.push(`<${element.localName} class=${element.className.baseVal ?? element.className}> reaches ${Math.round(box.right)}`)
        }
    }
    return wrong.slice(0, 3)
})()";

#[test]
fn no_page_kind_scrolls_sideways_at_any_width_in_either_theme() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::new();
    let mut wrong: Vec<String> = Vec::new();
    for page in one_of_each_kind(&SAMPLE) {
        tab.size(1440, 900);
        tab.open(&served.url(&page.url));
        for width in [320, 390, 820, 1440] {
            tab.size(width, 900);
            for theme in ["light", "dark"] {
                tab.run(&format!("document.documentElement.dataset.theme = {theme:?}"));
                let found: Vec<String> = tab.ask(OVERFLOW);
                wrong.extend(found.into_iter().map(|what| format!("{} at {width}, {theme}: {what}", page.url)));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
