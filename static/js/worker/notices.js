// Shows that something is new, and leads there. What is said is our server's, encrypted for this
// browser: a kind of thing and a path. A push that cannot be read still shows: browsers want it so.
self.addEventListener("push", (event) => {
  let said = {};
  try { said = event.data.json(); } catch { /* none of ours */ }
  event.waitUntil(self.registration.showNotification(said.title ?? "Trellis", {
    tag: said.tag, // a repeat takes the place of the first
    lang: said.language ?? "",
    icon: "/static/install/icon-192.png",
    badge: "/static/install/badge-96.png",
    data: { path: said.path ?? "/notices/" },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const to = new URL(event.notification.data.path, location.origin);
  if (to.origin === location.origin) event.waitUntil(lead(to.href));
});

// A page of ours that is in sight goes there, unless somebody writes in it; else a new one opens.
async function lead(href) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const free = pages.find(({ url }) => !/\/(new|edit)\//.test(new URL(url).pathname));
  try {
    await free.focus();
    await free.navigate(href);
  } catch {
    await self.clients.openWindow(href);
  }
}
