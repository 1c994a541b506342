"""One meeting: its agenda before, its minutes and verdicts afterwards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.meetings.agenda.queries.agenda_page import (
    AgendaRow,
    list_agreed,
    list_offers,
    list_rows,
)
from papers.meetings.forms import SubjectForm
from papers.meetings.mailing.queries import list_changes
from papers.meetings.series.queries import Rota, read_rota
from papers.models import Meeting, Member
from papers.text.slots import Slot

PAGE = "meetings/meeting_detail.html"


@require_safe
def meeting_detail(request: MemberRequest, day: Slot) -> HttpResponse:
    """The agenda; afterwards what was said and agreed on."""
    return show_meeting(request, get_meeting(request, day))


def get_meeting(request: MemberRequest, day: Slot) -> Meeting:
    """The meeting of a day, for whoever may see it."""
    rows = access.meetings_visible_to(request.user).of(day).select_related("lead")
    return get_object_or_404(rows)


def get_run_meeting(request: MemberRequest, day: Slot) -> Meeting:
    """The meeting of a day, for whoever runs it."""
    rows = access.meetings_run_by(request.user).of(day).select_related("lead")
    return get_object_or_404(rows)


def answer_agenda(request: MemberRequest, meeting: Meeting, note: str = "") -> HttpResponse:
    """After a write: the agenda where it was asked for, else the page."""
    if request.htmx:
        return show_meeting(request, meeting, note=note)
    if note:
        messages.warning(request, note)
    return redirect_page(request, f"{meeting.get_absolute_url()}#agenda")


def show_meeting(
    request: MemberRequest,
    meeting: Meeting,
    *,
    status: int = 200,
    subject_form: SubjectForm | None = None,
    **context: Any,
) -> HttpResponse:
    """The page of a meeting, or its agenda."""
    viewer, lab = request.user, get_request_lab(request)
    rows = list_rows(meeting, viewer, lab)
    may_run = access.can_run_meeting(viewer, meeting)
    context |= {
        "meeting": meeting,
        "rows": rows,
        "planned": sum(row.minutes for row in rows),
        "free": meeting.minutes - sum(row.minutes for row in rows),
        "over": sum(row.minutes for row in rows) - meeting.minutes,
        "may_run": may_run,
        "may_change": may_run and not meeting.is_over,
        "subject_form": subject_form or SubjectForm(),
    }
    if meeting.is_over:
        context["agreed"] = list_agreed(meeting, viewer, lab)
    else:
        rota = read_rota(viewer, lab, meeting.day)
        context |= {"rota": rota, "partners": _list_partners(viewer, rota, rows)}
        if context["may_change"]:
            context["offers"] = list_offers(viewer, lab, rota, timezone.now())
            context["changes"] = list_changes(meeting)
    return render_page(request, PAGE, context, fragments=["agenda"], status=status)


def _list_partners(me: Member, rota: Rota, rows: list[AgendaRow]) -> list[tuple[str, str]]:
    """Whom one can ask to take a turn: those present, with their own turn in this meeting."""
    partners = []
    for line in rota.lines:
        if line.person.id == me.pk or line.turn.is_away:
            continue
        partners.append((line.person.handle, line.person.name))
        for row in rows:
            if row.presenter and row.presenter.id == line.person.id:
                word = _("%(name)s, in exchange for “%(title)s”")
                word %= {"name": line.person.name, "title": row.title[:40]}
                partners.append((f"{line.person.handle}:{row.id}", word))
    return partners
