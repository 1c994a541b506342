"""Adding a paper, looking up what is not known of it, and claiming it in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.claims.actions.claims import ClaimRefused, claim_paper
from papers.lookups.actions.filling import follow_lookup
from papers.models import Lookup, Member, Paper, Topic


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts of a new paper come from. `stand_in` is its title until it is known;
    `fields` were filled in from the answer already."""

    lookup: Lookup
    stand_in: str = ""
    fields: Sequence[str] = ()


def add_found_paper(
    *,
    facts: PaperFacts,
    by: Member,
    at: datetime,
    topics: Iterable[Topic] = (),
    although_alike: bool = False,
    source: Source | None = None,
    is_claimed: bool = False,
) -> tuple[Paper, str]:
    """Add a paper and, if wished, claim it; returns why it could not be claimed, else "".

    What is empty is filled in from `source`, now or when it answers. A claim that is refused
    leaves the paper added. Raises PaperExists or PaperLooksKnown.
    """
    alike = although_alike or bool(source and source.stand_in)
    paper = add_paper(facts=facts, topics=topics, although_alike=alike, by=by, at=at)
    if source:
        follow_lookup(
            paper=paper, lookup=source.lookup, by=by, at=at,
            stand_in=source.stand_in, fields=source.fields,
        )  # fmt: skip
    if not is_claimed:
        return paper, ""
    try:
        claim_paper(paper=paper, by=by, at=at)
    except ClaimRefused as refusal:
        return paper, str(refusal)
    return paper, ""
