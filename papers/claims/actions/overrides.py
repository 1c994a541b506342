"""A curator's word on a claim: another due day, or its end, with the reason.

Limits hold for curators too: neither act hands out a place that is not there.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from papers import access
from papers.claims.actions.claims import ClaimRefused, end_claim
from papers.claims.local_days import get_local_day
from papers.events import record
from papers.languages import speak_to
from papers.mail import send_mail
from papers.models import Claim, Event, Member
from papers.text.formulas import to_letters

FARTHEST = timedelta(days=365)


class DayRefused(ClaimRefused):
    """The due day lies in the past or too far away."""


def set_due_day(*, claim: Claim, due_on: date, reason: str, by: Member, at: datetime) -> Claim:
    """Give a lease another due day and tell its member why. Raises DayRefused, ClaimRefused."""
    today = get_local_day(at, access.get_lab())
    if not today <= due_on <= today + FARTHEST:
        raise DayRefused(_("Choose a date within a year from today."))
    with transaction.atomic():
        claim = _lock(claim)
        if not claim.is_open or not claim.is_lease:
            raise ClaimRefused(_("This claim has ended."))
        if claim.due_on == due_on:
            return claim
        claim.due_on = due_on
        claim.save(update_fields=["due_on"])
        record(
            Event.Kind.CLAIM_CHANGED,
            claim,
            by=by,
            at=at,
            data={"due_on": f"{due_on}", "reason": reason},
        )
        _tell(claim, by, reason, is_over=False)
    return claim


def end_claim_of_another(*, claim: Claim, reason: str, by: Member, at: datetime) -> Claim:
    """Give a paper back in its claimant's place and tell her why; her draft stays hers.

    Ending twice is ending once.
    """
    with transaction.atomic():
        claim = _lock(claim)
        if not claim.is_open:
            return claim
        end_claim(claim, Claim.Ending.RELEASED, at)
        record(Event.Kind.CLAIM_RELEASED, claim, by=by, at=at, data={"reason": reason})
        _tell(claim, by, reason, is_over=True)
    return claim


def _lock(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(of=("self",)).select_related("paper", "member")
    return rows.get(pk=claim.pk)


def _tell(claim: Claim, by: Member, reason: str, *, is_over: bool) -> None:
    member, paper = claim.member, claim.paper
    if member.pk == by.pk or not member.is_active or not member.email:
        return
    context = {
        "name": str(member),
        "curator": str(by),
        "title": to_letters(paper.title),
        "reason": reason,
        "due_on": None if is_over else claim.due_on,
        "url": f"{settings.SITE_URL}{paper.get_absolute_url()}",
    }
    with speak_to(member):
        subject = (
            _("Your claim was released: %(title)s") if is_over else _("New due date: %(title)s")
        )
        send_mail(member.email, subject % context, "claims/mail/override", context)
