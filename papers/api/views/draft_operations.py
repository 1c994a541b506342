"""One's own drafts, and publishing them."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Status

from papers import access
from papers.api import queries, schemas
from papers.api.door.views import Caller
from papers.api.views.api import (
    DRAFT,
    PUBLISH,
    REFUSALS,
    api,
    check,
    find_paper,
    get_caller,
    require_reviewer,
)
from papers.models import ApiToken, Paper, Review
from papers.reviews.actions.publishing import publish_review
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.author_state import read_author_state, read_content
from papers.reviews.forms import ReviewForm


@api.get(
    "/drafts", auth=DRAFT, response={200: list[schemas.Draft], **REFUSALS},
    operation_id="list_drafts", summary="List my drafts",
)  # fmt: skip
def list_drafts(request: HttpRequest) -> list[queries.Values]:
    """Drafts that are being written; nobody else sees them."""
    member, _lab = get_caller(request)
    drafts = access.drafts_of(member).filter(discarded_at__isnull=True).order_by("-saved_at")
    reviews = Review.objects.current().filter(member=member).in_bulk(field_name="pk")
    by_paper = {review.paper_id: review for review in reviews.values()}
    return [queries.describe_draft(one, by_paper.get(one.paper_id)) for one in drafts]


@api.get(
    "/papers/{key:pk}/draft", auth=DRAFT, response={200: schemas.Draft, **REFUSALS},
    operation_id="get_draft", summary="Read my draft",
)  # fmt: skip
def get_draft(request: HttpRequest, pk: schemas.Key) -> queries.Values:
    """Without a draft: your published review, with which the next one begins, and its stamp
    (`version` with `.0`). 404 when there is neither; the first draft has the stamp `0.0`."""
    paper, (member, _lab) = find_paper(request, pk), get_caller(request)
    draft = access.drafts_of(member).filter(paper=paper, discarded_at__isnull=True).first()
    if draft is not None:
        return queries.describe_draft(draft, None)
    review = Review.objects.current().filter(paper=paper, member=member).first()
    if review is None:
        raise Http404
    return queries.describe_next_draft(review)


@api.put(
    "/papers/{key:pk}/draft", auth=DRAFT, response={200: schemas.Draft, 204: None, **REFUSALS},
    operation_id="save_draft", summary="Save my draft",
)  # fmt: skip
def put_draft(
    request: HttpRequest, pk: schemas.Key, data: schemas.DraftToSave
) -> Status[queries.Values] | Status[None]:
    """Fields that you leave out keep what the draft holds (without a draft: the published review);
    an empty text empties a field. 409 when the draft was saved elsewhere since; 204 when the text
    is the published one and needs no draft. Follow-ups for the board stay as they are."""
    member, _lab = get_caller(request)
    require_reviewer(member)
    paper = find_paper(request, pk)
    form = _make_form(request, paper, data)
    draft = save_draft(
        paper=paper, by=member, at=timezone.now(), content=form.get_content(),
        stamp=form.get_stamp(), writer=form.get_writer(),
    )  # fmt: skip
    return Status(200, queries.describe_draft(draft, None)) if draft else Status(204, None)


@api.post(
    "/papers/{key:pk}/review", auth=PUBLISH, response={201: schemas.Review, **REFUSALS},
    operation_id="publish_review", summary="Publish my review",
)  # fmt: skip
def publish(
    request: HttpRequest, pk: schemas.Key, data: schemas.DraftToSave
) -> Status[queries.Values]:
    """Publishes the draft with these texts; fields that you leave out keep what the draft holds
    (without the scope `draft`: the published review). The open claim ends, an earlier version is
    kept."""
    member, _lab = get_caller(request)
    require_reviewer(member)
    paper = find_paper(request, pk)
    form = _make_form(request, paper, data)
    review = publish_review(
        paper=paper, by=member, at=timezone.now(), content=form.get_content(),
        stamp=form.get_stamp(), writer=form.get_writer(),
    )  # fmt: skip
    review.member = member
    return Status(201, queries.describe_review(review))


def _make_form(request: HttpRequest, paper: Paper, data: schemas.DraftToSave) -> ReviewForm:
    """The editor's form: what it shows now, with the fields that were sent. To a token that may
    not read drafts it shows the published texts."""
    caller: Caller = request.caller  # type: ignore[attr-defined]
    found = read_author_state(paper, caller.member)
    shown = found.content
    if ApiToken.Scope.DRAFT not in caller.token.scopes:
        shown = replace(read_content(found.published), items=shown.items)
    form = ReviewForm(shown.as_form() | data.dict(exclude_unset=True))
    check(form)
    return form
