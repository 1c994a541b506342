"""Reads for the pages of imports: what was brought, and what one document holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from papers import access
from papers.importing.intake.matching.queries.comparing import Pair, pairs_left
from papers.importing.intake.previewing.queries.questions import Question, ask_sameness
from papers.importing.intake.previewing.queries.twins import Twin, ask_twins
from papers.importing.intake.previewing.queries.typed import list_typed_members, list_typed_topics
from papers.importing.intake.signing.queries import UNSIGNED
from papers.importing.reading.drafts.correcting import list_changes
from papers.importing.reading.drafts.draft_json import (
    unpack_meetings,
    unpack_members,
    unpack_paper,
    unpack_topics,
)
from papers.importing.reading.drafts.review_text import SECTIONS, Section, Unit
from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import ImportItem, ImportJob, Link
from papers.text.sections import TEXTS

PAGE = 25
"""Papers on one page of a preview."""

JOBS = 50
"""Imports on one page of the list."""

MOST_PROBLEMS = 60

SECTION_NAMES = {one.key: one.short for one in TEXTS}
_CORRECTED: dict[str, Promise] = {
    "title": gettext_lazy("Title"), "authors": gettext_lazy("Authors"),
    "year": gettext_lazy("Year"), "venue": gettext_lazy("Venue"),
    "topics": gettext_lazy("Topics"), "members": gettext_lazy("Readers"),
}  # fmt: skip
_MARKS = {one.key: one.word for one in TEXTS}
"""Names of the sections in style sheets."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One line of the list of imports."""

    id: int
    name: str
    url: str
    shape: str
    state: str
    papers: int
    by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the sections that a bullet may stand in."""

    section: Section
    name: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Bullet:
    """One unit of review text with the sections it may move to."""

    number: int
    line: int
    text: str
    label: str
    mark: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One paper of a preview."""

    id: int
    line: int
    title: str
    facts: str
    identifiers: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    members: tuple[str, ...]
    notes: tuple[str, ...]
    bullets: tuple[Bullet, ...]
    source: str
    is_excluded: bool
    same: Question | None
    left: list[Pair]
    paper_url: str
    changes: tuple[tuple[str, str], ...] = ()
    twins: Sequence[Twin] = ()
    page: int = 1


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that one document says."""

    job: ImportJob
    counts: dict[str, int]
    topics: list[tuple[int, str, int]]
    members: list[tuple[str, int, str]]
    repairs: Sequence[str]
    problems: list[tuple[int, str]]
    more_problems: int
    meetings: int
    undated: int
    items: list[Item] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """`35 papers, 14 topics, 6 members, 2 reviews.`"""
        counts = self.counts
        said = [
            ngettext("%(n)s paper", "%(n)s papers", counts["papers"]) % {"n": counts["papers"]},
            ngettext("%(n)s topic", "%(n)s topics", counts["topics"]) % {"n": counts["topics"]},
            ngettext("%(n)s member", "%(n)s members", counts["members"]) % {"n": counts["members"]},
            ngettext("%(n)s review", "%(n)s reviews", counts["reviews"]) % {"n": counts["reviews"]},
        ]
        if counts["left_out"]:
            said.append(_("%(n)s excluded") % {"n": counts["left_out"]})
        return f"{', '.join(said)}."


def list_imports(viewer: access.Viewer) -> Any:
    """Imports that the viewer may see, newest first, without their documents."""
    papers = Count("items", filter=Q(items__kind=ImportItem.Kind.PAPER))
    jobs = access.imports_visible_to(viewer).defer("source", "plan", "made")
    return jobs.select_related("by").annotate(papers=papers).order_by("-created_at", "-pk")


def describe_imports(jobs: Sequence[Any]) -> list[Brought]:
    """Lines of the list."""
    return [
        Brought(
            id=job.pk,
            name=job.name,
            url=job.get_absolute_url(),
            shape=job.shape,
            state=job.status_label,
            papers=job.papers,
            by=str(job.by or ""),
            created_at=job.created_at,
        )
        for job in jobs
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """What the worker is doing with a big document, for whoever waits."""

    what: str
    takes_long: bool


USUAL_SECONDS = 60
"""Seconds after which whoever waits is told that it takes longer than usual."""


def describe_work(job: ImportJob, *, now: datetime) -> Progress:
    """What is being done, and whether it should have been done by now."""
    if job.work == ImportJob.Work.READ:
        what = _("Reading %(size)s MB") % {"size": f"{job.plan.get('size', 0) / 1e6:.1f}"}
    else:
        n = list_items(job).filter(is_excluded=False).count()
        what = ngettext("Undoing %(n)s paper", "Undoing %(n)s papers", n)
        if job.work == ImportJob.Work.APPLY:
            what = ngettext("Importing %(n)s paper", "Importing %(n)s papers", n)
        what %= {"n": f"{n:,}"}
    waited = (now - job.asked_at).total_seconds() if job.asked_at else 0
    return Progress(what, waited > USUAL_SECONDS)


def list_items(job: ImportJob) -> Any:
    """The papers of a document in its order."""
    return job.items.filter(kind=ImportItem.Kind.PAPER).select_related("paper")


def read_preview(job: ImportJob, items: Sequence[ImportItem]) -> Preview:
    """The document with the papers of one page."""
    wrong = job.items.filter(kind=ImportItem.Kind.PROBLEM).order_by("line", "position")
    problems = list(wrong.values_list("line", "message")[: MOST_PROBLEMS + 1])
    more = wrong.count() - MOST_PROBLEMS if len(problems) > MOST_PROBLEMS else 0
    topics, members = unpack_topics(job.plan), unpack_members(job.plan)
    topics += list_typed_topics(job, topics)
    members += list_typed_members(job, members)
    meetings = unpack_meetings(job.plan)
    return Preview(
        job=job,
        counts=_count(job, len(topics), len(members)),
        topics=[(len(one.path) - 1, one.path[-1], one.line) for one in topics],
        members=[(one.name, one.line, one.evidence or _("corrected")) for one in members],
        repairs=job.plan.get("repairs", ()),
        problems=problems[:MOST_PROBLEMS],
        more_problems=more,
        meetings=len({one.on for one in meetings if one.on}),
        undated=sum(one.on is None for one in meetings),
        items=describe_items(items),
    )


def _count(job: ImportJob, topics: int, members: int) -> dict[str, int]:
    papers = job.items.filter(kind=ImportItem.Kind.PAPER)
    counts = papers.aggregate(
        papers=Count("pk", filter=Q(is_excluded=False)),
        left_out=Count("pk", filter=Q(is_excluded=True)),
        reviews=Count("pk", filter=Q(data__review__is_note=False)),
        unsigned=Count("pk", filter=UNSIGNED),
    )
    return {**counts, "topics": topics, "members": members}


def describe_items(items: Sequence[ImportItem]) -> list[Item]:
    """Papers of a preview; what is here already says so. A few queries for all of them."""
    is_open = bool(items) and items[0].job.state == ImportJob.State.PREVIEW
    questions = ask_sameness(items) if is_open else {}
    twins = ask_twins(items) if is_open else {}
    return [_describe(item, questions.get(item.pk), twins.get(item.pk, ())) for item in items]


def _describe(item: ImportItem, same: Question | None, twins: Sequence[Twin]) -> Item:
    draft = unpack_paper(item.data)
    review = draft.review
    units = review.units if review and not review.is_note else ()
    ids = (("arXiv", draft.arxiv_id), ("DOI", draft.doi), ("OpenReview", draft.openreview))
    return Item(
        id=item.pk,
        line=draft.line,
        title=draft.title,
        facts=_facts(draft),
        identifiers=tuple(f"{kind} {value}" for kind, value in ids if value),
        links=tuple((link.label or _say_kind(link.kind), link.url) for link in draft.links),
        topics=tuple(" › ".join(one.topic) for one in draft.listings if one.topic),
        members=draft.members,
        notes=tuple(dict.fromkeys(one.note for one in draft.listings if one.note)),
        bullets=_bullets(units),
        source=draft.source,
        is_excluded=item.is_excluded,
        same=same,
        left=pairs_left(item.left),
        paper_url=item.paper.get_absolute_url() if item.paper else "",
        changes=tuple((str(_CORRECTED[k]), v) for k, v in list_changes(item.data).items()),
        twins=twins,
        page=item.position // PAGE + 1,
    )


def _say_kind(kind: str) -> str:
    return str(Link.Kind(kind).label) if kind in Link.Kind.values else kind


def _facts(draft: PaperDraft) -> str:
    authors = ", ".join(draft.authors[:4]) + (" et al." if len(draft.authors) > 4 else "")
    when = draft.published_on.isoformat() if draft.published_on else str(draft.year or "")
    parts = (authors, draft.group, ", ".join(draft.venue_tags), when, ", ".join(draft.tags))
    return " · ".join(part for part in parts if part)


def _bullets(units: Sequence[Unit]) -> tuple[Bullet, ...]:
    """A label stands before the first of its bullets only."""
    labels = [unit.label for unit in units]
    shown = ["" if n and labels[n - 1] == label else label for n, label in enumerate(labels)]
    return tuple(_bullet(n, unit, shown[n]) for n, unit in enumerate(units))


def _bullet(number: int, unit: Unit, label: str) -> Bullet:
    choices = tuple(Choice(one, _(SECTION_NAMES[one]), one == unit.section) for one in SECTIONS)
    mark = _MARKS.get(unit.section, unit.section)
    return Bullet(number, unit.line, unit.text, label, mark, choices)
