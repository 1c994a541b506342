/** Asks the browser for a passkey, or makes one, and sends its answer with the form around the button. */
import { gettext } from "./texts.js";

/** Whether this browser has passkeys on this site: an address without https has none. */
export const canUse = globalThis.isSecureContext && "credentials" in navigator && "PublicKeyCredential" in globalThis;

/** Show the buttons where they can do something; else what is said in their place stays. @param {ParentNode} part */
export function reveal(part) {
  if (!canUse) return;
  for (const element of part.querySelectorAll("[data-passkeys]")) element.hidden = false;
  for (const element of part.querySelectorAll("[data-no-passkeys]")) element.hidden = true;
}

/** @param {HTMLButtonElement} button with `data-passkey` (get or create) and `data-options` or `data-url` */
export async function use(button) {
  const { form, dataset } = button;
  const said = form.querySelector("[data-said]");
  if (dataset.passkey === "create" && !form.reportValidity()) return;
  said.textContent = "";
  button.disabled = true;
  try {
    const options = dataset.url ? await ask(dataset.url) : JSON.parse(dataset.options);
    const publicKey = decode(options.publicKey);
    const credential = await navigator.credentials[dataset.passkey]({ publicKey });
    form.querySelector("[data-credential]").value = JSON.stringify(encode(credential));
    form.submit();
  } catch (problem) {
    button.disabled = false;
    said.textContent = problem instanceof Refused ? problem.message : explain(problem);
  }
}

class Refused extends Error {}

/** What the server asks for. @param {string} url */
async function ask(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.said);
  return answer.request_options;
}

/** In words, what a browser means by the names of its errors. */
function explain({ name }) {
  if (name === "NotAllowedError" || name === "AbortError") return gettext("No passkey was used. You can try again.");
  if (name === "InvalidStateError") return gettext("This device already has a passkey for your account.");
  if (name === "SecurityError") return gettext("Passkeys don't work at this address of the site.");
  if (name === "TypeError") return gettext("Can't reach the server. Please try again.");
  return gettext("The passkey couldn't be used. Please try again.");
}

/** JSON has no bytes: they are written in base64 for addresses. */
function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.codePointAt(0));
}

function toText(bytes) {
  const plain = String.fromCodePoint(...new Uint8Array(bytes));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const withBytes = (known) => ({ ...known, id: toBytes(known.id) });

function decode(options) {
  const found = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) found.user = withBytes(options.user);
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) found[list] = options[list].map(withBytes);
  }
  return found;
}

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function encode(credential) {
  const response = {};
  for (const part of PARTS) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}
