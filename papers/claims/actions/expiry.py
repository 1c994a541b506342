"""Keeping leases: reminders around the due day, and the way back to the pool.

Background jobs call it as often as they like: what was done stands in rows (`Reminder`, the
claim's ending), so a second run does nothing, and one run after an outage does what is due now
rather than everything that was missed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from papers import access
from papers.claims.actions.claims import end_claim
from papers.claims.local_days import get_local_day
from papers.claims.queries import find_draft, list_drafts
from papers.events import record
from papers.languages import speak_to
from papers.mail import send_mail
from papers.models import Claim, Event, Lab, Member, Reminder, ReviewDraft
from papers.moments import say_weekday
from papers.text.formulas import to_letters

BEFORE = timedelta(days=3)
"""So long before the due day the first reminder goes out."""

MORNING = 7
"""The hour, in the lab's time zone, from which reminders are written."""

SUBJECTS = {
    Reminder.Kind.BEFORE: _("Due on %(day)s: %(title)s"),
    Reminder.Kind.ON: _("Due today: %(title)s"),
    Reminder.Kind.AFTER: _("Overdue: %(title)s"),
    Reminder.Kind.KEPT: _("Still claimed: %(title)s"),
    Reminder.Kind.EXPIRED: _("Released: %(title)s"),
}


def remind_claimants(*, at: datetime) -> int:
    """Write the reminders that are due; the number written. Each kind goes out once a due day."""
    lab = access.get_lab()
    if at.astimezone(lab.zone).hour < MORNING:
        return 0
    today = get_local_day(at, lab)
    due = Claim.objects.due_by(today + BEFORE).order_by("pk")
    sent = set(Reminder.objects.filter(claim__in=due).values_list("claim", "kind", "due_on"))
    number = 0
    for claim in due.only("pk", "due_on", "claimed_at"):
        kind = _pick(claim, lab, today)
        if kind and (claim.pk, kind, claim.due_on) not in sent:
            number += _remind(claim.pk, lab, today, at)
    return number


def expire_claims(*, at: datetime) -> int:
    """Return claims to the pool whose days of grace are over; the number returned.

    One with a draft stays while its author goes on writing, and she is told so; when nothing was
    saved for as many days again, it goes back too. The draft stays hers, whatever happens.
    """
    lab = access.get_lab()
    today = get_local_day(at, lab)
    overdue = list(Claim.objects.due_by(today - get_grace(lab)).order_by("pk"))
    drafts = list_drafts(overdue)
    kept = Reminder.objects.filter(claim__in=overdue, kind=Reminder.Kind.KEPT) if overdue else []
    told = {(row.claim_id, row.due_on) for row in kept}
    number = 0
    for claim in overdue:
        assert claim.due_on is not None  # noqa: S101  only leases are overdue
        draft = drafts.get((claim.paper_id, claim.member_id))
        stays = get_last_day(claim.due_on, draft, lab) > today
        if not stays or (claim.pk, claim.due_on) not in told:
            number += _expire(claim.pk, lab, today, at)
    return number


def get_grace(lab: Lab) -> timedelta:
    """At least a day: a claim is never taken back on its due day."""
    return timedelta(days=max(1, lab.grace_days))


def pick_reminder(due_on: date, claimed_on: date, today: date) -> Reminder.Kind | None:
    """The one reminder that fits today. Pure.

    A claim that began within three days of its due day needs no first reminder.
    """
    if today > due_on:
        return Reminder.Kind.AFTER
    if today == due_on:
        return Reminder.Kind.ON
    is_near = due_on - BEFORE <= today and claimed_on < due_on - BEFORE
    return Reminder.Kind.BEFORE if is_near else None


def get_last_day(due_on: date, draft: ReviewDraft | None, lab: Lab) -> date:
    """The day on which a claim returns to the pool if nothing more happens."""
    grace = get_grace(lab)
    if draft is None:
        return due_on + grace
    return max(due_on + grace, get_local_day(draft.saved_at, lab)) + grace


def _remind(pk: int, lab: Lab, today: date, at: datetime) -> bool:
    with transaction.atomic():
        claim = _lock_open(pk)
        kind = _pick(claim, lab, today) if claim else None
        return claim is not None and kind is not None and _tell(claim, kind, lab, at)


def _pick(claim: Claim, lab: Lab, today: date) -> Reminder.Kind | None:
    if claim.due_on is None:
        return None
    return pick_reminder(claim.due_on, get_local_day(claim.claimed_at, lab), today)


def _expire(pk: int, lab: Lab, today: date, at: datetime) -> bool:
    with transaction.atomic():
        claim = _lock_open(pk)
        if claim is None or claim.due_on is None:
            return False
        if claim.due_on + get_grace(lab) > today:
            return False
        if get_last_day(claim.due_on, find_draft(claim.paper_id, claim.member_id), lab) > today:
            _tell(claim, Reminder.Kind.KEPT, lab, at)
            return False
        end_claim(claim, Claim.Ending.EXPIRED, at)
        record(Event.Kind.CLAIM_EXPIRED, claim, by=None, at=at)
        _tell(claim, Reminder.Kind.EXPIRED, lab, at)
    return True


def _lock_open(pk: int) -> Claim | None:
    """The claim, if it is still an open lease; its member is locked first, as saving drafts does,
    so that a draft is either seen here or finds the claim gone."""
    found = Claim.objects.filter(pk=pk).only("member_id").first()
    if found is None:
        return None
    Member.objects.select_for_update(no_key=True).only("pk").get(pk=found.member_id)
    rows = Claim.objects.select_for_update(of=("self",)).open().leased()
    return rows.select_related("paper", "member").filter(pk=pk).first()


def _tell(claim: Claim, kind: Reminder.Kind, lab: Lab, at: datetime) -> bool:
    """Note the reminder and write its mail; False when it went out before."""
    due_on = claim.due_on
    assert due_on is not None  # noqa: S101  only leases come here
    where = {"claim": claim, "kind": kind, "due_on": due_on}
    if not Reminder.objects.get_or_create(**where, defaults={"at": at})[1]:
        return False
    member = claim.member
    if member.is_active and member.email:
        draft = find_draft(claim.paper_id, claim.member_id)
        context = {
            "name": str(member),
            "title": to_letters(claim.paper.title),
            "kind": kind.value,
            "has_draft": draft is not None,
            "may_extend": claim.extended_at is None,
            "returns_on": get_last_day(due_on, draft, lab),
            "url": _address("paper-detail", claim.paper_id),
            "editor_url": _address("review-editor", claim.paper_id),
        }
        key = f"claim-{claim.pk}-{kind.value}-{due_on}"
        with speak_to(member):
            context["day"] = say_weekday(due_on)
            subject = str(SUBJECTS[kind]) % context
            send_mail(member.email, subject, "claims/mail/reminder", context, key=key)
    return True


def _address(name: str, pk: int) -> str:
    return f"{settings.SITE_URL}{reverse(name, kwargs={'pk': pk})}"
