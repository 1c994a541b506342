"""A simulated year: 52 weeks, 20 members, holidays, two time zones, leavers, and outages.

The clock moves in uneven steps of some hours, and in July the lab moves to another continent. In
random weeks the worker does not run, in others the mail server takes nothing; members claim,
write, extend, hand in, take holidays and leave. At the end
every member who was there got each digest exactly once, no reminder came twice, and no lease held
a slot after its time.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Count

from papers import mail
from papers.claims.actions import ClaimRefused, claim_paper, extend_claim, release_claim
from papers.claims.days import get_local_day
from papers.claims.drafts import find_draft
from papers.claims.keeping import expire_claims, get_last_day, remind_claimants
from papers.curation.actions import make_alumni
from papers.models import Claim, DigestIssue, Lab, Mail, Member, Paper, Reminder, ReviewDraft
from papers.news.closing import close_due_issues
from papers.news.mailing import send_digests
from papers.reviews.actions import publish_review
from papers.reviews.content import ReviewContent, Stamp
from reviewapp.environment import parse_mail_url
from tests import make
from tests.smtp import Postbox, postbox

START = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
"""A Monday; both changes of the clocks lie in the year."""

WEEKS = 52
ZONES = ("Europe/Berlin", "America/Los_Angeles")
MOVES_IN = 27
"""The week in which the lab's time zone changes."""

HOLIDAYS = {*range(31, 34), 51}
"""Weeks in which nobody works."""

Day = Member.DigestDay


@pytest.fixture
def post(settings: Any) -> Iterator[Postbox]:
    with postbox() as server:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{server.port}")}
        yield server


class Year:
    """The lab over a year, and what chance decides."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.lab = make.lab(time_zone=ZONES[0], digest_weekday=0, digest_hour=9)
        self.ada = make.member("ada", role="curator", digest_since=START)
        days = [*Day.values] * 3
        self.members = [
            make.member(f"m{n}", digest_since=START, digest_day=days[n]) for n in range(19)
        ]
        self.papers = [make.paper(added_at=START) for _ in range(60)]
        self.left: dict[int, datetime] = {}
        self.worker_away = set(self.chance.sample(range(2, 48), 8))
        self.server_away = set(self.chance.sample(range(2, 48), 8))

    def pass_time(self) -> Iterator[tuple[int, datetime]]:
        """Uneven steps of ten to twenty-two hours, with the number of the week."""
        at = START
        while at < START + timedelta(weeks=WEEKS + 2):
            yield (at - START).days // 7, at
            at += timedelta(minutes=self.chance.randrange(600, 1320))

    def live(self, week: int, at: datetime) -> None:
        """What a member may do between two ticks of the clock."""
        if week in HOLIDAYS or week >= WEEKS or self.chance.random() < 0.5:
            return
        here = [one for one in self.members if one.pk not in self.left]
        member = self.chance.choice(here)
        if len(self.left) < 4 and self.chance.random() < 0.01:
            make_alumni(member=member, by=self.ada, at=at)
            self.left[member.pk] = at
            return
        claims = list(Claim.objects.open().filter(member=member).select_related("paper"))
        if not claims or self.chance.random() < 0.5:
            with suppress(ClaimRefused):
                claim_paper(paper=self.chance.choice(self.papers), by=member, at=at)
        else:
            self.work_on(self.chance.choice(claims), member, at)

    def work_on(self, claim: Claim, member: Member, at: datetime) -> None:
        what = self.chance.random()
        if what < 0.3:
            self.write(claim.paper, member, at)
        elif what < 0.5:
            draft = ReviewDraft.objects.current().filter(paper=claim.paper, member=member).first()
            stamp = Stamp(draft.base_number, draft.version) if draft else Stamp(0, 0)
            content = ReviewContent(summary="Read to the end.")
            publish_review(paper=claim.paper, by=member, at=at, content=content, stamp=stamp)
        elif what < 0.6:
            release_claim(claim=claim, by=member, at=at)
        else:
            with suppress(ClaimRefused):
                extend_claim(claim=claim, by=member, at=at)

    def write(self, paper: Paper, member: Member, at: datetime) -> None:
        ReviewDraft.objects.update_or_create(
            paper=paper,
            member=member,
            discarded_at=None,
            defaults={"summary": "Begun.", "saved_at": at},
            create_defaults={"summary": "Begun.", "saved_at": at, "started_at": at},
        )


def run_jobs(at: datetime) -> None:
    remind_claimants(at=at)
    expire_claims(at=at)
    close_due_issues(at=at)
    send_digests(at=at)


def deliver(at: datetime) -> None:
    """What the queue does with every mail that is not done."""
    for pk in Mail.objects.filter(sent_at=None, refused_at=None).values_list("pk", flat=True):
        with suppress(mail.MailNotSent):
            mail.deliver_mail(pk=pk, at=at)


def assert_no_lease_is_too_old(lab: Lab, at: datetime) -> None:
    today = get_local_day(at, lab)
    for claim in Claim.objects.due_by(today - timedelta(days=lab.grace_days)):
        assert claim.due_on is not None
        draft = find_draft(claim.paper_id, claim.member_id)
        assert today < get_last_day(claim.due_on, draft, lab), f"{claim} on {today}"


@pytest.mark.slow
@pytest.mark.django_db
def test_a_year_of_digests_reminders_and_leases(post: Postbox):
    year = Year(seed=47)
    for week, at in year.pass_time():
        if week == MOVES_IN:
            year.lab = make.lab(time_zone=ZONES[1])
        for _ in range(2):
            year.live(week, at)
        if week in year.worker_away:
            continue
        run_jobs(at)
        assert_no_lease_is_too_old(year.lab, at)
        is_away = week in year.server_away
        post.answers = ["451 not now"] * 500 if is_away else []
        if not is_away or year.chance.random() < 0.3:
            deliver(at)

    assert_each_digest_came_once(year, post)
    twice = Reminder.objects.values("claim", "kind", "due_on").annotate(n=Count("pk"))
    assert not twice.filter(n__gt=1).exists()
    reminders = Counter(m["Message-ID"] for m in post.taken)
    assert max(reminders.values()) == 1
    endings = set(Claim.objects.values_list("ending", flat=True))
    assert endings >= {"reviewed", "released", "expired"}, "a year in which everything happened"


def assert_each_digest_came_once(year: Year, post: Postbox) -> None:
    """By what the mail server took, not by what our rows say."""
    issues = list(DigestIssue.objects.closed().order_by("year", "week"))
    assert len(issues) >= WEEKS
    got: Counter[tuple[str, str]] = Counter()
    for message in post.taken:
        if "List-Unsubscribe" in message:
            subject = str(message["Subject"])
            got[(message["To"], subject.split(": ", 1)[1].split(",")[0])] += 1
    assert set(got.values()) == {1}, "never twice"
    for member in [year.ada, *year.members]:
        wanted = {f"week {one.week}" for one in issues if is_wanted(member, one, year)}
        mine = {week for to, week in got if to == member.email}
        assert wanted <= mine, f"{member} misses {wanted - mine}"
        if member.digest_day == Day.NEVER:
            assert not mine


def is_wanted(member: Member, issue: DigestIssue, year: Year) -> bool:
    """Issues that had time to reach the member: she stayed two weeks after they closed."""
    assert issue.closed_at is not None
    end = year.left.get(member.pk, START + timedelta(weeks=WEEKS + 2))
    is_reader = member.digest_day != Day.NEVER
    return is_reader and issue.closed_at + timedelta(days=15) < end


def test_the_clocks_change_twice_in_that_year():
    berlin = ZoneInfo("Europe/Berlin")
    offsets = {(START + timedelta(weeks=n)).astimezone(berlin).utcoffset() for n in range(WEEKS)}
    assert len(offsets) == 2
