// Keeps the phone's page. VERSION, KEPT and PAGE are put before this by the server. All of KEPT is fetched before the old
// copy goes, so that an update that breaks off leaves the old page whole; data (IndexedDB) are never touched here.
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
