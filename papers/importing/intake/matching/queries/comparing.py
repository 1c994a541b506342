"""A paper of a document beside one of the library, field by field: what stays, what is added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.importing.intake.matching.queries.matching import names_of
from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import Identifier, Paper
from papers.text.series import is_same_venue, read_series
from papers.text.titles import title_key

FILLED = ("authors", "abstract", "venue", "year", "published_on", "group", "note")
"""Facts that a document adds to a paper that lacks them."""

LABELS: dict[str, Promise] = {
    "title": _("Title"),
    "authors": _("Authors"),
    "year": _("Year"),
    "venue": _("Venue"),
    "published_on": _("Published"),
    "group": _("Group"),
    "identifiers": _("Identifiers"),
    "links": _("Links"),
    "topics": _("Topics"),
    "abstract": _("Abstract"),
    "note": _("Note"),
    "listing": _("Note in the topic"),
    "review": _("Review"),
}
"""Fields in the order in which they are compared."""

FATES: dict[str, Promise] = {
    "same": _("same"),
    "added": _("added"),
    "kept": _("not taken over"),
    "here": _("stays"),
}
"""What becomes of a field of the document; "here" where only the library says something."""

MOST_SHOWN = 300
"""Characters of a text that stand beside each other."""

Left = dict[str, list[Any]]
"""What a document says otherwise than the library, by field: its value, and the one that stays."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One field in both records, and what becomes of the document's value."""

    name: str
    label: str
    here: str
    said: str
    fate: str

    @property
    def word(self) -> str:
        """The fate in words."""
        return str(FATES[self.fate])


def facts_of(draft: PaperDraft) -> dict[str, Any]:
    """The columns of a paper that a draft fills."""
    venue = ", ".join(draft.venue_tags)[:300]
    note = "; ".join(part for part in (draft.note, ", ".join(draft.tags)) if part)
    return {
        "authors": list(draft.authors),
        "abstract": draft.abstract,
        "venue": venue,
        "year": draft.year or read_series(venue).year,
        "published_on": draft.published_on,
        "group": draft.group[:300],
        "note": note[:1000],
    }


def left_of(draft: PaperDraft, paper: Paper, owners: Mapping[tuple[str, str], Paper]) -> Left:
    """The facts of a draft that its paper, which has taken what it lacked, says otherwise.

    `owners` has the papers by their identifiers: what another one carries cannot be taken over.
    """
    facts = {"title": draft.title} | facts_of(draft)
    left: Left = {
        name: [show(value), show(getattr(paper, name))]
        for name, value in facts.items()
        if value and not _is_same(name, value, getattr(paper, name))
    }
    taken = [name for name in names_of(draft) if owners.get(name, paper).pk != paper.pk]
    if taken:
        left["identifiers"] = [show_names(taken), ", ".join(owners[name].title for name in taken)]
    return left


def pair_facts(draft: PaperDraft, paper: Paper) -> Iterator[Pair]:
    """The facts of both, those that neither has left out."""
    facts = {"title": draft.title} | facts_of(draft)
    for name in LABELS:
        if name in facts and (facts[name] or getattr(paper, name)):
            here, said = getattr(paper, name), facts[name]
            yield pair(name, show(here), show(said), is_same=_is_same(name, said, here))


def pair(name: str, here: str, said: str, *, is_same: bool = False) -> Pair:
    """A field of which both records say something, or one does."""
    fate = "here" if not said else "added" if not here else "same" if is_same else "kept"
    return Pair(name, str(LABELS[name]), here, said, fate)


def pair_sets(name: str, here: Sequence[str], said: Sequence[str]) -> Pair | None:
    """A field of several values, which are all kept."""
    if not here and not said:
        return None
    is_new = bool(set(said) - set(here))
    fate = "added" if is_new else "same" if said else "here"
    return Pair(name, str(LABELS[name]), "\n".join(here), "\n".join(said), fate)


def pairs_left(left: Left) -> list[Pair]:
    """What was not taken over, in the order of the fields."""
    return [
        Pair(name, str(label), str(left[name][1]), str(left[name][0]), "kept")
        for name, label in LABELS.items()
        if name in left
    ]


def show(value: Any) -> str:
    """A fact as text."""
    if isinstance(value, date):
        return value.isoformat()
    text = ", ".join(value) if isinstance(value, list) else str(value or "")
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


def show_names(names: Sequence[tuple[str, str]]) -> str:
    """Identifiers as text."""
    return ", ".join(f"{Identifier.Kind(kind).label} {value}" for kind, value in names)


def _is_same(name: str, said: Any, here: Any) -> bool:
    if name == "title":
        return said == here or (bool(title_key(said)) and title_key(said) == title_key(here))
    if name == "venue" and is_same_venue(said, here):
        return True
    return bool(said == here) or (isinstance(said, str) and fold_text(said) == fold_text(str(here)))


def fold_text(text: str) -> str:
    """A text without what is a matter of writing."""
    return " ".join(text.casefold().split())
