"""Notices by mail and on the page: each event once, at the pace that the member chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import ngettext

from papers import access
from papers.activity.queries import Activity, join_subjects, make_activity
from papers.languages import speak_to
from papers.mail import make_unsubscribe_url, send_mail
from papers.models import Comment, Event, Lab, Mail, Member, Notification, Pace
from papers.notifications.actions.following import get_paces
from papers.text.markdown import plain
from papers.text.weeks import Week

MORNING = 7
"""The lab's hour from which daily and weekly mails go out; weekly ones on Mondays."""

MOST = 100
"""Notices of one mail or one page; the activity page has all."""

PERSONAL = (
    Notification.Why.MENTION,
    Notification.Why.REPLY,
    Notification.Why.REVIEW,
    Notification.Why.TURN,
)

QUOTED = 60
"""Words of a comment that speaks to the member."""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in words."""

    activity: Activity
    why: str
    quote: str = ""
    is_new: bool = False


def list_notifications(member: Member, lab: Lab) -> list[Line]:
    """The member's newest notices; three queries at most."""
    rows = access.notifications_of(member, lab).order_by("-at", "-pk")[:MOST]
    return _make_lines(rows)


def send_notification_emails(*, at: datetime) -> int:
    """Write the mails that are due; how many."""
    lab = access.get_lab()
    waiting = Notification.objects.filter(mailed_at=None).order_by().values("member")
    members = Member.objects.filter(pk__in=waiting).order_by("pk")
    return sum(_send_to(member, lab, at) for member in members)


def _send_to(member: Member, lab: Lab, at: datetime) -> int:
    """One mail for each pace that is due. What she wants no mail of, or has read meanwhile, is
    done without one."""
    by_pace: dict[str, list[str]] = {}
    for why, pace in get_paces(member).items():
        by_pace.setdefault(pace, []).append(why)
    number = 0
    for pace, reasons in by_pace.items():
        key = _make_key(pace, member, lab, at)
        if key is None or (key and Mail.objects.filter(key=key).exists()):
            continue
        with transaction.atomic(), speak_to(member):
            number += _send(member, lab, at, pace, reasons, key)
    return number


def _make_key(pace: str, member: Member, lab: Lab, at: datetime) -> str | None:
    """The occasion for which one mail is written at most; None before its hour."""
    local = at.astimezone(lab.zone)
    if pace in {Pace.ONCE, Pace.NEVER}:
        return ""
    if local.hour < MORNING and (pace == Pace.DAILY or local.weekday() == 0):
        return None
    if pace == Pace.DAILY:
        return f"notices-{local.date()}-{member.pk}"
    return f"notices-{Week.of(local.date())}-{member.pk}"


def _send(
    member: Member, lab: Lab, at: datetime, pace: str, reasons: Sequence[str], key: str
) -> bool:
    waiting = Notification.objects.filter(member=member, mailed_at=None, why__in=reasons)
    locked = list(waiting.select_for_update().values_list("pk", flat=True))
    rows = access.notifications_of(member, lab).filter(pk__in=locked)
    Notification.objects.filter(pk__in=locked).update(mailed_at=at)
    if pace == Pace.NEVER or not member.is_active or not member.email:
        return False
    unread = rows if pace == Pace.ONCE else rows.filter(read_at=None)
    lines = _make_lines(unread.order_by("at", "pk")[:MOST])
    if not lines:
        return False
    context = {
        "name": str(member),
        "lines": lines,
        "url": f"{settings.SITE_URL}/notifications/",
        "choices_url": f"{settings.SITE_URL}/profile/notifications/",
    }
    leaving = make_unsubscribe_url(member, "notices")
    template = "notifications/mail/notifications"
    subject = _say_subject(lines)
    return bool(
        send_mail(member.email, subject, template, context, key=key, unsubscribe_url=leaving)
    )


def _say_subject(lines: Sequence[Line]) -> str:
    if len(lines) > 1:
        n = len(lines)
        return ngettext("%(n)s new notification", "%(n)s new notifications", n) % {"n": n}
    return lines[0].activity.text


def _make_lines(notices: QuerySet[Notification]) -> list[Line]:
    rows = list(notices)
    events = join_subjects(Event.objects.filter(pk__in=[row.event_id for row in rows]))
    by_key = {event.pk: event for event in events}
    spoken = [row.event_id for row in rows if row.why in PERSONAL]
    words = Comment.objects.current().filter(events__in=spoken).values_list("events", "body_html")
    bodies = dict(words) if spoken else {}
    return [
        Line(
            activity=make_activity(by_key[row.event_id]),
            why=row.get_why_display(),
            quote=Truncator(plain(bodies.get(row.event_id, ""))).words(QUOTED),
            is_new=row.read_at is None,
        )
        for row in rows
    ]
