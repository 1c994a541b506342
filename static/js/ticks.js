/** Boxes in rows of papers: one for all of them, a range with Shift, and how many are ticked. */
import { gettext, interpolate } from "./texts.js";

let last;

const boxes = () => [...document.querySelectorAll(".ticks [name=paper]")];

document.addEventListener("click", (event) => {
  const box = event.target.closest(".ticks [name=paper]");
  if (!box) return;
  if (event.shiftKey && last?.isConnected) range(box);
  last = box;
});

document.addEventListener("change", ({ target }) => {
  if (!target.matches(".ticks [name=paper], .selection [type=checkbox]")) return;
  if (target.matches("[data-tick-all]")) for (const box of boxes()) box.checked = target.checked;
  tell();
});

document.addEventListener("htmx:load", tell);

function range(box) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
  for (const between of all.slice(from, to + 1)) between.checked = box.checked;
}

/** The box for all says what the others say: all, some or none. */
function tell() {
  const go = document.querySelector(".selection button");
  if (!go) return;
  const ticked = boxes().filter((box) => box.checked).length;
  const all = document.querySelector("[data-tick-all]");
  if (all) {
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
  const whole = document.querySelector(".selection [name=whole]");
  if (whole?.checked) go.textContent = gettext("Continue with all");
  else go.textContent = ticked ? interpolate(gettext("Continue with %(n)s"), { n: ticked }) : gettext("Continue");
}

tell();
