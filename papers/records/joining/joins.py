"""Every table that names a paper, and how its rows join when two papers are merged.

A test walks all foreign keys to Paper and refuses one that is missing here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

from papers.models import (
    AgendaItem,
    CitationKey,
    Claim,
    Comment,
    Event,
    Experiment,
    File,
    Follow,
    Handover,
    Identifier,
    ImportItem,
    Link,
    Listing,
    Nomination,
    PaperLookup,
    PaperPair,
    PaperUpdate,
    ReadMark,
    Removal,
    Review,
    ReviewDraft,
    SearchDoc,
    Skip,
    ZoteroItem,
    ZoteroQuestion,
)
from papers.records.joining import other_joins, reading_joins
from papers.records.joining.join import Join

JOINS: dict[tuple[type[Model], str], Callable[[Join], None]] = {
    (Identifier, "paper"): other_joins.move_all(Identifier),
    (Link, "paper"): other_joins.join_links,
    (Listing, "paper"): other_joins.join_listings,
    (Review, "paper"): reading_joins.join_reviews,
    (ReviewDraft, "paper"): reading_joins.join_drafts,
    (Handover, "paper"): reading_joins.join_handovers,
    (Claim, "paper"): reading_joins.join_claims,
    (Skip, "paper"): reading_joins.join_skips,
    (Comment, "paper"): other_joins.move_all(Comment),
    (ReadMark, "paper"): other_joins.join_marks,
    (File, "paper"): other_joins.move_all(File),
    (Experiment, "paper"): other_joins.move_all(Experiment),
    (Nomination, "paper"): other_joins.join_nominations,
    (AgendaItem, "paper"): other_joins.join_agenda,
    (Event, "paper"): other_joins.move_all(Event),
    (Follow, "paper"): other_joins.join_follows,
    (ImportItem, "paper"): other_joins.join_entries,
    (ImportItem, "compared"): other_joins.move_all(ImportItem, "compared"),
    (PaperPair, "one"): other_joins.join_pairs,
    (PaperPair, "other"): other_joins.join_pairs,
    (Removal, "paper"): other_joins.move_all(Removal),
    (CitationKey, "paper"): other_joins.move_unless_there(CitationKey),
    (PaperLookup, "paper"): other_joins.move_unless_there(PaperLookup),
    (PaperUpdate, "paper"): other_joins.move_unless_there(PaperUpdate, "kind", "name"),
    (ZoteroItem, "paper"): other_joins.move_all(ZoteroItem),
    (ZoteroQuestion, "other"): other_joins.move_all(ZoteroQuestion, "other"),
    (SearchDoc, "paper"): other_joins.drop_index,
}
"""In the order in which they are joined."""

AFTERWARDS: tuple[Callable[[Join], None], ...] = (
    reading_joins.end_reviewed_claims,
    reading_joins.join_typed_texts,
)
"""Steps that look at what came together."""


def join_all(join: Join) -> None:
    """Put everything that hangs on one paper with the other."""
    for step in (*JOINS.values(), *AFTERWARDS):
        step(join)
