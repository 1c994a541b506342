"""What members wrote in a week: reviews, experiments, discussions."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Count,
    Exists,
    Max,
    OuterRef,
    QuerySet,
    Window,
)
from django.db.models.functions import Left
from django.utils.text import Truncator

from papers.digest.issue import ExperimentNews, NewReview, Part, Talk
from papers.digest.queries.span import Span, count_all, is_within, prepared_for_span
from papers.models import Comment, Event, Experiment, Review
from papers.people import join_names
from papers.text import addresses
from papers.text.formulas import to_letters
from papers.text.markdown import plain
from papers.text.sections import SECTIONS

MOST_REVIEWS = 20

EXCERPT, START = 420, 2_000
"""Letters of a critique that the story of the week shows, and of its HTML that are read."""

MOST_EXPERIMENTS_READ = 60


def read_reviews(span: Span) -> Part[NewReview]:
    """Published reviews, each with its takeaway and the words of its sections."""
    rows = _find_reviews(span)
    items = [_make_review(row) for row in rows]
    return Part(items, rows[0]["total"] if rows else 0)


@prepared_for_span
def _find_reviews(span: Span) -> QuerySet[Any, Any]:
    words = [f"{one.key}_words" for one in SECTIONS]
    rows = Review.objects.current().filter(is_within(span, "published_at"))
    lines: QuerySet[Any, Any] = (
        rows.annotate(total=count_all(), critique_start=Left("critique_html", START))
        .order_by("published_at", "pk")
        .values(
            "pk", "paper", "paper__title", "paper__slug", "member__name", "takeaway", "verdict",
            "total", "critique_start", *words,
        )
    )  # fmt: skip
    return lines[:MOST_REVIEWS]


def cut_excerpt(html: str) -> str:
    """The beginning of a text as plain words, cut between two."""
    whole = html if len(html) < START else html[: html.rfind("<")]
    return Truncator(" ".join(plain(whole).split())).chars(EXCERPT, truncate="…")


def _make_review(row: dict[str, Any]) -> NewReview:
    paper_url = addresses.paper(row["paper"], row["paper__slug"])
    return NewReview(
        url=f"{paper_url}#review-{row['pk']}",
        title=to_letters(row["paper__title"]),
        paper_url=paper_url,
        reviewer=row["member__name"],
        takeaway=to_letters(row["takeaway"]),
        verdict=row["verdict"],
        is_readable=True,
        id=row["pk"],
        critique=cut_excerpt(row["critique_start"]),
        words=[row[f"{one.key}_words"] for one in SECTIONS],
    )


def read_experiments(span: Span) -> tuple[Part[ExperimentNews], Part[ExperimentNews]]:
    """Those that were closed in the week, and those that were proposed or began to run."""
    rows = _find_experiments(span)
    over = [row for row in rows if row["closed_at"] and span.start <= row["closed_at"] < span.end]
    begun = [row for row in rows if row not in over]
    total, closed = (rows[0]["total"], rows[0]["closed"]) if rows else (0, 0)
    finished = Part([_make_experiment(row, row["state"]) for row in over], closed)
    words = [(row, "running" if row["began"] else "idea") for row in begun]
    return finished, Part([_make_experiment(row, word) for row, word in words], total - closed)


@prepared_for_span
def _find_experiments(span: Span) -> QuerySet[Any, Any]:
    began = Event.objects.filter(
        is_within(span, "at"), experiment=OuterRef("pk"), kind=Event.Kind.EXPERIMENT_MOVED,
        data__after=Experiment.State.RUNNING,
    )  # fmt: skip
    is_closed = is_within(span, "closed_at")
    return (
        Experiment.objects.current()
        .filter(pk__in=_list_moved(span))
        .annotate(
            total=count_all(), closed=Window(Count("pk", filter=is_closed)), began=Exists(began)
        )
        .order_by("created_at", "pk")
        .values(
            "pk", "title", "state", "owner__name", "paper__title", "outcome_html", "closed_at",
            "began", "total", "closed",
        )[:MOST_EXPERIMENTS_READ]
    )  # fmt: skip


def _list_moved(span: Span) -> QuerySet[Any, Any]:
    """Keys of experiments that were closed, proposed or begun in the week: each by an index."""
    keys = Experiment.objects.order_by().values_list("pk")
    began = Event.objects.filter(
        is_within(span, "at"), kind=Event.Kind.EXPERIMENT_MOVED,
        data__after=Experiment.State.RUNNING,
    ).order_by()  # fmt: skip
    return keys.filter(is_within(span, "closed_at")).union(
        keys.filter(is_within(span, "created_at")), began.values_list("experiment")
    )


def _make_experiment(row: dict[str, Any], state: str) -> ExperimentNews:
    return ExperimentNews(
        title=to_letters(row["title"]),
        url=addresses.experiment(row["pk"]),
        state=state,
        owner=row["owner__name"] or "",
        paper=to_letters(row["paper__title"] or ""),
        outcome=plain(row["outcome_html"]),
        id=row["pk"],
    )


def read_talks(span: Span) -> Part[Talk]:
    """Discussions of the week, the liveliest first."""
    rows = _find_talks(span)
    return Part([_make_talk(row) for row in rows], len(rows))


@prepared_for_span
def _find_talks(span: Span) -> QuerySet[Any, Any]:
    return (
        Comment.objects.of_undeleted_reviews()
        .current()
        .filter(is_within(span, "created_at"))
        .order_by()
        .values(
            "paper", "paper__title", "paper__slug", "review", "review__paper__title",
            "review__member__name", "experiment", "experiment__title",
        )
        .annotate(
            comments=Count("pk"),
            people=ArrayAgg("author__name", distinct=True),
            latest=Max("created_at"),
        )
        .order_by("-comments", "-latest")
    )  # fmt: skip


def _make_talk(row: dict[str, Any]) -> Talk:
    people, comments = join_names(row["people"]), row["comments"]
    if row["paper"]:
        url = f"{addresses.paper(row['paper'], row['paper__slug'])}#threads"
        return Talk(to_letters(row["paper__title"]), url, "", comments, people)
    if row["review"]:
        url = addresses.review_comments(row["review"])
        who, title = row["review__member__name"], to_letters(row["review__paper__title"])
        return Talk(title, url, "", comments, people, reviewer=who, review_id=row["review"])
    url = f"{addresses.experiment(row['experiment'])}#threads"
    title, pk = to_letters(row["experiment__title"]), row["experiment"]
    return Talk(title, url, "", comments, people, experiment_id=pk)
