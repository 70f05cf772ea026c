// Controls: each has an element, what it reads (undefined when there is nothing to send) and what is wrong with it.
const make = (tag, attributes = {}, ...parts) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...parts.filter((part) => part !== undefined && part !== false))
  return element
}
let number = 0
const fresh = () => `try-it-${++number}`
const button = (look, text, act) => {
  const control = make('button', { type: 'button', class: look }, text)
  control.addEventListener('click', act)
  return control
}

// What a value breaks, in words; nothing when it may be sent.
const broken = (facts, text) => {
  if (facts.values && !facts.values.includes(text)) return 'It is none of the listed values.'
  if (facts.kind === 'integer' && !/^[+-]?\d+$/.test(text)) return 'A whole number is expected.'
  if (facts.kind === 'number' && !(text.trim() && isFinite(text))) return 'A number is expected.'
  if (facts.kind === 'boolean' && !/^(true|false)$/.test(text)) return 'It is true or false.'
  if (facts.min !== undefined && Number(text) < Number(facts.min)) return `It is below ${facts.min}.`
  if (facts.max !== undefined && Number(text) > Number(facts.max)) return `It is above ${facts.max}.`
  const length = [...text].length
  if (length < facts.min_length) return `It is shorter than ${facts.min_length} characters.`
  if (length > facts.max_length) return `It is longer than ${facts.max_length} characters.`
  try {
    if (facts.pattern && !new RegExp(facts.pattern, 'u').test(text)) return `It does not match ${facts.pattern}.`
  } catch {}
}

// A control with its label, its hint and a place for what is wrong.
const field = (item, input, read, check) => {
  input.id ||= fresh()
  const group = input.localName === 'fieldset'
  const hint = make('p', { class: 'try-it__hint', id: fresh() }, item.hint || '')
  const wrong = make('p', { class: 'try-it__wrong', id: fresh(), hidden: true })
  input.setAttribute('aria-describedby', `${hint.id} ${wrong.id}`)
  const marks = [item.required && 'required', item.deprecated && 'deprecated'].filter(Boolean).join(', ')
  const mark = marks && make('span', { class: item.required ? 'field__required' : 'field__type' }, ` ${marks}`)
  const name = group
    ? make('legend', { class: 'try-it__name' }, item.name, mark)
    : make('label', { class: 'try-it__name', for: input.id }, item.name, mark)
  if (group) input.prepend(name)
  if (item.required && !group) input.setAttribute('aria-required', 'true')
  const tell = () => {
    const words = check() || ''
    wrong.textContent = words
    wrong.hidden = !words
    if (!group) input.setAttribute('aria-invalid', Boolean(words))
    return words
  }
  input.addEventListener('change', tell)
  return { element: make('div', { class: 'try-it__field' }, !group && name, input, hint, wrong), item, read, check: tell, input }
}

const missing = (item) => (item.required ? 'A value is required.' : undefined)
const inputOf = (item, type = 'text') =>
  make('input', {
    class: 'try-it__input', type, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
    inputmode: { integer: 'numeric', number: 'decimal' }[item.kind], placeholder: item.default ?? (typeof item.sample === 'string' ? item.sample : undefined),
  })
const areaOf = (text, rows) => make('textarea', { class: 'try-it__input try-it__area', rows, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' }, text || '')

const single = (item, start) => {
  const values = item.values || (item.kind === 'boolean' ? ['true', 'false'] : undefined)
  const input = values ? choose([['', item.required ? 'Choose a value' : 'Not sent'], ...values.map((value) => [value, value])]) : inputOf(item)
  input.value = start ?? ''
  const read = () => (input.value === '' ? undefined : input.value)
  return field(item, input, read, () => (read() === undefined ? missing(item) : broken(item, input.value)))
}

const choose = (options) => {
  const select = make('select', { class: 'try-it__input' })
  for (const [value, text, disabled] of options) select.append(make('option', { value, disabled }, text))
  return select
}

// Lists: boxes to tick for few values, else one value a line.
const list = (item, sample = []) => {
  const start = [sample].flat()
  const values = item.items.values
  if (values && values.length <= 30) {
    const boxes = values.map((value) => make('input', { type: 'checkbox', value }))
    boxes.forEach((box) => (box.checked = start.includes(box.value)))
    const group = make('fieldset', { class: 'try-it__group' }, make('div', { class: 'try-it__boxes' }, ...boxes.map((box) => make('label', {}, box, ` ${box.value}`))))
    const read = () => {
      const chosen = boxes.filter((box) => box.checked).map((box) => box.value)
      return chosen.length ? chosen : undefined
    }
    return field(item, group, read, () => (read() ? undefined : missing(item)))
  }
  const area = areaOf(start.join('\n'), Math.min(6, Math.max(2, start.length)))
  const read = () => {
    const lines = area.value.split('\n').filter(Boolean)
    return lines.length ? lines : undefined
  }
  const check = () => (read() ? read().map((line) => broken(item.items, line)).find(Boolean) : missing(item))
  return field({ ...item, hint: `${item.hint} · one value a line` }, area, read, check)
}

const fields = (item, sample) => {
  const start = isMap(sample) ? sample : {}
  const inner = item.fields.map((part) => control({ ...part }, start[part.name]))
  const group = make('fieldset', { class: 'try-it__group' }, ...inner.map((part) => part.element))
  const read = () => {
    const entries = inner.map((part) => [part.item.name, part.read()]).filter(([, value]) => value !== undefined)
    return entries.length ? Object.fromEntries(entries) : undefined
  }
  return field(item, group, read, () => (read() ? (inner.forEach((part) => part.check()), undefined) : missing(item)))
}

// Whatever is no single value and no flat list or object is typed as JSON.
const json = (item, start) => {
  const area = areaOf(start, 4)
  const read = () => (area.value.trim() ? (parsed(area.value) ?? area.value) : undefined)
  const check = () => (area.value.trim() ? invalid(area.value) : missing(item))
  return field({ ...item, hint: `${item.hint} · as JSON` }, area, read, check)
}

// Why a text is no JSON, with the line.
const invalid = (text) => {
  try {
    JSON.parse(text)
  } catch (error) {
    const at = /position (\d+)/.exec(error.message)
    const line = at ? ` (line ${text.slice(0, at[1]).split('\n').length})` : ''
    return `This is no JSON yet: ${error.message.replace(/ in JSON at position.*/, '')}${line}`
  }
}

const control = (item, start) => {
  if (item.kind === 'array' && item.items) return list(item, start)
  if (item.kind === 'object' && item.fields) return fields(item, start)
  return item.kind === 'array' || item.kind === 'object' ? json(item, start) : single(item, start)
}

const password = (name, hint) => {
  const input = inputOf({}, 'password')
  return field({ name, hint }, input, () => input.value, () => undefined)
}
