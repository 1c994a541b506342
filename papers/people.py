"""Persons as pages show them: a circle with initials, and the name behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from papers import access
from papers.models import Claim, Member
from papers.models.claim import ClaimQuerySet
from papers.models.member import MemberQuerySet
from papers.text import addresses
from papers.text.writing import get_initials

AUTHORS_IN_A_ROW = 3
"""Longer lists of authors end in "and 9 more"."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in a circle: initials, and the name behind them."""

    id: int
    name: str
    handle: str
    initials: str
    is_me: bool = False
    is_alumni: bool = False
    has_page: bool = True

    @property
    def url(self) -> str:
        """The member's page; empty for visitors, who see no pages of people."""
        return addresses.member(self.handle) if self.has_page else ""


def make_person(member: Member, viewer: access.Viewer = None) -> Person:
    """The member as the circle beside a text shows her."""
    return Person(
        id=member.pk,
        name=str(member),
        handle=member.handle,
        initials=member.initials,
        is_me=getattr(viewer, "pk", None) == member.pk,
        is_alumni=member.state == Member.State.ALUMNI,
        has_page=viewer is None or access.get_member(viewer) is not None,
    )


def with_claim_counts(members: MemberQuerySet) -> Any:
    """Members with two numbers, which every page that counts claims shows.

    `claimed_count` are open leases, which count against the limit; `listed_count` are papers that
    stand on the reading list alone.
    """
    opened = Claim.objects.open()
    return members.annotate(
        claimed_count=_count_of_member(opened.leased()),
        listed_count=_count_of_member(opened.on_reading_lists()),
    )


def _count_of_member(claims: ClaimQuerySet) -> Coalesce:
    """One column for each number, so that no join multiplies another."""
    mine = claims.filter(member=OuterRef("pk")).order_by().values("member")
    counted = Subquery(mine.annotate(number=Count("pk")).values("number"))
    return Coalesce(counted, 0, output_field=IntegerField())


def join_names(names: Sequence[str], most: int = AUTHORS_IN_A_ROW) -> str:
    """`Ada, Ben and 9 more`; never "and 1 more", which would be longer than the name."""
    if len(names) <= most + 1:
        return ", ".join(names)
    more = len(names) - most
    text = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more)
    return text % {"names": ", ".join(names[:most]), "n": more}


class People:
    """Makes each person of a page once."""

    def __init__(self, viewer: access.Viewer) -> None:
        me = access.get_member(viewer)
        self.me = me.pk if me else None
        self.known: dict[int, Person] = {}

    def get(self, pk: int, name: str, handle: str, state: str) -> Person:
        """The person with these columns of a member."""
        person = self.known.get(pk)
        if person is None:
            person = self.known[pk] = Person(
                pk,
                name or handle,
                handle,
                get_initials(name or handle),
                pk == self.me,
                state == Member.State.ALUMNI,
            )
        return person
