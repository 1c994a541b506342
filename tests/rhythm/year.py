"""A lab over a year: what its members do, week by week, as chance decides."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from papers.claims.actions.claims import ClaimRefused, claim_paper, extend_claim, release_claim
from papers.curation.actions.lab import make_alumni
from papers.meetings.agenda.actions.ballots import vote_for_paper
from papers.meetings.agenda.actions.items import assign_presenters, change_item, pack_agenda
from papers.meetings.series.actions.planning import SeriesFacts, start_series
from papers.meetings.series.actions.rota import note_absence
from papers.meetings.session.actions.running import close_meeting, open_meeting, turn_to_item
from papers.models import Absence, Claim, Meeting, Member, Paper, ReviewDraft
from papers.notifications.actions.following import choose_paces, follow
from papers.reviews.actions.publishing import publish_review
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.clock import Clock

START = datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
"""A Monday; both changes of the clocks lie in the year."""

WEEKS = 52
ZONES = ("Europe/Berlin", "America/Los_Angeles")
MOVES_IN = 27
"""The week in which the lab's time zone changes."""

HOLIDAYS = {*range(31, 34), 51}
"""Weeks in which nobody works and the group does not meet."""

THURSDAY = 3
BEFORE_A_MEETING = timedelta(hours=48)
"""When the curator packs the agenda."""


class Year:
    """Twenty members and what they do; some travel, some leave, some come, the others stay."""

    def __init__(self, seed: int, clock: Clock) -> None:
        self.chance = random.Random(seed)
        self.clock = clock
        self.lab = make.lab(time_zone=ZONES[0], digest_weekday=0, digest_hour=9)
        self.ada = make.member("ada", role="curator")
        days = [*Member.DigestDay.values] * 3
        self.members = [make.member(f"m{n}", digest_day=days[n]) for n in range(19)]
        self.travellers, self.restless = self.members[:4], self.members[4:8]
        self.steady = [self.ada, *self.members[8:]]
        self.papers = [make.paper(added_at=START) for _ in range(60)]
        self.left: dict[int, datetime] = {}
        self.worker_away = set(self.chance.sample(range(2, 48), 5))
        self.server_away = set(self.chance.sample(range(2, 48), 5))
        self._follow_each_other()
        self._meet_on_thursdays()

    @property
    def at(self) -> datetime:
        """Now."""
        return self.clock.now()

    @property
    def week(self) -> int:
        """The number of the week, from 0."""
        return (self.at - START).days // 7

    @property
    def here(self) -> list[Member]:
        """Members but the curator who have not left."""
        return [one for one in self.members if one.pk not in self.left]

    def pass_time(self) -> Iterator[int]:
        """Uneven steps of twelve to thirty-six hours, with the number of the week."""
        while self.at < START + timedelta(weeks=WEEKS + 2):
            yield self.week
            self.clock.move(timedelta(minutes=self.chance.randrange(720, 2160)))

    def live(self) -> None:
        """What people do between two looks at the clock."""
        if self.week == MOVES_IN and self.lab.time_zone != ZONES[1]:
            self.lab = make.lab(time_zone=ZONES[1])
        if self.week < WEEKS and self.week not in HOLIDAYS:
            self._come_and_go()
            for _ in range(2):
                self._read(self.chance.choice(self.here))
            if self.chance.random() < 0.5:
                by, paper = self.chance.choice(self.here), self.chance.choice(self.papers)
                vote_for_paper(paper=paper, by=by, at=self.at)
        self._meet()

    def _follow_each_other(self) -> None:
        for member, other in zip(self.members, self.members[1:], strict=False):
            follow(subject=other, by=member, at=START)
            pace = self.chance.choice(["once", "daily", "weekly", "never"])
            choose_paces(member=member, paces={"member": pace})

    def _meet_on_thursdays(self) -> None:
        skipped = [_day(week, THURSDAY) for week in HOLIDAYS]
        facts = SeriesFacts(
            THURSDAY, time(16), START.date(), minutes=60, rotates_lead=True, skipped=tuple(skipped)
        )
        start_series(facts=facts, by=self.ada, at=START)

    def _come_and_go(self) -> None:
        today = self.at.date()
        for member in self.restless:
            if member.pk not in self.left and self.chance.random() < 0.003:
                make_alumni(member=member, by=self.ada, at=self.at)
                self.left[member.pk] = self.at
        if self.week in {12, 30} and f"n{self.week}" not in {one.handle for one in self.members}:
            self.members.append(make.member(f"n{self.week}"))
        for member in self.travellers:
            if self.chance.random() < 0.03:
                days = timedelta(days=self.chance.choice([1, 10, 30]))
                note_absence(
                    member=member, first_on=today, last_on=today + days, by=member, at=self.at
                )

    def _read(self, member: Member) -> None:
        if self.chance.random() < 0.5:
            return
        claims = list(Claim.objects.open().filter(member=member).select_related("paper"))
        if not claims or self.chance.random() < 0.5:
            with suppress(ClaimRefused):
                claim_paper(paper=self.chance.choice(self.papers), by=member, at=self.at)
        else:
            self._work_on(self.chance.choice(claims), member)

    def _work_on(self, claim: Claim, member: Member) -> None:
        what = self.chance.random()
        if what < 0.3:
            self._write(claim.paper, member)
        elif what < 0.5:
            draft = ReviewDraft.objects.current().filter(paper=claim.paper, member=member).first()
            stamp = Stamp(draft.base_number, draft.version) if draft else Stamp(0, 0)
            content = ReviewContent(summary="Read to the end.")
            publish_review(paper=claim.paper, by=member, at=self.at, content=content, stamp=stamp)
        elif what < 0.6:
            release_claim(claim=claim, by=member, at=self.at)
        else:
            with suppress(ClaimRefused):
                extend_claim(claim=claim, by=member, at=self.at)

    def _write(self, paper: Paper, member: Member) -> None:
        text = {"summary": "Begun.", "saved_at": self.at}
        ReviewDraft.objects.update_or_create(
            paper=paper, member=member, discarded_at=None,
            defaults=text, create_defaults={**text, "started_at": self.at},
        )  # fmt: skip

    def _meet(self) -> None:
        """The curator prepares the meeting that comes next; one whose hour has come is held."""
        for meeting in Meeting.objects.coming(START).filter(starts_at__lte=self.at):
            self._hold(meeting)
        soon = Meeting.objects.coming(self.at).filter(starts_at__lt=self.at + BEFORE_A_MEETING)
        for meeting in soon:
            pack_agenda(meeting=meeting, by=self.ada, at=self.at)

    def _hold(self, meeting: Meeting) -> None:
        self._replace_the_absent(meeting)
        open_meeting(meeting=meeting, by=self.ada, at=self.at)
        for item in meeting.items.all():
            if self.chance.random() < 0.9:  # else the time was over
                turn_to_item(meeting=meeting, item=item, by=self.ada, at=self.at)
        close_meeting(meeting=meeting, by=self.ada, at=self.at)

    def _replace_the_absent(self, meeting: Meeting) -> None:
        away = set(Absence.objects.on(meeting.day).values_list("member", flat=True)) | {*self.left}
        for item in meeting.items.filter(presenter__in=away):
            change_item(item=item, minutes=item.minutes, presenter=None, by=self.ada, at=self.at)
        assign_presenters(meeting=meeting, by=self.ada, at=self.at)


def _day(week: int, weekday: int) -> date:
    return (START + timedelta(weeks=week, days=weekday)).date()
