// Hands the answer of an authorization server to the page that asked for it, by a channel of this site alone, and takes
// it out of the address.
{
const asked = new URLSearchParams(location.search)
history.replaceState(null, '', location.pathname)
const state = document.querySelector('[data-state]')
const channel = new BroadcastChannel('portolan-try-it')
const answer = { state: asked.get('state') || '' }
for (const key of ['code', 'error', 'error_description']) if (asked.has(key)) answer[key] = asked.get(key)
const nobody = setTimeout(() => {
  state.textContent = 'No page of this site waits for this sign-in, so nothing was done with it. You can close this window.'
}, 2000)
channel.addEventListener('message', ({ data }) => {
  if (!answer.state || data.taken !== answer.state) return
  clearTimeout(nobody)
  state.textContent = 'Done. You can close this window.'
  close()
})
state.textContent = 'One moment.'
channel.postMessage(answer)
}
