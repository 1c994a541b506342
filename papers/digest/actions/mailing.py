"""The digest by mail: one mail for each member and issue, on the day that she chose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction

from papers import access
from papers.digest.queries.issues import Issue, read_closed
from papers.languages import speak_to
from papers.mail import list_written, make_unsubscribe_url, send_mail
from papers.models import DigestIssue, Lab, Member
from papers.moments import say_issue
from papers.text.pictures import link_pictures
from papers.text.weeks import Week

MAIL_WITHIN = timedelta(days=35)
"""An older issue is no news: it waits on its page."""


@dataclass(frozen=True, slots=True)
class _Due:
    """An issue that a member is to have by mail, and the name of that occasion."""

    issue: DigestIssue
    member: Member
    key: str


def send_digests(*, at: datetime) -> int:
    """Write the mails of closed issues whose time has come; how many.

    The key of a mail names issue and member, so that a second run, or a second worker at the
    same time, writes none again. Four queries when there is nothing to write.
    """
    lab = access.get_lab()
    closed = DigestIssue.objects.closed().filter(closed_at__gt=at - MAIL_WITHIN, closed_at__lte=at)
    issues = list(closed.order_by("year", "week").defer("content"))
    due = list(_list_due(issues, lab, at))
    written = list_written([one.key for one in due])
    missing = [one for one in due if one.key not in written]
    return sum(
        _send_issue(issue, list(mails), lab)
        for issue, mails in groupby(missing, key=lambda one: one.issue)
    )


def get_mailing_time(closed_at: datetime, digest_day: str, lab: Lab) -> datetime | None:
    """When an issue goes out to who chose this day; None for who wants no mail."""
    if digest_day == Member.DigestDay.NEVER:
        return None
    if digest_day == Member.DigestDay.ONCE:
        return closed_at
    closed_on = closed_at.astimezone(lab.zone).date()
    day = closed_on + timedelta(days=(int(digest_day) - closed_on.weekday()) % 7)
    return max(closed_at, datetime.combine(day, time(lab.digest_hour), lab.zone))


def choose_digest_day(*, member: Member, digest_day: str, at: datetime) -> bool:
    """When the digest comes by mail; False when it is so already. A setting of one's own: no
    event tells of it. Who starts anew gets the issues that close from now on."""
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if member.digest_day == digest_day:
            return False
        if member.digest_day == Member.DigestDay.NEVER:
            member.digest_since = at
        member.digest_day = Member.DigestDay(digest_day)
        member.save(update_fields=["digest_day", "digest_since"])
    return True


def _list_due(issues: Sequence[DigestIssue], lab: Lab, at: datetime) -> Iterator[_Due]:
    """Who is to have which issue by now."""
    rows = Member.objects.active().exclude(email="").exclude(digest_day=Member.DigestDay.NEVER)
    readers = list(rows.order_by("pk")) if issues else []
    for issue in issues:
        assert issue.closed_at is not None  # noqa: S101  the queryset says so
        times = {day: get_mailing_time(issue.closed_at, day, lab) for day in Member.DigestDay}
        for member in readers:
            due_at = times[Member.DigestDay(member.digest_day)]
            if member.digest_since <= issue.closed_at and due_at and due_at <= at:
                yield _Due(issue, member, f"digest-{issue}-{member.pk}")


def _send_issue(issue: DigestIssue, mails: Sequence[_Due], lab: Lab) -> int:
    shared = None
    number = 0
    for one in mails:
        read = shared or read_closed(issue, one.member, lab)
        if not lab.independent_reviews:
            shared = read  # every member may read the same
        number += _send(issue, read, one.member, lab, one.key)
    return number


def _send(issue: DigestIssue, read: Issue, member: Member, lab: Lab, key: str) -> bool:
    week = Week(issue.year, issue.week)
    context = {
        "name": str(member),
        "week": week,
        "digest": read.digest,
        "note": read.note,
        # Addresses on the site are whole in a mail.
        "note_html": link_pictures(read.note_html, "").replace(
            'href="/', f'href="{settings.SITE_URL}/'
        ),
        "url": f"{settings.SITE_URL}{issue.get_absolute_url()}",
        "choices_url": f"{settings.SITE_URL}/profile/notifications/",
    }
    leaving = make_unsubscribe_url(member, "digest")
    template = "digest/mail/digest"
    with speak_to(member):
        subject = f"{lab.name}: {say_issue(week)}"
        return bool(
            send_mail(member.email, subject, template, context, key=key, unsubscribe_url=leaving)
        )
