"""Days and instants as a person says them: "due in 3 days", "since Tuesday"."""

from datetime import date, datetime, timedelta

A_WEEK = timedelta(days=7)


def say_due(due_on: date, today: date) -> str:
    """`due today`, `due in 3 days`, `2 days overdue`."""
    days = (due_on - today).days
    if days < 0:
        return f"{_count_days(-days)} overdue"
    if days == 0:
        return "due today"
    return "due tomorrow" if days == 1 else f"due in {_count_days(days)}"


def say_since(then: datetime, now: datetime) -> str:
    """`14:05` on the same day, `yesterday`, `Tuesday` within a week, else `3 November`.

    Both instants are given in the time zone of whoever reads.
    """
    days = (now.date() - then.date()).days
    if days <= 0:
        return f"{then:%H:%M}"
    if days == 1:
        return "yesterday"
    if days < A_WEEK.days:
        return f"{then:%A}"
    return say_day(then.date(), now.date())


def say_day(day: date, today: date) -> str:
    """`3 November`, with the year when it is another one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%B}{year}"


def say_waiting(since: date, today: date) -> str:
    """`since today`, `for 3 days`, `for 5 weeks`, `for 4 months`, `for 2 years`."""
    days = (today - since).days
    if days <= 0:
        return "since today"
    for length, word in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * length:
            return f"for {days // length} {word}s"
    return f"for {_count_days(days)}"


def _count_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
