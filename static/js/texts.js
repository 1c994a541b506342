/**
 * The texts of the scripts in the language of the page. What is written in the scripts is English; for
 * another language the page holds a catalog (papers/languages.py), as data that no browser runs.
 *
 * @typedef {{plural: string, texts: Record<string, string | string[]>}} Catalog
 */
const data = document.getElementById("texts")?.textContent;

/** @type {Catalog} */
const catalog = data ? JSON.parse(data) : { plural: "", texts: {} };

/** The text in the language of the page; English where nobody has translated it. @param {string} english */
export function gettext(english) {
  return String(catalog.texts[english] ?? english);
}

/**
 * The form of a text that fits the number.
 * @param {string} one
 * @param {string} many
 * @param {number} number
 */
export function ngettext(one, many, number) {
  const forms = catalog.texts[one];
  if (!Array.isArray(forms)) return number === 1 ? one : many;
  return forms[Number(catalog.plural[number < 200 ? number : 100 + (number % 100)])];
}

/**
 * Fill in the names of a text: `%(name)s`.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function interpolate(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));
}
