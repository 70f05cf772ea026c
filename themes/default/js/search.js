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
  if (directory.version !== 1) throw new Error('another form of index')
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
    for (const word of words) {
      const isPath = /[/{]/.test(word)
      const start = query.items.length
      const name = run(isPath ? splitPath(word)[0] : word)
      if (name) {
        for (const part of name.parts.slice(0, rules.most_words - start)) query.items.push({ word: part, term: term(part) })
        if (query.items.length > start) read.push({ from: start, to: query.items.length, whole: name.whole })
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
    for (const word of read) cover([word])
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
    const score = !part ? rules.page_whole : strong ? rules.field_whole : rules.word_whole
    if (mark) raise(found, page, part, floor(score * (mark === '?' ? floor(share * rules.value / 100) : share) / 100))
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
      const near = await nearest(directory.words, word)
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
}
