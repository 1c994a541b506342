"""What a member follows."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from papers import access
from papers.caching.prepared import prepared
from papers.models import Lab


def is_following(viewer: access.Viewer, lab: Lab, name: str, value: int | str) -> bool:
    """Whether she follows the paper, topic, member or search (`name`); one query."""
    return bool(_read_follow(viewer, lab, value, name=name))


@prepared
def _read_follow(
    viewer: access.Viewer, _lab: Lab, value: int | str, *, name: str
) -> QuerySet[Any, tuple[Any, ...]]:
    return access.follows_of(viewer).filter(**{name: value}).values_list("pk")
