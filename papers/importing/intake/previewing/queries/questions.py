"""What a preview asks: is this the paper that the library has? Both records, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.importing.intake.matching.queries.comparing import (
    MOST_SHOWN,
    Pair,
    pair,
    pair_facts,
    pair_sets,
    show,
    show_names,
)
from papers.importing.intake.matching.queries.matching import find_members, names_of
from papers.importing.intake.matching.queries.sameness import Known, choice_of, resolve
from papers.importing.reading.drafts.draft_json import unpack_paper
from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import ImportItem, Link, Listing, Member, Paper, Review
from papers.text.titles import title_key

MOST_SIBLINGS = 9
"""Entries of one title in a document that are looked at together."""

REASONS: dict[str, Promise] = {
    "identifier": gettext_lazy("They share an identifier."),
    "title and authors": gettext_lazy("They have the same title and an author in common."),
    "title": gettext_lazy("They have the same title, and nothing says they differ."),
    "titles": gettext_lazy("They share an identifier but have different titles."),
    "identifiers": gettext_lazy("They have the same title but different identifiers."),
    "authors": gettext_lazy("They have the same title but no author in common."),
    "years": gettext_lazy("They have the same title but years far apart."),
}
"""On what ground two records are taken as one or as two."""


@dataclass(frozen=True, slots=True)
class Question:
    """A paper of the library that an entry is or may be, and what becomes of each field."""

    paper: int
    title: str
    url: str
    is_same: bool
    is_chosen: bool
    reason: str
    pairs: list[Pair] = field(default_factory=list)

    @property
    def left(self) -> list[Pair]:
        """What would not be taken over."""
        return [one for one in self.pairs if one.fate == "kept"] if self.is_same else []


def ask_sameness(items: Sequence[ImportItem]) -> dict[int, Question]:
    """The questions about these items of one import, by item; a constant number of queries."""
    items = [item for item in items if not item.is_excluded]
    if not items:
        return {}
    rows = _with_siblings(items)
    drafts = {row.key: unpack_paper(row.data) for row in rows}
    choices = {row.key: choice for row in rows if (choice := choice_of(row))}
    known, matches = resolve(drafts, choices, {item.key for item in items})
    found = [
        (item, paper)
        for item in items
        if (paper := matches[item.key].paper) is not None and paper.pk > 0
    ]
    beside = _Beside(items[0], [(drafts[item.key], paper) for item, paper in found], known)
    return {
        item.pk: Question(
            paper=paper.pk,
            title=paper.title,
            url=paper.get_absolute_url(),
            is_same=matches[item.key].same is not None,
            is_chosen=bool(item.sameness) and item.compared_id == paper.pk,
            reason=str(REASONS[matches[item.key].basis]),
            pairs=list(beside.pairs(drafts[item.key], paper)),
        )
        for item, paper in found
    }


def _with_siblings(items: Sequence[ImportItem]) -> list[ImportItem]:
    """These items and those of the same titles, in the order in which they are taken in."""
    keys = {item.key for item in items}
    for item in items:
        title, written = (str(item.data.get(n, "")) for n in ("title", "title_as_written"))
        base = title_key(title)[:150] or title_key(written)[:150] or "untitled"
        keys |= {base, *(f"{base}-{number}" for number in range(2, MOST_SIBLINGS + 1))}
    rows = ImportItem.objects.filter(job=items[0].job_id, kind=ImportItem.Kind.PAPER, key__in=keys)
    return list(rows.filter(is_excluded=False).order_by("position", "pk"))


class _Beside:
    """What stands beside the papers of the library; read for all of a page at once."""

    def __init__(
        self, item: ImportItem, found: Sequence[tuple[PaperDraft, Paper]], known: Known
    ) -> None:
        papers = {paper.pk for __, paper in found}
        self.known = known
        self.by: Member | None = item.job.by
        self.links = _group(Link.objects.filter(paper__in=papers).values_list("paper", "url"))
        topics = Listing.objects.filter(paper__in=papers).order_by("topic__path")
        self.topics = _group(topics.values_list("paper", "topic__name"))
        reviews = Review.objects.filter(paper__in=papers, deleted_at=None)
        self.reviews = set(reviews.values_list("paper", "member"))
        names = {claim.member for draft, __ in found for claim in draft.claims[:1]}
        self.members = find_members(names) if names else {}

    def pairs(self, draft: PaperDraft, paper: Paper) -> Iterator[Pair]:
        """All fields, the facts first."""
        yield from pair_facts(draft, paper)
        yield from self._identifiers(draft, paper)
        said = [show(link.url) for link in draft.links]
        topics = [one.topic[-1] for one in draft.listings if one.topic]
        here = [show(url) for url in self.links.get(paper.pk, ())]
        sets = (
            pair_sets("links", here, said),
            pair_sets("topics", self.topics.get(paper.pk, []), list(dict.fromkeys(topics))),
        )
        yield from (one for one in sets if one)
        yield from self._review(draft, paper)

    def _identifiers(self, draft: PaperDraft, paper: Paper) -> Iterator[Pair]:
        """Those of the document; one that another paper carries is not taken over."""
        names = names_of(draft)
        taken = [n for n in names if self.known.by_name.get(n, paper) is not paper]
        sides = self.known.before.get(paper.pk, {})
        here = show_names([(kind, one) for kind in sorted(sides) for one in sorted(sides[kind])])
        free = [n for n in names if n not in taken]
        is_here = all(value in sides.get(kind, ()) for kind, value in free)
        if taken:
            yield pair("identifiers", here or _("of another paper"), show_names(taken))
        elif here or names:
            fate = "here" if not names else "same" if is_here else "added"
            yield Pair("identifiers", _("Identifiers"), here, show_names(names), fate)

    def _review(self, draft: PaperDraft, paper: Paper) -> Iterator[Pair]:
        """A member has one review of a paper: the one in the library stays."""
        if draft.review is None or draft.review.is_note:
            return
        name = draft.claims[0].member if draft.claims else str(self.by or "")
        author = self.members.get(name.casefold()) if draft.claims else self.by
        is_here = author is not None and (paper.pk, author.pk) in self.reviews
        here = _("Review by %(name)s") % {"name": author} if is_here else ""
        text = " ".join(unit.text for unit in draft.review.units)
        yield pair("review", here, f"{name}: {text}"[:MOST_SHOWN])


def _group(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found
