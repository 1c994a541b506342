/** What a member types or chooses in a form, read and written as plain values. */
import { addItem } from "./writing.js";

/** @typedef {[name: string, text: string][]} Fields */

const BASIS = ["seen", "number", "base"]; // what a text was typed on
const UNTYPED = ["csrfmiddlewaretoken", "stamp", "writer", "turn", "care", "theirs", ...BASIS];

/** Whether somebody typed or chose it. @param {[name: string, text: string]} pair */
export const isTyped = ([field]) => !UNTYPED.includes(field);

/**
 * All that is typed or chosen, in the order of the names.
 * @param {HTMLFormElement} form
 * @returns {Fields}
 */
export function read(form) {
  const texts = [...new FormData(form)].filter(([, text]) => typeof text === "string"); // no files
  const all = texts.map(([field, text]) => [field, text.replace(/\r\n/g, "\n")]);
  return all.filter((pair) => isTyped(pair) && (pair[1] || !pair[0].startsWith("item-"))).sort();
}

/** What the site had when the typing began. @param {HTMLFormElement} form @returns {Fields} */
export const readBasis = (form) => BASIS.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]);

/** The same as one string, to compare. @param {HTMLFormElement} form */
export const snapshot = (form) => JSON.stringify(read(form));

/**
 * What the server sent, not what is in the fields: somebody may have typed before this ran.
 * @param {HTMLFormElement} form
 */
export function getServerText(form) {
  const twin = form.cloneNode(true);
  for (const field of form.elements) if (!form.contains(field)) twin.append(field.cloneNode(true)); // named by `form`
  twin.reset();
  return snapshot(twin);
}

/**
 * Show a text, and the stamp of the version that it was typed on.
 * @param {HTMLFormElement} form
 * @param {Fields} fields
 * @param {string} [stamp]
 */
export function put(form, fields, stamp) {
  const texts = new Map(fields);
  for (const { name } of form.elements) if (name.startsWith("item-") && !texts.has(name)) fill(form, name, "");
  for (const [name, text] of texts) fill(form, name, text);
  for (const box of form.querySelectorAll("[type=checkbox]")) {
    box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
  }
  if (form.elements.stamp) form.elements.stamp.value = stamp;
}

/** @param {HTMLFormElement} form @param {string} name @param {string} text */
function fill(form, name, text) {
  const number = Number(/^item-(\d+)-/.exec(name)?.[1] ?? 0);
  for (let more = 0; !form.elements[name] && more < number; more++) addItem(form);
  const element = form.elements[name];
  if (!element || element.type === "checkbox" || element.value === text) return;
  element.value = text;
  element.dispatchEvent?.(new Event("input")); // does not bubble: for the counter of words alone
}
