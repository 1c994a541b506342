"""Many papers put up for discussion at once, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.catalogue.actions.bulk_edits import record_act, take_back
from papers.models import Event, Member, Nomination, Paper, Vote

MOST_NOMINATED = 100
"""A list on which one can still vote."""


class TooManyNominations(Exception):
    """Nobody votes on so many."""

    def __init__(self) -> None:
        super().__init__(
            _("You can nominate at most %(n)s papers at once.") % {"n": MOST_NOMINATED}
        )


def nominate_papers(*, papers: Collection[int], by: Member, at: datetime) -> Event | None:
    """Put papers up for discussion, each with one's own vote; one that is up gets the vote.

    None when nothing was to be done. Raises TooManyNominations.
    """
    if len(papers) > MOST_NOMINATED:
        raise TooManyNominations
    with transaction.atomic():
        left = _lock(papers)
        standing = Nomination.objects.open().filter(paper__in=left)
        nominated = set(standing.values_list("paper", flat=True))
        Nomination.objects.bulk_create(
            Nomination(paper_id=pk, by=by, at=at) for pk in left if pk not in nominated
        )
        voted = Vote.objects.filter(nomination__in=standing.all(), member=by)
        done = set(voted.values_list("nomination", flat=True))
        new = [row for row in standing.order_by("paper_id") if row.pk not in done]
        if not new:
            return None
        Vote.objects.bulk_create(Vote(nomination=row, member=by, at=at) for row in new)
        return record_act("nominated", {"papers": [row.paper_id for row in new]}, by=by, at=at)


def undo_nominations(*, event: Event, by: Member, at: datetime) -> Event:
    """Take the votes of this act back; what nobody votes for any more is closed.

    Raises AlreadyUndone.
    """

    def unvote(event: Event) -> Sequence[int]:
        left = _lock(event.data["papers"])
        standing = Nomination.objects.open().filter(paper__in=left)
        votes = Vote.objects.filter(nomination__in=standing, member=event.by, at=event.at)
        papers = list(votes.values_list("nomination__paper", flat=True))
        votes.delete()
        standing.filter(paper__in=papers, votes=None).update(closed_at=at)
        return papers

    return take_back(event=event, undo=unvote, by=by, at=at)


def _lock(papers: Collection[int]) -> list[int]:
    """Those that are there, locked as single votes lock them, always in the same order."""
    rows = Paper.objects.select_for_update(no_key=True).filter(pk__in=list(papers)).order_by("pk")
    return list(rows.values_list("pk", flat=True))
