"""Which reviews name no author, and who may be named."""

from __future__ import annotations

from django.db.models import Q

from papers import access
from papers.models import Member

_SIGNED = Q(data__contains={"said": [{"kind": "review"}]}) | Q(data__claims__0__isnull=False)
UNSIGNED = Q(data__review__is_note=False, is_excluded=False) & ~_SIGNED


def list_reviewers(viewer: Member) -> list[tuple[str, str]]:
    """Handles and names of those whose reviews a document may bring; the viewer is not named."""
    people = access.members_visible_to(viewer).exclude(pk=viewer.pk).order_by("name", "pk")
    return [(one.handle, str(one)) for one in people.only("handle", "name")]
