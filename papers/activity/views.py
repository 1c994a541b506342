"""The activity page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from papers.activity.queries import (
    GROUPS,
    Cursor,
    find_undoable,
    list_activity,
    list_actors,
)
from papers.http import MemberRequest, get_request_lab, render_page


@require_safe
def activity(request: MemberRequest) -> HttpResponse:
    """What happened, by kind and person."""
    group, by = request.GET.get("kind", ""), request.GET.get("by", "")
    cursor = Cursor.parse(request.GET.get("before", ""))
    page = list_activity(request.user, get_request_lab(request), group=group, by=by, cursor=cursor)
    chosen = {name: value for name, value in (("kind", group), ("by", by)) if value}
    context = {
        "page": page,
        "undoable": find_undoable(request.user, page, timezone.now()),
        "groups": [(name, word) for name, (word, _kinds) in GROUPS.items()],
        "people": list_actors(request.user),
        "group": group,
        "by": by,
        "is_first": cursor is None,
        "earlier_url": f"?{urlencode({**chosen, 'before': page.earlier})}" if page.earlier else "",
        "first_url": f"?{urlencode(chosen)}",
    }
    return render_page(request, "activity/activity.html", context, fragments=["activities"])
