"""Reads of the curator's desk: invitations, placeholders, members."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from papers import access
from papers.models import GuidingQuestion, Invitation, Member, Review
from papers.models.member import MemberQuerySet
from papers.people import with_claim_counts
from papers.text.sections import PARTS


def list_open_invitations(at: datetime) -> QuerySet[Invitation]:
    """Invitations that wait for their answer, and those that ran out, newest first.

    Only the newest of a person: earlier ones were replaced.
    """
    waiting = [Member.State.INVITED, Member.State.PLACEHOLDER]
    return (
        Invitation.objects.filter(accepted_at=None, revoked_at=None, member__state__in=waiting)
        .select_related("member", "invited_by")
        .order_by("-created_at", "-pk")
    )


def list_placeholders() -> MemberQuerySet:
    """Names met in imports, those with most work first, with `listed_count`, `review_count`."""
    rows = with_claim_counts(Member.objects.placeholders())
    rows = rows.annotate(review_count=_count(Review.objects.current()))
    ordered: MemberQuerySet = rows.order_by("-listed_count", "-review_count", "name", "pk")
    return ordered


def list_members(state: str) -> MemberQuerySet:
    """Everybody in this state by name, with `claimed_count` and `listed_count`."""
    rows = with_claim_counts(Member.objects.filter(state=state))
    ordered: MemberQuerySet = rows.order_by("name", "pk")
    return ordered


def count_states() -> dict[str, int]:
    """How many members stand in each state."""
    rows = Member.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)


def list_questions() -> dict[str, list[str]]:
    """The wording of each section's guiding questions, in order."""
    questions: dict[str, list[str]] = {one.key: [] for one in PARTS}
    for question in GuidingQuestion.objects.order_by("position", "pk"):
        questions[question.section].append(question.text)
    return questions


def get_editable_member(viewer: access.Viewer, handle: str) -> Member | None:
    """The member of this handle, if this viewer may change her."""
    return access.members_editable_by(viewer).filter(handle__iexact=handle).first()


def _count(rows: QuerySet[Review]) -> Coalesce:
    """How many of these rows each member has, as one column (no join multiplies another)."""
    of_member = rows.filter(member=OuterRef("pk")).order_by().values("member")
    return Coalesce(
        Subquery(of_member.annotate(number=Count("pk")).values("number")),
        0,
        output_field=IntegerField(),
    )
