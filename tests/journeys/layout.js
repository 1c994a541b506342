// What is wrong with the layout of the page as it stands; an empty list if nothing is.
() => {
  const wrong = [];
  const root = document.documentElement;
  const isPrint = matchMedia("print").matches;
  const wide = root.scrollWidth - innerWidth;
  const name = (e) => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""}.${[...e.classList].join(".")}`;
  const isSeen = (e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && !e.closest(".sr, [popover]:not(:popover-open), .skip, .katex-mathml, .tree-line .unit");
  const scrolls = (e) => {
    for (let up = e; up && up !== document.body; up = up.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  if (wide > (isPrint ? 1 : 0)) {
    const out = [...document.querySelectorAll("main *, aside *, .tree *, header *")].filter((e) =>
      isSeen(e) && e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e));
    wrong.push(`${wide} px too wide: ${out.slice(0, 3).map(name).join(" | ")}`);
  }
  // Cut in mid-word: text is longer than its box and the box hides it without an ellipsis.
  for (const e of document.querySelectorAll("main *, aside *, header *")) {
    const style = getComputedStyle(e);
    const hides = ["hidden", "clip"].includes(style.overflowX) && style.textOverflow !== "ellipsis";
    if (hides && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 2 && isSeen(e) && !e.closest(".katex, svg, input, textarea, select")) {
      wrong.push(`cut: ${name(e)}`);
    }
  }
  // A short word must not be parted between two lines, nor may texts lie on each other.
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.data.trim();
    const parent = node.parentElement;
    if (!words || !isSeen(parent) || scrolls(parent) || parent.closest("select, option, textarea, .katex, svg, .people, .save-bar, dialog, .katex-display, .arithmatex, .fold-text, .clamp")) continue;
    if (parent.closest("details:not([open])") && !parent.closest("summary")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 3 && box.height > 3) texts.push([box, parent, words]);
    for (const found of node.data.matchAll(/[A-Za-z]{3,14}/g)) {
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const boxes = [...range.getClientRects()].filter((b) => b.width > 1);
      const isAlone = !/[\w-]/.test((node.data[found.index - 1] ?? " ") + (node.data[found.index + found[0].length] ?? " "));
      if (isAlone && boxes.length > 1 && boxes.at(-1).top - boxes[0].top > 8) {
        wrong.push(`broken in mid-word: ${found[0]} in ${name(parent)}`);
        break;
      }
    }
  }
  texts.sort((a, b) => a[0].top - b[0].top);
  let told = 0;
  for (let i = 0; i < texts.length && told < 3; i++) {
    for (let j = i + 1; j < texts.length && texts[j][0].top < texts[i][0].bottom - 4; j++) {
      const [a, one] = texts[i], [b, two] = texts[j];
      if (one === two || one.contains(two) || two.contains(one)) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 3 && down > 6) {
        wrong.push(`overlap: ${name(one)} "${texts[i][2].slice(0, 30)}" and ${name(two)} "${texts[j][2].slice(0, 30)}"`);
        told++;
        break;
      }
    }
  }
  // Two acts must not read as one: "Save" beside "Feed" is no "Save Feed".
  const acts = [...document.querySelectorAll("main :is(a, button):not(.prose *)")].filter((e) => isSeen(e) && /\w/.test(e.innerText));
  const boxOf = (e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    return range.getBoundingClientRect();
  };
  acts.slice(1).forEach((next, i) => {
    const act = acts[i], [a, b] = [boxOf(act), boxOf(next)];
    if (act.contains(next) || Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) < 6) return;
    const between = document.createRange();
    between.setStartAfter(act);
    between.setEndBefore(next);
    const gap = b.left - a.right;
    if (gap > -1 && gap < 6 && !between.toString().trim()) wrong.push(`read as one: ${act.innerText} ${next.innerText}`);
  });
  if (isPrint) {
    const acts = [...document.querySelectorAll("main :is(button, .btn)")].filter(isSeen);
    if (acts.length) wrong.push(`${acts.length} buttons on paper: ${acts.slice(0, 3).map(name).join(" | ")}`);
  }
  const mains = [...document.querySelectorAll("nav")].filter((e) => e.checkVisibility()
    && e.matches(".rooms, .bottom") && e.getBoundingClientRect().height > 0);
  const drawer = [...document.querySelectorAll(".top-drawer")].some((e) => e.checkVisibility());
  const reached = mains.length || (drawer && document.querySelector("#contents .rooms"));
  if (!isPrint && document.querySelector("header.top .bell, header.top details, header.top [popovertarget]")) {
    if (!reached) wrong.push("no main navigation");
    if (mains.length > 1) wrong.push(`${mains.length} main navigations`);
  }
  return wrong;
}
