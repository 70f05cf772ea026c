//! A reader with a keyboard: the first stop skips to the content, every stop is seen.

use crate::server::serve;
use crate::sites::{SAMPLE, one_of_each_kind, operation};
use crate::tab::Tab;

#[test]
fn the_first_stop_skips_to_the_content_and_the_next_one_is_inside_it() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::new();
    for page in one_of_each_kind(&SAMPLE) {
        tab.open(&served.url(&page.url));
        tab.press("Tab");
        let skip: bool = tab
            .ask("document.activeElement.matches('a.skip') && document.activeElement.getBoundingClientRect().top >= 0");
        assert!(skip, "{}: the first stop is no visible skip link", page.url);
        tab.press("Enter");
        tab.wait_for("location.hash === '#main'");
        assert!(tab.ask::<bool>("document.activeElement.id === 'main'"), "{}: skipping moves no focus", page.url);
        tab.press("Tab");
        let inside: bool = tab.ask("document.activeElement.matches('main *, main ~ *, .frame ~ *')");
        assert!(inside, "{}: after skipping, focus is on {}", page.url, focused(&tab));
    }
}

#[test]
fn every_stop_shows_its_focus_inside_the_window() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::new();
    let operation = operation("bookShipment");
    for (url, width) in [("", 1440), (operation.as_str(), 1440), ("roadmap/", 820), (operation.as_str(), 390)] {
        tab.size(width, 900);
        tab.open(&served.url(url));
        for stop in 0..40 {
            tab.press("Tab");
            let wrong: Option<String> = tab.ask(STOP);
            assert_eq!(wrong, None, "{url} at {width}, stop {stop}: {}", focused(&tab));
        }
    }
}

/// What is wrong with the element that has the focus, if anything.
const STOP: &str = "(() => {
    const element = document.activeElement
    if (element === document.body) return null
    const style = getComputedStyle(element)
    const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none'
    if (!marked) return `no mark: outline ${style.outline}`
    const boxes = [...element.getClientRects()]
    const seen = boxes.some((box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth)
    if (!seen) return `out of the window: ${JSON.stringify(element.getBoundingClientRect())}`
    const head = document.querySelector('.site-head').getBoundingClientRect()
    const inHead = element.closest('.site-head, .skip')
    if (!inHead && boxes.every((box) => box.bottom <= head.bottom)) return 'below the page head'
    return null
})()";

fn focused(tab: &Tab) -> String {
    tab.ask("document.activeElement.outerHTML.slice(0, 160)")
}
