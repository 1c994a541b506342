"""The entries that imports put to a paper, for splitting them off again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from papers import access
from papers.importing.intake.matching.queries.comparing import Pair, pairs_left
from papers.models import Paper


@dataclass(frozen=True, slots=True)
class Joined:
    """One entry: from which import, as it was written, and what it says otherwise."""

    id: int
    title: str
    line: int
    source: str
    job_name: str
    job_url: str
    by: str
    at: datetime | None
    left: list[Pair]


def list_joined(paper: Paper, viewer: access.Viewer) -> list[Joined]:
    """What the viewer may split from this paper, the latest first."""
    rows = access.entries_splittable_by(viewer).filter(paper=paper)
    rows = rows.select_related("job__by").defer("job__source", "job__plan", "job__made")
    return [
        Joined(
            id=item.pk,
            title=str(item.data.get("title", "")),
            line=item.line,
            source=str(item.data.get("source", "")),
            job_name=item.job.name,
            job_url=item.job.get_absolute_url(),
            by=str(item.job.by or ""),
            at=item.job.applied_at,
            left=pairs_left(item.left),
        )
        for item in rows.order_by("-job__applied_at", "-pk")
    ]
