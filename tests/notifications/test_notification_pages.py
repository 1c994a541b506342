"""The pages of notifications: the bell, the list, following and choosing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from papers.discussion.actions import add_comment
from papers.models import (
    Follow,
    Member,
    NotificationChoice,
)
from papers.notifications.actions.following import (
    MOST_SEARCHES,
    TooManySearches,
    follow,
    get_paces,
    unfollow,
)
from papers.search.index.actions import refresh
from tests import make
from tests.clock import Clock
from tests.make import NOW
from tests.notifications.news import MINUTE, Why, publish, tell


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
