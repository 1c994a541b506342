/** Topics are dragged by their handles: before, behind or inside another one. The buttons and the topic's form do the same from the keyboard. */
const EDGE = 60;
let drag = null;

function reveal() {
  for (const handle of document.querySelectorAll("[data-drag][hidden]")) handle.hidden = false;
}

function mark(over, side) {
  drag.over?.removeAttribute("data-drop");
  Object.assign(drag, { over, side });
  if (over) over.dataset.drop = side;
}

function end() {
  mark(null);
  drag.item.removeAttribute("data-dragged");
  drag = null;
}

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-drag]");
  if (!handle || event.button || drag) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  drag = { item: handle.closest("[data-topic]"), over: null };
  drag.item.dataset.dragged = "";
});

document.addEventListener("pointermove", ({ clientX, clientY }) => {
  if (!drag) return;
  if (clientY < EDGE || clientY > innerHeight - EDGE) scrollBy(0, clientY < EDGE ? -EDGE / 4 : EDGE / 4);
  const line = document.elementFromPoint(clientX, clientY)?.closest("[data-topic] > .tree-line");
  const over = line?.parentElement;
  if (!over || drag.item.contains(over)) return mark(null);
  const { top, height } = line.getBoundingClientRect();
  const part = (clientY - top) / height;
  mark(over, part < 0.3 ? "before" : part > 0.7 ? "after" : "inside");
});

document.addEventListener("pointerup", () => {
  if (!drag) return;
  const { item, over, side } = drag;
  end();
  if (!over) return;
  const values = { side, target: over.dataset.topic, parent: item.dataset.parent, target_parent: over.dataset.parent };
  htmx.ajax("POST", item.dataset.place, { target: "#topic-tree", swap: "outerHTML", values });
});

document.addEventListener("pointercancel", () => drag && end());
document.addEventListener("keydown", ({ key }) => key === "Escape" && drag && end());
document.addEventListener("htmx:load", reveal);
reveal();
