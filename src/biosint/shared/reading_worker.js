// Keeps pages that were opened, so that they can be read without a line. Decision 0045.
// Only pages whose answer names their reader are kept; a page of another reader drops all that was kept.
const PAGES = "biosint-read-1";
const PARTS = "biosint-parts-1";
const AWAY = "/ui/away/";
const READER = "Biosint-Reader";
const MOST_PAGES = 300;
const MOST_PARTS = 400;
const MOST_PICTURE = 2_000_000;
// A weak line may take its time; after this, what was kept is shown instead.
const PATIENCE = 8000;

const forget = () => caches.delete(PAGES);

async function prune(name, most) {
  const cache = await caches.open(name);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key);
}

/** Put a copy in, with the moment it was kept; the newest stands last. */
async function put(cache, address, answer) {
  const headers = new Headers(answer.headers);
  headers.set("Kept-At", new Date().toISOString());
  const body = await answer.arrayBuffer();
  await cache.delete(address);
  await cache.put(address, new Response(body, { status: 200, headers }));
}

async function keep(address, answer) {
  const reader = answer.headers.get(READER);
  const cache = await caches.open(PAGES);
  const some = (await cache.keys()).find((key) => new URL(key.url).pathname !== AWAY);
  const before = some && (await cache.match(some)).headers.get(READER);
  if (before && before !== reader) {
    await forget();
    return keep(address, answer);
  }
  // First the page that stands in for others, in the reader's language.
  const away = await cache.match(AWAY);
  if (away?.headers.get("Content-Language") !== answer.headers.get("Content-Language")) {
    const fresh = await fetch(AWAY).catch(() => null);
    if (fresh?.ok) await put(cache, AWAY, fresh);
  }
  await put(cache, address, answer);
  await prune(PAGES, MOST_PAGES);
}

/** A kept page, which says of itself from when it is. */
async function kept(address) {
  const answer = await (await caches.open(PAGES)).match(address);
  if (!answer) return null;
  const text = (await answer.text()).replace("<html ", `<html data-kept-at="${answer.headers.get("Kept-At")}" `);
  return new Response(text, { status: 200, headers: answer.headers });
}

async function page(event) {
  const address = event.request.url.split("#")[0];
  const asked = fetch(event.request);
  const arrived = asked.then(async (answer) => {
    if (answer.ok && answer.headers.has(READER)) await keep(address, answer.clone()).catch(() => null);
    // Whoever may not read it any more, may not read it here either.
    else if ([403, 404, 410].includes(answer.status)) await (await caches.open(PAGES)).delete(address);
    return answer;
  });
  event.waitUntil(arrived.catch(() => null));
  const late = new Promise((resolve) => { setTimeout(() => resolve(null), PATIENCE); });
  try {
    return (await Promise.race([asked, late])) ?? (await kept(address)) ?? (await asked);
  } catch {
    return (await kept(address)) ?? (await kept(new URL(AWAY, address).href)) ?? Response.error();
  }
}

/** Styles, scripts, fonts: their names change with what they hold. Pictures of pages: as they were. */
async function part(request, isNamedByContent) {
  const cache = await caches.open(PARTS);
  const known = await cache.match(request.url);
  if (known && isNamedByContent) return known;
  try {
    const answer = await fetch(request);
    const size = Number(answer.headers.get("Content-Length") ?? 0);
    if (answer.status === 200 && size <= MOST_PICTURE) {
      await cache.put(request.url, answer.clone());
      await prune(PARTS, MOST_PARTS);
    }
    return answer;
  } catch (fault) {
    if (known) return known;
    throw fault;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  // Signing in or out: the device may be somebody else's now.
  if (request.method === "POST" && url.pathname.startsWith("/account/log")) event.waitUntil(forget());
  if (request.method !== "GET" || request.headers.has("Range")) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request, /\.[0-9a-f]{12}\./.test(url.pathname)));
  else if (request.destination === "image") event.respondWith(part(request, false));
});

// The first page was opened before this script was there.
self.addEventListener("message", (event) => {
  const { keep: address, parts } = event.data ?? {};
  if (event.data === "forget") event.waitUntil(forget());
  if (!address) return;
  event.waitUntil((async () => {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.ok && answer.headers.has(READER)) await keep(address, answer);
    await (await caches.open(PARTS)).addAll(parts);
  })());
});
