"""Reads of issues: the stored one where a week is closed, else the week as it stands.

An issue keeps its words for good; who may read which of them is asked each time anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from papers import access
from papers.digest.issue import Digest
from papers.digest.queries.screening import screen, screen_for_rooms, screen_fresh
from papers.digest.queries.week import read_week
from papers.digest.snapshot import load_snapshot
from papers.models import DigestIssue, Event, Lab
from papers.text.weeks import Week


@dataclass(frozen=True, slots=True)
class Issue:
    """A week as a reader sees it: what happened, and the curator's note."""

    digest: Digest
    note: str = ""
    note_html: str = ""
    closed_at: datetime | None = None


def find_issue(week: Week) -> DigestIssue | None:
    """The row of a week, if there is one yet."""
    return DigestIssue.objects.filter(year=week.year, week=week.number).first()


def get_first_week(lab: Lab) -> Week | None:
    """The week of the first thing that happened in the lab; none before that. One query."""
    first = Event.objects.order_by("at").values_list("at", flat=True).first()
    return Week.of(first.astimezone(lab.zone).date()) if first else None


def get_issue(week: Week, viewer: access.Viewer, lab: Lab, now: datetime) -> Issue:
    """The issue of a week; at most eight queries."""
    row = find_issue(week)
    if row and row.closed_at:
        return read_closed(row, viewer, lab)
    digest = get_digest(week, viewer, lab, now)
    return Issue(digest, row.note, row.note_html) if row else Issue(digest)


def get_digest(week: Week, viewer: access.Viewer, lab: Lab, now: datetime) -> Digest:
    """The week as it stands, as this viewer may see it; at most seven queries."""
    return screen_fresh(read_week(week, lab, now), viewer, lab)


def read_closed(row: DigestIssue, viewer: access.Viewer, lab: Lab) -> Issue:
    """A closed issue, less what this viewer may not read; at most one query."""
    digest = screen(load_snapshot(row.content), viewer, lab)
    return Issue(digest, row.note, row.note_html, row.closed_at)


def read_for_rooms(row: DigestIssue) -> Digest:
    """A closed issue as chat rooms may have it: less what is gone since. Where reviews are
    independent, no words of reviews may leave it."""
    return screen_for_rooms(load_snapshot(row.content))
