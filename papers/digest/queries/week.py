"""Reads of the digest: everything that one page or one mail says, in six queries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Left, RowNumber
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual
from django.utils.text import Truncator

from papers import access
from papers.digest.issue import (
    Digest,
    DueClaim,
    ExperimentNews,
    NewPaper,
    NewReview,
    Part,
    Talk,
)
from papers.digest.queries.meetings import read_meetings
from papers.digest.queries.span import Span, prepared_for_span, within
from papers.models import Claim, Event, Experiment, Lab, Review
from papers.models.search import NEVER, SearchDoc
from papers.people import join_names
from papers.text import addresses
from papers.text.formulas import to_letters
from papers.text.markdown import plain
from papers.text.sections import SECTIONS
from papers.text.weeks import Week
from papers.text.writing import join_imprint

MOST = {"papers": 16, "reviews": 20, "experiments": 12, "talks": 10, "waiting": 6, "claims": 12}
"""Items of a section at most; the rest is "and 40 more"."""

BATCH = 5
"""Papers that one member adds at one moment, from which on an import is one line."""

COUNTED = 50
"""Waiting papers that are counted; more are "50+", so that an issue costs the same at any size."""

MOST_EXPERIMENTS_READ = 60

EXCERPT, START = 420, 2_000
"""Letters of a critique that the story of the week shows, and of its HTML that are read."""

SOON = timedelta(days=7)
"""Due days that a digest announces."""

AHEAD = timedelta(days=14)
"""How far an issue looks for the next agenda."""


def get_digest(week: Week, viewer: access.Viewer, lab: Lab, now: datetime) -> Digest:
    """The digest of a week; at most six queries, fewer for strangers."""
    start, end = week.bounds(lab.zone)
    as_of = max(min(now, end), start)
    today = as_of.astimezone(lab.zone).date() if as_of < end else week.sunday
    span = Span(viewer, lab, start, end, as_of, as_of + AHEAD, today, today + SOON)
    papers, waiting = _read_papers(span)
    finished, started = _read_experiments(span)
    met, next_meeting = read_meetings(span)
    return Digest(
        week=week,
        as_of=today,
        is_current=start <= now < end,
        papers=papers,
        reviews=_read_reviews(span),
        finished=finished,
        started=started,
        talks=_read_talks(span),
        waiting=waiting,
        claims=_read_claims(span),
        met=met,
        next_meeting=next_meeting,
    )


def _count_all() -> Window:
    return Window(Count("*"))


def _part[Item](items: list[Item], rows: list[Any]) -> Part[Item]:
    return Part(items, rows[0]["total"] if rows else 0)


def _read_papers(span: Span) -> tuple[Part[NewPaper], Part[NewPaper]]:
    """Papers that came in, and those that wait; one query for both."""
    rows = _find_papers(span)
    rows.sort(key=lambda row: (row["is_told"], row["added_at"], row["of"]))
    came, wait = ([row for row in rows if row["part"] == name] for name in ("came", "wait"))
    waiting = [_make_paper(row) for row in wait[: MOST["waiting"]]]
    total = min(len(wait), COUNTED)
    new = [_make_paper(row) for row in came if not row["is_told"]]
    return _part(new, came), Part(waiting, total, len(wait) >= COUNTED)


@prepared_for_span
def _find_papers(span: Span) -> QuerySet[Any, Any]:
    came = access.papers_visible_to(span.viewer, span.lab).filter(within(span, "added_at"))
    together: dict[str, Any] = {"partition_by": [F("added_by"), F("added_at")]}
    lines = came.annotate(
        of=F("pk"), total=_count_all(), part=Value("came"),
        batch=Window(Count("added_by"), **together),
        is_told=_is_told(Window(RowNumber(), order_by="pk", **together), together),
    ).order_by("is_told", "added_at", "pk")  # fmt: skip
    came_lines: QuerySet[Any, Any] = lines.values(
        "of", "title", "slug", "authors", "venue", "year", "note", "added_at", "added_by__name",
        "total", "part", "batch", "is_told",
    )[: MOST["papers"]]  # fmt: skip
    if not access.can_read(span.viewer, span.lab):
        return came_lines
    return came_lines.union(*_list_waiting(span), all=True).order_by()


def _is_told(place: Window, together: dict[str, Any]) -> Case:
    """Whether the line of an import tells of the paper already: it is not the first of many."""
    is_batch = GreaterThanOrEqual(Window(Count("added_by"), **together), Value(BATCH))
    further = Case(When(is_batch, then=True), default=False)
    return Case(When(GreaterThan(place, Value(1)), then=further), default=False)


def _list_waiting(span: Span) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Papers that nobody held or had reviewed at that time, the longest waiting first."""
    here = OuterRef("pk")
    claims = Claim.objects.filter(paper=here, claimed_at__lt=span.as_of)
    held = claims.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=span.as_of))
    reviewed = Review.objects.filter(paper=here, published_at__lt=span.as_of).current()
    free = SearchDoc.objects.filter(~Exists(held), added_at__lt=span.as_of)
    lines: QuerySet[Any, Any] = (
        free.order_by("added_at", "pk")
        .annotate(
            of=F("pk"), total=Value(0), part=Value("wait"), batch=Value(1), is_told=Value(False)
        )
        .values(
            "of", "paper__title", "paper__slug", "paper__authors", "venue", "year", "paper__note",
            "added_at", "paper__added_by__name", "total", "part", "batch", "is_told",
        )
    )  # fmt: skip
    # Either nobody reviewed it until today, or the latest review came after that time.
    never = lines.filter(reviewed_at=NEVER)[:COUNTED]
    later = lines.filter(~Exists(reviewed), reviewed_at__gte=span.as_of)[:COUNTED]
    return never, later


def _make_paper(row: dict[str, Any]) -> NewPaper:
    return NewPaper(
        title=to_letters(row["title"]),
        url=addresses.paper(row["of"], row["slug"]),
        authors=join_names(row["authors"]),
        imprint=join_imprint(row["venue"], row["year"]),
        note=row["note"],
        added_by=row["added_by__name"] or "",
        added_at=row["added_at"],
        number=row["batch"] if row["batch"] >= BATCH else 1,
    )


@prepared_for_span
def _find_reviews(span: Span) -> QuerySet[Any, Any]:
    known = access.reviews_known_to(span.viewer, span.lab).filter(within(span, "published_at"))
    is_readable = access.is_review_readable(span.viewer, span.lab)
    rows: QuerySet[Any, Any] = (
        known.annotate(
            is_readable=is_readable, total=_count_all(), critique_start=Left("critique_html", START)
        )
        .order_by("published_at", "pk")
        .values(
            "pk", "paper", "paper__title", "paper__slug", "member__name", "takeaway", "verdict",
            "is_readable", "total", "critique_start", *(f"{one.key}_words" for one in SECTIONS),
        )[: MOST["reviews"]]
    )  # fmt: skip
    return rows


def _read_reviews(span: Span) -> Part[NewReview]:
    rows = _find_reviews(span)
    items = [
        NewReview(
            url=f"{addresses.paper(row['paper'], row['paper__slug'])}#review-{row['pk']}",
            title=to_letters(row["paper__title"]),
            paper_url=addresses.paper(row["paper"], row["paper__slug"]),
            reviewer=row["member__name"],
            takeaway=row["takeaway"] if row["is_readable"] else "",
            verdict=row["verdict"] if row["is_readable"] else "",
            is_readable=row["is_readable"],
            id=row["pk"],
            critique=cut_excerpt(row["critique_start"]) if row["is_readable"] else "",
            words=[row[f"{one.key}_words"] for one in SECTIONS] if row["is_readable"] else (),
        )
        for row in rows
    ]
    return _part(items, rows)


def cut_excerpt(html: str) -> str:
    """The beginning of a text as plain words, cut between two."""
    whole = html if len(html) < START else html[: html.rfind("<")]
    return Truncator(" ".join(plain(whole).split())).chars(EXCERPT, truncate="…")


def _read_experiments(span: Span) -> tuple[Part[ExperimentNews], Part[ExperimentNews]]:
    """Those that were closed in the week, and those that were proposed or began to run."""
    rows = _find_experiments(span)
    over = [row for row in rows if row["closed_at"] and span.start <= row["closed_at"] < span.end]
    begun = [row for row in rows if row not in over]
    total, closed = (rows[0]["total"], rows[0]["closed"]) if rows else (0, 0)
    most = MOST["experiments"]
    finished = Part([_make_experiment(row, row["state"]) for row in over[:most]], closed)
    words = [(row, "running" if row["began"] else "idea") for row in begun[:most]]
    return finished, Part([_make_experiment(row, word) for row, word in words], total - closed)


@prepared_for_span
def _find_experiments(span: Span) -> QuerySet[Any, Any]:
    began = Event.objects.filter(
        within(span, "at"), experiment=OuterRef("pk"), kind=Event.Kind.EXPERIMENT_MOVED,
        data__after=Experiment.State.RUNNING,
    )  # fmt: skip
    is_closed = within(span, "closed_at")
    return (
        access.experiments_visible_to(span.viewer, span.lab)
        .filter(pk__in=_list_moved(span))
        .annotate(
            total=_count_all(), closed=Window(Count("pk", filter=is_closed)), began=Exists(began)
        )
        .order_by("created_at", "pk")
        .values(
            "pk", "title", "state", "owner__name", "paper__title", "outcome", "closed_at",
            "began", "total", "closed",
        )[:MOST_EXPERIMENTS_READ]
    )  # fmt: skip


def _list_moved(span: Span) -> QuerySet[Any, Any]:
    """Keys of experiments that were closed, proposed or begun in the week: each by an index."""
    keys = Experiment.objects.order_by().values_list("pk")
    began = Event.objects.filter(
        within(span, "at"), kind=Event.Kind.EXPERIMENT_MOVED,
        data__after=Experiment.State.RUNNING,
    ).order_by()  # fmt: skip
    return keys.filter(within(span, "closed_at")).union(
        keys.filter(within(span, "created_at")), began.values_list("experiment")
    )


def _make_experiment(row: dict[str, Any], state: str) -> ExperimentNews:
    return ExperimentNews(
        title=row["title"],
        url=addresses.experiment(row["pk"]),
        state=state,
        owner=row["owner__name"] or "",
        paper=to_letters(row["paper__title"] or ""),
        outcome=row["outcome"],
        id=row["pk"],
    )


def _read_talks(span: Span) -> Part[Talk]:
    """Discussions of the week, the liveliest first."""
    rows = _find_talks(span)
    return Part([_make_talk(row) for row in rows[: MOST["talks"]]], len(rows))


@prepared_for_span
def _find_talks(span: Span) -> QuerySet[Any, Any]:
    return (
        access.comments_visible_to(span.viewer, span.lab)
        .current()
        .filter(within(span, "created_at"))
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
    title, pk = row["experiment__title"], row["experiment"]
    return Talk(title, url, "", comments, people, experiment_id=pk)


def _read_claims(span: Span) -> Part[DueClaim]:
    """Leases that had ended or were about to, the most overdue first."""
    rows = _find_claims(span)
    items = [
        DueClaim(
            title=to_letters(row["paper__title"]),
            url=addresses.paper(row["paper"], row["paper__slug"]),
            member=row["member__name"],
            due_on=row["due_on"],
            is_overdue=row["due_on"] < span.today,
        )
        for row in rows
    ]
    return _part(items, rows)


@prepared_for_span
def _find_claims(span: Span) -> QuerySet[Any, Any]:
    return (
        access.claims_visible_to(span.viewer)
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gte=span.as_of))
        .filter(due_on__lte=span.horizon, claimed_at__lt=span.as_of)
        .annotate(total=_count_all())
        .order_by("due_on", "pk")
        .values("paper", "paper__title", "paper__slug", "member__name", "due_on", "total")[
            : MOST["claims"]
        ]
    )
