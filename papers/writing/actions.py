"""Writes around forms: the keys by which a form sent twice acts once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from papers.models import FormKey, Member, TextDraft

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


type Fields = list[list[str]]
"""Name and text of each field, in the order of the names."""

DRAFTS_FOR = timedelta(days=180)
"""How long an unsent text is kept after its last save."""


class StaleText(Exception):
    """The text was saved or sent elsewhere since; `draft` is what the server has now."""

    def __init__(self, draft: TextDraft) -> None:
        super().__init__(draft)
        self.draft = draft


def save_text(*, place: str, fields: Fields, version: int, by: Member, at: datetime) -> TextDraft:
    """Keep what is typed into a form. The same text again changes nothing. Raises StaleText."""
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=by.pk)
        found = TextDraft.objects.filter(member=by, place=place).first()
        draft = found or TextDraft(member=by, place=place)
        if found and found.fields == fields:
            return found
        if draft.version != version:
            raise StaleText(draft)
        draft.fields, draft.version, draft.saved_at = fields, version + 1, at
        draft.save()
    return draft


def end_text(*, place: str, by: Member, at: datetime) -> None:
    """The form was sent: its draft is empty now, and no copy of it is newer."""
    TextDraft.objects.filter(member=by, place=place).update(
        fields=[], version=F("version") + 1, saved_at=at
    )


def forget_old_texts(*, at: datetime) -> int:
    """Delete what nobody went on with for half a year; how many."""
    return TextDraft.objects.filter(saved_at__lt=at - DRAFTS_FOR).delete()[0]
