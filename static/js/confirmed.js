/**
 * What the server confirmed last, for a page that was written before it did: one that is loaded while the last
 * save of the page before it is on its way may show the text without that save, and so may one from the
 * browser's cache. Times and stamps are the server's.
 *
 * @typedef {{sent: string, stamp: string, at: number}} Confirmed
 */

/** @param {string} place @param {Confirmed | null} confirmed */
export function remember(place, confirmed) {
  try {
    if (confirmed) sessionStorage.setItem(place, JSON.stringify(confirmed));
    else sessionStorage.removeItem(place);
  } catch { /* then the page asks again when a save is refused */ }
}

/**
 * The last confirmation, if it is news to a page that the server wrote at `since` with this stamp.
 * @param {string} place
 * @param {number} since
 * @param {string} stamp
 * @returns {Confirmed | undefined}
 */
export function recall(place, since, stamp) {
  let last;
  try { last = JSON.parse(sessionStorage.getItem(place)); } catch { return undefined; }
  return last && last.at >= since && isNewer(last.stamp, stamp) ? last : undefined;
}

/** @param {string} stamp @param {string} than */
function isNewer(stamp, than) {
  const [number, version] = stamp.split(".").map(Number);
  const [oldNumber, oldVersion] = than.split(".").map(Number);
  return number > oldNumber || (number === oldNumber && version > oldVersion);
}
