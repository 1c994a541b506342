"""What members want to discuss, and the weekly digest."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path

from papers.api import news_schemas as schemas
from papers.api import queries
from papers.api.schemas import Page
from papers.api.views.api import READ, REFUSALS, api, get_caller
from papers.api.views.list_operations import After, Limit, make_page
from papers.digest.queries.issues import get_issue
from papers.meetings.agenda.queries.ballots import list_ballots
from papers.models import DigestIssue
from papers.text import addresses
from papers.text.weeks import NoSuchWeek, Week


@api.get(
    "/votes", auth=READ, response={200: list[schemas.Ballot], **REFUSALS},
    operation_id="list_votes", summary="List nominated papers",
)  # fmt: skip
def list_votes(request: HttpRequest) -> list[queries.Values]:
    """Papers that members want to discuss, the most wanted first."""
    ballots = list_ballots(*get_caller(request))
    return [asdict(one) | {"mine": one.voted} for one in ballots]


@api.get(
    "/digests", auth=READ, response={200: Page[schemas.Issue], **REFUSALS},
    operation_id="list_digests", summary="List published digests",
)  # fmt: skip
def list_digests(
    request: HttpRequest, after: After = 0, limit: Limit = queries.PAGE
) -> queries.Values:
    """Issues of the weekly digest."""
    issues = DigestIssue.objects.exclude(closed_at=None)
    return make_page(request, issues, _describe_row, after, limit)


@api.get(
    "/digests/{str:week}", auth=READ, response={200: schemas.WholeIssue, **REFUSALS},
    operation_id="get_digest", summary="Read a digest",
)  # fmt: skip
def get_digest(
    request: HttpRequest,
    week: Annotated[str, Path(pattern=schemas.WEEK, description="As in 2026-W47.")],
) -> queries.Values:
    """A week, published or still running, as the caller may see it."""
    try:
        asked = Week.parse(week)
    except NoSuchWeek as problem:
        raise Http404 from problem
    member, lab = get_caller(request)
    now = timezone.now()
    if asked > Week.of(timezone.localdate(now, lab.zone)):
        raise Http404
    return _describe(asked, get_issue(asked, member, lab, now))


def _describe_row(row: DigestIssue) -> queries.Values:
    week = str(Week(row.year, row.week))
    return {"id": row.pk, "week": week, "url": row.get_absolute_url(), "closed_at": row.closed_at}


def _describe(week: Week, issue: Any) -> queries.Values:
    digest = issue.digest
    parts = ("papers", "reviews", "started", "finished")
    return {
        "week": str(week), "url": addresses.digest(week), "closed_at": issue.closed_at,
        "note": issue.note, "lead": digest.lead,
        "met": [_describe_meeting(one) for one in digest.met],
        "next_meeting": digest.next_meeting and _describe_meeting(digest.next_meeting),
        **{name: [asdict(one) for one in getattr(digest, name).items] for name in parts},
    }  # fmt: skip


def _describe_meeting(meeting: Any) -> queries.Values:
    names = ("day", "title", "url", "starts_at")
    return {name: getattr(meeting, name) for name in names}
