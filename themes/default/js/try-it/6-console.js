// The console itself: its parts in order, the request they make, and sending it.
const section = (title, ...parts) => make('fieldset', { class: 'try-it__section' }, make('legend', {}, title), ...parts)
const titles = { path: 'Path', query: 'Query', querystring: 'Query', header: 'Headers', cookie: 'Cookies' }
const refusedMethods = ['TRACE', 'CONNECT', 'TRACK']

const serverSection = (data, changed) => {
  const choices = data.servers.map((server, at) => [at, server.name ? `${server.name}: ${server.url}` : server.url || '/', Boolean(server.refused)])
  const first = data.servers.findIndex((server) => !server.refused)
  const select = choose(choices)
  select.value = Math.max(first, 0)
  const sets = data.servers.map((server) => (server.variables || []).map((variable) => {
    const item = { name: variable.name, values: variable.values.length ? variable.values : undefined, required: true, hint: variable.fixed ? 'fixed: the page may call no other host' : '' }
    const part = single(item, variable.default)
    if (variable.fixed) part.input.disabled = true
    return part
  }))
  const place = make('div')
  const host = make('p', { class: 'try-it__host' })
  const url = () => {
    const server = data.servers[select.value]
    if (!server || server.refused) return
    const values = Object.fromEntries(sets[select.value].map((part) => [part.item.name, part.read() ?? '']))
    const written = server.url.replace(/\{([^{}]+)\}/g, (all, name) => values[name] ?? all)
    let found
    try {
      found = new URL(written, new URL(data.base, location.href))
    } catch {
      return
    }
    const allowed = data.origins.includes(found.origin) || (data.own_site && found.origin === location.origin)
    return allowed ? found.href.split(/[?#]/)[0].replace(/\/+$/, '') : undefined
  }
  const show = () => {
    place.replaceChildren(...sets[select.value].map((part) => part.element))
    changed()
  }
  select.addEventListener('change', show)
  if (data.servers.length) place.append(...sets[select.value].map((part) => part.element))
  const refused = data.servers.filter((server) => server.refused).map((server) => make('p', { class: 'try-it__hint' }, `${server.url} cannot be called from here: ${server.refused}.`))
  const none = !data.servers.length && make('p', { class: 'try-it__hint' }, 'The description names no server, so there is nothing to call.')
  const chooser = data.servers.length > 1 && field({ name: 'Base URL' }, select, () => undefined, () => undefined).element
  const tell = (where) => host.replaceChildren(...(where ? ['Requests go to ', make('b', {}, new URL(where).host), '.'] : ['No server is chosen that this page may call.']))
  return { element: section('Server', chooser, place, host, ...refused, none), url, tell }
}

const credentialSection = (data, shared) => {
  if (!data.security.length) return { apply: () => {} }
  const label = (alternative) => alternative.map(({ scheme }) => scheme).join(' and ') || 'No authentication'
  const select = choose(data.security.map((alternative, at) => [at, label(alternative)]))
  select.value = Math.max(0, data.security.findIndex((alternative) => alternative.length))
  const sets = data.security.map((alternative) => alternative.map((scheme) => schemes[scheme.kind](scheme, shared)))
  const place = make('div')
  const show = () => {
    place.replaceChildren(...sets[select.value].flatMap((scheme) => scheme.parts))
    shared.changed()
  }
  const inputs = () => sets.flat().flatMap((scheme) => scheme.inputs)
  const forget = button('btn btn--quiet', 'Forget', () => {
    inputs().forEach((input) => (input.value = ''))
    shared.changed()
  })
  const words = make('p', { class: 'try-it__hint' }, 'Kept in the memory of this page until you leave it, and sent to the hosts named here alone. ', forget)
  select.addEventListener('change', show)
  place.append(...sets[select.value].flatMap((scheme) => scheme.parts))
  const chooser = data.security.length > 1 && field({ name: 'Authenticate with' }, select, () => undefined, () => undefined).element
  return { element: section('Authentication', chooser, place, inputs().length > 0 && words), apply: (request) => sets[select.value].forEach((scheme) => scheme.apply(request)) }
}

const bodySection = (data, changed) => {
  if (!data.bodies.length) return { compose: () => {}, controls: () => [] }
  const choices = [...data.bodies.map((body, at) => [at, body.type]), ...(data.body_required ? [] : [['', 'No content']])]
  const select = choose(choices)
  const editors = data.bodies.map(bodyEditor)
  const place = make('div')
  const editor = () => editors[select.value]
  const show = () => place.replaceChildren(...(editor()?.parts || []))
  select.addEventListener('change', () => {
    show()
    changed()
  })
  show()
  const chooser = choices.length > 1 && field({ name: 'Content type' }, select, () => undefined, () => undefined).element
  return { element: section('Body', chooser, place), compose: () => editor()?.compose(), controls: () => editor()?.controls || [] }
}

const parameterSections = (data) => {
  const controls = data.parameters.map((parameter) => {
    const serialised = parameter.media !== undefined && /json|x-www-form-urlencoded/i.test(parameter.media)
    const item = { ...parameter, hint: parameter.blocked ? `${parameter.hint} · browsers let no page send it; the command has it` : parameter.hint }
    const part = control(item, parameter.filled ? parameter.sample : undefined)
    const written = () => {
      const value = part.read()
      if (value === undefined) return
      if (parameter.media === undefined) return write(parameter, value)
      const text = serialised && (typeof value !== 'string' || parameter.kind === 'string') ? JSON.stringify(value) : plain(value)
      return writeContent(parameter, text)
    }
    return { ...part, parameter, written }
  })
  const elements = Object.keys(titles).map((place) => {
    const own = controls.filter(({ parameter }) => parameter.in === place)
    return own.length > 0 && section(titles[place], ...own.map((part) => part.element))
  })
  return { controls, elements }
}

// The request as it stands: `problem` says why it cannot be made, and `at` where to mend that.
const compose = (data, { server, parameters, credentials, body }) => {
  const request = { method: data.method, query: [], headers: [], cookies: [], curl: [], unsent: [] }
  const base = server.url()
  if (!base) request.problem = 'No server is chosen that this page may call.'
  if (refusedMethods.includes(data.method.toUpperCase())) request.problem = `Browsers let no page send ${data.method}. Use the command.`
  if (data.accept) request.headers.push(['Accept', [data.accept]])
  const inPath = {}
  for (const { parameter, written, input } of parameters.controls) {
    const pieces = written()
    const fail = (problem) => (request.problem ? undefined : Object.assign(request, { problem, at: input }))
    if (parameter.in === 'path') {
      if (!pieces) fail(`The path needs a value for ${parameter.name}.`)
      else if (/^(\.|%2e){1,2}$/i.test(pieces[0])) fail(`${parameter.name} cannot be . or .. in a URL.`)
      inPath[parameter.name] = pieces ? pieces[0] : `{${parameter.name}}`
    } else if (!pieces) continue
    else if (parameter.in === 'header') {
      const value = pieces[0].replace(/\s+/g, ' ').trim()
      if (/[^\x20-\x7e\x80-\xff]/.test(value)) fail(`${parameter.name} holds characters that no header can carry.`)
      ;(parameter.blocked ? request.unsent : request.headers).push([parameter.name, [value]])
    } else if (parameter.in === 'cookie') request.cookies.push(...pieces)
    else request.query.push(...pieces.map((piece) => [piece]))
  }
  credentials.apply(request)
  const bodiless = ['GET', 'HEAD'].includes(data.method)
  const content = body.compose()
  if (content && !bodiless) {
    Object.assign(request, { content: content.content, shown: content.shown, own: content.own })
    request.headers.push(['Content-Type', [content.type]])
  } else if (content) request.note = `Browsers send no body with ${data.method}; the command has it.`
  if (content) request.bodyArguments = content.curl
  const path = data.path.replace(/\{([^{}]+)\}/g, (all, name) => inPath[name] ?? all)
  // The slash keeps the path from reaching into the host.
  request.base = `${base ?? ''}${path.startsWith('/') ? '' : '/'}${path}`
  return request
}

// The whole URL, without credentials that were not given.
const urlOf = (request, query = request.query.filter((piece) => !unknown(piece))) =>
  [request.base, ...query.flatMap((piece, at) => [at || request.base.includes('?') ? '&' : '?', ...piece])]
const sentHeaders = (request) => request.headers.filter(([, value]) => !unknown(value))

const requestText = (request) => {
  const lines = [`${request.method} ${masked(urlOf(request))}`, ...sentHeaders(request).map(([name, value]) => `${name}: ${masked(value)}`)]
  return request.shown ? `${lines.join('\n')}\n\n${request.shown}` : lines.join('\n')
}

const curlText = (request) => {
  const [words, url] = [['curl'], urlOf(request, request.query)]
  if (request.method === 'HEAD') words.push('-I')
  else if (request.method !== 'GET' || request.bodyArguments) words.push('-X', quoted(request.method))
  if (/[[\]{}]/.test(masked(url))) words.push('-g')
  const skipped = request.curl.length ? ['authorization'] : []
  if (request.own) skipped.push('content-type')
  const headers = [...request.headers, ...request.unsent].filter(([name]) => !skipped.includes(name.toLowerCase()))
  if (request.cookies.length) headers.push(['Cookie', [request.cookies.join('; ')]])
  const options = [...request.curl, ...headers.map(([name, value]) => ['-H', [`${name}: `, ...value]]), ...(request.bodyArguments || [])]
  return [`${words.join(' ')} ${shell(url)}`, ...options.map(([flag, value]) => `  ${flag} ${shell(value)}`)].join(' \\\n')
}

// Asks before something is deleted; the answer is a press.
const confirmed = (request) => new Promise((answered) => {
  const title = fresh()
  const go = button('btn btn--primary', 'Send DELETE', () => dialog.close('yes'))
  const stay = button('btn', 'Cancel', () => dialog.close())
  const dialog = make('dialog', { class: 'try-it__ask', 'aria-labelledby': title }, make('p', { id: title }, `Delete at ${masked(urlOf(request))}?`), make('div', { class: 'try-it__row' }, go, stay))
  dialog.addEventListener('close', () => {
    answered(dialog.returnValue === 'yes')
    dialog.remove()
  })
  document.body.append(dialog)
  dialog.showModal()
  stay.focus()
})

const blockedWords = (request, host) => [
  make('p', {}, make('b', {}, navigator.onLine === false ? 'You are offline.' : `The browser got no answer from ${host} that this page may read.`)),
  make('p', {}, `Either ${host} was not reached, or it does not allow calls from this site (CORS): its answers would need the header `, make('code', {}, `Access-Control-Allow-Origin: ${location.origin}`), '. The request may have arrived all the same. A terminal is not held by this rule:'),
]

const openConsole = (data, title, signIn) => {
  const state = make('p', { class: 'try-it__state', role: 'status' })
  const result = make('div', { class: 'try-it__result', role: 'region', 'aria-label': 'Response', hidden: true })
  let parts
  const changed = () => parts && show()
  const server = serverSection(data, changed)
  const shared = { data, changed, signIn, serverUrl: server.url }
  const credentials = credentialSection(data, shared)
  const parameters = parameterSections(data)
  const body = bodySection(data, changed)
  const preview = block('Request', '')
  const curl = block('curl', '', copyButton('curl', () => curlText(compose(data, parts))))
  const show = () => {
    const request = compose(data, parts)
    server.tell(server.url())
    preview.show(requestText(request))
    curl.show(curlText(request))
    note.textContent = request.note || ''
  }
  const note = make('p', { class: 'try-it__hint' })
  let running
  const stop = button('btn', 'Stop', () => running?.abort())
  stop.hidden = true
  const send = make('button', { class: 'btn btn--primary', type: 'submit' }, 'Send')
  const form = make('form', { class: 'try-it__form', novalidate: true, autocomplete: 'off' }, server.element, credentials.element, ...parameters.elements.filter(Boolean), body.element,
    make('div', { class: 'try-it__code' }, preview.element, note, make('details', { class: 'try-it__flow' }, make('summary', {}, 'As a curl command'), curl.element)),
    make('div', { class: 'try-it__row' }, send, stop, state))
  parts = { server, parameters, credentials, body }
  form.addEventListener('input', show)
  form.addEventListener('change', show)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (running) return
    const request = compose(data, parts)
    const wrong = [...parameters.controls, ...body.controls()].filter((part) => part.check())
    if (request.problem) {
      state.textContent = request.problem
      return request.at?.focus()
    }
    if (request.method === 'DELETE' && !(await confirmed(request))) return void (state.textContent = 'Not sent.')
    running = new AbortController()
    stop.hidden = false
    state.textContent = `Sending to ${new URL(request.base).host}${wrong.length ? `, although ${wrong.length} ${wrong.length > 1 ? 'values look' : 'value looks'} wrong` : ''}.`
    const [words, ...shown] = await sendIt(request, running, result, data)
    running = undefined
    stop.hidden = true
    state.textContent = words
    result.replaceChildren(...shown)
    result.hidden = !shown.length
  })
  show()
  return make('section', { class: 'try-it__panel', id: fresh(), 'aria-labelledby': title.id }, title, form, result)
}

// Sends a request. Returns what is announced and what is shown.
const sendIt = async (request, running, result, data) => {
  const url = new URL(real(urlOf(request)))
  const from = performance.now()
  const headers = sentHeaders(request).map(([name, value]) => [name, real(value)])
  let response
  try {
    response = await fetch(url, { ...guarded, method: request.method, headers, body: request.content, redirect: 'manual', signal: running.signal })
  } catch (error) {
    if (running.signal.aborted) return ['Stopped.']
    const copy = block('curl', curlText(request), copyButton('curl', () => curlText(request)))
    return [`No answer from ${url.host} that this page may read.`, ...blockedWords(request, url.host), copy.element]
  }
  if (response.type === 'opaqueredirect') {
    const copy = block('curl', curlText(request), copyButton('curl', () => curlText(request)))
    return ['The server answered with a redirect.', make('p', {}, make('b', {}, 'The server answered with a redirect, which was not followed'), ': it may lead to another host, and credentials must not. A terminal shows where it leads:'), copy.element]
  }
  const live = block('Response', '')
  const body = await readBody(response, (text) => {
    result.hidden = false
    if (!live.element.isConnected) result.replaceChildren(make('p', { class: 'try-it__status' }, make('span', { class: statusClass(response.status) }, statusWords(response))), live.element)
    live.show(text)
  })
  const ms = Math.round(performance.now() - from)
  const name = (url.pathname.split('/').pop() || 'response').replace(/[^\w.-]/g, '') || 'response'
  return [`${statusWords(response)} in ${ms} ms, ${sizeWords(body.size)}.`, ...(await answerView(response, ms, body, name))]
}

const styled = (address) => new Promise((done) => {
  const link = make('link', { rel: 'stylesheet', href: address })
  link.addEventListener('load', done)
  link.addEventListener('error', done)
  document.head.append(link)
})

// Shows or hides the console of a place; it is made when it is shown first.
export const toggle = async (place, opener) => {
  let panel = place.querySelector('.try-it__panel')
  if (!panel) {
    const answer = await fetch(place.dataset.tryIt)
    if (!answer.ok) throw new Error(answer.statusText)
    const data = await answer.json()
    await styled(place.dataset.style)
    if (place.querySelector('.try-it__panel')) return
    const title = make('h2', { id: fresh(), class: 'try-it__title', tabindex: '-1' }, place.dataset.word)
    panel = openConsole(data, title, new URL(place.dataset.signIn, location.href))
    panel.hidden = true
    opener.setAttribute('aria-controls', panel.id)
    place.append(panel)
  }
  panel.hidden = !panel.hidden
  opener.setAttribute('aria-expanded', !panel.hidden)
  if (!panel.hidden) panel.querySelector('.try-it__title').focus()
}
