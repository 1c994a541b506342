"""The meeting on a projector: one item at a time, in large type, turned by keys and buttons."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.meetings.agenda.queries.agenda_page import AgendaRow, list_rows
from papers.meetings.agenda.views.page import get_meeting
from papers.meetings.session.code_svg import render_code
from papers.models import Meeting
from papers.text.numbers import read_number
from papers.text.slots import Slot

PAGE = "meetings/meeting_screen.html"


@require_safe
def meeting_screen(request: MemberRequest, day: Slot) -> HttpResponse:
    """The item that is up; before and after the meeting, and with `item`, the one asked for.

    Its part `screen` is asked for again every few seconds, and 204 says "as before".
    """
    return show_screen(request, get_meeting(request, day))


def is_screen(request: MemberRequest) -> bool:
    """A button of the screen was pressed, not one of the room."""
    return request.GET.get("on") == "screen"


def show_screen(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """The screen, or after a button without a script the way back to it."""
    if request.method == "POST" and not request.htmx:
        return redirect_page(request, f"{meeting.get_absolute_url()}screen/")
    viewer = request.user
    rows = list_rows(meeting, viewer, get_request_lab(request))
    asked = read_number(request.GET.get("item", ""))
    index = _find(rows, asked if asked is not None else meeting.current_id)
    leads = access.can_run_meeting(viewer, meeting) and not meeting.cancelled_at
    seen = sign_room(meeting, rows, index)
    is_part = request.method == "GET" and request.htmx.target == "screen"
    if is_part and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    room = f"{meeting.get_absolute_url()}room/"
    context: dict[str, Any] = {
        "meeting": meeting,
        "rows": rows,
        "row": rows[index] if index >= 0 else None,
        "asked": asked if index >= 0 and asked != meeting.current_id else None,
        "number": index + 1,
        "back": rows[index - 1] if index > 0 else None,
        "next": rows[index + 1] if index + 1 < len(rows) else None,
        "leads": leads,
        "turns": leads and meeting.is_going_on,
        "room_address": f"{settings.SITE.netloc}{room}",
        "room_code": "" if meeting.is_over else render_code(f"{settings.SITE_URL}{room}"),
        "now": timezone.now(),
        "seen": seen,
    }
    return render_page(request, PAGE, context, fragments=["screen"])


def sign_room(meeting: Meeting, rows: Sequence[AgendaRow], more: int) -> str:
    """What a room shows, in a few letters: another text means that something changed."""
    state = (meeting.current_since, meeting.opened_at, meeting.held_at, more, meeting.record_html)
    return md5(repr((state, rows)).encode(), usedforsecurity=False).hexdigest()[:12]


def _find(rows: Sequence[AgendaRow], key: int | None) -> int:
    return next((n for n, row in enumerate(rows) if row.id == key), -1)
