"""What a document's people said beside their reviews: comments, and the importer's own notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from papers.bulk_copy import any_of
from papers.importing.reading.drafts.understood import PaperDraft, SaidDraft
from papers.models import Comment, Member, Paper, ReviewDraft
from papers.text.markdown import RENDERER_VERSION, render

BATCH = 500


class Said(NamedTuple):
    """What was said, of which paper."""

    paper: Paper
    what: SaidDraft


def list_said(drafts: Iterable[PaperDraft], papers: Mapping[str, Paper], kind: str) -> list[Said]:
    """What the drafts hold of one kind, in their order."""
    return [
        Said(papers[draft.key], one) for draft in drafts for one in draft.said if one.kind == kind
    ]


def find_credit(draft: PaperDraft) -> SaidDraft | None:
    """Whose the review is and since when, where the document says so."""
    return next((one for one in draft.said if one.kind == "review"), None)


def read_time(at: str, otherwise: datetime) -> datetime:
    """A time as ISO 8601 writes it; never later than the import."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return otherwise
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return min(found, otherwise)


def write_comments(
    said: Iterable[Said], members: Mapping[str, Member], *, by: Member, at: datetime
) -> list[Comment]:
    """Comments on papers with their own dates; those that are there already are not made twice."""
    rows = [
        Comment(
            paper=one.paper,
            author=members.get(one.what.member.casefold(), by),
            body=one.what.text,
            body_html=render(one.what.text),
            renderer=RENDERER_VERSION,
            created_at=read_time(one.what.at, at),
        )
        for one in said
    ]
    papers = any_of([row.paper_id or 0 for row in rows], "bigint")
    known = set(Comment.objects.filter(paper__in=papers).values_list("paper", "author", "body"))
    new = {(r.paper_id, r.author_id, r.body): r for r in rows}
    return Comment.objects.bulk_create([row for key, row in new.items() if key not in known], BATCH)


def write_notes(said: Iterable[Said], *, by: Member, at: datetime) -> list[ReviewDraft]:
    """Notes as drafts of whoever imports, where there is neither a draft nor a review of theirs."""
    texts: dict[int, list[str]] = {}
    for one in said:
        texts.setdefault(one.paper.pk, []).append(one.what.text)
    papers = any_of(list(texts), "bigint")
    written = by.reviews.filter(paper__in=papers).values_list("paper", flat=True)
    begun = by.drafts.filter(discarded_at=None, paper__in=papers).values_list("paper", flat=True)
    taken = {*written, *begun}
    return ReviewDraft.objects.bulk_create(
        [
            ReviewDraft(
                paper_id=paper,
                member=by,
                summary="\n\n".join(dict.fromkeys(parts)),
                started_at=at,
                saved_at=at,
            )
            for paper, parts in texts.items()
            if paper not in taken
        ],
        BATCH,
    )


def remove_said(comments: list[int], drafts: list[int]) -> None:
    """Take back what nobody has answered, edited or gone on with."""
    rows = Comment.objects.filter(pk__in=any_of(comments, "bigint"), number=1, replies=None)
    rows.delete()
    ReviewDraft.objects.filter(pk__in=any_of(drafts, "bigint"), version=1).delete()
