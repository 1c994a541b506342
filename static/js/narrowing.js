/** A long list of boxes to tick is narrowed by a few letters; what is ticked stays in sight. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/* Enter would send the form around the list. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.dataset?.narrows) event.preventDefault();
});

export function narrow(field) {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  const list = document.getElementById(field.dataset.narrows);
  for (const label of list?.querySelectorAll("label") ?? []) {
    const name = fold(label.textContent);
    const line = label.parentElement === list ? label : label.parentElement;
    line.hidden = !label.querySelector(":checked") && !words.every((word) => name.includes(word));
  }
}
