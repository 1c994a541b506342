"""Feeds and calendars: well-formed, private, revocable, and right on both sides of the clocks."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from papers.digest.actions.closing import close_issue
from papers.feeds.actions import renew_token, revoke_token
from papers.feeds.calendars import write_meeting, write_meetings, write_own
from papers.models import Event, FeedToken, Lab, Meeting, Member, Topic
from papers.search.index.actions import refresh
from papers.text.weeks import Week
from tests import make
from tests.make import NOW

ATOM = "{http://www.w3.org/2005/Atom}"


def read_atom(text: bytes) -> list[str]:
    """The titles of a feed that holds to RFC 4287: the parts that must be there, once, and
    unique ids."""
    feed = ElementTree.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    for one in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [part] = one.findall(f"{ATOM}{name}")
            assert part.text
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated", "")).tzinfo
        assert one.findtext(f"{ATOM}id", "").startswith("http")
        assert all(link.get("href", "").startswith("http") for link in one.findall(f"{ATOM}link"))
        assert one.find(f"{ATOM}author/{ATOM}name") is not None
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    return [entry.findtext(f"{ATOM}title", "") for entry in entries]


def read_ical(text: bytes) -> list[dict[str, object]]:
    """The events of a calendar, strictly: lines, required parts, no errors."""
    assert text.endswith(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    calendar = Calendar.from_ical(text)
    assert calendar["prodid"]
    assert calendar["version"] == "2.0"
    events = list(calendar.walk("VEVENT"))
    for event in events:
        assert not event.errors
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
    assert len({event["uid"] for event in events}) == len(events)
    return events


def meet(day: str, hour: int = 14, zone: str = "UTC", **fields: object) -> Meeting:
    on = make.day(day)
    starts_at = datetime(on.year, on.month, on.day, hour, tzinfo=ZoneInfo(zone))
    return Meeting.objects.create(day=on, starts_at=starts_at, created_at=NOW, **fields)


@pytest.fixture
def token(ben: Member) -> str:
    return renew_token(by=ben, at=NOW)


@pytest.fixture
def full(ada: Member) -> dict[str, int]:
    """A lab in which something happened, with text that XML and iCalendar must escape."""
    topic = make.topic("Theory & practice")
    paper = make.paper("<b>Depth</b> & width; a, b\\n", topics=[topic], authors=["O'Hara <x>"])
    refresh([paper.pk])
    Event.objects.create(kind=Event.Kind.PAPER_ADDED, at=NOW, by=ada, paper=paper)
    close_issue(week=Week.parse("2026-W46"), at=NOW)
    return {"topic": topic.pk, "member": ada.pk}


def list_feeds(full: dict[str, int]) -> list[str]:
    return [
        "/feeds/digest/",
        "/feeds/activity/",
        f"/feeds/topics/{full['topic']}/",
        f"/feeds/members/{full['member']}/",
        "/feeds/search/?q=depth",
    ]


def join(path: str, token: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}token={token}"


def test_every_feed_holds_to_the_standard(stranger: Client, full: dict[str, int], token: str):
    for path in list_feeds(full):
        answer = stranger.get(join(path, token))
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert len(read_atom(answer.content)) == 1, path
        assert token.encode() not in answer.content, "readers show and share these addresses"


def test_an_empty_feed_is_a_feed_and_does_not_move(stranger: Client, token: str):
    first = stranger.get(join("/feeds/activity/", token)).content
    assert read_atom(first) == []
    assert first == stranger.get(join("/feeds/activity/", token)).content


def test_nobody_reads_a_feed_without_the_right_token(stranger: Client, full: dict[str, int]):
    for path in [*list_feeds(full), "/calendar/meetings.ics", "/calendar/mine.ics"]:
        assert stranger.get(path).status_code == 404
        assert stranger.get(join(path, "made-up")).status_code == 404


def test_pages_name_their_feeds(as_ben: Client, full: dict[str, int], ada: Member):
    topic = Topic.objects.get(pk=full["topic"])
    named = {
        topic.get_absolute_url(): f"/feeds/topics/{topic.pk}/",
        ada.get_absolute_url(): f"/feeds/members/{ada.pk}/",
        "/activity/": "/feeds/activity/",
        "/digest/2026-W46/": "/feeds/digest/",
    }
    for page, feed in named.items():
        text = as_ben.get(page).content.decode()
        head, _, body = text.partition("</head>")
        assert f'href="{feed}"' in head.partition('rel="alternate"')[2], page
        assert f'href="{feed}"' in body, page
        assert len(read_atom(as_ben.get(feed).content)) == 1
    found = as_ben.get("/papers/?q=depth").content.decode()
    assert '"/feeds/search/?q=depth"' in found


def test_a_renewed_or_closed_token_ends_the_old_one(stranger: Client, ben: Member, token: str):
    path = "/calendar/meetings.ics"
    assert stranger.get(join(path, token)).status_code == 200
    new = renew_token(by=ben, at=NOW)
    assert stranger.get(join(path, token)).status_code == 404
    assert stranger.get(join(path, new)).status_code == 200
    revoke_token(by=ben)
    assert stranger.get(join(path, new)).status_code == 404


def test_the_token_of_who_left_opens_nothing(stranger: Client, ben: Member, token: str):
    Member.objects.filter(pk=ben.pk).update(state=Member.State.ALUMNI)
    assert stranger.get(join("/feeds/activity/", token)).status_code == 404


def test_the_database_keeps_no_token(token: str):
    assert token not in str(FeedToken.objects.values())


def test_a_public_lab_has_public_feeds_of_what_is_public(stranger: Client, full: dict[str, int]):
    make.lab(public_reading=True)
    Event.objects.create(kind=Event.Kind.EXPERIMENT_PROPOSED, at=NOW, experiment=make.experiment())
    assert len(read_atom(stranger.get("/feeds/activity/").content)) == 1
    assert stranger.get(f"/feeds/members/{full['member']}/").status_code == 404
    assert stranger.get("/calendar/meetings.ics").status_code == 404


def test_a_feed_says_no_more_than_the_pages(stranger: Client, ada: Member, ben: Member, token: str):
    make.lab(independent_reviews=True)
    paper = make.paper()
    make.claim(paper, ben)
    review = make.review(paper, ada)
    idea = make.experiment("Secret idea", review=review, paper=paper)
    Event.objects.create(kind=Event.Kind.EXPERIMENT_PROPOSED, at=NOW, by=ada, experiment=idea)
    for path in ("/feeds/activity/", f"/feeds/members/{ada.pk}/"):
        assert b"Secret idea" not in stranger.get(join(path, token)).content


def test_meetings_are_instants_on_both_sides_of_the_clocks(ben: Member, lab: Lab):
    for day in ("2026-10-22", "2026-10-29"):
        meet(day, zone="Europe/Berlin", minutes=90, place="Room 5; floor 2, left")
    events = read_ical(write_meetings(ben, lab, NOW))
    starts = [event["dtstart"].dt for event in events]  # type: ignore[attr-defined]
    assert [f"{start:%H:%M}" for start in starts] == ["12:00", "13:00"]
    berlin = [f"{start.astimezone(ZoneInfo('Europe/Berlin')):%H:%M}" for start in starts]
    assert berlin == ["14:00", "14:00"]
    assert events[0]["location"] == "Room 5; floor 2, left"


def test_my_calendar_has_my_turns_and_whole_due_days(ada: Member, ben: Member, lab: Lab):
    meeting = meet("2026-12-03")
    paper = make.paper("Näive — 深層学習 " * 8)
    meeting.items.create(paper=paper, presenter=ben, minutes=20)
    meeting.items.create(paper=make.paper(), presenter=ada, minutes=20)
    make.claim(paper, ben, due_on=make.day("2026-12-09"))
    make.claim(make.paper(), ada)
    turn, due = read_ical(write_own(ben, lab, NOW))
    assert str(turn["summary"]).startswith("You're presenting: Näive — 深層学習")
    assert due["dtstart"].dt == date(2026, 12, 9)  # type: ignore[attr-defined]
    assert due["dtend"].dt == date(2026, 12, 10)  # type: ignore[attr-defined]


def test_a_cancelled_meeting_says_so(ben: Member, lab: Lab):
    meet("2026-12-03", cancelled_at=NOW)
    [event] = read_ical(write_meetings(ben, lab, NOW))
    assert event["status"] == "CANCELLED"
    assert read_ical(write_own(ben, lab, NOW)) == []


def test_a_meeting_is_a_file(as_ben: Client, lab: Lab):
    meeting = meet("2026-12-03")
    path = f"/calendar/meetings/{meeting.pk}.ics"
    assert f'href="{path}"' in as_ben.get(meeting.get_absolute_url()).content.decode()
    answer = as_ben.get(path)
    assert answer["Content-Disposition"] == 'attachment; filename="meeting-2026-12-03.ics"'
    assert len(read_ical(answer.content)) == 1
    assert read_ical(write_meeting(meeting, lab, NOW))


def test_the_calendars_go_by_their_token(stranger: Client, ben: Member, token: str):
    make.claim(make.paper(), ben, due_on=NOW.date() + timedelta(days=3))
    assert read_ical(stranger.get(join("/calendar/meetings.ics", token)).content) == []
    assert len(read_ical(stranger.get(join("/calendar/mine.ics", token)).content)) == 1


def test_the_addresses_are_shown_once_and_work(as_ben: Client, stranger: Client):
    assert "token=" not in as_ben.get("/profile/feeds/").content.decode()
    page = as_ben.post("/profile/feeds/", follow=True).content.decode()
    addresses = re.findall(r"http://testserver(/[^<\s]+token=[\w-]+)", page)
    assert len(addresses) == 5
    for address in addresses:
        assert stranger.get(address.replace("&amp;", "&")).status_code == 200, address
    del as_ben.cookies["made"]
    assert "token=" not in as_ben.get("/profile/feeds/").content.decode()
    as_ben.post("/profile/feeds/closing/")
    assert stranger.get(addresses[0]).status_code == 404


def test_a_feed_of_the_digest_keeps_its_ids(as_ben: Client):
    Event.objects.create(kind=Event.Kind.PAPER_ADDED, at=NOW)
    close_issue(week=Week.parse("2026-W47"), at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    feed = as_ben.get("/feeds/digest/").content.decode()
    assert "<id>http://127.0.0.1:8000/digest/2026-W47/</id>" in feed
