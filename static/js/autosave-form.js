// <autosave-form data-url data-person> around a form with a hidden "version": sends what is written
// after a pause, on leaving a field and on leaving the page, and says truthfully where it is.
// Our server answers 200 {version, saved_at}, 409 {version, answers} or 422 {errors}.
// A hidden "page" names this page, so that it may go on when an answer to it was lost on the way.
// Only text that the server has not got is kept in this browser, under the person's id, with `base`:
// the version it was written on. Until a conflict is settled that is not the version to send.
const UNSENT = "trellis-unsent:";
const PAUSE = 1500;

class AutosaveForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.key = `${UNSENT}${this.dataset.person}:${this.dataset.url}`;
    this.base = this.version.value;
    this.gone = new AbortController();
    const on = (where, what, act) => where.addEventListener(what, act, { signal: this.gone.signal });
    on(this.form, "input", () => this.touched());
    on(this.form, "focusout", () => this.save());
    on(this.form, "submit", (event) => this.beforeSubmit(event));
    on(this, "draft-settled", () => { this.held = false; this.base = this.version.value; this.touched(); this.save(); });
    on(window, "online", () => this.save());
    on(window, "pagehide", () => { if (this.dirty) { this.keep(); this.save({ keepalive: true }); } });
    // An event that <draft-conflict> does not hear yet would leave the person without a choice.
    customElements.whenDefined("draft-conflict").then(() => this.isConnected && this.recover());
  }

  disconnectedCallback() { this.gone.abort(); clearTimeout(this.timer); }

  get version() { return this.form.elements.version; }

  texts() {
    const skip = ["csrfmiddlewaretoken", "version", "page"];
    return Object.fromEntries([...new FormData(this.form)].filter(([name]) => !skip.includes(name)));
  }

  touched() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    if (this.sending && !keepalive) await this.sending;
    if (!this.dirty || this.held) return !this.held;
    this.dirty = false;
    this.say("saving");
    this.sending = fetch(this.dataset.url, {
      method: "POST", body: new FormData(this.form), keepalive, redirect: "manual",
      headers: { Accept: "application/json" },
    }).then((response) => this.answered(response)).catch(() => this.failed("unsaved"))
      .finally(() => { this.sending = null; });
    return this.sending;
  }

  async answered(response) {
    if (response.status === 401 || response.status === 403 || response.type === "opaqueredirect") return this.failed("signedOut");
    if (response.status === 422) return this.failed("refused");
    if (response.status !== 200 && response.status !== 409) return this.failed("unsaved");
    const answer = await response.json();
    this.version.value = answer.version;
    if (response.status === 409) return this.conflict(answer.answers);
    this.base = answer.version;
    localStorage.removeItem(this.key);
    const zone = document.documentElement.dataset.zone || undefined;
    const format = { hour: "numeric", minute: "2-digit", timeZone: zone, timeZoneName: "short" };
    const time = new Date(answer.saved_at).toLocaleTimeString(document.documentElement.lang, format).replace(/\s([AP])M\b/, (_, half) => ` ${half.toLowerCase()}.m.`);
    this.say(this.dirty ? "saving" : "saved", time);
    return true;
  }

  failed(state) { this.dirty = true; this.keep(); this.say(state); return false; }

  conflict(answers) {
    this.held = true;
    this.failed("conflict");
    this.dispatchEvent(new CustomEvent("draft-conflict", { detail: answers, bubbles: true }));
    return false;
  }

  keep() { if (!this.signedOut) localStorage.setItem(this.key, JSON.stringify({ version: String(this.base), texts: this.texts() })); }

  recover() {
    const kept = JSON.parse(localStorage.getItem(this.key) || "null");
    if (!kept || JSON.stringify(kept.texts) === JSON.stringify(this.texts())) return localStorage.removeItem(this.key);
    const theirs = this.texts();
    for (const [name, text] of Object.entries(kept.texts)) if (this.form.elements[name]) this.form.elements[name].value = text;
    this.dirty = true;
    this.base = kept.version;
    return this.base === this.version.value ? this.save() : this.conflict(theirs);
  }

  async beforeSubmit(event) {
    if (!this.dirty && !this.sending) return;
    event.preventDefault();
    if (await this.save() && !this.dirty) this.form.requestSubmit(event.submitter);
  }

  say(state, time = "") {
    const line = this.querySelector("[data-saved-state]");
    line.className = `saved-state saved-state--${state === "saved" || state === "saving" ? state : "unsaved"}`;
    line.querySelector("span").textContent = line.dataset[state].replace("{time}", time);
  }
}
customElements.define("autosave-form", AutosaveForm);

// Signing out takes the unsent text along: one last try to send it, then nothing stays here.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-signs-out]")) return;
  for (const form of document.querySelectorAll("autosave-form")) {
    form.signedOut = true;
    form.save({ keepalive: true });
  }
  for (const key of Object.keys(localStorage)) if (key.startsWith(UNSENT)) localStorage.removeItem(key);
});
