/** What was recognized fills the empty fields of the form below; what somebody typed there stays. */

const filled = new Map(); // field name -> what was put there last

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
