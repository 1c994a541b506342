/** Two texts of one review: one click keeps the one, the other, or both. */
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-keep]");
  if (!button) return;
  const part = button.closest("[data-conflict-field]");
  const theirs = part.querySelector("[data-theirs]").value;
  const mine = part.querySelector("[data-mine]").value;
  const joined = part.querySelector("[data-joined]");
  joined.value = { theirs, mine, both: `${theirs}\n\n${mine}` }[button.dataset.keep];
  joined.dispatchEvent(new Event("input", { bubbles: true })); // kept in this browser like what is typed
});

const show = () => { for (const acts of document.querySelectorAll("[data-conflict-acts]")) acts.hidden = false; };
document.body.addEventListener("htmx:afterSettle", show);
show();
