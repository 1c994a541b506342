/** Names the admin panel's searching selects for screen readers: the library leaves its text boxes nameless. */

function nameSelects() {
  for (const box of document.querySelectorAll(".select2-selection__rendered:not([aria-label])")) {
    const field = box.id.replace(/^select2-(.*)-container$/, "$1");
    const label = document.querySelector(`label[for="${CSS.escape(field)}"]`);
    if (label) box.setAttribute("aria-label", label.textContent.replace(/:$/, "").trim());
  }
}

// The library makes them when it likes: at the start, and for each row that is added.
nameSelects();
new MutationObserver(nameSelects).observe(document.body, { childList: true, subtree: true });
