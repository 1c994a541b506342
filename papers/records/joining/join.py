"""What the steps of a merge share: the two papers, the journal, and the plainest of all joins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from papers.journal import Journal
from papers.models import Member, Paper


@dataclass(slots=True)
class Join:
    """One paper on its way into another; the caller holds the locks and the transaction."""

    kept: Paper
    gone: Paper
    by: Member
    at: datetime
    journal: Journal = field(default_factory=Journal)

    def move(self, rows: QuerySet[Any, Any], name: str = "paper", **values: Any) -> None:
        """Put rows with the paper that is kept."""
        self.journal.change(rows, **{name: self.kept}, **values)

    def of_target(self, model: type[Model]) -> QuerySet[Any]:
        """The rows of the paper that is kept."""
        return model._base_manager.filter(paper=self.kept)

    def of_source(self, model: type[Model]) -> QuerySet[Any]:
        """The rows of the paper that goes, in the order in which they were made."""
        return model._base_manager.filter(paper=self.gone).order_by("pk")
