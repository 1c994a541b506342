/** Single-key shortcuts: rows by j and k, acts by data-key, places by g and data-go; the member can switch them off. */

const STORE = "single-keys";
let going = 0;

const box = document.querySelector("[data-keys-switch]");
const isOn = () => localStorage.getItem(STORE) !== "off";
if (box) {
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
}

export function press(key) {
  if (key === "?") return document.getElementById("shortcuts")?.showModal();
  if (document.querySelector("dialog[open]") || !isOn()) return;
  if (Date.now() - going < 1200) {
    going = 0;
    return document.querySelector(`[data-go="${key}"]`)?.click();
  }
  if (key === "g") going = Date.now();
  else if (key === "/") search();
  else if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else act(key);
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
  (currentRow() ?? document).querySelector(`[data-key="${key}"]`)?.click();
}
