"""A discussion in a real browser: what is typed in one place survives what is done in another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from papers.discussion import actions
from papers.models import Comment, Member, Paper, ReadMark
from tests import make
from tests.clock import CLOCK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paper(transactional_db: None) -> Paper:
    make.lab()
    return make.paper("Attention is all you need")


def say(paper: Paper, by: Member, body: str) -> Comment:
    at = CLOCK.now() - timedelta(minutes=5)
    return actions.add_comment(subject=paper, body=body, by=by, at=at)


def read(page: Page, paper: Paper) -> None:
    page.goto(paper.get_absolute_url())
    expect(page.locator("#threads")).to_be_visible()


def test_a_comment_appears_in_place_and_the_field_is_empty_again(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    page = open_as(ben)
    read(page, paper)
    page.get_by_label("Add a comment").fill("Why $\\sqrt{d}$ and not **d**?")
    page.get_by_role("button", name="Post").click()
    expect(page.locator(".comment strong", has_text="d")).to_be_visible()
    expect(page.get_by_label("Add a comment")).to_have_value("")
    assert page.complaints == []


def test_a_reply_that_is_being_typed_survives_what_else_happens(
    open_as: Any, paper: Paper, ben: Member, cy: Member
) -> None:
    first, _ = say(paper, cy, "One"), say(paper, cy, "Two")
    page = open_as(ben)
    read(page, paper)
    thread = page.locator(f"#comment-{first.pk}")
    thread.get_by_text("Reply", exact=True).first.click()
    thread.get_by_label("Your reply").fill("A long thought")
    page.get_by_label("Add a comment").fill("Something else")
    page.get_by_role("button", name="Post").click()
    expect(page.locator(".comment", has_text="Something else")).to_be_visible()
    expect(thread.get_by_label("Your reply")).to_have_value("A long thought")
    expect(thread.get_by_label("Your reply")).to_be_visible()
    thread.get_by_role("button", name="Reply").click()
    expect(thread.locator(".thread .comment", has_text="A long thought")).to_be_visible()


def test_a_refused_reply_keeps_its_text_and_takes_the_focus(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    head = say(paper, ben, "One")
    page = open_as(ben)
    read(page, paper)
    page.get_by_text("Reply", exact=True).first.click()
    page.get_by_label("Your reply").fill("   ")
    page.get_by_role("button", name="Reply").click()
    expect(page.get_by_text("Write a comment first")).to_be_visible()
    expect(page.get_by_label("Your reply")).to_be_focused()
    assert not head.replies.exists()


def test_editing_deleting_and_undoing_stay_in_place(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    say(paper, ben, "Teh loss")
    page = open_as(ben)
    read(page, paper)
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Your comment").fill("The loss")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The loss")).to_be_visible()
    page.locator(".comment").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("You deleted this comment.")).to_be_visible()
    page.locator("[id^=comment-]").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The loss")).to_be_visible()
    assert page.complaints == []


def test_a_thread_is_resolved_and_opened_again(open_as: Any, paper: Paper, ben: Member) -> None:
    comment = say(paper, ben, "Settled?")
    page = open_as(ben)
    read(page, paper)
    page.get_by_role("button", name="Resolve").click()
    page.get_by_text("1 resolved thread").click()
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_text("1 resolved thread")).to_be_hidden()
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_reading_for_a_while_marks_as_read(
    open_as: Any, paper: Paper, ben: Member, cy: Member
) -> None:
    actions.mark_read(subject=paper, by=ben, until=CLOCK.now() - timedelta(days=3))
    comment = say(paper, cy, "News")
    page = open_as(ben)
    read(page, paper)
    expect(page.get_by_text("1 new since")).to_be_visible()
    page.get_by_text("1 new since").scroll_into_view_if_needed()
    with page.expect_response("**/comments/reading/"):
        pass
    assert ReadMark.objects.get(member=ben).read_at == comment.created_at


def test_everything_works_without_javascript(
    open_as: Any, paper: Paper, ben: Member, cy: Member
) -> None:
    say(paper, cy, "One")
    page = open_as(ben, java_script_enabled=False)
    read(page, paper)
    page.get_by_text("Reply", exact=True).first.click()
    page.get_by_label("Your reply").fill("Without a script")
    page.get_by_role("button", name="Reply").click()
    expect(page.get_by_text("Without a script")).to_be_visible()
    page.locator(".comment").get_by_role("button", name="Delete").click()
    page.locator("[id^=comment-]").get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Resolve").click()
    # The way back names the comment, so the browser unfolds the resolved threads by itself.
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_role("button", name="Resolve")).to_be_visible()
