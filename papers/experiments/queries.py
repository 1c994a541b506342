"""Reads of the board, of one experiment, and of what was tried before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from papers import access
from papers.caching.prepared import prepared
from papers.experiments.similarity import Candidate, rank_similar
from papers.models import Experiment, Lab, Listing, Paper, Prediction
from papers.people import Person, make_person
from papers.text import addresses
from papers.text.markdown import plain

IN_A_COLUMN = 20
"""Cards of a column that are read at once; more come on request."""

ORIGINS = {"review": _("Reviews"), "meeting": _("Meetings"), "hand": _("Added manually")}
AGES = {
    "7": _("Past week"),
    "30": _("Past 30 days"),
    "90": _("Past 90 days"),
    "365": _("Past year"),
}


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the board is narrowed to; empty strings mean everything."""

    topic: str = ""
    owner: str = ""
    origin: str = ""
    age: str = ""

    @property
    def is_set(self) -> bool:
        """Narrowed at all."""
        return bool(self.topic or self.owner or self.origin or self.age)


@dataclass(frozen=True, slots=True)
class Card:
    """One experiment on the board; `components/experiment_card.html` reads it."""

    id: int
    title: str
    state: str
    paper_title: str
    owner: Person | None
    outcome: str
    updated_on: datetime

    @property
    def url(self) -> str:
        """The experiment's page."""
        return addresses.experiment(self.id)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board: how many there are, and the first of them."""

    state: str
    word: str
    count: int
    cards: list[Card] = field(default_factory=list)

    @property
    def rest(self) -> int:
        """Cards that are not shown yet."""
        return self.count - len(self.cards)


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about one chance, and how often they came true."""

    percent: int
    count: int
    held: int

    @property
    def share(self) -> int:
        """Percent of them that came true."""
        return round(100 * self.held / self.count)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Predictions held against outcomes: a Brier score of 0 is perfect, 0.25 is a coin."""

    count: int
    brier: float
    bins: list[Bin]


def list_board(viewer: access.Viewer, lab: Lab, chosen: BoardFilter, at: datetime) -> list[Column]:
    """Every column with its count and its first cards; two queries at any size."""
    rows = _filter(access.experiments_visible_to(viewer, lab), chosen, at)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    place = Window(RowNumber(), partition_by=F("state"), order_by=[*_ORDER])
    first: QuerySet[Any] = _with_names(rows).annotate(place=place)
    cards: dict[str, list[Card]] = defaultdict(list)
    for row in first.filter(place__lte=IN_A_COLUMN).order_by("place"):
        cards[row.state].append(make_card(row, viewer))
    return [
        Column(state, str(word), counts.get(state, 0), cards[state])
        for state, word in Experiment.State.choices
    ]


def list_column(
    viewer: access.Viewer, lab: Lab, chosen: BoardFilter, at: datetime, state: str, start: int
) -> tuple[list[Card], bool]:
    """More cards of one column from `start` on, and whether there are still more."""
    rows = _filter(access.experiments_visible_to(viewer, lab), chosen, at).filter(state=state)
    some = list(_with_names(rows).order_by(*_ORDER)[start : start + IN_A_COLUMN + 1])
    return [make_card(row, viewer) for row in some[:IN_A_COLUMN]], len(some) > IN_A_COLUMN


def list_paper_experiments(paper: Paper, viewer: access.Viewer, lab: Lab) -> list[Card]:
    """The experiments that came from a paper, oldest first."""
    return [make_card(row, viewer) for row in _read_of_paper(viewer, lab, paper.pk)]


@prepared
def _read_of_paper(viewer: access.Viewer, lab: Lab, paper: int) -> QuerySet[Experiment]:
    rows = _with_names(access.experiments_visible_to(viewer, lab).filter(paper=paper))
    return rows.order_by("created_at", "pk")


def find_similar(
    title: str, viewer: access.Viewer, lab: Lab, *, but: int | None = None
) -> list[Card]:
    """Earlier experiments like this title, refuted and dropped ones too; two queries."""
    seen = access.experiments_visible_to(viewer, lab)
    seen = seen.exclude(pk=but) if but else seen
    texts = seen.values_list("pk", "title", "hypothesis", "plan").order_by()
    near = rank_similar(title, (Candidate(pk, name, f"{h} {p}") for pk, name, h, p in texts))
    rows = _with_names(seen.filter(pk__in=near)) if near else []
    cards = {row.pk: make_card(row, viewer) for row in rows}
    return [cards[pk] for pk in near if pk in cards]


def list_owners(viewer: access.Viewer, lab: Lab) -> list[tuple[str, str]]:
    """Handles and names of all who own an experiment."""
    owned = access.experiments_visible_to(viewer, lab).exclude(owner=None).values("owner")
    people = access.members_visible_to(viewer).filter(pk__in=owned)
    return list(people.values_list("handle", "name"))


def get_calibration(predictions: QuerySet[Prediction]) -> Calibration | None:
    """How well these predictions met the outcomes; None without a decided experiment.

    Only confirmed and refuted experiments decide. Brier (1950): the mean squared distance between
    the chance given and what happened.
    """
    decided = predictions.filter(
        experiment__state__in=[Experiment.State.CONFIRMED, Experiment.State.REFUTED]
    ).values_list("percent", "experiment__state")
    pairs = [(percent, state == Experiment.State.CONFIRMED) for percent, state in decided]
    if not pairs:
        return None
    bins: dict[int, list[bool]] = defaultdict(list)
    for percent, held in pairs:
        bins[min(percent // 20, 4) * 20 + 10].append(held)
    brier = sum((percent / 100 - held) ** 2 for percent, held in pairs) / len(pairs)
    rows = [Bin(percent, len(held), sum(held)) for percent, held in sorted(bins.items())]
    return Calibration(len(pairs), round(brier, 3), rows)


def make_card(row: Experiment, viewer: access.Viewer) -> Card:
    """An experiment with its owner and paper loaded."""
    owner = row.owner
    return Card(
        id=row.pk,
        title=str(row),
        state=row.state,
        paper_title=str(row.paper or ""),
        owner=make_person(owner, viewer) if owner else None,
        outcome=plain(row.outcome_html),
        updated_on=row.moved_at,
    )


_ORDER = (F("position"), F("moved_at").desc(), F("pk").desc())


def _with_names(rows: QuerySet[Experiment]) -> QuerySet[Experiment]:
    return rows.select_related("owner", "paper").only(
        "title", "state", "outcome_html", "moved_at", "position",
        "owner__name", "owner__handle", "owner__state", "paper__title",
    )  # fmt: skip


def _filter(rows: QuerySet[Experiment], chosen: BoardFilter, at: datetime) -> QuerySet[Experiment]:
    if chosen.topic:
        path = chosen.topic
        under = Listing.objects.filter(Q(topic__path=path) | Q(topic__path__startswith=f"{path}/"))
        rows = rows.filter(paper__in=under.values("paper"))
    if chosen.owner:
        mine = Q(owner=None) if chosen.owner == "nobody" else Q(owner__handle=chosen.owner)
        rows = rows.filter(mine)
    if chosen.origin in ORIGINS:
        rows = rows.filter(_ORIGIN[chosen.origin])
    if chosen.age in AGES:
        rows = rows.filter(created_at__gte=at - timedelta(days=int(chosen.age)))
    return rows


_ORIGIN = {
    "review": Q(review__isnull=False),
    "meeting": Q(meeting__isnull=False),
    "hand": Q(review__isnull=True, meeting__isnull=True),
}
