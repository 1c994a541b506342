/** Two versions of a text on one page: what is put together of them is kept like what is typed. */
import * as copies from "./copies.js";
import { read } from "./fields.js";

/**
 * @param {HTMLFormElement} form the page's form
 * @param {HTMLInputElement} stamp of the text that was refused: half done, it is asked again with both texts
 * @param {(text: {fields: import("./fields.js").Fields, stamp: string}) => void} write keeps a copy
 */
export function keepJoined(form, stamp, write) {
  const keep = (base) => {
    const fields = new Map(read(form));
    for (const [field, text] of fields) {
      if (field.endsWith("-joined")) fields.set(field.replace("-joined", ""), text).delete(field);
    }
    write({ fields: [...fields].sort(), stamp: base.value });
  };
  form.querySelector("[data-joined-kept]").hidden = !copies.isKeeping();
  form.addEventListener("input", () => keep(stamp));
  form.addEventListener("submit", () => keep(form.elements.stamp));
}
