"""Every table that names a paper, and how its rows join when two papers are merged.

A test walks all foreign keys to Paper and refuses one that is missing here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

from papers.models import (
    AgendaItem,
    Claim,
    Comment,
    Event,
    Experiment,
    Follow,
    Handover,
    Identifier,
    ImportItem,
    Link,
    Listing,
    Nomination,
    PaperPair,
    ReadMark,
    Removal,
    Review,
    ReviewDraft,
    SearchDoc,
    Skip,
)
from papers.records.actions import join_reading, join_rest
from papers.records.actions.join import Join

JOINS: dict[tuple[type[Model], str], Callable[[Join], None]] = {
    (Identifier, "paper"): join_rest.move_all(Identifier),
    (Link, "paper"): join_rest.join_links,
    (Listing, "paper"): join_rest.join_listings,
    (Review, "paper"): join_reading.join_reviews,
    (ReviewDraft, "paper"): join_reading.join_drafts,
    (Handover, "paper"): join_reading.join_handovers,
    (Claim, "paper"): join_reading.join_claims,
    (Skip, "paper"): join_reading.join_skips,
    (Comment, "paper"): join_rest.move_all(Comment),
    (ReadMark, "paper"): join_rest.join_marks,
    (Experiment, "paper"): join_rest.move_all(Experiment),
    (Nomination, "paper"): join_rest.join_nominations,
    (AgendaItem, "paper"): join_rest.join_agenda,
    (Event, "paper"): join_rest.move_all(Event),
    (Follow, "paper"): join_rest.join_follows,
    (ImportItem, "paper"): join_rest.join_entries,
    (ImportItem, "compared"): join_rest.move_all(ImportItem, "compared"),
    (PaperPair, "one"): join_rest.join_pairs,
    (PaperPair, "other"): join_rest.join_pairs,
    (Removal, "paper"): join_rest.move_all(Removal),
    (SearchDoc, "paper"): join_rest.drop_index,
}
"""In the order in which they are joined."""

AFTERWARDS: tuple[Callable[[Join], None], ...] = (
    join_reading.end_reviewed_claims,
    join_reading.join_typed_texts,
)
"""Steps that look at what came together."""


def join_all(join: Join) -> None:
    """Put everything that hangs on one paper with the other."""
    for step in (*JOINS.values(), *AFTERWARDS):
        step(join)
