/**
 * What every text needs while it is typed: a copy in this browser at once, a save a second after the last key and at
 * most three seconds after the first, again and again while the server cannot be reached, and a question before the
 * page goes only when neither has it. How a text is saved and what is said of it differ: `ways`.
 *
 * @typedef {{
 *   name: string, saved: string, signal?: AbortSignal,
 *   send: () => void, copy: () => object, isOver: () => boolean, say: (trouble: string) => void, ask: () => void,
 *   idle?: () => void,
 * }} Ways
 * `name` of the copy; `saved`: what the server has at first; `send` saves; `copy`: what to keep in this browser, unless
 * it `isOver`; `ask` for a new session; `idle` is told that somebody came back to a page whose text is saved.
 */
import * as copies from "./copies.js";
import { snapshot } from "./fields.js";
import { gettext } from "./texts.js";

const REST = 1000; // ms without a key until a save
const LONGEST = 2500; // ms from the first unsaved key, however long the typing lasts
const COPY = 150; // ms between two copies in this browser, while keys come too
const SENDING = 15000; // ms that a form which was sent may take before its text is saved as unsent again
const RETRIES = [1000, 2000, 4000, 8000, 15000, 30000];

const keepers = new Set();
const each = (act) => { for (const keeper of keepers) act(keeper); };

/** Try to save all that is not saved, as after signing in again. */
export const saveAll = () => each((keeper) => keeper.save());

/** @param {HTMLFormElement} form @param {Ways} ways */
export function createKeeper(form, ways) {
  let failures = 0;
  let firstKey = 0;
  let heldUntil = 0;
  let saveTimer, copyTimer;
  const keeper = {
    saved: ways.saved, isBusy: false, isStopped: false, hasCopy: false,
    isDirty, changed, keep, write, drop, save, hold, confirm, fail, end, comeBack,
  };
  form.autocomplete = "off"; // what was typed comes back from the copies, not from the browser's memory of fields
  keepers.add(keeper);
  ways.signal?.addEventListener("abort", end);
  copies.hold(ways.name);

  function isDirty() {
    return snapshot(form) !== keeper.saved;
  }

  function changed() {
    heldUntil = 0; // whoever types on has not left with what was sent
    firstKey ||= Date.now();
    copyTimer ||= setTimeout(keep, COPY);
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, Math.max(0, Math.min(REST, firstKey + LONGEST - Date.now())));
  }

  /** Keep the text in this browser for as long as it needs to be; `urgent` asks the disk not to wait. */
  function keep(urgent) {
    clearTimeout(copyTimer);
    copyTimer = 0;
    if (keeper.isStopped || !keepers.has(keeper)) return;
    if (ways.isOver()) drop();
    else write(ways.copy(), urgent === true);
  }

  function write(copy, urgent) {
    copies.write(ways.name, { ...copy, at: Date.now() }, urgent);
    keeper.hasCopy = true;
  }

  function drop() {
    if (keeper.hasCopy) copies.drop(ways.name);
    keeper.hasCopy = false;
  }

  function save() {
    clearTimeout(saveTimer);
    if (keeper.isStopped || keeper.isBusy || !keepers.has(keeper) || !form.isConnected || !isDirty()) return;
    if (Date.now() < heldUntil) return void (saveTimer = setTimeout(save, heldUntil - Date.now()));
    firstKey = 0;
    ways.send();
    if (!keeper.isBusy) saveTimer = setTimeout(save, REST); // htmx has not taken the form up yet
  }

  /** The form was sent: a save on the way beside it would be one of an older text. */
  function hold() {
    keep(true);
    heldUntil = Date.now() + SENDING;
  }

  /** The server has this text; what was typed since follows. @param {string} text */
  function confirm(text) {
    keeper.saved = text;
    failures = heldUntil = 0;
    keep();
    if (isDirty()) changed();
  }

  /** A save failed. @param {number} [status] of the answer, if one came */
  function fail(status) {
    heldUntil = 0;
    keep(true);
    if (status === 401 || status === 403) {
      tell(gettext("Signed out."));
      return ways.ask();
    }
    const away = navigator.onLine ? gettext("Can't reach the server.") : gettext("Offline.");
    tell(status ? gettext("The server can't save right now.") : away);
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, RETRIES[Math.min(failures++, RETRIES.length - 1)]);
  }

  /** What went wrong, and whether this browser has the text. @param {string} trouble */
  function tell(trouble) {
    const where = copies.isKeeping() ? gettext("Saved on this device") : gettext("Not saved: keep this page open");
    ways.say(`${trouble} ${where}`);
  }

  function end() {
    for (const timer of [saveTimer, copyTimer]) clearTimeout(timer);
    keepers.delete(keeper);
  }

  function comeBack() {
    if (isDirty()) save();
    else ways.idle?.();
  }

  keeper.offline = () => form.isConnected && isDirty() && tell(gettext("Offline."));
  keeper.isAtRisk = () => form.isConnected && isDirty() && !keeper.isStopped && !copies.isKeeping();
  return keeper;
}

for (const moment of ["online", "focus"]) window.addEventListener(moment, () => each((keeper) => keeper.comeBack()));
for (const moment of ["pagehide", "blur"]) window.addEventListener(moment, () => each((keeper) => keeper.keep(true)));
window.addEventListener("offline", () => each((keeper) => keeper.offline()));
document.addEventListener("visibilitychange", () => each((keeper) => {
  if (!document.hidden) return keeper.comeBack();
  keeper.keep(true);
  return keeper.save();
}));
window.addEventListener("beforeunload", (event) => {
  each((keeper) => keeper.keep(true));
  if ([...keepers].some((keeper) => keeper.isAtRisk())) event.preventDefault();
});
