/* What was saved is shown: of the page only what changed is changed, and the reader's place in it is kept.

   Livereload's script, which follows this one, says when. Compared are the page as it was served and as it is now; what
   other scripts have made of it stays, unless it changed beneath them: then the page is loaded anew. */
"use strict";

(() => {
  const own = document.currentScript;
  const KEPT = "sitrep-preview";
  const LONGEST = 3000; // milliseconds that a stylesheet may take
  // Deferred, and the first of all scripts: nothing has changed the page yet.
  let shown = document.documentElement.cloneNode(true);
  let digest = own.dataset.page;

  class Stale extends Error {}

  /* The live node becomes what `next` is, given that it was made from `old`. */
  function patch(live, old, next, loading) {
    if (old.isEqualNode(next)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      live.data = next.data;
      return;
    }
    if (old.matches("script[data-page], noscript")) return;
    // What is only read by machines can change as any text does; what has been run can't.
    if (old.matches("script:not([type='application/ld+json'])")) throw new Stale();
    if (old.matches("link[rel=stylesheet]")) {
      loading.push(swapped(live, next));
      return;
    }
    for (const { name } of old.attributes) if (!next.hasAttribute(name)) live.removeAttribute(name);
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value) live.setAttribute(name, value);
    }
    patchInside(live, [...old.childNodes], [...next.childNodes], loading);
  }

  function patchInside(live, old, next, loading) {
    // What a theme's script has put in, and marked so, stays where it is.
    const nodes = [...live.childNodes].filter((node) => node !== host && node.dataset?.scripted === undefined);
    if (nodes.length !== old.length || nodes.some((node, at) => node.nodeName !== old[at].nodeName)) throw new Stale();
    let start = 0;
    while (start < old.length && start < next.length && old[start].isEqualNode(next[start])) start++;
    let end = 0;
    while (
      end < Math.min(old.length, next.length) - start &&
      old[old.length - 1 - end].isEqualNode(next[next.length - 1 - end])
    ) {
      end++;
    }
    const oldEnd = old.length - end;
    const nextEnd = next.length - end;
    // One after the other, as long as they are of a kind; what is left over goes, and what is new comes.
    while (start < oldEnd && start < nextEnd && isAlike(old[start], next[start])) {
      patch(nodes[start], old[start], next[start], loading);
      start++;
    }
    for (const node of nodes.slice(start, oldEnd)) node.remove();
    for (const node of next.slice(start, nextEnd)) {
      // One that comes in this way isn't run.
      if (node.nodeType === Node.ELEMENT_NODE && (node.matches("script") || node.querySelector("script"))) {
        throw new Stale();
      }
      live.insertBefore(document.importNode(node, true), nodes[oldEnd] ?? null);
    }
  }

  function isAlike(old, next) {
    return old.nodeName === next.nodeName && (old.id ?? "") === (next.id ?? "");
  }

  /* The new stylesheet is there before the old one goes: the page never stands without. */
  function swapped(live, next) {
    const fresh = document.importNode(next, true);
    return new Promise((done) => {
      fresh.onload = fresh.onerror = () => {
        live.remove();
        done();
      };
      live.after(fresh);
      setTimeout(fresh.onload, LONGEST);
    });
  }

  async function showPage() {
    let answer;
    try {
      answer = await fetch(location.href, { cache: "no-store" });
    } catch {
      return; // the preview has ended; one that begins again will tell
    }
    const moved = answer.status === 404 && answer.headers.get("X-Sitrep-Moved");
    if (moved) {
      location.replace(moved);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const script = page.querySelector("script[data-page]");
    const next = page.documentElement;
    const loading = [];
    try {
      if (answer.redirected || !script) throw new Stale();
      patch(document.documentElement, shown, next, loading);
    } catch {
      loadAnew(); // whatever it was: what is shown must be what was saved
      return;
    }
    await Promise.all(loading);
    shown = next;
    digest = script.dataset.page;
    window.LiveReload?.analyze(); // it may have changed again since the server told of it
  }

  const fields = () => [...document.querySelectorAll("input:not([type=hidden], [type=password]), select, textarea")];
  const folded = () => [...document.querySelectorAll("details")];

  function loadAnew() {
    const place = {
      url: location.href,
      at: [scrollX, scrollY],
      open: folded().map((details) => details.open),
      typed: fields().map((field) => field.value),
    };
    sessionStorage.setItem(KEPT, JSON.stringify(place));
    location.reload();
  }

  function takeUp() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    if (kept?.url !== location.href) return;
    folded().forEach((details, at) => (details.open = kept.open[at] ?? details.open));
    fields().forEach((field, at) => (field.value = kept.typed[at] ?? field.value));
    scrollTo(...kept.at);
  }

  /* The panel stands beside the page, where the theme's styles don't reach. */
  const host = document.createElement("sitrep-preview");
  const panel = document.createElement("div");
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("preview.css", own.src);
  host.attachShadow({ mode: "open" }).append(style, panel);

  async function showPanel() {
    const url = new URL("panel", own.src);
    url.searchParams.set("page", decodeURI(location.pathname));
    try {
      const told = await (await fetch(url, { cache: "no-store" })).text();
      panel.replaceChildren(...new DOMParser().parseFromString(told, "text/html").body.childNodes);
    } catch {
      return;
    }
    document.documentElement.append(host);
  }

  /* Does the work; asked again meanwhile, once more behind it: so it ends on the last. */
  function latest(work) {
    let running = false;
    let again = false;
    return async () => {
      again = true;
      if (running) return;
      running = true;
      while (again) {
        again = false;
        try {
          await work();
        } catch {
          // the next time is another one
        }
      }
      running = false;
    };
  }

  const page = latest(showPage);
  const told = latest(showPanel);

  window.LiveReloadPluginSitrep = class {
    static identifier = "sitrep";
    static version = "1";

    /* What the server wants to know of this page. */
    analyze() {
      return { page: digest };
    }

    /* Something is new at a path: true, as all of it is done here. */
    reload(path) {
      if (path === new URL("panel", own.src).pathname) told();
      else page();
      return true;
    }
  };

  takeUp();
})();
