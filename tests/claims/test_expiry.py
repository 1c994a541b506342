"""Leases over time: reminders, grace, and the way back to the pool, with a moving clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from papers.claims.actions.claims import claim_paper, extend_claim
from papers.claims.actions.expiry import expire_claims, pick_reminder, remind_claimants
from papers.curation.actions.lab import make_alumni
from papers.models import Claim, Event, Lab, Mail, Member, Reminder, ReviewDraft
from tests import make
from tests.make import NOW, day

Kind = Reminder.Kind


def draft(claim: Claim, at: datetime = NOW, **texts: object) -> ReviewDraft:
    texts = texts or {"summary": "It may work."}
    return ReviewDraft.objects.create(
        paper=claim.paper, member=claim.member, started_at=at, saved_at=at, **texts
    )


def run_days(first: datetime, days: int) -> None:
    """What the job does every three hours."""
    for hours in range(0, days * 24, 3):
        at = first + timedelta(hours=hours)
        remind_claimants(at=at)
        expire_claims(at=at)


def list_reminders() -> list[tuple[str, str]]:
    rows = Reminder.objects.order_by("at", "pk")
    return [(row.kind, f"{row.at:%m-%d}") for row in rows]


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        ("2026-11-28", None),
        ("2026-11-29", Kind.BEFORE),
        ("2026-12-01", Kind.BEFORE),
        ("2026-12-02", Kind.ON),
        ("2026-12-03", Kind.AFTER),
        ("2026-12-08", Kind.AFTER),
    ],
)
def test_one_reminder_fits_a_day(today: str, kind: Kind | None):
    assert pick_reminder(day("2026-12-02"), day("2026-11-18"), day(today)) == kind


def test_a_claim_of_two_days_is_not_announced_on_the_day_it_began():
    assert pick_reminder(day("2026-11-20"), day("2026-11-18"), day("2026-11-18")) is None


def test_a_claim_that_began_three_days_before_its_due_day_is_not_announced():
    assert pick_reminder(day("2026-11-21"), day("2026-11-18"), day("2026-11-18")) is None
    assert pick_reminder(day("2026-11-21"), day("2026-11-17"), day("2026-11-18")) == Kind.BEFORE


def test_without_days_of_grace_a_claim_returns_the_day_after(lab: Lab, ben: Member):
    Lab.objects.update(grace_days=0)
    claim_paper(paper=make.paper(), by=ben, at=NOW)
    assert expire_claims(at=NOW + timedelta(days=14)) == 0
    assert expire_claims(at=NOW + timedelta(days=15)) == 1


def test_a_reminder_leads_to_the_paper_and_its_editor_and_offers_one_extension(ben: Member):
    paper = make.paper("Sharp minima")
    claim = claim_paper(paper=paper, by=ben, at=NOW)
    run_days(NOW, 12)
    extend_claim(claim=claim, by=ben, at=NOW + timedelta(days=12))
    run_days(NOW + timedelta(days=12), 15)
    first, second = Mail.objects.filter(subject__endswith=": Sharp minima").order_by("pk")
    for mail in (first, second):
        for text in (mail.text, mail.html):
            assert "Ben Member" in text
            assert f"{settings.SITE_URL}/papers/{paper.pk}/review/" in text
    assert f"Extend or release: {settings.SITE_URL}/papers/{paper.pk}/" in first.text
    assert "extend" in first.html.lower()
    assert "extend" not in (second.text + second.html).lower()


def test_a_claim_is_reminded_of_three_times_and_then_returns(ben: Member):
    claim = claim_paper(paper=make.paper(), by=ben, at=NOW)
    run_days(NOW, 40)
    assert list_reminders() == [
        ("before", "11-29"), ("on", "12-02"), ("after", "12-03"), ("expired", "12-09"),
    ]  # fmt: skip
    claim.refresh_from_db()
    assert claim.ending == Claim.Ending.EXPIRED
    event = Event.objects.get(kind=Event.Kind.CLAIM_EXPIRED)
    assert (event.by, event.member) == (None, ben)
    assert Mail.objects.filter(to=ben.email).count() == 4


def test_the_slot_of_an_expired_claim_is_free(ben: Member, cy: Member):
    paper = make.paper(slots=1)
    claim_paper(paper=paper, by=ben, at=NOW)
    expire_claims(at=NOW + timedelta(days=21))
    assert claim_paper(paper=paper, by=cy, at=NOW + timedelta(days=21))


def test_a_worker_that_was_away_sends_the_one_reminder_that_fits_now(ben: Member):
    claim_paper(paper=make.paper(), by=ben, at=NOW)
    run_days(NOW + timedelta(days=16), 1)
    assert [kind for kind, _ in list_reminders()] == ["after"]


def test_an_extended_claim_is_reminded_of_anew(ben: Member):
    claim = claim_paper(paper=make.paper(), by=ben, at=NOW)
    run_days(NOW, 13)
    extend_claim(claim=claim, by=ben, at=NOW + timedelta(days=13))
    run_days(NOW + timedelta(days=13), 12)
    assert list_reminders() == [("before", "11-29"), ("before", "12-13")]


def test_reminders_wait_for_the_morning_in_the_labs_zone(ben: Member):
    make.lab(time_zone="Asia/Tokyo")
    claim = claim_paper(paper=make.paper(), by=ben, at=NOW)
    assert claim.due_on == day("2026-12-02")
    tokyo = ZoneInfo("Asia/Tokyo")
    assert remind_claimants(at=datetime(2026, 12, 2, 6, 59, tzinfo=tokyo)) == 0
    assert remind_claimants(at=datetime(2026, 12, 2, 7, 0, tzinfo=tokyo)) == 1


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_days_are_the_labs_own_when_the_clocks_change(ben: Member, zone: str):
    make.lab(time_zone=zone, lease_days=30)
    local = ZoneInfo(zone)
    start = datetime(2026, 3, 1, 23, 30, tzinfo=local)  # clocks change on the way
    claim = claim_paper(paper=make.paper(), by=ben, at=start)
    assert claim.due_on == date(2026, 3, 31)
    assert expire_claims(at=datetime(2026, 4, 6, 23, 59, tzinfo=local)) == 0
    assert expire_claims(at=datetime(2026, 4, 7, 0, 0, tzinfo=local)) == 1


def test_a_claim_with_a_draft_stays_while_its_author_writes(ben: Member):
    claim = claim_paper(paper=make.paper(), by=ben, at=NOW)
    text = draft(claim)
    for passed in range(14, 60, 5):
        ReviewDraft.objects.filter(pk=text.pk).update(saved_at=NOW + timedelta(days=passed))
        run_days(NOW + timedelta(days=passed), 5)
    claim.refresh_from_db()
    assert claim.is_open
    assert [kind for kind, _ in list_reminders()] == ["on", "after", "kept"]


def test_a_draft_that_nobody_goes_on_with_holds_a_paper_for_one_more_grace(ben: Member):
    claim = claim_paper(paper=make.paper(), by=ben, at=NOW)
    text = draft(claim)
    run_days(NOW, 40)
    assert list_reminders()[-2:] == [("kept", "12-09"), ("expired", "12-16")]
    text.refresh_from_db()
    assert (text.summary, text.discarded_at) == ("It may work.", None)


def test_claims_that_are_kept_are_looked_at_together(lab: Lab, django_assert_num_queries):
    for _ in range(12):
        draft(claim_paper(paper=make.paper(), by=make.member(), at=NOW))
    later = NOW + timedelta(days=21)
    ReviewDraft.objects.update(saved_at=later)
    assert expire_claims(at=later) == 0
    with django_assert_num_queries(4):
        assert expire_claims(at=later) == 0


def test_an_empty_draft_holds_nothing(ben: Member):
    claim = claim_paper(paper=make.paper(), by=ben, at=NOW)
    draft(claim, summary="  ")
    assert expire_claims(at=NOW + timedelta(days=21)) == 1


def test_a_standing_claim_is_never_due(ben: Member):
    make.claim(make.paper(), ben, due_on=None)
    run_days(NOW, 60)
    assert not Reminder.objects.exists()
    assert Claim.objects.open().exists()


def test_who_left_is_not_written_to(ada: Member, ben: Member):
    claim_paper(paper=make.paper(), by=ben, at=NOW)
    make_alumni(member=ben, by=ada, at=NOW)
    run_days(NOW, 30)
    assert not Mail.objects.exists()


def test_a_mail_of_the_last_day_says_where_the_draft_is(ben: Member, lab: Lab):
    claim = claim_paper(paper=make.paper("Sharp minima"), by=ben, at=NOW)
    draft(claim)
    run_days(NOW, 40)
    mail = Mail.objects.get(subject="Released: Sharp minima")
    for text in (mail.text, mail.html):
        assert "Your draft is still yours" in text


@pytest.mark.parametrize(
    ("has_draft", "said", "unsaid", "ended"),
    [(False, "will be released on Wednesday 9 December", "stays yours", "12-09"),
     (True, "stays yours until Wednesday 16 December", "Without a draft", "12-16")],
)  # fmt: skip
def test_an_overdue_mail_names_the_one_day_that_counts(
    ben: Member, lab: Lab, has_draft: bool, said: str, unsaid: str, ended: str
):
    claim = claim_paper(paper=make.paper("Sharp minima"), by=ben, at=NOW)
    if has_draft:
        draft(claim)
    run_days(NOW, 40)
    mail = Mail.objects.get(subject="Overdue: Sharp minima")
    for text in (mail.text, mail.html):
        assert said in " ".join(text.split())
        assert unsaid not in text
    assert list_reminders()[-1] == ("expired", ended)
