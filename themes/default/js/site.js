// What every page gets beyond its HTML. Everything here shortens a way that exists without it; nothing makes markup
// from text.
{
const root = document.documentElement
const words = document.body.dataset
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)]
const make = (tag, attributes, text) => {
  const element = document.createElement(tag)
  for (const name in attributes) element.setAttribute(name, attributes[name])
  if (text) element.textContent = text
  return element
}
const button = (kind, text, act) => {
  const element = make('button', { type: 'button', class: kind }, text)
  element.addEventListener('click', act)
  return element
}
const stored = (key, value) => {
  try {
    if (value === undefined) return localStorage.getItem(key)
    value ? localStorage.setItem(key, value) : localStorage.removeItem(key)
  } catch {}
}

// Theme: auto → light → dark.
const themes = ['', 'light', 'dark']
const names = (words.wordsThemes || 'auto|light|dark').split('|')
for (const control of all('[data-theme-switch]')) {
  const show = () => {
    const at = Math.max(0, themes.indexOf(root.dataset.theme || ''))
    control.setAttribute('aria-label', `${words.wordsTheme}: ${names[at]}`)
    control.title = `${words.wordsTheme}: ${names[at]}`
    return at
  }
  control.addEventListener('click', () => {
    const next = themes[(show() + 1) % 3]
    next ? (root.dataset.theme = next) : delete root.dataset.theme
    stored('theme', next)
    show()
  })
  show()
}

// Copy buttons: beside [data-copy], and in the bar of each code block.
const live = make('p', { class: 'visually-hidden', role: 'status' })
document.body.append(live)
const copyButton = (text, name) => {
  const control = button('copy', words.wordsCopy, async () => {
    try {
      await navigator.clipboard.writeText(text())
    } catch {
      return
    }
    control.textContent = live.textContent = words.wordsCopied
    setTimeout(() => {
      control.textContent = words.wordsCopy
      live.textContent = ''
    }, 2000)
  })
  if (name) control.setAttribute('aria-label', `${words.wordsCopy} ${name}`)
  return control
}
const codeText = (block) => {
  const copy = block.cloneNode(true)
  all('.code__line--del, .code__prompt, .code__number', copy).forEach((line) => line.remove())
  return copy.textContent.replace(/\n$/, '')
}
if (navigator.clipboard) {
  for (const block of all('.code')) {
    const bar = block.querySelector('.code__bar')
    const code = block.querySelector('pre')
    const title = block.querySelector('.code__bar > span')
    if (bar && code) bar.append(copyButton(() => codeText(code), title && title.textContent))
  }
  for (const element of all('[data-copy]')) {
    element.after(copyButton(() => element.dataset.copy, element.dataset.copyName))
  }
}

// Long samples begin cut; the style sheet does it, so that nothing moves.
for (const sample of all('.op__samples pre')) {
  const lines = sample.textContent.trimEnd().split('\n').length
  if (lines < 22) {
    sample.dataset.all = ''
    continue
  }
  const more = button('code__more', words.wordsLines.replace('{n}', lines), () => {
    sample.dataset.all = ''
    more.remove()
    sample.focus()
  })
  sample.after(more)
}

// Tabs out of stacked sections. Sets of one key move together; the language is remembered.
const value = (panel) => panel.dataset.tab || panel.dataset.label
const sets = all('.tabs').map((box) => {
  const panels = [...box.children].filter((child) => child.matches('.tabs__panel'))
  const list = make('div', { class: 'tabs__list', role: 'tablist' })
  const label = box.getAttribute('aria-label')
  if (label) list.setAttribute('aria-label', label)
  const tabs = panels.map((panel, at) => {
    panel.id ||= `tab-${Math.random().toString(36).slice(2)}`
    const name = panel.querySelector('.tabs__label')
    const tab = button('tabs__tab', name ? name.textContent : value(panel), () => choose(box, at))
    tab.id = `${panel.id}-tab`
    tab.setAttribute('role', 'tab')
    tab.setAttribute('aria-controls', panel.id)
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', tab.id)
    panel.addEventListener('beforematch', () => select(set, at))
    list.append(tab)
    return tab
  })
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(document.activeElement)
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (getComputedStyle(list).direction === 'rtl' ? -1 : 1)
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : (at + step + tabs.length) % tabs.length
    if (at < 0 || isNaN(to)) return
    event.preventDefault()
    choose(box, to)
    tabs[to].focus()
  })
  box.prepend(list)
  const set = { box, panels, tabs, key: box.dataset.tabs || box.dataset.sync }
  return set
})
const select = ({ panels, tabs }, chosen) => {
  panels.forEach((panel, at) => (at === chosen ? panel.removeAttribute('hidden') : panel.setAttribute('hidden', 'until-found')))
  tabs.forEach((tab, at) => {
    tab.setAttribute('aria-selected', at === chosen)
    tab.tabIndex = at === chosen ? 0 : -1
  })
}
const follow = (key, wanted, but) => {
  for (const set of sets) {
    if (set === but || !key || set.key !== key) continue
    const at = set.panels.findIndex((panel) => value(panel) === wanted)
    if (at >= 0) select(set, at)
  }
}
const choose = (box, at) => {
  const set = sets.find((set) => set.box === box)
  const top = box.getBoundingClientRect().top
  const chosen = value(set.panels[at])
  select(set, at)
  follow(set.key, chosen, set)
  if (set.key === 'lang') stored('lang', chosen)
  scrollBy({ top: box.getBoundingClientRect().top - top, behavior: 'instant' })
}
for (const set of sets) {
  select(set, 0)
  set.box.dataset.ready = ''
}
follow('lang', stored('lang'))

// The server of the samples: chosen once for all pages of an API.
for (const box of all('[data-servers]')) {
  const key = `server:${box.dataset.servers}`
  const show = () => {
    const [, host, path] = box.value.match(/^[^/]*\/\/([^/]*)(.*)/)
    for (const place of all('[data-server]')) place.textContent = { host, path, url: box.value }[place.dataset.server]
  }
  const known = stored(key)
  if ([...box.options].some((option) => option.value === known)) box.value = known
  box.addEventListener('change', () => {
    stored(key, box.value)
    show()
  })
  show()
  box.parentElement.hidden = false
}

// "Expand all" for each group of details that asks for it.
for (const group of all('[data-expand]')) {
  const parts = all('details', group)
  if (parts.length < 2) continue
  const open = () => parts.every((part) => part.open)
  const control = button('btn btn--quiet expand', '', () => {
    const to = !open()
    parts.forEach((part) => (part.open = to))
  })
  const show = () => (control.textContent = open() ? words.wordsCollapse : words.wordsExpand)
  group.addEventListener('toggle', show, true)
  show()
  group.prepend(control)
}

// A link into something closed opens it.
const reveal = () => {
  let id
  try {
    id = decodeURIComponent(location.hash.slice(1))
  } catch {}
  const target = id && document.getElementById(id)
  if (!target) return
  for (let element = target; element; element = element.parentElement) {
    if (element.localName === 'details') element.open = true
    if (element.matches('.tabs__panel[hidden]')) {
      const set = sets.find((set) => set.panels.includes(element))
      if (set) select(set, set.panels.indexOf(element))
    }
  }
  const inner = target.querySelector(':scope > details')
  if (inner) inner.open = true
  target.scrollIntoView()
}
addEventListener('hashchange', reveal)
if (location.hash) reveal()

// "On this page" follows the reader; a long one shows level 3 only below the current level 2.
for (const toc of all('[data-toc]')) {
  const entries = all('a', toc)
  const targets = entries.map((entry) => document.getElementById(decodeURIComponent(entry.hash.slice(1))))
  const long = entries.length > 20
  let current = -1
  const update = () => {
    const line = innerHeight / 4
    let now = targets.findLastIndex((target) => target && target.getBoundingClientRect().top < line)
    if (scrollY + innerHeight >= root.scrollHeight - 2 && scrollY > 0) now = targets.length - 1
    now = Math.max(now, 0)
    if (now === current) return
    current = now
    let group = -1
    let open = -1
    entries.forEach((entry, at) => {
      if (!entry.parentElement.matches('.toc__item--3')) group = at
      if (at === now) open = group
      at === now ? entry.setAttribute('aria-current', 'true') : entry.removeAttribute('aria-current')
    })
    group = -1
    entries.forEach((entry, at) => {
      const sub = entry.parentElement.matches('.toc__item--3')
      if (!sub) group = at
      entry.parentElement.hidden = long && sub && group !== open
    })
  }
  let waiting
  const soon = () => (waiting ||= requestAnimationFrame(() => { waiting = 0; update() }))
  addEventListener('scroll', soon, { passive: true })
  addEventListener('resize', soon)
  update()
}

// The section menu shows the current page; the mobile one closes when a link of this page is taken.
const menu = document.getElementById('menu')
if (menu) {
  const here = menu.querySelector('[aria-current="page"]')
  const show = () => {
    if (!here || !menu.clientHeight) return
    const box = here.getBoundingClientRect()
    const frame = menu.getBoundingClientRect()
    if (box.bottom > frame.bottom || box.top < frame.top) menu.scrollTop += box.top - frame.top - frame.height / 3
  }
  show()
  menu.addEventListener('toggle', show)
  menu.addEventListener('click', (event) => {
    if (event.target.closest('a') && menu.matches(':popover-open')) menu.hidePopover()
  })
}

// Progress on a path: ticks that this browser remembers.
const doneOf = (key) => (stored(`done:${key}`) || '').split(' ').filter(Boolean)
const tick = () => {
  for (const list of all('[data-progress]')) {
    const done = doneOf(list.dataset.progress)
    for (const step of all('[data-step]', list)) {
      const is = done.includes(step.dataset.step)
      const mark = step.querySelector('.steps-list__mark')
      step.toggleAttribute('data-done', is)
      mark.textContent = is ? '✓' : step.dataset.step
    }
  }
}
for (const place of all('[data-progress-done]')) {
  const { progressDone: key, step, word, wordDone } = place.dataset
  const is = () => doneOf(key).includes(step)
  const show = () => {
    control.textContent = is() ? `✓ ${wordDone}` : word
    control.setAttribute('aria-pressed', is())
    tick()
  }
  const control = button('btn done', '', () => {
    const others = doneOf(key).filter((other) => other !== step)
    stored(`done:${key}`, (is() ? others : [...others, step]).join(' '))
    show()
  })
  place.append(control)
  show()
}
tick()

// Filters of roadmaps and changelogs: one choice a group, the first one shows all; an item must suit every group.
for (const box of all('[data-filters]')) {
  const groups = all('.filters__group', box)
  const chosen = (group) => group.querySelector('[aria-pressed="true"]')
  const suits = (item) => (group) =>
    'all' in chosen(group).dataset || (item.dataset[group.dataset.key] || '').split('|').includes(chosen(group).textContent)
  for (const choice of all('.filters button', box)) {
    choice.addEventListener('click', () => {
      for (const other of all('button', choice.parentElement)) other.setAttribute('aria-pressed', other === choice)
      for (const item of all('[data-kind]', box)) item.hidden = !groups.every(suits(item))
    })
  }
}

// Search: its script is fetched at the first sign that someone wants it. Until it is there the form and the link work.
const source = root.dataset.searchScript
// A page may demand that the addresses of scripts come from a named place: this one knows a single address.
const trusted = window.trustedTypes?.createPolicy('portolan', { createScriptURL: () => source })
let search
const load = () => (search ||= new Promise((done, failed) => {
  const script = make('script')
  script.src = trusted ? trusted.createScriptURL(source) : source
  script.onload = done
  script.onerror = failed
  document.head.append(script)
}))
const openSearch = (event, text) => {
  event.preventDefault()
  load().then(() => root.dispatchEvent(new CustomEvent('portolan:search', { detail: { text } })), () => {
    location.href = `${root.dataset.root}search/`
  })
}
if (source) {
  const mac = /Mac|iPhone|iPad/.test(navigator.platform)
  for (const key of all('.site-head__key')) if (mac) key.textContent = '⌘ K'
  for (const opener of all('[data-search-open]')) {
    opener.addEventListener('pointerenter', () => load().catch(() => {}), { once: true })
    opener.addEventListener('click', (event) => openSearch(event, opener.value))
    opener.addEventListener('input', (event) => openSearch(event, opener.value))
    opener.addEventListener('focus', () => load().catch(() => {}), { once: true })
  }
  if (document.querySelector('[data-search-page], [data-search-nearest]')) load().catch(() => {})
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]')
    const key = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k'
    const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && stored('keys') !== 'off'
    if (key || slash) openSearch(event)
  })
}

// On a disk a link to a folder would list it.
if (location.protocol === 'file:') {
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]')
    if (link && link.protocol === 'file:' && link.pathname.endsWith('/')) link.pathname += 'index.html'
  }, true)
}

// Paper cannot be unfolded.
let folded = []
addEventListener('beforeprint', () => {
  folded = all('details:not([open])')
  folded.forEach((part) => (part.open = true))
})
addEventListener('afterprint', () => folded.forEach((part) => (part.open = false)))

root.dataset.ready = ''
}
