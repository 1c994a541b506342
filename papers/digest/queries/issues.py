"""Reads of issues: the frozen one where a week is closed, else the week as it stands.

An issue keeps its words for good; who may read which of them is asked each time anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from papers import access
from papers.digest.issue import AgendaLine, Digest, MeetingNews, NewReview, Part
from papers.digest.queries.week import get_digest
from papers.digest.snapshot import load_snapshot
from papers.models import DigestIssue, Experiment, Lab, Member, Review
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


def get_issue(week: Week, viewer: access.Viewer, lab: Lab, now: datetime) -> Issue:
    """The issue of a week; at most seven queries."""
    row = find_issue(week)
    if row is None:
        return Issue(get_digest(week, viewer, lab, now))
    if row.closed_at is None:
        return Issue(get_digest(week, viewer, lab, now), row.note, row.note_html)
    return read_closed(row, viewer, lab)


def read_closed(row: DigestIssue, viewer: access.Viewer, lab: Lab) -> Issue:
    """A closed issue, less what this viewer may not read; at most three queries."""
    digest = screen(load_snapshot(row.content), viewer, lab)
    return Issue(digest, row.note, row.note_html, row.closed_at)


def get_whole_digest(week: Week, lab: Lab, now: datetime) -> Digest | None:
    """The week as a member sees it to whom nothing is closed; None in a lab without members."""
    member = Member.objects.active().order_by("pk").first()
    return get_digest(week, member, _open(lab), now) if member else None


def read_for_rooms(row: DigestIssue, lab: Lab) -> Digest:
    """A closed issue as chat rooms may have it: less what is gone since. Who reads a room is not
    known: where reviews are independent, no words of reviews may leave it."""
    member = Member.objects.active().order_by("pk").first()
    return screen(load_snapshot(row.content), member, _open(lab))


def _open(lab: Lab) -> Lab:
    """The lab as if nothing were closed to anybody."""
    open_lab = copy(lab)
    open_lab.independent_reviews = False
    return open_lab


def screen(digest: Digest, viewer: access.Viewer, lab: Lab) -> Digest:
    """The digest without what is closed to this viewer, and without reviews taken back since."""
    reviews = _ask_reviews(digest, viewer, lab)
    if access.get_member(viewer) is None:
        return replace(
            digest, reviews=_screen_reviews(digest.reviews, *reviews), finished=Part(),
            started=Part(), talks=Part(), claims=Part(), met=(), next_meeting=None,
        )  # fmt: skip
    readable, _ = reviews
    open_experiments = _ask_experiments(digest, viewer, lab)
    return replace(
        digest,
        reviews=_screen_reviews(digest.reviews, *reviews),
        finished=_keep(digest.finished, lambda one: one.id in open_experiments),
        started=_keep(digest.started, lambda one: one.id in open_experiments),
        talks=_keep(
            digest.talks,
            lambda one: (
                one.review_id in {None, *readable}
                and one.experiment_id in {None, *open_experiments}
            ),
        ),
        met=[_screen_meeting(one, open_experiments) for one in digest.met],
        next_meeting=digest.next_meeting and _screen_meeting(digest.next_meeting, open_experiments),
    )


def _keep[Item](part: Part[Item], is_open: Callable[[Item], bool]) -> Part[Item]:
    items = [one for one in part.items if is_open(one)]
    return Part(items, part.total - (len(part.items) - len(items)))


def _ask_reviews(digest: Digest, viewer: access.Viewer, lab: Lab) -> tuple[set[int], set[int]]:
    """Which of the reviews named the viewer may read, and of which she may know."""
    keys = {one.id for one in digest.reviews.items}
    keys |= {one.review_id for one in digest.talks.items if one.review_id}
    if not keys:
        return set(), set()
    readable = access.reviews_visible_to(viewer, lab).filter(pk__in=keys)
    known = access.reviews_known_to(viewer, lab).filter(pk__in=keys)
    return _list_keys(readable), _list_keys(known)


def _ask_experiments(digest: Digest, viewer: access.Viewer, lab: Lab) -> set[int]:
    keys = {one.id for part in (digest.finished, digest.started) for one in part.items}
    keys |= {one.experiment_id for one in digest.talks.items if one.experiment_id}
    agendas = [*digest.met, *([digest.next_meeting] if digest.next_meeting else [])]
    keys |= {line.experiment_id for one in agendas for line in one.lines if line.experiment_id}
    if not keys:
        return set()
    return _list_keys(access.experiments_visible_to(viewer, lab).filter(pk__in=keys))


def _list_keys(rows: Iterable[Review] | Iterable[Experiment]) -> set[int]:
    return {row.pk for row in rows}


def _screen_reviews(part: Part[NewReview], readable: set[int], known: set[int]) -> Part[NewReview]:
    kept = _keep(part, lambda one: one.id in known)
    items = [one if one.id in readable else _close(one) for one in kept.items]
    return Part(items, kept.total)


def _close(review: NewReview) -> NewReview:
    return replace(review, takeaway="", verdict="", is_readable=False, critique="", words=())


def _screen_meeting(meeting: MeetingNews, open_experiments: set[int]) -> MeetingNews:
    return replace(meeting, lines=_screen_lines(meeting.lines, open_experiments))


def _screen_lines(lines: Sequence[AgendaLine], open_experiments: set[int]) -> list[AgendaLine]:
    return [
        line
        if line.experiment_id in {None, *open_experiments}
        else replace(line, title=_("An experiment"), url="")
        for line in lines
    ]
