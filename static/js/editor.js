/**
 * The review editor: keeper.js, with drafts that have versions and can be published. "Saved" stands only after the
 * server has confirmed; the browser's copy is dropped only then. Form, draft view and both texts of a conflict:
 * papers/reviews/views.py.
 */
import { recall, remember } from "./confirmed.js";
import * as copies from "./copies.js";
import { getServerText, put, read, snapshot } from "./fields.js";
import { keepJoined } from "./joined.js";
import { createKeeper } from "./keeper.js";
import { createRenewal } from "./renewal.js";
import { formatTime, say, saySaved, tell } from "./save_state.js";
import { gettext, interpolate } from "./texts.js";
import { equip } from "./writing.js";

const PREVIEW = 600;

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
  const renewal = createRenewal(document.getElementById("sign-in-again"), handle, () => keeper.save(), still.signal);
  const others = window.BroadcastChannel && new BroadcastChannel(place);
  const { stamp } = form.elements;
  let isBehind = false; // another tab has saved since
  let whenSaved;
  let previewTimer;

  stamp.value = stamp.defaultValue;
  if (!document.querySelector("#saved time")) say(gettext("No changes"));
  const keeper = createKeeper(form, {
    get name() { return `${place}/${writer}`; },
    saved: "unsaved" in editor.dataset ? "" : getServerText(form),
    signal: still.signal,
    send: () => htmx.trigger(form, "save-draft"),
    copy: () => ({ fields: read(form), stamp: stamp.value, writer, turn }),
    isOver: () => !keeper.isDirty() && !keeper.isBusy,
    say,
    ask: () => renewal.ask(),
    idle: () => { if (isBehind) refresh(); },
  });
  takeConfirmed();
  restore();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("htmx:configRequest", ({ detail }) => {
    if (!isSaving(detail)) return; // help inside the form asks the server too
    Object.assign(detail.parameters, { writer, turn: ++turn });
    detail.sent = snapshot(form);
    keeper.isBusy = true;
    if (detail.path.endsWith("/draft/")) say(gettext("Saving"));
    keeper.keep();
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => isSaving(detail.requestConfig) && answered(detail));
  // The state of saving says it where she looks; a message at the head of the page is for what she asked for.
  for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    editor.addEventListener(trouble, (event) => /\/(draft|preview)\/$/.test(event.detail.pathInfo?.requestPath) && event.stopPropagation());
  }
  document.body.addEventListener("htmx:beforeSwap", ({ detail }) => detail.target.id === "editor" && swapping(detail), still);
  window.addEventListener("pageshow", ({ persisted }) => persisted && comeBack(), still);
  others?.addEventListener("message", () => { isBehind = true; }, still);
  still.signal.addEventListener("abort", () => others?.close());
  press("[data-save]", keeper.save);
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

  function changed(event) {
    if (!event.target.name) return;
    keeper.changed();
    clearTimeout(previewTimer);
    previewTimer = setTimeout(preview, PREVIEW);
  }

  function answered({ xhr, requestConfig }) {
    if (still.signal.aborted) return;
    keeper.isBusy = form.inert = false;
    const confirmed = JSON.parse(xhr.getResponseHeader("HX-Trigger") ?? "{}")["draft-saved"];
    if (confirmed) return saved(requestConfig.sent, confirmed);
    if (xhr.getResponseHeader("HX-Redirect")) return published(requestConfig.sent);
    if (xhr.status === 409) return form.isConnected ? keeper.save() : conflict();
    if (xhr.status === 422) return keeper.keep(true);
    if (xhr.status !== 401 && xhr.status !== 403) whenSaved = undefined;
    keeper.fail(xhr.status);
  }

  function saved(sent, confirmed) {
    stamp.value = confirmed.stamp;
    remember(place, { sent, ...confirmed });
    keeper.confirm(sent);
    others?.postMessage("saved");
    if (whenSaved && !keeper.isDirty()) whenSaved();
  }

  function published(sent) {
    keeper.confirm(sent);
    remember(place, null);
    others?.postMessage("saved");
    keeper.keep(true); // what was typed after the click stays
    keeper.isStopped = true;
  }

  /** htmx is about to replace the form: what was typed since it asked must not go with it. */
  function swapping(swap) {
    keeper.keep(true);
    if (swap.xhr.status !== 409 || !form.isConnected || snapshot(form) === swap.requestConfig.sent) return;
    swap.shouldSwap = false; // both texts are to be shown, but this one has grown: it is sent again, whole
    form.inert = true;
  }

  /** Both versions are on the page now. */
  function conflict() {
    keeper.keep(true);
    keeper.isStopped = true;
    const joined = document.querySelector("[data-conflict] form");
    keepJoined(joined, stamp, (text) => keeper.write({ ...text, writer, turn }, true));
  }

  /** Save first what is not saved yet: what is put away can be brought back whole. */
  function putAway(event) {
    const button = event.currentTarget;
    const leave = () => { remember(place, null); keeper.isStopped = true; };
    if (!keeper.isDirty()) { keeper.drop(); leave(); return; }
    event.preventDefault();
    whenSaved = () => { leave(); button.form.requestSubmit(button); };
    keeper.save();
  }

  /** What an earlier visit could not save comes back into the fields, and is saved then. */
  async function restore() {
    const left = (await copies.findLeft(place)).filter((copy) => !keeper.hasCopy || copy.name !== `${place}/${writer}`);
    if (still.signal.aborted) return;
    const [now, { saved: kept }] = [snapshot(form), keeper];
    for (const copy of left) if (JSON.stringify(copy.fields) === kept) copies.drop(copy.name);
    const news = left.filter(({ fields }) => ![kept, now].includes(JSON.stringify(fields)));
    if (news.length && now === kept) adopt(news.shift());
    if (news.length) tell(form, interpolate(gettext(
      "There's newer unsaved text from this browser (%(time)s). Reload to restore it.",
    ), { time: when(news[0].at) }));
    if (keeper.isDirty()) { keeper.changed(); preview(); }
  }

  function adopt(copy) {
    put(form, copy.fields, copy.stamp);
    if (copies.knowsOthers) { // nobody else goes on for that page, so the server may take this one for it
      writer = copy.writer;
      turn = Math.max(turn, copy.turn);
    }
    keeper.keep(true);
    if (copy.name !== `${place}/${writer}`) copies.drop(copy.name);
    tell(form, interpolate(gettext("We restored text from %(time)s that hadn't been saved."), { time: when(copy.at) }));
  }

  function when(at) {
    return formatTime(at, editor.dataset.zone);
  }

  /** Show a text as the server's own. */
  function take(fields, newest) {
    put(form, fields, newest);
    keeper.saved = snapshot(form);
  }

  /** A save that this page does not show yet. */
  function takeConfirmed() {
    const last = keeper.isDirty() ? undefined : recall(place, Number(editor.dataset.at), stamp.value);
    if (!last) return;
    take(JSON.parse(last.sent), last.stamp);
    saySaved(when(last.at));
  }

  /** Another tab has saved, or the page is an old one: show what the server has now. */
  async function refresh() {
    isBehind = false;
    const isIdle = () => !still.signal.aborted && form.isConnected && !keeper.isBusy && !keeper.isStopped && !keeper.isDirty();
    if (!isIdle()) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
      const fresh = page.getElementById("review-form");
      if (page.querySelector("[data-editor]")?.dataset.editor !== editor.dataset.editor || !isIdle()) return;
      if (snapshot(fresh) === keeper.saved && fresh.elements.stamp.value === stamp.value) return;
      take(read(fresh), fresh.elements.stamp.value);
      document.getElementById("saved")?.replaceWith(page.getElementById("saved"));
      preview();
    } catch { /* not to be reached: what is here stays, and a save will show both texts */ }
  }

  /** Out of the browser's memory of pages, as it was left. */
  function comeBack() {
    keeper.isStopped = keeper.isBusy = false;
    if (keeper.isDirty()) keeper.save();
    else refresh();
  }

  function preview() {
    clearTimeout(previewTimer);
    const target = document.getElementById("preview");
    if (target?.checkVisibility?.() ?? target) htmx.trigger(target, "preview");
  }

  function shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || !form.isConnected) return;
    if (event.key === "s") { event.preventDefault(); keeper.save(); }
    if (event.key === "Enter") { event.preventDefault(); form.querySelector("[data-publish]").click(); }
    if (event.key === "e" && event.shiftKey) { event.preventDefault(); preview(); }
  }
}
