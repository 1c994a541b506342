/** Another version of the text in a form: shown beside it, and taken in its place with one click. */
import { put, read } from "./fields.js";
import { gettext } from "./texts.js";

const TEXTS = ["text", "textarea", "url", "number", "email"];

/**
 * @param {HTMLFormElement} form
 * @param {import("./fields.js").Fields} fields
 * @param {string | undefined} sentence above it
 * @param {() => void} changed the two were exchanged
 * @returns {{element: HTMLElement, fields: import("./fields.js").Fields, text: string} | undefined} nothing, if it says nothing else
 */
export function showOther(form, fields, sentence, changed) {
  const text = compare(form, fields);
  if (!text) return undefined;
  const [element, summary, words, use] = ["details", "summary", "pre", "button"].map((tag) => document.createElement(tag));
  const other = { element, fields, text };
  element.className = "care-other";
  element.open = true;
  summary.textContent = sentence ?? gettext("Another version of this text was saved elsewhere");
  words.textContent = text;
  words.dir = "auto";
  words.tabIndex = 0;
  Object.assign(use, { type: "button", className: "btn btn-small", textContent: gettext("Use this version") });
  use.addEventListener("click", () => {
    const mine = read(form);
    other.text = words.textContent = compare({ elements: form.elements, fields: other.fields }, mine);
    put(form, other.fields);
    other.fields = mine;
    changed();
  });
  element.append(summary, words, use);
  return other;
}

/** The texts that differ from what is in the form, or from `fields` where it has them. */
function compare({ elements, fields }, others) {
  const now = fields && new Map(fields);
  const differ = others.filter(([name, text]) => {
    const field = elements[name];
    return TEXTS.includes(field?.type) && text.trim() && text !== (now ? (now.get(name) ?? "") : field.value);
  });
  return differ.map(([, text]) => text).join("\n\n");
}
