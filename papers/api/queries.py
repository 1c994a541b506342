"""What the API shows: plain values of rows, always through `access`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from papers import access
from papers.models import (
    Claim,
    Comment,
    Experiment,
    File,
    Lab,
    Listing,
    Meeting,
    Member,
    Paper,
    Review,
    ReviewDraft,
    Topic,
)
from papers.reviews.drafts.author_state import get_stamp
from papers.reviews.drafts.content import Stamp
from papers.text.pictures import write_picture
from papers.text.sections import TEXT_KEYS

PAGE = 50
MOST = 200
"""Rows of one answer."""

type Values = dict[str, Any]


def get_page[Row: Model](rows: QuerySet[Row], after: int, limit: int) -> tuple[list[Row], int]:
    """Rows with keys above `after`, and the key to go on after (0: that was all)."""
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else 0


def describe_papers(keys: Sequence[int], viewer: access.Viewer, lab: Lab) -> list[Values]:
    """Papers by key, in this order, with identifiers, links, topics and readers; six queries."""
    papers = access.papers_visible_to(viewer, lab).in_bulk(list(keys))
    reviewers = _group(
        access.reviews_known_to(viewer, lab).filter(paper__in=papers), "paper_id", "member__handle"
    )
    claimants = _group(
        access.claims_visible_to(viewer).open().filter(paper__in=papers),
        "paper_id", "member__handle",
    )  # fmt: skip
    listings = Listing.objects.filter(
        paper__in=papers, topic__in=access.topics_visible_to(viewer, lab)
    )
    topics = _group(listings, "paper_id", "topic__path")
    around = Paper.objects.filter(pk__in=papers).prefetch_related("identifiers", "links")
    names = {paper.pk: paper for paper in around}
    return [
        _describe_paper(papers[key], names[key])
        | {
            "topics": topics.get(key, []),
            "reviewers": reviewers.get(key, []),
            "claimants": claimants.get(key, []),
        }
        for key in keys
        if key in papers
    ]


def _describe_paper(paper: Paper, names: Paper) -> Values:
    return {
        "id": paper.pk,
        "url": paper.get_absolute_url(),
        "title": paper.title,
        "authors": paper.authors,
        "abstract": paper.abstract,
        "venue": paper.venue,
        "year": paper.year,
        "note": paper.note,
        "added_at": paper.added_at,
        "identifiers": [{"kind": one.kind, "value": one.value} for one in names.identifiers.all()],
        "links": [{"kind": one.kind, "url": one.url} for one in names.links.all()],
    }


def _group(rows: QuerySet[Any], key: str, value: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for owner, one in rows.order_by("pk").values_list(key, value):
        found.setdefault(owner, []).append(one)
    return found


def describe_review(review: Review) -> Values:
    """A published review. Needs `member`."""
    return {
        "id": review.pk,
        "paper": review.paper_id,
        "member": review.member.handle,
        "verdict": review.verdict,
        "depth": review.depth,
        "version": review.number,
        "published_at": review.published_at,
        "changed_at": review.changed_at,
        **{key: getattr(review, key) for key in TEXT_KEYS},
    }


def describe_draft(draft: ReviewDraft, review: Review | None) -> Values:
    """One's own draft, with the stamp that the next save must name."""
    return _describe_texts(draft, get_stamp(draft, review), draft.saved_at)


def describe_next_draft(review: Review) -> Values:
    """What a draft begins with after publishing: the review, with the stamp of the first save."""
    return _describe_texts(review, get_stamp(None, review), review.changed_at)


def _describe_texts(row: ReviewDraft | Review, stamp: Stamp, saved_at: datetime) -> Values:
    return {
        "paper": row.paper_id,
        "stamp": str(stamp),
        "saved_at": saved_at,
        "verdict": row.verdict,
        "depth": row.depth,
        **{key: getattr(row, key) for key in TEXT_KEYS},
    }


def describe_topic(topic: Topic) -> Values:
    """A topic; `parent` is the path above, empty at the top."""
    return {
        "id": topic.pk,
        "name": topic.name,
        "path": topic.path,
        "parent": topic.path.rpartition("/")[0],
        "description": topic.description,
        "url": topic.get_absolute_url(),
    }


def describe_member(member: Member) -> Values:
    """A member as the others see her."""
    return {
        "id": member.pk,
        "handle": member.handle,
        "name": member.name,
        "role": member.role,
        "state": member.state,
        "url": member.get_absolute_url(),
    }


def describe_claim(claim: Claim, handle: str = "") -> Values:
    """An open claim. Needs `member` where no handle is given."""
    return {
        "id": claim.pk,
        "paper": claim.paper_id,
        "member": handle or claim.member.handle,
        "claimed_at": claim.claimed_at,
        "due_on": claim.due_on,
    }


def describe_comment(comment: Comment) -> Values:
    """A remark. Needs `author`."""
    return {
        "id": comment.pk,
        "parent": comment.parent_id,
        "author": comment.author.handle,
        "body": comment.body,
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
    }


def describe_experiment(experiment: Experiment) -> Values:
    """A follow-up experiment. Needs `owner`."""
    return {
        "id": experiment.pk,
        "paper": experiment.paper_id,
        "title": experiment.title,
        "hypothesis": experiment.hypothesis,
        "plan": experiment.plan,
        "cost": experiment.cost,
        "risk": experiment.risk,
        "state": experiment.state,
        "owner": experiment.owner.handle if experiment.owner else "",
        "outcome": experiment.outcome,
        "created_at": experiment.created_at,
    }


def describe_meeting(meeting: Meeting) -> Values:
    """A meeting. Needs `items` with `presenter`."""
    return {
        "id": meeting.pk,
        "day": meeting.day,
        "number": meeting.number,
        "starts_at": meeting.starts_at,
        "minutes": meeting.minutes,
        "title": meeting.title,
        "place": meeting.place,
        "held_at": meeting.held_at,
        "cancelled_at": meeting.cancelled_at,
        "record": meeting.record,
        "items": [
            {
                "id": item.pk,
                "paper": item.paper_id,
                "experiment": item.experiment_id,
                "title": item.title,
                "question": item.question_id,
                "presenter": item.presenter.handle if item.presenter else "",
                "minutes": item.minutes,
            }
            for item in meeting.items.all()
        ],
    }


def describe_file(file: File) -> Values:
    """A file; its content is behind `url`. Needs `by`."""
    is_picture = file.kind == File.Kind.PICTURE
    return {
        "key": file.key,
        "kind": file.kind,
        "media_type": file.media_type,
        "name": file.name,
        "alt": file.alt,
        "paper": file.paper_id,
        "by": file.by.handle,
        "made_at": file.made_at,
        "url": f"/api/v1/files/{file.key}",
        "text": write_picture(file.alt, file.get_absolute_url()) if is_picture else "",
    }


def describe_all(rows: Iterable[Any], describe: Any) -> list[Values]:
    """Each row by itself."""
    return [describe(row) for row in rows]
