// Sets the formulas on a page with KaTeX, which is fetched only once a formula stands there.
//
// The server writes each formula as readable TeX, \(...\) or \[...\], in an element of class
// `arithmatex`; without this module the reader sees that TeX. The addresses of KaTeX are read
// from the script element that loads this module, because their names carry a hash:
//
//   <script type="module" src="math.js" data-katex="katex.min.js" data-katex-css="katex.min.css">

const waiting = ".arithmatex:not([data-set])";
const slice = 10; // ms of setting at a time, so that typing and scrolling stay fluid, on a phone too
const longestFormula = 5000; // characters; setting longer ones would freeze the page

const options = {
  trust: false, // \href, \url, \includegraphics and \html... stay text
  strict: "ignore",
  throwOnError: false,
  errorColor: "currentColor",
  maxExpand: 200,
  maxSize: 20,
};

let katex; // a promise, made at the first formula
let library; // what it brought

function address(name, fallback) {
  const script = document.querySelector("script[data-katex]");
  return new URL(script?.dataset[name] ?? fallback, script ? document.baseURI : import.meta.url).href;
}

function addStyles() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address("katexCss", "../vendor/katex/katex.min.css");
  document.head.append(link);
}

async function fetchKatex() {
  addStyles();
  await import(address("katex", "../vendor/katex/katex.min.js"));
  return globalThis.katex;
}

function formulaIn(element) {
  const match = /^\s*\\([([])([^]*)\\[)\]]\s*$/.exec(element.textContent);
  return match && { tex: match[2], displayMode: match[1] === "[" };
}

// KaTeX writes some styles as attributes, which the content security policy refuses with a
// message in the console; written through the style object they are allowed. For as long as
// `work` runs, which nothing can interrupt, attributes named `style` take that way.
function withStylesAllowed(work) {
  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  try {
    work();
  } finally {
    Element.prototype.setAttribute = setAttribute;
  }
}

function set(element) {
  const written = element.textContent;
  const formula = formulaIn(element);
  element.dataset.set = formula ? "yes" : "no";
  if (!formula || formula.tex.length > longestFormula) return;
  try {
    const display = { ...options, displayMode: formula.displayMode };
    withStylesAllowed(() => library.render(formula.tex, element, display));
  } catch {
    element.textContent = written;
  }
}

async function setInSlices(elements) {
  let began = performance.now();
  for (const element of elements) {
    if (performance.now() - began > slice) {
      await new Promise((resolve) => setTimeout(resolve)); // a key pressed meanwhile goes first
      began = performance.now();
    }
    if (element.isConnected && !element.dataset.set) set(element);
  }
}

// Formulas are set two screens before they come into view, so that nothing moves under the eyes.
const near = new IntersectionObserver((entries) => {
  const coming = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
  for (const element of coming) near.unobserve(element);
  setInSlices(coming);
}, { rootMargin: "200% 0px" });

async function watchFormulas() {
  if (!document.querySelector(waiting)) return;
  try {
    katex ??= fetchKatex();
    library = await katex;
  } catch {
    katex = undefined; // not reachable just now: the TeX stays readable, the next swap tries again
    return;
  }
  for (const element of document.querySelectorAll(waiting)) near.observe(element);
}

document.addEventListener("htmx:load", watchFormulas); // for each piece that htmx puts in
document.addEventListener("htmx:historyRestore", watchFormulas);
document.addEventListener("formulas-added", watchFormulas); // for scripts that write a preview themselves
watchFormulas();
window.addEventListener("beforeprint", () => {
  if (!library) return;
  for (const element of document.querySelectorAll(waiting)) set(element); // paper shows all at once
});
