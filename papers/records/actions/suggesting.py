"""Saying of two papers that they may be one work, or that they are not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.events import record
from papers.models import Event, Member, Paper, PaperPair


class SamePaper(Exception):
    """A paper is no duplicate of itself."""

    def __init__(self) -> None:
        super().__init__(_("Choose another paper: this is the same one."))


def order_pair(one: int, other: int) -> tuple[int, int]:
    """Two keys as a pair has them."""
    return min(one, other), max(one, other)


def suggest_duplicate(
    *, paper: Paper, other: Paper, by: Member, at: datetime, reason: str = ""
) -> PaperPair:
    """Tell the curators that two papers may be one. Who says it of an answered pair opens it
    again; saying it twice is saying it once. Raises SamePaper.
    """
    if paper.pk == other.pk:
        raise SamePaper
    with transaction.atomic():
        pair, is_new = _find(paper, other)
        if is_new or pair.answer:
            pair.suggested_by, pair.suggested_at, pair.reason = by, at, reason[:500]
            pair.answer, pair.answered_by, pair.answered_at = "", None, None
            pair.save()
            record(Event.Kind.DUPLICATE_SUGGESTED, paper, by=by, at=at, data={"pair": pair.pk})
    return pair


def keep_apart(*, paper: Paper, other: Paper, by: Member, at: datetime) -> PaperPair:
    """These are two papers: the pair is not shown again. Raises SamePaper."""
    if paper.pk == other.pk:
        raise SamePaper
    with transaction.atomic():
        pair, _is_new = _find(paper, other)
        pair.answer, pair.answered_by, pair.answered_at = PaperPair.Answer.DIFFERENT, by, at
        pair.save(update_fields=["answer", "answered_by", "answered_at"])
    return pair


def _find(paper: Paper, other: Paper) -> tuple[PaperPair, bool]:
    one, two = order_pair(paper.pk, other.pk)
    pair, is_new = PaperPair.objects.get_or_create(one_id=one, other_id=two)
    return PaperPair.objects.select_for_update().get(pk=pair.pk), is_new
