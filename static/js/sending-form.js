// <sending-form data-person> around a form that is sent once: without a network what was typed is
// kept in this browser, under the person's id, and goes out by itself when the connection is back.
// Sent twice is as once on our server. Then the page that the server answers with is opened.
const UNSENT = "trellis-unsent:";
const RETRY = 4000;

class SendingForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.key = `${UNSENT}${this.dataset.person}:${this.form.getAttribute("action")}`;
    this.gone = new AbortController();
    const on = (where, what, act) => where.addEventListener(what, act, { signal: this.gone.signal });
    on(this.form, "input", () => this.keep());
    on(this.form, "submit", (event) => { event.preventDefault(); this.wanted = true; this.send(); });
    on(window, "online", () => { if (this.wanted) this.send(); });
    this.recover();
  }

  disconnectedCallback() { this.gone.abort(); clearTimeout(this.timer); }

  async send() {
    if (this.sending) return;
    clearTimeout(this.timer);
    this.sending = true;
    this.keep();
    this.say("sending");
    try {
      const response = await fetch(this.form.action, { method: "POST", body: new FormData(this.form) });
      if (response.status >= 500) throw new Error(response.status);
      if (response.status === 401 || response.status === 403 || new URL(response.url).pathname.startsWith("/accounts/")) return this.say("signedOut");
      this.wanted = false;
      if (response.status === 422) return this.refused(await response.text());
      localStorage.removeItem(this.key);
      const there = new URL(response.url);
      if (there.pathname === location.pathname) location.reload();
      else location.assign(there);
    } catch {
      this.say("waiting");
      this.timer = setTimeout(() => this.send(), RETRY);
    } finally { this.sending = false; }
  }

  // The same form as the server shows it again, what is to be mended beside it.
  refused(html) {
    const theirs = new DOMParser().parseFromString(html, "text/html").querySelector("main form:not([hx-post])");
    if (!theirs) return this.form.submit();
    const old = this.form.querySelectorAll(".error-summary, .field");
    old[0].before(...theirs.querySelectorAll(".error-summary, .field"));
    old.forEach((part) => part.remove());
    this.querySelector("[data-sending-state]").hidden = true;
    this.querySelector(".error-summary")?.focus();
  }

  typed() { return [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken"); }

  keep() { localStorage.setItem(this.key, JSON.stringify({ wanted: this.wanted, typed: this.typed() })); }

  recover() {
    const kept = JSON.parse(localStorage.getItem(this.key) || "null");
    if (!kept) return;
    for (const [name, value] of kept.typed) {
      const field = this.form.elements[name];
      if (field?.type === "checkbox") field.checked = true;
      else if (field) field.value = value;
    }
    this.wanted = kept.wanted;
    if (this.wanted) this.send();
  }

  say(state) {
    const line = this.querySelector("[data-sending-state]");
    line.hidden = false;
    line.classList.toggle("saved-state--unsaved", state !== "sending");
    line.querySelector("span").textContent = line.dataset[state];
  }
}
customElements.define("sending-form", SendingForm);
