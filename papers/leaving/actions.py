"""Handing over: each row by the action of its room; what cannot be is named and stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from papers.claims.actions.claims import ClaimRefused, claim_paper, release_claim
from papers.experiments.actions import hand_experiment
from papers.meetings.agenda.actions.items import change_item
from papers.models import AgendaItem, Claim, Experiment, Member


@dataclass
class Handed:
    """How many rows changed hands, and a sentence for each that could not."""

    number: int = 0
    refusals: list[str] = field(default_factory=list)


def hand_over(
    *,
    claims: Iterable[tuple[Claim, Member | None]],
    experiments: Iterable[tuple[Experiment, Member | None]],
    items: Iterable[tuple[AgendaItem, Member | None]],
    by: Member,
    at: datetime,
) -> Handed:
    """Give each to the named member, or to nobody."""
    handed = Handed()
    with transaction.atomic():
        for claim, to in claims:
            try:
                hand_claim(claim=claim, to=to, by=by, at=at)
            except ClaimRefused as reason:
                handed.refusals.append(f"{claim.paper.title}: {reason}")
                continue
            handed.number += 1
        for experiment, to in experiments:
            hand_experiment(experiment=experiment, to=to, by=by, at=at)
            handed.number += 1
        for item, to in items:
            change_item(item=item, minutes=item.minutes, presenter=to, by=by, at=at)
            handed.number += 1
    return handed


def hand_claim(*, claim: Claim, to: Member | None, by: Member, at: datetime) -> None:
    """Release it, and let `to` have it with its due day. Raises ClaimRefused; then it stays."""
    with transaction.atomic():
        release_claim(claim=claim, by=by, at=at)
        if to:
            today = at.date()
            due_on = claim.due_on if claim.due_on and claim.due_on > today else None
            claim_paper(paper=claim.paper, by=to, at=at, due_on=due_on)
