/** What was recognized fills the empty fields of the form below; what somebody typed there stays. */

const filled = new Map(); // field name -> what was put there last

/** What the page came with counts as put there by us. @param {HTMLElement} part */
export function note(part) {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("paper-fields"));
  for (const { dataset: { fill: name }, value } of part.querySelectorAll("data[data-fill]")) {
    const field = form?.elements[name];
    if (field && same(field.value, value)) filled.set(name, field.value);
  }
}

const same = (one, other) => one.trim().split(/\s+/).join(" ") === other.trim().split(/\s+/).join(" ");

/** @param {HTMLElement} part */
export function fill(part) {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("paper-fields"));
  if (!form) return;
  const values = new Map([...part.querySelectorAll("data[data-fill]")].map((one) => [one.dataset.fill, one.value]));
  for (const name of new Set([...values.keys(), ...filled.keys()])) {
    const field = form.elements[name];
    const isOurs = field && (!field.value.trim() || field.value === filled.get(name));
    if (!isOurs || field === document.activeElement) continue;
    field.value = values.get(name) ?? "";
    filled.set(name, field.value); // as the field gives it back, with its own line ends
    field.dispatchEvent(new Event("input"));
  }
}
