"""The activity page, and the reason of one's own act."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from papers import access
from papers.activity import actions
from papers.activity.forms import ReasonForm
from papers.activity.queries import (
    GROUPS,
    Cursor,
    find_explainable,
    find_undoable,
    join_subjects,
    list_activity,
    list_actors,
    make_activity,
)
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.writing.views import TOAST, once


@require_safe
def activity(request: MemberRequest) -> HttpResponse:
    """What happened, by kind and person."""
    group, by = request.GET.get("kind", ""), request.GET.get("by", "")
    cursor = Cursor.parse(request.GET.get("before", ""))
    page = list_activity(request.user, get_request_lab(request), group=group, by=by, cursor=cursor)
    chosen = {name: value for name, value in (("kind", group), ("by", by)) if value}
    now = timezone.now()
    context = {
        "page": page,
        "undoable": find_undoable(request.user, page, now),
        "explainable": find_explainable(request.user, page, now),
        "groups": [(name, word) for name, (word, _kinds) in GROUPS.items()],
        "people": list_actors(request.user),
        "group": group,
        "by": by,
        "is_first": cursor is None,
        "earlier_url": f"?{urlencode({**chosen, 'before': page.earlier})}" if page.earlier else "",
        "first_url": f"?{urlencode(chosen)}",
    }
    return render_page(request, "activity/activity.html", context, fragments=["activities"])


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@once
def reason(request: MemberRequest, pk: int) -> HttpResponse:
    """One's own act in the curators' log; a POST says why."""
    rows = join_subjects(access.events_explainable_by(request.user, timezone.now()))
    event = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_new = actions.give_reason(event=event, **form.cleaned_data)
        said = _("Reason added.") if is_new else _("No changes to save.")
        messages.success(request, said, extra_tags=TOAST)
        return redirect_page(request, f"{reverse('activity')}?kind=curation#event-{pk}")
    context = {"one": make_activity(event), "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "activity/reason.html", context, status=status)
