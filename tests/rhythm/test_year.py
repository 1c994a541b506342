"""A simulated year: 52 weeks, 20 members, holidays, two time zones, comers, leavers, outages.

The jobs are those that the worker runs, at a clock that moves in uneven steps of some hours; in
July the lab moves to another continent. In random weeks no worker runs, in others the mail server
is away. At the end every member who was there got each digest exactly once, no reminder came
twice, no lease held a slot after its time, and who was always there presented as often as others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email.header import decode_header, make_header
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Count

from papers.claims.actions.expiry import get_last_day
from papers.claims.local_days import get_local_day
from papers.claims.queries import find_draft
from papers.models import (
    AgendaItem,
    Claim,
    DigestIssue,
    Mail,
    Meeting,
    Member,
    Reminder,
)
from papers.moments import say_issue
from papers.text.weeks import Week
from reviewapp.environment import parse_mail_url
from tests.clock import Clock
from tests.rhythm.clockwork import Worker
from tests.rhythm.year import START, WEEKS, ZONES, Year
from tests.smtp import Postbox, postbox

NOBODY_LISTENS = "smtp://127.0.0.1:9"
"""The port of a service that no machine has had for decades."""


@pytest.fixture
def post() -> Iterator[Postbox]:
    with postbox() as server:
        yield server


@pytest.mark.slow
@pytest.mark.django_db
def test_a_year_of_digests_reminders_leases_and_turns(post: Postbox, settings: Any, clock: Clock):
    clock.stop(START)
    year, worker = Year(seed=47, clock=clock), Worker(clock)
    for week in year.pass_time():
        year.live()
        is_away = week in year.server_away
        url = NOBODY_LISTENS if is_away else f"smtp://127.0.0.1:{post.port}"
        settings.MAILERS = {"default": parse_mail_url(url)}
        if week in year.worker_away:
            continue
        worker.wake()
        assert_no_lease_is_too_old(year)
        assert_turns_are_fair(year)

    assert_each_digest_came_once(year, post)
    assert_no_reminder_came_twice(post)
    assert_much_happened(year, worker)


def assert_no_lease_is_too_old(year: Year) -> None:
    today = get_local_day(year.at, year.lab)
    for claim in Claim.objects.due_by(today - timedelta(days=year.lab.grace_days)):
        assert claim.due_on is not None
        draft = find_draft(claim.paper_id, claim.member_id)
        assert today < get_last_day(claim.due_on, draft, year.lab), f"{claim} on {today}"


def assert_turns_are_fair(year: Year) -> None:
    """Who knows a subject presents it; nobody is given a turn besides while somebody who was
    always there has presented less."""
    taken = AgendaItem.objects.filter(discussed_at__isnull=False, presenter__isnull=False)
    turns, by_turn = Counter[int](), Counter[int]()
    for presenter, reasons in taken.values_list("presenter", "reasons"):
        turns[presenter] += 1
        by_turn[presenter] += any("is up next" in text for _kind, text in reasons)
    least = min(turns[member.pk] for member in year.steady)
    assert max(by_turn.values(), default=0) - least <= 1, f"{turns}, {by_turn} on {year.at}"


def assert_each_digest_came_once(year: Year, post: Postbox) -> None:
    """By what the mail server took, not by what our rows say."""
    issues = list(DigestIssue.objects.closed().order_by("year", "week"))
    assert len(issues) >= WEEKS
    got: Counter[tuple[str, str]] = Counter()
    for message in post.taken:
        subject = str(make_header(decode_header(message["Subject"])))
        name, _, week = subject.partition(": Week ")
        if name == year.lab.name:
            got[message["To"], week] += 1
    assert set(got.values()) == {1}, "never twice"
    for member in [year.ada, *year.members]:
        wanted = {
            say_issue(Week(one.year, one.week)).removeprefix("Week ")
            for one in issues
            if is_wanted(member, one, year)
        }
        mine = {week for to, week in got if to == member.email}
        assert wanted <= mine, f"{member} misses {wanted - mine}"
        if member.digest_day == Member.DigestDay.NEVER:
            assert not mine


def is_wanted(member: Member, issue: DigestIssue, year: Year) -> bool:
    """Issues that had time to reach the member: she stayed two weeks after they closed."""
    assert issue.closed_at is not None
    end = year.left.get(member.pk, START + timedelta(weeks=WEEKS + 2))
    is_reader = member.digest_day != Member.DigestDay.NEVER
    was_here = member.digest_since <= issue.closed_at
    return is_reader and was_here and issue.closed_at + timedelta(days=15) < end


def assert_no_reminder_came_twice(post: Postbox) -> None:
    names = Counter(message["Message-ID"] for message in post.taken)
    assert max(names.values()) == 1
    dated = [m for m in post.taken if str(m["Subject"]).startswith("Due on")]
    assert max(Counter((m["To"], m["Subject"]) for m in dated).values()) == 1
    twice = Reminder.objects.values("claim", "kind", "due_on").annotate(n=Count("pk"))
    assert not twice.filter(n__gt=1).exists()


def assert_much_happened(year: Year, worker: Worker) -> None:
    """A year in which nothing happened would prove nothing."""
    assert set(Claim.objects.values_list("ending", flat=True)) >= {
        "reviewed",
        "released",
        "expired",
    }
    held = Meeting.objects.filter(held_at__isnull=False)
    assert 40 <= held.count() <= WEEKS
    assert AgendaItem.objects.filter(discussed_at__isnull=False).count() > 2 * len(year.steady)
    assert len(year.left) >= 2
    templates = set(Mail.objects.values_list("template", flat=True))
    assert {"notifications/mail/notifications", "claims/mail/reminder"} <= templates
    assert worker.done["papers.send_lost"] > 300


def test_the_clocks_change_twice_in_that_year():
    offsets = {
        (START + timedelta(weeks=n)).astimezone(ZoneInfo(zone)).utcoffset()
        for zone in ZONES
        for n in range(WEEKS)
    }
    assert len(offsets) == 4
