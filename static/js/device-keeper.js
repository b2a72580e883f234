// What each page does for the texts that wait on this device: removes what is not the signed-in
// person's, sends what is, and readies the writing page to be opened without a network. Signing out
// takes everything along, after one last try to send; our server clears this site's storage as well.
const PAGES = "trellis-pages-";
const person = document.documentElement.dataset.person;
const forms = () => [...document.querySelectorAll("autosave-form")];

async function send() {
  const inHand = (record) => forms().some((form) => form.dataset.url === record.url);
  await trellisSending.sendAll(inHand).catch(() => {}); // later, then
}

async function tidy() {
  await trellisDrafts.belongTo(person);
  if (!self.caches) return;
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== PAGES + person) await caches.delete(name);
}

// On a writing page, and wherever Trellis was opened as an installed app.
async function ready(form) {
  await navigator.serviceWorker.register("/worker.js");
  const { active } = await navigator.serviceWorker.ready;
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => form?.opensOffline(data.ready);
  active.postMessage({ type: "prepare", person }, [channel.port2]);
}

if (person) {
  addEventListener("online", send);
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data.type !== "send") return;
    forms().forEach((form) => form.save());
    send();
  });
  tidy().then(send).catch(() => {});
  const form = document.querySelector("autosave-form[data-opens-offline]");
  const isInstalled = matchMedia("(display-mode: standalone)").matches;
  if ((form || isInstalled) && navigator.serviceWorker) addEventListener("load", () => ready(form).catch(() => {}));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-signs-out]")) return;
  forms().forEach((form) => form.leave());
  trellisDrafts.closed = true;
  trellisDrafts.clear().catch(() => {});
  self.caches?.keys().then((names) => names.filter((name) => name.startsWith(PAGES)).forEach((name) => caches.delete(name)));
  for (const key of Object.keys(localStorage)) if (key.startsWith("trellis-unsent:")) localStorage.removeItem(key);
});
