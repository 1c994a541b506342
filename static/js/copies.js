/**
 * Texts that the server has not confirmed, kept in this browser under the name of the page they are typed on,
 * so that two tabs never touch each other's. Each stands in two places: localStorage has it before a page goes,
 * IndexedDB has it when the browser itself is killed; the newer one counts. A page that lives holds a lock of
 * its name: a copy whose lock is free was left behind.
 */
const STORE = "texts";
const KIND = /^(review|text):/; // how the names of all copies begin
const PATIENCE = 2000; // ms for the lock of a page that is just going, and for a database that does not open
const DAY = 86_400_000; // ms for which a dropped copy is known to be dropped, whichever place forgot it

const held = new Set();
let database;
let isLocal = true;
const opened = Promise.race([open(), new Promise((done) => setTimeout(done, PATIENCE))]);

/** Whether pages can tell which other pages live (not so without https). */
export const knowsOthers = Boolean(navigator.locks);

/** False when this browser keeps nothing, as some do in private windows. */
export const isKeeping = () => isLocal || Boolean(database);

/** Keep a copy; `urgent` also asks the disk not to wait. */
export function write(name, copy, urgent = false) {
  const text = JSON.stringify(copy);
  try {
    localStorage.setItem(name, text);
    isLocal = true;
  } catch { isLocal = false; }
  change((store) => store.put(text, name), urgent ? "strict" : "relaxed");
}

/** The server has it: the words go, the hour stays, so that an older copy of them is not taken for news. */
export function drop(name) {
  write(name, { at: Date.now() });
}

/** What pages that live no more left behind in this place, newest first; from now on it is this page's. */
export async function findLeft(place) {
  const copies = await read();
  for (const { name, at, fields } of copies) if (!fields && Date.now() - at > DAY) forget(name);
  const words = copies.filter(({ name, fields }) => fields && name.startsWith(`${place}/`));
  const isFree = await Promise.all(words.map(({ name }) => hold(name)));
  return words.filter((_, n) => isFree[n]).sort((a, b) => b.at - a.at);
}

/** Hold the lock of this name for as long as the page lives; false when another page does. */
export function hold(name) {
  if (held.has(name) || !knowsOthers) return Promise.resolve(true);
  return new Promise((done) => {
    navigator.locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, () => {
      held.add(name);
      done(true);
      return new Promise(() => {});
    }).catch(() => done(false));
  });
}

async function read() {
  await opened;
  const found = new Map();
  const take = (name, text) => {
    try {
      const copy = JSON.parse(text);
      if (!(found.get(name)?.at >= copy.at)) found.set(name, { ...copy, name });
    } catch { /* not ours */ }
  };
  try {
    for (const name of Object.keys(localStorage)) if (KIND.test(name)) take(name, localStorage.getItem(name));
  } catch { isLocal = false; }
  if (database) {
    try {
      const store = database.transaction(STORE).objectStore(STORE);
      const [names, texts] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
      names.forEach((name, n) => take(name, texts[n]));
    } catch { /* the other place is read already */ }
  }
  return [...found.values()];
}

function forget(name) {
  try { localStorage.removeItem(name); } catch { isLocal = false; }
  change((store) => store.delete(name), "relaxed");
}

async function open() {
  try {
    const asked = indexedDB.open("reviewapp", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    database = await answer(asked);
    database.onclose = () => { database = undefined; open(); };
  } catch { /* localStorage alone, then */ }
}

function change(work, durability) {
  if (!database) return;
  try {
    const act = database.transaction(STORE, "readwrite", { durability });
    work(act.objectStore(STORE));
    act.commit();
  } catch { database = undefined; }
}

function answer(asked) {
  return new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}
