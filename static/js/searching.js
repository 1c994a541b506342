/** While a search is typed, ways to go on with it appear below the box, and papers where none stand beside it. */
import { Choices, fetchPart } from "./choices.js";
import { gettext } from "./texts.js";

const REST = 120; // ms without a key until the server is asked
let field, choices, timer, asked;

/** After every key in a search box. */
export function look(target) {
  clearTimeout(timer);
  asked?.abort();
  target.form?.addEventListener("submit", hide); // the answer takes the place of suggestions
  if (!target.value.trim() || target.selectionEnd !== target.value.length) return close();
  timer = setTimeout(ask, REST, target, target.value);
  return undefined;
}

function hide() {
  clearTimeout(timer);
  asked?.abort();
  close();
}

async function ask(target, text) {
  asked = new AbortController();
  const where = target.dataset.completions + encodeURIComponent(text);
  try {
    const part = await fetchPart(where, "completions", asked.signal);
    if (document.activeElement === target && target.value === text) show(target, part);
  } catch { close(); } // no list is no harm: the search is sent as it stands
}

function show(target, part) {
  if (!part.querySelector("a")) return close();
  if (target !== field) begin(target);
  choices.take(part);
  choices.leave(); // Enter sends what was typed until an arrow key chooses
  choices.box.showPopover();
  field.setAttribute("aria-expanded", "true");
  const { left, bottom, width } = field.getBoundingClientRect();
  Object.assign(choices.box.style, { left: `${left}px`, top: `${bottom}px`, minWidth: `${width}px` });
  return undefined;
}

function begin(target) {
  close();
  field = target;
  const box = document.createElement("div");
  Object.assign(box, { id: `${field.id}-completions`, className: "mentions", popover: "manual" });
  box.setAttribute("aria-label", gettext("Suggestions"));
  field.after(box);
  choices = new Choices(field, box);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.addEventListener("keydown", press, true);
  field.addEventListener("blur", close);
  box.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[data-completed]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
}

function close() {
  if (!field) return;
  choices.forget();
  choices.box.remove();
  for (const name of ["role", "aria-autocomplete", "aria-expanded"]) field.removeAttribute(name);
  field.removeEventListener("keydown", press, true);
  field.removeEventListener("blur", close);
  field = choices = undefined;
}

function press(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === "Escape") close();
  else if ((event.key === "Enter" || event.key === "Tab") && choices.chosen) take(choices.chosen);
  else if (!choices.walk(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** The box says the completed search; a filter that wants a value goes on asking for it. A paper is opened. */
function take(option) {
  if (!option.dataset.completed) return location.assign(option.href);
  const [target, text] = [field, option.dataset.completed];
  close();
  target.value = text.endsWith(":") ? text : `${text} `;
  target.focus();
  target.setSelectionRange(target.value.length, target.value.length);
  target.dispatchEvent(new Event("input", { bubbles: true }));
  return undefined;
}
