// <shared-notes data-url data-person> around the notes' form: saves after a pause, and takes in what
// others wrote while nothing of ours waits. The server merges; this page only says from which version
// it went on, so an answer that comes while one types is left alone and the next save goes on from it.
// What our server has not got is kept in this browser under the person's id, and tried again.
const UNSENT = "trellis-unsent:";
const PAUSE = 1200;
const RETRY = 4000;

class SharedNotes extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.form.elements.text;
    this.kept = `${UNSENT}${this.dataset.person}:${this.dataset.url}:`;
    this.gone = new AbortController();
    this.hold(this.form.elements.page.value);
    const on = (where, what, act) => where.addEventListener(what, act, { signal: this.gone.signal });
    on(this.form, "input", () => this.touched());
    on(this.text, "blur", () => this.save());
    on(this.form, "submit", (event) => { event.preventDefault(); this.dirty = true; this.save(); });
    on(window, "online", () => this.save());
    on(window, "pagehide", () => { if (this.dirty) { this.keep(); this.save({ keepalive: true }); } });
    on(document, "submit", (event) => { if (event.target.matches("[data-signs-out]")) this.leave(); });
    on(document, "htmx:afterSettle", () => this.look());
    this.recover();
  }

  disconnectedCallback() { this.gone.abort(); clearTimeout(this.timer); }

  touched() { this.dirty = true; this.keep(); this.later(PAUSE); }

  later(milliseconds) { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), milliseconds); }

  async save({ keepalive = false } = {}) {
    if (!this.dirty || (this.sending && !keepalive)) return;
    clearTimeout(this.timer);
    this.sending = true;
    this.say("saving");
    const sent = this.text.value;
    try {
      const response = await fetch(this.dataset.url, {
        method: "POST", body: new FormData(this.form), keepalive, redirect: "manual",
        headers: { Accept: "application/json" },
      });
      if (response.status === 401 || response.status === 403 || response.type === "opaqueredirect") return this.say("signedOut");
      if (response.status === 422) return this.say("refused");
      if (!response.ok) throw new Error(response.status);
      this.saved(sent, await response.json());
    } catch {
      this.say("unsaved");
      this.later(RETRY);
    } finally { this.sending = false; }
  }

  saved(sent, answer) {
    if (this.text.value !== sent) return this.later(PAUSE);
    this.dirty = false;
    this.forget();
    this.take(answer);
    this.recover();
  }

  // What the page on show says of the notes' version; the moving part is asked for every few seconds.
  async look() {
    const newest = Number(document.getElementById("live")?.dataset.notes);
    if (this.dirty || this.sending || !(newest > Number(this.form.elements.version.value))) return;
    const response = await fetch(this.dataset.url, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    if (response?.ok && !this.dirty && !this.sending) this.take(await response.json());
  }

  take({ version, text, saved_at }) {
    if (this.dirty || version < Number(this.form.elements.version.value)) return;
    this.form.elements.version.value = version;
    if (this.text.value !== text) this.replace(text);
    if (saved_at) this.say("saved", saved_at);
  }

  // The caret stays by the words it stood by: counted from the front, or from the back behind a change.
  replace(text) {
    const { value: was, selectionStart: start, selectionEnd: end } = this.text;
    const place = (at) => (text.startsWith(was.slice(0, at)) ? at : Math.max(0, text.length - (was.length - at)));
    this.text.value = text;
    if (document.activeElement === this.text) this.text.setSelectionRange(place(start), place(end));
  }

  // Each page keeps its own, and while it is open nobody else goes on from it: two tabs are two pages.
  get key() { return this.kept + this.form.elements.page.value; }

  keep() {
    if (this.signedOut) return;
    const { version, text } = this.form.elements;
    localStorage.setItem(this.key, JSON.stringify({ version: version.value, text: text.value }));
  }

  // One last try to send; autosave-form clears what is kept here.
  leave() { this.signedOut = true; this.save({ keepalive: true }); }

  forget() { localStorage.removeItem(this.key); }

  // Until the page goes; false where another holds it.
  hold(page) {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((tell) => {
      navigator.locks.request(this.kept + page, { ifAvailable: true }, (lock) => {
        tell(Boolean(lock));
        return lock && new Promise((free) => { this.gone.signal.addEventListener("abort", free); });
      });
    });
  }

  // The words left behind go out as from the page they were written on; the server merges them.
  async recover() {
    const left = Object.keys(localStorage).find((key) => key.startsWith(this.kept));
    if (!left || !(await this.hold(left.slice(this.kept.length))) || this.dirty) return;
    const { version, text } = JSON.parse(localStorage.getItem(left));
    this.form.elements.page.value = left.slice(this.kept.length);
    this.form.elements.version.value = version;
    this.text.value = text;
    this.dirty = true;
    this.save();
  }

  say(state, at = "") {
    const line = this.querySelector("[data-saved-state]");
    line.className = `saved-state saved-state--${state === "saved" || state === "saving" ? state : "unsaved"}`;
    const format = { hour: "numeric", minute: "2-digit", timeZone: document.documentElement.dataset.zone || undefined, timeZoneName: "short" };
    const time = at && new Date(at).toLocaleTimeString(document.documentElement.lang, format).replace(/\s([AP])M\b/, (_, half) => ` ${half.toLowerCase()}.m.`);
    line.querySelector("span").textContent = line.dataset[state].replace("{time}", time);
  }
}
customElements.define("shared-notes", SharedNotes);
