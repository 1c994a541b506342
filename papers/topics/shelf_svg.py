"""The figures of a topic and its shelf: spines of papers side by side, on a board of coverage.

Each paper has a place of the same width. Those that are reviewed are drawn by the words of their
reviews and stand on a dark board; then come claimed ones, on gray, and open ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.rows.spine_svg import HEIGHT, Spine, get_height
from papers.text.sections import SECTIONS, Section
from papers.text.writing import escape

MOST = 24
"""Places on a shelf; with more papers it shows their shares."""

BAR, GAP, PLACE = 2, 1, 11
"""Width of a bar, space to the next, and of the place of a paper."""

BOARD = 2
"""Height of the board below the books."""


def render_shelf(spines: Sequence[Spine], papers: int, reviewed: int, opened: int) -> SafeString:
    """The shelf with its board and its words; nothing for a topic without papers."""
    if not papers:
        return SafeString()
    words = _("%(reviewed)s of %(papers)s papers reviewed, %(claimed)s claimed, %(open)s open") % {
        "reviewed": reviewed,
        "papers": papers,
        "claimed": papers - reviewed - opened,
        "open": opened,
    }
    places = min(papers, MOST)
    read = _share(reviewed, papers, places)
    held = max(places - read - _share(opened, papers, places), 0)
    books = "".join(_draw_section(place, spines[-read:] if read else ()) for place in SECTIONS)
    boards = (("read", 0, read), ("claimed", read, read + held), ("open", read + held, places))
    markup = (
        f'<span class="shelf" role="img" title="{escape(words)}">'
        f'<svg viewBox="0 0 {PLACE * places} {HEIGHT + BOARD}" aria-hidden="true">'
        f"{books}{''.join(_draw_board(*board) for board in boards)}</svg></span>"
    )
    return mark_safe(markup)  # noqa: S308 (numbers and escaped words)


def _share(part: int, whole: int, places: int) -> int:
    """So many places of the shelf; at least one for what there is."""
    return part if whole <= places else max(round(places * part / whole), int(part > 0))


def _draw_board(name: str, start: int, end: int) -> str:
    """The board below some places, which also says so without color: the open part is thin."""
    height = BOARD / 2 if name == "open" else BOARD
    path = f"M{PLACE * start} {HEIGHT}H{PLACE * end - 3 * GAP}v{height:g}H{PLACE * start}z"
    return f'<path class="board-{name}" d="{path}"/>' if end > start else ""


def _draw_section(section: Section, spines: Sequence[Spine]) -> str:
    place = SECTIONS.index(section)
    bars = [
        f"M{number * PLACE + place * (BAR + GAP)} {HEIGHT}h{BAR}v-{height}h-{BAR}z"
        for number, spine in enumerate(spines)
        if (height := get_height(sum(review[place] for review in spine)))
    ]
    return f'<path class="part-{section.word}" d="{"".join(bars)}"/>' if bars else ""


def group_spines(rows: Iterable[tuple[int, tuple[int, ...]]]) -> dict[int, Spine]:
    """Reviews by paper, papers in the order of their first review."""
    spines: dict[int, Spine] = {}
    for paper, words in rows:
        spines[paper] = (*spines.get(paper, ()), words)
    return spines


def render_coverage(name: str, query: str, papers: int, reviewed: int, opened: int) -> SafeString:
    """Papers, reviewed ones, and open ones with the way to them (`query`).

    The words of the figures are seen where there is no head above.
    """
    figures = (
        ngettext(
            '%(n)s<span class="unit"> paper</span>',
            '%(n)s<span class="unit"> papers</span>',
            papers,
        )
        % {"n": f"{papers:,}"},
        _('%(n)s<span class="unit"> reviewed</span>') % {"n": f"{reviewed:,}"},
        _render_open(name, query, opened),
    )
    spans = (f'<span class="num">{one}</span>\n' for one in figures)
    return mark_safe("".join(spans))  # noqa: S308 (numbers and escaped texts)


def _render_open(name: str, query: str, opened: int) -> str:
    if not opened:
        said = _('%(n)s<span class="unit"> open</span>') % {"n": 0}
        return f'<span class="quiet">{said}</span>'
    said = _('%(n)s<span class="unit"> open</span><span class="sr"> in %(topic)s</span>')
    url = f"{reverse('paper-list')}?q={quote(query)}"
    return f'<a href="{url}">{said % {"n": f"{opened:,}", "topic": escape(name)}}</a>'
