/** Two texts of one review: one click keeps the one, the other, or both. */
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-keep]");
  if (!button) return;
  const part = button.closest("[data-conflict-field]");
  const theirs = part.querySelector("[data-theirs]").value;
  const mine = part.querySelector("[data-mine]").value;
  part.querySelector("[data-joined]").value = { theirs, mine, both: `${theirs}\n\n${mine}` }[button.dataset.keep];
});

const show = () => { for (const acts of document.querySelectorAll("[data-conflict-acts]")) acts.hidden = false; };
document.body.addEventListener("htmx:afterSettle", show);
show();
