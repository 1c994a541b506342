"""The meetings: what comes, what was, what members want to discuss, and whose turn it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_reviewer
from papers.meetings.agenda.actions.ballots import nominate_paper, unvote_paper, vote_for_paper
from papers.meetings.agenda.queries.agenda_page import find_named_papers
from papers.meetings.agenda.queries.ballots import list_ballots, list_swap_requests
from papers.meetings.forms import AbsenceForm, SubjectForm
from papers.meetings.queries.calendar import list_calendar
from papers.meetings.queries.paper_meetings import list_paper_meetings
from papers.meetings.series.actions.rota import (
    SwapTooLate,
    answer_swap,
    note_absence,
    remove_absence,
)
from papers.meetings.series.queries import read_rota
from papers.models import Event, Paper
from papers.text import addresses
from papers.ways_back import find_own_page
from papers.writing.views import offer_undo, once

PAGE = "meetings/meeting_list.html"
FRAGMENTS = ("ballots",)


@require_safe
def meeting_list(request: MemberRequest) -> HttpResponse:
    """Next, coming and past meetings, the ballots and the rota."""
    return _show(request)


@require_POST
@require_reviewer
def nomination(request: MemberRequest, pk: int) -> HttpResponse:
    """Vote for a paper, which nominates it; `withdraw` takes the vote back."""
    lab = get_request_lab(request)
    paper = get_object_or_404(access.papers_visible_to(request.user, lab), pk=pk)
    act = unvote_paper if request.POST.get("withdraw") else vote_for_paper
    act(paper=paper, by=request.user, at=timezone.now())
    if request.htmx.target == "ballots":
        return _show(request)
    if request.htmx.target == "nomination":
        context = {"talk": list_paper_meetings(paper, request.user, lab)}
        return render_page(request, "meetings/_nomination.html", context)
    return redirect_page(request, _get_return_url(request, paper))


@require_POST
@require_reviewer
@once
def meeting_nomination(request: MemberRequest) -> HttpResponse:
    """Nominate a paper by its title or number."""
    form = SubjectForm(request.POST)
    if not form.is_valid():
        return _show(request, status=422, subject_form=form)
    text, today = form.cleaned_data["subject"], timezone.localdate()
    found = find_named_papers(text, request.user, get_request_lab(request), today)
    if found.only is None:
        _say_found(form, found.papers)
        return _show(request, status=422, subject_form=form, found=found.papers)
    nominate_paper(paper=found.only, by=request.user, at=timezone.now())
    return (
        _show(request) if request.htmx else redirect_page(request, f"{addresses.MEETINGS}#ballots")
    )


@require_POST
@require_reviewer
@once
def meeting_absence(request: MemberRequest) -> HttpResponse:
    """Say when one cannot present; curators say it for others."""
    form = AbsenceForm(request.POST)
    member = request.user
    if request.POST.get("member") and access.can_plan_meetings(request.user):
        people = access.members_visible_to(request.user).active()
        member = get_object_or_404(people, handle=request.POST["member"])
    if not form.is_valid():
        return _show(request, status=422, absence_form=form)
    note_absence(member=member, by=request.user, at=timezone.now(), **form.cleaned_data)
    if member == request.user:
        messages.success(request, _("You won't be scheduled to present then."))
    else:
        said = _("%(name)s won't be scheduled to present then.") % {"name": member}
        messages.success(request, said)
    return redirect_page(request, f"{addresses.MEETINGS}#rota")


@require_POST
def meeting_absence_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """One will be there after all."""
    absence = get_object_or_404(access.absences_changeable_by(request.user), pk=pk)
    at = timezone.now()
    remove_absence(absence=absence, by=request.user, at=at)
    offer_undo(request, _("Time off removed."), Event.Kind.ROTA_CHANGED, at)
    return redirect_page(request, f"{addresses.MEETINGS}#rota")


@require_POST
def meeting_swap(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a turn that one was asked to take, or decline."""
    swap = get_object_or_404(access.swaps_answerable_by(request.user), pk=pk)
    accepts = request.POST.get("answer") == "yes"
    try:
        answer_swap(swap=swap, accepts=accepts, by=request.user, at=timezone.now())
    except SwapTooLate as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(
            request, _("Swap accepted: you're presenting.") if accepts else _("Declined.")
        )
    return redirect_page(request, addresses.MEETINGS)


def _show(
    request: MemberRequest,
    *,
    status: int = 200,
    subject_form: SubjectForm | None = None,
    absence_form: AbsenceForm | None = None,
    **context: Any,
) -> HttpResponse:
    viewer, lab, now = request.user, get_request_lab(request), timezone.now()
    context |= {"ballots": list_ballots(viewer, lab), "subject_form": subject_form or SubjectForm()}
    if request.htmx.target not in FRAGMENTS:
        calendar = list_calendar(viewer, lab, now)
        day = calendar.next.day if calendar.next else timezone.localdate()
        rota = read_rota(viewer, lab, day)
        context |= {
            "calendar": calendar,
            "rota": rota,
            "my_line": rota.find(viewer.pk),
            "swaps": list_swap_requests(viewer),
            "absence_form": absence_form or AbsenceForm(),
            "may_plan": access.can_plan_meetings(viewer),
        }
    return render_page(request, PAGE, context, fragments=FRAGMENTS, status=status)


def _say_found(form: SubjectForm, found: list[Paper]) -> None:
    if found:
        form.add_error("subject", _("No paper has exactly that title. Choose one below."))
    else:
        form.add_error("subject", _("No paper with that title. Add it to the library first."))


def _get_return_url(request: MemberRequest, paper: Paper) -> str:
    back = request.POST.get("next") or request.GET.get("next", "")
    return find_own_page(request, back, otherwise=paper.get_absolute_url())
