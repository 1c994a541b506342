"""Papers, and what is done with one: claims, votes, comments, experiments."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Status

from papers import access
from papers.api import queries, schemas
from papers.api.views.api import (
    READ,
    REFUSALS,
    WRITE,
    api,
    check,
    find_paper,
    get_caller,
    require_reviewer,
)
from papers.catalogue.actions.papers import add_paper
from papers.catalogue.forms import PaperForm
from papers.claims.actions.claims import claim_paper, release_claim
from papers.discussion.actions import add_comment
from papers.discussion.forms import CommentForm
from papers.experiments.actions import propose_experiments
from papers.experiments.forms import IdeaForm
from papers.meetings.agenda.actions.ballots import unvote_paper, vote_for_paper
from papers.models import Claim
from papers.search.queries import find_papers


@api.get(
    "/papers", auth=READ, response={200: schemas.PaperPage, **REFUSALS}, operation_id="list_papers",
    summary="Search papers, or list the newest",
)  # fmt: skip
def list_papers(
    request: HttpRequest,
    q: Annotated[str, Field(max_length=1000, description="As in the search box.")] = "",
    after: Annotated[str, Field(max_length=100)] = "",
    limit: Annotated[int, Field(ge=1, le=queries.MOST)] = queries.PAGE,
) -> queries.Values:
    """One page of papers; the search language is that of the pages."""
    member, lab = get_caller(request)
    today = timezone.localdate(timezone=lab.zone)
    found = find_papers(q, by=member, lab=lab, today=today, after=after, limit=limit)
    again = {"q": q, "limit": limit, "after": found.after}
    return {
        "items": queries.describe_papers(found.paper_ids, member, lab),
        "count": found.count.number,
        "is_counted_whole": not found.count.is_capped,
        "next": f"{request.path}?{urlencode(again)}" if found.after else None,
    }


@api.post(
    "/papers", auth=WRITE, response={201: schemas.Paper, **REFUSALS}, operation_id="add_paper",
    summary="Add a paper",
)  # fmt: skip
def create_paper(request: HttpRequest, data: schemas.NewPaper) -> Status[queries.Values]:
    """409 when the work is here already, or one with nearly its title (`although_alike`)."""
    member, lab = get_caller(request)
    require_reviewer(member)
    form = PaperForm(
        data.dict() | {"authors": "\n".join(data.authors), "names": "\n".join(data.names)}
    )
    check(form)
    paper = add_paper(
        facts=form.get_facts(), by=member, at=timezone.now(), although_alike=data.although_alike
    )
    return Status(201, queries.describe_papers([paper.pk], member, lab)[0])


@api.get(
    "/papers/{key:pk}", auth=READ, response={200: schemas.Paper, **REFUSALS},
    operation_id="get_paper", summary="Read one paper",
)  # fmt: skip
def get_paper(request: HttpRequest, pk: schemas.Key) -> queries.Values:
    """A paper by its key."""
    paper = find_paper(request, pk)
    return queries.describe_papers([paper.pk], *get_caller(request))[0]


@api.get(
    "/papers/{key:pk}/reviews", auth=READ, response={200: list[schemas.Review], **REFUSALS},
    operation_id="list_paper_reviews", summary="Read a paper's reviews",
)  # fmt: skip
def list_paper_reviews(request: HttpRequest, pk: schemas.Key) -> list[queries.Values]:
    """Those that the caller may read."""
    paper = find_paper(request, pk)
    reviews = access.reviews_visible_to(*get_caller(request)).filter(paper=paper)
    rows = reviews.select_related("member").order_by("published_at", "pk")
    return queries.describe_all(rows, queries.describe_review)


@api.post(
    "/papers/{key:pk}/claim", auth=WRITE, response={200: schemas.Claim, **REFUSALS},
    operation_id="claim_paper", summary="Claim a paper",
)  # fmt: skip
def claim(request: HttpRequest, pk: schemas.Key) -> queries.Values:
    """Claiming twice gives the same claim; 409 when no slot is left."""
    member, _lab = get_caller(request)
    require_reviewer(member)
    made = claim_paper(paper=find_paper(request, pk), by=member, at=timezone.now())
    return queries.describe_claim(made, member.handle)


@api.api_operation(
    ["DELETE"],
    "/papers/{key:pk}/claim", auth=WRITE, response={204: None, **REFUSALS},
    operation_id="release_claim", summary="Give a paper back",
)  # fmt: skip
def release(request: HttpRequest, pk: schemas.Key) -> Status[None]:
    """A draft stays with its author."""
    member, _lab = get_caller(request)
    require_reviewer(member)
    open_claims = access.claims_changeable_by(member).open()
    own: Claim | None = open_claims.filter(paper=find_paper(request, pk), member=member).first()
    if own is None:
        raise Http404
    release_claim(claim=own, by=member, at=timezone.now())
    return Status(204, None)


@api.put(
    "/papers/{key:pk}/vote", auth=WRITE, response={204: None, **REFUSALS},
    operation_id="vote_for_paper", summary="Vote to discuss a paper",
)  # fmt: skip
def vote(request: HttpRequest, pk: schemas.Key) -> Status[None]:
    """Nominates the paper where nobody has."""
    member, _lab = get_caller(request)
    require_reviewer(member)
    vote_for_paper(paper=find_paper(request, pk), by=member, at=timezone.now())
    return Status(204, None)


@api.api_operation(
    ["DELETE"],
    "/papers/{key:pk}/vote", auth=WRITE, response={204: None, **REFUSALS},
    operation_id="withdraw_vote", summary="Withdraw my vote",
)  # fmt: skip
def withdraw_vote(request: HttpRequest, pk: schemas.Key) -> Status[None]:
    """Nothing happens where there is no vote."""
    member, _lab = get_caller(request)
    require_reviewer(member)
    unvote_paper(paper=find_paper(request, pk), by=member, at=timezone.now())
    return Status(204, None)


@api.get(
    "/papers/{key:pk}/comments", auth=READ, response={200: list[schemas.Comment], **REFUSALS},
    operation_id="list_comments", summary="Read a paper's discussion",
)  # fmt: skip
def list_comments(request: HttpRequest, pk: schemas.Key) -> list[queries.Values]:
    """Threads and replies by age; deleted ones are left out."""
    paper = find_paper(request, pk)
    comments = access.comments_visible_to(*get_caller(request)).current().filter(paper=paper)
    rows = comments.select_related("author").order_by("created_at", "pk")
    return queries.describe_all(rows, queries.describe_comment)


@api.post(
    "/papers/{key:pk}/comments", auth=WRITE, response={201: schemas.Comment, **REFUSALS},
    operation_id="add_comment", summary="Comment on a paper",
)  # fmt: skip
def create_comment(
    request: HttpRequest, pk: schemas.Key, data: schemas.NewComment
) -> Status[queries.Values]:
    """A remark, or a reply to one of the paper's discussion."""
    member, lab = get_caller(request)
    if not access.can_comment(member):
        require_reviewer(member)
    paper = find_paper(request, pk)
    form = CommentForm({"body": data.body})
    check(form)
    parent = None
    if data.parent is not None:
        visible = access.comments_visible_to(member, lab)
        parent = visible.filter(paper=paper, pk=data.parent).select_related("parent").first()
        if parent is None:
            raise Http404
    body, at = form.cleaned_data["body"], timezone.now()
    made = add_comment(subject=paper, body=body, by=member, at=at, parent=parent)
    return Status(201, queries.describe_comment(made))


@api.post(
    "/papers/{key:pk}/experiments", auth=WRITE, response={201: schemas.Experiment, **REFUSALS},
    operation_id="propose_experiment", summary="Propose a follow-up experiment",
)  # fmt: skip
def create_experiment(
    request: HttpRequest, pk: schemas.Key, data: schemas.NewExperiment
) -> Status[queries.Values]:
    """Puts an idea on the board."""
    member, _lab = get_caller(request)
    require_reviewer(member)
    paper = find_paper(request, pk)
    form = IdeaForm(data.dict())
    check(form)
    ideas = [form.get_idea()]
    made = propose_experiments(ideas=ideas, by=member, at=timezone.now(), paper=paper)
    return Status(201, queries.describe_experiment(made[0]))
