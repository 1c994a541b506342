/**
 * The care for a text that is typed into a form with `data-care` (whose it is): keeper.js, with the text on the server
 * under the address of the form; it comes back after a reload, a closed tab or an ended session, and goes when the form
 * has been sent. A form with `data-saves` saves itself. `data-shown`: the fields hold what was "typed" and refused, or
 * were "filled" for a purpose; an earlier text is then shown beside them. papers/writing/views.py.
 */
import * as copies from "./copies.js";
import { getServerText, isTyped, put, read, readBasis, snapshot } from "./fields.js";
import { createKeeper, saveAll } from "./keeper.js";
import { showOther } from "./other.js";
import { createRenewal } from "./renewal.js";
import { gettext } from "./texts.js";

const DRAFTS = "/drafts/";
const writer = crypto.randomUUID?.() || String(Math.random()).slice(2);
const cares = new Map(); // form -> its care
const saving = new Set(); // saves on their way, also of forms that have been exchanged
let renewal;

/** Take up every form of the page that is not taken up yet. */
export async function care() {
  for (const [form, one] of cares) if (!form.isConnected) { one.end(); cares.delete(form); }
  const fresh = [...document.querySelectorAll("form[data-care]:not([data-care=''])")].filter((form) => !cares.has(form));
  const begun = fresh.map(begin);
  const places = begun.filter(({ isDraft }) => isDraft).map(({ place }) => ["place", place]);
  let drafts = {};
  await Promise.allSettled(saving);
  try {
    const response = places.length && await fetch(`${DRAFTS}?${new URLSearchParams(places)}`);
    if (response.ok && !response.redirected) drafts = await response.json();
  } catch { /* this browser's copies, then */ }
  for (const one of begun) one.restore(drafts[one.place]);
}

document.addEventListener("input", ({ target }) => cares.get(target.form)?.changed());
document.addEventListener("change", ({ target }) => cares.get(target.form)?.changed());

function begin(form) {
  const isDraft = !("saves" in form.dataset);
  const place = form.dataset.place ?? decodeURIComponent(new URL(form.action).pathname);
  const left = `text:${form.dataset.care}:${place}`;
  const name = `${left}/${writer}`;
  const shown = getServerText(form);
  const empty = form.dataset.shown === "typed" ? "" : shown; // what needs no care
  const others = []; // texts shown beside this one, kept with it
  const line = form.querySelector("[data-care-state]") ?? addLine(form);
  if (isDraft) addMark(form);
  let version = 0;
  let isSent = false;

  const keeper = createKeeper(form, {
    name, saved: empty, send, ask: () => askAgain(form),
    copy: () => ({ fields: [...read(form), ...readBasis(form)], version, isSent, others: others.map((other) => other.fields) }),
    isOver: () => (isDraft ? snapshot(form) === empty && !others.length : !keeper.isDirty()),
    say: (trouble) => { line.textContent = trouble; },
  });
  const one = { place, isDraft, changed, restore, end };
  cares.set(form, one);

  form.addEventListener("submit", () => { isSent = isDraft; keeper.hold(); isSent = false; });
  form.addEventListener("htmx:configRequest", ({ detail }) => { if (detail.elt === form) detail.sent = snapshot(form); });
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt !== form) return;
    keeper.isBusy = false;
    const { status } = detail.xhr;
    if (status >= 200 && status < 300) return sent(detail.requestConfig.sent);
    if (status !== 409 && status !== 422) keeper.fail(status);
  });

  function changed() {
    keeper.changed();
  }

  function end() {
    keeper.end();
  }

  function sent(text) {
    if (isDraft) { keeper.isStopped = true; copies.drop(name); } else { line.textContent = ""; keeper.confirm(text); }
  }

  function send() {
    keeper.isBusy = true;
    if (isDraft) return saveDraft(snapshot(form));
    htmx.trigger(form, "save-text");
  }

  async function saveDraft(text) {
    const fields = text === empty ? [] : [...read(form), ...readBasis(form)];
    let response;
    try {
      const body = new URLSearchParams({ place, version, fields: JSON.stringify(fields) });
      const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
      const answer = fetch(DRAFTS, { method: "POST", body, headers });
      saving.add(answer);
      response = await answer.finally(() => saving.delete(answer));
    } catch { /* away */ }
    keeper.isBusy = false;
    if (!form.isConnected) return;
    if (!response?.ok && response?.status !== 409) return keeper.fail(response?.status);
    const draft = await response.json();
    ({ version } = draft);
    if (response.ok) line.textContent = fields.length ? gettext("Draft saved") : "";
    else add(draft.fields);
    keeper.confirm(response.ok ? text : JSON.stringify(draft.fields.filter(isTyped)));
  }

  /** What an earlier visit left. */
  async function restore(draft) {
    version = draft?.version ?? 0;
    const copied = [];
    for (const copy of await copies.findLeft(left)) {
      if (isDone(copy, draft)) copies.drop(copy.name);
      else copied.push(copy);
    }
    if (!form.isConnected) return;
    const theirs = draft?.fields.length ? draft.fields : undefined;
    const [last] = copied;
    const isNews = theirs && !(last && last.version >= version); // not merely what the copy was typed on
    const texts = [...copied.map(({ fields }) => fields), ...(isNews ? [theirs] : [])];
    if (texts.length && !form.dataset.shown && snapshot(form) === shown) adopt(texts[0]);
    for (const fields of [...texts, ...copied.flatMap((copy) => copy.others ?? [])]) add(fields);
    const isWaiting = form.dataset.shown === "filled" && snapshot(form) === shown; // the draft stays until she types
    if (theirs && !isWaiting) keeper.confirm(JSON.stringify(theirs.filter(isTyped)));
    else if (keeper.isDirty()) keeper.changed();
    keeper.keep();
    for (const copy of copied) if (copy.name !== name) copies.drop(copy.name);
  }

  /** Whether the form was sent, or saved elsewhere, since this copy was made. */
  function isDone(copy, draft) {
    return copy.version < version && (copy.isSent || !draft.fields.length);
  }

  function adopt(fields) {
    const [site, basis] = [read(form), JSON.stringify(readBasis(form))];
    put(form, fields);
    if (JSON.stringify(readBasis(form)) !== basis && isDraft) add(site, gettext("The saved text has changed since you started"));
    form.closest("details")?.setAttribute("open", "");
    line.textContent = gettext("We restored text that hadn't been sent.");
  }

  /** Another text of this form: readable, and never lost by a save. */
  function add(fields, words) {
    const other = showOther(form, fields.filter(isTyped), words, changed);
    if (!other || others.some((one) => one.text === other.text)) return;
    line.before(other.element);
    others.push(other);
  }

  return one;
}

function askAgain(form) {
  renewal ??= createRenewal(addDialog(), form.dataset.care, saveAll, new AbortController().signal);
  renewal.ask();
}

function addLine(form) {
  const line = document.createElement("p");
  line.className = "meta";
  line.dataset.careState = "";
  line.setAttribute("role", "status");
  form.append(line);
  return line;
}

/** Tells the server that this text has a draft, and that no copy of it is newer once the form was accepted. */
function addMark(form) {
  const mark = document.createElement("input");
  Object.assign(mark, { type: "hidden", name: "care", value: "1" });
  form.append(mark);
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
