"""The secret address of a published review: its author makes it and takes it back."""

from __future__ import annotations

import secrets
from datetime import datetime

from papers.exporting.actions.bibliography_links import hash_token
from papers.models import Review, ReviewLink


def share_review(*, review: Review, at: datetime) -> str:
    """The token of a new address; an earlier one shows nothing from now on."""
    token = secrets.token_urlsafe(24)
    ReviewLink.objects.update_or_create(
        review=review, defaults={"token_hash": hash_token(token), "created_at": at}
    )
    return token


def unshare_review(*, review: Review) -> bool:
    """Close the address; False when there was none."""
    return ReviewLink.objects.filter(review=review).delete()[0] > 0
