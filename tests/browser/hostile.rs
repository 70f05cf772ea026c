//! Hostile texts in every field: nothing runs, whatever is loaded, clicked or opened.

use crate::server::serve;
use crate::sites::{HOSTILE, pages};
use crate::tab::Tab;

/// Opens every fold, and clicks, focuses and hovers everything that can be; links to other pages stay where they are.
const TOUCH: &str = "(() => {
    addEventListener('click', (event) => {
        const link = event.target.closest('a[href]')
        if (link && /^https?:$/.test(link.protocol)) event.preventDefault()
    }, true)
    addEventListener('submit', (event) => event.preventDefault(), true)
    document.querySelectorAll('details').forEach((fold) => (fold.open = true))
    document.querySelectorAll('[hidden]').forEach((part) => part.removeAttribute('hidden'))
    for (const element of document.querySelectorAll('body *')) {
        for (const kind of ['mouseover', 'mouseenter', 'pointerdown', 'focus', 'toggle', 'error', 'load']) {
            element.dispatchEvent(new Event(kind))
        }
        if (element.matches('a, button, summary, input, [tabindex], [role]')) {
            element.focus?.()
            element.click?.()
        }
    }
})()";

/// Attributes that could run something, and URLs of other schemes than those that are published.
const LIVE: &str = "(() => {
    const wrong = []
    for (const element of document.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
            const plain = value.replace(/[\\u0000-\\u0020]/g, '').toLowerCase()
            const url = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster'].includes(name)
            const scheme = url && plain.match(/^([a-z][a-z0-9+.-]*):/)?.[1]
            const icon = element.matches('link[rel=icon]') || element.matches('img') && plain.startsWith('data:image/')
            if (/^on|^style$|^srcdoc$/.test(name)) wrong.push(`${name}=${value}`)
            if (scheme && !['http', 'https', 'mailto', 'tel'].includes(scheme) && !icon) wrong.push(`${name}=${value}`)
        }
        if (element.matches('script:not([src]), style, iframe, object, embed, base, meta[http-equiv=refresh]')) {
            wrong.push(element.outerHTML.slice(0, 80))
        }
    }
    return wrong
})()";

#[test]
fn nothing_of_hostile_texts_runs_on_any_page_whatever_is_clicked() {
    let Some(files) = HOSTILE.clone() else { return };
    let served = serve(files.clone());
    let tab = Tab::new();
    let mut wrong = Vec::new();
    let pages = pages(&files);
    assert!(pages.len() > 15, "the hostile portal has pages: {}", pages.len());
    for page in pages {
        tab.open(&served.url(&page.url));
        let live: Vec<String> = tab.ask(LIVE);
        wrong.extend(live.into_iter().map(|what| format!("{}: live: {what}", page.url)));
        tab.run(TOUCH);
        let later = "new Promise((done) => setTimeout(done, 20)).then(() => window.__pwned ?? null)";
        let ran: Option<Vec<String>> = tab.ask(later);
        wrong.extend(ran.into_iter().map(|what| format!("{}: ran: {what:?}", page.url)));
        wrong.extend(tab.complaints(&served.base).into_iter().map(|what| format!("{}: {what}", page.url)));
    }
    assert_eq!(wrong, Vec::<String>::new());
}
