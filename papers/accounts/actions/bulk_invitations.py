"""Inviting many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from papers.accounts.actions.invitations import AlreadyMember, invite_member
from papers.accounts.pasted_people import Person
from papers.models import Member


@dataclass(frozen=True, slots=True)
class Invited:
    """How many emails went out; who has an account; whose email was held back, with the link."""

    sent: int
    known: list[Member]
    held_back: list[str]


def invite_people(
    *, people: Iterable[Person], role: str, open_for: timedelta, by: Member, at: datetime
) -> Invited:
    """Invite each by email; all or, should one fail, none. Those with an account are left out.

    Doing it twice sends nobody two links that work: the newer one replaces the other.
    """
    sent, known, held_back = 0, [], []
    with transaction.atomic():
        for person in people:
            try:
                issued = invite_member(
                    email=person.email, name=person.name, role=role, by=by, at=at,
                    open_for=open_for,
                )  # fmt: skip
            except AlreadyMember as refusal:
                known.append(refusal.member)
            else:
                sent += not issued.is_held_back
                held_back += [person.email] if issued.is_held_back else []
    return Invited(sent, known, held_back)
