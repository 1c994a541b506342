/** Where the words of a search stand, below the rows: fetched some rows at a time, as they come into view. */
const WITH_THE_PAGE = 10; // as SEEN_AT_ONCE in papers/catalogue/queries.py
const AT_ONCE = 10;

let watched, observer;

export function watch(list) {
  if (list === watched) return;
  watched = list;
  observer?.disconnect();
  const waiting = [...list.children].slice(WITH_THE_PAGE);
  observer = new IntersectionObserver((entries) => {
    const first = entries.find((entry) => entry.isIntersecting && waiting.includes(entry.target));
    if (!first) return;
    const rows = waiting.splice(waiting.indexOf(first.target), AT_ONCE);
    for (const row of rows) observer.unobserve(row);
    fetchFor(list, rows);
    // What was seen besides is told again.
    for (const row of waiting) { observer.unobserve(row); observer.observe(row); }
  }, { rootMargin: "50% 0px" });
  for (const row of waiting) observer.observe(row);
}

function fetchFor(list, rows) {
  const papers = rows.map((row) => row.id.replace("paper-", "")).join(",");
  htmx.ajax("GET", `${list.dataset.passages}&papers=${papers}`, { source: list, target: list, swap: "none" });
}
