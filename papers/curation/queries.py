"""Reads of the curator's desk: invitations, placeholders, members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from papers import access
from papers.models import Claim, GuidingQuestion, Invitation, Member, PaperPair, Review
from papers.models.member import MemberQuerySet
from papers.people import with_claim_counts
from papers.text import addresses
from papers.text.sections import PARTS


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that waits for a curator: what, how often, and where it is done."""

    text: str
    url: str


def list_chores(today: date) -> list[Chore]:
    """What needs a hand, the most urgent first; one query."""
    late = Claim.objects.open().filter(due_on__lt=today)
    pairs = PaperPair.objects.filter(answer="", suggested_at__isnull=False)
    counted = _tally("late", late).union(
        _tally("pairs", pairs), _tally("names", Member.objects.placeholders()), all=True
    )
    counts = dict(counted)
    overdue, suggested, waiting = (counts.get(one, 0) for one in ("late", "pairs", "names"))
    chores = [
        (overdue, ngettext("%(n)s claim is overdue", "%(n)s claims are overdue", overdue),
         f"{addresses.PAPERS}?q=is:overdue"),
        (suggested, ngettext("%(n)s suggested duplicate", "%(n)s suggested duplicates", suggested),
         reverse("duplicates")),
        (waiting, ngettext("%(n)s name from imports to invite",
                           "%(n)s names from imports to invite", waiting),
         reverse("curation-placeholders")),
    ]  # fmt: skip
    return [Chore(said % {"n": f"{n:,}"}, url) for n, said, url in chores if n]


def _tally(word: str, rows: Any) -> Any:
    """The word and how many rows there are."""
    return rows.order_by().values_list(Value(word)).annotate(n=Count("pk"))


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
