"""Making members: a row for one who is invited, and opening an account."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from papers.accounts.actions.members import EmailTaken
from papers.events import record
from papers.models import Event, Member

LONGEST_HANDLE = 64


class HandleTaken(Exception):
    """Another member has this handle."""

    def __init__(self) -> None:
        super().__init__(_("This handle is taken. Choose another one."))


def activate(member: Member, at: datetime) -> None:
    """Open the account of one who was invited, or whom a rule lets in."""
    member.state, member.joined_at, member.digest_since = Member.State.ACTIVE, at, at
    _save(member)
    record(Event.Kind.MEMBER_JOINED, member, by=member, at=at)


def make_invited_member(*, name: str, email: str, role: str) -> Member:
    name = name or email.partition("@")[0]
    member = Member(name=name, email=email, role=role, state=Member.State.INVITED)
    member.set_unusable_password()
    stem = slugify(email.partition("@")[0] or name, allow_unicode=True)[: LONGEST_HANDLE - 4]
    for number in range(1, 1000):
        member.handle = (stem or "member") if number == 1 else f"{stem or 'member'}-{number}"
        if not Member.objects.filter(handle__iexact=member.handle).exists():
            try:
                _save(member)
            except HandleTaken:
                continue
            return member
    raise HandleTaken


def _save(member: Member) -> None:
    """Save; a constraint decides who was first to take a handle or an address."""
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as problem:
        raise (EmailTaken if "email" in str(problem).splitlines()[0] else HandleTaken) from problem
