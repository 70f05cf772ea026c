// Search in the browser. The engine asks the index by the rules written in it (src/search/query is its twin); below it
// stand the overlay and the search page. Words of the index and of the reader only ever become text nodes.
{
const floor = Math.floor
const letters = '\\p{Alphabetic}\\p{N}\\p{M}'
const unspaced = '\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}'
const scripts = new RegExp(`[${unspaced}](?=[^${unspaced}])|[^${unspaced}](?=[${unspaced}])`, 'gu')
const cases = /[\p{Lowercase}\p{N}](?=\p{Uppercase})|\p{Uppercase}(?=\p{Uppercase}(?!s(?!\p{Lowercase}))\p{Lowercase})/gu
const pieces = new RegExp(`[${letters}]+`, 'gu')
const marks = new RegExp(`[\u0300-\u036f]|[^${letters}]`, 'gu')
const isUnspaced = new RegExp(`^[${unspaced}]`, 'u')
const folds = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i', ς: 'σ' }
const size = (text) => [...text].length
const hasDigit = (text) => /\p{N}/u.test(text)
const base36 = (digits) => parseInt(digits, 36) || 0

const fold = (piece) => piece.normalize('NFKD').toLowerCase().replace(marks, '').normalize('NFC').replace(/[ßæœøđłıς]/g, (c) => folds[c])

// A text as one name: its folded parts and the whole of it.
const run = (text) => {
  const parts = []
  let whole = ''
  for (const piece of text.replace(scripts, '$& ').replace(cases, '$& ').match(pieces) || []) {
    const chars = [...fold(piece)]
    if (!chars.length) continue
    whole += chars.join('')
    if (!isUnspaced.test(piece)) parts.push(chars.slice(0, 48).join(''))
    else if (chars.length === 1) parts.push(chars[0])
    else for (let at = 1; at < chars.length; at++) parts.push(chars[at - 1] + chars[at])
  }
  return parts.length ? { parts, whole: [...whole].slice(0, 48).join('') } : null
}

// The term that singular and plural share.
const term = (word) => {
  if (/[^\0-\x7f]/.test(word) || hasDigit(word)) return word
  word = word.replace(/^(.+[^sui])s$/, '$1').replace(/^(...+)e$/, '$1')
  return word.length > 3 ? word.replace(/([^aeiou])y$/, '$1i') : word
}

// Typed paths and path templates.
const splitPath = (word) => {
  const host = word.match(/^(.*?):\/\/(.*)$/s)
  if (host) word = host[2].includes('/') ? host[2].slice(host[2].indexOf('/')) : ''
  word = word.split('#')[0]
  const at = word.indexOf('?')
  return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)]
}
const segments = (path) => path.split('/').filter(Boolean).map((written) => {
  const name = run(written)
  return { name: name ? name.whole : written.toLowerCase(), parameter: written.includes('{') || /^[:<]/.test(written) }
})
const same = (typed, template) => {
  let sum = 0
  let certain = false
  for (let at = 0; at < typed.length; at++) {
    const [a, b] = [typed[at], template[at]]
    if (a.name === b.name && a.parameter === b.parameter) sum += 4
    else if (a.parameter && b.parameter) sum += 3
    else if (!a.parameter && b.parameter && a.name === b.name) sum += 4
    else if (!a.parameter && !b.parameter && at === typed.length - 1 && b.name.startsWith(a.name)) sum += 3
    else if (!a.parameter && b.parameter) sum += 2
    else return 0
    certain ||= !b.parameter
  }
  return certain ? sum : 0
}
const agreement = (typed, template) => {
  const [path, parameters] = splitPath(template)
  const all = segments(path)
  const [n, m] = [typed.segments.length, all.length]
  let best = 0
  if (!n || !m) best = n === m ? 1000 : 0
  else if (n > m) {
    if (n - m <= 3) best = floor(same(typed.segments.slice(n - m), all) * 1000 / (4 * m)) - 100 * (n - m)
  } else for (let from = 0; from <= m - n; from++) {
    best = Math.max(best, floor(same(typed.segments, all.slice(from, from + n)) * 1000 / (4 * n)) - 60 * from - 25 * (m - n - from))
  }
  return Math.max(0, parameters === typed.parameters ? best : Math.min(best, 995))
}

// Letters to add, leave out, change or swap.
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let older = []
  let old = b.map((_, at) => at).concat(b.length)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] !== b[j - 1]))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1)
    }
    older = old
    old = row
  }
  return Math.min(old[b.length], most + 1)
}
const decoded = (text) => {
  let before = []
  return text.split('\n').slice(0, -1).map((line) => {
    const chars = [...line]
    before = before.slice(0, base36(chars[0])).concat(chars.slice(1))
    return before
  })
}

const raise = (found, page, part, score) => {
  let parts = found.get(page)
  if (!parts) found.set(page, (parts = new Map()))
  parts.set(part, Math.max(score, parts.get(part) || 0))
}
const merge = (found, other) => {
  for (const [page, parts] of other) for (const [part, score] of parts) raise(found, page, part, score)
  return found
}
const combined = (parts) => {
  const own = parts.get(0) || 0
  let inside = 0
  for (const [part, score] of parts) if (part && score > inside) inside = score
  return Math.max(own, inside) + floor(Math.min(own, inside) / 4)
}
const compare = (a, b) => {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1
  return 0
}

// Opens an index. `load` gives the text of a file by its name.
const open = async (load) => {
  const directory = JSON.parse(await load('index.json'))
  if (directory.version !== 2) throw new Error()
  const { rules } = directory
  const stop = new Set(directory.stop.split(' '))
  const files = new Map()
  const file = (name, read) => {
    if (!files.has(name)) {
      const loading = load(name).then(read)
      loading.catch(() => files.delete(name))
      files.set(name, loading)
    }
    return files.get(name)
  }
  const chunk = (chunks, page) => {
    const at = chunks.findLastIndex(([first]) => first <= page)
    return at < 0 ? Promise.resolve('') : file(chunks[at][1], (text) => text.split('\n')).then((lines) => lines[page - chunks[at][0]] || '')
  }

  // What every page is.
  const facts = []
  let acts = 0
  for (const { kind, api, count, base } of directory.runs) {
    const [word, group, , share] = directory.kinds[kind]
    const acting = word === 'operation' || word === 'webhook'
    for (let n = 0; n < count; n++) facts.push({ kind: word, group, share, api, base, act: acting ? directory.acts[acts++] : '', boost: 100 })
  }
  directory.deprecated.reduce((at, more) => { facts[at + more].deprecated = true; return at + more }, 0)
  for (const [at, boost] of directory.boosts) facts[at].boost = boost

  const parse = (typed) => {
    const words = [...typed].slice(0, 200).join('').split(/\s+/).filter(Boolean)
    const query = { items: [], covers: [], path: null, method: '' }
    if (words.length > 1) {
      const named = words[1].includes('/') ? words[0].toUpperCase() : words[0]
      query.method = directory.methods.filter(([name]) => name === named).map(([, letter]) => letter).join('')
      if (query.method) words.shift()
    }
    const read = []
    const dotted = []
    for (const word of words) {
      const isPath = /[/{]/.test(word)
      const start = query.items.length
      const name = run(isPath ? splitPath(word)[0] : word)
      if (name) {
        for (const part of name.parts.slice(0, rules.most_words - start)) query.items.push({ word: part, term: term(part) })
        const to = query.items.length
        if (to > start) read.push({ from: start, to, whole: name.whole })
        const names = word.split('.')
        let from = start
        if (names[1] && !isPath && names.every((name) => /^[\p{Alphabetic}_]/u.test(name))) for (const { parts, whole } of names.map(run).filter(Boolean)) {
          const to = Math.min(from + parts.length, rules.most_words)
          if (from < to) dotted.push({ from, to, whole })
          from = to
        }
      }
      if (isPath && !query.path) {
        const [path, parameters] = splitPath(word)
        const found = segments(path)
        query.path = { from: start, to: query.items.length, segments: found, parameters, loose: word[0] !== '/' && !/[{:]/.test(word) && found.length < 3 }
      }
    }
    const last = query.items.at(-1)
    if (last) last.last = true
    if (query.items.some(({ word }) => !stop.has(word))) for (const item of query.items) item.stop = stop.has(item.word)
    const cover = (words) => {
      const [from, to] = [words[0].from, words.at(-1).to]
      if (query.items.slice(from, to).every(({ stop }) => stop)) return
      const one = words.length === 1
      query.covers.push({
        from, to, one,
        whole: words.map(({ whole }) => whole).join(''),
        strong: (one && to - from > 1) || words.some(({ whole }) => hasDigit(whole)),
      })
    }
    if (read.length > 2) cover(read)
    for (let at = 1; at < read.length; at++) cover(read.slice(at - 1, at + 1))
    for (const word of read.concat(dotted)) cover([word])
    return query
  }

  // Lines of shards.
  const lines = (name) => file(name, (text) => text.split('\n').slice(0, -1).map((line) => {
    const [term, rarity, postings] = line.split(' ')
    return { term, rarity: base36(rarity), postings }
  }))
  const places = (line, each) => {
    let page = 0
    for (const entry of line.postings.split(',')) {
      const [, distance, units] = entry.match(/^([0-9a-z]*)(.*)$/)
      page += base36(distance)
      for (const [, part, level, whole] of units.matchAll(/[:.]([0-9a-z]*)([A-Z]?)([!?]?)/g)) {
        each(page, base36(part), level ? rules.levels[level.charCodeAt() - 65] : 0, whole)
      }
    }
  }
  const shardOf = (shards, term) => shards.findLastIndex(([first]) => first <= term)
  const lineOf = async (shards, term) => {
    const at = shardOf(shards, term)
    return at < 0 ? undefined : (await lines(shards[at][1])).find((line) => line.term === term)
  }
  const begun = async (shards, beginning, exact) => {
    const first = Math.max(0, shardOf(shards, beginning))
    const wanted = []
    for (let at = first; at < shards.length && wanted.length < rules.most_shards; at++) {
      if (at > first && !shards[at][0].startsWith(beginning)) break
      wanted.push(lines(shards[at][1]))
    }
    const found = (await Promise.all(wanted)).flat().filter(({ term }) => term.startsWith(beginning))
    const key = ({ term, rarity }) => [term !== exact, rarity, size(term), term]
    return found.sort((a, b) => compare(key(a), key(b))).slice(0, rules.most_begun)
  }
  const weigh = (line, share, found) => places(line, (page, part, weight) => {
    if (weight) raise(found, page, part, floor(floor(weight * line.rarity / 8) * share / 100))
  })
  const whole = (line, strong, share, found) => places(line, (page, part, _, mark) => {
    const value = mark === '?'
    const score = !part && !value ? rules.page_whole : !strong ? rules.word_whole : rules.field_whole * (part ? 1 : 2)
    if (mark) raise(found, page, part, floor(score * (value ? floor(share * rules.value / 100) : share) / 100))
  })
  const exactly = async (shards, term, share, found) => {
    const line = await lineOf(shards, term)
    if (line) weigh(line, share, found)
    return found
  }
  const wordOf = async (shards, item, unfinished) => {
    const found = await exactly(shards, item.term, 100, new Map())
    if (unfinished) for (const line of await begun(shards, item.word, item.term)) {
      if (line.term !== item.term) weigh(line, rules.begin + floor(rules.begin_more * size(item.word) / size(line.term)), found)
    }
    return found
  }
  const namesOf = async (item, query) => {
    const found = await wordOf(directory.names, item, query.items.length === 1 || size(item.word) > 2)
    if (!item.stop) for (const group of directory.synonyms) {
      if (!group.some((word) => term(word) === item.term)) continue
      for (const word of group) if (term(word) !== item.term) await exactly(directory.names, term(word), rules.synonym, found)
    }
    return found
  }
  const wholesOf = async (cover) => {
    const found = new Map()
    for (const line of await begun(directory.names, cover.whole, cover.whole)) {
      if (line.term === cover.whole) whole(line, cover.strong, 100, found)
      else places(line, (page, part, _, mark) => {
        if (mark) raise(found, page, part, floor((part ? rules.field_begin : rules.page_begin) * size(cover.whole) / size(line.term)))
      })
    }
    return found
  }
  const pathsOf = async (path) => {
    const found = new Map()
    for (const name of path ? directory.paths : []) {
      for (const [template, pages] of await file(name, (text) => decoded(text).map((line) => line.join('').split('\t')))) {
        const agrees = agreement(path, template)
        if (agrees < rules.path_least) continue
        const score = floor(rules.path * agrees / 1000)
        const worth = agrees === 1000 ? rules.path_whole : path.loose ? floor(score * rules.path_loose / 100) : score
        for (const page of pages.split(',')) found.set(base36(page), worth)
      }
    }
    return found
  }
  const nearest = async (vocabulary, word) => {
    const typed = [...word]
    const [one, two] = rules.typo_letters
    const most = (typed.length >= one) + (typed.length >= two)
    const found = []
    for (const [least, greatest, name] of most ? vocabulary : []) {
      if (least > typed.length + most || typed.length > greatest + most) continue
      for (const known of await file(name, decoded)) {
        const mistakes = distance(typed, known, most)
        if (mistakes <= most) found.push([mistakes, known[0] !== typed[0], Math.abs(known.length - typed.length), known.join('')])
      }
    }
    return found.sort(compare).slice(0, rules.most_spellings).map(([mistakes, , , word]) => [word, mistakes > 1 ? rules.typos : rules.typo])
  }

  // Pages in order of how well they agree.
  const titles = directory.apis.map((title) => (run(title)?.parts || []).map(term))
  const rank = (query, { items, covers, paths }) => {
    const hints = query.items.map((item) => ({
      letters: directory.methods.filter(([, , row]) => directory.verbs[row]?.some((verb) => term(verb) === item.term)).map(([, letter]) => letter),
      apis: titles.flatMap((title, at) => (title.includes(item.term) ? [at] : [])),
    }))
    const counted = query.items.filter(({ stop }) => !stop).length
    const all = query.items.length
    const found = []
    for (const page of new Set([...items, ...covers, paths].flatMap((found) => [...found.keys()]))) {
      const fact = facts[page]
      if (!fact) continue
      const own = items.map((found) => found.get(page))
      const scores = own.map((parts) => (parts ? combined(parts) : 0))
      const matched = own.map(Boolean)
      const sums = new Map()
      const add = (parts) => { for (const [part, score] of parts) sums.set(part, (sums.get(part) || 0) + score) }
      let exact = 0
      const cover = ({ from, to }, score, whole) => {
        if (score >= whole) exact = Math.max(exact, score)
        else if (from === to) { scores.push(score); matched.push(true) }
        else if (score > scores.slice(from, to).reduce((a, b) => a + b, 0)) { scores.fill(0, from, to); scores[from] = score }
        matched.fill(true, from, to)
      }
      own.forEach((parts) => parts && add(parts))
      if (paths.has(page)) {
        cover(query.path, paths.get(page), rules.path_whole)
        add([[0, paths.get(page)]])
      }
      query.covers.forEach((one, at) => {
        const parts = covers[at].get(page)
        if (!parts) return
        const covered = one.to - one.from
        const score = floor(combined(parts) * covered * covered / (all * all))
        cover(one, one.one || covered === all ? score : Math.min(score, rules.pair), rules.page_whole)
        if (!one.one && covered === all && parts.has(0)) exact = Math.max(exact, rules.phrase)
        add(parts)
      })
      hints.forEach(({ letters, apis }, at) => {
        if (!matched[at] && !query.items[at].stop && ((fact.act && letters.includes(fact.act)) || apis.includes(fact.api))) {
          matched[at] = true
          scores[at] = rules.verb
        }
      })
      const count = query.items.filter(({ stop }, at) => !stop && matched[at]).length
      const words = new Map()
      own.forEach((parts, at) => {
        if (parts && !query.items[at].stop) for (const part of parts.keys()) words.set(part, (words.get(part) || 0) + 1)
      })
      const together = Math.max(1, ...words.values()) - 1
      let score = scores.reduce((a, b) => a + b, 0)
      score += floor(score * together * rules.near / 100)
      if (counted) score = floor(score * count * count / (counted * counted))
      score = floor(score * fact.share / 100)
      if (fact.deprecated) score = floor(score * rules.deprecated / 100)
      score = floor(score * fact.boost / 100)
      if (!query.method) score += exact
      else if (fact.act && query.method.includes(fact.act)) score = floor((score + exact) * rules.method / 100)
      else score = floor(score * rules.other_method / 100)
      if (!score) continue
      const inside = [...sums].filter(([part]) => part).sort((a, b) => b[1] - a[1] || a[0] - b[0])
      const least = Math.max(sums.get(0) || 0, inside.length ? inside[0][1] : 0)
      const parts = inside.filter(([, score]) => score * 2 >= least).slice(0, rules.most_parts).map(([part]) => part)
      found.push({ page, score, parts, count })
    }
    const most = found.reduce((most, { count }) => Math.max(most, count), 0)
    return found.filter(({ count }) => count >= most - (counted > 3)).sort((a, b) => b.score - a.score || a.page - b.page)
  }

  // Everything that agrees with what was typed. `early` gets what names alone give, before prose is loaded.
  const query = async (typed, early) => {
    const query = parse(typed)
    const { path } = query
    const paths = await pathsOf(path)
    const best = Math.max(0, ...paths.values())
    if (best >= rules.path_whole || (best && !path.loose)) {
      query.covers = query.covers.filter(({ from, to }) => to <= path.from || from >= path.to)
      query.items.slice(path.from, path.to).forEach((item) => (item.known = true))
    }
    const [items, covers] = await Promise.all([
      Promise.all(query.items.map((item) => (item.known ? new Map() : namesOf(item, query)))),
      Promise.all(query.covers.map(wholesOf)),
    ])
    const words = query.items.filter(({ stop }) => !stop).map(({ word }) => word)
    if (early && items.every((found, at) => found.size || query.items[at].stop || query.items[at].known)) early({ hits: rank(query, { items, covers, paths }), words })
    const text = await Promise.all(query.items.map((item) => (item.known ? new Map() : wordOf(directory.text, item, item.last))))
    const isName = await Promise.all(query.items.map((item) => item.known || lineOf(directory.names, item.term)))
    let respelled = false
    const spelling = await Promise.all(query.items.map(async ({ word, stop, known }, at) => {
      if (items[at].size || text[at].size || stop || known || size(word) < rules.typo_letters[0] || hasDigit(word)) return word
      let near = await nearest(directory.words, word)
      if (!near.length) near = await nearest(directory.words, term(word))
      for (const [other, share] of near) await exactly(directory.names, term(other), share, items[at])
      if (!near.length) return word
      respelled = true
      words.push(near[0][0])
      return near[0][0]
    }))
    await Promise.all(query.covers.map(async (cover, at) => {
      if (!cover.one || covers[at].size || isName.slice(cover.from, cover.to).every(Boolean)) return
      for (const [other, share] of await nearest(directory.wholes, cover.whole)) {
        const line = await lineOf(directory.names, other)
        if (line) whole(line, true, share, covers[at])
      }
    }))
    items.forEach((found, at) => merge(found, text[at]))
    return { hits: rank(query, { items, covers, paths }), words, spelling: respelled ? spelling.join(' ') : null }
  }

  // What is shown of a hit.
  const show = async ({ page, parts }) => {
    const fact = facts[page]
    const [line, inside] = await Promise.all([chunk(directory.pages, page), parts.length ? chunk(directory.parts, page) : ''])
    const [rest, title, call] = line.split('\t')
    const all = inside.split('\t')
    return {
      ...fact, title, call, url: fact.base + rest, apiTitle: directory.apis[fact.api],
      parts: parts.flatMap((number) => {
        const [, kind, anchor, label] = (all[number - 1] || '').match(/^(.)(\S*) (.*)$/s) || []
        if (!kind) return []
        const [word, , beginning] = directory.kinds[kind.charCodeAt() - 97]
        return [{ number, kind: word, label, anchor: anchor === '=' ? beginning + label : anchor }]
      }),
    }
  }
  // Prose of a page by part.
  const excerpts = async (page) => new Map((await chunk(directory.excerpts, page)).split('\t').filter(Boolean).map((text) => {
    const at = text.indexOf(' ')
    return [base36(text.slice(0, at)), text.slice(at + 1)]
  }))
  return { directory, facts, query, show, excerpts }
}

if (typeof document === 'undefined') globalThis.portolanSearch = { open, run, term }
else {
const root = document.documentElement
const home = root.dataset.root
const [all, count, none, instead, searching, failed, pageIndex, recent, sections, seeAll, keys, clear, old, nearest] =
  'All|{n} results|No results for “{q}”.|Showing results for “{q}”.|Searching…|Search could not load.|Open the page index.|Recent|Sections|See all {n}|↑↓ move · ↵ open · Ctrl ↵ new tab|Close|deprecated|Pages with a similar address'.split('|')
const make = (tag, attributes, ...inside) => {
  const element = document.createElement(tag)
  for (const name in attributes) element.setAttribute(name, attributes[name])
  element.append(...inside.filter(Boolean))
  return element
}

let opening
const index = () => (opening ||= open(async (name) => {
  const answer = await fetch(new URL(name, new URL(root.dataset.searchIndex, location)), name === 'index.json' ? { cache: 'no-cache' } : {})
  if (!answer.ok) throw new Error(name)
  return answer.text()
}))
// A site that was published anew has other shards: the second try reads its new directory.
const ask = async (act) => {
  try {
    return await act(await index())
  } catch {
    opening = null
    return act(await index())
  }
}

const pattern = (words) => {
  const forms = new Set(words.flatMap((word) => [word, term(word).replace(/i$/, '')]))
  const escaped = [...forms].filter(Boolean).sort((a, b) => b.length - a.length).map((word) => (word.length < 3 && word < '\x80' ? `(?<![${letters}])` : '') + word)
  return new RegExp(`(${escaped.join('|') || '(?!)'})`, 'giu')
}
const marked = (text, words) => text.split(pattern(words)).map((piece, at) => (at % 2 ? make('mark', {}, piece) : piece))
const around = (text, words) => {
  const at = text.search(pattern(words))
  const from = at > 60 ? text.indexOf(' ', at - 50) + 1 : 0
  return (from ? '…' : '') + text.slice(from, from + 150) + (from + 150 < text.length ? '…' : '')
}
const link = (kind, url, ...inside) => make('a', { class: `search__hit ${kind}`, href: home + url }, ...inside)

// A page and its parts as links.
const rows = async (engine, hit, words) => {
  const shown = await engine.show(hit)
  const [method, path] = shown.call ? shown.call.split(/ (.*)/s) : []
  const prose = shown.call || shown.kind === 'schema' ? new Map() : await engine.excerpts(hit.page)
  const text = (part) => prose.has(part) && make('span', { class: 'search__text' }, ...marked(around(prose.get(part), words), words))
  const hook = shown.kind === 'webhook'
  return [
    link('', shown.url,
      method && make('span', { class: `method method--${hook ? 'hook' : method.toLowerCase()}` }, hook ? 'HOOK' : method),
      make('span', { class: 'search__title' }, ...marked(shown.title, words)),
      shown.deprecated && make('span', { class: 'status status--warn' }, old),
      make('span', { class: 'search__path' }, ...marked(path || (engine.directory.apis.length > 1 && shown.apiTitle) || '', words)),
      !hit.parts.length && text(0)),
    ...shown.parts.map((part) => link('search__hit--part', shown.url + (part.anchor && `#${part.anchor}`),
      make('span', { class: 'search__title' }, ...marked(part.label, words)),
      make('span', { class: 'search__path' }, part.kind),
      part.kind === 'heading' && text(part.number))),
  ]
}

const stored = (value) => {
  try {
    if (value) localStorage.setItem('recent', JSON.stringify(value))
    return JSON.parse(localStorage.getItem('recent')) || []
  } catch {
    return []
  }
}

// What stands below an input: facets, results and one line of state. `most` results are shown at first.
const results = (input, most, isList) => {
  const facets = make('div', { class: 'search__facets' })
  const list = make('div', isList ? { class: 'search__list', role: 'listbox', id: 'search-list', 'aria-label': all } : { class: 'search__list' })
  const state = make('p', { class: 'search__state' })
  const live = make('p', { class: 'visually-hidden', role: 'status' })
  const more = make('a', { class: 'search__all', hidden: '' })
  let [turn, typed, active] = [0, '', -1]
  // What results are narrowed to: a group of kinds, an API, whether they are deprecated.
  const chosen = ['', '', '']
  const toIndex = () => make('a', { href: `${home}search/#index` }, pageIndex)
  const options = () => [...list.querySelectorAll('a')]
  const move = (to) => {
    const links = options()
    active = Math.min(to, links.length - 1)
    links.forEach((one, at) => one.setAttribute('aria-selected', at === active))
    const now = links[active]
    now ? input.setAttribute('aria-activedescendant', now.id) : input.removeAttribute('aria-activedescendant')
    if (now && to) now.scrollIntoView({ block: 'nearest' })
  }
  const fill = (groups) => {
    const before = options()[active]?.href
    list.replaceChildren(...groups.filter(([, links]) => links.length).map(([name, links], at) => {
      const title = make('div', { class: 'search__group', id: `search-group-${at}`, ...(isList ? {} : { role: 'heading', 'aria-level': 2 }) }, name)
      return make('div', isList ? { role: 'group', 'aria-labelledby': title.id } : {}, title, ...links)
    }))
    if (!isList) return
    const links = options()
    links.forEach((one, at) => Object.entries({ role: 'option', id: `search-option-${at}`, tabindex: -1 }).forEach((pair) => one.setAttribute(...pair)))
    input.setAttribute('aria-expanded', !!links.length)
    list.hidden = !links.length
    move(active > 0 ? Math.max(0, links.findIndex(({ href }) => href === before)) : 0)
  }
  const say = (...inside) => {
    state.replaceChildren(...inside)
    state.hidden = !inside.length
  }
  const empty = () => {
    const here = [...document.querySelectorAll('.site-head__nav a')].slice(0, 6)
    facets.replaceChildren()
    say()
    more.hidden = true
    fill(isList ? [[recent, stored().map(([url, title]) => link('', url, title))], [sections, here.map((one) => make('a', { class: 'search__hit', href: one.href }, one.textContent))]] : [])
  }
  const draw = async (engine, { hits, words, spelling }, now, final) => {
    // Each facet counts what the other two leave.
    const traits = hits.map(({ page }) => {
      const { group, api, deprecated } = engine.facts[page]
      return [group, engine.directory.apis[api] || '', deprecated ? old : '']
    })
    chosen.forEach((value, at) => { if (!traits.some((trait) => trait[at] === value)) chosen[at] = '' })
    const agrees = (trait, but) => trait.every((value, at) => at === but || !chosen[at] || value === chosen[at])
    const counts = chosen.map((_, at) => {
      const found = new Map()
      for (const trait of traits) if (trait[at] && agrees(trait, at)) found.set(trait[at], (found.get(trait[at]) || 0) + 1)
      return found
    })
    const left = hits.filter((_, at) => agrees(traits[at]))
    const shown = left.slice(0, most)
    const links = await Promise.all(shown.map((hit) => rows(engine, hit, words)))
    if (now !== turn) return
    const drawn = new Map()
    shown.forEach((hit, at) => {
      const { group } = engine.facts[hit.page]
      drawn.set(group, (drawn.get(group) || []).concat(links[at]))
    })
    const chip = (on, name, act) => {
      const chip = make('button', { type: 'button', class: 'chip', 'aria-pressed': on }, name)
      chip.addEventListener('click', () => { act(); update() })
      return chip
    }
    const chips = counts.flatMap((found, at) => (found.size < 2 - (at > 1) && !chosen[at] ? [] : [...found].map(([value, many]) => {
      const on = value === chosen[at]
      return chip(on, `${value} ${many}`, () => (chosen[at] = on ? '' : value))
    })))
    if (chips.length) chips.unshift(chip(!chosen.join(''), `${all} ${hits.length}`, () => chosen.fill('')))
    const focused = [...facets.children].indexOf(document.activeElement)
    facets.replaceChildren(...chips)
    facets.children[focused]?.focus()
    fill([...drawn])
    const total = left.length
    more.href = `${home}search/?q=${encodeURIComponent(typed)}`
    more.textContent = seeAll.replace('{n}', total)
    more.hidden = total <= shown.length
    if (!final) return
    live.textContent = count.replace('{n}', total)
    // A publisher may listen for what readers miss. Half a word is no miss.
    if (hits.length) return say(...(spelling ? [instead.replace('{q}', spelling)] : []))
    say(`${none.replace('{q}', typed)} `, toIndex())
    setTimeout(() => now === turn && document.dispatchEvent(new CustomEvent('portolan:no-results', { detail: { query: typed } })), 1000)
  }
  const update = async () => {
    typed = input.value.trim()
    const now = ++turn
    if (!typed) return empty()
    const slow = setTimeout(() => now === turn && say(searching), 150)
    const act = async (engine) => {
      const answer = await engine.query(typed, (early) => now === turn && draw(engine, early, now).catch(() => {}))
      await draw(engine, answer, now, true)
    }
    await ask(act).catch(() => {
      if (now !== turn) return
      fill([])
      say(`${failed} `, toIndex())
    })
    clearTimeout(slow)
  }
  input.addEventListener('input', () => { active = -1; update() })
  list.addEventListener('click', ({ target }) => {
    const one = target.closest('a')
    if (!one) return
    const [url] = one.getAttribute('href').slice(home.length).split('#')
    const title = (one.querySelector('.search__title') || one).textContent
    if (!one.matches('.search__hit--part')) stored([[url, title], ...stored().filter(([other]) => other !== url)].slice(0, 6))
  })
  return { nodes: [live, facets, state, list], more, options, move, update, at: () => active, grow: () => { most += 50; update() } }
}

// The overlay.
const box = make('input', {
  class: 'search__input', role: 'combobox', 'aria-label': document.querySelector('[for="site-search"]')?.textContent || 'Search', 'aria-controls': 'search-list',
  'aria-expanded': false, 'aria-autocomplete': 'list', autocomplete: 'off', autocapitalize: 'off', spellcheck: false, enterkeyhint: 'go', maxlength: 200,
})
const close = make('button', { type: 'button', class: 'search__close' }, clear)
const overlay = results(box, 14, true)
const dialog = make('dialog', { class: 'search', 'aria-label': box.getAttribute('aria-label') },
  make('div', { class: 'search__bar' }, box, close), ...overlay.nodes,
  make('div', { class: 'search__foot' }, make('span', { 'aria-hidden': true }, keys), overlay.more))
document.body.append(dialog)
const leave = () => {
  if (!box.value) return dialog.close()
  box.value = ''
  overlay.update()
}
close.addEventListener('click', () => dialog.close())
dialog.addEventListener('cancel', (event) => { event.preventDefault(); leave() })
dialog.addEventListener('click', ({ target }) => {
  if (target === dialog) dialog.close()
  // A result on this page moves there.
  else if (target.closest('.search__list a')) dialog.close()
})
dialog.addEventListener('keydown', (event) => {
  const last = overlay.options().length - 1
  const to = { ArrowDown: overlay.at() < last ? overlay.at() + 1 : 0, ArrowUp: overlay.at() > 0 ? overlay.at() - 1 : last, Home: 0, End: last }[event.key]
  if (event.key === 'Escape') {
    event.preventDefault()
    leave()
  } else if (event.target !== box || event.isComposing) return
  else if (to !== undefined && last >= 0) {
    event.preventDefault()
    overlay.move(to)
  } else if (event.key === 'Enter') {
    event.preventDefault()
    const one = overlay.options()[Math.max(0, overlay.at())]
    if (one && (event.ctrlKey || event.metaKey)) window.open(one.href, '_blank', 'noopener')
    else if (one) one.click()
  }
})
root.addEventListener('portolan:search', ({ detail: { text } }) => {
  for (const opener of document.querySelectorAll('input[data-search-open]')) opener.value = ''
  if (!dialog.open) {
    dialog.showModal()
    box.value = ''
  }
  if (text && text.startsWith(box.value)) box.value = text
  box.focus()
  overlay.update()
})

// The search page: its own form and list, and the address says what is asked.
const page = document.querySelector('[data-search-page]')
const field = document.getElementById('page-search')
if (page && field) {
  const found = results(field, 30)
  found.more.setAttribute('role', 'button')
  page.append(...found.nodes, found.more)
  found.more.addEventListener('click', (event) => { event.preventDefault(); found.grow() })
  const follow = () => {
    for (const list of document.querySelectorAll('.index')) list.hidden = !!field.value.trim()
    history.replaceState(null, '', field.value ? `?q=${encodeURIComponent(field.value)}` : location.pathname)
  }
  field.addEventListener('input', follow)
  field.form.addEventListener('submit', (event) => event.preventDefault())
  field.value ||= new URLSearchParams(location.search).get('q') || ''
  if (field.value) {
    follow()
    found.update()
  }
}

// The page for what does not exist: the pages whose address is nearest.
const near = document.querySelector('[data-search-nearest]')
if (near) ask(async (engine) => {
  const words = decodeURIComponent(location.pathname).replace(/(index)?\.\w+$/, '').split('/').filter(Boolean).slice(-2)
  let hits = []
  while (words.length && !hits.length) {
    hits = (await engine.query(words.join(' '))).hits
    words.shift()
  }
  const links = await Promise.all(hits.slice(0, 5).map((hit) => rows(engine, { ...hit, parts: [] }, [])))
  if (links.length) near.append(make('h2', {}, nearest), ...links.flat())
}).catch(() => {})
}
}
