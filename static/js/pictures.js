/**
 * Pictures in texts: chosen, pasted or dropped, described in a dialog, uploaded, and shown by a line of Markdown at the
 * caret. A form that takes pictures has a link `data-pictures` (the kind of its text) to the upload page, which does
 * the same without a script. papers/files/views.py.
 */
import { gettext } from "./texts.js";

const SHOWN = /^image\/(?:png|jpeg|webp|gif)$/;

/** @param {HTMLAnchorElement} link @param {HTMLTextAreaElement} area @param {File} [file] */
export function add(link, area, file) {
  const dialog = build();
  const { form, input, alt, image, wrong, button } = dialog.parts;
  let chosen = file;
  const show = () => preview(image, chosen);

  input.closest(".field").hidden = Boolean(file);
  if (file) show();
  input.addEventListener("change", () => { [chosen] = input.files; show(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    const { text, errors } = await send(link, area, chosen, alt.value);
    button.disabled = false;
    if (errors) return say(wrong, errors);
    dialog.element.close();
    return put(area, text);
  });
  dialog.element.addEventListener("close", () => { dialog.element.remove(); area.focus(); });
  document.body.append(dialog.element);
  dialog.element.showModal();
  (file ? alt : input).focus();
}

/** The picture among the files of a paste or a drop. @param {{files: File[]}} data */
export const find = ({ files }) => files.find((one) => SHOWN.test(one.type));

/** @returns {Promise<{text?: string, errors?: string[]}>} */
async function send(link, area, file, alt) {
  const body = new FormData();
  const token = area.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  for (const [name, value] of Object.entries({ alt, meant_for: link.dataset.pictures, turn: String(Math.random()) })) body.append(name, value);
  body.append("csrfmiddlewaretoken", token);
  if (file) body.append("file", file, file.name || "picture");
  try {
    const { pathname } = new URL(link.href);
    const response = await fetch(pathname, { method: "POST", body, headers: { Accept: "application/json" } });
    if ((response.ok && !response.redirected) || response.status === 422) return await response.json();
    if (response.status === 413) return { errors: [gettext("This picture is larger than 10 MB. Save it smaller, then add it again.")] };
    if (response.redirected || [401, 403].includes(response.status)) return { errors: [gettext("You've been signed out. Sign in again, then add the picture.")] };
    return { errors: [gettext("The server can't save right now.")] };
  } catch {
    return { errors: [gettext("Can't reach the server.")] };
  }
}

/** On lines of its own, by the browser's own editing, so that undo works. */
function put(area, line) {
  const before = area.value.slice(0, area.selectionStart);
  const text = `${/(?:^|\n\n)$/.test(before) ? "" : before.endsWith("\n") ? "\n" : "\n\n"}${line}\n\n`;
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function preview(image, file) {
  image.hidden = true;
  if (!file) return;
  const reader = new FileReader(); // the content policy knows data:, not blob:
  reader.addEventListener("load", () => { image.src = String(reader.result); image.hidden = false; });
  reader.readAsDataURL(file);
}

function say(wrong, errors) {
  wrong.replaceChildren(...errors.map((error) => make("li", { textContent: error })));
  wrong.hidden = false;
}

function build() {
  const input = make("input", { type: "file", accept: "image/png,image/jpeg,image/webp,image/gif", id: "picture-file" });
  const alt = make("input", { type: "text", maxLength: 500, required: true, autocomplete: "off", id: "picture-alt" });
  alt.setAttribute("aria-describedby", "picture-alt-help");
  const help = make("p", { className: "meta", id: "picture-alt-help", textContent: gettext("What the picture shows, for people who can't see it.") });
  const image = make("img", { hidden: true, alt: "", className: "picture-preview" });
  const wrong = make("ul", { className: "errorlist", hidden: true, role: "alert" });
  const button = make("button", { type: "submit", className: "btn btn-primary", textContent: gettext("Add picture") });
  const cancel = make("button", { type: "button", className: "btn", textContent: gettext("Cancel") });
  const head = make("h2", { id: "picture-head", textContent: gettext("Add a picture") });
  const form = make("form", { className: "form" }, [
    head, wrong, image, field(gettext("Picture"), input), field(gettext("Alternative text"), alt, help),
    make("p", { className: "acts" }, [button, cancel]),
  ]);
  const element = make("dialog", { className: "dialog" }, [form]);
  element.setAttribute("aria-labelledby", "picture-head");
  cancel.addEventListener("click", () => element.close());
  return { element, parts: { form, input, alt, image, wrong, button } };
}

const field = (word, input, ...more) => make("div", { className: "field" }, [make("label", { htmlFor: input.id, textContent: word }), input, ...more]);

function make(name, values, children = []) {
  const element = Object.assign(document.createElement(name), values);
  element.append(...children);
  return element;
}
