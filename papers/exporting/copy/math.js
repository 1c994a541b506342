// Sets the formulas of a page as MathML with the KaTeX beside it; longer ones stay as TeX.
for (const element of document.querySelectorAll(".arithmatex")) {
  const found = /^\s*\\([([])([^]*)\\[)\]]\s*$/.exec(element.textContent);
  if (!found || found[2].length > 5000) continue;
  const written = element.textContent;
  try {
    katex.render(found[2], element, { output: "mathml", displayMode: found[1] === "[", throwOnError: false,
      strict: "ignore", trust: false, maxExpand: 200, maxSize: 20 });
  } catch {
    element.textContent = written;
  }
}
