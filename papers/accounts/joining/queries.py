"""Reads of join links."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from papers.accounts.queries import hash_token
from papers.models import JoinLink


def find_open_link(token: str, at: datetime) -> JoinLink | None:
    """The link of this token, if somebody can still join by it."""
    return JoinLink.objects.open(at).filter(token_hash=hash_token(token)).first()


def list_join_links(at: datetime) -> QuerySet[JoinLink]:
    """All links, newest first, with `pending_count` and `is_open`."""
    pending = Q(
        invitations__accepted_at=None, invitations__revoked_at=None,
        invitations__expires_at__gt=at,
    )  # fmt: skip
    is_open = Q(revoked_at=None, ends_at__gt=at, uses__lt=F("most_uses"))
    rows = JoinLink.objects.select_related("created_by")
    rows = rows.annotate(pending_count=Count("invitations", filter=pending), is_open=is_open)
    return rows.order_by("-created_at", "-pk")
