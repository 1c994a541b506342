"""Taking an item off the agenda, and putting it back while the meeting is ahead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from papers.events import record
from papers.meetings.agenda.actions.items import lock_meeting
from papers.models import AgendaItem, Event, Meeting, Member

COLUMNS = (
    "pk", "paper_id", "experiment_id", "title", "question_id", "presenter_id", "minutes",
    "position", "reasons",
)  # fmt: skip


class NotPutBack(Exception):
    """The meeting is over, or what the item was about is gone or on the agenda again."""

    def __init__(self) -> None:
        super().__init__(_("This can't be put back on the agenda."))


def remove_item(*, item: AgendaItem, by: Member, at: datetime) -> bool:
    """Take an item off the agenda; one with minutes stays (False). Twice is once."""
    with transaction.atomic():
        meeting = lock_meeting(item.meeting)
        with_papers = Q(pk=item.pk) | Q(question=item.pk)
        said = meeting.items.exclude(record="", discussed_at__isnull=True)
        if said.filter(with_papers).exists():
            return False
        rows = _read(meeting.items.filter(with_papers))
        gone, _counts = meeting.items.filter(pk=item.pk).delete()
        if gone:
            data = {"act": "removed", "item": item.pk, "rows": rows}
            record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data=data)
    return gone > 0


def restore_item(*, event: Event, by: Member, at: datetime) -> None:
    """Put back what a removal took off the agenda, at its place. Raises NotPutBack."""
    try:
        with transaction.atomic():
            meeting = lock_meeting(Meeting.objects.get(events=event))
            if meeting.is_over:
                raise NotPutBack
            for row in event.data["rows"]:
                AgendaItem.objects.create(meeting=meeting, **row)
            record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data={"act": "added"})
    except IntegrityError as reason:
        raise NotPutBack from reason


def _read(items: Iterable[AgendaItem]) -> list[dict[str, Any]]:
    """What is needed to put items back; a question comes before the papers that it gathers."""
    rows = sorted(items, key=lambda item: item.question_id is not None)
    return [{name: getattr(item, name) for name in COLUMNS} for item in rows]
