/** Signing in again in a dialog, when a session has ended while somebody writes. */
import { gettext, interpolate } from "./texts.js";

const REST = 1500; // ms without a key: whoever types would type on into the dialog, and miss the words in the text
let lastKey = -REST;
let isComposing = false;
for (const kind of ["keydown", "input"]) document.addEventListener(kind, () => { lastKey = performance.now(); }, true);
document.addEventListener("compositionstart", () => { isComposing = true; }, true);
document.addEventListener("compositionend", () => { isComposing = false; }, true);

/** Wait until nobody types. */
async function rest() {
  while (isComposing || performance.now() - lastKey < REST) await new Promise((done) => { setTimeout(done, REST / 10); });
}

/**
 * @param {HTMLDialogElement} dialog with the address of the form in `data-url`
 * @param {string} handle whose text it is
 * @param {() => void} goOn what to do once the same member is back
 * @param {AbortSignal} signal ends the listening
 */
export function createRenewal(dialog, handle, goOn, signal) {
  let isAsked = false;

  dialog.addEventListener("close", () => { isAsked = false; }, { signal });
  document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id === "session" || detail.elt?.id === "session") answered();
  }, { signal });

  for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.body.addEventListener(trouble, ({ detail }) => {
      if (detail.target?.id === "session" && !dialog.open) isAsked = false; // the next save asks again
    }, { signal });
  }

  async function answered() {
    const session = document.getElementById("session");
    const { session: who, token } = session.dataset;
    if (who === handle) return takeToken(token);
    if (who !== undefined) session.textContent = interpolate(gettext(
      "You're signed in as %(who)s. This text belongs to %(handle)s and stays in this browser.",
    ), { who, handle });
    if (!dialog.open) {
      await rest();
      if (signal.aborted || !isAsked || dialog.open) return undefined;
      dialog.showModal();
    }
    document.getElementById("session").querySelector("input:not([type=hidden])")?.focus();
    return undefined;
  }

  /** @param {string} token */
  function takeToken(token) {
    document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": token }));
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
    isAsked = false;
    if (dialog.open) close();
    goOn();
  }

  /** Back to the text: Chromium gives it the focus, but takes no keys, when the field in the dialog went before. */
  function close() {
    dialog.close();
    const field = document.activeElement;
    field?.blur();
    field?.focus({ preventScroll: true });
  }

  return {
    /** Ask once: the form that is open must not be fetched again while it is filled in; an empty one is, since she may
     * have signed in elsewhere. */
    ask() {
      const isEmpty = dialog.open && [...dialog.querySelectorAll("input:not([type=hidden])")].every((input) => !input.value);
      if (isAsked && !isEmpty) return;
      isAsked = true;
      htmx.ajax("GET", dialog.dataset.url, { target: "#session", swap: "outerHTML" });
    },
  };
}
