//! Pages without scripts: everything that was written is there, and no control is shown that cannot work.

use std::collections::BTreeSet;

use crate::server::serve;
use crate::sites::{SAMPLE, one_of_each_kind, operation, pages};
use crate::tab::Tab;

fn scriptless() -> Tab {
    let tab = Tab::new();
    tab.without_scripts();
    tab
}

#[test]
fn an_operation_shows_its_parameters_samples_and_responses_without_scripts() {
    let served = serve(SAMPLE.clone());
    let tab = scriptless();
    tab.open(&served.url(&operation("bookShipment")));
    let fields: Vec<String> = tab.ask("[...document.querySelectorAll('.field__name')].filter((name) => name.checkVisibility()).map((name) => name.textContent.trim())");
    for name in ["Idempotency-Key", "quoteId", "receiver", "units"] {
        assert!(fields.iter().any(|field| field.starts_with(name)), "no {name} in {fields:?}");
    }
    let samples: BTreeSet<String> = tab.ask("[...document.querySelectorAll('[data-tabs=lang] > .tabs__panel')].filter((panel) => panel.checkVisibility() && panel.querySelector('pre').checkVisibility()).map((panel) => panel.querySelector('.tabs__label').textContent)");
    for language in ["curl", "JavaScript", "Python", "Go", "Java", "C#", "PHP", "HTTP"] {
        assert!(samples.contains(language), "no {language} in {samples:?}");
    }
    let responses: Vec<String> = tab.ask("[...document.querySelectorAll('[id^=response-]')].filter((part) => part.checkVisibility()).map((part) => part.id)");
    assert!(responses.iter().any(|id| id == "response-201"), "{responses:?}");
}

#[test]
fn the_search_page_lists_every_operation_without_scripts() {
    let served = serve(SAMPLE.clone());
    let tab = scriptless();
    tab.open(&served.url("search/"));
    let linked: BTreeSet<String> = tab.ask("[...document.querySelectorAll('main a[href]')].map((link) => link.href)");
    let current =
        pages(&SAMPLE).into_iter().filter(|page| page.operation_id.is_some() && !page.url.contains("/versions/"));
    let missing: Vec<String> = current.map(|page| served.url(&page.url)).filter(|url| !linked.contains(url)).collect();
    assert_eq!(missing, Vec::<String>::new());
    assert!(tab.shows("form[role=search] input[name=q]"));
}

#[test]
fn no_control_that_needs_a_script_is_shown_without_one() {
    let served = serve(SAMPLE.clone());
    let tab = scriptless();
    let mut wrong = Vec::new();
    for page in one_of_each_kind(&SAMPLE) {
        tab.open(&served.url(&page.url));
        // A button works without a script when it opens a popover or sends its form.
        let dead: Vec<String> = tab.ask(
            "[...document.querySelectorAll('button, [role=tab], [role=button], kbd')]
                .filter((control) => control.checkVisibility() && !control.hasAttribute('popovertarget')
                    && !(control.form && control.type === 'submit') && !control.closest('.prose'))
                .map((control) => control.outerHTML.slice(0, 80))",
        );
        wrong.extend(dead.into_iter().map(|control| format!("{}: {control}", page.url)));
    }
    assert_eq!(wrong, Vec::<String>::new());
}
