"""Notices: who is told of what, how soon, and never twice."""

from __future__ import annotations

from datetime import timedelta

from papers.discussion.actions import add_comment, edit_comment
from papers.models import (
    Event,
    Member,
    Notification,
)
from papers.notifications.actions.following import (
    follow,
)
from papers.notifications.actions.notifying import create_notifications
from papers.search.index.actions import refresh
from tests import make
from tests.make import NOW
from tests.notifications.news import MINUTE, note, publish, tell

# --- Who is told ---------------------------------------------------------------------------------


def test_a_mention_and_an_answer_reach_whom_they_speak_to(ada: Member, ben: Member, cy: Member):
    paper = make.paper()
    first = add_comment(subject=paper, body="What do you think, @ben?", by=ada, at=NOW)
    add_comment(subject=paper, body="It holds.", by=cy, at=NOW, parent=first)
    assert tell() == {("ben", "mention"): 1, ("ada", "reply"): 1}


def test_a_comment_on_my_review_or_experiment_answers_me(ada: Member, ben: Member, cy: Member):
    review = make.review(make.paper(), ada)
    experiment = make.experiment(owner=cy)
    for subject in (review, experiment):
        add_comment(subject=subject, body="Why?", by=ben, at=NOW)
    assert tell() == {("ada", "reply"): 1, ("cy", "reply"): 1}


def test_nobody_is_told_of_what_she_did_herself(ben: Member):
    paper = make.paper()
    follow(subject=paper, by=ben, at=NOW)
    add_comment(subject=paper, body="Note to myself, @ben", by=ben, at=NOW)
    publish(paper, ben)
    assert not tell()


def test_followers_of_paper_topic_and_person_are_told(ada: Member, ben: Member, cy: Member):
    theory = make.topic("Theory")
    paper = make.paper(topics=[make.topic("Kernels", theory)])
    follow(subject=paper, by=ben, at=NOW)
    follow(subject=theory, by=cy, at=NOW)
    rea = make.member("rea")
    follow(subject=ada, by=rea, at=NOW)
    publish(paper, ada)
    publish(make.paper(), make.member("somebody"))
    assert tell() == {("ben", "paper"): 1, ("cy", "topic"): 1, ("rea", "member"): 1}


def test_one_event_is_told_once_for_the_most_personal_reason(ada: Member, ben: Member):
    paper = make.paper(topics=[make.topic("Theory")])
    for subject in (paper, paper.listings.get().topic, ada):
        follow(subject=subject, by=ben, at=NOW)
    add_comment(subject=paper, body="@ben look", by=ada, at=NOW)
    assert tell() == {("ben", "mention"): 1}


def test_a_followed_search_tells_of_new_papers_that_answer_it(ada: Member, ben: Member):
    follow(subject="diffusion", by=ben, at=NOW - MINUTE)
    old, new = make.paper("Diffusion is old"), make.paper("Diffusion is new", added_at=NOW)
    other = make.paper("Trees")
    refresh([old.pk, new.pk, other.pk])
    for paper in (new, other):
        note(Event.Kind.PAPER_ADDED, ada, paper=paper)
    assert tell() == {("ben", "search"): 1}
    assert Notification.objects.get().event.paper == new


def test_a_search_that_is_no_search_breaks_nothing(ada: Member, ben: Member):
    follow(subject='((" ) or year:x', by=ben, at=NOW - MINUTE)
    note(Event.Kind.PAPER_ADDED, ada, paper=make.paper("Anything"))
    tell()


def test_what_is_closed_to_a_member_is_not_told_to_her(ada: Member, ben: Member):
    make.lab(independent_reviews=True)
    paper = make.paper()
    make.claim(paper, ben)
    follow(subject=paper, by=ben, at=NOW)
    add_comment(subject=make.review(paper, ada), body="@ben see here", by=ada, at=NOW)
    assert not tell()


def test_only_those_who_are_here_are_told(ada: Member, dan: Member):
    follow(subject=ada, by=dan, at=NOW)
    publish(make.paper(), ada)
    assert not tell()


def test_an_edited_comment_tells_only_whom_it_newly_mentions(ada: Member, ben: Member):
    paper = make.paper()
    follow(subject=paper, by=ben, at=NOW)
    comment = add_comment(subject=paper, body="Hm.", by=ada, at=NOW)
    edit_comment(comment=comment, body="Hm, @cy.", number=1, by=ada, at=NOW)
    make.member("cy")
    assert tell() == {("ben", "paper"): 1}


def test_running_again_tells_nothing_twice_and_late_commits_are_not_missed(
    ada: Member, ben: Member
):
    paper = make.paper()
    follow(subject=paper, by=ben, at=NOW)
    publish(paper, ada)
    tell()
    for minutes in range(2, 30):
        create_notifications(at=NOW + minutes * MINUTE)
    note(Event.Kind.PAPER_ADDED, ada, NOW + 25 * MINUTE, paper=paper)  # committed late
    assert tell(NOW + 31 * MINUTE) == {("ben", "paper"): 2}
    ben.refresh_from_db()
    assert ben.unread == 2


def test_more_events_than_one_round_takes_are_all_told(ada: Member, ben: Member):
    follow(subject=ada, by=ben, at=NOW)
    paper = make.paper()
    Event.objects.bulk_create(
        Event(kind=Event.Kind.PAPER_ADDED, by=ada, at=NOW + n * MINUTE, paper=paper)
        for n in range(1200)
    )
    for _ in range(4):
        create_notifications(at=NOW + timedelta(days=1))
    assert Notification.objects.count() == 1200


# --- By mail -------------------------------------------------------------------------------------


# --- The pages -----------------------------------------------------------------------------------
