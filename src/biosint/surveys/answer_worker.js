// Opens a questionnaire without a line, once it has been opened with one. It sees only the addresses below the
// answer pages, keeps nothing else, and never touches what is sent. docs/adr/0024 says why.

const KEPT = "biosint-answer-1";
const PATIENCE = 6_000; // milliseconds: on a very weak line the kept page is better than a white one
const isPage = (url) => /^\/surveys\/a\/[a-z0-9-]+\/$/.test(url.pathname);

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("biosint-answer") && name !== KEPT) await caches.delete(name);
    await self.clients.claim();
  })());
});

async function keep(address, parts) {
  const cache = await caches.open(KEPT);
  // Only the very first page came past this script; later ones are kept as they are opened.
  if (!(await cache.match(address))) {
    const response = await fetch(address, { credentials: "same-origin" });
    if (response.ok && isPage(new URL(response.url))) await cache.put(address, response);
  }
  for (const part of parts) {
    if (!(await cache.match(part))) await cache.add(part).catch(() => {});
  }
}

self.addEventListener("message", (event) => {
  const { keep: address, forget, parts = [], ticket } = event.data;
  if (address && isPage(new URL(address))) event.waitUntil(keep(address, parts));
  // A spent ticket opens nothing; a page for everybody stays for the next person at this device.
  if (forget && ticket) event.waitUntil(caches.open(KEPT).then((cache) => cache.delete(forget)));
});

async function page(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request.url);
  const asked = fetch(request).then(async (response) => {
    if (response.ok) await cache.put(request.url, response.clone());
    // Gone for good. Any other refusal may pass, and the kept page is all there is without a line.
    else if (response.status === 404 || response.status === 410) await cache.delete(request.url);
    return response.status >= 500 && kept ? kept : response;
  });
  if (!kept) return asked;
  const patience = new Promise((resolve) => { setTimeout(resolve, PATIENCE, kept); });
  return Promise.race([asked.catch(() => kept), patience]).then((response) => response.clone());
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (fault) {
    const kept = await caches.match(request.url);
    if (!kept) throw fault;
    return kept;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && isPage(url)) event.respondWith(page(event.request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(event.request));
});
