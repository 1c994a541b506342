/**
 * The care for a text that is typed into a form with `data-care` (whose it is): kept in this browser at once and on
 * the server at most three seconds later, under the address of the form; it comes back after a reload, a closed tab or
 * an ended session, and goes when the form has been sent. papers/writing/views.py.
 */
import * as copies from "./copies.js";
import { getServerText, put, read, snapshot } from "./fields.js";
import { createRenewal } from "./renewal.js";
import { gettext } from "./texts.js";

const REST = 1000; // ms without a key until a save
const LONGEST = 2500; // ms from the first unsaved key
const DRAFTS = "/drafts/";
const RETRIES = [1000, 2000, 4000, 8000, 15000, 30000];
const writer = crypto.randomUUID?.() || String(Math.random()).slice(2);
const kept = new Map(); // form -> its care
let renewal;

/** Take up every form of the page that is not taken up yet. */
export async function care() {
  for (const form of kept.keys()) if (!form.isConnected) kept.delete(form);
  const fresh = [...document.querySelectorAll("form[data-care]:not([data-care=''])")].filter((form) => !kept.has(form));
  if (!fresh.length) return;
  const cares = fresh.map(begin);
  const asked = new URLSearchParams(cares.map(({ place }) => ["place", place]));
  let drafts = {};
  try {
    const response = await fetch(`${DRAFTS}?${asked}`);
    if (response.ok && !response.redirected) drafts = await response.json();
  } catch { /* this browser's copies, then */ }
  for (const one of cares) one.restore(drafts[one.place]);
}

function begin(form) {
  const place = new URL(form.action).pathname;
  const name = `text:${form.dataset.care}:${place}`;
  const empty = getServerText(form);
  let saved = empty; // what the server has
  let version = 0;
  let failures = 0;
  let firstKey = 0;
  let isBusy = false;
  let saveTimer;
  const line = form.querySelector("[data-care-state]") ?? addLine(form);
  const one = { place, restore, save, isOpen: () => form.isConnected && snapshot(form) !== saved };
  kept.set(form, one);
  copies.hold(`${name}/${writer}`);

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => keep(true));
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt !== form) return;
    if (detail.successful) return sent();
    keep();
    if (detail.xhr.status === 401 || detail.xhr.status === 403) askAgain();
  });

  function changed() {
    firstKey ||= Date.now();
    keep();
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, Math.max(0, Math.min(REST, firstKey + LONGEST - Date.now())));
  }

  function keep(isSent = false) {
    if (snapshot(form) === empty) return copies.drop(`${name}/${writer}`);
    copies.write(`${name}/${writer}`, { fields: read(form), version, isSent, at: Date.now() }, isSent);
  }

  function sent() {
    clearTimeout(saveTimer);
    copies.drop(`${name}/${writer}`);
    saved = snapshot(form);
  }

  async function save() {
    clearTimeout(saveTimer);
    if (isBusy || !one.isOpen()) return;
    [firstKey, isBusy] = [0, true];
    const text = snapshot(form);
    let response;
    try {
      const body = new URLSearchParams({ place, version, fields: text });
      const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
      response = await fetch(DRAFTS, { method: "POST", body, headers });
    } catch { /* away */ }
    isBusy = false;
    if (!form.isConnected) return;
    if (response?.ok || response?.status === 409) return answered(response, text);
    if (response?.status === 401 || response?.status === 403) {
      say(gettext("Signed out."));
      return askAgain();
    }
    say(navigator.onLine ? gettext("Can't reach the server.") : gettext("Offline."));
    saveTimer = setTimeout(save, RETRIES[Math.min(failures++, RETRIES.length - 1)]);
  }

  async function answered(response, text) {
    const draft = await response.json();
    failures = 0;
    ({ version } = draft);
    if (response.status === 409) {
      if (draft.fields.length) showOther(draft.fields);
    } else {
      saved = text;
      line.textContent = gettext("Draft saved");
    }
    if (one.isOpen()) changed();
  }

  /** What an earlier visit left; the text that is not in the fields is shown beside them. */
  async function restore(draft) {
    version = draft?.version ?? 0;
    const left = await copies.findLeft(name);
    const news = [];
    for (const copy of left) {
      const isOver = copy.version < version && (copy.isSent || !draft.fields.length);
      if (isOver) copies.drop(copy.name);
      else news.push(copy);
    }
    const texts = [...news.map(({ fields }) => fields), ...(draft?.fields.length ? [draft.fields] : [])];
    if (draft?.fields.length) saved = JSON.stringify(draft.fields);
    if (!texts.length || !form.isConnected) return;
    if (snapshot(form) === empty) {
      put(form, texts[0], "");
      form.closest("details")?.setAttribute("open", "");
      line.textContent = gettext("We restored text that hadn't been sent.");
    }
    for (const fields of texts) if (JSON.stringify(fields) !== snapshot(form)) showOther(fields);
    keep();
    for (const copy of news) if (copy.name !== `${name}/${writer}`) copies.drop(copy.name);
    if (one.isOpen()) changed();
  }

  /** Another text of this form: readable, and never lost by a save. */
  function showOther(fields) {
    const words = fields.filter(([field]) => form.elements[field]?.type !== "hidden").map(([, text]) => text).join("\n\n");
    if (!words.trim() || [...form.querySelectorAll(".care-other pre")].some((pre) => pre.textContent === words)) return;
    const other = document.createElement("details");
    const [summary, text] = [document.createElement("summary"), document.createElement("pre")];
    other.className = "care-other";
    summary.textContent = gettext("Another version of this text was saved elsewhere");
    text.textContent = words;
    other.append(summary, text);
    line.before(other);
  }

  function say(trouble) {
    const where = copies.isKeeping() ? gettext("Saved on this device") : gettext("Not saved: keep this page open");
    line.textContent = `${trouble} ${where}`;
  }

  function askAgain() {
    renewal ??= createRenewal(addDialog(), form.dataset.care, saveAll, new AbortController().signal);
    renewal.ask();
  }

  return one;
}

function saveAll() {
  for (const one of kept.values()) one.save();
}

function addLine(form) {
  const line = document.createElement("p");
  line.className = "meta";
  line.dataset.careState = "";
  line.setAttribute("role", "status");
  form.append(line);
  return line;
}

/** Where a member signs in again, for pages that have no such place. */
function addDialog() {
  const dialog = document.createElement("dialog");
  const session = document.createElement("div");
  dialog.className = "dialog";
  dialog.dataset.url = "/session/";
  session.id = "session";
  dialog.append(session);
  document.body.append(dialog);
  return dialog;
}

for (const moment of ["online", "focus"]) window.addEventListener(moment, saveAll);
document.addEventListener("visibilitychange", () => document.hidden && saveAll());
window.addEventListener("beforeunload", (event) => {
  if (!copies.isKeeping() && [...kept.values()].some((one) => one.isOpen())) event.preventDefault();
});
