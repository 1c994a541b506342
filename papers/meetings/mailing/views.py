"""The agenda's email: seen before it is sent, and sent again when the agenda changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.meetings.mailing.actions import AgendaDiffers, send_agenda
from papers.meetings.mailing.queries import preview_letter
from papers.models import Meeting
from papers.text.slots import Slot
from papers.writing.views import once


@require_http_methods(["GET", "HEAD", "POST"])
@once
def meeting_mailing(request: MemberRequest, day: Slot) -> HttpResponse:
    """Show the email as it would go out; send what was shown."""
    meeting = get_object_or_404(access.meetings_run_by(request.user).of(day))
    if request.method != "POST":
        return _show(request, meeting)
    seen, at = request.POST.get("seen", ""), timezone.now()
    try:
        written = send_agenda(meeting=meeting, seen=seen, by=request.user, at=at)
    except AgendaDiffers as reason:
        return _show(request, meeting, status=409, problem=str(reason))
    said = _("Everyone already has it.")
    if written:
        said = ngettext(
            "Agenda emailed to %(n)s member.", "Agenda emailed to %(n)s members.", written
        ) % {"n": written}
    messages.success(request, said)
    return redirect_page(request, meeting.get_absolute_url())


def _show(
    request: MemberRequest, meeting: Meeting, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    letter = preview_letter(meeting, request.user, get_request_lab(request))
    context = {"meeting": meeting, "letter": letter, "problem": problem}
    return render_page(request, "meetings/meeting_mailing.html", context, status=status)
