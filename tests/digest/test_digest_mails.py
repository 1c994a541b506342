"""The digest by mail: to whom, when, once, and with both parts."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from papers.digest.actions.closing import (
    close_issue,
)
from papers.digest.actions.mailing import choose_digest_day, get_mailing_time, send_digests
from papers.digest.queries.week_papers import MOST_PAPERS
from papers.models import Mail, Member
from papers.text.weeks import Week
from tests import make
from tests.digest.issues import LONG_AGO, MONDAY, NOW, WEEK, Day, deliver_all, fill
from tests.smtp import Postbox

pytestmark = pytest.mark.usefixtures("here_for_long")


@pytest.mark.parametrize("papers", [0, 1, 300])
def test_the_mail_has_both_parts_and_the_headers_and_stays_small(post: Postbox, papers: int):
    fill(papers)
    close_issue(week=WEEK, at=MONDAY)
    assert send_digests(at=MONDAY) == 2
    deliver_all()
    [message] = [one for one in post.taken if one["To"] == "ada@lab.example"]
    assert len(bytes(message)) < 100_000
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.get_payload()]  # type: ignore[union-attr]
    assert kinds == ["text/plain", "text/html"]
    assert re.fullmatch(r"<http://\S+/mail/leaving/\S+/>", message["List-Unsubscribe"])
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Week 47" in message["Subject"]
    html = message.get_payload()[1].get_payload(decode=True).decode()  # type: ignore
    is_cut = '/papers/?q=sort:new">and ' in html
    assert is_cut == (papers > MOST_PAPERS)


def test_every_member_gets_an_issue_once(rea: Member, dan: Member):
    Member.objects.update(digest_since=LONG_AGO)
    close_issue(week=WEEK, at=MONDAY)
    for hours in range(0, 200, 7):
        send_digests(at=MONDAY + timedelta(hours=hours))
    assert sorted(Mail.objects.values_list("to", flat=True)) == [
        "ada@lab.example", "ben@lab.example", "rea@lab.example",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "moment"),
    [
        (Day.ONCE, "2026-11-23T16:00+01:00"),
        (Day.MONDAY, "2026-11-23T16:00+01:00"),
        (Day.WEDNESDAY, "2026-11-25T08:00+01:00"),
        (Day.SUNDAY, "2026-11-29T08:00+01:00"),
        (Day.NEVER, None),
    ],
)
def test_a_member_chooses_the_day(choice: str, moment: str | None):
    lab = make.lab(time_zone="Europe/Berlin")
    closed_at = datetime(2026, 11, 23, 16, tzinfo=ZoneInfo("Europe/Berlin"))
    at = get_mailing_time(closed_at, choice, lab)
    assert at == (datetime.fromisoformat(moment) if moment else None)


def test_a_run_with_nothing_to_send_costs_four_queries(ben: Member, django_assert_num_queries: Any):
    for weeks in range(5):
        close_issue(week=Week(2026, 47 - weeks), at=MONDAY + timedelta(hours=weeks))
    send_digests(at=MONDAY + timedelta(days=1))
    with django_assert_num_queries(4):
        assert send_digests(at=MONDAY + timedelta(days=1)) == 0


def test_changing_the_day_after_the_mail_sends_none_again(ben: Member):
    close_issue(week=WEEK, at=MONDAY)
    send_digests(at=MONDAY)
    choose_digest_day(member=ben, digest_day=Day.FRIDAY, at=MONDAY)
    assert send_digests(at=MONDAY + timedelta(days=6)) == 0


def test_who_starts_anew_gets_no_old_issues(ben: Member):
    choose_digest_day(member=ben, digest_day=Day.NEVER, at=NOW)
    close_issue(week=WEEK, at=MONDAY)
    choose_digest_day(member=ben, digest_day=Day.ONCE, at=MONDAY + timedelta(days=1))
    send_digests(at=MONDAY + timedelta(days=2))
    assert not Mail.objects.filter(to=ben.email).exists()


def test_one_click_in_the_mail_ends_it_without_signing_in(post: Postbox, ben: Member):
    close_issue(week=WEEK, at=MONDAY)
    send_digests(at=MONDAY)
    deliver_all()
    [mine] = [message for message in post.taken if message["To"] == ben.email]
    where = mine["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    browser = Client(enforce_csrf_checks=True)
    assert browser.get(where).status_code == 200
    ben.refresh_from_db()
    assert ben.digest_day == Day.ONCE, "looking ends nothing"
    answer = browser.post(where, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    ben.refresh_from_db()
    assert ben.digest_day == Day.NEVER
    assert browser.post(where[:-3] + "/").status_code == 404
