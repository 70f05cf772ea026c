// Runs before the first paint: the stored theme and the mark that scripts run. Taken back if site.js never comes.
{
  const root = document.documentElement
  root.classList.add('js')
  try {
    const theme = localStorage.getItem('theme')
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  } catch {}
  addEventListener('load', () => 'ready' in root.dataset || root.classList.remove('js'))
}
