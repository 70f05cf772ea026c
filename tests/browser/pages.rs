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
        if page.url == "404.html" {
            continue;
        }
        tab.open(&served.url(&page.url));
        wrong.extend(tab.complaints(&served.base).into_iter().map(|what| format!("{}: {what}", page.url)));
    }
    assert_eq!(wrong, Vec::<String>::new());
}
