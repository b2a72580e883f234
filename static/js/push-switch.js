// <push-switch data-key>: on a press, and not before, asks the browser for leave to show notices, and
// sends where they are to go. Marks which of the listed browsers this one is.
const octets = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

class PushSwitch extends HTMLElement {
  connectedCallback() {
    if (!self.PushManager || !self.Notification || !navigator.serviceWorker) return;
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.turnOn().catch(() => this.show("problem"));
    });
    this.look().catch(() => this.show("offer"));
  }

  async look() {
    const worker = await navigator.serviceWorker.getRegistration();
    const held = await worker?.pushManager.getSubscription();
    const row = held && [...document.querySelectorAll("[data-endpoint]")].find(({ dataset }) => dataset.endpoint === held.endpoint);
    if (row) row.querySelector("[data-this]").hidden = false;
    else await held?.unsubscribe(); // it was taken away, here or from another device
    this.show(row ? "shows" : Notification.permission === "denied" ? "refused" : "offer");
  }

  async turnOn() {
    if (await Notification.requestPermission() !== "granted") return this.show("refused");
    await navigator.serviceWorker.register("/worker.js");
    const worker = await navigator.serviceWorker.ready;
    const held = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: octets(this.dataset.key) });
    const { endpoint, p256dh, auth } = this.form.elements;
    endpoint.value = held.endpoint;
    p256dh.value = text(held.getKey("p256dh"));
    auth.value = text(held.getKey("auth"));
    this.form.submit();
  }

  show(which) {
    for (const name of ["offer", "shows", "refused", "problem", "unable"]) this.querySelector(`[data-${name}]`).hidden = name !== which;
  }
}
customElements.define("push-switch", PushSwitch);
