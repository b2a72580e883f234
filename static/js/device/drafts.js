// What was written on this device and may not be with our server yet: a record a writing page, under
// `key`. In IndexedDB; where a browser has none, in localStorage. Every record names its person, and
// goes when another signs in here or its own signs out. Shared by pages and the worker.
const UNSENT = "trellis-unsent:draft:";
const OLDEST = 7 * 24 * 3600 * 1000; // milliseconds that a text is kept which our server has, too
const MOST = 5; // of those
const PATIENCE = 500; // milliseconds: a page that is reloaded lets go of its record a moment late

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Opened for each act: what clears this site's storage also closes what was open.
async function inDatabase(mode, act) {
  const opening = indexedDB.open("trellis", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("drafts", { keyPath: "key" });
  const database = await asked(opening);
  try {
    const change = database.transaction("drafts", mode);
    const done = new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = change.onerror = () => reject(change.error);
    });
    const result = await asked(act(change.objectStore("drafts")));
    await done;
    return result;
  } finally { database.close(); }
}

const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(UNSENT));
const plain = {
  put: (record) => localStorage.setItem(UNSENT + record.key, JSON.stringify(record)),
  all: () => kept().map((key) => JSON.parse(localStorage.getItem(key))),
  remove: (key) => localStorage.removeItem(UNSENT + key),
  clear: () => kept().forEach((key) => localStorage.removeItem(key)),
};
const database = {
  put: (record) => inDatabase("readwrite", (store) => store.put(record)),
  all: () => inDatabase("readonly", (store) => store.getAll()),
  remove: (key) => inDatabase("readwrite", (store) => store.delete(key)),
  clear: () => inDatabase("readwrite", (store) => store.clear()),
};

// One act after another, in the order in which they were asked for.
let last = Promise.resolve();
let where = null;
function inTurn(name, ...words) {
  const act = async () => {
    where ??= await database.all().then(() => database, () => plain);
    return where[name](...words);
  };
  last = last.then(act, act);
  return last;
}

self.trellisDrafts = {
  closed: false, // after signing out nothing is kept any more

  put(record) { return this.closed ? Promise.resolve() : inTurn("put", record); },
  all: () => inTurn("all"),
  remove: (key) => inTurn("remove", key),
  clear: () => inTurn("clear"),

  // What is another person's goes, and so does what our server has had for long.
  async belongTo(person) {
    const records = (await this.all()).sort((one, other) => other.at - one.at);
    const held = records.filter((record) => record.person === person && !record.unsent);
    for (const record of records) {
      const over = held.indexOf(record) >= MOST || (!record.unsent && record.at < Date.now() - OLDEST);
      if (record.person !== person || over) await this.remove(record.key);
    }
  },

  // Calls `act` while no other page, nor the worker, has the record; false when one has.
  async alone(key, act) {
    if (!self.navigator.locks) return act();
    const signal = AbortSignal.timeout(PATIENCE);
    try { return await navigator.locks.request(key, { signal }, act); } catch (error) {
      if (error.name !== "TimeoutError" && error.name !== "AbortError") throw error;
      return false;
    }
  },
};
