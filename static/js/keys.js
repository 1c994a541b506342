/** Single-key shortcuts: rows by j and k, acts by data-key, places by g and data-go; the member can switch them off. */

import { gettext } from "./texts.js";

const STORE = "single-keys";
const IN_ROWS = { o: ".title a", c: "[formaction$='/claim/']", x: "[name=paper]" };
let going = 0;
let list;

const isOn = () => localStorage.getItem(STORE) !== "off";

export function press(key) {
  if (key === "?") return show();
  if (document.querySelector("dialog[open]") || !isOn()) return undefined;
  if (Date.now() - going < 1200) {
    going = 0;
    return document.querySelector(`[data-go="${key}"]`)?.click();
  }
  if (key === "g") going = Date.now();
  else if (key === "/") search();
  else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else act(key);
  return undefined;
}

/** The list of shortcuts, a page of its own, in a dialog over this one. */
export async function show() {
  const link = document.querySelector("[data-open=shortcuts]");
  if (!link || document.querySelector("dialog[open]")) return;
  try {
    list ??= await build(link.href);
    if (!list.isConnected) document.body.append(list); // after going back the body is another
    list.showModal();
  } catch {
    location.assign(link.href);
  }
}

async function build(address) {
  const { fetchPart } = await import("./choices.js");
  const part = await fetchPart(address, "shortcuts");
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "shortcuts-head");
  dialog.innerHTML = '<h2 id="shortcuts-head"></h2><form method="dialog" class="dialog-close"><button class="btn btn-quiet btn-small"></button></form>';
  dialog.querySelector("h2").textContent = gettext("Keyboard shortcuts");
  dialog.querySelector("button").textContent = gettext("Close");
  dialog.append(part);
  bind(dialog);
  return dialog;
}

/** The switch is kept by this browser, so it is of use only where this script runs. */
export function bind(part) {
  const box = part.querySelector("[data-keys-switch]");
  box.closest("[hidden]").hidden = false;
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
}

function search() {
  const fields = [...document.querySelectorAll("[data-search]")];
  fields.findLast((field) => field.checkVisibility())?.select();
}

const rows = () => [...document.querySelectorAll("[data-rows] > *")];
const currentRow = () => document.activeElement.closest("[data-rows] > *");

function step(by) {
  const all = rows();
  const next = all[all.indexOf(currentRow()) + by] ?? (by > 0 ? all[0] : undefined);
  next?.querySelector("a")?.focus();
}

function act(key) {
  const row = currentRow();
  const named = (row ?? document).querySelector(`[data-key="${key}"]`);
  (named ?? (row && IN_ROWS[key] && row.querySelector(IN_ROWS[key])))?.click();
}
