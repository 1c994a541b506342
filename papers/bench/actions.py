"""Fills an empty database with a synthetic lab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from papers.bench import synthetic_lab
from papers.bulk_copy import copy_rows, finish
from papers.models import (
    Claim,
    Comment,
    Event,
    Experiment,
    Identifier,
    Lab,
    Listing,
    Member,
    Paper,
    Review,
    ReviewRevision,
    Topic,
)
from papers.search.index.actions import refresh
from papers.text.markdown import RENDERER_VERSION
from papers.text.sections import SECTIONS, TAKEAWAY

TABLES = (
    Member, Topic, Paper, Identifier, Listing, Claim, Review, ReviewRevision, Comment, Experiment,
    Event,
)  # fmt: skip
TEXTS = (TAKEAWAY.key, *(one.key for one in SECTIONS))


class NotEmpty(Exception):
    """Somebody's data stands here; a synthetic lab would only bury it."""


def make_synthetic_lab(*, papers: int, at: datetime, say: Callable[[str], Any] = print) -> None:
    """Members, topics, papers and all that is about them; the index last."""
    if Paper.objects.exists() or Member.objects.exists():
        raise NotEmpty
    plan = synthetic_lab.Plan(papers, at)
    with transaction.atomic():
        Lab.objects.update_or_create(pk=1, defaults={"name": "Synthetic lab"})
        _copy_nouns(plan)
        _copy_reviews(plan)
    finish(TABLES)
    say(f"{papers} papers written; indexing")
    refresh(range(1, papers + 1))
    finish(TABLES)


def _copy_nouns(plan: synthetic_lab.Plan) -> None:
    copy_rows(
        Member,
        ("id", "handle", "name", "email", "role", "state", "password"),
        synthetic_lab.list_members(plan),
    )
    copy_rows(
        Topic,
        ("id", "name", "slug", "path", "depth", "position", "parent"),
        synthetic_lab.list_topics(plan),
    )
    copy_rows(
        Paper,
        ("id", "title", "title_key", "slug", "authors", "abstract", "abstract_html", "venue",
         "year", "added_at", "added_by", "renderer"),
        ((*row, RENDERER_VERSION) for row in synthetic_lab.list_papers(plan)),
    )  # fmt: skip
    copy_rows(Identifier, ("paper", "kind", "value"), synthetic_lab.list_identifiers(plan))
    copy_rows(
        Listing, ("paper", "topic", "position", "added_at"), synthetic_lab.list_listings(plan)
    )
    copy_rows(
        Claim,
        ("paper", "member", "claimed_at", "due_on", "paper_slot", "member_slot", "ended_at",
         "ending"),
        synthetic_lab.list_claims(plan),
    )  # fmt: skip


def _copy_reviews(plan: synthetic_lab.Plan) -> None:
    known: list[synthetic_lab.Row] = []

    def each() -> Any:
        for row in synthetic_lab.list_reviews(plan):
            known.append((row[0], row[1], row[2], row[-1]))
            yield (*row, RENDERER_VERSION)

    copy_rows(
        Review,
        ("id", "paper", "member", *TEXTS, *(f"{one.key}_html" for one in SECTIONS),
         "verdict", "depth", "published_at", "changed_at", "renderer"),
        each(),
    )  # fmt: skip
    versions = Review.objects.order_by("pk").values_list(
        "pk", *TEXTS, "verdict", "depth", "published_at", "member"
    )
    copy_rows(
        ReviewRevision,
        ("review", *TEXTS, "verdict", "depth", "published_at", "published_by", "number"),
        [(*row, 1) for row in versions],
    )
    copy_rows(
        Event, ("kind", "at", "by", "paper", "review"), synthetic_lab.list_events(plan, known)
    )
    copy_rows(
        Comment,
        ("paper", "author", "body", "body_html", "created_at"),
        synthetic_lab.list_comments(plan),
    )
    copy_rows(
        Experiment,
        ("title", "hypothesis", "plan", "plan_html", "paper", "proposed_by", "owner", "state",
         "position", "outcome", "created_at", "moved_at", "closed_at"),
        synthetic_lab.list_experiments(plan),
    )  # fmt: skip
