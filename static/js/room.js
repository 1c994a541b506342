/** The room: the clock of the item that is up, and texts that several people write. */
const clean = (text) => text.replace(/\r\n?/g, "\n").trimEnd();

/** Minutes and seconds that are left; past the end it counts up, with a plus sign. */
function tick() {
  for (const timer of document.querySelectorAll("[data-timer]")) {
    const passed = (Date.now() - new Date(timer.dataset.since)) / 1000;
    const left = Math.round(timer.dataset.minutes * 60 - passed);
    const [minutes, seconds] = [Math.floor(Math.abs(left) / 60), Math.abs(left) % 60];
    timer.querySelector("[data-left]").textContent = `${left < 0 ? "+" : ""}${minutes}:${String(seconds).padStart(2, "0")}`;
    timer.classList.toggle("is-over", left < 0);
    timer.classList.toggle("is-soon", left >= 0 && left < Math.min(120, timer.dataset.minutes * 12));
  }
}

/** Take in what others wrote, unless she typed on meanwhile; the cursor stays at its words. */
function takeIn(saved) {
  const together = saved.querySelector("[data-together]");
  const { text, base } = saved.closest("form").elements;
  if (!together || clean(text.value) !== clean(base.value)) return;
  const { selectionStart: at, value: before } = text;
  let same = 0;
  while (same < at && before[same] === together.value[same]) same += 1;
  text.value = base.value = together.value;
  const moved = same < at ? Math.max(same, together.value.length - (before.length - at)) : at;
  if (document.activeElement === text) text.setSelectionRange(moved, moved);
}

let current = document.getElementById("room")?.dataset.current;
document.addEventListener("htmx:afterSwap", () => {
  for (const saved of document.querySelectorAll("[data-saved]:has([data-together])")) takeIn(saved);
});
document.addEventListener("htmx:afterSettle", () => {
  tick();
  const now = document.getElementById("room")?.dataset.current;
  if (now === current) return;
  current = now;
  const minutes = document.getElementById(`minutes-${now}`);
  if (minutes && !document.activeElement?.matches("textarea")) minutes.open = true;
  const item = document.querySelector(".agree [name=item]");
  if (item) item.value = now;
});
setInterval(tick, 1000);
tick();
