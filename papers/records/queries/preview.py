"""What a merge would do, before it is done: what moves, which facts stay, where two rows meet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers import access
from papers.models import (
    AgendaItem,
    Claim,
    Comment,
    Event,
    Experiment,
    Follow,
    Identifier,
    Lab,
    Link,
    Listing,
    Paper,
    Review,
    Vote,
)
from papers.records.queries.duplicates import weigh

COUNTED: tuple[tuple[str, Promise, type[Any], str], ...] = (
    ("reviews", _("Reviews"), Review, "paper"),
    ("claims", _("Claims and reading lists"), Claim, "paper"),
    ("experiments", _("Experiments"), Experiment, "paper"),
    ("comments", _("Comments on the paper"), Comment, "paper"),
    ("agenda", _("Agenda items"), AgendaItem, "paper"),
    ("votes", _("Votes"), Vote, "nomination__paper"),
    ("listings", _("Topics"), Listing, "paper"),
    ("identifiers", _("Identifiers"), Identifier, "paper"),
    ("links", _("Links"), Link, "paper"),
    ("follows", _("Followers"), Follow, "paper"),
    ("events", _("History"), Event, "paper"),
)
"""What is counted for the preview; drafts are their authors' business."""

LABELS = {
    "title": _("Title"), "authors": _("Authors"), "abstract": _("Abstract"), "venue": _("Venue"),
    "year": _("Year"), "published_on": _("Publication date"), "group": _("Group"),
    "slots": _("Reviewer slots"), "note": _("Note"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moved:
    """One kind of thing, and how much of it each paper has."""

    label: str
    kept: int
    gone: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of both papers. `can_take` where the two differ and one has to be chosen."""

    name: str
    label: str
    kept: str
    gone: str
    can_take: bool

    @property
    def is_filled(self) -> bool:
        """The paper that stays gets it from the other."""
        return not self.kept and bool(self.gone)


@dataclass(frozen=True, slots=True)
class Preview:
    """A merge before it is done."""

    kept: Paper
    gone: Paper
    moved: Sequence[Moved]
    facts: Sequence[Fact]
    notes: Sequence[str]
    against: str


def preview_merge(
    kept: Paper, gone: Paper, viewer: access.Viewer, lab: Lab, fields: Collection[str]
) -> Preview:
    """What becomes of both papers; the same number of queries whatever hangs on them."""
    rows = {row["pk"]: row for row in _count(kept, gone)}
    moved = [
        Moved(str(label), rows[kept.pk][f"n_{name}"], rows[gone.pk][f"n_{name}"])
        for name, label, _model, _path in COUNTED
    ]
    return Preview(
        kept=kept,
        gone=gone,
        moved=[one for one in moved if one.kept or one.gone],
        facts=[fact for name in (*fields, "note") if (fact := _compare(name, kept, gone))],
        notes=_list_meetings(kept, gone, viewer, lab),
        against=weigh(kept, gone),
    )


def _count(kept: Paper, gone: Paper) -> list[dict[str, Any]]:
    counts = {f"n_{name}": _count_rows(model, path) for name, _label, model, path in COUNTED}
    rows = Paper.objects.filter(pk__in=[kept.pk, gone.pk]).annotate(**counts)
    return list(rows.values("pk", *counts))


def _count_rows(model: type[Any], path: str) -> Coalesce:
    rows: QuerySet[Any] = model._base_manager.filter(**{path: OuterRef("pk")}).order_by()
    counted = rows.values(path).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _compare(name: str, kept: Paper, gone: Paper) -> Fact | None:
    mine, theirs = getattr(kept, name), getattr(gone, name)
    if not theirs or mine == theirs:
        return None
    can_take = bool(mine) and name != "note"
    return Fact(name, str(LABELS[name]), _write(mine), _write(theirs), can_take)


def _write(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if hasattr(value, "isoformat"):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(value or "")


def _list_meetings(kept: Paper, gone: Paper, viewer: access.Viewer, lab: Lab) -> list[str]:
    """Sentences on rows of one member, or of one meeting, that both papers have."""
    reviews = access.reviews_known_to(viewer, lab)
    also = reviews.filter(paper=gone, member=OuterRef("member"))
    reviewers = reviews.filter(Exists(also), paper=kept).values_list("member__name", flat=True)
    claims = access.claims_visible_to(viewer).open()
    claimed = claims.filter(paper=gone, member=OuterRef("member"))
    claimants = claims.filter(Exists(claimed), paper=kept).values_list("member__name", flat=True)
    items = AgendaItem.objects.filter(paper=kept)
    there = AgendaItem.objects.filter(paper=gone, meeting=OuterRef("meeting"))
    agendas = items.filter(Exists(there)).count()
    said = [_say_reviews(list(reviewers)), _say_claims(list(claimants)), _say_agendas(agendas)]
    return [sentence for sentence in said if sentence]


def _say_reviews(names: Sequence[str]) -> str:
    if not names:
        return ""
    sentence = ngettext(
        "%(names)s has reviewed both. Both reviews stay, and their author is asked about them.",
        "%(names)s have reviewed both. All reviews stay, and their authors are asked about them.",
        len(names),
    )
    return sentence % {"names": ", ".join(names)}


def _say_claims(names: Sequence[str]) -> str:
    if not names:
        return ""
    sentence = gettext("%(names)s: claims on both become one, with the later due date.")
    return sentence % {"names": ", ".join(names)}


def _say_agendas(number: int) -> str:
    if not number:
        return ""
    sentence = ngettext(
        "Both are on the agenda of %(n)s meeting. The second stays there as a discussion item.",
        "Both are on the agenda of %(n)s meetings. The second stays there as a discussion item.",
        number,
    )
    return sentence % {"n": number}
