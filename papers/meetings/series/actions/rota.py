"""The rota: noting absences, and asking somebody else to take a turn."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.events import record
from papers.models import Absence, AgendaItem, Event, Member, PresenterSwap

State = PresenterSwap.State


class SwapTooLate(Exception):
    """The turn belongs to somebody else by now, or the meeting is over."""


def note_absence(
    *, member: Member, first_on: date, last_on: date, by: Member, at: datetime
) -> Absence:
    """Note days on which a member cannot present, both ends included; twice is once."""
    with transaction.atomic():
        absence, is_new = Absence.objects.get_or_create(
            member=member, first_on=first_on, last_on=last_on, defaults={"noted_at": at}
        )
        if is_new:
            record(Event.Kind.ROTA_CHANGED, member, by=by, at=at, data={"act": "away"})
    return absence


def remove_absence(*, absence: Absence, by: Member, at: datetime) -> None:
    """The member will be there after all."""
    with transaction.atomic():
        gone, _counts = Absence.objects.filter(pk=absence.pk).delete()
        if gone:
            days = [absence.first_on.isoformat(), absence.last_on.isoformat()]
            data = {"act": "there", "absence": absence.pk, "days": days}
            record(Event.Kind.ROTA_CHANGED, absence.member, by=by, at=at, data=data)


def restore_absence(*, event: Event, by: Member, at: datetime) -> None:
    """Take the removal of an absence back, unless the same days were noted again since."""
    first_on, last_on = map(date.fromisoformat, event.data["days"])
    with transaction.atomic():
        _absence, is_new = Absence.objects.get_or_create(
            member=event.member, first_on=first_on, last_on=last_on,
            defaults={"pk": event.data["absence"], "noted_at": at},
        )  # fmt: skip
        if is_new:
            record(Event.Kind.ROTA_CHANGED, event.member, by=by, at=at, data={"act": "away"})


def request_swap(
    *, item: AgendaItem, to: Member, by: Member, at: datetime, given: AgendaItem | None = None
) -> PresenterSwap:
    """Ask somebody to take one's turn, perhaps for one of theirs. An earlier question about the
    same turn is withdrawn. Raises SwapTooLate."""
    with transaction.atomic():
        item = _lock(item.pk)
        is_mine = item.presenter_id == by.pk and to.pk != by.pk
        if not is_mine or item.meeting.is_over or (given and given.presenter_id != to.pk):
            raise SwapTooLate(_("This turn can no longer be swapped."))
        asked = item.swaps.filter(state=State.ASKED)
        same = asked.filter(to=to, given=given).first()
        if same:
            return same
        asked.update(state=State.WITHDRAWN, answered_at=at)
        swap = PresenterSwap.objects.create(item=item, given=given, asked_by=by, to=to, asked_at=at)
        record(
            Event.Kind.ROTA_CHANGED,
            to,
            item.meeting,
            by=by,
            at=at,
            data={"act": "asked", "told": [to.pk]},
        )
    return swap


def answer_swap(*, swap: PresenterSwap, accepts: bool, by: Member, at: datetime) -> PresenterSwap:
    """Take the turn, or decline. Answering twice is answering once. Raises SwapTooLate when a
    turn has changed hands since."""
    with transaction.atomic():
        swap = PresenterSwap.objects.select_for_update().get(pk=swap.pk)
        if swap.state != State.ASKED:
            return swap
        if accepts:
            _exchange(swap)
        swap.state = State.ACCEPTED if accepts else State.DECLINED
        swap.answered_at = at
        swap.save(update_fields=["state", "answered_at"])
        act = "accepted" if accepts else "declined"
        record(
            Event.Kind.ROTA_CHANGED,
            swap.asked_by,
            swap.item.meeting,
            by=by,
            at=at,
            data={"act": act, "told": [swap.asked_by_id]},
        )
    return swap


def _exchange(swap: PresenterSwap) -> None:
    item = _lock(swap.item_id)
    given = _lock(swap.given_id) if swap.given_id else None
    if (
        item.presenter_id != swap.asked_by_id
        or item.meeting.is_over
        or (given and given.presenter_id != swap.to_id)
    ):
        raise SwapTooLate(_("The agenda has changed since you were asked."))
    _hand_over(item, swap.to_id)
    if given:
        _hand_over(given, swap.asked_by_id)


def _hand_over(item: AgendaItem, member: int) -> None:
    """Give the turn to a member."""
    item.give_to(member)
    item.save(update_fields=["presenter", "reasons"])


def _lock(pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)
