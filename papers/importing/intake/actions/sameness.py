"""Saying whether an entry of a document is the paper that the library has."""

from __future__ import annotations

from django.db import transaction

from papers.importing.intake.actions.imports import lock_item
from papers.models import ImportItem, Paper


def choose_sameness(*, item: ImportItem, paper: Paper, is_same: bool) -> ImportItem:
    """Keep what a member said of this entry and this paper. Raises NotInPreview."""
    kinds = ImportItem.Sameness
    with transaction.atomic():
        item = lock_item(item)
        item.sameness = kinds.SAME if is_same else kinds.DIFFERENT
        item.compared = paper
        item.save(update_fields=["sameness", "compared"])
    return item
