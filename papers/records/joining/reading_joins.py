"""How the reading of two papers joins: claims, reviews, drafts, and drafts that are offered.

Nothing is thrown away. Where the rules allow one row for each member and paper, the second one
ends, stands beside the first, or its text is put below the other's.
"""

from __future__ import annotations

from itertools import count

from django.db.models import Q

from papers.models import Claim, Handover, Review, ReviewDraft, Skip, TextDraft
from papers.records.joining.join import Join
from papers.text.one_line import join_texts
from papers.text.sections import TEXT_KEYS

Beside = Review.Beside


def join_reviews(join: Join) -> None:
    """Of two reviews of one member both stay; which is the main one, she is asked."""
    mine = {one.member_id: one for one in join.of_target(Review).filter(beside="")}
    for review in join.of_source(Review):
        own = mine.get(review.member_id) if not review.beside else None
        if own is not None:
            is_gone = own.deleted_at is not None and review.deleted_at is None
            second = own if is_gone else review
            both = own.deleted_at is None and review.deleted_at is None
            state = Beside.ASKED if both else Beside.KEPT
            join.journal.change(Review.objects.filter(pk=second.pk), beside=state)
        join.move(Review.objects.filter(pk=review.pk))


def join_claims(join: Join) -> None:
    """Of two open claims of one member the lease stays, or the one that ends later."""
    _number_slots(join)
    mine = {one.member_id: one for one in join.of_target(Claim).filter(ended_at=None)}
    for claim in join.of_source(Claim).filter(ended_at=None):
        own = mine.get(claim.member_id)
        if own is not None:
            days = (claim.due_on, own.due_on)
            is_longer = days[0] is not None and (days[1] is None or days[0] > days[1])
            _end(join, own if is_longer else claim, Claim.Ending.RELEASED)
    join.move(join.of_source(Claim))


def end_reviewed_claims(join: Join) -> None:
    """Who has reviewed either paper reads neither of them any more."""
    reviewers = join.of_target(Review).filter(deleted_at=None).values("member")
    for claim in join.of_target(Claim).filter(ended_at=None, member__in=reviewers):
        _end(join, claim, Claim.Ending.REVIEWED)


def _end(join: Join, claim: Claim, ending: Claim.Ending) -> None:
    rows = Claim.objects.filter(pk=claim.pk)
    join.journal.change(rows, ended_at=join.at, ending=ending)


def _number_slots(join: Join) -> None:
    """Leases keep their places, numbered anew: none is taken away for want of a slot."""
    leases = Claim.objects.open().leased()
    taken = set(leases.filter(paper=join.kept).values_list("paper_slot", flat=True))
    for claim in leases.filter(paper=join.gone).order_by("paper_slot", "pk"):
        used = taken | set(
            leases.filter(paper=join.gone).exclude(pk=claim.pk).values_list("paper_slot", flat=True)
        )
        free = next(number for number in count(1) if number not in used)
        slot = claim.paper_slot if claim.paper_slot not in taken else free
        taken.add(slot)
        join.journal.change(Claim.objects.filter(pk=claim.pk), paper_slot=slot)


def join_drafts(join: Join) -> None:
    """Of two drafts of one member the second is put below the first, and discarded as it was."""
    mine = {one.member_id: one for one in join.of_target(ReviewDraft).filter(discarded_at=None)}
    for draft in join.of_source(ReviewDraft).filter(discarded_at=None):
        own = mine.get(draft.member_id)
        if own is not None:
            _withdraw_offers(join, own, draft)
            _append(join, own, draft)
            rows = ReviewDraft.objects.filter(pk=draft.pk)
            join.journal.change(rows, discarded_at=join.at)
    join.move(join.of_source(ReviewDraft))
    numbers = dict(
        join.of_target(Review).filter(beside="", deleted_at=None).values_list("member", "number")
    )
    for draft in join.of_target(ReviewDraft).filter(discarded_at=None):
        rows = ReviewDraft.objects.filter(pk=draft.pk)
        join.journal.change(rows, base_number=numbers.get(draft.member_id, 0))


def _append(join: Join, own: ReviewDraft, draft: ReviewDraft) -> None:
    texts = {key: join_texts(getattr(own, key), getattr(draft, key)) for key in TEXT_KEYS}
    versions = ReviewDraft.objects.filter(paper__in=[join.kept, join.gone], member=own.member_id)
    last = max(versions.values_list("version", flat=True))
    join.journal.change(
        ReviewDraft.objects.filter(pk=own.pk),
        **texts,
        verdict=own.verdict or draft.verdict,
        depth=own.depth or draft.depth,
        items=[*own.items, *(item for item in draft.items if item not in own.items)],
        version=last + 1,
        writer="",
        saved_at=join.at,
    )


def _withdraw_offers(join: Join, *drafts: ReviewDraft) -> None:
    """A draft that grew by words that were never offered is offered no more."""
    offers = Handover.objects.filter(taken_at=None, withdrawn_at=None)
    mine = Q(draft__in=[draft.pk for draft in drafts])
    join.journal.change(offers.filter(mine), withdrawn_at=join.at)


def join_handovers(join: Join) -> None:
    """A member offers one draft on one paper; the second offer is withdrawn."""
    is_open = Q(taken_at=None, withdrawn_at=None)
    givers = list(join.of_target(Handover).filter(is_open).values_list("giver", flat=True))
    twice = join.of_source(Handover).filter(is_open, giver__in=givers)
    join.journal.change(twice, withdrawn_at=join.at)
    join.move(join.of_source(Handover))


def join_skips(join: Join) -> None:
    """Once for each member."""
    skippers = list(join.of_target(Skip).values_list("member", flat=True))
    join.journal.remove(join.of_source(Skip).filter(member__in=skippers))
    join.move(join.of_source(Skip))


def join_typed_texts(join: Join) -> None:
    """What members are typing into forms of the paper that goes is found in those of the other."""
    before, after = f"/papers/{join.gone.pk}/", f"/papers/{join.kept.pk}/"
    for text in TextDraft.objects.filter(place__startswith=before).order_by("pk"):
        place = after + text.place.removeprefix(before)
        there = TextDraft.objects.filter(member=text.member_id, place=place).first()
        rows = TextDraft.objects.filter(pk=text.pk)
        if there is None:
            join.journal.change(rows, place=place)
            continue
        fields, others = dict(there.fields), dict(text.fields)
        joined = {k: join_texts(fields.get(k, ""), others.get(k, "")) for k in fields | others}
        version = max(there.version, text.version) + 1
        join.journal.change(
            TextDraft.objects.filter(pk=there.pk), fields=sorted(joined.items()), version=version
        )
        join.journal.remove(rows)
