"""Meetings in a real browser: few clicks for an organiser, keyboard, writing together, axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from papers.meetings.agenda.actions.ballots import vote_for_paper
from papers.meetings.series.actions.rota import note_absence, request_swap
from papers.meetings.session.actions.minutes import save_minutes
from papers.meetings.session.actions.running import open_meeting
from papers.models import AgendaItem, Mail, Meeting, Member, VerdictVote
from tests import make
from tests.clock import CLOCK
from tests.waiting import sleep_in, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).resolve().parents[1] / "vendor/axe-core/axe.min.js").read_text()
"""Milliseconds; a busy machine draws and saves slowly."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => (await axe.run(document, {runOnly: tags, preload: false})).violations
  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`)"""


@pytest.fixture
def soon(ada: Member, ben: Member) -> Meeting:
    at = CLOCK.now() + timedelta(days=3)
    meeting = Meeting.objects.create(day=at.date(), starts_at=at, created_at=at, lead=ada)
    for number, title in enumerate(["Deep", "Wide", "Tall"]):
        meeting.items.create(paper=make.paper(title), position=number, presenter=ben)
    return meeting


def list_titles(page: Page) -> list[str]:
    return page.locator(".agenda-item h3").all_inner_texts()


def test_a_new_organiser_gets_to_a_sent_agenda_in_under_ten_clicks(
    open_as: Callable[..., Page], ada: Member, ben: Member, cy: Member
):
    for number in range(4):
        paper = make.paper(f"Paper {number}")
        make.review(paper, ben, verdict="adopt")
        vote_for_paper(paper=paper, by=cy, at=CLOCK.now())
    page, clicks = open_as(ada, viewport={"width": 1280, "height": 900}), 0

    def click(role: str, name: str) -> None:
        nonlocal clicks
        clicks += 1
        page.get_by_role(role, name=name, exact=True).first.click()

    page.goto("/")
    click("link", "Meetings")
    click("link", "Set up recurring meeting")
    click("button", "Schedule meetings")
    click("button", "Auto-fill agenda")
    expect(page.locator(".agenda-item")).to_have_count(3)
    click("link", "Email agenda")
    click("button", "Send to 3 members")
    expect(page.get_by_text("Agenda emailed to 3 members.")).to_be_visible()
    assert clicks == 6
    assert Meeting.objects.count() == 4
    assert Mail.objects.count() == 3
    assert all(item.presenter for item in AgendaItem.objects.all())
    assert page.complaints == []  # type: ignore[attr-defined]


def test_items_move_by_keyboard_and_by_dragging(
    open_as: Callable[..., Page], ada: Member, soon: Meeting
):
    page = open_as(ada, viewport={"width": 1280, "height": 900})
    page.goto(soon.get_absolute_url())
    button = page.get_by_role("button", name="Move Tall up")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".agenda-item h3").nth(1)).to_have_text("Tall")
    expect(page.get_by_role("button", name="Move Tall up")).to_be_focused()
    with page.expect_response(lambda answer: answer.url.endswith("/order/")):
        page.locator(".agenda-item", has_text="Wide").locator(".agenda-minutes").drag_to(
            page.locator(".agenda-item", has_text="Deep"), target_position={"x": 20, "y": 4}
        )
    page.reload()
    assert list_titles(page) == ["Wide", "Deep", "Tall"]
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_vote_is_one_click(open_as: Callable[..., Page], ben: Member, cy: Member):
    vote_for_paper(paper=make.paper("Deep"), by=cy, at=CLOCK.now())
    page = open_as(ben)
    page.goto("/meetings/")
    page.get_by_role("button", name="vote for Deep").click()
    expect(page.get_by_role("button", name="votes for Deep including yours")).to_be_visible()
    assert page.complaints == []  # type: ignore[attr-defined]


def test_phones_follow_the_lead_and_give_verdicts(
    open_as: Callable[..., Page], ada: Member, ben: Member, soon: Meeting
):
    open_meeting(meeting=soon, by=ada, at=CLOCK.now())
    lead, phone = open_as(ada), open_as(ben, viewport={"width": 360, "height": 800})
    for page in (lead, phone):
        page.goto(f"{soon.get_absolute_url()}room/")
    phone.get_by_role("group", name="Before").get_by_role("button", name="Try").click()
    expect(phone.get_by_role("button", name="Try", pressed=True)).to_be_visible()
    assert VerdictVote.objects.get().verdict == "try"
    expect(lead.get_by_text("1 vote, hidden until revealed")).to_be_visible()
    expect(lead.locator(".timer")).to_contain_text(re.compile(r"\b1\d:"))
    lead.get_by_role("button", name="Reveal").click()
    expect(phone.locator(".verdict-try")).to_have_text("try 1")
    lead.get_by_role("button", name="Next item").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Wide")
    assert [*lead.complaints, *phone.complaints] == []  # type: ignore[attr-defined]


def wait_for_minutes(page: Page, item: AgendaItem, text: str) -> None:
    """Wait until this stands on the server."""

    def find() -> str:
        return AgendaItem.objects.get(pk=item.pk).record

    wait_for(lambda: find() == text, find, sleep=sleep_in(page))


def test_two_people_write_in_the_same_minutes(
    open_as: Callable[..., Page], ada: Member, ben: Member, soon: Meeting
):
    open_meeting(meeting=soon, by=ada, at=CLOCK.now())
    item = soon.items.all()[0]
    one, two = open_as(ada), open_as(ben)
    box = f"#text-{item.pk}"
    for page in (one, two):
        page.goto(f"{soon.get_absolute_url()}room/")
    one.fill(box, "Ada's line")
    expect(one.locator(f"#saved-{item.pk}")).to_contain_text("Saved")
    two.locator(box).press_sequentially("Ben's line")
    expect(two.locator(f"#saved-{item.pk}")).to_contain_text("merged with others' edits")
    expect(two.locator(box)).to_have_value("Ada's line\nBen's line")
    two.locator(box).press_sequentially(" goes on")
    wait_for_minutes(two, item, "Ada's line\nBen's line goes on")
    one.locator(box).press_sequentially("!")
    expect(one.locator(box)).to_have_value("Ada's line!\nBen's line goes on")
    wait_for_minutes(one, item, "Ada's line!\nBen's line goes on")
    two.fill(box, "Ben alone")
    expect(two.get_by_role("button", name="Keep both")).to_be_visible()
    two.get_by_role("button", name="Keep both").click()
    expect(two.locator(box)).to_have_value("Ada's line!\nBen's line goes on\nBen alone")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_satisfy_axe(
    open_as: Callable[..., Page], ada: Member, ben: Member, soon: Meeting, theme: str, width: int
):
    now = CLOCK.now()
    Member.objects.filter(pk=ada.pk).update(theme=theme)
    vote_for_paper(paper=make.paper("Voted"), by=ben, at=now)
    note_absence(member=ada, first_on=now.date(), last_on=soon.day, by=ada, at=now)
    request_swap(item=soon.items.all()[0], to=ada, by=ben, at=now)
    held = Meeting.objects.create(
        day=(now - timedelta(days=7)).date(), starts_at=now - timedelta(days=7), created_at=now,
        opened_at=now, held_at=now,
    )  # fmt: skip
    told = held.items.create(paper=make.paper(), discussed_at=now, after_shown_at=now)
    VerdictVote.objects.create(item=told, member=ben, phase="after", verdict="try", at=now)
    save_minutes(meeting=held, item=told, text="*Yes*", base="", by=ben, at=now)
    page = open_as(ada, viewport={"width": width, "height": 900})
    pages = ["/meetings/", "/meetings/new/", "/meetings/series/", soon.get_absolute_url(),
             f"{soon.get_absolute_url()}edit/", held.get_absolute_url(),
             f"{soon.get_absolute_url()}mailing/", f"{soon.get_absolute_url()}screen/",
             f"{soon.get_absolute_url()}room/"]  # fmt: skip
    for path in [*pages, "opened"]:
        if path == "opened":
            open_meeting(meeting=soon, by=ada, at=now)
        page.goto(pages[-1] if path == "opened" else path)
        page.evaluate(AXE)
        assert page.evaluate(RUN, RULES) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert page.complaints == []  # type: ignore[attr-defined]


def test_the_keyboard_stays_in_the_agenda_when_it_is_swapped(
    open_as: Callable[..., Page], soon: Meeting, ada: Member
):
    page = open_as(ada)
    page.goto(soon.get_absolute_url())
    page.locator("#id_subject").fill("What next?")
    page.get_by_role("button", name="Add as question or topic").press("Enter")
    expect(page.get_by_role("button", name="Remove What next?")).to_be_visible()
    expect(page.get_by_role("button", name="Add as question or topic")).to_be_focused()
    page.get_by_role("button", name="Remove What next?").press("Enter")
    expect(page.get_by_role("button", name="Remove What next?")).to_have_count(0)
    expect(page.locator("#agenda :focus")).to_have_count(1)
