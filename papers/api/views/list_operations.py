"""Topics, members, claims, reviews, experiments and meetings, by key; and who asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field

from papers import access
from papers.api import queries, schemas
from papers.api.door.views import Caller
from papers.api.views.api import READ, REFUSALS, api, get_caller

After = Annotated[
    int, Field(ge=0, le=schemas.LARGEST, description="The key of the last row that you have.")
]
Limit = Annotated[int, Field(ge=1, le=queries.MOST)]


@api.get("/me", auth=READ, response={200: schemas.Me, **REFUSALS}, operation_id="get_me",
         summary="Whose token this is")  # fmt: skip
def get_me(request: HttpRequest) -> queries.Values:
    """The member, and what the token is good for."""
    caller: Caller = request.caller  # type: ignore[attr-defined]
    token = {"scopes": caller.token.scopes, "expires_at": caller.token.expires_at}
    return queries.describe_member(caller.member) | token


@api.get("/topics", auth=READ, response={200: schemas.Page[schemas.Topic], **REFUSALS},
         operation_id="list_topics", summary="List topics")  # fmt: skip
def list_topics(
    request: HttpRequest, after: After = 0, limit: Limit = queries.PAGE
) -> queries.Values:
    """All topics of the tree; their papers are found by `GET /papers?q=topic:PATH`."""
    topics = access.topics_visible_to(*get_caller(request))
    return make_page(request, topics, queries.describe_topic, after, limit)


@api.get("/members", auth=READ, response={200: schemas.Page[schemas.Member], **REFUSALS},
         operation_id="list_members", summary="List members")  # fmt: skip
def list_members(
    request: HttpRequest, after: After = 0, limit: Limit = queries.PAGE
) -> queries.Values:
    """Members, alumni, and names from lists."""
    members = access.members_visible_to(get_caller(request)[0])
    return make_page(request, members, queries.describe_member, after, limit)


@api.get("/claims", auth=READ, response={200: schemas.Page[schemas.Claim], **REFUSALS},
         operation_id="list_claims", summary="List open claims")  # fmt: skip
def list_claims(
    request: HttpRequest, mine: bool = False, after: After = 0, limit: Limit = queries.PAGE
) -> queries.Values:
    """Who reads what; `mine=true` for one's own."""
    member, _lab = get_caller(request)
    claims = access.claims_visible_to(member).open().select_related("member")
    if mine:
        claims = claims.filter(member=member)
    return make_page(request, claims, queries.describe_claim, after, limit)


@api.get("/reviews", auth=READ, response={200: schemas.Page[schemas.Review], **REFUSALS},
         operation_id="list_reviews", summary="List published reviews")  # fmt: skip
def list_reviews(
    request: HttpRequest,
    member: Annotated[str, Field(max_length=64, description="A handle.")] = "",
    after: After = 0,
    limit: Limit = queries.PAGE,
) -> queries.Values:
    """Those that the caller may read."""
    reviews = access.reviews_visible_to(*get_caller(request)).select_related("member")
    if member:
        reviews = reviews.filter(member__handle=member)
    return make_page(request, reviews, queries.describe_review, after, limit)


@api.get("/experiments", auth=READ, response={200: schemas.Page[schemas.Experiment], **REFUSALS},
         operation_id="list_experiments", summary="List experiments")  # fmt: skip
def list_experiments(
    request: HttpRequest,
    paper: schemas.Key = 0,
    after: After = 0,
    limit: Limit = queries.PAGE,
) -> queries.Values:
    """The board, from ideas to outcomes."""
    experiments = access.experiments_visible_to(*get_caller(request)).select_related("owner")
    if paper:
        experiments = experiments.filter(paper=paper)
    return make_page(request, experiments, queries.describe_experiment, after, limit)


@api.get("/meetings", auth=READ, response={200: schemas.Page[schemas.Meeting], **REFUSALS},
         operation_id="list_meetings", summary="List meetings")  # fmt: skip
def list_meetings(
    request: HttpRequest, after: After = 0, limit: Limit = queries.PAGE
) -> queries.Values:
    """Meetings with their agendas."""
    meetings = access.meetings_visible_to(get_caller(request)[0])
    rows = meetings.prefetch_related("items__presenter")
    return make_page(request, rows, queries.describe_meeting, after, limit)


def make_page(
    request: HttpRequest,
    rows: QuerySet[Any],
    describe: Callable[[Any], queries.Values],
    after: int,
    limit: int,
) -> dict[str, Sequence[queries.Values] | str | None]:
    """Rows by key with the path of the next page."""
    found, last = queries.get_page(rows, after, limit)
    again = request.GET.dict() | {"after": last}
    return {
        "items": queries.describe_all(found, describe),
        "next": f"{request.path}?{urlencode(again)}" if last else None,
    }
