"""Reviews that a document brings: published with their first version, never over another's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from papers.bulk_copy import any_of
from papers.importing.reading.drafts.review_text import ReviewDraft
from papers.models import CritiquePoint, Member, Paper, Review, ReviewRevision
from papers.reviews.actions.publishing import LONGEST_TAKEAWAY
from papers.text.markdown import RENDERER_VERSION, render_once
from papers.text.sandboxed import split_points
from papers.text.sections import PARTS, TEXT_KEYS

BATCH = 500
"""Rows in one statement."""


@dataclass(frozen=True, slots=True)
class Written:
    """A review text with its paper and author."""

    paper: Paper
    author: Member
    review: ReviewDraft
    line: int
    at: datetime | None = None  # of writing, where the document says so

    def texts(self) -> dict[str, str]:
        """The texts as they are published."""
        texts = self.review.texts()
        takeaway, rest = _fit(texts["takeaway"])
        summary = "\n\n".join(part for part in (rest, texts["summary"]) if part)
        return texts | {"takeaway": takeaway, "summary": summary}


def read_texts(papers: Iterable[int]) -> dict[tuple[int, int], dict[str, str]]:
    """The texts of the reviews of these papers, by paper and author."""
    rows = Review.objects.filter(paper__in=any_of(list(papers), "bigint"))
    return {
        (row["paper"], row["member"]): {name: row[name] for name in TEXT_KEYS}
        for row in rows.values("paper", "member", *TEXT_KEYS)
    }


def write_reviews(texts: Sequence[Written], *, at: datetime) -> list[Review]:
    """Publish those that their author has not written yet; part of the caller's transaction."""
    wanted = {(one.paper.pk, one.author.pk): one for one in reversed(texts)}
    papers = {paper for paper, _ in wanted}
    here = set(Review.objects.filter(paper__in=papers).values_list("paper", "member"))
    rows = [
        _row(one, at) for place, one in reversed(wanted.items()) if place not in here
    ]  # fmt: skip
    Review.objects.bulk_create(rows, BATCH)
    ReviewRevision.objects.bulk_create([_first_version(row) for row in rows], BATCH)
    CritiquePoint.objects.bulk_create(_points(rows), BATCH)
    return rows


def _row(one: Written, at: datetime) -> Review:
    review = Review(
        paper=one.paper,
        member=one.author,
        **one.texts(),
        published_at=one.at or at,
        changed_at=one.at or at,
    )
    made = {one.key: render_once(getattr(review, one.key)) for one in PARTS}
    for name, html in made.items():
        setattr(review, f"{name}_html", html.html)
    review.renderer = RENDERER_VERSION if all(one.is_final for one in made.values()) else 0
    return review


def _fit(takeaway: str) -> tuple[str, str]:
    """A takeaway is one sentence: what is longer opens the summary."""
    if len(takeaway) <= LONGEST_TAKEAWAY:
        return takeaway, ""
    return "", takeaway


def _first_version(review: Review) -> ReviewRevision:
    texts = {name: getattr(review, name) for name in TEXT_KEYS}
    return ReviewRevision(
        review=review,
        number=1,
        published_at=review.published_at,
        published_by=review.member,
        **texts,
    )


def _points(reviews: Iterable[Review]) -> list[CritiquePoint]:
    return [
        CritiquePoint(review=review, text=text, position=position)
        for review in reviews
        for position, text in enumerate(split_points(review.critique))
    ]
