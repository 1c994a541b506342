/** A link to drag to the bookmarks bar. On this page it does nothing: the content policy forbids it. */

for (const part of document.querySelectorAll("[data-bookmarklet]")) {
  const link = part.querySelector("a");
  link.href = document.getElementById(part.dataset.bookmarklet).textContent.trim();
  link.addEventListener("click", (event) => event.preventDefault());
  part.hidden = false;
}
