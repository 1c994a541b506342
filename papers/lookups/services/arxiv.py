"""arXiv's Atom API: https://info.arxiv.org/help/api/user-manual.html.

"No more than one request every three seconds, and a single connection at a time."
"""

from __future__ import annotations

import re
from typing import Any

from papers.lookups.found_work import Found, WrongWork, make_found, read_day
from papers.lookups.services import parsers
from papers.lookups.services.service import Service, quoted
from papers.lookups.subjects import ARXIV, Subject
from papers.text.identifiers import arxiv_id, arxiv_url, doi, doi_url

_ATOM, _OWN = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"
_VERSION = re.compile(r"v(\d{1,3})$")


def get_text(element: Any) -> str:
    """All text in an element, its markup left out."""
    return "".join(element.itertext()) if element is not None else ""


def write_path(subject: Subject) -> str:
    """The query for one paper."""
    if subject.kind != ARXIV:
        return ""
    return f"/api/query?id_list={quoted(subject.value)}&max_results=1"


def read(body: bytes, subject: Subject) -> Found | None:
    """The one entry of the feed; an unknown id gives an empty feed or an entry about an error."""
    root = parsers.load()[0].read_xml(body)
    entry = root.find(f"{_ATOM}entry")
    if root.tag != f"{_ATOM}feed":
        raise WrongWork("The answer is no Atom feed.")
    if entry is None:
        return None
    address = get_text(entry.find(f"{_ATOM}id")).strip()
    if "/api/errors" in address:
        return None
    if arxiv_id(address) != subject.value:
        raise WrongWork(f"arXiv answered with {address[:100]}.")
    return _read_entry(entry, address, subject.value)


def _read_entry(entry: Any, address: str, number: str) -> Found:
    version = _VERSION.search(address)
    published = read_day(get_text(entry.find(f"{_ATOM}published")))
    name = doi(get_text(entry.find(f"{_OWN}doi")))
    return make_found(
        title=get_text(entry.find(f"{_ATOM}title")),
        authors=[get_text(one) for one in entry.iterfind(f"{_ATOM}author/{_ATOM}name")],
        abstract=get_text(entry.find(f"{_ATOM}summary")),
        venue=get_text(entry.find(f"{_OWN}journal_ref")) or "arXiv",
        year=published[:4],
        published_on=published,
        names=(
            arxiv_url(number),
            *([doi_url(name)] if name else []),
            f"https://arxiv.org/pdf/{number}",
        ),
        version=f"v{version[1]}" if version else "",
        versioned_on=read_day(get_text(entry.find(f"{_ATOM}updated"))),
        published_as=name,
    )


SERVICE = Service("arxiv", "arXiv", "https://export.arxiv.org", 3.0, write_path, read)
