// Makes pages live: takes the parts marked data-live from the page as the server renders it now. Everything works without.
"use strict";
(() => {
  const body = document.body;
  let timer = 0, last = 0, request;

  // Puts the new parts in place; whoever is typing in one keeps it, and the focus goes back to where it was.
  const swap = (fresh) => {
    for (const old of document.querySelectorAll("[data-live][id]")) {
      const part = fresh.getElementById(old.id);
      if (!part || !old.isConnected || old.innerHTML === part.innerHTML) continue;
      const active = old.contains(document.activeElement) ? document.activeElement : null;
      if (active && active.matches("input, textarea, select")) continue;
      const name = active && (active.id || active.getAttribute("href"));
      old.innerHTML = part.innerHTML;
      if (name) [...old.querySelectorAll("[id], [href]")].find((e) => (e.id || e.getAttribute("href")) === name)?.focus();
    }
    body.toggleAttribute("data-busy", fresh.body.hasAttribute("data-busy"));
  };

  const load = async (address, then = swap) => {
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(address, { signal: request.signal, credentials: "same-origin" });
      if (!(answer.headers.get("content-type") || "").startsWith("text/html")) return;
      if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok) then(page);
    } catch { /* The next event or the next look tries again. */ }
  };

  // Looks again soon, at most once a second.
  const soon = () => {
    if (timer || document.hidden) return;
    timer = setTimeout(() => { timer = 0; last = Date.now(); load(location.href); }, Math.max(80, last + 1000 - Date.now()));
  };

  if (body.dataset.events && window.EventSource) {
    const events = new EventSource(body.dataset.events);
    for (const name of ["connections", "run", "setup", "resync"]) events.addEventListener(name, soon);
    addEventListener("pagehide", () => events.close());
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    document.addEventListener("visibilitychange", soon);
  }
  setInterval(() => { if (body.hasAttribute("data-busy")) soon(); }, 2000);

  // A form that is being checked says so, and how far the check is; it cannot be sent twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    if (form.method !== "post") return;
    form.dataset.sent = "yes";
    setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
    const standing = form.querySelector("[data-standing]");
    if (!standing || ["back", "cancel"].includes(event.submitter?.value)) return;
    standing.textContent = "Checking…";
    setInterval(() => load(location.href, (page) => {
      const rung = page.querySelector("[data-rung]");
      if (rung) standing.textContent = rung.textContent;
    }), 700);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.forms) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button")) button.disabled = false;
  });

  // Search as you type.
  const search = document.querySelector("[data-search]");
  search?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      const address = search.getAttribute("action") + "?" + new URLSearchParams(new FormData(search));
      history.replaceState(null, "", address);
      load(address);
    }, 150);
  });
})();
