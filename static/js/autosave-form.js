// <autosave-form data-url data-person> around a form with a hidden "version": keeps what is written
// on this device from the first letter (device/drafts.js), sends it after a pause, on leaving a field
// and on leaving the page (device/sending.js), and says truthfully where it is.
// A hidden "page" names this page, so that it may go on when an answer to it was lost on the way.
// `base` is the version that the text was written on: until a conflict is settled not the one to send.
// data-shell: the page lay on the device, and our server may know more. data-draft: not kept yet;
// then the text stays on the device also when our server has it, to be opened without a network.
const PAUSE = 1500;
const RETRY = 5000;

class AutosaveForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.shell = this.hasAttribute("data-shell");
    if (this.page && crypto.randomUUID) this.page.value = crypto.randomUUID();
    if (this.shell) this.form.elements.session.value = new URLSearchParams(location.search).get("session") ?? "";
    this.base = this.version.value;
    this.gone = new AbortController();
    this.take(`${this.dataset.person}:${this.dataset.url}:${this.page?.value ?? ""}`);
    const on = (where, what, act) => where.addEventListener(what, act, { signal: this.gone.signal });
    on(this.form, "input", () => this.touched());
    on(this.form, "focusout", () => this.save());
    on(this.form, "submit", (event) => this.beforeSubmit(event));
    on(this, "draft-settled", () => { this.held = false; this.base = this.version.value; this.touched(); this.save(); });
    on(this, "pointerdown", () => { this.pressed = true; });
    for (const released of ["pointerup", "pointercancel"]) on(window, released, () => setTimeout(() => this.released()));
    on(window, "online", () => this.save());
    on(window, "focus", () => this.signedOut && this.save());
    on(window, "pagehide", () => this.sendLast());
    // An event that <draft-conflict> does not hear yet would leave the person without a choice.
    customElements.whenDefined("draft-conflict").then(() => this.isConnected && this.recover());
  }

  disconnectedCallback() { this.gone.abort(); clearTimeout(this.timer); }

  get version() { return this.form.elements.version; }
  get page() { return this.form.elements.page; }
  get token() { return this.form.elements.csrfmiddlewaretoken; }

  // While this page is open nobody else sends what is under `key`.
  take(key) {
    this.key = key;
    navigator.locks?.request(key, { signal: this.gone.signal }, () => new Promise((free) => {
      this.gone.signal.addEventListener("abort", free);
    })).catch(() => {});
  }

  texts() {
    const skip = ["csrfmiddlewaretoken", "version", "page"];
    return Object.fromEntries([...new FormData(this.form)].filter(([name]) => !skip.includes(name)));
  }

  record(unsent = true) {
    const { person, url } = this.dataset;
    const held = this.held ? "conflict" : "";
    const boxes = [...this.querySelectorAll(".prompt")].map((box) => [box.querySelector("textarea").name, box.querySelector("label").textContent]);
    return { key: this.key, person, url, page: this.page?.value ?? "", version: String(this.base), texts: this.texts(), boxes, unsent, held, wanted: this.wanted ?? "", at: Date.now() };
  }

  // Whether the device has it: only then does the page say so.
  async keep(unsent = true) {
    try { await trellisDrafts.put(this.record(unsent)); return true; } catch { return false; }
  }

  async drop(key = this.key) { await trellisDrafts.remove(key).catch(() => {}); }

  touched() {
    this.dirty = true;
    this.wanted = "";
    this.keep().then((kept) => this.dirty && !this.sending && !this.held && this.state !== "unsaved" && this.say(kept ? "kept" : "nowhere"));
    this.later(PAUSE);
  }

  later(milliseconds) { clearTimeout(this.timer); if (this.isConnected) this.timer = setTimeout(() => this.save(), milliseconds); }

  async save() {
    clearTimeout(this.timer);
    while (this.sending) await this.sending;
    if (!this.dirty || this.held) return !this.held;
    this.dirty = false;
    this.say("saving");
    this.sending = trellisSending.deliver(this.record(), this.token?.value ?? "")
      .then((said) => this.answered(said)).catch(() => this.failed("unsaved"))
      .finally(() => { this.sending = null; });
    return this.sending;
  }

  sendLast() {
    if (!this.dirty || this.held) return;
    this.keep();
    trellisSending.post(this.record(), this.token?.value ?? "", true).catch(() => {});
  }

  async answered({ state, answer, token }) {
    if (this.token) this.token.value = token;
    this.signedOut = state === "signedOut";
    if (state === "someoneElse") return location.assign("/"); // which removes what is not theirs
    if (state !== "saved" && state !== "conflict") return this.failed(state, Object.values(answer?.errors ?? {}).flat()[0]);
    this.version.value = answer.version;
    if (state === "conflict") return this.conflict(answer.answers);
    this.base = answer.version;
    this.wanted = "";
    this.asked = false;
    if (answer.kept && !this.dirty) { await this.drop(); location.assign(answer.url); return false; }
    if (!this.dirty) await (this.hasAttribute("data-draft") ? this.keep(false) : this.drop());
    const zone = document.documentElement.dataset.zone || undefined;
    const format = { hour: "numeric", minute: "2-digit", timeZone: zone, timeZoneName: "short" };
    const time = new Date(answer.saved_at).toLocaleTimeString(document.documentElement.lang, format).replace(/\s([AP])M\b/, (_, half) => ` ${half.toLowerCase()}.m.`);
    this.say(this.dirty ? "saving" : "saved", time);
    return true;
  }

  async failed(state, why = "") {
    this.dirty = true;
    const kept = await this.keep();
    this.say(kept ? this.wanted && state === "unsaved" ? "waiting" : state : "nowhere", "", why);
    if (state !== "unsaved") return false;
    this.later(RETRY);
    this.askWorker();
    return false;
  }

  // To send it when the network is back, should this page be closed by then.
  askWorker() {
    if (this.asked) return;
    this.asked = true;
    navigator.serviceWorker?.getRegistration().then((worker) => worker?.sync?.register("trellis-drafts")).catch(() => {});
  }

  conflict(answers) {
    this.held = true;
    this.failed("conflict");
    this.dispatchEvent(new CustomEvent("draft-conflict", { detail: answers, bubbles: true }));
    return false;
  }

  // What a page left behind that is gone: the newest of this address goes on here, as the same page.
  async recover() {
    const { person, url } = this.dataset;
    const own = this.key;
    const left = (await trellisDrafts.all().catch(() => [])).filter((each) => each.person === person && each.url === url && each.key !== own);
    for (const record of left.sort((one, other) => other.at - one.at)) {
      if (!record.unsent && !this.shell) await this.drop(record.key);
      else if (await trellisDrafts.alone(record.key, () => true)) return this.goOn(record);
    }
    if (this.hasAttribute("data-draft") && !this.dirty && Number(this.base)) await this.keep(false);
  }

  goOn(record) {
    const theirs = this.texts();
    this.take(record.key);
    if (this.page) this.page.value = record.page;
    this.base = record.version;
    this.wanted = record.wanted;
    this.dispatchEvent(new CustomEvent("draft-found", { detail: record, bubbles: true }));
    for (const [name, text] of Object.entries(record.texts)) if (this.form.elements[name]) this.form.elements[name].value = text;
    if (!record.unsent) { this.version.value = record.version; return this.say("kept"); }
    this.dirty = true;
    return record.held === "conflict" && !this.shell ? this.conflict(theirs) : this.save();
  }

  async beforeSubmit(event) {
    const button = event.submitter;
    const offline = this.shell || !navigator.onLine;
    if (!this.dirty && !this.sending && !offline) return this.wentOn(button);
    event.preventDefault();
    const wanted = button?.hasAttribute("formaction") ? "" : button?.name === "keep" ? "keep" : "later";
    if (offline) Object.assign(this, { dirty: true, wanted });
    const saved = await this.save();
    if (!saved && this.state === "unsaved" && wanted) { this.wanted = wanted; await this.failed("unsaved"); }
    if (saved && !this.dirty) { this.shell = false; this.form.requestSubmit(button); }
  }

  wentOn(button) { if (button?.name === "keep") this.drop(); }

  // Signing out: one last try to send, and nothing stays here.
  leave() { this.sendLast(); this.dirty = false; clearTimeout(this.timer); this.gone.abort(); }

  opensOffline(can) { this.querySelector("[data-opens]").hidden = !can; }

  // A line that grows moves the button under the finger that presses it, and the press is none.
  released() {
    this.pressed = false;
    if (this.unsaid) this.say(...this.unsaid);
  }

  say(state, time = "", why = "") {
    this.state = state;
    this.unsaid = this.pressed ? [state, time, why] : null;
    if (this.unsaid) return;
    const line = this.querySelector("[data-saved-state]");
    const calm = ["saved", "saving", "kept"].includes(state) ? state : "unsaved";
    line.className = `saved-state saved-state--${calm}`;
    line.querySelector("span").textContent = [line.dataset[state].replace("{time}", time), why].filter(Boolean).join(" ");
    this.querySelector("[data-sign-in]")?.toggleAttribute("hidden", state !== "signedOut");
  }
}
customElements.define("autosave-form", AutosaveForm);
