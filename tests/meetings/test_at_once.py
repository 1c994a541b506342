"""Thirty members at the same time, on a real PostgreSQL: counts are exact, nobody gets an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import time
from threading import Barrier

import pytest
from django.db import connection

from papers.meetings.agenda.actions.ballots import unvote_paper, vote_for_paper
from papers.meetings.agenda.queries.ballots import list_ballots
from papers.meetings.series.actions.planning import SeriesFacts, start_series
from papers.meetings.session.actions.minutes import save_minutes
from papers.meetings.session.actions.running import (
    VerdictsShown,
    cast_verdict,
    open_meeting,
    show_verdicts,
)
from papers.models import Event, Meeting, Member, Nomination, VerdictVote, Vote
from tests import make

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def run_at_once(jobs: Sequence[Callable[[], object]]) -> list[object]:
    """Every job in a thread of its own, begun together; raises what a job raised."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            start.wait()
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


@pytest.fixture
def people(transactional_db: None) -> list[Member]:
    make.lab()
    return [
        Member.objects.create(handle=f"m{n:02}", name=f"M {n}", state=Member.State.ACTIVE)
        for n in range(30)
    ]


@pytest.fixture
def room(people: list[Member]) -> Meeting:
    return Meeting.objects.create(
        day=make.NOW.date(), starts_at=make.NOW, created_at=make.NOW, lead=people[0]
    )


def test_thirty_votes_at_once_are_thirty(people: list[Member]):
    paper = make.paper()
    run_at_once([lambda by=by: vote_for_paper(paper=paper, by=by, at=make.NOW) for by in people])
    assert Nomination.objects.count() == 1
    assert list_ballots(people[0], make.lab())[0].votes == 30
    assert Event.objects.filter(kind=Event.Kind.PAPER_NOMINATED).count() == 1
    assert Event.objects.filter(kind=Event.Kind.PAPER_VOTED).count() == 29


def test_one_member_who_clicks_thirty_times_has_one_vote(people: list[Member]):
    paper = make.paper()
    run_at_once([lambda: vote_for_paper(paper=paper, by=people[0], at=make.NOW)] * 30)
    assert Vote.objects.count() == 1


def test_votes_given_and_taken_back_at_once_leave_a_sound_count(people: list[Member]):
    paper = make.paper()
    for by in people[:15]:
        vote_for_paper(paper=paper, by=by, at=make.NOW)
    back = [lambda by=by: unvote_paper(paper=paper, by=by, at=make.NOW) for by in people[:15]]
    give = [lambda by=by: vote_for_paper(paper=paper, by=by, at=make.NOW) for by in people[15:]]
    run_at_once([job for pair in zip(back, give, strict=True) for job in pair])
    assert list_ballots(people[0], make.lab())[0].votes == 15
    assert Nomination.objects.open().count() == 1


def test_thirty_verdicts_at_once_are_thirty(people: list[Member], room: Meeting):
    item = room.items.create(paper=make.paper())
    kinds = ["adopt", "try", "watch", "skip"]
    jobs = [
        lambda by=by, n=n, phase=phase: cast_verdict(
            item=item, phase=phase, verdict=kinds[(n + len(phase)) % 4], by=by, at=make.NOW
        )
        for n, by in enumerate(people)
        for phase in ("before", "after")
    ]
    run_at_once(jobs)
    assert VerdictVote.objects.filter(phase="before").count() == 30
    assert VerdictVote.objects.filter(phase="after").count() == 30


def test_thirty_phones_that_vote_and_give_verdicts_at_once_are_all_heard(
    people: list[Member], room: Meeting
):
    paper = make.paper()
    item = room.items.create(paper=paper)
    open_meeting(meeting=room, by=people[0], at=make.NOW)
    phones = [make.browser(one) for one in people]

    def send(path: str, **typed: str) -> set[object]:
        posts = [lambda phone=phone: phone.post(path, typed).status_code for phone in phones]
        return set(run_at_once(posts))

    assert send(f"/papers/{paper.pk}/nomination/") == {302}
    for phase in ("before", "after"):
        assert send(f"/agenda-items/{item.pk}/verdict/", **{phase: "try"}) == {302}
    assert list_ballots(people[0], make.lab())[0].votes == 30
    assert VerdictVote.objects.filter(verdict="try").count() == 60


def test_no_verdict_changes_once_they_are_shown(people: list[Member], room: Meeting):
    item = room.items.create(paper=make.paper())
    for by in people:
        cast_verdict(item=item, phase="before", verdict="skip", by=by, at=make.NOW)

    def change(by: Member) -> str:
        try:
            cast_verdict(item=item, phase="before", verdict="adopt", by=by, at=make.NOW)
        except VerdictsShown:
            return "too late"
        return "changed"

    jobs = [lambda by=by: change(by) for by in people]
    jobs.insert(15, lambda: show_verdicts(item=item, phase="before", by=people[0], at=make.NOW))
    outcomes = run_at_once(jobs)
    assert VerdictVote.objects.filter(verdict="adopt").count() == outcomes.count("changed")
    assert outcomes.count("changed") + outcomes.count("too late") == 30


def test_eight_people_write_minutes_at_once_and_no_line_is_lost(
    people: list[Member], room: Meeting
):
    jobs = [
        lambda by=by: save_minutes(
            meeting=room, text=f"Line of {by.handle}", base="", by=by, at=make.NOW
        )
        for by in people[:8]
    ]
    run_at_once(jobs)
    room.refresh_from_db()
    assert sorted(room.record.split("\n")) == [f"Line of m{n:02}" for n in range(8)]
    assert room.record_number == 8


def test_planning_a_series_at_once_makes_each_meeting_once(people: list[Member]):
    facts = SeriesFacts(weekday=3, time=time(14), starts_on=make.NOW.date())
    run_at_once([lambda by=by: start_series(facts=facts, by=by, at=make.NOW) for by in people[:8]])
    assert Meeting.objects.count() == 4
