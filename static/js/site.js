/** What every page needs at once; each rarer behaviour is fetched from its own module when it is first used. */

const root = document.documentElement;

/* Before htmx looks at the page: no code from strings or from fragments, and a refused form (422) is shown like any answer. */
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  defaultSettleDelay: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..|409|422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});
const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-copy], [data-open], [data-confirm], [data-passkey]");
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (!target) return;
  if (target.dataset.copy !== undefined) import("./copy.js").then((m) => m.copy(target));
  else if (target.dataset.passkey) import("./passkeys.js").then((m) => m.use(target));
  else if (target.dataset.open) open(event, target.dataset.open);
  else confirmFirst(event, target);
}, true);

/* An act of a row is sent as its form would be, and the row comes back in its place; a colour shows at once. */
document.addEventListener("click", (event) => {
  const act = event.target.closest(".rows[hx-target] [form=act], .theme [form=act]");
  if (!act) return;
  event.preventDefault();
  if (act.name === "theme") chooseTheme(act);
  htmx.ajax("POST", act.formAction, { source: act, event });
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("[data-menu][open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  if (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) openPalette(event);
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") event.preventDefault();
  if (/^[a-z/?]$/.test(event.key)) withKeys((m) => m.press(event.key));
});

document.addEventListener("input", ({ target }) => {
  if (target.matches("textarea.writing")) import("./completing.js").then((m) => m.look(target));
  else if (target.dataset.completions) import("./searching.js").then((m) => m.look(target));
  else if (target.dataset.narrows) import("./narrowing.js").then((m) => m.narrow(target));
});

/* One promise for all: several imports under way need not end in the order of the keys. */
let keys;
function withKeys(use) {
  keys ??= import("./keys.js");
  keys.then(use, () => { keys = undefined; });
}

function openPalette(event) {
  const link = document.querySelector("[data-open=palette]");
  if (!link) return;
  event.preventDefault();
  import("./palette.js").then((m) => m.open(link.href));
}

function chooseTheme(button) {
  root.dataset.theme = button.value;
  for (const other of document.querySelectorAll(".theme [form=act]")) {
    other.ariaPressed = String(other.value === button.value);
  }
}

function open(event, id) {
  if (id === "palette") return openPalette(event);
  event.preventDefault();
  event.target.closest("[data-menu]")?.removeAttribute("open");
  return withKeys((m) => m.show());
}

function confirmFirst(event, target) {
  if (window.confirm(target.dataset.confirm)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** The first wrong field takes the focus, on a fresh page and after a refused form was swapped in. */
function focusFirstError(part) {
  part.querySelector("[aria-invalid=true]")?.focus();
}

function say(text) {
  const line = document.createElement("p");
  line.className = "message message-error";
  line.textContent = text;
  document.getElementById("messages")?.replaceChildren(line);
}

function reveal(part) {
  for (const element of part.querySelectorAll("[data-copy][hidden], [data-narrowing][hidden]")) element.hidden = false;
  if (part.querySelector("[data-passkeys]")) import("./passkeys.js").then((m) => m.reveal(part));
}

document.addEventListener("htmx:load", (event) => {
  reveal(event.detail.elt);
  careForTexts();
  watchPassages();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.xhr?.status === 422) focusFirstError(document);
  if (event.target.id === "recognized") import("./adding.js").then((m) => m.fill(event.target));
});
/* The details of a paper came in: its page is loaded again, unless somebody is writing on it. */
document.addEventListener("details-came", () => {
  if (!document.querySelector("main :is(textarea, input):focus")) location.reload();
});
document.addEventListener("htmx:sendError", () => say(document.body.dataset.away));
document.addEventListener("htmx:timeout", () => say(document.body.dataset.slow));
document.addEventListener("htmx:responseError", ({ detail: { xhr: { status } } }) => {
  const { denied, failed } = document.body.dataset;
  say(status === 401 || status === 403 ? denied : failed);
});

/* Back and forward ask for the page as it is now; where another answers, or none, the browser goes there itself. */
const reload = () => location.reload();
document.addEventListener("htmx:historyCacheMiss", ({ detail }) => { detail.xhr.onerror = reload; });
document.addEventListener("htmx:historyCacheMissLoadError", reload);
document.addEventListener("htmx:historyCacheMissLoad", ({ detail: { xhr } }) => {
  if (new URL(xhr.responseURL).pathname !== location.pathname) reload();
});

/** An address however its blanks are written: "a+b" is "a%20b". */
function spell(address) {
  const { pathname, searchParams } = new URL(address, location.href);
  return `${pathname}?${searchParams}`;
}

/* A search that is sent again is no new place to go back from; going back finds the place on the page again. */
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history: update } }) => {
  if (spell(update.path) === spell(location.href)) update.type = "replace";
  else history.replaceState({ ...history.state, scroll: scrollY }, "");
});
let place;
window.addEventListener("popstate", ({ state }) => {
  place = state?.scroll;
  // What a search still answers must not take the place of where one went back to.
  for (const asking of document.querySelectorAll(".finder, #finder")) htmx.trigger(asking, "htmx:abort");
});
document.addEventListener("htmx:historyRestore", () => { if (place) scrollTo(0, place); });

/* A swap takes the focus with what it replaces: it goes to the row's like, to what has the same name, or to the first row or link there. */
let held;
let swapped;
document.addEventListener("htmx:beforeSwap", ({ detail }) => { held = document.activeElement; swapped = detail.target.id; });
document.addEventListener("htmx:afterSettle", () => {
  if (!held || held.isConnected || document.activeElement !== document.body) return;
  const name = (link) => (link.firstElementChild ?? link).textContent;
  const row = held.closest(".row[id]");
  const group = held.closest("#facets, .sorts, .sizes");
  const place = row ? `#${row.id} ${held.matches("button") ? "button" : ".title a"}` : group && `${group.id ? "#facets" : `.${group.classList[0]}`} a`;
  const part = place ? document : document.getElementById(swapped);
  const likes = [...(part?.querySelectorAll(place || held.localName) ?? [])];
  const like = likes.find((one) => row || (one.name === held.name && name(one) === name(held)));
  const first = document.querySelector(row ? `#${row.id} a` : "[data-rows] a") ?? part?.querySelector("a, button, summary");
  (like ?? first)?.focus({ preventScroll: true });
});

function careForTexts() {
  if (document.querySelector("form[data-care]")) import("./care.js").then((m) => m.care());
}

function watchPassages() {
  const list = document.querySelector("[data-passages]");
  if (list) import("./passages.js").then((m) => m.watch(list));
}

reveal(document);
focusFirstError(document);
careForTexts();
watchPassages();
if (document.querySelector("[data-keys-switch]")) withKeys((m) => m.bind(document));

const recognized = document.querySelector("#recognized:has(data)");
if (recognized) import("./adding.js").then((m) => m.note(recognized));
