"""The undo beside an act, and the page of the last 30 days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from papers import access
from papers.accounts.confirming.views import recent_sign_in
from papers.http import MemberRequest, redirect_page, render_page
from papers.models import Event
from papers.models.event import REMOVALS
from papers.undo import actions
from papers.undo.queries import list_taken
from papers.ways_back import find_own_page


@require_safe
def undo_list(request: MemberRequest) -> HttpResponse:
    """What one took away or set and can bring back; curators see each other's."""
    taken = list_taken(request.user, timezone.now())
    return render_page(request, "undo/undo_list.html", {"taken": taken})


@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Bring it back, and go on where the button was; rights, settings and merges ask who it is
    first, as their forms do."""
    event = get_object_or_404(access.events_undoable_by(request.user, timezone.now()), pk=pk)
    is_guarded = event.kind in {Event.Kind.LAB_CHANGED, Event.Kind.MEMBER_CHANGED, *REMOVALS}
    return recent_sign_in(_undo)(request, event) if is_guarded else _undo(request, event)


def _undo(request: MemberRequest, event: Event) -> HttpResponse:
    now = timezone.now()
    try:
        left = actions.undo(event=event, by=request.user, at=now)
    except actions.NotUndone as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, _("Undone."))
        if left:
            messages.info(request, left)
    back = request.headers.get("Referer", "")
    if back.endswith(request.path):  # from the page that asked for the password
        back = ""
    return redirect_page(request, find_own_page(request, back, otherwise=reverse("undo-list")))
