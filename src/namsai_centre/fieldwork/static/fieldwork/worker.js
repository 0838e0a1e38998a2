// Keeps the phone's page, and sends when the network is back, also when no page is open. The server puts before this:
// VERSION, KEPT, PAGE and BASE, and the page's own modules `store` and `send`. All of KEPT is fetched before the old copy
// goes, so that an update that breaks off leaves the old page whole; an update never touches data (IndexedDB).
const NAME = `namsai-fieldwork-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    await cache.addAll(KEPT.map((address) => new Request(address, { cache: "reload" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("namsai-fieldwork-") && name !== NAME) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (KEPT.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname, { cacheName: NAME }).then((kept) => kept || fetch(request)));
  } else if (request.mode === "navigate" && url.pathname.startsWith("/visits/")) {
    // A desk page without network: show the phone's page instead of the browser's error.
    event.respondWith(fetch(request).catch(() => caches.match(PAGE, { cacheName: NAME })));
  }
});

// Where the browser has Background Sync, it wakes the worker. Nobody logged in, or somebody else: it stays on the phone
// until its person opens the page. Network gone again, or the centre in trouble: the browser wakes us once more.
self.addEventListener("sync", (event) => {
  if (event.tag === "namsai-send") event.waitUntil(sendWaiting());
});

async function sendWaiting() {
  await store.open();
  const result = await send.send(BASE);
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage({ sent: result });
  if (["offline", "failed"].includes(result.state)) throw new Error(result.state);
}
