"""Writes of the curator's desk: the lab's settings, guiding questions, roles, leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from papers.access import members_editable_by
from papers.accounts.actions.departures import (
    end_access,
    lock_member,
    require_another_administrator,
    require_another_curator,
)
from papers.accounts.queries import has_had_account
from papers.claims.actions.claims import release_claim
from papers.curation.queries import list_questions
from papers.events import record
from papers.lab_changes.actions import NotReturned, leave_out_empty, write_lab
from papers.mail import send_mail
from papers.models import Claim, Event, GuidingQuestion, Lab, Member

SETTINGS = (
    "name", "time_zone", "paper_slots", "claim_limit", "lease_days", "grace_days",
    "independent_reviews", "public_reading",
)  # fmt: skip


class HandleOrEmailTaken(Exception):
    """Another member has it."""

    def __init__(self) -> None:
        super().__init__(_("Another member has this handle or email address."))


class AddressIsTheirs(Exception):
    """The address of an account opens it: its owner confirms a new one, or an administrator
    moves it."""

    def __init__(self) -> None:
        super().__init__(_("Members confirm a new email themselves, on their profile."))


def change_member(
    *, member: Member, changes: Mapping[str, Any], by: Member, at: datetime,
    undoes: int | None = None,
) -> Member:  # fmt: skip
    """Correct names, address, limit or an administrator's rights; a moved account's old address
    is told.

    Raises HandleOrEmailTaken, AddressIsTheirs and LastAdministrator.
    """
    try:
        with transaction.atomic():
            member = lock_member(member)
            if changes.get("is_superuser") is False:
                require_another_administrator(but=member)
            before, changed = member.email, _apply(changes, member)
            if "email" in changed and has_had_account(member):
                if not by.is_superuser:
                    raise AddressIsTheirs
                _notify_old_address(before, member, by)
                member.moved_from = member.moved_from or ("" if by == member else before)
            if changed:
                member.save()
                data: dict[str, Any] = {"fields": changed, "undoes": undoes}
                if "is_superuser" in changed:
                    member.sessions.all().delete()
                    data["administrator"] = [not member.is_superuser, member.is_superuser]
                data = leave_out_empty(data)
                record(Event.Kind.MEMBER_CHANGED, member, by=by, at=at, data=data)
    except IntegrityError as problem:
        raise HandleOrEmailTaken from problem
    return member


def _apply(changes: Mapping[str, Any], member: Member) -> list[str]:
    """Set what differs; the names of those columns. Addresses are kept in small letters."""
    wanted = {**changes}
    if "email" in wanted:
        wanted["email"] = wanted["email"].lower()
    changed = [name for name, value in wanted.items() if getattr(member, name) != value]
    for name in changed:
        setattr(member, name, wanted[name])
    return changed


def _notify_old_address(before: str, member: Member, by: Member) -> None:
    if before:
        lines = {"name": member.name, "email": member.email, "by": by.name}
        send_mail(before, _("Your email was changed"), "accounts/mail/email_moved", lines)


def change_lab(
    *, settings: Mapping[str, Any], by: Member, at: datetime, reason: str = ""
) -> list[str]:
    """Change the lab's settings; the names of those that differ from before."""
    values = {name: settings[name] for name in SETTINGS}
    return write_lab(values, reason=reason, by=by, at=at)


def change_questions(
    *, wording: Mapping[str, Sequence[str]], by: Member, at: datetime, undoes: int | None = None
) -> list[str]:
    """Set the guiding questions of each section, in this order; the sections that changed.

    Reviews keep the wording that their authors saw.
    """
    with transaction.atomic():
        Lab.objects.select_for_update().filter(pk=1).first()  # one change at a time
        before = list_questions()
        changes = {
            name: [before[name], list(texts)]
            for name, texts in wording.items()
            if before[name] != list(texts)
        }
        for name, (_was, texts) in changes.items():
            _set_section(name, texts)
        if changes:
            data = {"act": "questions", "changes": changes, "undoes": undoes}
            record(Event.Kind.LAB_CHANGED, by=by, at=at, data=leave_out_empty(data))
    return list(changes)


def return_questions(*, event: Event, by: Member, at: datetime) -> None:
    """Set the questions of before this act. Raises NotReturned."""
    changes = event.data["changes"]
    with transaction.atomic():
        Lab.objects.select_for_update().filter(pk=1).first()
        current = list_questions()
        if any(current.get(name) != now for name, (_was, now) in changes.items()):
            raise NotReturned
        wording = {name: was for name, (was, _now) in changes.items()}
        change_questions(wording=wording, undoes=event.pk, by=by, at=at)


def change_role(
    *, member: Member, role: str, by: Member, at: datetime, reason: str = "",
    undoes: int | None = None,
) -> bool:  # fmt: skip
    """Make a member reader, member or curator; False when she is. Raises LastCurator.

    It ends her sessions: one that was stolen gains no rights, and keeps none.
    """
    role = Member.Role(role)
    with transaction.atomic():
        member = lock_member(member)
        if member.role == role:
            return False
        require_another_curator(but=member)
        before, member.role = member.role, role
        member.save(update_fields=["role"])
        member.sessions.all().delete()
        data = leave_out_empty({"role": [before, role], "reason": reason, "undoes": undoes})
        record(Event.Kind.MEMBER_CHANGED, member, by=by, at=at, data=data)
    return True


def return_role(*, event: Event, by: Member, at: datetime) -> None:
    """Give a member the role of before this act, as far as `by` may give it.

    Raises NotReturned and LastCurator.
    """
    with transaction.atomic():
        member = _lock_changed(event, by, "role", event.data["role"])
        change_role(member=member, role=event.data["role"][0], undoes=event.pk, by=by, at=at)


def return_administrator(*, event: Event, by: Member, at: datetime) -> None:
    """Give or take an administrator's rights, as before this act. Raises NotReturned and
    LastAdministrator."""
    with transaction.atomic():
        member = _lock_changed(event, by, "is_superuser", event.data["administrator"])
        if not by.is_superuser:
            raise NotReturned
        rights = {"is_superuser": event.data["administrator"][0]}
        change_member(member=member, changes=rights, undoes=event.pk, by=by, at=at)


def return_state(*, event: Event, by: Member, at: datetime) -> None:
    """Open an account that this act closed, or close it; its claims stay released.

    Raises NotReturned and LastCurator.
    """
    with transaction.atomic():
        member = _lock_changed(event, by, "state", event.data["state"])
        change = reactivate_member if member.state == Member.State.ALUMNI else make_alumni
        if not change(member=member, undoes=event.pk, by=by, at=at):
            raise NotReturned


def _lock_changed(event: Event, by: Member, column: str, values: Sequence[Any]) -> Member:
    """Whom this act changed, with the value that it gave: the last of `values`.

    Raises NotReturned when `by` may not change her, or when it is another value by now.
    """
    found = members_editable_by(by).filter(events_about=event).first()
    if found is None:
        raise NotReturned(_("You can't change this member."))
    member = lock_member(found)
    if getattr(member, column) != values[-1]:
        raise NotReturned
    return member


def make_alumni(
    *, member: Member, by: Member, at: datetime, reason: str = "", undoes: int | None = None
) -> bool:
    """Close an account: sign-in ends at once, leases return to the pool, all work stays.

    Sessions, known devices, feeds and every link that lets in are void from here on, also after
    a return. Raises LastCurator, of which LastAdministrator is one.
    """
    with transaction.atomic():
        member = lock_member(member)
        if member.state == Member.State.ALUMNI:
            return False
        require_another_curator(but=member)
        require_another_administrator(but=member)
        before = member.state
        end_access(member=member, at=at)
        member.save(update_fields=["state", "signed_out_at"])
        states = [before, Member.State.ALUMNI]
        data = leave_out_empty({"state": states, "reason": reason, "undoes": undoes})
        record(Event.Kind.MEMBER_CHANGED, member, by=by, at=at, data=data)
        for claim in Claim.objects.open().leased().filter(member=member):
            release_claim(claim=claim, by=by, at=at)
    return True


def reactivate_member(
    *, member: Member, by: Member, at: datetime, undoes: int | None = None
) -> bool:
    """Open a closed account again; who never had one becomes a placeholder.

    Password, address and connected accounts are those from before; nothing else that let in is.
    False for one that its member closed: that is for good.
    """
    with transaction.atomic():
        member = lock_member(member)
        if member.state != Member.State.ALUMNI or member.closed_at:
            return False
        has_account = has_had_account(member)
        member.state = Member.State.ACTIVE if has_account else Member.State.PLACEHOLDER
        member.digest_since = at  # the issues of the time away are not mailed after her
        member.save(update_fields=["state", "digest_since"])
        states = [Member.State.ALUMNI, member.state]
        data = leave_out_empty({"state": states, "undoes": undoes})
        record(Event.Kind.MEMBER_CHANGED, member, by=by, at=at, data=data)
    return True


def _set_section(section: str, texts: Sequence[str]) -> None:
    GuidingQuestion.objects.filter(section=section).delete()
    GuidingQuestion.objects.bulk_create(
        GuidingQuestion(section=section, text=text, position=n) for n, text in enumerate(texts)
    )
