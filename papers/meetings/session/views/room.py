"""In the meeting, on laptops and phones: the item, the time, verdicts, minutes, actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from papers import access
from papers.claims.actions.claims import ClaimRefused
from papers.experiments.actions import Idea
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.meetings.agenda.queries.agenda_page import (
    NamedPapers,
    find_named_papers,
    list_agreed,
    list_rows,
)
from papers.meetings.agenda.views.page import get_meeting
from papers.meetings.forms import ActionForm, MinutesForm
from papers.meetings.session.actions.minutes import (
    MinutesClash,
    Saved,
    agree_on_claim,
    agree_on_experiment,
    save_minutes,
)
from papers.meetings.session.actions.running import (
    NotGoingOn,
    VerdictsShown,
    cast_verdict,
    close_meeting,
    open_meeting,
    reopen_meeting,
    show_verdicts,
    turn_to_item,
)
from papers.meetings.session.views.screen import is_screen, show_screen, sign_room
from papers.models import AgendaItem, Meeting, Member, Verdict, VerdictVote
from papers.text.numbers import read_number
from papers.text.slots import Slot
from papers.writing.views import once

PAGE = "meetings/meeting_room.html"


@require_safe
def meeting_room(request: MemberRequest, day: Slot) -> HttpResponse:
    """The room; its part `room` is asked for again every few seconds, and 204 says "as before"."""
    meeting = get_meeting(request, day)
    return _show(request, meeting)


@require_POST
def meeting_course(request: MemberRequest, day: Slot) -> HttpResponse:
    """Open, go on to an item, close, or open again: the lead's buttons."""
    meeting = get_object_or_404(access.meetings_run_by(request.user).of(day))
    act, by, at = request.POST.get("act", ""), request.user, timezone.now()
    try:
        if act == "open":
            open_meeting(meeting=meeting, by=by, at=at)
        elif act == "close":
            close_meeting(meeting=meeting, by=by, at=at)
        elif act == "reopen":
            reopen_meeting(meeting=meeting, by=by, at=at)
        else:
            item = meeting.items.filter(pk=read_number(act) or 0).first()
            turn_to_item(meeting=meeting, item=item, by=by, at=at)
    except NotGoingOn as reason:
        messages.warning(request, str(reason))
    if act == "close":
        return redirect_page(request, meeting.get_absolute_url())
    if is_screen(request):
        return show_screen(request, get_meeting(request, meeting.slot))
    if act in ("open", "reopen"):
        return redirect_page(request, _room(meeting))
    return _answer(request, meeting)


@require_POST
def meeting_verdict(request: MemberRequest, pk: int) -> HttpResponse:
    """Give one's verdict: `before=try` or `after=adopt`."""
    item = _get_joined(request, pk)
    phase = next((name for name in VerdictVote.Phase.values if name in request.POST), "")
    verdict = request.POST.get(phase, "")
    if verdict not in Verdict.values or item.paper_id is None:
        return HttpResponse("There is no such verdict.", status=400, content_type="text/plain")
    refusal = ""
    try:
        cast_verdict(item=item, phase=phase, verdict=verdict, by=request.user, at=timezone.now())
    except VerdictsShown as reason:
        refusal = str(reason)
    return _answer(request, item.meeting, refusal)


@require_POST
def meeting_showing(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the verdicts of a phase to all."""
    rows = access.agenda_items_run_by(request.user).select_related("meeting")
    item = get_object_or_404(rows, pk=pk)
    phase = request.POST.get("phase", "")
    if phase in VerdictVote.Phase.values:
        show_verdicts(item=item, phase=phase, by=request.user, at=timezone.now())
    if is_screen(request):
        return show_screen(request, get_meeting(request, item.meeting.slot))
    return _answer(request, item.meeting)


@require_POST
def meeting_minutes(request: MemberRequest, day: Slot) -> HttpResponse:
    """Save minutes, of the whole meeting or of the item that `item` names."""
    meeting = get_object_or_404(access.meetings_joined_by(request.user).of(day))
    item = _find_item(request, meeting)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        wrong = " ".join(str(error) for error in form.errors.get("text", []))
        return _answer_minutes(request, meeting, item, 422, problem=wrong)
    text, base = form.cleaned_data["text"], form.cleaned_data["base"]
    if request.POST.get("over"):
        base = form.cleaned_data["theirs"]
    by, at = request.user, timezone.now()
    try:
        saved = save_minutes(meeting=meeting, item=item, text=text, base=base, by=by, at=at)
    except MinutesClash as clash:
        if not request.POST.get("join"):
            return _answer_minutes(request, meeting, item, 409, clash=clash, base=base)
        both = save_minutes(
            meeting=meeting, item=item, text=clash.joined, base=clash.theirs, by=by, at=at
        )
        saved = replace(both, is_together=True)
    return _answer_minutes(request, meeting, item, 200, saved=saved, base=text, at=at)


def _find_item(request: MemberRequest, meeting: Meeting) -> AgendaItem | None:
    """The item that `item` names; None when it is empty, 404 when it names none."""
    named = request.POST.get("item", "")
    return get_object_or_404(meeting.items, pk=read_number(named)) if named else None


@require_POST
@once
def meeting_action(request: MemberRequest, day: Slot) -> HttpResponse:
    """Make an experiment, or a claim of a paper, of what was agreed on."""
    meeting = get_object_or_404(access.meetings_joined_by(request.user).of(day))
    form = ActionForm(request.POST, _list_people(request))
    if form.is_valid() and _agree(request, meeting, form):
        return _show(request, meeting) if request.htmx else redirect_page(request, _room(meeting))
    return _show(request, meeting, status=422, action_form=form)


def _agree(request: MemberRequest, meeting: Meeting, form: ActionForm) -> bool:
    """Do it; False when the form says what is wrong."""
    item = meeting.items.filter(pk=read_number(request.POST.get("item", "")) or 0).first()
    by, at = request.user, timezone.now()
    if form.cleaned_data["kind"] == "experiment":
        idea, owner = Idea(form.cleaned_data["what"]), form.cleaned_data["who"]
        agree_on_experiment(meeting=meeting, item=item, idea=idea, owner=owner, by=by, at=at)
        return True
    return _agree_on_claim(request, meeting, item, form)


def _agree_on_claim(
    request: MemberRequest, meeting: Meeting, item: AgendaItem | None, form: ActionForm
) -> bool:
    by, at = request.user, timezone.now()
    what, who = form.cleaned_data["what"], form.cleaned_data["who"] or by
    named = find_named_papers(what, by, get_request_lab(request), timezone.localdate())
    paper = named.only
    if paper is None:
        form.add_error("what", _ask_which(named))
        return False
    if problem := _refuse_claim(request, meeting, who):
        form.add_error("who", problem)
        return False
    try:
        agree_on_claim(meeting=meeting, item=item, paper=paper, member=who, by=by, at=at)
    except ClaimRefused as reason:
        form.add_error("who", f"{who}: {reason}")
        return False
    return True


def _ask_which(named: NamedPapers) -> str:
    if not named.papers:
        return _("Enter one paper, by title or number (#12).")
    titles = " / ".join(f"{paper.title} (#{paper.pk})" for paper in named.papers)
    return _("Which paper do you mean? Enter its number: %(titles)s") % {"titles": titles}


def _refuse_claim(request: MemberRequest, meeting: Meeting, who: Member) -> str:
    if who != request.user and not access.can_run_meeting(request.user, meeting):
        return _("Only the lead can assign papers to others.")
    if not who.is_reviewer:
        return _("%(name)s is a reader and can't review.") % {"name": who}
    return ""


def _show(
    request: MemberRequest,
    meeting: Meeting,
    *,
    status: int = 200,
    action_form: ActionForm | None = None,
    **context: Any,
) -> HttpResponse:
    viewer, lab = request.user, get_request_lab(request)
    rows = list_rows(meeting, viewer, lab)
    agreed = list_agreed(meeting, viewer, lab)
    digest = sign_room(meeting, rows, len(agreed))
    if request.htmx.target == "room" and request.GET.get("seen") == digest:
        return HttpResponse(status=204)
    index = next((n for n, row in enumerate(rows) if row.id == meeting.current_id), -1)
    is_part = request.htmx.target == "room"
    context |= {
        "meeting": meeting,
        "rows": rows,
        "current": rows[index] if index >= 0 else None,
        "number": index + 1,
        "is_last": not any(not row.is_discussed for n, row in enumerate(rows) if n != index),
        "agreed": agreed,
        "seen": digest,
        "now": timezone.now(),
        "may_run": access.can_run_meeting(viewer, meeting),
        "may_join": access.can_vote(viewer),
        "verdicts": Verdict,
        "action_form": None if is_part else action_form or ActionForm(None, _list_people(request)),
    }
    return render_page(request, PAGE, context, fragments=["room", "agreed"], status=status)


def _answer(request: MemberRequest, meeting: Meeting, refusal: str = "") -> HttpResponse:
    """After a click: the room as it is now."""
    if request.htmx:
        status = 409 if refusal else 200
        return _show(request, get_meeting(request, meeting.slot), status=status, refusal=refusal)
    if refusal:
        messages.warning(request, refusal)
    return redirect_page(request, _room(meeting))


def _answer_minutes(
    request: MemberRequest,
    meeting: Meeting,
    item: AgendaItem | None,
    status: int,
    *,
    saved: Saved | None = None,
    clash: MinutesClash | None = None,
    base: str = "",
    at: datetime | None = None,
    problem: str = "",
) -> HttpResponse:
    """What became of a text: a line for the page that goes on writing, or the whole page."""
    key = str(item.pk) if item else "all"
    typed = request.POST.get("text", "")
    note = {
        "key": key, "saved": saved, "clash": clash, "at": at, "problem": problem, "text": typed,
        "base": base or request.POST.get("base", ""),
    }  # fmt: skip
    if request.htmx:
        context = {"note": note, "key": key, "record": ""}
        return render_page(request, "meetings/_saved.html", context, status=status)
    if status == 200:
        return redirect_page(request, f"{_room(meeting)}#minutes-{key}")
    return _show(request, meeting, status=status, note=note)


def _get_joined(request: MemberRequest, pk: int) -> AgendaItem:
    rows = access.agenda_items_joined_by(request.user).select_related("meeting")
    return get_object_or_404(rows, pk=pk)


def _list_people(request: MemberRequest) -> list[Member]:
    return list(access.members_visible_to(request.user).active())


def _room(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}room/"
