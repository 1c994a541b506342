/**
 * The preview of the editor keeps the blocks that did not change: their formulas stay set, and a long text
 * costs no more than the paragraph being written. Without this module htmx swaps the whole preview.
 */
const sources = new WeakMap(); // block → its HTML as the server sent it

document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const preview = detail.target;
  if (preview.id !== "preview" || detail.xhr.status !== 200) return;
  detail.shouldSwap = false;
  const page = document.createElement("template");
  page.innerHTML = detail.serverResponse;
  update(preview, page.content.getElementById("preview"));
  document.dispatchEvent(new CustomEvent("formulas-added"));
});

function update(old, fresh) {
  const texts = new Map([...old.querySelectorAll(".part")].map((part) => [part.className, part]));
  for (const part of fresh.querySelectorAll(".part")) {
    const prose = part.querySelector(".prose");
    const shown = texts.get(part.className)?.querySelector(".prose");
    if (shown) merge(shown, prose);
    else remember(prose);
    if (shown) prose.replaceWith(shown);
  }
  old.replaceChildren(...fresh.childNodes);
}

/** Replace the stretch of blocks between the first and the last that differ. */
function merge(shown, prose) {
  const before = [...shown.children];
  const after = [...prose.children];
  const same = (a, b) => a && b && sources.get(a) === b.outerHTML;
  let head = 0;
  while (same(before[head], after[head])) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && same(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  const fresh = after.slice(head, after.length - tail);
  for (const block of fresh) sources.set(block, block.outerHTML);
  for (const block of before.slice(head, before.length - tail)) block.remove();
  const next = before[before.length - tail] ?? null;
  for (const block of fresh) shown.insertBefore(block, next);
}

function remember(prose) {
  for (const block of prose.children) sources.set(block, block.outerHTML);
}
