"""Days and instants in words, in the lab's time zone: `{{ claim.due_on|due }}`."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from papers import moments

register = template.Library()
register.filter("week_days", moments.say_week)
register.filter("issue_name", moments.say_issue)


@register.filter
def due(day: date | None, today: date | None = None) -> str:
    """`due in 3 days`; nothing for a claim without a due day."""
    return moments.say_due(day, today or timezone.localdate()) if day else ""


@register.filter
def meeting_in(then: datetime, today: date) -> str:
    """`meeting in 3 days`."""
    return moments.say_meeting_in(timezone.localtime(then).date(), today)


@register.filter
def weekday(day: date | datetime | None) -> str:
    """`Tuesday 3 November`."""
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    return moments.say_weekday(day) if day else ""


@register.filter
def weekday_time(then: datetime | None) -> str:
    """`Tuesday 3 November, 14:05`."""
    return moments.say_weekday_time(timezone.localtime(then)) if then else ""


@register.filter
def weekday_date(day: date | datetime | None) -> str:
    """`Tuesday 3 November 2026`."""
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    return moments.say_weekday_date(day) if day else ""


@register.filter
def short_time(then: datetime | None) -> str:
    """`3 Nov, 14:05`."""
    return moments.say_short_time(timezone.localtime(then)) if then else ""


@register.filter
def short_day(day: date | datetime | None) -> str:
    """`3 Nov`."""
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    return moments.say_short_day(day) if day else ""


@register.filter
def since(then: datetime | None) -> str:
    """`Tuesday`, `yesterday`, `14:05`, `3 November`."""
    if then is None:
        return ""
    return moments.say_since(timezone.localtime(then), timezone.localtime())


@register.filter
def waiting(then: datetime | None) -> str:
    """`for 3 weeks`."""
    if then is None:
        return ""
    return moments.say_waiting(timezone.localtime(then).date(), timezone.localdate())
