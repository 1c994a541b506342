"""Notifications by mail: at once, each morning or each week, as a member chose."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from papers.discussion.actions import add_comment
from papers.models import (
    Lab,
    Mail,
    Member,
    Notification,
    Pace,
)
from papers.notifications.actions.emails import list_notifications, send_notification_emails
from papers.notifications.actions.following import (
    choose_paces,
    follow,
    get_paces,
)
from tests import make
from tests.clock import Clock
from tests.make import NOW
from tests.notifications.news import MINUTE, Why, publish, tell


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
    assert "is it so?" in Mail.objects.get(subject__contains="commented").text
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
