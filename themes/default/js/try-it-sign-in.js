// Sign-in by OAuth 2.0 for the console. What belongs to a flow (state, verifier, code) is held by the functions that run
// it, and ends with them.
// Waits for the page that the authorization server leads back to. Only an answer with the state of this very request
// is taken, and once.
const handedBack = (own, signal) => new Promise((taken, stopped) => {
  const channel = new BroadcastChannel('portolan-try-it')
  channel.addEventListener('message', ({ data }) => {
    if (data?.state !== own) return
    channel.postMessage({ taken: own })
    channel.close()
    taken(data)
  })
  signal.addEventListener('abort', () => {
    channel.close()
    stopped(signal.reason)
  })
})

// One flow: the authorization code with PKCE (RFC 7636), or client credentials. `kit` has the console's own functions.
export const signIn = (flow, scheme, token, { data, serverUrl, changed }, kit) => {
  const { make, fresh, field, button, password, inputOf, parsed, encode, base64, utf8, guarded } = kit
  const urlSafe = (bytes) => base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const random = (bytes) => urlSafe(crypto.getRandomValues(new Uint8Array(bytes)))
  const byCode = flow.flow === 'authorizationCode'
  const client = field({ name: 'Client id', hint: '' }, inputOf({}), () => client.input.value.trim(), () => undefined)
  const pass = byCode ? undefined : password('Client secret', 'sent to the token endpoint only')
  const boxes = flow.scopes.map(([name]) => make('input', { type: 'checkbox', value: name }))
  boxes.forEach((box) => (box.checked = scheme.scopes?.includes(box.value)))
  const scopes = boxes.length > 0 && make('fieldset', { class: 'try-it__group' },
    make('legend', { class: 'try-it__name' }, 'Scopes'),
    make('div', { class: 'try-it__boxes' }, ...boxes.map((box, at) => make('label', {}, box, ` ${box.value}`, flow.scopes[at][1] && make('span', { class: 'field__type' }, ` ${flow.scopes[at][1]}`)))))
  const callback = new URL(data.callback, location.href).href.split(/[?#]/)[0]
  const state = make('p', { class: 'try-it__hint', role: 'status' })
  const address = (url) => new URL(url, serverUrl() || location.href)
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value).join(' ')
  const exchange = async (form, headers, signal) => {
    const url = address(flow.token)
    if (!data.origins.includes(url.origin) && !(data.own_site && url.origin === location.origin)) throw new Error(`${url.host} is not among the hosts that this page may call.`)
    let response
    try {
      response = await fetch(url, { ...guarded, method: 'POST', redirect: 'error', signal, body: new URLSearchParams(form), headers: { Accept: 'application/json', ...headers } })
    } catch (error) {
      if (signal.aborted) throw error
      throw new Error(`The browser got no answer from ${url.host} that this page may read: it was not reached, it redirects, or it does not allow this site (CORS). Get a token another way and paste it.`)
    }
    const answer = parsed(await response.text())
    if (!response.ok || !answer?.access_token) throw new Error(`${url.host} gave no token: ${[answer?.error, answer?.error_description].filter(Boolean).join(', ') || `status ${response.status}`}.`)
    return answer
  }
  const withCode = async (signal) => {
    if (!crypto.subtle) throw new Error('Browsers allow this sign-in on pages by https only.')
    // Opened while the press of the button counts; it must not be able to steer this page.
    const window_ = open('about:blank', '_blank', 'popup,width=520,height=720')
    if (!window_) throw new Error('The browser blocked the window of the sign-in. Allow it and press again.')
    window_.opener = null
    const [own, verifier] = [random(24), random(48)]
    const challenge = urlSafe(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(verifier))))
    const url = address(flow.authorize)
    const asked = { response_type: 'code', client_id: client.read(), redirect_uri: callback, state: own, code_challenge: challenge, code_challenge_method: 'S256' }
    if (chosen()) asked.scope = chosen()
    for (const [key, value] of Object.entries(asked)) url.searchParams.set(key, value)
    const answer = handedBack(own, signal)
    window_.location.replace(url)
    const { code, error, error_description: words } = await answer
    if (!code) throw new Error(`The authorization server answered: ${[error || 'no code', words].filter(Boolean).join(', ')}.`)
    return exchange({ grant_type: 'authorization_code', code, redirect_uri: callback, client_id: client.read(), code_verifier: verifier }, {}, signal)
  }
  const withSecret = (signal) => {
    const pair = `${encode(client.read())}:${encode(pass.read())}`
    return exchange({ grant_type: 'client_credentials', ...(chosen() && { scope: chosen() }) }, { Authorization: `Basic ${base64(utf8(pair))}` }, signal)
  }
  let running
  const go = button('btn', byCode ? 'Sign in' : 'Get a token', async () => {
    if (running) return running.abort()
    if (!client.read()) {
      state.textContent = 'The client id is missing.'
      return client.input.focus()
    }
    running = new AbortController()
    go.textContent = 'Stop waiting'
    state.textContent = byCode ? 'Waiting for the sign-in in the other window.' : 'Waiting for the token.'
    try {
      const answer = await (byCode ? withCode : withSecret)(running.signal)
      token.value = answer.access_token
      state.textContent = `The token is there${answer.expires_in > 0 ? `, good for ${Math.round(answer.expires_in / 60) || 1} min` : ''}.`
      changed()
    } catch (error) {
      state.textContent = running.signal.aborted ? 'Stopped.' : error.message
    }
    running = undefined
    go.textContent = byCode ? 'Sign in' : 'Get a token'
  })
  const host = byCode ? `Signs in at ${address(flow.authorize).host}, takes the token from ${address(flow.token).host}. Register this redirect address there: ` : `Takes a token from ${address(flow.token).host}.`
  const words = make('p', { class: 'try-it__hint' }, host, byCode && make('code', {}, callback))
  const title = byCode ? 'Sign in with an authorization code' : 'Get a token with client credentials'
  const element = make('details', { class: 'try-it__flow', open: true }, make('summary', {}, title), words, client.element, pass?.element, scopes, go, state)
  const inputs = [client.input, ...(pass ? [pass.input] : [])]
  // A form of its own, so that Enter signs in and does not send the request.
  const form = make('form', { id: fresh(), hidden: true })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    go.click()
  })
  inputs.forEach((input) => input.setAttribute('form', form.id))
  document.body.append(form)
  return { element, inputs }
}
