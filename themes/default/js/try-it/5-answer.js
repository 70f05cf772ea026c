// Answers: status in words (HTTP/2 sends none), time, size, headers, body.
const reasons = Object.fromEntries('200 OK|201 Created|202 Accepted|204 No Content|206 Partial Content|207 Multi-Status|304 Not Modified|400 Bad Request|401 Unauthorized|402 Payment Required|403 Forbidden|404 Not Found|405 Method Not Allowed|406 Not Acceptable|408 Request Timeout|409 Conflict|410 Gone|412 Precondition Failed|413 Content Too Large|415 Unsupported Media Type|422 Unprocessable Content|423 Locked|424 Failed Dependency|428 Precondition Required|429 Too Many Requests|500 Internal Server Error|501 Not Implemented|502 Bad Gateway|503 Service Unavailable|504 Gateway Timeout'.split('|').map((line) => [line.slice(0, 3), line.slice(4)]))
const statusWords = ({ status, statusText }) => `${status} ${statusText || reasons[status] || ''}`.trim()
const statusClass = (status) => `status status--${status < 200 ? 'info' : status < 300 ? 'ok' : status < 400 ? 'warn' : 'danger'}`
// Longer texts are shown in part, and whole as a file.
const SHOWN = 300_000

// JSON over several lines with every number and string as it was sent.
export const pretty = (text) => {
  if (parsed(text) === undefined) return text
  let [out, depth, last] = ['', 0, '']
  const line = () => `\n${'  '.repeat(depth)}`
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    const closes = token === '}' || token === ']'
    if (closes) depth--
    const empty = closes && (last === '{' || last === '[')
    if ((closes && !empty) || (!closes && (last === '{' || last === '[')) || last === ',') out += line()
    out += token === ':' ? ': ' : token
    if (token === '{' || token === '[') depth++
    last = token
  }
  return out
}

const block = (title, text, ...controls) => {
  const code = make('code', {}, text)
  const pre = make('pre', { tabindex: '0', role: 'region', 'aria-label': title }, code)
  return { element: make('div', { class: 'code' }, make('div', { class: 'code__bar' }, make('span', { class: 'code__title' }, title), ...controls), pre), show: (next) => (code.textContent = next) }
}

const copyButton = (what, text) => navigator.clipboard && button('copy', `Copy ${what}`, async ({ target }) => {
  try {
    await navigator.clipboard.writeText(text())
  } catch {
    return
  }
  target.textContent = 'Copied'
  setTimeout(() => (target.textContent = `Copy ${what}`), 2000)
})

const isText = (type) => /^text\/|[/+](json|xml|yaml)\b|javascript|x-www-form-urlencoded|x-ndjson|jsonl|json-seq/i.test(type)

// Reads an answer as it comes; `shown` is told of the text so far when it is one that goes on.
const readBody = async (response, shown) => {
  const chunks = []
  let size = 0
  const type = response.headers.get('content-type') || ''
  const flows = /event-stream|ndjson|jsonl|json-seq/i.test(type)
  const decoder = new TextDecoder()
  let text = ''
  const reader = response.body?.getReader()
  let cut
  try {
    for (let part; reader && !(part = await reader.read()).done; ) {
      chunks.push(part.value)
      size += part.value.length
      if (flows && text.length < SHOWN) shown((text += decoder.decode(part.value, { stream: true })))
    }
  } catch (error) {
    cut = error
  }
  return { blob: new Blob(chunks), size, type, cut }
}

// The file of the last answer; it has no type, so that it is saved and never shown as a page.
let held
const answerView = async (response, ms, { blob, size, type, cut }, name) => {
  const parts = [make('p', { class: 'try-it__status' }, make('span', { class: statusClass(response.status) }, statusWords(response)), ` ${ms} ms · ${sizeWords(size)}`)]
  if (cut) parts.push(make('p', { class: 'try-it__hint' }, 'The answer was cut off; this is what had come.'))
  const headers = [...response.headers]
  parts.push(make('details', { class: 'try-it__flow' }, make('summary', {}, `Headers (${headers.length})`),
    make('dl', { class: 'try-it__headers' }, ...headers.flatMap(([key, value]) => [make('dt', {}, key), make('dd', {}, value)])),
    make('p', { class: 'try-it__hint' }, 'A page sees only the headers that the API names in Access-Control-Expose-Headers.')))
  if (!size) return [...parts, make('p', { class: 'try-it__hint' }, 'No content.')]
  URL.revokeObjectURL(held)
  const address = (held = URL.createObjectURL(blob))
  const save = make('a', { class: 'copy', href: address, download: name }, 'Download')
  const text = isText(type) || (!type && size < SHOWN) ? await blob.text() : undefined
  if (text === undefined) return [...parts, make('p', {}, `${type || 'Bytes of an unknown kind'}, ${sizeWords(size)}. `, make('a', { href: address, download: name }, 'Download'))]
  const whole = size <= SHOWN
  const shown = whole ? (/json/i.test(type) || !type ? pretty(text) : text) : `${text.slice(0, SHOWN)}\n…`
  if (!whole) parts.push(make('p', { class: 'try-it__hint' }, 'Only the beginning is shown; the download is whole.'))
  return [...parts, block(type || 'Content', shown, save, copyButton('content', () => text)).element]
}
