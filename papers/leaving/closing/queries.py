"""What a member who closes the account leaves behind, and what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from papers import access
from papers.accounts.queries import is_last_administrator, is_last_curator
from papers.leaving.queries import Duties, list_duties
from papers.models import Comment, Experiment, Lab, Member, Review

FORMER = "former-member-"
"""Begins the handles of those whose name was replaced."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """The page's numbers, and whether the lab could not do without this member."""

    reviews: int
    comments: int
    experiments: int
    duties: Duties
    is_last_administrator: bool
    is_last_curator: bool


def describe_farewell(member: Member, lab: Lab, at: datetime) -> Farewell:
    """All of it; a constant number of queries."""
    return Farewell(
        reviews=Review.objects.current().filter(member=member).count(),
        comments=Comment.objects.filter(author=member, deleted_at=None).count(),
        experiments=Experiment.objects.filter(proposed_by=member).count(),
        duties=list_duties(member, member, lab, at),
        is_last_administrator=is_last_administrator(member),
        is_last_curator=is_last_curator(member),
    )


def list_curators(*, but: Member) -> list[Member]:
    """Whom to tell."""
    return [one for one in Member.objects.active().exclude(pk=but.pk) if one.is_curator]


def find_former_number() -> int:
    """The number behind the last member whose name was replaced."""
    handles = Member.objects.filter(handle__startswith=FORMER).values_list("handle", flat=True)
    numbers = [handle.removeprefix(FORMER) for handle in handles]
    return max((int(one) for one in numbers if one.isascii() and one.isdigit()), default=0) + 1


def has_right_handle(member: Member, typed: str) -> bool:
    """Whether somebody typed the handle of their own account, with @ or without."""
    return access.get_member(member) is not None and (
        typed.strip().removeprefix("@").casefold() == member.handle.casefold()
    )
