// Makes pages live: brings the parts marked data-live, none inside another, up to what the server renders now.
// Everything works without.
"use strict";
(() => {
  const body = document.body;
  let timer = 0, last = Date.now(), request;

  // Changes only what differs, so that nothing flickers, focus stays, and what somebody typed is theirs.
  const match = (old, fresh) => {
    if (old.nodeName !== fresh.nodeName || old.id !== fresh.id) return old.replaceWith(fresh);
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) return old.replaceWith(fresh);
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    const wanted = [...fresh.childNodes];
    const kept = new Set(wanted.map((child) => child.id).filter(Boolean));
    for (const child of [...old.childNodes]) if (child.id && !kept.has(child.id)) child.remove();
    wanted.forEach((child, index) => {
      const there = old.childNodes[index];
      const own = child.id && [...old.children].find((other) => other.id === child.id);
      if (own && own !== there) old.insertBefore(own, there);
      const here = own || there;
      if (here && (own || !here.id)) match(here, child); else old.insertBefore(child, there || null);
    });
    while (old.childNodes.length > wanted.length) old.lastChild.remove();
  };

  // Whether somebody has begun to answer the question that a part shows.
  const isAnswered = (part) => [...part.querySelectorAll("input, textarea, select")].some((control) => control.options
    ? control.selectedIndex !== Math.max(0, [...control.options].findIndex((option) => option.defaultSelected))
    : control.value !== control.defaultValue || control.checked !== control.defaultChecked);

  const swap = (fresh) => {
    for (const old of document.querySelectorAll("[data-live][id]")) {
      const part = fresh.getElementById(old.id);
      const step = old.querySelector("[data-step]");
      if (!part || (step && !fresh.getElementById(step.id) && isAnswered(step))) continue;
      match(old, part);
    }
    document.title = fresh.title;
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

  // Looks again soon, at most twice a second.
  const soon = () => {
    if (timer || document.hidden) return;
    timer = setTimeout(() => { timer = 0; last = Date.now(); load(location.href); }, Math.max(80, last + 500 - Date.now()));
  };

  if (body.dataset.events && window.EventSource) {
    let events;
    const listen = () => {
      events = new EventSource(body.dataset.events);
      for (const name of ["connections", "run", "setup", "notices", "resync"]) events.addEventListener(name, soon);
      // A browser gives up for good when somebody in between answers instead of the server.
      events.addEventListener("error", () => {
        if (events.readyState === EventSource.CLOSED) setTimeout(() => { listen(); soon(); }, 5000);
      });
    };
    listen();
    addEventListener("pagehide", () => events.close());
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    document.addEventListener("visibilitychange", soon);
    setInterval(soon, 60000);
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
    form.classList.add("sent");
    const climb = form.querySelector("[data-climb]");
    setInterval(() => load(location.href, (page) => {
      const rung = page.querySelector("[data-rung]");
      if (rung && standing.textContent !== rung.textContent) standing.textContent = rung.textContent;
      const ladder = rung && page.querySelector("[data-ladder]");
      if (!ladder) return;
      if (climb.firstElementChild) match(climb.firstElementChild, ladder); else climb.append(ladder);
    }), 400);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.forms) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button")) button.disabled = false;
  });

  // A notice is said once: loading the page again does not repeat it.
  const here = new URL(location.href);
  if (here.searchParams.has("notice")) {
    here.searchParams.delete("notice");
    history.replaceState(history.state, "", here);
  }

  // Search as you type.
  const search = document.querySelector("[data-search]");
  let typing = 0;
  search?.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      const address = search.getAttribute("action") + "?" + new URLSearchParams(new FormData(search));
      history.replaceState(history.state, "", address);
      load(address);
    }, 150);
  });
})();
