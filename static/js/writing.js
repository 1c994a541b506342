/** Help while writing Markdown: a small toolbar, word counts, tables and links pasted as what they are. */
import { gettext, interpolate, ngettext } from "./texts.js";

/** @type {[name: string, before: string, after: string][]} */
const ACTS = [
  [gettext("Bold"), "**", "**"], [gettext("Italic"), "*", "*"], [gettext("Quote"), "\n> ", ""], [gettext("List"), "\n- ", ""],
  [gettext("Code"), "`", "`"], [gettext("Math"), "$", "$"], [gettext("Link"), "[", "](https://)"],
];

const LINK = /^https?:\/\/[^\s<>"`\\]+$/i;
const PICTURE = /^[^?#]+\.(?:png|jpe?g|gif|webp|svg|avif)(?:[?#].*)?$|\/files\/[0-9a-f]{32}\/$/i;
const AFTER_OPENING = /[(<"'=`]$/; // it is pasted into a link, or into code, that is being written

export function equip(form) {
  for (const area of form.querySelectorAll("[data-section]")) {
    const bar = document.createElement("div");
    bar.className = "toolbar quiet-acts";
    bar.role = "toolbar";
    const field = form.querySelector(`label[for=${area.id}]`)?.firstChild.textContent.trim();
    bar.setAttribute("aria-label", interpolate(gettext("Format %(field)s"), { field }));
    const buttons = ACTS.map(([word, before, after]) => button(word, () => wrap(area, before, after)));
    const pictures = form.querySelector("[data-pictures]");
    if (pictures) buttons.push(button(gettext("Picture"), () => import("./pictures.js").then((m) => m.add(pictures, area))));
    bar.append(...buttons, counter(area));
    walk(bar, buttons);
    area.before(bar);
    area.addEventListener("keydown", (event) => press(event, area));
    area.addEventListener("paste", (event) => paste(event, area));
  }
  equipItems(form);
}

/** Follow-ups: another one on demand, and "we tried that" while a title is typed. */
function equipItems(form) {
  const add = form.querySelector("[data-add-item]");
  add.hidden = isFull(form);
  add.querySelector("button").addEventListener("click", () => {
    addItem(form).querySelector("input").focus();
    add.hidden = isFull(form);
  });
  let timer;
  form.addEventListener("input", ({ target }) => {
    if (!target.dataset.similar) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const place = document.getElementById(target.id.replace(/title$/, "similar"));
      htmx.ajax("GET", target.dataset.similar, { target: place, source: place, values: { title: target.value } });
    }, 400);
  });
}

const isFull = (form) => form.querySelectorAll("[data-item]").length >= form.querySelector("[data-items]").dataset.items;

export function addItem(form) {
  const items = [...form.querySelectorAll("[data-item]")];
  const last = items.at(-1);
  const item = last.cloneNode(true);
  const from = `item-${last.dataset.item}-`;
  const to = `item-${Number(last.dataset.item) + 1}-`;
  item.dataset.item = Number(last.dataset.item) + 1;
  for (const element of item.querySelectorAll("[id], [for], [name]")) {
    for (const name of ["id", "for", "name"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, element.getAttribute(name).replace(from, to));
    }
    if ("value" in element) element.value = "";
  }
  item.querySelector(`[id$=similar]`).replaceChildren();
  last.after(item);
  return item;
}

/** A toolbar is one stop of the Tab key; arrows walk in it. */
function walk(bar, buttons) {
  const stop = (at) => buttons.forEach((one, n) => { one.tabIndex = n === at ? 0 : -1; });
  stop(0);
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + buttons.length) % buttons.length;
    stop(next);
    buttons[next].focus();
  });
}

function press(event, area) {
  const act = { b: ACTS[0], i: ACTS[1] }[event.key];
  if (!act || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  wrap(area, act[1], act[2]);
}

function button(word, act) {
  const element = document.createElement("button");
  Object.assign(element, { type: "button", className: "link-btn", textContent: word, onclick: act });
  return element;
}

function counter(area) {
  const element = document.createElement("span");
  element.className = "meta count";
  let timer;
  const count = () => {
    const words = area.value.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]|[\p{L}\p{N}]+/gu)?.length ?? 0;
    element.textContent = interpolate(ngettext("%(n)s word", "%(n)s words", words), { n: words });
  };
  area.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(count, 300); });
  count();
  return element;
}

function wrap(area, before, after) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  put(area, before + value.slice(from, to) + after);
  const end = from + before.length + (to - from);
  area.setSelectionRange(from + before.length, end);
}

/** Goes through the browser's own editing, so that undo works. */
function put(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Rows from a spreadsheet become a table, a link over selected words becomes theirs, one to a picture its Markdown. */
function paste(event, area) {
  const text = event.clipboardData?.getData("text/plain").trim() ?? "";
  const table = makeTable(text);
  if (!table && !LINK.test(text)) return;
  const { selectionStart: from, selectionEnd: to, value } = area;
  const words = value.slice(from, to);
  if (table) put(area, table);
  else if (/[\n]/.test(words) || LINK.test(words) || AFTER_OPENING.test(value.slice(0, from))) return;
  else if (words) put(area, `${PICTURE.test(text) ? "!" : ""}[${words.replace(/[[\]]/g, "\\$&")}](${getAddress(text)})`);
  else if (PICTURE.test(text)) {
    put(area, text);
    area.setSelectionRange(from, from + text.length); // a step of its own: undo gives the bare link back
    put(area, `![](${getAddress(text)})`);
    area.setSelectionRange(from + 2, from + 2);
  } else return;
  event.preventDefault();
}

/** Brackets would end it too early; a picture of this site is shown only when it is named without the site. */
function getAddress(link) {
  const own = `${location.origin}/files/`;
  return (link.startsWith(own) ? link.slice(location.origin.length) : link).replaceAll("(", "%28").replaceAll(")", "%29");
}

function makeTable(text) {
  const rows = text.split(/\r?\n/).map((line) => line.split("\t"));
  if (rows.length < 2 || rows[0].length < 2 || rows.some((row) => row.length !== rows[0].length)) return "";
  const lines = rows.map((row) => `| ${row.map((cell) => cell.trim().replaceAll("|", "\\|")).join(" | ")} |`);
  lines.splice(1, 0, `|${" --- |".repeat(rows[0].length)}`);
  return `\n${lines.join("\n")}\n`;
}
