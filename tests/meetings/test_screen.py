"""The meeting on a projector: one item at a time, turned by keys, buttons and without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from papers.meetings.agenda.actions.items import ItemFacts, add_item
from papers.meetings.agenda.actions.questions import gather_paper
from papers.meetings.session.actions.running import cast_verdict, open_meeting, show_verdicts
from papers.models import AgendaItem, Meeting, Member
from tests import make
from tests.clock import CLOCK
from tests.meetings.asked import HTMX, url_of
from tests.real_content import TITLE

SCREEN = HTMX | {"HX-Target": "screen"}


def test_the_lead_turns_the_items_and_everybody_may_leaf(
    soon: Meeting, item: AgendaItem, as_ada: Client, as_ben: Client, ada: Member
):
    add_item(meeting=soon, facts=ItemFacts(title="Plans"), by=ada, at=make.NOW)
    screen, course = url_of(soon, "screen/"), url_of(soon, "course/?on=screen")
    assert "Start meeting" in as_ada.get(screen).content.decode()
    page = as_ben.get(screen).content.decode()
    assert "Start meeting" not in page
    assert f"{screen}?item={item.pk}" in page
    assert "First item" in page
    assert "Next item" not in page
    assert as_ada.post(course, {"act": "open"})["Location"] == screen
    page = as_ada.get(screen).content.decode()
    assert "Deep" in page
    assert "1 of 2" in page
    leafed = as_ben.get(f"{screen}?item={soon.items.last().pk}").content.decode()  # type: ignore[union-attr]
    assert "Back to the current item" in leafed
    assert "End meeting" not in leafed
    answer = as_ada.post(course, {"act": soon.items.last().pk}, headers=SCREEN)  # type: ignore[union-attr]
    assert "2 of 2" in answer.content.decode()
    assert "End meeting" in answer.content.decode()
    seen = answer.content.decode().split("?seen=")[1].split('"')[0]
    assert as_ada.get(f"{screen}?seen={seen}", headers=SCREEN).status_code == 204
    assert as_ben.post(course, {"act": "close"}).status_code == 404


def test_hidden_verdicts_stay_hidden_on_the_screen(
    soon: Meeting, item: AgendaItem, as_ada: Client, ada: Member, ben: Member
):
    open_meeting(meeting=soon, by=ada, at=make.NOW)
    cast_verdict(item=item, phase="before", verdict="adopt", by=ben, at=make.NOW)
    screen = url_of(soon, "screen/")
    page = as_ada.get(screen).content.decode()
    assert "1 vote, hidden until revealed" in page
    assert "adopt" not in page
    showing = f"/agenda-items/{item.pk}/showing/?on=screen"
    assert as_ada.post(showing, {"phase": "before"})["Location"] == screen
    assert "adopt" in as_ada.get(screen).content.decode()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_keys_turn_the_screen_and_a_phone_follows(
    open_as: Callable[..., Page], ada: Member, ben: Member
):
    at = CLOCK.now() + timedelta(days=3)
    meeting = Meeting.objects.create(day=at.date(), starts_at=at, created_at=at, lead=ada)
    deep = meeting.items.create(paper=make.paper("Deep"), presenter=ben, minutes=20)
    facts = ItemFacts(title="Does depth help?", minutes=10)
    question = add_item(meeting=meeting, facts=facts, by=ada, at=at)
    for title in ("Wide", "Tall", "Third"):
        gather_paper(question=question, paper=make.paper(title), by=ada, at=at)
    add_item(meeting=meeting, facts=ItemFacts(title=TITLE), by=ada, at=at)
    open_meeting(meeting=meeting, by=ada, at=CLOCK.now())
    cast_verdict(item=deep, phase="before", verdict="adopt", by=ben, at=CLOCK.now())
    wall = open_as(ada, viewport={"width": 1920, "height": 1080})
    phone = open_as(ben, viewport={"width": 360, "height": 740})
    for page in (wall, phone):
        page.goto(f"{meeting.get_absolute_url()}screen/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Deep")
    expect(wall.locator(".timer")).to_contain_text(":")
    size = wall.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    ground = wall.evaluate("getComputedStyle(document.body).backgroundColor")
    assert size >= 60
    assert max(int(one) for one in ground.strip("rgb()").split(",")) < 40
    wall.keyboard.press("r")
    expect(wall.locator(".bars")).to_contain_text("adopt")
    wall.keyboard.press("PageDown")
    expect(wall.get_by_role("heading", level=1)).to_have_text("Does depth help?")
    expect(wall.get_by_role("heading", name="Tall")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Does depth help?")
    wall.keyboard.press("ArrowRight")
    expect(wall.get_by_role("heading", level=1)).to_have_text(TITLE.strip())
    wall.keyboard.press("ArrowLeft")
    expect(wall.get_by_role("heading", level=1)).to_have_text("Does depth help?")
    phone.goto(f"{meeting.get_absolute_url()}screen/?item={meeting.items.last().pk}")  # type: ignore[union-attr]
    for page, width in ((wall, 1920), (phone, 360)):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.complaints == []  # type: ignore[attr-defined]
    wall.keyboard.press("Escape")
    wall.wait_for_url("**/room/")
    reveal_all(meeting, question, (ada, ben))
    for height in (1080, 720):
        wall.set_viewport_size({"width": height * 16 // 9, "height": height})
        wall.goto(f"{meeting.get_absolute_url()}screen/?item={question.pk}")
        expect(wall.locator(".bars")).to_have_count(6)
        expect(wall.locator(".screen-room")).to_be_in_viewport(ratio=1)
        expect(wall.get_by_role("link", name="Room of this meeting")).to_be_in_viewport(ratio=1)
    wall.get_by_role("link", name="Room of this meeting").click()
    wall.wait_for_url("**/room/")


def reveal_all(meeting: Meeting, question: AgendaItem, people: tuple[Member, Member]) -> None:
    """Three papers of a question with every verdict shown: as much as a screen has to hold."""
    lead, at = people[0], CLOCK.now()
    for item in meeting.items.filter(question=question):
        for phase in ("before", "after"):
            for member in people:
                cast_verdict(item=item, phase=phase, verdict="try", by=member, at=at)
            show_verdicts(item=item, phase=phase, by=lead, at=at)
