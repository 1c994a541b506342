"""One document on its way into the tables: what is known of it, and what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db.models import Model

from papers.bulk_copy import copy_rows, reserve_keys
from papers.importing.intake.matching.queries.comparing import Left
from papers.importing.intake.matching.queries.sameness import Choice
from papers.importing.reading.drafts.understood import (
    MemberDraft,
    PaperDraft,
    Problem,
    TopicDraft,
    TopicPath,
)
from papers.models import Member, Paper, Topic


@dataclass(slots=True)
class Outcome:
    """What taking in did: numbers for the page, rows for undoing."""

    papers: int = 0
    known: int = 0
    topics: int = 0
    listings: int = 0
    members: int = 0
    claims: int = 0
    reviews: int = 0
    meetings: int = 0
    problems: list[Problem] = field(default_factory=list)
    made: list[list[Any]] = field(default_factory=list)
    uses: dict[str, list[int]] = field(default_factory=dict)
    touched: list[int] = field(default_factory=list)

    def numbers(self) -> dict[str, int]:
        """The counts alone."""
        every = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: value for name, value in every if isinstance(value, int)}

    def made_rows(self, kind: str, keys: Iterable[int]) -> None:
        """Remember rows for undoing."""
        self.made.extend([kind, key] for key in keys)


@dataclass(slots=True)
class Document:
    """What is to be taken in."""

    drafts: Sequence[PaperDraft]
    topics: Sequence[TopicDraft]
    members: Sequence[MemberDraft]


class Intake:
    """One document on its way into the tables; the caller opens the transaction."""

    def __init__(
        self,
        document: Document,
        *,
        by: Member,
        at: datetime,
        choices: Mapping[str, Choice] | None = None,
    ) -> None:
        self.document = document
        self.choices = choices or {}
        self.by = by
        self.at = at
        self.outcome = Outcome()
        self.papers: dict[str, Paper] = {}
        self.topics: dict[TopicPath, Topic] = {}
        self.members: dict[str, Member] = {}
        self.fresh: set[int] = set()
        self.left: dict[str, Left] = {}
        """What drafts say otherwise than the papers that were there, by their keys."""

    def older(self, papers: Iterable[int]) -> list[int]:
        """Those that were here before: only they can have what is brought already."""
        return [key for key in papers if key not in self.fresh]

    def write(self, model: type[Model], columns: Sequence[str], rows: Sequence[Any]) -> None:
        """Write new rows, and remember them for undoing."""
        keys = reserve_keys(model, len(rows))
        copy_rows(model, ("id", *columns), ((k, *row) for k, row in zip(keys, rows, strict=True)))
        self.outcome.made_rows(model.__name__.lower(), keys)
