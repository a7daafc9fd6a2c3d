// Keeps how the pages look and move at hand. Pages themselves are never kept: they hold what was said.
const cache = "edgewise-VERSION";

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== cache).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || !address.pathname.startsWith("/static/")) return;
  event.respondWith(
    caches.open(cache).then(async (kept) => {
      const found = await kept.match(event.request);
      if (found) return found;
      const fresh = await fetch(event.request);
      if (fresh.ok) kept.put(event.request, fresh.clone());
      return fresh;
    }),
  );
});
