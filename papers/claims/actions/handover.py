"""Handing a draft on: its author offers it, whoever takes the paper goes on with it.

A draft is its author's alone. Only she offers it, she can take the offer back, and nobody reads
a word before it is taken. Then the words move: the taker has them as her own draft, the giver's
copy is put away and can be brought back like any discarded draft.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.claims.actions.claims import ClaimRefused, claim_paper
from papers.claims.queries import find_draft
from papers.events import record
from papers.models import Claim, Event, Handover, Member, Paper, ReviewDraft
from papers.text.sections import TEXT_KEYS

COPIED = (*TEXT_KEYS, "verdict", "depth", "guidance", "items")


class NothingToHandOn(ClaimRefused):
    """There is no draft, or its author still holds the paper."""


class OfferGone(ClaimRefused):
    """Somebody else took the draft, or its author keeps it after all."""


class DraftInTheWay(ClaimRefused):
    """The taker has begun a text of her own."""


def offer_draft(*, paper: Paper, by: Member, at: datetime) -> Handover:
    """Offer one's draft to whoever takes the paper next. Offering twice is offering once.

    Raises NothingToHandOn.
    """
    with transaction.atomic():
        _lock(by)
        rows = Handover.objects.filter(paper=paper, giver=by)
        standing = rows.open().first()
        if standing:
            return standing
        draft = find_draft(paper.pk, by.pk)
        if draft is None:
            raise NothingToHandOn(_("You have no draft for this paper."))
        if Claim.objects.open().leased().filter(paper=paper, member=by).exists():
            raise NothingToHandOn(_("You've claimed this paper. Release it to pass on your draft."))
        # An offer whose draft is gone is no offer any more.
        rows.filter(taken_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=at)
        offer = Handover.objects.create(paper=paper, giver=by, draft=draft, offered_at=at)
        record(Event.Kind.DRAFT_OFFERED, offer, by=by, at=at)
    return offer


def withdraw_draft(*, handover: Handover, by: Member, at: datetime) -> None:
    """Keep the draft after all. No event: the offer was hers to make."""
    Handover.objects.open().filter(pk=handover.pk, giver=by).update(withdrawn_at=at)


def accept_draft(*, handover: Handover, by: Member, at: datetime) -> ReviewDraft:
    """Claim the paper, if that is not done, and go on with the offered draft.

    Raises OfferGone, DraftInTheWay, or what `claim_paper` raises.
    """
    with transaction.atomic():
        # The paper before the people, as claim_paper locks them.
        paper = Paper.objects.select_for_update(no_key=True).get(pk=handover.paper_id)
        _lock(by, handover.giver)
        claim_paper(paper=paper, by=by, at=at)
        offer = Handover.objects.select_for_update(of=("self",)).open().filter(pk=handover.pk)
        found = offer.exclude(giver=by).select_related("draft").first()
        if found is None or found.draft is None:
            raise OfferGone(_("This draft is no longer offered."))
        if find_draft(found.paper_id, by.pk):
            raise DraftInTheWay(_("You have your own draft here. Publish or discard it first."))
        draft = _copy(found.draft, by, at)
        ReviewDraft.objects.filter(pk=found.draft.pk).update(discarded_at=at)
        found.taker, found.taken_at = by, at
        found.save(update_fields=["taker", "taken_at"])
        record(Event.Kind.DRAFT_TAKEN, found, by=by, at=at)
    return draft


def _copy(draft: ReviewDraft, to: Member, at: datetime) -> ReviewDraft:
    # A blank draft of the taker's, if there is one, holds nothing and gives way.
    ReviewDraft.objects.current().filter(paper=draft.paper_id, member=to).delete()
    texts = {name: getattr(draft, name) for name in COPIED}
    return ReviewDraft.objects.create(
        paper_id=draft.paper_id, member=to, started_at=at, saved_at=at, **texts
    )


def _lock(*members: Member) -> None:
    """In the order of their keys, so that two who hand drafts to each other do not wait for
    ever."""
    keys = [member.pk for member in members]
    rows = Member.objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
