"""Lines that hold no title: a day, a venue, a site, a promise, or parts of the page's own menu."""

import re
from collections.abc import Sequence

from papers.importing.reading.entries.fronts import front_end
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.pieces import Piece, only_links, plain
from papers.text.cancelled import is_cancelled, opens_meetings
from papers.text.dates import names_a_time, tells_every_week
from papers.text.identifiers import is_paper_url
from papers.text.link_kinds import arranges_meetings, link_kind
from papers.text.venues import find_venue, known_venue
from papers.text.wording import is_unready, words

_YEARS = re.compile(r"\s*[(（\[][\d\s,/&–-]*[)）\]]$")
_HOME = re.compile(r"https?://[^/?#]+/?(?:#.*|(?:index\.html?|[a-z]{2}|home)/?)?")
"""The front page of a site; a number behind it may be any work's."""


def says_no_title(pieces: Sequence[Piece], text: str) -> str:
    """What a line says that is nothing but a day, a venue or a promise, "" for others."""
    if names_a_time(text.strip(" :：")):
        return "a date alone"
    if _is_venue_alone(plain(piece for piece in pieces if not piece.bare).strip(" :：–—-")):
        return "a venue alone"
    if _is_front_page(pieces):
        return "a site's front page"
    if _are_labels_alone(pieces):
        return "links of a paper alone"
    if _arranges_meetings(pieces, text):
        return "about the list"
    undated = text[front_end(text) :].lstrip(" :：.-–—|")
    is_empty = is_unready(text) or is_cancelled(text) or is_cancelled(undated)
    is_empty |= undated != text and (is_unready(undated) or opens_meetings(undated))
    return "a promise" if is_empty and not any(p.is_web for p in pieces) else ""


def _arranges_meetings(pieces: Sequence[Piece], text: str) -> bool:
    """When one meets, every week, or nothing but links to video calls, forms and calendars."""
    web = [piece.url or "" for piece in pieces if piece.is_web]
    is_weekly = tells_every_week(text) and not any(map(is_paper_url, web))
    return is_weekly or (bool(web) and all(map(arranges_meetings, web)))


_FULL_NAME = re.compile(
    r"\b(?:conf[eé]rence|konferenz|conferencia|symposium|workshop|journal|transactions|proceedings"
    r"|association|society|congress|meeting|letters)\b|会议|学会|会議|학회",
    re.IGNORECASE,
)
"""What the long form of a venue's name says; a title behind a short name rarely says it."""
_IN_FULL = re.compile(r"(.{2,30}?)\s*[(（:–—-]+\s*[^()]{8,120}[)）]?")


def _is_venue_alone(text: str) -> bool:
    """The name of a venue, perhaps with a year or in full: "ICML (International..)"."""
    name = _YEARS.sub("", text).strip(" .")
    found = find_venue(name)
    in_full = _IN_FULL.fullmatch(name)
    is_named = in_full is not None and known_venue(in_full[1]) and bool(_FULL_NAME.search(name))
    is_dated = found is not None and (found.start, found.end) == (0, len(name))
    return known_venue(name) or is_dated or (is_named and not any(map(str.isdigit, name)))


def _are_labels_alone(pieces: Sequence[Piece]) -> bool:
    """Nothing but links called "slides" or "code": they belong to a paper beside them."""
    links = [piece for piece in pieces if piece.is_link]
    is_alone = only_links(tuple(pieces)) and not any(piece.bare for piece in links)
    return is_alone and all(
        is_label_link(piece)
        and link_kind("", piece.text) in ("code", "project", "discussion")
        and not is_paper_url(piece.url or "")
        for piece in links
    )


def _is_front_page(pieces: Sequence[Piece]) -> bool:
    """A name that leads to a whole site, and nowhere else: "[Google Scholar](https://...com/)"."""
    links = [piece for piece in pieces if piece.is_link]
    first = next((piece for piece in pieces if words(piece.text)), None)
    is_led = first in links and len(words(first.text)) <= 5 if first is not None else False
    return is_led and all(_HOME.fullmatch(piece.url or "") for piece in links)


def is_contents(pieces: Sequence[Piece]) -> bool:
    """An item of a table of contents: its links lead to places of the same page."""
    links = [piece for piece in pieces if piece.is_link]
    return bool(links) and all((piece.url or "").startswith("#") for piece in links)


def is_menu(pieces: Sequence[Piece]) -> bool:
    """Nothing but short names of other pages side by side: "home | publications | join us"."""
    links = [piece for piece in pieces if piece.is_link]
    return (
        len(links) > 2
        and only_links(tuple(pieces))
        and not any(
            is_paper_url(p.url or "") or link_kind("", p.text) for p in links if is_label_link(p)
        )
        and all(len(words(p.text)) <= 2 and not p.is_web for p in links)
    )
