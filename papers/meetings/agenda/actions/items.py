"""The agenda: what is on it, in which order, for how long, and who presents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _

from papers import access
from papers.events import record
from papers.meetings.agenda.packing import LEAST, PAPER, Candidate, Choice, explain_presenter, pack
from papers.meetings.agenda.queries.candidates import list_suggestions
from papers.meetings.series.queries import Rota, read_rota
from papers.meetings.series.rotation import choose
from papers.models import AgendaItem, Claim, Event, Experiment, Meeting, Member, Paper, Review


class OnAgendaAlready(Exception):
    """A paper or an experiment is on an agenda once."""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What an item is about: a paper, an experiment, or a title of its own."""

    paper: Paper | None = None
    experiment: Experiment | None = None
    title: str = ""
    minutes: int = PAPER
    presenter: Member | None = None
    reasons: Sequence[tuple[str, str]] = ()


def add_item(*, meeting: Meeting, facts: ItemFacts, by: Member, at: datetime) -> AgendaItem:
    """Put something at the end of the agenda. Raises OnAgendaAlready."""
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        for name in ("paper", "experiment"):
            subject = getattr(facts, name)
            if subject and meeting.items.filter(**{name: subject}).exists():
                raise OnAgendaAlready(_("This is already on the agenda."))
        item = _append(meeting, facts)
        data = {"act": "added", "told": _list_presenters([item])}
        record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data=data)
    return item


def change_item(
    *, item: AgendaItem, minutes: int, presenter: Member | None, by: Member, at: datetime
) -> AgendaItem:
    """Give an item other minutes or another presenter; an open question about the turn lapses."""
    with transaction.atomic():
        item = _lock_item(item)
        new = presenter.pk if presenter else None
        if (item.minutes, item.presenter_id) == (minutes, new):
            return item
        is_new = item.presenter_id != new
        if is_new:
            item.swaps.filter(state="asked").update(state="withdrawn", answered_at=at)
            item.give_to(new)
        item.minutes = minutes
        item.save(update_fields=["minutes", "presenter", "reasons"])
        data = {"act": "changed", "told": _list_presenters([item]) if is_new else []}
        record(Event.Kind.MEETING_CHANGED, item.meeting, by=by, at=at, data=data)
    return item


def move_item(*, item: AgendaItem, step: int, by: Member, at: datetime) -> None:
    """Move an item up (-1) or down (1); at the end of the agenda it stays."""
    with transaction.atomic():
        meeting = lock_meeting(item.meeting)
        order = list(meeting.items.timed().values_list("pk", flat=True))
        if item.pk not in order:
            return
        place = order.index(item.pk)
        order.insert(max(place + step, 0), order.pop(place))
        _order(meeting, order, by, at)


def order_items(*, meeting: Meeting, order: Sequence[int], by: Member, at: datetime) -> None:
    """Bring the items into this order; items that it does not name keep theirs, at the end."""
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        known = list(meeting.items.timed().values_list("pk", flat=True))
        named = [pk for pk in dict.fromkeys(order) if pk in known]
        _order(meeting, [*named, *(pk for pk in known if pk not in named)], by, at)


def pack_agenda(*, meeting: Meeting, by: Member, at: datetime) -> list[AgendaItem]:
    """Fill the minutes that are free with what most speaks for, and give each a presenter.

    What is on the agenda stays; a full agenda stays as it is, so that doing it twice is once.
    """
    lab = access.get_lab()
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        free = meeting.minutes - sum(meeting.items.values_list("minutes", flat=True))
        if meeting.is_over or free < min(LEAST.values()):
            return []
        rota = read_rota(by, lab, meeting.day)
        titles = {(s.candidate.kind, s.candidate.key): s for s in list_suggestions(by, lab, at)}
        chosen = pack([s.candidate for s in titles.values()], free, rota.due)
        made = [_append(meeting, _make_facts(choice)) for choice in chosen]
        _give_presenters(made, [choice.candidate for choice in chosen], rota)
        if made:
            record(
                Event.Kind.MEETING_CHANGED,
                meeting,
                by=by,
                at=at,
                data={"act": "filled", "items": len(made), "told": _list_presenters(made)},
            )
    return made


def assign_presenters(*, meeting: Meeting, by: Member, at: datetime) -> int:
    """Give a presenter to every paper and experiment that has none; how many were given."""
    lab = access.get_lab()
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        bare = [*_list_bare(meeting)]
        known = [_get_candidate(item) for item in bare]
        given = _give_presenters(bare, known, read_rota(by, lab, meeting.day))
        if given:
            record(
                Event.Kind.MEETING_CHANGED,
                meeting,
                by=by,
                at=at,
                data={"act": "presenters", "items": given, "told": _list_presenters(bare)},
            )
    return given


def _make_facts(choice: Choice) -> ItemFacts:
    one = choice.candidate
    return ItemFacts(
        paper=Paper(pk=one.key) if one.kind == "paper" else None,
        experiment=Experiment(pk=one.key) if one.kind == "experiment" else None,
        minutes=choice.minutes,
        reasons=[(reason.kind, reason.text) for reason in choice.reasons],
    )


def _append(meeting: Meeting, facts: ItemFacts) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("position"))["last"]
    return AgendaItem.objects.create(
        meeting=meeting,
        paper_id=facts.paper.pk if facts.paper else None,
        experiment_id=facts.experiment.pk if facts.experiment else None,
        title=facts.title,
        minutes=facts.minutes,
        presenter=facts.presenter,
        reasons=[list(reason) for reason in facts.reasons],
        position=0 if last is None else last + 1,
    )


def _give_presenters(items: Sequence[AgendaItem], subjects: Sequence[Candidate], rota: Rota) -> int:
    """Those who know each subject, then by turn, with the reason; how many were given."""
    given, circles = 0, [(one.presenters, one.claimants) for one in subjects]
    chosen = choose(circles, rota.turns, rota.day)
    for item, subject, member in zip(items, subjects, chosen, strict=True):
        line = rota.find(member) if member else None
        if line is None:
            continue
        reason = explain_presenter(subject, line.person.id, line.person.name)
        item.give_to(line.person.id)
        item.reasons = [*item.reasons, [reason.kind, reason.text]]
        item.save(update_fields=["presenter", "reasons"])
        given += 1
    return given


def _list_presenters(items: Sequence[AgendaItem]) -> list[int]:
    """Whose turn these are, each once."""
    return list(dict.fromkeys(item.presenter_id for item in items if item.presenter_id))


def _list_bare(meeting: Meeting) -> Iterable[AgendaItem]:
    """Papers, experiments and questions with papers that nobody presents yet."""
    asking = Q(title="") | Exists(AgendaItem.objects.filter(question=OuterRef("pk")))
    return meeting.items.timed().filter(asking, presenter=None, discussed_at=None)


def _get_candidate(item: AgendaItem) -> Candidate:
    """An item's subject with those who know it: reviewers and claimants, or the owner."""
    if item.experiment_id is None:
        kind: Literal["paper", "question"] = "paper" if item.paper_id else "question"
        papers = [item.paper_id, *item.gathered.values_list("paper", flat=True)]
        reviews = Review.objects.filter(paper__in=papers, deleted_at=None)
        claims = Claim.objects.open().leased().filter(paper__in=papers)
        known = (reviews.values_list("member", flat=True), claims.values_list("member", flat=True))
        return Candidate(kind, item.pk, presenters=(*known[0],), claimants=(*known[1],))
    owner = item.experiment.owner_id if item.experiment else None
    return Candidate("experiment", item.experiment_id or 0, presenters=(owner,) if owner else ())


def _order(meeting: Meeting, order: Sequence[int], by: Member, at: datetime) -> None:
    before = list(meeting.items.timed().values_list("pk", flat=True))
    if before == list(order):
        return
    for position, pk in enumerate(order):
        meeting.items.filter(Q(pk=pk) | Q(question=pk)).update(position=position)
    record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data={"act": "ordered"})


def lock_meeting(meeting: Meeting) -> Meeting:
    """Agendas change one after the other."""
    return Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)


def _lock_item(item: AgendaItem) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=item.pk)
