"""Short titles of which nothing is told, among papers of which much is told: labels and remarks."""

from collections.abc import Sequence

from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.outline.document import Outline
from papers.text.identifiers import is_paper_url
from papers.text.wording import length

LEAST, SHARE, SHORT = 6, 0.8, (2, 3)
"""Entries of a document that show a habit, the share of them of which something is told, and the
words of a title that is left out.
"""


def without_bare(entries: Sequence[Entry], outline: Outline) -> list[Entry]:
    """The entries without such; their lines are told as left out."""
    told = sum(map(_tells, entries))
    if len(entries) < LEAST or told < SHARE * len(entries):
        return list(entries)
    kept = []
    for entry in entries:
        is_short = SHORT[0] <= length(entry.title) <= SHORT[1]
        is_label = length(entry.title) > 1 and entry.written.rstrip().endswith((":", "："))
        if _tells(entry) or not (is_short or is_label):
            kept.append(entry)
        else:
            outline.release(entry.line, entry.last_line)
    return kept


def _tells(entry: Entry) -> bool:
    """Whether anything is told beside the title: who, where, when, or an address of a paper."""
    return bool(
        entry.authors
        or entry.venues
        or entry.year
        or entry.members
        or entry.ids
        or entry.units
        or any(is_paper_url(link.url) for link in entry.links)
    )
