// The button of the console. The console itself is fetched when it is pressed first; scripts are no files of a disk, so
// there the button would do nothing and is not shown.
for (const place of location.protocol === 'file:' ? [] : document.querySelectorAll('[data-try-it]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn--primary'
  button.textContent = place.dataset.word
  button.setAttribute('aria-expanded', 'false')
  let loading
  button.addEventListener('click', async () => {
    loading ||= import(new URL(place.dataset.script, location.href))
    try {
      await (await loading).toggle(place, button)
    } catch {
      loading = undefined
      const words = place.querySelector('[role=alert]') || document.createElement('p')
      words.setAttribute('role', 'alert')
      words.textContent = 'The console could not be loaded. Press the button to try again.'
      place.append(words)
    }
  })
  place.append(button)
}
