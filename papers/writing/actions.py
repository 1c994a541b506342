"""Writes around forms: the keys by which a form sent twice acts once."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
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


LONGEST_PLACE = 300


class StaleText(Exception):
    """The text was saved or sent elsewhere since; `draft` is what the server has now."""

    def __init__(self, draft: TextDraft) -> None:
        super().__init__(draft)
        self.draft = draft


def save_text(*, place: str, fields: Fields, version: int, by: Member, at: datetime) -> TextDraft:
    """Keep what is typed into a form. The same text again changes nothing. Raises StaleText."""
    place = shorten(place)
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


def end_text(*, place: str, by: Member, at: datetime, is_cared: bool = False) -> None:
    """The form was sent: its draft is empty now, and no copy of it is newer.

    `is_cared`: a browser may hold a copy, so that a version is noted even where no draft is.
    """
    mine = TextDraft.objects.filter(member=by, place=shorten(place))
    if not mine.update(fields=[], version=F("version") + 1, saved_at=at) and is_cared:
        TextDraft.objects.get_or_create(
            member=by, place=shorten(place), defaults={"version": 1, "saved_at": at}
        )


def shorten(place: str) -> str:
    """The address of a form as the table has it: long ones end in a digest."""
    if len(place) <= LONGEST_PLACE:
        return place
    return place[: LONGEST_PLACE - 64] + sha256(place.encode()).hexdigest()


def take_turn(*, place: str) -> None:
    """Wait until no other form is being saved at this address; until the transaction's end.

    Call it inside the transaction of the act.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"form {place}"])


def forget_old_texts(*, at: datetime) -> int:
    """Delete what nobody went on with for half a year; how many."""
    return TextDraft.objects.filter(saved_at__lt=at - DRAFTS_FOR).delete()[0]
