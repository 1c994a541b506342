"""Reads of one meeting's agenda with all that its pages show of each item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from papers import access
from papers.meetings.agenda.packing import rate, say_reasons
from papers.meetings.agenda.queries.candidates import list_suggestions
from papers.meetings.queries.calendar import group_by_question, name_subject
from papers.meetings.queries.paper_meetings import tally_rows
from papers.meetings.series.queries import Rota
from papers.meetings.tally import Tally
from papers.models import (
    AgendaItem,
    Lab,
    Meeting,
    MeetingAction,
    Paper,
    PresenterSwap,
    VerdictVote,
)
from papers.people import People, Person
from papers.search.queries import find_papers
from papers.text.numbers import read_number
from papers.text.titles import title_key

OFFERED = 6
"""Further suggestions below an agenda."""

SHORTEST = 4
"""Letters of a title's beginning that are enough to mean it."""

FOUND = 5
"""Papers to choose from when a title names several."""


@dataclass(frozen=True, slots=True)
class PhaseView:
    """The verdicts of one phase of an item, as the viewer may know them."""

    name: str
    word: str
    count: int
    mine: str
    is_shown: bool
    counts: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One item of the agenda."""

    id: int
    title: str
    url: str
    paper: int | None
    experiment: int | None
    minutes: int
    presenter: Person | None
    why: str
    is_discussed: bool
    record: str
    record_html: str
    phases: tuple[PhaseView, ...]
    tally: Tally
    asked: str = ""
    gathered: tuple[AgendaRow, ...] = ()
    """The papers under a question."""

    @property
    def may_leave(self) -> bool:
        """Can be taken off the agenda: nothing was said of it yet."""
        return not (self.record or self.is_discussed) and all(x.may_leave for x in self.gathered)

    @property
    def has_verdicts(self) -> bool:
        """Verdicts go with the item."""
        return any(one.count for row in self.voted for one in row.phases)

    @property
    def may_gather(self) -> bool:
        """A question that is still ahead: papers can be put under it."""
        return not (self.paper or self.experiment or self.is_discussed)

    @property
    def voted(self) -> tuple[AgendaRow, ...]:
        """What verdicts are given on: the paper, or the papers under the question."""
        return (self,) if self.paper else self.gathered


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that could go on, and why."""

    kind: str
    key: int
    title: str
    url: str
    minutes: int
    why: str


@dataclass(frozen=True, slots=True)
class NamedPapers:
    """Papers that a text may mean; `is_named` if it was a number or the beginning of a title."""

    papers: list[Paper]
    is_named: bool

    @property
    def only(self) -> Paper | None:
        """The one paper that is meant for certain."""
        return self.papers[0] if self.is_named and len(self.papers) == 1 else None


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action in words."""

    id: int
    word: str
    title: str
    url: str
    who: str
    due_on: date | None = None


def list_rows(meeting: Meeting, viewer: access.Viewer, lab: Lab) -> list[AgendaRow]:
    """The agenda; one query, a second where reviews are independent."""
    closed = set(access.list_closed_papers(viewer, lab)) if lab.independent_reviews else set()
    me = access.get_member(viewer)
    people, mine = People(viewer), me.pk if me else 0
    groups = group_by_question(_read(meeting, viewer, lab))
    rows = []
    for row in groups.get(None, ()):
        papers = (_make_row(one, people, closed, mine) for one in groups.get(row["pk"], ()))
        rows.append(_make_row(row, people, closed, mine, tuple(papers)))
    return rows


def _read(meeting: Meeting, viewer: access.Viewer, lab: Lab) -> Any:
    here = OuterRef("pk")
    seen = access.experiments_visible_to(viewer, lab).filter(pk=OuterRef("experiment"))
    casts = access.verdicts_visible_to(viewer).filter(item=here)
    cast = JSONObject(member=F("member"), phase=F("phase"), verdict=F("verdict"))
    swaps = PresenterSwap.objects.filter(item=here, state=PresenterSwap.State.ASKED)
    return (
        AgendaItem.objects.filter(meeting=meeting)
        .annotate(
            is_open=Exists(seen),
            casts=ArraySubquery(casts.values(row=cast)),
            before=_count(VerdictVote.objects.filter(item=here, phase="before")),
            after=_count(VerdictVote.objects.filter(item=here, phase="after")),
            asked=Subquery(swaps.values("to__name")[:1]),
            paper_title=F("paper__title"),
            slug=F("paper__slug"),
            experiment_title=F("experiment__title"),
        )
        .order_by("position", "pk")
        .values(
            "pk", "title", "paper", "paper_title", "slug", "experiment", "experiment_title",
            "is_open", "minutes", "presenter", "presenter__name", "presenter__handle",
            "presenter__state", "reasons", "discussed_at", "record", "record_html", "casts",
            "before", "after", "before_shown_at", "after_shown_at", "asked", "question",
        )
    )  # fmt: skip


def _count(rows: Any) -> Coalesce:
    counted = rows.order_by().values("item").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def _make_row(
    row: dict[str, Any],
    people: People,
    closed: set[int],
    me: int,
    gathered: tuple[AgendaRow, ...] = (),
) -> AgendaRow:
    title, url = name_subject(row)
    who = row["presenter"]
    hidden = {"disagreement"} if row["paper"] in closed else set()
    phases = tuple(_make_phase(row, phase, me) for phase in VerdictVote.Phase)
    shown = {phase.name for phase in phases if phase.is_shown}
    return AgendaRow(
        id=row["pk"],
        title=title,
        url=url,
        paper=row["paper"],
        experiment=row["experiment"],
        minutes=row["minutes"],
        presenter=people.get(
            who, row["presenter__name"], row["presenter__handle"], row["presenter__state"]
        )
        if who
        else None,
        why=say_reasons(text for kind, text in row["reasons"] if kind not in hidden),
        is_discussed=row["discussed_at"] is not None,
        record=row["record"],
        record_html=row["record_html"],
        phases=phases,
        tally=tally_rows(one for one in row["casts"] if one["phase"] in shown),
        asked=row["asked"] or "",
        gathered=gathered,
    )


def _make_phase(row: dict[str, Any], phase: VerdictVote.Phase, me: int) -> PhaseView:
    casts = [one for one in row["casts"] if one["phase"] == phase]
    is_shown = row[f"{phase.value}_shown_at"] is not None
    counted = tally_rows(casts) if is_shown else Tally()
    return PhaseView(
        name=phase.value,
        word=str(phase.label),
        count=row[phase.value],
        mine=next((one["verdict"] for one in casts if one["member"] == me), ""),
        is_shown=is_shown,
        counts=counted.before if phase == VerdictVote.Phase.BEFORE else counted.after,
    )


def list_offers(viewer: access.Viewer, lab: Lab, rota: Rota, at: datetime) -> list[Offer]:
    """What else could go on the agenda, the strongest first; two queries."""
    known = {(s.candidate.kind, s.candidate.key): s for s in list_suggestions(viewer, lab, at)}
    choices = rate([one.candidate for one in known.values()], rota.due)[:OFFERED]
    return [
        Offer(
            kind=choice.candidate.kind,
            key=choice.candidate.key,
            title=known[choice.candidate.kind, choice.candidate.key].title,
            url=known[choice.candidate.kind, choice.candidate.key].url,
            minutes=choice.minutes,
            why=say_reasons(reason.text for reason in choice.reasons),
        )
        for choice in choices
    ]


def list_agreed(meeting: Meeting, viewer: access.Viewer, lab: Lab) -> list[Agreed]:
    """The actions of a meeting; experiments that are closed to the viewer are left out."""
    seen = access.experiments_visible_to(viewer, lab).filter(pk=OuterRef("experiment"))
    rows = (
        MeetingAction.objects.filter(meeting=meeting)
        .annotate(is_open=Exists(seen))
        .select_related("experiment__owner", "claim__paper", "claim__member")
        .order_by("made_at", "pk")
    )
    return [_make_agreed(row) for row in rows if row.claim or row.is_open]


def _make_agreed(row: MeetingAction) -> Agreed:
    if row.claim:
        claim = row.claim
        url = claim.paper.get_absolute_url()
        return Agreed(row.pk, _("Review"), claim.paper.title, url, str(claim.member), claim.due_on)
    experiment = row.experiment
    if experiment is None:
        return Agreed(row.pk, "", "", "", "")
    who = str(experiment.owner) if experiment.owner else ""
    return Agreed(row.pk, _("Experiment"), experiment.title, experiment.get_absolute_url(), who)


def find_named_papers(text: str, viewer: access.Viewer, lab: Lab, today: date) -> NamedPapers:
    """Papers that somebody may mean by a number (`#12`), a title or its beginning, or words.

    Only the first three name a paper; what words find is for the member to choose from.
    """
    papers = access.papers_visible_to(viewer, lab).defer("abstract", "abstract_html")
    number = read_number(text.strip().removeprefix("#"))
    if number is not None:
        return NamedPapers(list(papers.filter(pk=number)), is_named=True)
    key = title_key(text)[:500]
    if not key:
        return NamedPapers([], is_named=False)
    exact = list(papers.filter(title_key=key)[:FOUND])
    if exact:
        return NamedPapers(exact, is_named=True)
    begun = list(papers.filter(title_key__startswith=key).order_by("title_key", "pk")[:FOUND])
    if begun:
        return NamedPapers(begun, is_named=len(key) >= SHORTEST)
    found = find_papers(text, by=viewer, lab=lab, today=today, limit=FOUND)
    by_key = papers.in_bulk(found.paper_ids)
    papers_found = [by_key[pk] for pk in found.paper_ids if pk in by_key]
    return NamedPapers(papers_found, is_named=False)
