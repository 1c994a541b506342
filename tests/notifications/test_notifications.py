"""Notices: who is told of what, how soon, and never twice."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from papers.discussion.actions import add_comment, edit_comment
from papers.models import (
    Event,
    Follow,
    Lab,
    Mail,
    Member,
    Notification,
    NotificationChoice,
    Pace,
    Paper,
)
from papers.notifications.actions.emails import list_notifications, send_notification_emails
from papers.notifications.actions.following import (
    MOST_SEARCHES,
    TooManySearches,
    choose_paces,
    follow,
    get_paces,
    unfollow,
)
from papers.notifications.actions.notifying import create_notifications
from papers.search.index.actions import refresh
from tests import make
from tests.clock import Clock
from tests.make import NOW

Why = Notification.Why
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _begin(lab: Lab) -> None:
    """The job has run before: what happens from now on is told."""
    create_notifications(at=NOW - MINUTE)


def tell(at: datetime = NOW + MINUTE) -> Counter[tuple[str, str]]:
    create_notifications(at=at)
    rows = Notification.objects.values_list("member__handle", "why")
    return Counter((handle, why) for handle, why in rows)


def note(kind: Event.Kind, by: Member, at: datetime = NOW, **subject: Any) -> Event:
    return Event.objects.create(kind=kind, by=by, at=at, **subject)


def publish(paper: Paper, by: Member, at: datetime = NOW) -> Event:
    review = make.review(paper, by, at=at)
    return note(Event.Kind.REVIEW_PUBLISHED, by, at, paper=paper, review=review)


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


def at_hour(hour: int, day: int = 19) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_what_speaks_to_me_comes_at_once_and_the_rest_in_the_morning(ada: Member, ben: Member):
    paper = make.paper("Flat minima")
    follow(subject=paper, by=ben, at=NOW)
    publish(paper, ada)
    add_comment(subject=paper, body="@ben, is it *so*?", by=ada, at=NOW)
    tell()
    make.paper()
    assert send_notification_emails(at=NOW) == 2, (
        "it is past seven: the mail of the day goes out too"
    )
    subjects = set(Mail.objects.values_list("subject", flat=True))
    assert subjects == {"Ada Curator commented on Flat minima", "Ada Curator reviewed Flat minima"}
    assert "is it *so*?" in Mail.objects.get(subject__contains="commented").text
    assert send_notification_emails(at=NOW) == 0


def test_one_mail_a_day_whatever_happens(ada: Member, ben: Member):
    follow(subject=ada, by=ben, at=NOW)
    for number in range(3):
        publish(make.paper(), ada, NOW + number * MINUTE)
        tell(NOW + (number + 1) * MINUTE)
        send_notification_emails(at=NOW + (number + 1) * MINUTE)
    assert Mail.objects.count() == 1
    assert send_notification_emails(at=at_hour(6)) == 0
    assert send_notification_emails(at=at_hour(7)) == 1
    assert Mail.objects.latest("pk").subject == "2 new notifications"


def test_a_weekly_pace_waits_for_monday(ada: Member, ben: Member):
    choose_paces(member=ben, paces={Why.MEMBER: Pace.WEEKLY})
    follow(subject=ada, by=ben, at=NOW)
    Mail.objects.create(key=f"notices-2026-W47-{ben.pk}", to="x@y.zz", message_id="this week's")
    publish(make.paper(), ada)
    tell()
    assert send_notification_emails(at=at_hour(23, 22)) == 0
    assert send_notification_emails(at=at_hour(6, 23)) == 0
    assert send_notification_emails(at=at_hour(7, 23)) == 1


def test_what_was_read_on_the_site_does_not_come_by_mail(
    as_ben: Client, ada: Member, ben: Member, clock: Clock
):
    follow(subject=ada, by=ben, at=NOW)
    publish(make.paper(), ada)
    tell()
    clock.move(2 * MINUTE)
    as_ben.get("/notifications/")
    assert send_notification_emails(at=at_hour(8)) == 0


def test_who_wants_no_mail_finds_it_on_the_page_only(ada: Member, ben: Member, lab: Lab):
    choose_paces(member=ben, paces=dict.fromkeys(Why.values, Pace.NEVER))
    add_comment(subject=make.paper(), body="@ben", by=ada, at=NOW)
    tell()
    assert send_notification_emails(at=NOW) == 0
    assert len(list_notifications(ben, lab)) == 1
    assert not Notification.objects.filter(mailed_at=None).exists(), "nothing waits for ever"


def test_a_mail_of_notices_ends_with_one_click(ada: Member, ben: Member):
    add_comment(subject=make.paper(), body="@ben", by=ada, at=NOW)
    tell()
    send_notification_emails(at=NOW)
    path = Mail.objects.get().unsubscribe_url.split("8000")[1]
    assert Client().post(path).status_code == 200
    assert set(get_paces(ben).values()) == {Pace.NEVER}


# --- The pages -----------------------------------------------------------------------------------


def test_the_bell_counts_and_looking_marks_as_seen(
    as_ben: Client, ada: Member, ben: Member, clock: Clock
):
    add_comment(subject=make.paper(), body="@ben", by=ada, at=NOW)
    tell()
    clock.move(2 * MINUTE)
    assert "Notifications, 1 unread" in as_ben.get("/").content.decode()
    page = as_ben.get("/notifications/").content.decode()
    assert "Mentioned you" in page
    assert "none unread" in as_ben.get("/").content.decode()


def test_the_page_costs_the_same_for_few_and_many(
    as_ben: Client, ada: Member, ben: Member, django_assert_max_num_queries: Any
):
    follow(subject=ada, by=ben, at=NOW)
    for _ in range(40):
        publish(make.paper(), ada)
    tell()
    with django_assert_max_num_queries(14):
        as_ben.get("/notifications/")


def test_buttons_follow_and_unfollow(as_ben: Client, ada: Member, ben: Member):
    topic = make.topic("Theory")
    paper = make.paper(topics=[topic])
    pages = {
        "paper": (paper.pk, paper.get_absolute_url()),
        "topic": (topic.pk, topic.get_absolute_url()),
        "member": (ada.pk, ada.get_absolute_url()),
    }
    for name, (value, url) in pages.items():
        button = f'name="{name}" value="{value}" formaction="/follows/'
        assert f'{button}"' in as_ben.get(url).content.decode()
        assert as_ben.post("/follows/", {name: value})["Location"] == url
        as_ben.post("/follows/", {name: value})
        assert f'{button}removal/"' in as_ben.get(url).content.decode()
    as_ben.post("/follows/", {"search": " deep  nets "})
    assert Follow.objects.count() == 4
    listed = as_ben.get("/profile/notifications/").content.decode()
    assert "deep nets" in listed
    for name, (value, _) in pages.items():
        as_ben.post("/follows/removal/", {name: value})
    as_ben.post("/follows/removal/", {"search": "deep nets"})
    assert not Follow.objects.exists()


def test_the_catalogue_says_whether_its_search_is_followed(as_ben: Client, ben: Member):
    refresh([make.paper("Deep nets").pk])
    url = "/follows/search/?search=deep++nets"
    assert (
        f'hx-get="{url.replace("++", "%20%20")}"'
        in as_ben.get("/papers/?q=deep++nets").content.decode()
    )
    assert "Follow this search" in as_ben.get(url).content.decode()
    as_ben.post("/follows/", {"search": "deep  nets"})
    asked = {"HX-Request": "true", "HX-Target": "follow-search"}
    followed = as_ben.get(url, headers=asked).content.decode()
    assert followed.lstrip().startswith("<span")
    assert re.search(r'formaction="/follows/removal/">\s*Unfollow this search', followed)
    as_ben.post("/follows/removal/", {"search": "deep  nets"})
    assert not Follow.objects.exists()


@pytest.mark.parametrize("named", [{}, {"paper": "x"}, {"paper": "999999"}, {"member": "0"}])
def test_there_must_be_something_to_follow(as_ben: Client, named: dict[str, str]):
    assert as_ben.post("/follows/", named).status_code == 404


def test_nobody_follows_herself(as_ben: Client, ben: Member):
    assert as_ben.post("/follows/", {"member": ben.pk}).status_code == 404
    assert "/follows/" not in as_ben.get(ben.get_absolute_url()).content.decode()


def test_a_member_follows_so_many_searches(ben: Member):
    for number in range(MOST_SEARCHES):
        follow(subject=f"search {number}", by=ben, at=NOW)
    with pytest.raises(TooManySearches):
        follow(subject="one more", by=ben, at=NOW)
    assert unfollow(subject="search 3", by=ben)
    assert not unfollow(subject="search 3", by=ben)


def test_choices_are_kept_and_wrong_ones_refused(as_ben: Client, ben: Member):
    given = {"digest_day": "4", "agenda_by_mail": "no", **dict.fromkeys(Why.values, "weekly")}
    assert as_ben.post("/profile/notifications/", given).status_code == 302
    assert set(get_paces(ben).values()) == {"weekly"}
    ben.refresh_from_db()
    assert (ben.digest_day, ben.agenda_by_mail) == ("4", False)
    assert as_ben.post("/profile/notifications/", {**given, "mention": "x"}).status_code == 422
    assert NotificationChoice.objects.count() == len(Why.values)
