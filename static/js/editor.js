/**
 * The review editor. Every key is kept twice: in the browser at once, and on the server at most three
 * seconds after the last key. "Saved" stands only after the server has confirmed; the browser's copy is
 * dropped only then. Form, draft view and both texts of a conflict: papers/reviews/views.py.
 */
import { addItem, equip } from "./writing.js";

const REST = 1000; // ms without a key until a save
const LONGEST = 2500; // ms from the first unsaved key, however long the typing lasts
const PREVIEW = 600;
const RETRIES = [1000, 2000, 4000, 8000, 15000, 30000];

let leaving = new AbortController();
begin();
// A refused publication swaps a new form in: it is taken up like a fresh page.
document.body.addEventListener("htmx:afterSettle", () => {
  const form = document.getElementById("review-form");
  if (form && !form.dataset.isKept) begin();
});

function begin() {
  const editor = document.querySelector("[data-editor]");
  const form = document.getElementById("review-form");
  if (!editor || !form) return;
  leaving.abort();
  leaving = new AbortController();
  form.dataset.isKept = "yes";
  start(editor, form, { signal: leaving.signal });
}

function start(editor, form, still) {
  const key = `review:${editor.dataset.editor}`;
  const handle = editor.dataset.editor.split("/")[0];
  const dialog = document.getElementById("sign-in-again");
  let copy = read() || {};
  let writer = copy.writer || crypto.randomUUID?.() || String(Math.random()).slice(2);
  let turn = copy.turn || 0;
  let sent = "";
  let failures = 0;
  let firstKey = 0;
  let isStopped = false;
  let isBusy = false;
  let isRenewing = false;
  let saveTimer, previewTimer, copyTimer;
  let kept = "unsaved" in editor.dataset ? "" : snapshot();

  // The page says "Press Save draft" until this runs: it never promises what nobody does.
  if (!document.querySelector("#saved time")) say("Nothing typed yet");
  restore();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("htmx:configRequest", ({ detail }) => {
    if (!isSaving(detail)) return; // help inside the form asks the server too
    Object.assign(detail.parameters, { writer, turn: ++turn });
    sent = snapshot();
    isBusy = true;
    if (detail.path.endsWith("/draft/")) say("Saving");
    keep();
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => isSaving(detail.requestConfig) && answered(detail));
  document.body.addEventListener("draft-saved", ({ detail }) => saved(detail.stamp), still);
  document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id === "session" || detail.elt?.id === "session") signedIn();
  }, still);
  window.addEventListener("online", () => isDirty() && save(), still);
  window.addEventListener("offline", () => isDirty() && say("Offline: kept on this device"), still);
  for (const moment of ["pagehide", "blur"]) window.addEventListener(moment, keep, still);
  window.addEventListener("beforeunload", (event) => {
    keep();
    if (isDirty() && !read()) event.preventDefault(); // only when the browser could not keep it
  }, still);
  form.querySelector("[data-save]").addEventListener("click", (event) => { event.preventDefault(); save(); });
  form.querySelector("[data-preview]").addEventListener("click", (event) => { event.preventDefault(); preview(); });
  document.querySelector("[data-discard]")?.addEventListener("click", () => { drop(); isStopped = true; });
  document.addEventListener("keydown", shortcut, still);
  dialog.addEventListener("close", () => { isRenewing = false; }, still);
  equip(form);
  // htmx takes the page up when it is complete; a preview asked for earlier would not be heard
  if (document.readyState === "complete") preview();
  else window.addEventListener("load", preview, { once: true });

  function isSaving(request) {
    return request?.verb === "post" && /\/review\/(draft\/)?$/.test(request.path);
  }

  /** All that a member types or chooses, as one string. */
  function snapshot() {
    return JSON.stringify(fields());
  }

  function fields() {
    const data = new FormData(form);
    for (const name of ["csrfmiddlewaretoken", "stamp", "writer", "turn"]) data.delete(name);
    return [...data.entries()].map(([name, value]) => [name, String(value).replace(/\r\n/g, "\n")]);
  }

  function isDirty() {
    return snapshot() !== kept;
  }

  function changed(event) {
    if (event && !event.target.name) return;
    firstKey ||= Date.now();
    clearTimeout(copyTimer);
    copyTimer = setTimeout(keep, 150);
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, Math.max(0, Math.min(REST, firstKey + LONGEST - Date.now())));
    clearTimeout(previewTimer);
    previewTimer = setTimeout(preview, PREVIEW);
  }

  /** Keep the text in this browser until the server has confirmed it. */
  function keep() {
    clearTimeout(copyTimer);
    if (isStopped) return;
    if (!isDirty()) return isBusy || drop();
    copy = { fields: fields(), stamp: form.elements.stamp.value, writer, turn, at: Date.now() };
    write(copy);
  }

  function save() {
    clearTimeout(saveTimer);
    if (isStopped || isBusy || dialog.open) return;
    if (!isDirty()) return;
    firstKey = 0;
    htmx.trigger(form, "save-draft");
  }

  function saved(stamp) {
    form.elements.stamp.value = stamp;
    kept = sent;
    failures = 0;
    if (isDirty()) { keep(); changed(); } else { drop(); }
  }

  function answered({ xhr, requestConfig }) {
    isBusy = false;
    if (xhr.status >= 200 && xhr.status < 400) {
      if (xhr.getResponseHeader("HX-Redirect")) { kept = snapshot(); drop(); isStopped = true; }
      else if (isDirty() && requestConfig?.path.endsWith("/draft/")) changed();
      return;
    }
    keep();
    if (xhr.status === 409) return conflict();
    if (xhr.status === 422) return;
    if (xhr.status === 401 || xhr.status === 403) return renewSession();
    say(xhr.status ? "The server cannot save just now: kept on this device" : "Offline: kept on this device");
    saveTimer = setTimeout(save, RETRIES[Math.min(failures++, RETRIES.length - 1)]);
  }

  /** Both texts stand on the page now; this copy goes when the member has put one together. */
  function conflict() {
    isStopped = true;
    const stamp = document.querySelector("[data-conflict] [name=stamp]")?.value;
    write({ ...copy, seen: stamp });
    document.querySelector("[data-conflict] form")?.addEventListener("submit", () => {
      write({ ...copy, seen: stamp, isResolved: true });
    });
  }

  function renewSession() {
    say("Signed out: kept on this device");
    if (isRenewing) return; // the form that is open already must not be fetched anew under her hands
    isRenewing = true;
    htmx.ajax("GET", dialog.dataset.url, { target: "#session", swap: "outerHTML" });
  }

  function signedIn() {
    const session = document.getElementById("session");
    if (session.dataset.session === undefined) {
      if (!dialog.open) dialog.showModal();
      session.querySelector("input:not([type=hidden])")?.focus();
      return;
    }
    if (session.dataset.session !== handle) {
      session.textContent = `You are signed in as ${session.dataset.session}. This text belongs to ${handle}; it stays in this browser.`;
      if (!dialog.open) dialog.showModal();
      return;
    }
    const token = session.dataset.token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": token }));
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
    isRenewing = false;
    if (dialog.open) dialog.close();
    save();
  }

  /** What an earlier visit could not save comes back into the fields, and is saved then. */
  function restore() {
    const resolved = copy.isResolved && copy.seen !== form.elements.stamp.value;
    if (!copy.fields || resolved || JSON.stringify(copy.fields) === kept) return drop();
    form.elements.stamp.value = copy.stamp;
    for (const [name, value] of copy.fields) fill(name, value);
    const note = form.querySelector("[data-restored]");
    const time = new Date(copy.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    note.className = "message";
    note.textContent = `What you typed at ${time} had not reached the server. It is here again, and is saved now.`;
    note.hidden = false;
    changed();
  }

  function fill(name, value) {
    while (name.startsWith("item-") && !form.elements[name] && value) addItem(form);
    if (form.elements[name]) form.elements[name].value = value;
  }

  function preview() {
    clearTimeout(previewTimer);
    const target = document.getElementById("preview");
    if (target?.checkVisibility?.() ?? target) htmx.trigger(target, "preview");
  }

  function shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || !form.isConnected) return;
    if (event.key === "s") { event.preventDefault(); firstKey ||= 1; save(); }
    if (event.key === "Enter") { event.preventDefault(); form.querySelector("[data-publish]").click(); }
    if (event.key === "e" && event.shiftKey) { event.preventDefault(); preview(); }
  }

  function say(text) {
    const line = document.getElementById("saved");
    if (line) line.textContent = text;
  }

  function read() {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }

  function write(value) {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { say("Not saved yet, and this browser keeps no copy"); }
  }

  function drop() {
    try { localStorage.removeItem(key); } catch { /* a browser without storage kept nothing */ }
  }
}
