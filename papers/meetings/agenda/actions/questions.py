"""Questions of an agenda: several papers are discussed under one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.events import record
from papers.meetings.agenda.actions.items import OnAgendaAlready, lock_meeting
from papers.models import AgendaItem, Event, Meeting, Member, Paper


class NoQuestion(Exception):
    """Only a discussion item that is still ahead gathers papers."""


def gather_paper(*, question: AgendaItem, paper: Paper, by: Member, at: datetime) -> AgendaItem:
    """Put a paper under a question; twice is once.

    A paper that has an item of its own on this agenda moves below the question, and its presenter
    presents the question if nobody does. Raises NoQuestion, OnAgendaAlready.
    """
    with transaction.atomic():
        meeting = lock_meeting(question.meeting)
        question = meeting.items.get(pk=question.pk)
        if not question.may_gather:
            raise NoQuestion(_("Papers can only be added to a discussion item that's still ahead."))
        item = meeting.items.filter(paper=paper).first()
        if item and item.question_id == question.pk:
            return item
        if item and (item.question_id or item.discussed_at):
            raise OnAgendaAlready(_("This is already on the agenda."))
        before = question.presenter_id
        item = _move(item, question, at) if item else _add(meeting, question, paper)
        told = [question.presenter_id] if question.presenter_id != before else []
        data = {"act": "gathered", "told": told}
        record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data=data)
    return item


def _add(meeting: Meeting, question: AgendaItem, paper: Paper) -> AgendaItem:
    return AgendaItem.objects.create(
        meeting=meeting, question=question, paper=paper, minutes=0, position=question.position
    )


def _move(item: AgendaItem, question: AgendaItem, at: datetime) -> AgendaItem:
    item.swaps.filter(state="asked").update(state="withdrawn", answered_at=at)
    if question.presenter_id is None and item.presenter_id:
        question.give_to(item.presenter_id)
        question.save(update_fields=["presenter", "reasons"])
    item.give_to(None)
    item.question, item.minutes, item.position = question, 0, question.position
    item.save(update_fields=["question", "minutes", "position", "presenter", "reasons"])
    return item
