//! What assistive technology and weak eyes need: names, one structure, contrast.
//!
//! `PORTOLAN_AXE=axe.min.js` (from the npm package `axe-core`) runs all of that program's rules too.

use serde_json::{Value, json};

use crate::server::serve;
use crate::sites::{SAMPLE, one_of_each_kind};
use crate::tab::Tab;

pub const STRUCTURE: &str = "(() => {
    const wrong = []
    const all = (selector) => [...document.querySelectorAll(selector)]
    const shown = (selector) => all(selector).filter((element) => element.checkVisibility())
    const told = (element) => element.outerHTML.slice(0, 100)
    const once = (selector) => shown(selector).length === 1 || wrong.push(`${shown(selector).length} × ${selector}`)
    once('main'), once('h1'), once('body > header'), once('body > footer')
    if (!document.documentElement.lang || !document.title.trim()) wrong.push('no language or title')
    const label = (nav) => nav.getAttribute('aria-label') ?? document.getElementById(nav.getAttribute('aria-labelledby'))?.textContent
    const labels = shown('nav').map(label)
    if (new Set(labels).size !== labels.length || !labels.every(Boolean)) wrong.push(`nav labels ${labels}`)
    let level = 0
    for (const heading of shown('h1, h2, h3, h4, h5, h6')) {
        const next = Number(heading.localName[1])
        if (next > level + 1) wrong.push(`h${next} after h${level}: ${heading.textContent.trim()}`)
        if (!heading.textContent.trim()) wrong.push(`empty ${told(heading)}`)
        level = next
    }
    const seen = new Set()
    for (const { id } of all('[id]')) seen.has(id) ? wrong.push(`id ${id} twice`) : seen.add(id)
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'popovertarget']) {
        for (const element of all(`[${name}]`)) {
            for (const id of element.getAttribute(name).split(' ')) seen.has(id) || wrong.push(`${name}: no #${id}`)
        }
    }
    for (const image of all('img:not([alt])')) wrong.push(`no alt: ${told(image)}`)
    for (const element of all('[tabindex]')) if (element.tabIndex > 0) wrong.push(`tabindex: ${told(element)}`)
    for (const element of shown('main *, nav *')) {
        const style = getComputedStyle(element)
        const scrolls = /auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1
        const reached = element.tabIndex >= 0 || element.querySelector('a, button, input, [tabindex]')
        if (scrolls && !reached) wrong.push(`scrolls but cannot be focused: ${told(element)}`)
    }
    for (const control of shown('button, summary, input, [role=tab], nav a')) {
        let box = control.getBoundingClientRect()
        if (box.height >= 24 && box.width >= 24) continue
        // What can be hit may be larger than what is drawn.
        control.scrollIntoView({ block: 'center' })
        box = control.getBoundingClientRect()
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
        const hit = ([right, down]) => control.contains(document.elementFromPoint(x + right, y + down))
        const all = [[0, 0], [-11, 0], [11, 0], [0, -11], [0, 11]].every(hit)
        if (!all) wrong.push(`${box.width} × ${box.height}: ${told(control)}`)
    }
    return wrong
})()";

/// Text whose colour is too near to what is behind it.
pub const CONTRAST: &str = "(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const parse = (colour) => {
        canvas.clearRect(0, 0, 1, 1)
        canvas.fillStyle = colour
        canvas.fillRect(0, 0, 1, 1)
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
        return [r, g, b, a / 255]
    }
    const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1)
    const channel = (value) => (value /= 255) <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4
    const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b)
    const behind = (element) => {
        if (!element) return [255, 255, 255, 1]
        const colour = parse(getComputedStyle(element).backgroundColor)
        return colour[3] === 1 ? colour : over(colour, behind(element.parentElement))
    }
    const wrong = new Map()
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
        const text = walk.currentNode
        const element = text.parentElement
        if (!text.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue
        if (element.closest('.visually-hidden, .skip, [aria-hidden=true], script, :disabled')) continue
        const style = getComputedStyle(element)
        const size = parseFloat(style.fontSize)
        const large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700
        const back = behind(element)
        const front = over(parse(style.color), back)
        const [high, low] = [light(front), light(back)].sort((a, b) => b - a)
        const ratio = (high + .05) / (low + .05)
        if (ratio < (large ? 3 : 4.5)) {
            wrong.set(`${element.localName}.${element.className}`, `${ratio.toFixed(2)} ${style.color}: ${text.data.trim().slice(0, 40)}`)
        }
    }
    return [...wrong].map(([where, what]) => `${where}: ${what}`)
})()";

/// Looks at one page of every kind in both themes, and collects what an expression finds.
fn on_every_kind(find: impl Fn(&Tab) -> Vec<String>) -> Vec<String> {
    let served = serve(SAMPLE.clone());
    let tab = Tab::new();
    let mut wrong = Vec::new();
    for page in one_of_each_kind(&SAMPLE) {
        tab.open(&served.url(&page.url));
        for theme in ["light", "dark"] {
            tab.run(&format!("document.documentElement.dataset.theme = {theme:?}"));
            wrong.extend(find(&tab).into_iter().map(|what| format!("{} ({theme}): {what}", page.url)));
        }
    }
    wrong
}

#[test]
fn every_page_kind_has_one_structure_with_names() {
    assert_eq!(on_every_kind(|tab| tab.ask(STRUCTURE)), Vec::<String>::new());
}

#[test]
fn every_text_stands_out_from_its_background_in_both_themes() {
    assert_eq!(on_every_kind(|tab| tab.ask(CONTRAST)), Vec::<String>::new());
}

#[test]
fn every_control_has_a_name_by_which_assistive_technology_calls_it() {
    let roles =
        ["button", "link", "textbox", "searchbox", "combobox", "checkbox", "tab", "region", "dialog", "img", "image"];
    let nameless = |tab: &Tab| {
        tab.call("Accessibility.enable", json!({}));
        let tree = tab.call("Accessibility.getFullAXTree", json!({}));
        let nodes = tree["nodes"].as_array().unwrap().iter();
        let wrong = nodes.filter(|node| {
            let role = node["role"]["value"].as_str().unwrap_or_default();
            let named = node["name"]["value"].as_str().is_some_and(|name| !name.trim().is_empty());
            node["ignored"] != true && roles.contains(&role) && !named
        });
        wrong
            .map(|node: &Value| format!("{} without a name, children {}", node["role"]["value"], node["childIds"]))
            .collect()
    };
    assert_eq!(on_every_kind(nameless), Vec::<String>::new());
}

#[test]
fn all_rules_of_axe_hold_when_its_script_is_named() {
    let Some(script) = std::env::var_os("PORTOLAN_AXE") else { return };
    let script = std::fs::read_to_string(script).unwrap();
    let wrong = on_every_kind(|tab| {
        tab.run(&script);
        tab.ask("axe.run().then(({ violations }) => violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 120)} ${node.any.concat(node.all, node.none).map((check) => check.message).join('; ')}`)))")
    });
    assert_eq!(wrong, Vec::<String>::new());
}
