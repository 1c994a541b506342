"""Reads of invitations and placeholders, and of names from imports that may be those of people
who are invited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from papers.accounts.pasted_people import Person
from papers.models import Invitation, Member, Review
from papers.models.member import MemberQuerySet
from papers.people import with_claim_counts
from papers.text.one_line import fold_name

BREAKS = re.compile(r"[\W\d_]+")


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


def _count(rows: QuerySet[Review]) -> Coalesce:
    """How many of these rows each member has, as one column (no join multiplies another)."""
    of_member = rows.filter(member=OuterRef("pk")).order_by().values("member")
    return Coalesce(
        Subquery(of_member.annotate(number=Count("pk")).values("number")),
        0,
        output_field=IntegerField(),
    )


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody to invite, and a placeholder that may be theirs; `is_same` when the names agree."""

    email: str
    member: Member
    is_same: bool


def find_namesakes(people: Iterable[Person]) -> list[Namesake]:
    """Placeholders by the names and addresses of people without an account; two queries.

    Names agree that have the same words in any order, or a handle that stands before the @. They
    may be the same person where one has all words of the other: lists often say "Ana" alone.
    """
    people = list(people)
    emails = {person.email.lower() for person in people if person.email}
    accounts = Member.objects.annotate(low_email=Lower("email")).filter(low_email__in=emails)
    known = set(accounts.values_list("low_email", flat=True))
    waiting = [person for person in people if person.email.lower() not in known]
    placeholders = Member.objects.placeholders().only("pk", "handle", "name").order_by("name", "pk")
    found = [
        namesake
        for member in placeholders
        for person in waiting
        if (namesake := _compare(person, member))
    ]
    return sorted(found, key=lambda one: not one.is_same)


def _compare(person: Person, member: Member) -> Namesake | None:
    local = person.email.partition("@")[0].lower()
    theirs, ours = _list_words(person.name), _list_words(member.name)
    is_same = member.handle.lower() == local or sorted(theirs) == sorted(ours)
    all_theirs = {*theirs, *_list_words(local)}
    is_alike = set(ours) <= all_theirs or (bool(theirs) and set(theirs) <= set(ours))
    return Namesake(person.email, member, is_same) if ours and (is_same or is_alike) else None


def _list_words(name: str) -> list[str]:
    return [word for word in BREAKS.split(fold_name(name)) if word]
