// Added by `portolan serve` to every page; never part of a site. Loads the page again when its own bytes changed, and
// shows what is wrong with the portal. All text of the portal is set as text, never as markup.
(() => {
  "use strict";
  let shown = new URL(document.currentScript.src).searchParams.get("shown") || "";
  const key = "portolan-live-scroll";
  let source = null;
  let panel = null;
  let closed = "";

  const restoreScroll = () => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
      if (kept && kept.page === location.pathname) scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    } catch { /* Storage may be switched off: then the page begins at its top. */ }
  };

  const reload = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ page: location.pathname, x: scrollX, y: scrollY }));
    } catch { /* See above. */ }
    location.reload();
  };

  // A new sheet is put beside the old one and takes over when it has come, so that the page is never bare.
  const restyle = (styles) => {
    const old = [...document.querySelectorAll('link[rel="stylesheet"]')];
    if (old.length !== styles.length) return reload();
    old.forEach((link, at) => {
      if (link.getAttribute("href") === styles[at]) return;
      const fresh = link.cloneNode();
      fresh.addEventListener("load", () => link.remove());
      fresh.addEventListener("error", reload);
      fresh.setAttribute("href", styles[at]);
      link.after(fresh);
    });
  };

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  const showProblems = (problems) => {
    const state = JSON.stringify(problems);
    if (panel && panel.dataset.state === state) return;
    if (panel) panel.remove();
    panel = null;
    if (!problems.errors || closed === state) return;
    closed = "";
    panel = document.createElement("portolan-live");
    panel.dataset.state = state;
    const root = panel.attachShadow({ mode: "open" });
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = "/-/portolan/live.css";
    root.append(sheet);
    const box = document.createElement("section");
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Mistakes in the portal");
    root.append(box);
    const head = element("header", "", box);
    element("strong", problems.errors === 1 ? "1 error" : problems.errors + " errors", head);
    const close = element("button", "Hide", head);
    close.addEventListener("click", () => { closed = state; panel.remove(); panel = null; });
    const list = element("ol", "", box);
    for (const problem of problems.shown) {
      const item = element("li", "", list);
      element("b", problem.message, item);
      element("span", problem.place + "  " + problem.code, item);
      if (problem.line.trim()) element("code", problem.line, item);
      if (problem.help) element("i", "help: " + problem.help, item);
    }
    const left = problems.errors - problems.shown.length;
    if (left > 0) element("p", "and " + left + " more, listed by portolan check", box);
    document.body.append(panel);
  };

  const connect = () => {
    if (source || document.hidden) return;
    const query = "?page=" + encodeURIComponent(decodeURI(location.pathname)) + "&shown=" + shown;
    source = new EventSource("/-/portolan/events" + query);
    source.addEventListener("update", (event) => {
      const update = JSON.parse(event.data);
      if (update.change === "page") return reload();
      if (update.change === "styles") restyle(update.styles);
      shown = update.shown;
      showProblems(update.problems);
    });
  };

  // A browser has six connections to a server: a page that nobody looks at gives its own back.
  const disconnect = () => {
    if (source) source.close();
    source = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  restoreScroll();
  connect();
})();
