/* A picture is pasted or dropped into a text that takes pictures, or chosen there. */
const getPictures = (area) => area?.matches?.("textarea") && area.form?.querySelector("[data-pictures]");
let lastArea = document.activeElement;
document.addEventListener("focusin", ({ target }) => { if (target.matches("textarea")) lastArea = target; });
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-pictures]");
  const form = link?.closest("form");
  if (!form || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const area = lastArea?.form === form ? lastArea : form.querySelector("textarea");
  import("./pictures.js").then((m) => m.add(link, area));
});
document.addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files") && getPictures(event.target)) event.preventDefault();
});
document.addEventListener("drop", (event) => takePicture(event, event.dataTransfer));
document.addEventListener("paste", (event) => takePicture(event, event.clipboardData));

function takePicture(event, data) {
  const link = getPictures(event.target);
  if (!link || !data?.files.length || data.getData("text/plain")) return;
  event.preventDefault();
  const files = [...data.files]; // the event's own list is empty by the time the module is here
  import("./pictures.js").then((m) => {
    const file = m.find({ files });
    if (file) m.add(link, event.target, file);
  });
}
