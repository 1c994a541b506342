"""Days and instants as a person says them, in the language of the page: "due in 3 days"."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from papers.text.weeks import Week

DAYS_OF_A_WEEK = 7


def say_due(due_on: date, today: date) -> str:
    """`due today`, `due in 3 days`, `2 days overdue`."""
    days = (due_on - today).days
    if days < 0:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", -days) % {"n": -days}
    if days == 0:
        return _("due today")
    if days == 1:
        return _("due tomorrow")
    return ngettext("due in %(n)s day", "due in %(n)s days", days) % {"n": days}


def say_meeting_in(day: date, today: date) -> str:
    """`meeting today`, `meeting tomorrow`, `meeting in 3 days`."""
    days = (day - today).days
    if days <= 0:
        return _("meeting today")
    if days == 1:
        return _("meeting tomorrow")
    return ngettext("meeting in %(n)s day", "meeting in %(n)s days", days) % {"n": days}


def say_since(then: datetime, now: datetime) -> str:
    """`14:05` on the same day, `yesterday`, `Tuesday` within a week, else `3 November`.

    Both instants are given in the time zone of whoever reads.
    """
    days = (now.date() - then.date()).days
    if days <= 0:
        return date_format(then, "TIME_FORMAT")
    if days == 1:
        return _("yesterday")
    if days < DAYS_OF_A_WEEK:
        return date_format(then, "l")
    return say_day(then.date(), now.date())


def say_day(day: date, today: date) -> str:
    """`3 November`, with the year when it is another one."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


def say_weekday(day: date) -> str:
    """`Tuesday 3 November`."""
    return date_format(day, pgettext("a date format", "l j F"))


def say_weekday_time(then: datetime) -> str:
    """`Tuesday 3 November, 14:05`."""
    return date_format(then, pgettext("a date format", "l j F, H:i"))


def say_weekday_date(day: date) -> str:
    """`Tuesday 3 November 2026`."""
    return date_format(day, pgettext("a date format", "l j F Y"))


def say_short_time(then: datetime) -> str:
    """`3 Nov, 14:05`."""
    return date_format(then, pgettext("a date format", "j M, H:i"))


def say_short_day(day: date) -> str:
    """`3 Nov`."""
    return date_format(day, pgettext("a date format", "j M"))


def say_week(week: Week) -> str:
    """`16 – 22 November 2026`; month and year are said once where they are the same."""
    first, last = week.monday, week.sunday
    if first.year != last.year:
        start = date_format(first, "DATE_FORMAT")
    elif first.month != last.month:
        start = date_format(first, "MONTH_DAY_FORMAT")
    else:
        start = date_format(first, pgettext("a date format", "j"))
    return f"{start} – {date_format(last, 'DATE_FORMAT')}"


def say_issue(week: Week) -> str:
    """`Week 47, 16 – 22 November 2026`."""
    return _("Week %(number)s, %(days)s") % {"number": week.number, "days": say_week(week)}


def say_waiting(since: date, today: date) -> str:
    """`since today`, `for 3 days`, `for 5 weeks`, `for 4 months`, `for 2 years`."""
    days = (today - since).days
    if days <= 0:
        return _("since today")
    if (n := days // 365) >= 2:
        return ngettext("for %(n)s year", "for %(n)s years", n) % {"n": n}
    if (n := days // 30) >= 2:
        return ngettext("for %(n)s month", "for %(n)s months", n) % {"n": n}
    if (n := days // DAYS_OF_A_WEEK) >= 2:
        return ngettext("for %(n)s week", "for %(n)s weeks", n) % {"n": n}
    return ngettext("for %(n)s day", "for %(n)s days", days) % {"n": days}
