// The writing page without a network. Every page is asked of our server first, and nothing of an
// answer is kept: there is one blank page, put by when a writing page asks for it. It is answered with
// only when our server is out of reach, with an address of its own making for a new entry. In place of
// every other page there is one that says what needs the network.
const NEW = "/reflections/new/";
const EDIT = /^\/reflections\/([0-9a-f]{8}-[0-9a-f-]{27})\/edit\/$/;
const BLANK = "/reflections/blank/";
const OFFLINE = "/offline/";
const NOBODYS = "00000000-0000-0000-0000-000000000000";
const PAGES = "trellis-pages-"; // and the person's id
const FILES = "trellis-files";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode !== "navigate") {
    if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  } else if (url.pathname === NEW || EDIT.test(url.pathname)) event.respondWith(open(request, url));
  else event.respondWith(fetch(request).catch(nothing));
});

async function open(request, url) {
  try { return await fetch(request); } catch {
    const blank = await caches.match(BLANK);
    if (!blank) return nothing();
    const key = EDIT.exec(url.pathname)?.[1];
    if (!key) return Response.redirect(`/reflections/${crypto.randomUUID()}/edit/${url.search}`, 302);
    return new Response((await blank.text()).replaceAll(NOBODYS, key), { headers: blank.headers });
  }
}

async function nothing() {
  return (await caches.match(OFFLINE)) ?? Response.error();
}

async function file(request) {
  try { return await fetch(request); } catch {
    return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
  }
}

self.addEventListener("message", (event) => {
  if (event.data.type !== "prepare") return;
  const tell = (ready) => event.ports[0].postMessage({ ready });
  event.waitUntil(prepare(event.data.person).then(() => tell(true), () => tell(false)));
});

// The pages are put by last: where they are, all that they need is, too.
async function prepare(person) {
  const pages = await Promise.all([OFFLINE, BLANK].map((address) => ask(address, person)));
  const needed = pages.flatMap(({ html }) => [...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map(([, address]) => address));
  const files = await caches.open(FILES);
  await files.addAll(new Set(needed));
  for (const { url } of await files.keys()) if (!needed.includes(new URL(url).pathname)) await files.delete(url);
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== PAGES + person) await caches.delete(name);
  const cache = await caches.open(PAGES + person);
  for (const { address, html, headers } of pages) await cache.put(address, new Response(html, { headers }));
}

async function ask(address, person) {
  const answer = await fetch(address, { cache: "no-store" });
  const html = answer.ok && !answer.redirected ? await answer.text() : "";
  if (!html.includes(`data-person="${person}"`)) throw new Error("not this person's page");
  const said = ["Content-Type", "Content-Security-Policy", "Cache-Control", "Referrer-Policy"];
  const headers = said.filter((name) => answer.headers.has(name)).map((name) => [name, answer.headers.get(name)]);
  return { address, html, headers };
}
