/**
 * The review editor. Every key is kept twice: in the browser at once, and on the server at most three
 * seconds after the last key. "Saved" stands only after the server has confirmed; the browser's copy is
 * dropped only then. Form, draft view and both texts of a conflict: papers/reviews/views.py.
 */
import { recall, remember } from "./confirmed.js";
import * as copies from "./copies.js";
import { getServerText, put, read, snapshot } from "./fields.js";
import { keepJoined } from "./joined.js";
import { createRenewal } from "./renewal.js";
import { formatTime, say, saySaved, sayTrouble, tell } from "./save_state.js";
import { gettext, interpolate } from "./texts.js";
import { equip } from "./writing.js";

const REST = 1000; // ms without a key until a save
const LONGEST = 2500; // ms from the first unsaved key, however long the typing lasts
const COPY = 150; // ms between two copies in this browser, while keys come too
const PREVIEW = 600;
const RETRIES = [1000, 2000, 4000, 8000, 15000, 30000];

// Who saves, for the server: this page, or the one that it goes on for.
let writer = crypto.randomUUID?.() || String(Math.random()).slice(2);
let turn = 0;
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
  if (!editor || !form || !window.htmx) return; // without htmx it stays a plain form with its buttons
  leaving.abort();
  leaving = new AbortController();
  form.dataset.isKept = "yes";
  start(editor, form, { signal: leaving.signal });
}

/** @param {HTMLElement} editor @param {HTMLFormElement} form @param {{signal: AbortSignal}} still */
function start(editor, form, still) {
  const place = `review:${editor.dataset.editor}`;
  const handle = editor.dataset.editor.split("/")[0];
  const dialog = document.getElementById("sign-in-again");
  const renewal = createRenewal(dialog, handle, () => save(), still.signal);
  const others = window.BroadcastChannel && new BroadcastChannel(place);
  const { stamp } = form.elements;
  let failures = 0;
  let firstKey = 0;
  let isStopped = false;
  let isBusy = false;
  let isCopied = false;
  let isBehind = false; // another tab has saved since
  let whenSaved;
  let saveTimer, previewTimer, copyTimer;

  let kept = "unsaved" in editor.dataset ? "" : getServerText(form);
  stamp.value = stamp.defaultValue;
  form.autocomplete = "off"; // what was typed comes back from the copies, not from the browser's memory of fields
  if (!document.querySelector("#saved time")) say(gettext("No changes"));
  takeConfirmed();
  copies.hold(name());
  restore();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("htmx:configRequest", ({ detail }) => {
    if (!isSaving(detail)) return; // help inside the form asks the server too
    Object.assign(detail.parameters, { writer, turn: ++turn });
    detail.sent = snapshot(form);
    isBusy = true;
    if (detail.path.endsWith("/draft/")) say(gettext("Saving"));
    keep();
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => isSaving(detail.requestConfig) && answered(detail));
  // The state of saving says it where she looks; a message at the head of the page is for what she asked for.
  for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    editor.addEventListener(trouble, (event) => /\/(draft|preview)\/$/.test(event.detail.pathInfo?.requestPath) && event.stopPropagation());
  }
  document.body.addEventListener("htmx:beforeSwap", ({ detail }) => detail.target.id === "editor" && swapping(detail), still);
  for (const moment of ["online", "focus"]) window.addEventListener(moment, catchUp, still);
  window.addEventListener("offline", () => isDirty() && sayTrouble(gettext("Offline.")), still);
  document.addEventListener("visibilitychange", () => { if (document.hidden) { keep(true); save(); } else catchUp(); }, still);
  for (const moment of ["pagehide", "blur"]) window.addEventListener(moment, () => keep(true), still);
  window.addEventListener("pageshow", ({ persisted }) => persisted && comeBack(), still);
  window.addEventListener("beforeunload", (event) => {
    keep(true);
    if (isDirty() && !isStopped && !copies.isKeeping()) event.preventDefault();
  }, still);
  others?.addEventListener("message", () => { isBehind = true; }, still);
  still.signal.addEventListener("abort", () => others?.close());
  press("[data-save]", save);
  press("[data-preview]", () => {
    preview();
    editor.querySelector(".preview").scrollIntoView({ block: "nearest" });
  });
  document.querySelector("[data-discard]")?.addEventListener("click", putAway);
  document.addEventListener("keydown", shortcut, still);
  equip(form);
  // htmx takes the page up when it is complete; a preview asked for earlier would not be heard
  if (document.readyState === "complete") preview();
  else window.addEventListener("load", preview, { once: true });
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") refresh();

  /** Without a formaction: htmx would send the next save of the form there, as long as the button has the focus. */
  function press(which, act) {
    const button = form.querySelector(which);
    button.removeAttribute("formaction");
    button.addEventListener("click", (event) => { event.preventDefault(); act(); });
  }

  function isSaving(request) {
    return request?.verb === "post" && /\/review\/(draft\/)?$/.test(request.path);
  }

  function isDirty() {
    return snapshot(form) !== kept;
  }

  function changed(event) {
    if (event && !event.target.name) return;
    firstKey ||= Date.now();
    copyTimer ||= setTimeout(keep, COPY);
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, Math.max(0, Math.min(REST, firstKey + LONGEST - Date.now())));
    clearTimeout(previewTimer);
    previewTimer = setTimeout(preview, PREVIEW);
  }

  function name() {
    return `${place}/${writer}`;
  }

  /** Keep the text in this browser until the server has confirmed it. */
  function keep(isUrgent) {
    clearTimeout(copyTimer);
    copyTimer = 0;
    if (isStopped || still.signal.aborted) return;
    if (isDirty() || isBusy) write({ fields: read(form), stamp: stamp.value }, isUrgent === true);
    else drop();
  }

  function write(text, isUrgent) {
    copies.write(name(), { ...text, writer, turn, at: Date.now() }, isUrgent);
    isCopied = true;
  }

  function drop() {
    if (isCopied) copies.drop(name());
    isCopied = false;
  }

  function save() {
    clearTimeout(saveTimer);
    if (isStopped || isBusy || dialog.open || !form.isConnected || !isDirty()) return;
    firstKey = 0;
    htmx.trigger(form, "save-draft");
    if (!isBusy) saveTimer = setTimeout(save, REST); // htmx has not taken the form up yet
  }

  function answered({ xhr, requestConfig }) {
    if (still.signal.aborted) return;
    isBusy = form.inert = false;
    const confirmed = JSON.parse(xhr.getResponseHeader("HX-Trigger") ?? "{}")["draft-saved"];
    if (confirmed) return saved(requestConfig.sent, confirmed);
    if (xhr.getResponseHeader("HX-Redirect")) return published(requestConfig.sent);
    keep(true);
    if (xhr.status === 409) return form.isConnected ? save() : conflict();
    if (xhr.status === 422) return;
    if (xhr.status === 401 || xhr.status === 403) {
      sayTrouble(gettext("Signed out."));
      return renewal.ask();
    }
    whenSaved = undefined;
    const away = navigator.onLine ? gettext("Can't reach the server.") : gettext("Offline.");
    sayTrouble(xhr.status ? gettext("The server can't save right now.") : away);
    saveTimer = setTimeout(save, RETRIES[Math.min(failures++, RETRIES.length - 1)]);
  }

  function saved(sent, confirmed) {
    stamp.value = confirmed.stamp;
    kept = sent;
    failures = 0;
    remember(place, { sent, ...confirmed });
    others?.postMessage("saved");
    if (isDirty()) { keep(); changed(); } else drop();
    if (whenSaved && !isDirty()) whenSaved();
  }

  function published(sent) {
    kept = sent;
    remember(place, null);
    others?.postMessage("saved");
    keep(true); // what was typed after the click stays
    isStopped = true;
  }

  /** htmx is about to replace the form: what was typed since it asked must not go with it. */
  function swapping(swap) {
    keep(true);
    if (swap.xhr.status !== 409 || !form.isConnected || snapshot(form) === swap.requestConfig.sent) return;
    swap.shouldSwap = false; // both texts are to be shown, but this one has grown: it is sent again, whole
    form.inert = true;
  }

  /** Both versions are on the page now. */
  function conflict() {
    isStopped = true;
    keepJoined(document.querySelector("[data-conflict] form"), stamp, (text) => write(text, true));
  }

  /** Save first what is not saved yet: what is put away can be brought back whole. */
  function putAway(event) {
    const button = event.currentTarget;
    if (!isDirty()) { drop(); remember(place, null); isStopped = true; return; }
    event.preventDefault();
    whenSaved = () => { remember(place, null); isStopped = true; button.form.requestSubmit(button); };
    save();
  }

  /** What an earlier visit could not save comes back into the fields, and is saved then. */
  async function restore() {
    const left = (await copies.findLeft(place)).filter((copy) => !isCopied || copy.name !== name());
    if (still.signal.aborted) return;
    const now = snapshot(form);
    for (const copy of left) if (JSON.stringify(copy.fields) === kept) copies.drop(copy.name);
    const news = left.filter(({ fields }) => ![kept, now].includes(JSON.stringify(fields)));
    if (news.length && now === kept) adopt(news.shift());
    if (news.length) tell(form, interpolate(gettext(
      "There's newer unsaved text from this browser (%(time)s). Reload to restore it.",
    ), { time: when(news[0].at) }));
    if (isDirty()) changed();
  }

  function adopt(copy) {
    put(form, copy.fields, copy.stamp);
    if (copies.knowsOthers) { // nobody else goes on for that page, so the server may take this one for it
      writer = copy.writer;
      turn = Math.max(turn, copy.turn);
    }
    keep(true);
    if (copy.name !== name()) copies.drop(copy.name);
    tell(form, interpolate(gettext("We restored text from %(time)s that hadn't been saved."), { time: when(copy.at) }));
  }

  function when(at) {
    return formatTime(at, editor.dataset.zone);
  }

  /** Show a text as the server's own. */
  function take(fields, newest) {
    put(form, fields, newest);
    kept = snapshot(form);
  }

  /** A save that this page does not show yet. */
  function takeConfirmed() {
    const last = isDirty() ? undefined : recall(place, Number(editor.dataset.at), stamp.value);
    if (!last) return;
    take(JSON.parse(last.sent), last.stamp);
    saySaved(when(last.at));
  }

  /** Another tab has saved, or the page is an old one: show what the server has now. */
  async function refresh() {
    isBehind = false;
    const isIdle = () => !still.signal.aborted && form.isConnected && !isBusy && !isStopped && !isDirty();
    if (!isIdle()) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
      const fresh = page.getElementById("review-form");
      if (page.querySelector("[data-editor]")?.dataset.editor !== editor.dataset.editor || !isIdle()) return;
      if (snapshot(fresh) === kept && fresh.elements.stamp.value === stamp.value) return;
      take(read(fresh), fresh.elements.stamp.value);
      document.getElementById("saved")?.replaceWith(page.getElementById("saved"));
      preview();
    } catch { /* not to be reached: what is here stays, and a save will show both texts */ }
  }

  function catchUp() {
    if (isDirty()) save();
    else if (isBehind) refresh();
  }

  /** Out of the browser's memory of pages, as it was left. */
  function comeBack() {
    isStopped = isBusy = false;
    if (isDirty()) save();
    else refresh();
  }

  function preview() {
    clearTimeout(previewTimer);
    const target = document.getElementById("preview");
    if (target?.checkVisibility?.() ?? target) htmx.trigger(target, "preview");
  }

  function shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || !form.isConnected) return;
    if (event.key === "s") { event.preventDefault(); save(); }
    if (event.key === "Enter") { event.preventDefault(); form.querySelector("[data-publish]").click(); }
    if (event.key === "e" && event.shiftKey) { event.preventDefault(); preview(); }
  }
}
