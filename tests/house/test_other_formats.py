"""What people write goes into feeds, calendars, mails and files as text, read back by readers."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from icalendar import Calendar

from papers.digest.actions.closing import close_issue
from papers.digest.actions.mailing import send_digests
from papers.feeds.atom import tidy
from papers.models import Event, Mail, Meeting, Member, Paper
from papers.text.weeks import Week
from tests import make
from tests.make import NOW

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    "]]><entry/> <!-- </feed>",
    'x" onmouseover="alert(1)',
    "A; B, C: D \\n END:VEVENT",
)


class Page(HTMLParser):
    """What a browser would make of a text: its elements, their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(params=HOSTILE)
def paper(request: pytest.FixtureRequest, ada: Member, cy: Member) -> Paper:
    """Everything on it has the hostile name: title, author, abstract, topic, reviewer, meeting."""
    name = request.param
    make.lab(name=name[:120])
    Member.objects.filter(pk=cy.pk).update(name=name)
    paper = make.paper(
        name, abstract=name, authors=[name], venue=name[:100], note=name, added_by=ada,
        topics=[make.topic(name, description=name)],
    )  # fmt: skip
    cy.refresh_from_db()
    make.review(paper, cy, takeaway=name, summary=name)
    make.experiment(name, paper=paper, proposed_by=cy)
    Meeting.objects.create(
        day=NOW.date(), starts_at=NOW, created_at=NOW, title=name, place=name, lead=cy
    )
    for kind in (Event.Kind.PAPER_ADDED, Event.Kind.COMMENT_ADDED):
        Event.objects.create(kind=kind, at=NOW, by=cy, paper=paper)
    make.index()
    close_issue(week=Week.parse("2026-W47"), at=NOW.replace(day=23))
    return paper


def list_feeds(paper: Paper, cy: Member) -> Iterator[str]:
    topic = paper.listings.get().topic_id
    yield from ("/feeds/digest/", "/feeds/activity/", "/feeds/search/?q=sort:new")
    yield from (f"/feeds/topics/{topic}/", f"/feeds/members/{cy.pk}/")


def test_readers_of_feeds_see_text_and_no_markup(paper: Paper, cy: Member, as_ada: Client) -> None:
    seen = []
    for path in list_feeds(paper, cy):
        feed = ElementTree.fromstring(as_ada.get(path).content)
        assert {one.tag for one in feed.iter()} <= {
            f"{ATOM}{name}" for name in
            ("feed", "entry", "title", "link", "id", "updated", "published", "author", "name",
             "summary", "subtitle", "rights")
        }, path  # fmt: skip
        for part in feed.iter():
            if part.get("type") == "html":
                read = Page(part.text or "")
                assert read.tags == [], (path, part.text)
                seen.append(read.words)
            elif part.tag == f"{ATOM}title":
                assert part.get("type", "text") == "text"
                seen.append(part.text or "")
    assert any(paper.title in text for text in seen)
    assert tidy(paper.abstract) in seen, "the abstract is shown to the letter"


def test_readers_of_calendars_see_text(paper: Paper, cy: Member) -> None:
    [meeting] = Calendar.from_ical(make.browser(cy).get("/calendar/meetings.ics").content).walk(
        "VEVENT"
    )
    assert (str(meeting["summary"]), str(meeting["location"])) == (paper.title, paper.title)


def test_mails_hold_text_and_no_markup_of_others(paper: Paper, ada: Member) -> None:
    Member.objects.update(digest_since=NOW)
    send_digests(at=NOW.replace(day=23))
    mail = Mail.objects.filter(to=ada.email).get()
    read = Page(mail.html)
    assert "script" not in read.tags
    assert not [name for name in read.attributes if name.startswith("on")]
    assert " ".join(paper.title.split()) in " ".join(read.words.split())
    assert paper.title in mail.text
    assert "\n" not in mail.subject


def test_files_have_plain_names(paper: Paper, as_ada: Client) -> None:
    answer = as_ada.get(f"/papers/{paper.pk}/citation/")
    head = Message()
    head["Content-Disposition"] = answer["Content-Disposition"]
    name = head.get_filename() or ""
    assert name.endswith(".bib")
    assert not set(name) & set("\"'/\\;<>\r\n")


def test_a_file_always_has_a_name(ada: Member, as_ada: Client) -> None:
    for title, name in (("Rigid bodies", "rigid-bodies.bib"), ("???", "paper.bib")):
        answer = as_ada.get(f"/papers/{make.paper(title).pk}/citation/")
        head = Message()
        head["Content-Disposition"] = answer["Content-Disposition"]
        assert head.get_filename() == name


def test_a_line_break_that_is_there_already_breaks_no_calendar(ada: Member, as_ada: Client) -> None:
    """Names from before columns of one line: written past them."""
    make.lab()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE papers_lab SET name = E'Reading\\r\\nATTENDEE:x room'")
    for path in ("meetings", "mine"):
        answer = as_ada.get(f"/calendar/{path}.ics")
        assert answer.status_code == 200
        assert b"\r\nATTENDEE" not in answer.content
        assert Calendar.from_ical(answer.content)["x-wr-calname"].startswith("Reading ATTENDEE:x")


def test_a_name_is_one_line_however_it_is_sent(ada: Member, as_ada: Client) -> None:
    as_ada.post("/profile/", {"name": "Ada\r\nEvil\u2028x", "bio": ""})
    ada.refresh_from_db()
    assert ada.name == "Ada Evil x"
    as_ada.post("/topics/", {"name": "To\npic", "parent": "", "description": ""})
    assert as_ada.get("/topics/").content.decode().count("To pic")
