"""Who may read a picture: whoever may read a text of its uploader that shows it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from papers import access
from papers.claims.actions.handover import accept_draft
from papers.discussion.actions import add_comment, edit_comment, remove_comment
from papers.files.actions import add_picture
from papers.models import AgendaItem, Comment, File, Handover, Lab, Meeting, Member, Paper, Topic
from papers.reviews.actions.publishing import delete_review, publish_review, restore_review
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.text.pictures import write_picture
from tests import make
from tests.files.pictures import draw
from tests.make import NOW

pytestmark = pytest.mark.django_db


def add(by: Member, meant_for: str = "review") -> File:
    return add_picture(data=draw(), name="a.png", alt="A curve", meant_for=meant_for, by=by, at=NOW)


def show(file: File) -> str:
    """The line that shows it."""
    return write_picture(file.alt, file.get_absolute_url())


def can_read(viewer: Member | None, file: File) -> bool:
    """By rule and by request, which must agree."""
    by_rule = access.files_visible_to(viewer, access.get_lab()).filter(pk=file.pk).exists()
    browser = make.browser(viewer) if viewer else Client()
    answer = browser.get(file.get_absolute_url())
    if answer.streaming:
        b"".join(answer.streaming_content)  # closes the file
    assert (answer.status_code == 200) == by_rule, answer.status_code
    if not by_rule:
        assert answer.status_code in ({404} if viewer else {302, 404})
    return by_rule


def test_a_fresh_picture_is_its_uploaders_alone(ada: Member, ben: Member) -> None:
    file = add(ben)
    assert can_read(ben, file)
    assert not can_read(ada, file)
    assert not can_read(None, file)


def test_a_picture_of_a_review_is_read_by_its_readers(ada: Member, ben: Member, lab: Lab) -> None:
    file = add(ben)
    publish(make.paper(), ben, show(file))
    assert can_read(ada, file)
    assert can_read(ben, file)
    assert not can_read(None, file)
    make.lab(public_reading=True)
    assert can_read(None, file)


def publish(paper: Paper, by: Member, text: str) -> Any:
    content = ReviewContent(summary=text)
    return publish_review(paper=paper, by=by, at=NOW, content=content, stamp=Stamp())


def test_a_hidden_review_hides_its_picture(ada: Member, ben: Member, cy: Member) -> None:
    make.lab(independent_reviews=True, public_reading=True)
    paper, file = make.paper(), add(ben)
    publish(paper, ben, show(file))
    make.claim(paper, cy)
    assert can_read(ada, file)
    assert not can_read(cy, file)
    assert not can_read(None, file)


def test_naming_an_old_address_opens_nothing(ada: Member, ben: Member, cy: Member) -> None:
    """Neither in a comment nor in a review, draft, experiment, topic or minutes of one's own."""
    make.lab(independent_reviews=True)
    paper, file = make.paper(), add(ben)
    publish(paper, ben, show(file))
    make.claim(paper, cy)
    other = make.paper()
    add_comment(subject=other, body=show(file), by=cy, at=NOW)
    publish(other, cy, show(file))
    save_draft(
        paper=make.paper(), by=cy, at=NOW, content=ReviewContent(summary=show(file)), stamp=Stamp()
    )
    make.experiment("Try it", plan=show(file), proposed_by=cy, owner=cy)
    make.topic("Topic", description=show(file))
    times: Any = {"day": NOW.date(), "starts_at": NOW, "created_at": NOW}
    meeting = Meeting.objects.create(**times, record=show(file))
    AgendaItem.objects.create(meeting=meeting, paper=other, record=show(file))
    assert not can_read(cy, file)
    assert can_read(ada, file)


def test_a_deleted_text_takes_its_picture_along(ada: Member, ben: Member) -> None:
    file = add(ben)
    review = publish(make.paper(), ben, show(file))
    delete_review(review=review, by=ben, at=NOW)
    assert not can_read(ada, file)
    assert not can_read(ben, file)
    restore_review(review=review, by=ben, at=NOW)
    assert can_read(ada, file)


def test_comments_show_pictures_until_they_are_edited_or_deleted(ada: Member, ben: Member) -> None:
    file = add(ben, "comment")
    comment = add_comment(subject=make.paper(), body=show(file), by=ben, at=NOW)
    assert can_read(ada, file)
    edit_comment(comment=comment, body="Nothing to see.", number=1, by=ben, at=NOW)
    assert not can_read(ada, file)
    assert can_read(ben, file)
    comment = Comment.objects.get()
    edit_comment(comment=comment, body=show(file), number=2, by=ben, at=NOW)
    remove_comment(comment=Comment.objects.get(), by=ben, at=NOW)
    assert not can_read(ada, file)


def test_an_experiment_shows_pictures_of_those_who_have_a_part_in_it(
    ada: Member, ben: Member, cy: Member
) -> None:
    file = add(ben, "experiment")
    make.experiment("Try it", plan=show(file), proposed_by=cy, owner=ben)
    assert can_read(ada, file)
    assert not can_read(None, file)


def test_topics_and_minutes_show_what_was_uploaded_for_them(ada: Member, ben: Member) -> None:
    of_topic, of_meeting, of_review = add(ada, "topic"), add(ada, "meeting"), add(ada)
    topic: Topic = make.topic("Topic", description=show(of_topic) + show(of_review))
    assert topic.pk
    Meeting.objects.create(
        day=NOW.date(), starts_at=NOW, created_at=NOW, record=show(of_meeting) + show(of_review)
    )
    assert can_read(ben, of_topic)
    assert can_read(ben, of_meeting)
    assert not can_read(ben, of_review)
    make.lab(public_reading=True)
    assert can_read(None, of_topic)
    assert not can_read(None, of_meeting)


def test_a_handed_on_draft_shows_its_pictures(ada: Member, ben: Member, cy: Member) -> None:
    paper, file = make.paper(), add(ben)
    content = ReviewContent(summary=show(file))
    draft = save_draft(paper=paper, by=ben, at=NOW, content=content, stamp=Stamp())
    assert can_read(ben, file)
    assert not can_read(cy, file)
    Handover.objects.create(paper=paper, giver=ben, draft=draft, offered_at=NOW)
    assert not can_read(cy, file)
    accept_draft(handover=Handover.objects.get(), by=cy, at=NOW)
    assert can_read(cy, file)
    assert not can_read(ada, file)


def test_who_has_left_reads_nothing(ada: Member, ben: Member) -> None:
    file = add(ben)
    publish(make.paper(), ada, "Nothing")
    ben.state, ben.is_active = Member.State.ALUMNI, False
    ben.save()
    assert not access.files_visible_to(ben, access.get_lab()).exists()
    assert not can_read(ada, file)


@pytest.mark.unknown_addresses
def test_guessing_finds_nothing(ada: Member, ben: Member) -> None:
    file = add(ben)
    browser = make.browser(ada)
    for key in (file.key[:-1] + "0", file.key.upper(), "1", str(file.pk), "..", "%2e%2e", "0" * 32):
        assert browser.get(f"/files/{key}/").status_code in {404, 302}, key
    assert browser.get(f"/files/{file.key}/line/").status_code == 404
    assert browser.get(f"/files/{file.content.name}").status_code == 404
