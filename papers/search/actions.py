"""Writes of the searches that members keep: private, so they make no event."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from papers.models import Member, SavedSearch


class NameTaken(Exception):
    """The member keeps another search under this name."""


def save_search(*, name: str, text: str, by: Member, at: datetime) -> SavedSearch:
    """Keep a search under a name; the same search under the same name stays as it is."""
    kept, is_new = SavedSearch.objects.get_or_create(
        by=by, name__iexact=name, defaults={"name": name, "text": text, "at": at}
    )
    if not is_new and kept.text != text:
        raise NameTaken
    return kept


def rename_search(*, search: SavedSearch, name: str, by: Member, at: datetime) -> SavedSearch:
    """Give a kept search another name."""
    search.name = name
    try:
        with transaction.atomic():
            search.save(update_fields=["name"])
    except IntegrityError as error:
        raise NameTaken from error
    return search


def remove_search(*, search: SavedSearch, by: Member, at: datetime) -> None:
    """Keep it no longer; twice is once."""
    SavedSearch.objects.filter(pk=search.pk, by=by).delete()
