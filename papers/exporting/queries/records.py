"""Papers as plain values for writers, a bounded number at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F

from papers import access
from papers.bulk_copy import any_of
from papers.exporting.formats.paper_records import LinkRecord, PaperRecord
from papers.models import CitationKey, Identifier, Lab, Link
from papers.text import addresses

FACTS = (
    "pk", "title", "authors", "venue", "year", "published_on", "group", "abstract", "note",
    "added_at", "slug",
)  # fmt: skip


def list_records(
    keys: Sequence[int], viewer: access.Viewer, lab: Lab, *, site: str = ""
) -> list[PaperRecord]:
    """These papers in this order, as far as the viewer may see them; five queries.

    `site` is put before the addresses of their pages.
    """
    here = any_of(keys, "bigint")
    rows = access.papers_visible_to(viewer, lab).filter(pk__in=here).values_list(*FACTS, named=True)
    facts = {row.pk: row for row in rows}
    names = _gather(Identifier.objects.filter(paper__in=here).order_by("pk"), "kind", "value")
    links = _gather(
        Link.objects.filter(paper__in=here).order_by("position", "pk"), "url", "kind", "label"
    )
    listings = access.listings_visible_to(viewer, lab).filter(paper__in=here)
    topics = _gather(listings.order_by("topic__path").annotate(name=F("topic__name")), "name")
    cited = {one.paper_id: str(one) for one in CitationKey.objects.filter(paper__in=here)}
    return [
        PaperRecord(
            key=cited.get(row.pk) or f"paper{row.pk}",
            title=row.title,
            authors=tuple(row.authors),
            venue=row.venue,
            year=row.year,
            published_on=row.published_on,
            group=row.group,
            abstract=row.abstract,
            note=row.note,
            identifiers=tuple(names[row.pk]),
            links=tuple(LinkRecord(*link) for link in links[row.pk]),
            topics=tuple(name for (name,) in topics[row.pk]),
            page=f"{site}{addresses.paper(row.pk, row.slug)}",
            added_on=row.added_at.astimezone(lab.zone).date(),
            id=row.pk,
        )
        for row in (facts[key] for key in keys if key in facts)
    ]


def _gather(rows: Any, *columns: str) -> dict[int, list[tuple[Any, ...]]]:
    """These columns of rows by their paper."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    read: Iterable[tuple[Any, ...]] = rows.values_list("paper", *columns)
    for paper, *values in read:
        found[paper].append(tuple(values))
    return found
