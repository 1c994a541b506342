"""The button that follows something, or stops."""

from __future__ import annotations

from typing import Any

from django import template

from papers import access
from papers.http import get_request_lab
from papers.notifications.actions.following import tidy_search
from papers.notifications.queries import is_following

register = template.Library()


@register.inclusion_tag("notifications/_follow.html", takes_context=True)
def follow_button(context: dict[str, Any], **subject: int | str) -> dict[str, object]:
    """`{% follow_button topic=7 %}`; also paper, member and search. One query, none for strangers.

    Nobody follows herself.
    """
    [(name, value)] = subject.items()
    request = context["request"]
    me = access.get_member(request.user)
    if me is None or (name == "member" and value == me.pk) or not value:
        return {"name": ""}
    kept = tidy_search(str(value)) if name == "search" else value
    is_on = is_following(me, get_request_lab(request), name, kept)
    return {"name": name, "value": value, "is_on": is_on}
