/** What the editor says about saving, and times in the lab's time zone. */
import { gettext, interpolate } from "./texts.js";

const language = document.documentElement.lang;
const locale = language === "en" ? "en-GB" : language; // day before month, as on the pages

/** The line below the text. @param {string} text */
export function say(text) {
  const line = document.getElementById("saved");
  if (line) line.textContent = text;
}

/** A note at the head of the form. @param {HTMLFormElement} form @param {string} sentence */
export function tell(form, sentence) {
  const note = form.querySelector("[data-restored]");
  note.className = "message";
  note.textContent = `${note.textContent} ${sentence}`.trim();
  note.hidden = false;
}

/** `12:03`, with the day when it was another one. @param {number} at ms @param {string} zone */
export function formatTime(at, zone) {
  const write = (moment, options) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(moment);
  const [day, today] = [at, Date.now()].map((moment) => write(moment, { day: "numeric", month: "short" }));
  const time = write(at, { hour: "2-digit", minute: "2-digit", hour12: false });
  return day === today ? time : `${day}, ${time}`;
}

/** @param {string} time */
export const saySaved = (time) => say(interpolate(gettext("Saved %(time)s"), { time }));
