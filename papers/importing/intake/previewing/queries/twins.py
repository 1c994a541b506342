"""What a preview asks of two entries of one document that only a title joins: one paper or two?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from papers.importing.intake.matching.queries.comparing import Pair, pair, pair_sets, show
from papers.importing.reading.drafts.draft_json import unpack_paper
from papers.importing.reading.drafts.understood import PLACE, PaperDraft, PlaceDraft
from papers.models import ImportItem

_NUMBER = re.compile(r"-\d+$")
"""What tells the keys of entries of one title apart."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Two entries of one title, at these lines; `name` is what the choice is called."""

    name: str
    line: int
    other_line: int
    is_same: bool
    pairs: list[Pair]

    @property
    def left(self) -> list[Pair]:
        """What would not be taken over."""
        return [one for one in self.pairs if one.fate == "kept"] if self.is_same else []


def ask_twins(items: Sequence[ImportItem]) -> dict[int, list[Twin]]:
    """The questions about these items of one import, by item; one query at most."""
    drafts = {item.pk: unpack_paper(item.data) for item in items if not item.is_excluded}
    firsts = _find_firsts(items[0].job_id, drafts) if items else {}
    found = {pk: list(_ask(draft, firsts)) for pk, draft in drafts.items()}
    return {pk: twins for pk, twins in found.items() if twins}


def _ask(draft: PaperDraft, firsts: Mapping[str, PaperDraft]) -> Iterator[Twin]:
    first, *others = draft.each_place
    for place in others:
        if place.basis == "title":
            yield _compare(first, place, is_same=True)
    if draft.is_apart and (other := firsts.get(_NUMBER.sub("", draft.key))):
        yield _compare(other.each_place[0], first, is_same=False)


def _find_firsts(job: int, drafts: Mapping[int, PaperDraft]) -> dict[str, PaperDraft]:
    """The first entries of the titles of entries that were said to be papers of their own."""
    keys = {_NUMBER.sub("", draft.key) for draft in drafts.values() if draft.is_apart}
    if not keys:
        return {}
    rows = ImportItem.objects.filter(job=job, kind=ImportItem.Kind.PAPER, key__in=keys)
    return {row.key: unpack_paper(row.data) for row in rows}


def _compare(first: PlaceDraft, other: PlaceDraft, *, is_same: bool) -> Twin:
    name = f"{PLACE}{other.line}"
    return Twin(name, other.line, first.line, is_same, list(_pair(first, other)))


def _pair(first: PlaceDraft, other: PlaceDraft) -> Iterator[Pair]:
    for name in ("title", "authors", "year"):
        one, two = (show(_value(place, name)) for place in (first, other))
        if one or two:
            yield pair(name, one, two, is_same=one == two)
    for name, mine, theirs in (
        ("venue", first.venues, other.venues),
        ("links", first.urls, other.urls),
    ):
        if found := pair_sets(name, mine, theirs):
            yield found
    if first.members or other.members:
        found = pair_sets("topics", first.members, other.members)
        if found:
            yield Pair("members", _("Readers"), found.here, found.said, found.fate)


def _value(place: PlaceDraft, name: str) -> object:
    value = getattr(place, name)
    return list(value) if isinstance(value, tuple) else value
