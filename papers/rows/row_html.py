"""A paper's row: its values, and its markup as in components/{state,spine,person}.html.

A list shows fifty of these, and as templates they were most of what its page cost: plain Python
writes a row in a fortieth of the time. All that people wrote goes through `escape`. What is the
same in every row stands once: static/js/site.js sends the acts, static/js/keys.js knows the keys.
What a language says is looked up once for each language, not in each row.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from papers.people import Person, join_names
from papers.rows.spine_svg import Spine, render_spine
from papers.text import addresses
from papers.text.formulas import to_letters
from papers.text.sections import SECTIONS
from papers.text.writing import escape, join_imprint

PEOPLE_IN_A_ROW = 4
"""Circles; more than these become a number."""

ROW = (
    '<li class="row" id="paper-{id}">{box}<div class="row-state">{state}{spine}</div>'
    '<div class="row-text"><h3 class="title"><a href="{url}" dir="auto">{title}</a></h3>'
    '<p class="meta">{facts}</p>{notes}</div><div class="row-end">{people}{act}</div></li>\n'
)
BOX = (
    '<label class="tick"><input type="checkbox" name="paper" value="{id}" '
    'aria-label="{label}"></label>'
)
ACT = (
    '<button class="btn btn-small" form="act" formaction="{url}">{word}'
    '<span class="sr"> {title}</span></button>'
)


@dataclass(frozen=True, slots=True)
class Match:
    """A passage in which the words of a search stand: what it is of, and the words around."""

    part: str
    html: SafeString
    url: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of a list. Everything is as this viewer may see it.

    `state` is one of open, claimed, draft (the viewer's own), reviewed, discussed. `spine` tells
    of the reviews that the viewer may read; `reviewers` names all that she may know of. A free
    slot is one that no open lease holds. `note`, `note_html` (safe), `marked_title` and `matched`
    are for the list to fill; `extra` holds the further columns that it asked for.
    """

    id: int
    title: str
    slug: str
    author_names: Sequence[str]
    venue: str
    year: int | None
    state: str
    spine: Spine = ()
    reviewers: Sequence[Person] = ()
    claimants: Sequence[Person] = ()
    my_claim: int | None = None
    free_slots: int = 0
    may_claim: bool = False
    extra: Sequence[Any] = ()
    note: str = ""
    note_html: str = ""
    marked_title: SafeString | str = ""
    matched: Sequence[Match] = ()

    @property
    def url(self) -> str:
        """The paper's page."""
        return addresses.paper(self.id, self.slug)

    @property
    def html(self) -> SafeString:
        """The row as a list item."""
        return render_row(self)

    @property
    def ticked_html(self) -> SafeString:
        """The same with a box to tick, for acts on many papers."""
        return render_row(self, has_box=True)

    @property
    def authors(self) -> str:
        """The authors on one line."""
        return join_names(self.author_names)

    @property
    def people(self) -> list[Person]:
        """Reviewers, then claimants who have not reviewed yet."""
        known = {person.id for person in self.reviewers}
        return [*self.reviewers, *(one for one in self.claimants if one.id not in known)]

    @property
    def state_word(self) -> str:
        """Which word the mark of the state says: "yours" when the viewer's claim is the
        first, "listed" when the paper is on their reading list and nobody has claimed it.
        """
        if self.state == "open" and self.my_claim:
            return "listed"
        is_mine = self.state == "claimed" and self.claimants and self.claimants[0].is_me
        return "yours" if is_mine else self.state

    @property
    def claim_url(self) -> str:
        """Where a click claims the paper; empty when the viewer may not."""
        return addresses.claim(self.id) if self.may_claim else ""

    @property
    def release_url(self) -> str:
        """Where a click gives the paper back; empty without a claim of the viewer."""
        return addresses.release(self.id) if self.my_claim else ""


def render_row(row: PaperRow, *, has_box: bool = False) -> SafeString:
    """The whole list item; with a box to select it for bulk actions."""
    title, language = escape(to_letters(row.title)), get_language()
    markup = ROW.format(
        id=row.id,
        box=_render_box(row, title) if has_box else "",
        state=render_state(row.state, row.state_word, language),
        spine=render_spine(row.spine),
        url=escape(row.url),
        title=row.marked_title or title,
        facts=_render_facts(row),
        notes=_render_notes(row) if row.note or row.note_html or row.matched else "",
        people=render_people(row.people),
        act=_render_act(row, title, language),
    )
    return mark_safe(markup)  # noqa: S308 (every text above is escaped)


def say_state(word: str) -> str:
    """The state of a paper in the language of the page; "yours" is a claim of the viewer."""
    words = {
        "open": pgettext("a paper", "open"),
        "claimed": pgettext("a paper", "claimed"),
        "yours": pgettext("a paper", "claimed by you"),
        "listed": pgettext("a paper", "on your list"),
        "draft": pgettext("a paper", "in draft"),
        "reviewed": pgettext("a paper", "reviewed"),
        "discussed": pgettext("a paper", "discussed"),
    }
    return words.get(word, word)


@cache
def render_state(state: str, word: str, language: str | None) -> str:
    """The word with its shape."""
    return f'<span class="state state-{state}">{escape(say_state(word))}</span>'


def say_parts(written: Collection[str]) -> str:
    """`summary, critique`: the sections with these keys, in reading order."""
    return ", ".join(_(one.short).lower() for one in SECTIONS if one.key in written)


def _render_box(row: PaperRow, title: str) -> str:
    return BOX.format(id=row.id, label=_("Select %(title)s") % {"title": title})


def render_people(people: Sequence[Person]) -> str:
    """Overlapping circles; nothing for nobody."""
    if not people:
        return ""
    circles = "".join(render_person(person) for person in people[:PEOPLE_IN_A_ROW])
    if more := len(people[PEOPLE_IN_A_ROW:]):
        title = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}
        circles += f'<span class="who who-more" role="img" title="{title}">+{more}</span>'
    return f'<span class="people">{circles}</span>'


def render_person(person: Person) -> str:
    """Initials in a circle."""
    name, mine = escape(person.name or person.handle), " who-me" if person.is_me else ""
    return f'<span class="who{mine}" role="img" title="{name}">{escape(person.initials)}</span>'


def _render_facts(row: PaperRow) -> str:
    authors = escape(row.authors)
    place = escape(join_imprint(row.venue, row.year))
    if not place:
        return authors
    return f'{authors}{" · " if authors else ""}<span dir="auto">{place}</span>'


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


def _render_act(row: PaperRow, title: str, language: str | None) -> str:
    if row.claim_url:
        return ACT.format(url=row.claim_url, word=_say_claim(language), title=title)
    if row.release_url:
        return ACT.format(url=row.release_url, word=_say_release(language), title=title)
    return ""


@cache
def _say_claim(language: str | None) -> str:
    return pgettext("a button", "Claim")


@cache
def _say_release(language: str | None) -> str:
    return pgettext("a button", "Release")
