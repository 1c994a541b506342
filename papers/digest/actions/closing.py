"""Closing issues of the digest: by the lab's clock or by hand, once and for good.

An issue is closed when its week is over, so that no day is ever left out of it. Weeks that were
missed while nothing ran are made up for, each once.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from papers import access
from papers.digest.chat.actions import write_posts
from papers.digest.queries.week import read_week
from papers.digest.snapshot import make_snapshot
from papers.events import record
from papers.models import DigestIssue, Event, Lab, Member
from papers.moments import say_weekday
from papers.text.markdown import RENDERER_VERSION, render_once
from papers.text.weeks import Week


class WeekRuns(Exception):
    """The week is not over: an issue closed now would leave days out."""


class IssueClosed(Exception):
    """What an issue said, it says for good."""


class NobodyToRead(Exception):
    """The lab has no active member yet."""


def write_note(*, week: Week, text: str, by: Member, at: datetime) -> DigestIssue:
    """Put a curator's words at the head of an issue. Raises IssueClosed."""
    with transaction.atomic():
        issue = _lock_issue(week)
        if issue.closed_at:
            raise IssueClosed(_("This issue has been published and can't be changed."))
        if issue.note == text:
            return issue
        rendering = render_once(text)
        issue.note, issue.note_html = text, rendering.html
        issue.renderer = RENDERER_VERSION if rendering.is_final else 0
        issue.save(update_fields=["note", "note_html", "renderer"])
        record(Event.Kind.DIGEST_NOTED, by=by, at=at, data={"week": str(issue)})
    return issue


def close_issue(*, week: Week, at: datetime, by: Member | None = None) -> DigestIssue:
    """Freeze the content of a week's issue and hand it to the chat rooms; once.

    Raises WeekRuns or NobodyToRead.
    """
    lab = access.get_lab()
    if at < week.bounds(lab.zone)[1]:
        raise WeekRuns(
            _("Week %(number)s ends on %(day)s; publish it after that.")
            % {"number": week.number, "day": say_weekday(week.sunday)}
        )
    with transaction.atomic():
        issue = _lock_issue(week)
        if issue.closed_at:
            return issue
        if not Member.objects.active().exists():
            raise NobodyToRead(_("No members to send it to."))
        with override(settings.LANGUAGE_CODE):  # what is kept speaks the lab's language
            digest = read_week(week, lab, at)
        issue.content, issue.closed_at, issue.closed_by = make_snapshot(digest), at, by
        issue.save(update_fields=["content", "closed_at", "closed_by"])
        record(Event.Kind.DIGEST_CLOSED, by=by, at=at, data={"week": str(issue)})
        write_posts(issue, at)
    return issue


def close_due_issues(*, at: datetime) -> list[Week]:
    """Close every issue whose hour has come and that is open still; the weeks closed."""
    lab = access.get_lab()
    weeks = _list_due(lab, at)
    if not weeks or not Member.objects.active().exists():
        return []
    for week in weeks:
        close_issue(week=week, at=at)
    return weeks


def get_closing_time(week: Week, lab: Lab) -> datetime | None:
    """When the lab's clock closes this issue: the first such weekday and hour after the week.

    None when curators close by hand. An hour that the change of clocks leaves out is taken as
    that long after the last hour that there was.
    """
    if lab.digest_weekday is None:
        return None
    day = week.sunday + timedelta(days=1 + lab.digest_weekday)
    return datetime.combine(day, time(lab.digest_hour), lab.zone)


def _list_due(lab: Lab, at: datetime) -> list[Week]:
    """From the week after the last closed one up to the newest that is due, the oldest first."""
    newest = _find_newest_due(lab, at)
    if newest is None:
        return []
    last = DigestIssue.objects.closed().order_by("year", "week").last()
    if last is None:
        _, end = newest.bounds(lab.zone)
        return [newest] if Event.objects.filter(at__lt=end).exists() else []
    weeks: list[Week] = []
    week: Week | None = newest
    while week and week > Week(last.year, last.week):
        weeks.insert(0, week)
        week = week.earlier
    return weeks


def _find_newest_due(lab: Lab, at: datetime) -> Week | None:
    week = Week.of(at.astimezone(lab.zone).date()).earlier
    while week:
        closing = get_closing_time(week, lab)
        if closing is None:
            return None
        if closing <= at:
            return week
        week = week.earlier
    return None


def _lock_issue(week: Week) -> DigestIssue:
    DigestIssue.objects.get_or_create(year=week.year, week=week.number)
    return DigestIssue.objects.select_for_update(of=("self",)).get(year=week.year, week=week.number)
