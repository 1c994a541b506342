/** A list that grows under a field while one types: fetched as a fragment, walked by the arrow keys. */

/** The part of a page at this address; its stylesheet goes to the head and is awaited, once. */
export async function fetchPart(address, target, signal) {
  const answer = await fetch(address, { signal, headers: { "HX-Request": "true", "HX-Target": target } });
  if (!answer.ok) throw Object.assign(new Error(answer.statusText), { status: answer.status });
  const part = document.createRange().createContextualFragment(await answer.text());
  await Promise.all([...part.querySelectorAll("link")].map(adopt));
  return part;
}

function adopt(link) {
  link.remove();
  if (document.head.querySelector(`link[href="${link.getAttribute("href")}"]`)) return undefined;
  document.head.append(link);
  return new Promise((done) => { link.onload = link.onerror = done; });
}

/** Links of a list become the options of a listbox that `field` walks through. */
export class Choices {
  constructor(field, box) {
    this.field = field;
    this.box = box;
    this.at = -1;
    this.options = [];
  }

  take(part) {
    this.box.replaceChildren(part);
    this.options = [...this.box.querySelectorAll("li > a")];
    if (!this.options.length) return this.forget();
    for (const group of this.box.querySelectorAll("section")) group.setAttribute("role", "group");
    for (const element of this.box.querySelectorAll("ul, li, h2")) element.setAttribute("role", "presentation");
    this.options.forEach((option, number) => {
      Object.assign(option, { id: `${this.box.id}-${number}`, tabIndex: -1 });
      option.setAttribute("role", "option");
    });
    this.box.setAttribute("role", "listbox");
    this.field.setAttribute("aria-controls", this.box.id);
    return this.choose(0);
  }

  forget() {
    this.options = [];
    this.at = -1;
    this.box.removeAttribute("role");
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
  }

  choose(number) {
    this.at = (number + this.options.length) % this.options.length;
    this.options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.at)));
    this.chosen.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", this.chosen.id);
  }

  /** Nothing is chosen until an arrow key does. */
  leave() {
    this.at = -1;
    for (const option of this.options) option.setAttribute("aria-selected", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  get chosen() { return this.options[this.at]; }

  /** Whether the key moved through the list. */
  walk(key) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!by || !this.options.length) return false;
    this.choose(this.at < 0 && by < 0 ? this.options.length - 1 : this.at + by);
    return true;
  }
}
