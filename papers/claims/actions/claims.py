"""Claiming, extending and giving back: slots and limits hold whatever happens at the same time.

A claim numbers its places: `paper_slot` among the paper's slots, `member_slot` among the member's.
The action locks the paper, then the member, looks for the lowest free number of each, and the
unique constraints on open claims stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers import access
from papers.claims.local_days import get_local_day
from papers.events import record
from papers.models import Claim, Event, Handover, Lab, Member, Paper, Review


class ClaimRefused(Exception):
    """A claim that cannot be; the text is a friendly sentence for the member."""


class NoSlotLeft(ClaimRefused):
    """As many members as the paper has slots are reading it already."""


class ClaimLimitReached(ClaimRefused):
    """The member holds as many open claims as she may."""


class AlreadyReviewed(ClaimRefused):
    """The member's own review of the paper is published."""


class PaperArchived(ClaimRefused):
    """The paper was taken off the lists."""


class AlreadyExtended(ClaimRefused):
    """A lease is extended once."""


def claim_paper(*, paper: Paper, by: Member, at: datetime, due_on: date | None = None) -> Claim:
    """Take a paper to review it until `due_on` (the lab's lease when not given).

    Claiming twice gives the same claim. A standing claim (from a list) becomes a lease. Raises
    NoSlotLeft, ClaimLimitReached, PaperArchived or AlreadyReviewed.
    """
    lab = access.get_lab()
    due_on = due_on or get_local_day(at, lab) + timedelta(days=lab.lease_days)
    with transaction.atomic():
        paper = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
        by = Member.objects.select_for_update(no_key=True).get(pk=by.pk)
        standing = list(Claim.objects.open().filter(Q(paper=paper) | Q(member=by)))
        claim = next((c for c in standing if (c.paper_id, c.member_id) == (paper.pk, by.pk)), None)
        if claim and claim.is_lease:
            return claim
        if paper.archived_at is not None:
            raise PaperArchived(_("This paper is archived. A curator can unarchive it."))
        if Review.objects.current().filter(paper=paper, member=by).exists():
            raise AlreadyReviewed(_("You've already reviewed this paper."))
        claim = claim or Claim(paper=paper, member=by)
        leases = [one for one in standing if one.is_lease]
        claim.paper_slot = _find_paper_slot(paper, leases, lab)
        claim.member_slot = _find_member_slot(by, leases, lab)
        claim.claimed_at, claim.due_on = at, due_on
        claim.save()
        # Who takes a paper up again keeps the draft that she had offered.
        Handover.objects.open().filter(paper=paper, giver=by).update(withdrawn_at=at)
        record(Event.Kind.CLAIM_TAKEN, claim, by=by, at=at)
    return claim


def release_claim(*, claim: Claim, by: Member, at: datetime) -> Claim:
    """Give a paper back; a draft stays with its author. Releasing twice is releasing once."""
    with transaction.atomic():
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        if not claim.is_open:
            return claim
        end_claim(claim, Claim.Ending.RELEASED, at)
        record(Event.Kind.CLAIM_RELEASED, claim, by=by, at=at)
    return claim


def retake_claim(*, claim: Claim, by: Member, at: datetime) -> Claim:
    """Undo a release: the claim goes on as it was, with its due day. Twice is once.

    Raises NoSlotLeft, ClaimLimitReached or AlreadyReviewed; ClaimRefused when it cannot go on.
    """
    lab = access.get_lab()
    with transaction.atomic():
        paper = Paper.objects.select_for_update(no_key=True).get(pk=claim.paper_id)
        member = Member.objects.select_for_update(no_key=True).get(pk=claim.member_id)
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        if claim.is_open:
            return claim
        standing = list(Claim.objects.open().filter(Q(paper=paper) | Q(member=member)))
        has_another = any((c.paper_id, c.member_id) == (paper.pk, member.pk) for c in standing)
        if has_another or claim.ending != Claim.Ending.RELEASED or not member.is_reviewer:
            raise ClaimRefused(_("This claim can't be brought back."))
        if Review.objects.current().filter(paper=paper, member=member).exists():
            raise AlreadyReviewed(_("You've already reviewed this paper."))
        if claim.is_lease:
            leases = [one for one in standing if one.is_lease]
            claim.paper_slot = _find_paper_slot(paper, leases, lab)
            claim.member_slot = _find_member_slot(member, leases, lab)
        claim.ended_at, claim.ending = None, ""
        claim.save(update_fields=["paper_slot", "member_slot", "ended_at", "ending"])
        Handover.objects.open().filter(paper=paper, giver=member).update(withdrawn_at=at)
        record(Event.Kind.CLAIM_TAKEN, claim, by=by, at=at)
    return claim


def extend_claim(*, claim: Claim, by: Member, at: datetime) -> Claim:
    """Move the due day by one lease, once. Raises AlreadyExtended."""
    lab = access.get_lab()
    with transaction.atomic():
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        if not claim.is_open or claim.due_on is None:
            raise ClaimRefused(_("This claim has ended."))
        if claim.extended_at:
            raise AlreadyExtended(_("Claims can be extended once. Release it or ask a curator."))
        start = max(claim.due_on, get_local_day(at, lab))
        claim.due_on, claim.extended_at = start + timedelta(days=lab.lease_days), at
        claim.save(update_fields=["due_on", "extended_at"])
        due = {"due_on": claim.due_on.isoformat()}
        record(Event.Kind.CLAIM_EXTENDED, claim, by=by, at=at, data=due)
    return claim


def end_claim_as_reviewed(*, paper: Paper, by: Member, at: datetime) -> None:
    """Close the member's open claim when her review is published; part of that transaction."""
    for claim in Claim.objects.select_for_update().open().filter(paper=paper, member=by):
        end_claim(claim, Claim.Ending.REVIEWED, at)


def end_claim(claim: Claim, ending: Claim.Ending, at: datetime) -> None:
    """Close a locked claim; part of a transaction that says why in an event."""
    claim.ended_at, claim.ending = at, ending
    claim.save(update_fields=["ended_at", "ending"])


def _find_paper_slot(paper: Paper, leases: Sequence[Claim], lab: Lab) -> int:
    taken = (one.paper_slot for one in leases if one.paper_id == paper.pk)
    slot = _lowest_free(taken, paper.slots or lab.paper_slots)
    if slot is None:
        raise NoSlotLeft(_("All review slots are taken. You can still read and comment."))
    return slot


def _find_member_slot(member: Member, leases: Sequence[Claim], lab: Lab) -> int:
    limit = member.claim_limit or lab.claim_limit
    taken = (one.member_slot for one in leases if one.member_id == member.pk)
    slot = _lowest_free(taken, limit)
    if slot is None:
        raise ClaimLimitReached(
            ngettext(
                "You've reached your limit of %(n)s open claim. Finish or release it first.",
                "You've reached your limit of %(n)s open claims. Finish or release one first.",
                limit,
            )
            % {"n": limit}
        )
    return slot


def _lowest_free(taken: Iterable[int | None], limit: int) -> int | None:
    numbers = set(taken)
    if len(numbers) >= limit:
        return None
    return next((n for n in range(1, limit + 1) if n not in numbers), None)
