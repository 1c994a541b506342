"""Meetings of a schedule: its days with their papers and presenters, where a member wants them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from papers.importing.reading.drafts.draft_json import unpack_meetings
from papers.importing.reading.drafts.understood import MeetingDraft, PaperDraft
from papers.meetings.agenda.actions.bulk_planning import DatedPaper, add_dated_papers
from papers.models import Member, Paper

LONGEST_TITLE = 200
"""Characters of the title of a meeting."""


def add_meetings(
    plan: Mapping[str, Any],
    drafts: Iterable[PaperDraft],
    papers: Mapping[str, Paper],
    members: Mapping[str, Member],
    *,
    by: Member,
    at: datetime,
) -> tuple[int, list[list[Any]]]:
    """Put the papers of a document on the agendas of their days; how many meetings are new, and
    the rows that were made. Part of the caller's transaction.
    """
    by_key = {draft.key: draft for draft in drafts}
    agenda = [
        one
        for meeting in unpack_meetings(plan)
        for one in _list_agenda(meeting, by_key, papers, members)
    ]
    planned = add_dated_papers(agenda=agenda, by=by, at=at)
    made: list[list[Any]] = [["meeting", pk] for pk in planned.meetings]
    made.extend(["agendaitem", pk] for pk in planned.items)
    return len(planned.meetings), made


def _list_agenda(
    meeting: MeetingDraft,
    drafts: Mapping[str, PaperDraft],
    papers: Mapping[str, Paper],
    members: Mapping[str, Member],
) -> Iterator[DatedPaper]:
    for key in meeting.papers if meeting.on else ():
        if (draft := drafts.get(key)) is not None and meeting.on:
            names = (n for p in draft.each_place if p.meeting == meeting.said for n in p.members)
            known = (members[n.casefold()].pk for n in names if n.casefold() in members)
            yield DatedPaper(
                meeting.on, papers[key].pk, next(known, None), meeting.topic[:LONGEST_TITLE]
            )
