"""The entries of imports that stand on a paper, and which rows beside it each of them names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from papers.bulk_copy import any_of
from papers.importing.intake.matching.queries.matching import find_members, names_of
from papers.importing.reading.drafts.draft_json import unpack_paper
from papers.importing.reading.drafts.understood import PaperDraft, TopicPath
from papers.models import (
    AgendaItem,
    Claim,
    Identifier,
    ImportItem,
    ImportJob,
    Link,
    Listing,
    Member,
    Review,
    Topic,
)
from papers.text.dates import find_date
from papers.text.one_line import fold_name

SAYING: tuple[tuple[type[Model], str], ...] = (
    (Link, "url"),
    (Listing, "topic"),
    (Claim, "member"),
    (Review, "member"),
    (AgendaItem, "meeting__day"),
)
"""Rows beside a paper, and the column by which an entry names them."""

Rows = dict[str, dict[int, Any]]
"""Rows beside a paper by kind: their keys, and what each says (a name, an address, a topic ...)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a document on its paper. `says` has by kind what it names: identifiers,
    addresses of links, topics, members, and the author of its review.
    """

    item: ImportItem
    job: ImportJob
    draft: PaperDraft
    says: Mapping[str, frozenset[Any]]


def read_entries(
    papers: Collection[int], jobs: Iterable[ImportJob] | None = None
) -> dict[int, list[Entry]]:
    """The entries on each of these papers, the earliest first; a few questions for all of them.

    `jobs` are the imports to look at, else all that stand.
    """
    if jobs is None:
        jobs = ImportJob.objects.filter(state=ImportJob.State.APPLIED).defer("source", "plan")
    by_key = {job.pk: job for job in jobs}
    rows = ImportItem.objects.filter(job__in=list(by_key), paper__in=any_of(list(papers), "bigint"))
    items = sorted(
        rows.filter(is_excluded=False),
        key=lambda item: (by_key[item.job_id].applied_at, item.job_id, item.position, item.pk),
    )
    drafts = [unpack_paper(item.data) for item in items]
    reading = _Reading(drafts)
    found: dict[int, list[Entry]] = defaultdict(list)
    for item, draft in zip(items, drafts, strict=True):
        job = by_key[item.job_id]
        if item.paper_id is not None:
            says = reading.says(draft, job.by_id)
            found[item.paper_id].append(Entry(item, job, draft, says))
    return found


def _find_day(said: str) -> Any:
    return find_date(said, short=True)


class _Reading:
    """Topics and members of drafts as the rows that they are."""

    def __init__(self, drafts: Collection[PaperDraft]) -> None:
        names = {claim.member for draft in drafts for claim in draft.claims}
        self.members: dict[str, Member] = find_members(names) if names else {}
        self.topics: dict[tuple[int | None, str], int] = {}
        if any(draft.listings for draft in drafts):
            rows = Topic.objects.values_list("parent", "name", "pk")
            self.topics = {(parent, fold_name(name)): key for parent, name, key in rows}

    def says(self, draft: PaperDraft, by: int | None) -> dict[str, frozenset[Any]]:
        """What a draft of a member's import names."""
        topics = {self._topic(one.topic) for one in draft.listings if one.topic}
        members = [self.members.get(claim.member.casefold()) for claim in draft.claims]
        readers = [member.pk for member in members if member is not None]
        has_review = draft.review is not None and not draft.review.is_note
        author = (readers[0] if readers else None) if draft.claims else by
        claims = {*readers, *([author] if has_review and author else [])}
        return {
            "identifier": frozenset(names_of(draft)),
            "link": frozenset(link.url for link in draft.links),
            "listing": frozenset(topics - {None}),
            "claim": frozenset(claims),
            "agendaitem": frozenset(found.on for found in map(_find_day, draft.meetings) if found),
            "review": frozenset([author] if has_review and author else []),
        }

    def _topic(self, path: TopicPath) -> int | None:
        """The topic at a path; one that was renamed since is not found."""
        key: int | None = None
        for name in path:
            key = self.topics.get((key, fold_name(name)))
            if key is None:
                return None
        return key


def read_rows(papers: Collection[int]) -> dict[int, Rows]:
    """The rows beside each of these papers which an import may have made."""
    keys = any_of(list(papers), "bigint")
    found: dict[int, Rows] = defaultdict(lambda: defaultdict(dict))
    for paper, pk, kind, value in Identifier.objects.filter(paper__in=keys).values_list(
        "paper", "pk", "kind", "value"
    ):
        found[paper]["identifier"][pk] = (kind, value)
    for model, said in SAYING:
        rows: Any = model
        name = model.__name__.lower()
        for paper, pk, value in rows.objects.filter(paper__in=keys).values_list(
            "paper", "pk", said
        ):
            found[paper][name][pk] = value
    return found
