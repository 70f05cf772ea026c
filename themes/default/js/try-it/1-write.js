// The console: fills in the request of an operation, sends it, shows the answer. The parts of this folder are one module.
// Texts only ever become text nodes. Credentials live in the controls of this page, are sent to origins that the page's
// data names, and are written nowhere else. What is sent as a secret is kept beside what is shown for it.

// Values as they travel; src/schema/wire/parameter.rs is the twin.
const encode = (text) => encodeURIComponent(text.toWellFormed?.() ?? text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt().toString(16).toUpperCase()}`)
const escapes = {
  all: encode,
  reserved: (text) => text.replace(/%(?![\dA-F]{2})|[^\w\-.~:/?@!$'()*+,;=%]+/gi, encode),
  reservedInPath: (text) => text.replace(/%(?![\dA-F]{2})|[^\w\-.~:@!$&'()*+,;=%]+/gi, encode),
  none: (text) => text,
}
const joints = { spaceDelimited: '%20', pipeDelimited: '%7C', tabDelimited: '%09' }
const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)
const plain = (value) => (value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value))

const deep = (path, value, to) => {
  if (isMap(value)) return Object.entries(value).flatMap(([key, part]) => deep(`${path}%5B${to(key)}%5D`, part, to))
  if (Array.isArray(value)) return value.flatMap((part) => deep(`${path}%5B%5D`, part, to))
  return [`${path}=${to(plain(value))}`]
}

// The pieces of a parameter: `name=value` pairs in a query or cookie, the one text of a path or header.
export const write = ({ name, style, explode, escape }, value) => {
  const to = escapes[escape]
  const own = escape === 'none' ? name : encode(name)
  const text = (part) => to(plain(part))
  const named = (one) => `${own}=${one}`
  const joint = joints[style] || ','
  if (Array.isArray(value)) {
    const all = value.map(text)
    if (style === 'simple') return [all.join(',')]
    if (style === 'label') return [`.${all.join(explode ? '.' : ',')}`]
    if (style === 'matrix') return [explode ? all.map((one) => `;${named(one)}`).join('') : `;${named(all.join(','))}`]
    return explode ? all.map(named) : [named(all.join(joint))]
  }
  if (isMap(value)) {
    const entries = Object.entries(value)
    const pairs = entries.map(([key, part]) => `${to(key)}=${text(part)}`)
    const flat = entries.flatMap(([key, part]) => [to(key), text(part)])
    if (style === 'simple') return [(explode ? pairs : flat).join(',')]
    if (style === 'label') return [`.${explode ? pairs.join('.') : flat.join(',')}`]
    if (style === 'matrix') return [explode ? pairs.map((pair) => `;${pair}`).join('') : `;${named(flat.join(','))}`]
    if (style === 'deepObject') return deep(own, value, to)
    return explode ? pairs : [named(flat.join(joint))]
  }
  const one = text(value)
  if (style === 'simple') return [one]
  if (style === 'label') return [`.${one}`]
  if (style === 'matrix') return [one ? `;${named(one)}` : `;${own}`]
  return [named(one)]
}

// A parameter with a media type of its own is serialised by it, then escaped whole.
const writeContent = (parameter, text) => {
  const to = escapes[parameter.escape]
  const whole = parameter.in === 'querystring'
  if (whole && /x-www-form-urlencoded/i.test(parameter.media)) {
    const value = parsed(text)
    return [isMap(value) ? Object.entries(value).map(([key, part]) => `${encode(key)}=${encode(plain(part))}`).join('&') : text]
  }
  return [whole || parameter.in === 'path' || parameter.in === 'header' ? to(text) : `${encode(parameter.name)}=${to(text)}`]
}

const parsed = (text) => {
  try {
    return JSON.parse(text)
  } catch {}
}

// Text with secrets in it: strings, and pairs of a secret and the variable that commands name for it.
const secret = (value, variable) => ({ value, variable })
const real = (template) => template.map((part) => part.value ?? part).join('')
const masked = (template) => template.map((part) => (part.variable ? (part.value ? '••••••' : `$${part.variable}`) : part)).join('')
const unknown = (template) => template.some((part) => part.variable && !part.value)
const quoted = (text) => (/^[\w\-./:=@%+,]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
const shell = (template) => {
  if (template.every((part) => !part.variable)) return quoted(template.join(''))
  const tame = template.every((part) => part.variable || !/[\\"$`!]/.test(part))
  if (tame) return `"${template.map((part) => (part.variable ? `\${${part.variable}}` : part)).join('')}"`
  return template.map((part) => (part.variable ? `"$${part.variable}"` : quoted(part))).join('')
}
