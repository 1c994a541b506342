"""A part of the lab as lists say it: topics, reading lists and reviews, through access."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Q

from papers import access
from papers.bulk_copy import any_of
from papers.exporting.formats.lists import (
    EntryRecord,
    ListRecord,
    MemberRecord,
    OutcomeRecord,
    ReviewRecord,
    ShelfRecord,
    TopicRecord,
)
from papers.exporting.formats.paper_records import PaperRecord
from papers.exporting.queries.scopes import Scope
from papers.models import Claim, Experiment, Lab
from papers.text.pictures import link_pictures
from papers.text.sections import PARTS, TEXT_KEYS

TELLING = (Experiment.State.CONFIRMED, Experiment.State.REFUTED, Experiment.State.INCONCLUSIVE)
"""States of experiments that have an outcome."""

HTML_KEYS = tuple(f"{section.key}_html" for section in PARTS)


def gather_list(
    scope: Scope, records: Iterable[PaperRecord], viewer: access.Viewer, lab: Lab
) -> ListRecord:
    """Everything that lists say of these papers; five queries."""
    papers = {record.id: record for record in records}
    topics, listed = _gather_topics(scope, list(papers), viewer, lab)
    return ListRecord(
        title=scope.title or lab.name,
        papers=papers,
        topics=topics,
        loose=[paper for paper in papers if paper not in listed],
        members=_gather_members(scope, list(papers), viewer),
        reviews=_gather_reviews(scope, list(papers), viewer, lab),
        outcomes=_gather_outcomes(list(papers), viewer, lab),
        of_member=scope.member is not None,
    )


def _gather_topics(
    scope: Scope, papers: Sequence[int], viewer: access.Viewer, lab: Lab
) -> tuple[list[TopicRecord], set[int]]:
    """The tree as far as the scope needs it, and the papers that stand in it."""
    listings = access.listings_visible_to(viewer, lab).filter(paper__in=any_of(papers, "bigint"))
    entries: dict[int, list[EntryRecord]] = defaultdict(list)
    order = listings.order_by("topic", "position", "pk")
    for topic, paper, note in order.values_list("topic", "paper", "note"):
        entries[topic].append(EntryRecord(paper, note))
    rows = list(
        access.topics_visible_to(viewer, lab)
        .order_by("depth", "position", "name", "pk")
        .values_list("pk", "parent", "path", "name", "description")
    )
    top = scope.topic.path if scope.topic else ""
    inside = {
        pk for pk, _, path, *_ in rows if not top or path == top or path.startswith(f"{top}/")
    }
    is_whole = scope.kind in ("lab", "topic")
    wanted = inside if is_whole else _with_parents({pk: up for pk, up, *_ in rows}, entries)
    nodes: dict[int, TopicRecord] = {}
    roots: list[TopicRecord] = []
    for pk, parent, _path, name, description in rows:
        if pk not in wanted:
            continue
        nodes[pk] = TopicRecord(name, description, entries.get(pk, []))
        above = nodes.get(parent) if parent is not None else None
        (above.below if above else roots).append(nodes[pk])
    return roots, {one.paper for pk in nodes for one in entries.get(pk, [])}


def _with_parents(parents: dict[int, int | None], keys: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for key in keys:
        above: int | None = key
        while above is not None and above not in found:
            found.add(above)
            above = parents.get(above)
    return found


def _gather_members(
    scope: Scope, papers: Sequence[int], viewer: access.Viewer
) -> list[MemberRecord]:
    """Reading lists: what was released or ran out is no longer on them."""
    on_list = Q(ended_at__isnull=True) | Q(ending=Claim.Ending.REVIEWED)
    claims = access.claims_visible_to(viewer).filter(on_list, paper__in=any_of(papers, "bigint"))
    if scope.member:
        claims = claims.filter(member=scope.member)
    rows = claims.order_by("member__name", "member", "position", "pk").values_list(
        "member", "member__name", "member__handle", "topic__name", "paper"
    )
    members = []
    for (_, name, handle), mine in groupby(rows, key=lambda row: row[:3]):
        shelves: dict[str, dict[int, None]] = {}
        seen: set[int] = set()
        for *_rest, topic, paper in mine:
            if paper not in seen:
                seen.add(paper)
                shelves.setdefault(topic or "", {})[paper] = None
        made = tuple(ShelfRecord(topic, tuple(found)) for topic, found in shelves.items())
        members.append(MemberRecord(name, handle, made))
    return members


def _gather_reviews(
    scope: Scope, papers: Sequence[int], viewer: access.Viewer, lab: Lab
) -> dict[int, list[ReviewRecord]]:
    reviews = access.reviews_visible_to(viewer, lab).filter(paper__in=any_of(papers, "bigint"))
    if scope.member:
        reviews = reviews.filter(member=scope.member)
    found: dict[int, list[ReviewRecord]] = defaultdict(list)
    columns = (*TEXT_KEYS, *HTML_KEYS, "verdict", "depth", "published_at")
    rows: Any = reviews.order_by("published_at", "pk").values(
        "paper", "member__name", "member__handle", "member__orcid", *columns
    )
    for row in rows:
        found[row["paper"]].append(make_review(row, lab))
    return found


def make_review(row: dict[str, Any], lab: Lab) -> ReviewRecord:
    """A row of a review as plain values."""
    return ReviewRecord(
        paper=row["paper"],
        reviewer=row["member__name"],
        handle=row["member__handle"],
        orcid=row["member__orcid"],
        texts={key: row[key] for key in TEXT_KEYS},
        html={
            section.key: link_pictures(row[f"{section.key}_html"], settings.SITE_URL)
            for section in PARTS
        },
        verdict=row["verdict"],
        depth=row["depth"],
        published_on=_get_day(row["published_at"], lab),
    )


def _gather_outcomes(
    papers: Sequence[int], viewer: access.Viewer, lab: Lab
) -> dict[int, list[OutcomeRecord]]:
    rows = access.experiments_visible_to(viewer, lab).filter(
        paper__in=any_of(papers, "bigint"), state__in=TELLING
    )
    found: dict[int, list[OutcomeRecord]] = defaultdict(list)
    columns = ("paper", "title", "state", "outcome", "owner__name")
    for paper, title, state, text, owner in rows.order_by("closed_at", "pk").values_list(*columns):
        found[paper].append(OutcomeRecord(paper, title, state, text, owner or ""))
    return found


def _get_day(at: Any, lab: Lab) -> date:
    day: date = at.astimezone(lab.zone).date()
    return day
