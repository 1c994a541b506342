"""Nominating papers and voting on them; votes count since the paper was last discussed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from papers.events import record
from papers.models import Event, Member, Nomination, Paper, Vote


def nominate_paper(*, paper: Paper, by: Member, at: datetime) -> Nomination:
    """Put a paper up for discussion, with one's own vote; one that is up already gets the vote."""
    return vote_for_paper(paper=paper, by=by, at=at)


def vote_for_paper(*, paper: Paper, by: Member, at: datetime) -> Nomination:
    """Vote for a paper, which nominates it when nobody has. Voting twice is voting once.

    The paper's row is locked: the last vote that is taken back closes the nomination, and a new
    one at the same moment must find it open or make it anew.
    """
    with transaction.atomic():
        _lock(paper)
        nomination, is_new = Nomination.objects.get_or_create(
            paper=paper, closed_at=None, defaults={"by": by, "at": at}
        )
        _, has_voted = Vote.objects.get_or_create(
            nomination=nomination, member=by, defaults={"at": at}
        )
        if has_voted:
            kind = Event.Kind.PAPER_NOMINATED if is_new else Event.Kind.PAPER_VOTED
            record(kind, paper, by=by, at=at)
    return nomination


def unvote_paper(*, paper: Paper, by: Member, at: datetime) -> None:
    """Take one's vote back. A nomination that nobody votes for any more is closed."""
    with transaction.atomic():
        _lock(paper)
        nomination = Nomination.objects.open().filter(paper=paper).first()
        if nomination is None:
            return
        gone, _ = Vote.objects.filter(nomination=nomination, member=by).delete()
        if not gone:
            return
        if not nomination.votes.exists():
            nomination.closed_at = at
            nomination.save(update_fields=["closed_at"])
        record(Event.Kind.PAPER_VOTED, paper, by=by, at=at, data={"act": "taken back"})


def _lock(paper: Paper) -> None:
    Paper.objects.select_for_update(no_key=True).only("pk").get(pk=paper.pk)
