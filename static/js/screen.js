/** The screen: arrow keys and a presenter's remote press the buttons; F fills the screen, Escape leaves. */
const KEYS = {
  ArrowRight: "next",
  PageDown: "next",
  " ": "next",
  n: "next",
  ArrowLeft: "back",
  PageUp: "back",
  p: "back",
  r: "reveal",
  Escape: "leave",
};

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

function offer() {
  const button = document.querySelector("[data-full]");
  if (button && document.fullscreenEnabled) button.hidden = false;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === " " && event.target.closest("button, a")) return;
  if (event.key.toLowerCase() === "f") {
    fill();
    return;
  }
  const name = KEYS[event.key.length > 1 ? event.key : event.key.toLowerCase()];
  const button = name && document.querySelector(`[data-press="${name}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-full]")) fill();
});
document.addEventListener("htmx:afterSettle", offer);
offer();
