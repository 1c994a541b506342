/** What a member types or chooses in a form, read and written as plain values. */
import { addItem } from "./writing.js";

/** @typedef {[name: string, text: string][]} Fields */

const UNTYPED = ["csrfmiddlewaretoken", "stamp", "writer", "turn"];

/**
 * All that is typed or chosen, in the order of the names.
 * @param {HTMLFormElement} form
 * @returns {Fields}
 */
export function read(form) {
  const all = [...new FormData(form)].map(([field, text]) => [field, String(text).replace(/\r\n/g, "\n")]);
  return all.filter(([field, text]) => !UNTYPED.includes(field) && (text || !field.startsWith("item-"))).sort();
}

/** The same as one string, to compare. @param {HTMLFormElement} form */
export const snapshot = (form) => JSON.stringify(read(form));

/**
 * What the server sent, not what is in the fields: somebody may have typed before this ran.
 * @param {HTMLFormElement} form
 */
export function getServerText(form) {
  const twin = form.cloneNode(true);
  twin.reset();
  return snapshot(twin);
}

/**
 * Show a text, and the stamp of the version that it was typed on.
 * @param {HTMLFormElement} form
 * @param {Fields} fields
 * @param {string} stamp
 */
export function put(form, fields, stamp) {
  const texts = new Map(fields);
  for (const { name } of form.elements) if (name.startsWith("item-") && !texts.has(name)) fill(form, name, "");
  for (const [name, text] of texts) fill(form, name, text);
  if (form.elements.stamp) form.elements.stamp.value = stamp;
}

/** @param {HTMLFormElement} form @param {string} name @param {string} text */
function fill(form, name, text) {
  const number = Number(/^item-(\d+)-/.exec(name)?.[1] ?? 0);
  for (let more = 0; !form.elements[name] && more < number; more++) addItem(form);
  const element = form.elements[name];
  if (!element || element.value === text) return;
  element.value = text;
  element.dispatchEvent?.(new Event("input")); // does not bubble: for the counter of words alone
}
