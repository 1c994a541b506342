"""The digest: this week's, and any other week's."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from papers.caching.validators import count_clock
from papers.digest.queries.issues import get_first_week, get_issue
from papers.http import (
    PageRequest,
    get_request_lab,
    public_reading,
    render_if_changed,
    render_page,
)
from papers.text.weeks import NoSuchWeek, Week

WEEKS_BESIDE = 8
"""Weeks that the page's side names."""

LATER_BESIDE = timedelta(weeks=3)
"""How far they reach beyond the week of the page."""


@require_safe
@public_reading
def digest(request: PageRequest) -> HttpResponse:
    """This week's issue."""
    return redirect("digest-week", name=str(Week.of(_get_today(request))))


@require_safe
@public_reading
def digest_week(request: PageRequest, name: str) -> HttpResponse:
    """The issue of one week."""
    try:
        week = Week.parse(name)
    except NoSuchWeek as problem:
        raise Http404("There is no such week. A week is written like 2026-W47.") from problem
    now = timezone.now()
    return render_if_changed(request, lambda: _show_week(request, week, now), count_clock(now))


def _show_week(request: PageRequest, week: Week, now: datetime) -> HttpResponse:
    lab, this_week = get_request_lab(request), Week.of(_get_today(request))
    first = get_first_week(lab) or this_week
    issue = get_issue(week, request.user, lab, now)
    context = {
        "digest": issue.digest,
        "issue": issue,
        "week": week,
        "this_week": this_week,
        "earlier": week.earlier if week > first else None,
        "later": week.later if week < this_week else None,
        "weeks": _list_weeks(week, this_week, first),
    }
    return render_page(request, "digest/digest.html", context)


def _get_today(request: HttpRequest) -> date:
    return timezone.now().astimezone(get_request_lab(request).zone).date()


def _list_weeks(week: Week, this_week: Week, first: Week) -> list[Week]:
    """The weeks around this one, the newest first; the asked one, and of the others none from
    before the lab's first and none that has not begun."""
    newest = max(min(Week.of(week.sunday + LATER_BESIDE), this_week), week)
    weeks = [newest]
    oldest = min(first, week)
    while len(weeks) < WEEKS_BESIDE and weeks[-1] > oldest and weeks[-1].earlier:
        weeks.append(weeks[-1].earlier)
    return weeks
