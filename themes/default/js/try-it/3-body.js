// Bodies: a text, the fields of a form, or a file. `compose` gives what is sent, what is shown for it, and the arguments
// of curl.
const sizeWords = (bytes) => (bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`)
const fileWords = (file) => `(${file.name}, ${sizeWords(file.size)})`
const fieldName = (name) => name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A')

const textBody = (body) => {
  const first = body.examples?.[0]?.text ?? ''
  const area = areaOf(first, Math.min(16, Math.max(4, first.split('\n').length)))
  const check = () => {
    if (body.syntax !== 'json' || !area.value.trim()) return
    const problem = invalid(area.value)
    if (problem) return problem
    const value = JSON.parse(area.value)
    const kind = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
    if (['object', 'array', 'string', 'boolean'].includes(body.kind) && kind !== body.kind) return `The API expects ${body.kind === 'array' || body.kind === 'object' ? 'an' : 'a'} ${body.kind}.`
    const lost = isMap(value) ? (body.required || []).filter((name) => !(name in value)) : []
    if (lost.length) return `Required and not there: ${lost.join(', ')}.`
  }
  const part = field({ name: 'Content', hint: body.type }, area, () => area.value, check)
  area.addEventListener('input', part.check)
  const parts = [part.element]
  if (body.examples?.length > 1) {
    const select = choose(body.examples.map(({ label }, at) => [at, label]))
    select.addEventListener('change', () => {
      area.value = body.examples[select.value].text
      area.dispatchEvent(new Event('input', { bubbles: true }))
    })
    parts.unshift(field({ name: 'Example' }, select, () => undefined, () => undefined).element)
  }
  const compose = () => {
    const lines = body.type.startsWith('multipart/') ? area.value.replace(/\r?\n/g, '\r\n') : area.value
    return { type: body.type, content: lines, shown: area.value, curl: [['--data-raw', [area.value]]] }
  }
  return { parts, controls: [part], compose }
}

const fileBody = (body) => {
  const input = make('input', { type: 'file', class: 'try-it__input' })
  const part = field({ name: 'File', hint: body.type }, input, () => input.files[0], () => undefined)
  const compose = () => {
    const file = input.files[0]
    return { type: body.type, content: file, shown: file ? fileWords(file) : '', curl: [['--data-binary', [`@${file ? file.name : 'FILE'}`]]] }
  }
  return { parts: [part.element], controls: [part], compose }
}

const formControl = (item) => {
  if (!item.file) return control(item, item.required ? item.sample : undefined)
  const input = make('input', { type: 'file', multiple: item.repeated, class: 'try-it__input' })
  const read = () => (input.files.length ? [...input.files] : undefined)
  return field(item, input, read, () => (read() ? undefined : missing(item)))
}

const formBody = (body) => {
  const controls = body.fields.map(formControl)
  const filled = () => controls.map((part) => [part.item, part.read()]).filter(([, value]) => value !== undefined)
  const urlencoded = () => {
    const pairs = filled().flatMap(([item, value]) => (item.style === 'json' ? write({ ...item, style: 'form' }, JSON.stringify(value)) : write(item, value)))
    return { type: body.type, content: pairs.join('&'), shown: pairs.join('&\n'), curl: pairs.map((pair) => ['--data-raw', [pair]]) }
  }
  const multipart = () => {
    const boundary = `portolan-${crypto.getRandomValues(new Uint32Array(4)).join('')}`
    const [content, shown, curl] = [[], [], []]
    for (const [item, value] of filled()) {
      for (const one of item.repeated || item.file ? [value].flat() : [value]) {
        const file = one instanceof File
        const type = item.type || (file && (one.type || 'application/octet-stream'))
        const text = file ? '' : plain(one)
        const head = `--${boundary}\r\nContent-Disposition: form-data; name="${fieldName(item.name)}"${file ? `; filename="${fieldName(one.name)}"` : ''}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`
        content.push(head, file ? one : text, '\r\n')
        shown.push(head.replaceAll('\r', ''), file ? fileWords(one) : text, '\n')
        const argument = file ? `@${one.name}` : /^[@<"(]|;/.test(text) ? JSON.stringify(text) : text
        curl.push(['-F', [`${item.name}=${argument}${type ? `;type=${type}` : ''}`]])
      }
    }
    content.push(`--${boundary}--\r\n`)
    shown.push(`--${boundary}--`)
    return { type: `${body.type.split(';')[0]}; boundary=${boundary}`, content: new Blob(content), shown: shown.join(''), curl, own: true }
  }
  return { parts: controls.map((part) => part.element), controls, compose: body.syntax === 'form' ? urlencoded : multipart }
}

const bodyEditor = (body) => (body.fields ? formBody : body.syntax === 'binary' ? fileBody : textBody)(body)
