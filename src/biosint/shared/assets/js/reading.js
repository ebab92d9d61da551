// Pages that were opened can be read without a line. The worker does the keeping; here it is called and spoken for.
const root = document.documentElement;
const notice = document.querySelector("[data-kept-notice]");

if (root.dataset.reads && navigator.serviceWorker) {
  const wasThere = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker
    .register(root.dataset.reads, { scope: "/" })
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => {
      if (wasThere) return;
      const parts = performance.getEntriesByType("resource").map((part) => part.name).filter((name) => new URL(name).pathname.startsWith("/static/"));
      active.postMessage({ keep: location.href.split("#")[0], parts: [...new Set(parts)] });
    })
    .catch(() => { /* an old or careful browser: pages then need a line */ });
}

const written = (at) => new Intl.DateTimeFormat(root.lang, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));

if (root.dataset.keptAt && notice) {
  notice.querySelector("time").textContent = written(root.dataset.keptAt);
  notice.querySelector("time").dateTime = root.dataset.keptAt;
  notice.hidden = false;
  // Loading it anew by itself could take words away that are being written.
  addEventListener("online", () => { notice.querySelector("a").hidden = false; });
  notice.querySelector("a").hidden = !navigator.onLine;
}

const shelf = document.querySelector("[data-kept-pages]");
if (shelf && globalThis.caches) {
  const cache = await caches.open("biosint-read-1");
  for (const key of (await cache.keys()).reverse()) {
    if (new URL(key.url).pathname === location.pathname || new URL(key.url).pathname === "/ui/away/") continue;
    const answer = await cache.match(key);
    const title = new DOMParser().parseFromString(await answer.text(), "text/html").title.replace(/ · BIOSINT$/, "");
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = key.url;
    link.textContent = title;
    row.append(link, ` ${written(answer.headers.get("Kept-At"))}`);
    shelf.append(row);
  }
  document.querySelector("[data-kept-none]").hidden = shelf.children.length > 0;
  const clear = document.querySelector("[data-kept-clear]");
  clear.hidden = shelf.children.length === 0;
  clear.addEventListener("click", async () => {
    await caches.delete("biosint-read-1");
    shelf.replaceChildren();
    clear.hidden = true;
    document.querySelector("[data-kept-none]").hidden = false;
  });
}
