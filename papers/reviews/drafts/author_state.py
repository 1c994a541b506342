"""What a member has on a paper (draft, review), locked and read before every write of it.

Each action locks the author's row first, so that what one member does at the same time from two
tabs or devices happens one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, Max, Model, QuerySet
from django.db.models.functions import JSONArray

from papers.caching.prepared import PreparedRead, number
from papers.models import (
    Claim,
    GuidingQuestion,
    Handover,
    Member,
    Paper,
    Review,
    ReviewDraft,
    ReviewRevision,
)
from papers.reviews.drafts.content import ReviewContent, Stamp

UNDO_DAYS = 30
"""Days for which a deleted review or a discarded draft can be restored."""


@dataclass(eq=False)
class StaleDraft(Exception):
    """Somebody (the author, in another tab or device) saved since this text was opened."""

    theirs: ReviewContent
    stamp: Stamp


class TooLate(Exception):
    """More than UNDO_DAYS days have passed."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A page that saves: a random token and its count of saves, which only grows.

    A page whose acknowledgement got lost sends the same stamp again with more text. It is known by
    its token, so its own earlier save does not count as somebody else's; the count keeps a request
    that was held up on the way from overwriting a later one.
    """

    token: str = ""
    turn: int = 0


ANONYMOUS = Writer()
"""A page without a token: a form sent without JavaScript."""


@dataclass(frozen=True, slots=True)
class AuthorState:
    """What stands of a member's text on a paper (a deleted review too), and what its publication
    touches besides: the guiding questions, whose drafts she went on with, whether she holds a
    claim.
    """

    draft: ReviewDraft | None
    review: Review | None
    guidance: dict[str, list[str]]
    givers: list[int]
    is_claimed: bool

    @property
    def published(self) -> Review | None:
        """The review that others see."""
        return self.review if self.review and self.review.deleted_at is None else None

    @property
    def content(self) -> ReviewContent:
        """What the editor shows."""
        return read_content(self.draft or self.published)


def lock_author(member: Member) -> None:
    if not _get_lock_read().run(member.pk):
        raise Member.DoesNotExist


@cache
def _get_lock_read() -> PreparedRead:
    rows = Member.objects.select_for_update(no_key=True).filter(pk=number(0)).order_by()
    return PreparedRead(lambda: rows.values_list("pk"))


def read_author_state(paper: Paper, by: Member) -> AuthorState:
    """All of it in one statement."""
    drafts, reviews, questions, givers, is_claimed = _get_state_read().run(by.pk, paper.pk)[0]
    return AuthorState(
        draft=_unpack(ReviewDraft, drafts[0]) if drafts else None,
        review=_unpack(Review, reviews[0]) if reviews else None,
        guidance=_group(questions),
        givers=givers,
        is_claimed=is_claimed,
    )


@cache
def _get_state_read() -> PreparedRead:
    mine: dict[str, Any] = {"member": number(0), "paper": number(1)}
    givers = Handover.objects.taken().filter(taker=number(0), paper=number(1)).order_by()
    columns = (
        _pack(ReviewDraft.objects.current().filter(**mine)),
        _pack(Review.objects.main().filter(**mine)),
        ArraySubquery(GuidingQuestion.objects.values_list(JSONArray("section", "text"))),
        ArraySubquery(givers.values("giver")),
        Exists(Claim.objects.open().filter(**mine)),
    )
    # The member's row is there, and locked.
    return PreparedRead(
        lambda: Member.objects.filter(pk=number(0)).order_by().values_list(*columns)
    )


def _pack(rows: QuerySet[Any]) -> ArraySubquery:
    """Whole rows as one value of another statement."""
    names = [field.attname for field in rows.model._meta.concrete_fields]
    return ArraySubquery(rows.values_list(JSONArray(*names)))


def _unpack[Row: Model](model: type[Row], values: Sequence[Any]) -> Row:
    """A row that `_pack` packed."""
    fields = model._meta.concrete_fields
    read = [field.to_python(value) for field, value in zip(fields, values, strict=True)]
    return model.from_db(connection.alias, [field.attname for field in fields], read)


def refuse_stale(
    draft: ReviewDraft | None, review: Review | None, stamp: Stamp, writer: Writer
) -> None:
    """Raise StaleDraft when somebody saved since this text was opened."""
    if stamp != get_stamp(draft, review) and not _continues(draft, writer):
        raise StaleDraft(read_content(draft or review), get_stamp(draft, review))


def _continues(draft: ReviewDraft | None, writer: Writer) -> bool:
    return bool(
        draft and writer.token and draft.writer == writer.token and writer.turn > draft.turn
    )


def read_content(row: ReviewDraft | Review | None) -> ReviewContent:
    return ReviewContent.read(row) if row else ReviewContent()


def write_content(row: ReviewDraft | Review | ReviewRevision, content: ReviewContent) -> None:
    for name, value in content.as_dict().items():
        if name != "items" or isinstance(row, ReviewDraft):
            setattr(row, name, value)


def get_last_version(paper_id: int, member: Member) -> int:
    """The highest version of any draft, discarded ones too, so that no stamp is used twice."""
    rows = ReviewDraft.objects.filter(paper=paper_id, member=member)
    return rows.aggregate(last=Max("version"))["last"] or 0


def get_stamp(draft: ReviewDraft | None, review: Review | None) -> Stamp:
    """The stamp that a form on the newest text carries."""
    if draft:
        return Stamp(draft.base_number, draft.version)
    return Stamp(review.number if review else 0, 0)


def get_guidance() -> dict[str, list[str]]:
    """The lab's guiding questions by section, as they read today."""
    return _group(GuidingQuestion.objects.values_list("section", "text"))


def _group(questions: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    guidance: dict[str, list[str]] = {}
    for section, text in questions:
        guidance.setdefault(section, []).append(text)
    return guidance
