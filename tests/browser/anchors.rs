//! Links into the middle of a page: what they name is shown, even inside something folded.

use crate::server::serve;
use crate::sites::{SAMPLE, operation};
use crate::tab::Tab;

const SHOWN: &str = "(() => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const box = target.getBoundingClientRect()
    const head = document.querySelector('.site-head').getBoundingClientRect()
    return target.checkVisibility() && box.top < innerHeight && box.bottom > head.bottom - 1
})()";

#[test]
fn an_anchor_inside_something_folded_unfolds_it() {
    let served = serve(SAMPLE.clone());
    let page = served.url(&operation("bookShipment"));
    let tab = Tab::at(&page);
    let folded: Vec<String> =
        tab.ask("[...document.querySelectorAll('main details:not([open]) [id]')].filter((element) => !element.checkVisibility()).map((element) => element.id)");
    assert!(folded.len() > 3, "the page has folded anchors: {folded:?}");
    for id in [&folded[0], &folded[folded.len() / 2], &folded[folded.len() - 1]] {
        tab.open("about:blank");
        tab.open(&format!("{page}#{id}"));
        tab.wait_for(SHOWN);
    }
}

#[test]
fn following_a_link_to_a_folded_response_unfolds_it() {
    let served = serve(SAMPLE.clone());
    let tab = Tab::at(&served.url(&operation("bookShipment")));
    let closed: String =
        tab.ask("document.querySelector('.resp details:not([open]), details.resp:not([open])').closest('[id]').id");
    tab.run(&format!("location.hash = {closed:?}"));
    tab.wait_for(&format!("(() => {{ const part = document.getElementById({closed:?}); return (part.closest('details') ?? part.querySelector('details')).open }})()"));
}
