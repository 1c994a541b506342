"""Inviting many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from papers.accounts.actions.invitations import (
    AlreadyMember,
    Issued,
    invite_member,
    invite_placeholder,
)
from papers.accounts.actions.members import EmailTaken
from papers.accounts.pasted_people import Person
from papers.models import Member


@dataclass(frozen=True, slots=True)
class Invited:
    """How many emails went out; who has an account; whose email was held back, with the link."""

    sent: int
    known: list[Member]
    held_back: list[str]


def invite_people(
    *,
    people: Iterable[Person],
    role: str,
    open_for: timedelta,
    by: Member,
    at: datetime,
    placeholders: Mapping[str, Member],
) -> Invited:
    """Invite each by email; all or, should one fail, none. Those with an account are left out.

    `placeholders`: who takes over which of them, by address; an address that got an account
    meanwhile is left out as well. Doing it twice sends nobody two links that work: the newer one
    replaces the other.
    """
    sent, known, held_back = 0, [], []
    asked = {"role": role, "open_for": open_for, "by": by, "at": at}
    with transaction.atomic():
        for person in people:
            try:
                issued = _invite(person, placeholders.get(person.email), **asked)
            except AlreadyMember as refusal:
                known.append(refusal.member)
            else:
                sent += not issued.is_held_back
                held_back += [person.email] if issued.is_held_back else []
    return Invited(sent, known, held_back)


def _invite(person: Person, placeholder: Member | None, **asked: Any) -> Issued:
    if placeholder is None:
        return invite_member(email=person.email, name=person.name, **asked)
    try:
        return invite_placeholder(member=placeholder, email=person.email, **asked)
    except EmailTaken:
        return _invite(person, None, **asked)
