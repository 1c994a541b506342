"""The rows of a synthetic lab: members, topics, papers, reviews, claims, comments, experiments.

Every sixth hour a paper came in, so a larger lab is an older one: its latest week looks the same
at any size, and what grows is what lies behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from papers.bench.words import RARE, RARE_PAPERS, Zipf
from papers.models import Depth, Event, Verdict
from papers.text.titles import title_key, title_slug

STEP = timedelta(hours=6)
ABSTRACT_WORDS = 150
PART_WORDS = 60
VENUES = ("NeurIPS", "ICML", "ICLR", "TMLR", "CVPR", "ACL", "JMLR", "arXiv")
TAKEN = 4
"""Papers at the head of the list that nobody took: one is there to be reviewed."""

type Row = tuple[Any, ...]


@dataclass
class Plan:
    """How large the lab is, and when its last paper came."""

    papers: int
    at: datetime
    seed: int = 1
    zipf: Zipf = field(init=False)

    def __post_init__(self) -> None:
        self.zipf = Zipf(self.seed)

    @property
    def members(self) -> int:
        """A lab that grows has more people, though never many."""
        return min(30 + self.papers // 1000, 130)

    @property
    def topics(self) -> int:
        """Ten outermost topics, each with some below."""
        return min(60 + self.papers // 500, 260)

    def added_at(self, paper: int) -> datetime:
        """When a paper came; the highest number came last."""
        return self.at - (self.papers - paper + 1) * STEP

    def count_reviews(self, paper: int) -> int:
        """Two of five papers are reviewed, once to three times; the newest are not yet."""
        if paper > self.papers - TAKEN:
            return 0
        return {0: 1, 1: 3}.get(paper % 5, 0) if paper % 10 != 6 else 2

    def get_reviewers(self, paper: int) -> list[int]:
        """Who reviewed it: members 2 and on in turn, so that member 1 has time."""
        others = self.members - 1
        return [2 + (paper * 7 + n * 3) % others for n in range(self.count_reviews(paper))]


def list_members(plan: Plan) -> Iterator[Row]:
    """(id, handle, name, email, role, state, password)"""
    for pk in range(1, plan.members + 1):
        handle = "bench" if pk == 1 else f"bench-{pk}"
        role = "curator" if pk == 2 else "member"
        name = plan.zipf.name()
        yield pk, handle, name, f"{handle}@bench.invalid", role, "active", "!"


def list_topics(plan: Plan) -> Iterator[Row]:
    """(id, name, slug, path, depth, position, parent)"""
    for pk in range(1, plan.topics + 1):
        slug = f"topic-{pk}"
        parent = None if pk <= 10 else (pk - 11) % 10 + 1
        path = f"topic-{parent}/{slug}" if parent else slug
        yield pk, plan.zipf.name(3), slug, path, int(parent is not None), pk, parent


def list_papers(plan: Plan) -> Iterator[Row]:
    """(id, title, title_key, slug, authors, abstract, abstract_html, venue, year, added_at,
    added_by)"""
    every = max(plan.papers // RARE_PAPERS, 1)
    for pk in range(1, plan.papers + 1):
        title = plan.zipf.name(6 + pk % 5)
        authors = [plan.zipf.name() for _ in range(1 + pk % 6)]
        abstract = plan.zipf.write(ABSTRACT_WORDS)
        if pk % every == 0:
            abstract = f"{abstract} {RARE}."
        yield (
            pk, title, title_key(title), title_slug(title), authors, abstract,
            f"<p>{abstract}</p>", VENUES[pk % 8], 2026 - pk % 12, plan.added_at(pk),
            1 + pk % plan.members,
        )  # fmt: skip


def list_identifiers(plan: Plan) -> Iterator[Row]:
    """(paper, kind, value)"""
    for pk in range(1, plan.papers + 1):
        yield pk, "arxiv", f"{10 + pk // 90_000:02}{1 + pk // 9_000 % 10:02}.{pk % 9_000:05}"


def list_listings(plan: Plan) -> Iterator[Row]:
    """(paper, topic, position, added_at)"""
    for pk in range(1, plan.papers + 1):
        first = 11 + pk % (plan.topics - 10)
        yield pk, first, pk, plan.added_at(pk)
        if pk % 2:
            yield pk, 1 + pk % 10, pk, plan.added_at(pk)


def list_claims(plan: Plan) -> Iterator[Row]:
    """(paper, member, claimed_at, due_on, paper_slot, member_slot, ended_at, ending)

    Every review ended one; of the newest papers without a review, each member took two.
    """
    for pk in range(1, plan.papers + 1):
        at = plan.added_at(pk)
        due = (at + timedelta(days=14)).date()
        for slot, member in enumerate(plan.get_reviewers(pk)):
            yield pk, member, at, due, slot, 0, at + timedelta(days=3), "reviewed"
    free = [pk for pk in range(plan.papers - TAKEN, 0, -1) if not plan.count_reviews(pk)]
    for number, pk in zip(range(plan.members * 2), free, strict=False):
        due = (plan.at + timedelta(days=1 + number % 14)).date()
        member, slot = 1 + number % plan.members, number // plan.members
        yield pk, member, plan.added_at(pk), due, 0, slot, None, ""


def list_reviews(plan: Plan) -> Iterator[Row]:
    """(id, paper, member, takeaway, summary, critique, follow_up, their html, verdict, depth,
    published_at, changed_at)"""
    number = 0
    for pk in range(1, plan.papers + 1):
        for member in plan.get_reviewers(pk):
            number += 1
            at = plan.added_at(pk) + timedelta(days=3, minutes=number % 600)
            parts = [plan.zipf.write(PART_WORDS) for _ in range(3)]
            html = [f"<p>{part}</p>" for part in parts]
            yield (
                number, pk, member, plan.zipf.write(12), *parts, *html,
                Verdict.values[number % 4], Depth.values[number % 4], min(at, plan.at),
                min(at, plan.at),
            )  # fmt: skip


def list_comments(plan: Plan) -> Iterator[Row]:
    """(paper, author, body, body_html, created_at)"""
    for pk in range(1, plan.papers + 1, 10):
        body = plan.zipf.write(30)
        yield pk, 1 + pk % plan.members, body, f"<p>{body}</p>", plan.added_at(pk)


def list_experiments(plan: Plan) -> Iterator[Row]:
    """(title, hypothesis, plan, plan_html, paper, proposed_by, owner, state, position, outcome,
    created_at, moved_at, closed_at)"""
    for number, pk in enumerate(range(1, plan.papers + 1, 20)):
        at, text = plan.added_at(pk), plan.zipf.write(20)
        going = pk > plan.papers - 2_000
        state = ("idea", "planned", "running")[number % 3] if going else "confirmed"
        yield (
            plan.zipf.name(4), text, text, f"<p>{text}</p>", pk, 1 + pk % plan.members,
            1 + pk % plan.members, state, number, "" if going else text, at, at,
            None if going else at,
        )  # fmt: skip


def list_events(plan: Plan, reviews: list[Row]) -> Iterator[Row]:
    """(kind, at, by, paper, review)"""
    for pk in range(1, plan.papers + 1):
        yield Event.Kind.PAPER_ADDED, plan.added_at(pk), 1 + pk % plan.members, pk, None
    for review, paper, member, at in reviews:
        yield Event.Kind.REVIEW_PUBLISHED, at, member, paper, review
