"""Adding a paper and claiming it in one step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.claims.actions.claims import ClaimRefused, claim_paper
from papers.models import Member, Paper, Topic


def add_and_claim_paper(
    *,
    facts: PaperFacts,
    by: Member,
    at: datetime,
    topics: Iterable[Topic] = (),
    although_alike: bool = False,
) -> tuple[Paper, str]:
    """Add a paper and claim it for the member; returns why it could not be claimed, else "".

    A claim that is refused leaves the paper added. Raises PaperExists or PaperLooksKnown.
    """
    paper = add_paper(facts=facts, topics=topics, although_alike=although_alike, by=by, at=at)
    try:
        claim_paper(paper=paper, by=by, at=at)
    except ClaimRefused as refusal:
        return paper, str(refusal)
    return paper, ""
