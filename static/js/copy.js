/** Copies the text named by data-copy, or the text of the element that data-copy-from names, and says so on the button. */

import { gettext } from "./texts.js";

/** @param {HTMLElement} button */
export async function copy(button) {
  const from = document.getElementById(button.dataset.copyFrom ?? "");
  await put(from ? from.textContent : button.dataset.copy);
  const word = button.textContent;
  button.textContent = gettext("Copied");
  setTimeout(() => { button.textContent = word; }, 1500);
}

/** Browsers give the clipboard to https alone; a lab on its own network may have plain http. */
async function put(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
