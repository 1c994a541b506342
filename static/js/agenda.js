/** Items of an agenda are dragged into another order; the buttons on each do the same from the keyboard. */
const FORMAT = "text/x-agenda-item";
let dragged = null;

document.addEventListener("mousedown", ({ target }) => {
  const item = target.closest("[data-agenda] > [data-item]");
  if (item) item.draggable = !target.closest("a, button, summary, form");
});
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-agenda] > [data-item]");
  if (!dragged) return;
  event.dataTransfer.setData(FORMAT, dragged.dataset.item);
  event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-agenda] > [data-item]");
  if (!dragged || !over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  if (over === dragged) return;
  const { top, height } = over.getBoundingClientRect();
  over[event.clientY < top + height / 2 ? "before" : "after"](dragged);
});
document.addEventListener("drop", (event) => {
  if (dragged) event.preventDefault();
});
document.addEventListener("dragend", () => {
  const list = dragged?.parentElement;
  dragged = null;
  if (!list) return;
  const item = [...list.children].map((one) => one.dataset.item);
  htmx.ajax("POST", list.dataset.order, { target: "#agenda", swap: "outerHTML", values: { item } });
});
