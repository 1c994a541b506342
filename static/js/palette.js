/** Ctrl+K: go to a paper, topic, member, meeting or page by a few letters. The page behind it: papers/search/palette.py. */
import { Choices, fetchPart } from "./choices.js";
import { gettext, interpolate, ngettext } from "./texts.js";

const REST = 60; // ms without a key until the server is asked

let dialog, field, foot, choices, timer, asked, answered;

/** Opened a second time it closes: the same key does both. */
export function open(address) {
  dialog ??= build(address);
  if (!dialog.isConnected) document.body.append(dialog); // after going back the body is another
  if (dialog.open) return dialog.close();
  for (const menu of document.querySelectorAll("[data-menu][open]")) menu.open = false;
  field.value = "";
  dialog.showModal();
  return look(address);
}

function build(address) {
  const element = document.createElement("dialog");
  element.className = "dialog palette";
  element.setAttribute("aria-label", gettext("Jump to..."));
  element.innerHTML = '<input type="text" role="combobox" aria-autocomplete="list" aria-expanded="false" autocomplete="off" spellcheck="false" enterkeyhint="go"><div class="finds" id="palette-finds"></div><p class="meta palette-foot" role="status"></p>';
  [field, foot] = [element.querySelector("input"), element.querySelector("p")];
  field.placeholder = field.ariaLabel = gettext("A paper, topic, member, meeting or page");
  element.querySelector("div").ariaLabel = gettext("Results");
  choices = new Choices(field, element.querySelector("div"));
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, REST, address);
  });
  field.addEventListener("keydown", (event) => press(event, address));
  element.addEventListener("click", (event) => { if (event.target === element) element.close(); });
  element.addEventListener("close", () => asked?.abort());
  return element;
}

async function look(address) {
  asked?.abort();
  asked = new AbortController();
  const [mine, text] = [asked, field.value];
  const where = new URL(address, location.href);
  where.searchParams.set("q", text);
  try {
    show(await fetchPart(where, "finds", mine.signal));
    answered = text;
  } catch (error) {
    if (error.name === "AbortError") return;
    if (error.status === 401) location.assign(where);
    foot.textContent = gettext("Can't reach the server.");
  }
}

function show(part) {
  const found = part.querySelector("#finds");
  const inner = document.createDocumentFragment();
  inner.append(...found.children);
  choices.take(inner);
  const number = choices.options.length;
  field.setAttribute("aria-expanded", String(number > 0));
  const said = ngettext("%(n)s result. Use arrow keys, Enter, Esc", "%(n)s results. Use arrow keys, Enter, Esc", number);
  foot.textContent = number ? interpolate(said, { n: number }) : gettext("No results");
}

async function press(event, address) {
  if (event.isComposing) return;
  if (choices.walk(event.key)) return event.preventDefault();
  if (event.key !== "Enter") return;
  event.preventDefault();
  const { ctrlKey, metaKey } = event;
  if (answered !== field.value) { // what stands below answers an earlier text
    clearTimeout(timer);
    await look(address);
    if (answered !== field.value) return;
  }
  const link = choices.chosen ?? dialog.querySelector("a[href]");
  if (!link) return;
  if (ctrlKey || metaKey) window.open(link.href);
  else location.assign(link.href);
}
