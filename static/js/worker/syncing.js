// What waits on the device goes out when the network is back, also when no page is open any more.
// An open page has the newest words: it is asked to send them.
self.addEventListener("sync", (event) => {
  if (event.tag === "trellis-drafts") event.waitUntil(sendOut());
});

async function sendOut() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!pages.length) return trellisSending.sendAll();
  for (const page of pages) page.postMessage({ type: "send" });
  // It may be closed before it could: then the browser asks the worker once more, later.
  if ((await trellisDrafts.all()).some(({ unsent, held }) => unsent && !held)) throw new Error("not sent yet");
}
