/** While `@ad` or `#atten` is typed in a text, members or papers to mention appear at the cursor. */
import { Choices, fetchPart } from "./choices.js";
import { gettext } from "./texts.js";

const REST = 120; // ms without a key until the server is asked
const WORD = /(?<![\w/&#@.=+-])[@#][\p{L}\p{N}\p{M}_-]{1,40}$/u;
const SHAPE = ["fontFamily", "fontSize", "fontWeight", "fontStyle", "letterSpacing", "lineHeight", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "borderTopWidth", "borderLeftWidth", "borderRightWidth", "textAlign", "direction", "overflowWrap"];
let area, choices, timer, asked;

/** After every key in a text; what stands before the cursor decides. */
export function look(target) {
  clearTimeout(timer);
  asked?.abort();
  const word = find(target);
  if (!word) return close();
  if (target !== area) close();
  timer = setTimeout(ask, REST, target, word);
}

function find(target) {
  const { selectionStart: at, selectionEnd: end, value } = target;
  return at === end && value.slice(Math.max(0, at - 60), at).match(WORD)?.[0];
}

async function ask(target, word) {
  const source = document.querySelector("[data-mentions]")?.dataset.mentions;
  if (!source) return;
  asked = new AbortController();
  try {
    const part = await fetchPart(`${source}?q=${encodeURIComponent(word)}`, "mentions", asked.signal);
    if (document.activeElement === target && find(target) === word) show(target, word, part);
  } catch { close(); } // no list is no harm: what is typed stands
}

function show(target, word, part) {
  if (!part.querySelector("a")) return close();
  if (target !== area) begin(target);
  choices.box.setAttribute("aria-label", word[0] === "@" ? gettext("Members") : gettext("Papers"));
  choices.take(part);
  choices.box.showPopover();
  place(word);
}

function begin(target) {
  close();
  area = target;
  const box = document.createElement("div");
  Object.assign(box, { id: "mentions", className: "mentions", popover: "manual" });
  (area.closest("dialog, main") ?? document.body).append(box);
  choices = new Choices(area, box);
  area.setAttribute("aria-autocomplete", "list");
  area.addEventListener("keydown", press, true);
  area.addEventListener("blur", close);
  area.addEventListener("scroll", close);
  document.addEventListener("selectionchange", moved);
  box.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps the focus
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    insert(option);
  });
}

function close() {
  if (!area) return;
  choices.forget();
  choices.box.remove();
  area.removeAttribute("aria-autocomplete");
  area.removeEventListener("keydown", press, true);
  area.removeEventListener("blur", close);
  area.removeEventListener("scroll", close);
  document.removeEventListener("selectionchange", moved);
  area = choices = undefined;
}

function moved() {
  if (area && !find(area)) close();
}

function press(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === "Escape") close();
  else if (event.key === "Enter" || event.key === "Tab") insert(choices.chosen);
  else if (!choices.walk(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Goes through the browser's own editing, so that undo works and the draft is saved. */
function insert(option) {
  const target = area;
  const at = target.selectionStart;
  const word = find(target);
  const text = `${option.dataset.typed} `;
  close();
  if (!word) return;
  target.focus();
  target.setSelectionRange(at - word.length, at);
  if (document.execCommand("insertText", false, text)) return;
  target.setRangeText(text, at - word.length, at, "end");
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Below the word, found with a copy of the text in a box of the same shape. */
function place(word) {
  const mirror = document.createElement("div");
  const style = getComputedStyle(area);
  for (const name of SHAPE) mirror.style[name] = style[name];
  Object.assign(mirror.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", boxSizing: "border-box", width: `${area.offsetWidth}px` });
  mirror.textContent = area.value.slice(0, area.selectionStart - word.length);
  const mark = document.createElement("span");
  mark.textContent = word;
  mirror.append(mark);
  document.body.append(mirror);
  const { left, top } = area.getBoundingClientRect();
  const { offsetLeft, offsetTop, offsetHeight } = mark;
  mirror.remove();
  const { box } = choices;
  const under = top + offsetTop + offsetHeight - area.scrollTop;
  const above = top + offsetTop - area.scrollTop - box.offsetHeight;
  box.style.top = `${under + box.offsetHeight > innerHeight && above > 0 ? above : under}px`;
  box.style.left = `${Math.max(0, Math.min(left + offsetLeft, innerWidth - box.offsetWidth))}px`;
}
