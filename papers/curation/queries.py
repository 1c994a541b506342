"""Reads of the curator's desk: members and guiding questions."""

from __future__ import annotations

from django.db.models import Count

from papers import access
from papers.models import GuidingQuestion, Member
from papers.models.member import MemberQuerySet
from papers.people import with_claim_counts
from papers.text.sections import PARTS


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
