"""What was pasted, shared and looked up, joined to the values of the form's fields. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from papers.catalogue.recognition import list_new_links, recognise, write_down
from papers.importing.reading.pasting.pasted_identifiers import LINK, Pasted
from papers.lookups.found_work import Found
from papers.text.identifiers import host
from papers.text.titles import near_titles, title_key

LONGEST_SHARED = 1000


def list_values(pasted: Pasted, found: Found | None = None, shared: str = "") -> dict[str, str]:
    """What was recognized and looked up, as the fields of the form hold it; without those that say
    nothing.

    Facts that somebody wrote go before those that were looked up, and these before what an address
    or the title of a page says.
    """
    written = _write(pasted)
    if found is None:
        return {"title": shared, **written} if shared else written
    if pasted.title and pasted.kind != LINK and not is_same_work(pasted, found):
        return written
    looked_up = _write(found)
    joined = written | looked_up if pasted.kind == LINK else looked_up | written
    return joined | {"names": join_names(pasted.names, found.names)}


def is_same_work(pasted: Pasted, found: Found) -> bool:
    """Whether the title that was pasted, if there is one, is that of the work found."""
    return (
        not pasted.title
        or title_key(pasted.title) == title_key(found.title)
        or bool(near_titles(pasted.title, [found.title]))
    )


def join_names(names: Iterable[str], more: Iterable[str]) -> str:
    """Identifiers and addresses, each once, as the field holds them."""
    known, other = recognise("\n".join(names)), recognise("\n".join(more))
    kept = [one for one in (*known.identifiers, *other.identifiers) if one[0] != "url"]
    links = [*known.links, *list_new_links(known.links, other.links)]
    return write_down(dict.fromkeys(kept), [url for _kind, url in links])


def _write(source: Pasted | Found) -> dict[str, str]:
    values = {
        "names": "\n".join(source.names),
        "title": source.title,
        "authors": "\n".join(source.authors),
        "abstract": source.abstract,
        "venue": source.venue,
        "year": str(source.year or ""),
    }
    return {name: value for name, value in values.items() if value}


_LEAD = re.compile(r"^(?:\[[^\]]{3,30}\]|\(\d+\))\s*")
_TAIL = re.compile(r"\s+(?:\||[-–—]|::|•)\s+([^|–—•]{2,60})$")


def clean_page_title(title: str, url: str) -> str:
    """A page's title without the number before it and the name of its site behind it."""
    line = " ".join(title.split())[:LONGEST_SHARED]
    plain = _LEAD.sub("", line)
    if (tail := _TAIL.search(plain)) and _spell(tail[1]) in _spell(host(url)):
        plain = plain[: tail.start()]
    return plain or line


def _spell(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
