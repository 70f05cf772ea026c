// Credentials: controls for each scheme. `apply` adds what a scheme asks for to a request.
const base64 = (bytes) => btoa(String.fromCharCode(...bytes))
const utf8 = (text) => new TextEncoder().encode(text)
const guarded = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' }

const schemes = {
  key({ in: place, name, variables: [variable] }) {
    const key = password(name, `API key in ${place === 'query' ? 'the query' : 'a header'}`)
    const apply = (request) => {
      const value = secret(place === 'query' ? encode(key.read()) : key.read(), variable)
      if (place === 'query') request.query.push([`${encode(name)}=`, value])
      else request.headers.push([name, [value]])
    }
    return { parts: [key.element], inputs: [key.input], apply }
  },
  basic({ variables: [user, word] }) {
    const name = field({ name: 'User name', hint: '' }, inputOf({}), () => name.input.value, () => undefined)
    const pass = password('Password', 'sent with HTTP basic authentication')
    const apply = (request) => {
      const pair = name.read() + pass.read() ? base64(utf8(`${name.read()}:${pass.read()}`)) : ''
      request.headers.push(['Authorization', ['Basic ', secret(pair, user)]])
      request.curl.push(['-u', [secret('', user), ':', secret('', word)]])
    }
    return { parts: [name.element, pass.element], inputs: [name.input, pass.input], apply }
  },
  bearer(scheme) {
    return authorization('Bearer', scheme, 'Token', 'sent as a bearer token')
  },
  http(scheme) {
    return authorization(scheme.word, scheme, 'Credentials', `sent after the word ${scheme.word}`)
  },
  openid(scheme) {
    return authorization('Bearer', scheme, 'Token', `a token of the provider that describes itself at ${scheme.url}`)
  },
  // The sign-in is a script of its own: most APIs have none.
  oauth(scheme, shared) {
    const token = authorization('Bearer', scheme, 'Access token', scheme.flows.length ? 'pasted, or given by the sign-in below' : 'pasted: the description has no flow that a page can follow')
    const place = make('div')
    if (scheme.flows.length) {
      import(shared.signIn).then(({ signIn }) => {
        for (const flow of scheme.flows) {
          const part = signIn(flow, scheme, token.inputs[0], shared, { make, fresh, field, button, password, inputOf, parsed, encode, base64, utf8, guarded })
          place.append(part.element)
          token.inputs.push(...part.inputs)
        }
      }, () => (place.textContent = 'The sign-in could not be loaded. Paste a token.'))
    }
    return { ...token, parts: [...token.parts, place] }
  },
  other({ words }) {
    return { parts: [make('p', { class: 'try-it__hint' }, words)], inputs: [], apply: () => {} }
  },
}

const authorization = (word, { variables: [variable] }, name, hint) => {
  const token = password(name, hint)
  const apply = (request) => {
    if (!request.headers.some(([header]) => header === 'Authorization')) request.headers.push(['Authorization', [`${word} `, secret(token.read().trim(), variable)]])
  }
  return { parts: [token.element], inputs: [token.input], apply }
}
