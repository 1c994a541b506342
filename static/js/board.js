/** Cards of the board are dragged between columns; the buttons on each card do the same without a mouse. */
const FORMAT = "text/x-experiment";

const lift = () => { for (const card of document.querySelectorAll("[data-card]")) card.draggable = true; };
document.addEventListener("htmx:afterSettle", lift);
lift();

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card) return;
  event.dataTransfer.setData(FORMAT, card.dataset.card);
  event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  if (event.target.closest?.("[data-state]") && event.dataTransfer.types.includes(FORMAT)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const column = event.target.closest?.("[data-state]");
  const url = event.dataTransfer.getData(FORMAT);
  if (!column || !url) return;
  event.preventDefault();
  const { state } = column.dataset;
  if (["idea", "planned", "running"].includes(state)) {
    const chosen = Object.fromEntries(new FormData(document.getElementById("board-filter")));
    htmx.ajax("POST", url, { target: "#board", swap: "outerHTML", values: { ...chosen, state } });
  } else {
    location.assign(`${url.replace(/state\/$/, "")}?outcome=${state}#outcome`);
  }
});
