"""The markup of a paper's row, as in components/{state,mark,person}.html.

A list shows fifty of these, and as templates they were most of what its page cost: plain Python
writes a row in a fortieth of the time. All that people wrote goes through `escape`. What is the
same in every row stands once: static/js/site.js sends the acts, static/js/keys.js knows the keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from papers.text.writing import escape

if TYPE_CHECKING:
    from papers.people import Person
    from papers.rows.queries import Match, PaperRow, Parts

PEOPLE_IN_A_ROW = 4
"""Circles; more than these become a number."""

ROW = (
    '<li class="row" id="paper-{id}">{box}<div class="row-state">{state}{mark}</div>'
    '<div class="row-text"><h3 class="title"><a href="{url}" dir="auto">{title}</a></h3>'
    '<p class="meta">{facts}</p>{notes}</div><div class="row-end">{people}{act}</div></li>\n'
)
BOX = (
    '<label class="tick"><input type="checkbox" name="paper" value="{id}" '
    'aria-label="Tick {title}"></label>'
)
ACT = (
    '<button class="btn btn-small" form="act" formaction="{url}">{word}'
    '<span class="sr"> {title}</span></button>'
)


def render_row(row: PaperRow, *, has_box: bool = False) -> SafeString:
    """The whole list item; with a box to tick for acts on many papers."""
    title = escape(row.title)
    markup = ROW.format(
        id=row.id,
        box=BOX.format(id=row.id, title=title) if has_box else "",
        state=render_state(row.state, row.state_word),
        mark=render_mark(row.parts),
        url=escape(row.url),
        title=row.marked_title or title,
        facts=_render_facts(row),
        notes=_render_notes(row) if row.note or row.note_html or row.matched else "",
        people=render_people(row.people),
        act=_render_act(row, title),
    )
    return mark_safe(markup)  # noqa: S308 (every text above is escaped)


def render_state(state: str, word: str) -> str:
    """The word with its shape."""
    return f'<span class="state state-{state}">{word}</span>'


def render_mark(parts: Parts) -> str:
    """The three-part mark: which parts of a review exist. The stylesheet reads the words too."""
    written = [
        word
        for word, is_on in (
            ("summary", parts.summary),
            ("critique", parts.critique),
            ("follow-up", parts.followup),
        )
        if is_on
    ]
    title = f"Written: {', '.join(written)}" if written else "No part reviewed yet"
    return f'<span class="mark" role="img" title="{title}"></span>'


def render_people(people: Sequence[Person]) -> str:
    """Overlapping circles; nothing for nobody."""
    if not people:
        return ""
    circles = "".join(render_person(person) for person in people[:PEOPLE_IN_A_ROW])
    if more := len(people[PEOPLE_IN_A_ROW:]):
        circles += f'<span class="who who-more" role="img" title="and {more} more">+{more}</span>'
    return f'<span class="people">{circles}</span>'


def render_person(person: Person) -> str:
    """Initials in a circle."""
    name, mine = escape(person.name or person.handle), " who-me" if person.is_me else ""
    return f'<span class="who{mine}" role="img" title="{name}">{escape(person.initials)}</span>'


def _render_facts(row: PaperRow) -> str:
    authors = escape(row.authors)
    place = escape(f"{row.venue} {row.year or ''}".strip())
    if not place:
        return authors
    return f'{authors}{" · " if authors else ""}<span class="nowrap">{place}</span>'


def _render_notes(row: PaperRow) -> str:
    note = f'<p class="row-note" dir="auto">{escape(row.note)}</p>' if row.note else ""
    if row.note_html:
        note += f'<div class="row-note prose" dir="auto">{row.note_html}</div>'
    return note + render_matches(row.matched)


def render_matches(matched: Sequence[Match]) -> str:
    """The passages in which the words of a search stand."""
    return "".join(map(_render_match, matched))


def render_later_matches(matched: Mapping[int, Sequence[Match]]) -> SafeString:
    """Passages that were fetched after their rows, by paper; each goes to its row."""
    pieces = (
        f'<div hx-swap-oob="beforeend:#paper-{paper} .row-text">{render_matches(found)}</div>'
        for paper, found in matched.items()
    )
    return mark_safe("".join(pieces))  # noqa: S308 (every text above is escaped)


def _render_match(match: Match) -> str:
    part = escape(match.part)
    if match.url:
        part = f'<a href="{escape(match.url)}">{part}</a>'
    return f'<p class="row-match" dir="auto"><span class="part-of">{part}</span> {match.html}</p>'


def _render_act(row: PaperRow, title: str) -> str:
    if row.claim_url:
        return ACT.format(url=row.claim_url, word="Claim", title=title)
    if row.release_url:
        return ACT.format(url=row.release_url, word="Give back", title=title)
    return ""
