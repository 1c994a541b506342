"""Pages on which curators plan: one meeting, or the rule of a regular one."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.meetings.forms import MeetingForm, SeriesForm
from papers.meetings.queries.calendar import get_next_meeting
from papers.meetings.series.actions.planning import (
    DayTaken,
    cancel_meeting,
    change_meeting,
    change_series,
    plan_meeting,
    restore_meeting,
    start_series,
)
from papers.models import Meeting, MeetingSeries, Member
from papers.text import addresses
from papers.text.slots import Slot
from papers.writing.views import once

FORM_METHODS = ["GET", "HEAD", "POST"]
FRIDAY = 4


@require_http_methods(FORM_METHODS)
@require_curator
@once
def meeting_new(request: MemberRequest) -> HttpResponse:
    """Plan one meeting."""
    get_request_lab(request)
    initial = {"day": timezone.localdate() + timedelta(days=7), "time": "14:00",
               "lead": request.user.handle}  # fmt: skip
    form = MeetingForm(request.POST or None, _list_leads(request), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            meeting = plan_meeting(facts=form.get_facts(), by=request.user, at=timezone.now())
            return redirect_page(request, meeting.get_absolute_url())
        except DayTaken as reason:
            form.refuse_day(str(reason))
    return _show_form(request, form, _("Schedule a meeting"), _("Schedule"))


@require_http_methods(FORM_METHODS)
def meeting_edit(request: MemberRequest, day: Slot) -> HttpResponse:
    """Change when and where a meeting is, and who leads it."""
    meeting = get_object_or_404(access.meetings_run_by(request.user).of(day))
    zone = get_request_lab(request).zone
    initial = {
        **{name: getattr(meeting, name) for name in ("day", "minutes", "place", "link", "title")},
        "time": meeting.starts_at.astimezone(zone).time(),
        "lead": meeting.lead.handle if meeting.lead else "",
    }
    form = MeetingForm(request.POST or None, _list_leads(request, meeting), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            meeting = change_meeting(
                meeting=meeting, facts=form.get_facts(), by=request.user, at=timezone.now()
            )
            return redirect_page(request, meeting.get_absolute_url())
        except DayTaken as reason:
            form.refuse_day(str(reason))
    title = _("Edit meeting on %(day)s") % {"day": date_format(meeting.day, "MONTH_DAY_FORMAT")}
    return _show_form(request, form, title, _("Save changes"), meeting.get_absolute_url())


@require_POST
def meeting_cancellation(request: MemberRequest, day: Slot) -> HttpResponse:
    """Call a meeting off, or bring it back with `undo`."""
    meeting = get_object_or_404(access.meetings_run_by(request.user).of(day))
    act = restore_meeting if request.POST.get("undo") else cancel_meeting
    act(meeting=meeting, by=request.user, at=timezone.now())
    return redirect_page(request, meeting.get_absolute_url())


@require_http_methods(FORM_METHODS)
@require_curator
@once
def meeting_series(request: MemberRequest) -> HttpResponse:
    """The regular meeting: set it up, or go to the one there is."""
    lab = get_request_lab(request)
    known = MeetingSeries.objects.filter(ended_at__isnull=True).first()
    if known and request.method != "POST":
        return redirect_page(request, addresses.meeting_series(known.pk))
    soon = timezone.localdate() + timedelta(days=1)
    if soon.weekday() > FRIDAY:
        soon += timedelta(days=7 - soon.weekday())
    initial = {"weekday": soon.weekday(), "time": "14:00", "starts_on": soon}
    form = SeriesForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        start_series(facts=form.get_facts(), by=request.user, at=timezone.now())
        messages.success(request, _("Meetings scheduled."))
        coming = get_next_meeting(request.user, lab, timezone.now())
        return redirect_page(request, coming.url if coming else addresses.MEETINGS)
    return _show_form(request, form, _("Recurring meeting"), _("Schedule meetings"))


@require_http_methods(FORM_METHODS)
@require_curator
def meeting_series_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the rule, or end it; coming meetings follow."""
    get_request_lab(request)
    series = get_object_or_404(MeetingSeries, pk=pk)
    names = [*SeriesForm.base_fields]
    initial = {name: getattr(series, name) for name in names}
    initial["skipped"] = "\n".join(day.isoformat() for day in series.skipped)
    form = SeriesForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        is_over = bool(request.POST.get("end"))
        change_series(
            series=series, facts=form.get_facts(), by=request.user, at=timezone.now(),
            is_over=is_over,
        )  # fmt: skip
        word = _("Series ended.") if is_over else _("Upcoming meetings updated.")
        messages.success(request, word)
        return redirect_page(request, addresses.MEETINGS)
    return _show_form(request, form, _("Recurring meeting"), _("Save changes"), series=series)


def _list_leads(request: MemberRequest, meeting: Meeting | None = None) -> list[Member]:
    """Who can lead: active members and curators, and whoever leads it now."""
    people = access.members_visible_to(request.user).active()
    return [
        member
        for member in people
        if member.is_reviewer or (meeting and meeting.lead_id == member.pk)
    ]


def _show_form(
    request: MemberRequest,
    form: MeetingForm | SeriesForm,
    title: str,
    submit: str,
    back: str = addresses.MEETINGS,
    series: MeetingSeries | None = None,
) -> HttpResponse:
    lab = get_request_lab(request)
    lead = _("Times are in the lab's time zone, %(zone)s.") % {"zone": lab.time_zone}
    if isinstance(form, SeriesForm):
        lead = f"{_('The next four meetings are always scheduled.')} {lead}"
    context = {
        "form": form, "title": title, "submit": submit, "back": back, "series": series,
        "lead": lead,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "meetings/meeting_form.html", context, status=status)
