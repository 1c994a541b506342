"""The lab's week in a few figures, for the strip on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from papers import access
from papers.caching.prepared import prepared
from papers.models import Lab, Member
from papers.text.weeks import Week


@dataclass(frozen=True, slots=True)
class DeskWeek:
    """What the lab added and published this week, so far."""

    papers: int
    reviews: int

    @property
    def figures(self) -> list[tuple[int, str]]:
        """The figures that are not 0, each with its words."""
        figures = (
            (self.papers, ngettext("new paper", "new papers", self.papers)),
            (self.reviews, ngettext("review", "reviews", self.reviews)),
        )
        return [figure for figure in figures if figure[0]]


def count_week(member: Member, lab: Lab, now: datetime) -> DeskWeek:
    """This week's figures, as the member may see them; one query."""
    start, _end = Week.of(now.astimezone(lab.zone).date()).bounds(lab.zone)
    return DeskWeek(*_count_since(member, lab, start)[0])


@prepared
def _count_since(
    viewer: access.Viewer, lab: Lab, start: datetime
) -> QuerySet[Any, tuple[int, int]]:
    papers = access.papers_visible_to(viewer, lab).filter(added_at__gte=start)
    reviews = access.reviews_known_to(viewer, lab).filter(published_at__gte=start)
    return Lab.objects.order_by().values_list(_count(papers), _count(reviews))[:1]


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), Value(0))
