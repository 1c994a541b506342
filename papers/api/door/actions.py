"""The answers of requests that carry an `Idempotency-Key`."""

from __future__ import annotations

from datetime import datetime, timedelta

from papers.api.tokens.actions import hash_secret
from papers.models import ApiAnswer, ApiToken, Member

KEPT_FOR = timedelta(days=2)


def take_answer(*, key: str, request_hash: str, by: Member, at: datetime) -> tuple[ApiAnswer, bool]:
    """The row of this key, and whether this is its first arrival.

    Call it inside the transaction of the act: a second arrival waits here until the first has
    committed, and acts itself when the first was rolled back.
    """
    return ApiAnswer.objects.get_or_create(
        member=by, key=hash_secret(key), defaults={"request_hash": request_hash, "made_at": at}
    )


def settle_answer(*, answer: ApiAnswer, status: int, body: str, location: str) -> None:
    """Store what was answered."""
    answer.status, answer.body, answer.location = status, body, location
    answer.save(update_fields=["status", "body", "location"])


def forget_old_answers(*, at: datetime) -> int:
    """Delete answers of more than two days ago, and tokens that expired as long ago; how many."""
    answers = ApiAnswer.objects.filter(made_at__lt=at - KEPT_FOR).delete()[0]
    return answers + ApiToken.objects.filter(expires_at__lt=at - timedelta(days=30)).delete()[0]
