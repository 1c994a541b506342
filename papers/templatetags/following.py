"""The button that follows something, or stops."""

from __future__ import annotations

from typing import Any

from django import template

from papers import access
from papers.notifications.actions.following import tidy_search

register = template.Library()


@register.inclusion_tag("notifications/_follow.html", takes_context=True)
def follow_button(context: dict[str, Any], **subject: object) -> dict[str, object]:
    """`{% follow_button topic=7 %}`; also paper, member and search. One query, none for strangers.

    Nobody follows herself.
    """
    [(name, value)] = subject.items()
    me = access.get_member(getattr(context.get("request"), "user", None))
    if me is None or (name == "member" and value == me.pk) or not value:
        return {"name": ""}
    kept = tidy_search(str(value)) if name == "search" else value
    is_on = access.follows_of(me).filter(**{name: kept}).exists()
    return {"name": name, "value": value, "is_on": is_on}
