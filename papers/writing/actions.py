"""Writes around forms: the keys by which a form sent twice acts once."""

from __future__ import annotations

from datetime import datetime, timedelta

from papers.models import FormKey, Member

KEPT_FOR = timedelta(days=7)
"""How long a second arrival is known; a form that was open for longer acts again."""


def take_key(*, key: str, by: Member, at: datetime) -> tuple[FormKey, bool]:
    """The row of this form, and whether this is its first arrival.

    Call it inside the transaction of the act: a second arrival waits here until the first has
    committed, and acts itself when the first was rolled back.
    """
    return FormKey.objects.get_or_create(member=by, key=key, defaults={"made_at": at})


def settle_key(*, key: FormKey, location: str) -> None:
    """Note where the answer led."""
    key.location = location[:2000]
    key.save(update_fields=["location"])


def release_key(*, key: FormKey) -> None:
    """The form was refused: corrected or unchanged, it may be sent again."""
    key.delete()


def forget_old_keys(*, at: datetime) -> int:
    """Delete the keys of forms sent more than seven days ago; how many."""
    return FormKey.objects.filter(made_at__lt=at - KEPT_FOR).delete()[0]
