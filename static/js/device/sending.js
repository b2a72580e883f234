// Sends a record (drafts.js) to our server. A record that is sent twice is saved once: it carries the
// key of its draft, the page that it was written on and the version that this page knew.
// Answers {state, answer, token}; state is "saved", "conflict", "refused", "signedOut",
// "someoneElse", or "unsaved" for all that may go better later.
const WHO = "/reflections/drafts/";
const STATES = { 200: "saved", 400: "refused", 401: "signedOut", 404: "refused", 409: "conflict", 413: "refused", 422: "refused" };
const asScript = { Accept: "application/json" };

function post(record, token, keepalive = false) {
  const body = new FormData();
  for (const [name, text] of Object.entries(record.texts)) body.append(name, text);
  body.append("version", record.version);
  body.append("page", record.page);
  body.append("at", record.at); // what was sent earlier may come later
  body.append("csrfmiddlewaretoken", token);
  if (record.wanted === "keep") body.append("keep", "1");
  return fetch(record.url, { method: "POST", body, keepalive, redirect: "manual", headers: asScript });
}

self.trellisSending = {
  post,

  // A token that is gone (its person signed in anew, or the page lay on the device) is asked for once
  // more, and with it who is signed in now: another person's words are sent by nobody else.
  async deliver(record, token) {
    let response = token ? await post(record, token) : null;
    if (!response || response.status === 403 || response.type === "opaqueredirect") {
      const who = await fetch(WHO, { headers: asScript, redirect: "manual" });
      if (who.status === 401 || who.type === "opaqueredirect") return { state: "signedOut", token };
      if (who.status !== 200) return { state: "unsaved", token };
      const { person, token: fresh } = await who.json();
      if (String(person) !== record.person) return { state: "someoneElse", token };
      token = fresh;
      response = await post(record, token);
    }
    const state = STATES[response.status] ?? "unsaved";
    const speaks = [200, 409, 422].includes(response.status);
    return { state, answer: speaks ? await response.json() : null, token };
  },

  // All that no open page has in hand. Raises when our server is out of reach.
  async sendAll(except = () => false) {
    const waiting = (await trellisDrafts.all()).filter((record) => record.unsent && !record.held && !except(record));
    for (const { key } of waiting) await trellisDrafts.alone(key, () => this.sendOne(key));
  },

  async sendOne(key) {
    const record = (await trellisDrafts.all()).find((each) => each.key === key);
    if (!record?.unsent || record.held) return;
    const { state, answer } = await this.deliver(record, "");
    if (state === "unsaved") throw new Error("out of reach");
    if (state === "someoneElse") await trellisDrafts.remove(key);
    if (state === "conflict" || state === "refused") await trellisDrafts.put({ ...record, held: state });
    if (state === "saved" && answer.kept) await trellisDrafts.remove(key);
    else if (state === "saved") await trellisDrafts.put({ ...record, version: String(answer.version), unsent: false, wanted: "" });
  },
};
