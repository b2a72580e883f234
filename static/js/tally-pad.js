// <tally-pad data-url data-person> around the pad's form: a press counts at once, is kept on this device
// under a key of its own, and goes out in batches; our server counts a key once, however often it
// comes. Without a form inside (on a review's questions) it only sends what a pad left on the device.
const UNSENT = "trellis-unsent:tallies:"; // and the person's id; signing out removes it
const PAUSE = 600;
const RETRY = 4000;
const LONGEST = 4 * 3600; // seconds, as on our server

const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

class TallyPad extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.kept = `${UNSENT}${this.dataset.person}:${this.dataset.url}`;
    this.unsent = this.recover();
    this.gone = new AbortController();
    this.clock = { ran: Number(this.dataset.ran) || 0, from: this.hasAttribute("data-runs") ? Date.now() : null };
    const on = (where, what, act) => where.addEventListener(what, act, { signal: this.gone.signal });
    on(window, "online", () => this.send());
    on(window, "focus", () => this.signedOut && this.send());
    on(window, "pagehide", () => this.send({ keepalive: true }));
    on(document, "submit", (event) => { if (event.target.matches("[data-signs-out]")) this.leave(); });
    if (this.form) this.ready(on);
    if (this.waits) this.later(0);
  }

  disconnectedCallback() { this.gone.abort(); clearTimeout(this.timer); clearInterval(this.ticking); }

  ready(on) {
    this.pressed = JSON.parse(this.querySelector("#pressed").textContent);
    const known = new Set(this.pressed.map(([key]) => key));
    const fresh = this.unsent.presses.filter(({ key }) => !known.has(key) && !this.unsent.undone.includes(key));
    for (const { key, item } of fresh) this.count(key, item); // what the page that our server made has not got
    for (const key of this.unsent.undone.filter((each) => known.has(each))) this.uncount(key);
    on(this.form, "submit", (event) => { event.preventDefault(); this.act(event.submitter); });
    on(this, "keydown", (event) => this.typed(event));
    this.ticking = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  get waits() { return this.unsent.presses.length + this.unsent.undone.length; }

  act(button) {
    if (button?.hasAttribute("data-undoes")) this.undo();
    else if (button?.hasAttribute("data-turns")) this.turn();
    else if (button?.name === "item") this.press(button.value);
  }

  typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const pressed = event.key.toLowerCase();
    const button = this.form.querySelector(`[data-key="${CSS.escape(pressed)}"]`);
    if (pressed === "p") this.turn();
    else if (pressed === "backspace") this.undo();
    else if (button) this.press(button.value);
    else return;
    event.preventDefault();
  }

  press(item) {
    if (this.signedOff) return;
    const key = newKey();
    if (!this.clock.from && !this.clock.ran) this.turn(true); // the first press starts it
    this.unsent.presses.push({ key, item, at: Date.now(), second: this.elapsed() });
    this.count(key, item);
    this.changed();
  }

  undo() {
    const last = this.pressed.at(-1);
    if (!last || this.signedOff) return;
    this.unsent.undone.push(last[0]);
    this.uncount(last[0]);
    this.changed();
  }

  count(key, item) { this.pressed.push([key, item]); this.add(item, 1); }

  uncount(key) {
    const [[, item]] = this.pressed.splice(this.pressed.findIndex((each) => each[0] === key), 1);
    this.add(item, -1);
  }

  add(item, n) {
    const count = this.button(item)?.querySelector("[data-count]");
    if (!count) return;
    count.textContent = Math.max(Number(count.textContent) + n, 0);
    this.say(item, count.textContent);
  }

  button(item) { return this.form.querySelector(`[name="item"][value="${CSS.escape(item)}"]`); }

  say(item, n) {
    const words = this.button(item).querySelector(".pad__item").textContent;
    this.querySelector("[data-said]").textContent = this.dataset.counted.replace("{item}", words).replace("{n}", n);
    const undo = this.querySelector("[data-undoes]");
    if (undo === document.activeElement && !this.pressed.length) this.focus(); // where the keys work
    undo.disabled = !this.pressed.length;
  }

  elapsed() { return Math.min(this.clock.ran + (this.clock.from ? (Date.now() - this.clock.from) / 1000 : 0), LONGEST); }

  turn(quietly = false) {
    this.clock = { ran: this.elapsed(), from: this.clock.from ? null : Date.now() };
    this.turned = true;
    this.tick();
    if (!quietly) this.changed();
  }

  tick() {
    const seconds = Math.floor(this.elapsed());
    const turns = this.querySelector("[data-turns] span");
    const words = this.clock.from ? this.dataset.pause : this.dataset.start;
    this.querySelector("[data-clock]").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (turns.textContent !== words) turns.textContent = words;
  }

  changed() { this.keep(); if (!this.trouble) this.tell("sending"); this.later(PAUSE); }

  later(milliseconds) { clearTimeout(this.timer); if (this.isConnected) this.timer = setTimeout(() => this.send(), milliseconds); }

  recover() {
    try { return JSON.parse(localStorage.getItem(this.kept)) ?? { presses: [], undone: [] }; } catch { return { presses: [], undone: [] }; }
  }

  // Whether the device has it: only then does the page say so.
  keep() {
    try {
      if (this.waits) localStorage.setItem(this.kept, JSON.stringify(this.unsent));
      else localStorage.removeItem(this.kept);
      this.safe = true;
    } catch { this.safe = false; }
  }

  batch() {
    const presses = this.unsent.presses.map(({ at, ...press }) => ({ ...press, ago: Math.max(Date.now() - at, 0) / 1000 }));
    const clock = this.form ? { ran: this.elapsed(), runs: Boolean(this.clock.from) } : null;
    return { presses, undone: [...this.unsent.undone], clock };
  }

  async send({ keepalive = false } = {}) {
    if (this.signedOff || (this.sending && !keepalive) || !(this.waits || this.turned)) return;
    clearTimeout(this.timer);
    const batch = this.batch();
    if (!keepalive) this.sending = true;
    this.turned = false;
    try {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      body.append("batch", JSON.stringify(batch));
      const response = await fetch(this.dataset.url, { method: "POST", body, keepalive, redirect: "manual", headers: { Accept: "application/json" } });
      this.signedOut = response.status === 401 || response.status === 403 || response.type === "opaqueredirect";
      if (this.signedOut) this.tell("signedOut");
      else if (response.status === 409) this.over("submitted");
      else if (response.status === 404 || response.status === 422) this.over("refused");
      else if (!response.ok) throw new Error(response.status);
      else this.taken(batch, await response.json());
    } catch {
      this.turned = true;
      this.tell(this.safe === false ? "nowhere" : "waiting");
      this.later(RETRY);
    } finally { if (!keepalive) this.sending = false; }
  }

  taken({ presses, undone }, { counts, scores }) {
    const came = new Set(presses.map(({ key }) => key));
    this.unsent.presses = this.unsent.presses.filter(({ key }) => !came.has(key));
    this.unsent.undone = this.unsent.undone.filter((key) => !undone.includes(key));
    this.keep();
    if (!this.form) return this.fillIn(counts);
    if (this.waits || this.turned) return this.later(PAUSE);
    this.tell("saved");
    for (const [item, n] of Object.entries(counts)) this.button(item).querySelector("[data-count]").textContent = n;
    const page = new DOMParser().parseFromString(scores, "text/html");
    this.querySelector("[data-scores]").replaceChildren(...page.body.childNodes);
  }

  // Among the review's questions: what came from the pad is shown, and is answered there.
  fillIn(counts) {
    this.tell("saved");
    for (const [item, n] of Object.entries(counts)) {
      const field = document.querySelector(`[name="item-${CSS.escape(item)}"]`);
      if (field && n) Object.assign(field, { value: n, disabled: true });
    }
  }

  // Nothing more is taken here: what was not counted is said, and kept until the page goes.
  over(state) {
    this.signedOff = true;
    this.tell(state);
    localStorage.removeItem(this.kept);
  }

  leave() { this.send({ keepalive: true }); this.signedOff = true; }

  tell(state) {
    const line = this.querySelector("[data-state]");
    const calm = state === "saved" || state === "sending";
    this.trouble = !calm;
    line.hidden = false;
    line.setAttribute("aria-live", calm ? "off" : "polite"); // the counts are read out already
    line.className = `saved-state saved-state--${calm ? "saved" : "unsaved"}`;
    const words = line.dataset[state].replace("{n}", this.waits);
    if (line.lastElementChild.textContent !== words) line.lastElementChild.textContent = words;
    this.querySelector("[data-sign-in]").hidden = state !== "signedOut";
  }
}
customElements.define("tally-pad", TallyPad);
