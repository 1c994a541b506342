"""What takes something away can be taken back: beside the act at once, in the log for 30 days."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from papers.accounts.actions.invitations import invite_member
from papers.discussion.actions import add_comment
from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import (
    Absence,
    AgendaItem,
    Claim,
    Comment,
    ImportJob,
    Invitation,
    Lab,
    Listing,
    Meeting,
    Member,
    Paper,
    RemovedListing,
    Review,
)
from papers.topics.actions.listings import forget_removed_listings
from tests import make
from tests.make import NOW

UNDO = re.compile(r'formaction="(/activity/\d+/undo/)"')
LIST = b"# Trees\n- [Attention is all you need](https://arxiv.org/abs/1706.03762), 2017.\n"


def release(ada: Member) -> str:
    claim = make.claim(make.paper("Released paper"), ada)
    return reverse("claim-release", args=[claim.paper_id])


def remove(ada: Member) -> str:
    topic = make.topic("Trees")
    make.listing(make.paper("First paper"), topic, position=0)
    listing = make.listing(make.paper("Removed paper"), topic, note="A *note*.", position=1)
    return reverse("listing-removal", args=[listing.pk])


def undo_import(ada: Member) -> str:
    job = preview_import(data=LIST, name="trees.md", by=ada, at=NOW)
    apply_import(job=job, by=ada, at=NOW)
    return reverse("import-undo", args=[job.pk])


def revoke(ada: Member) -> str:
    issued = invite_member(email="new@x.org", name="New", role="member", by=ada, at=NOW)
    return reverse("invitation-revocation", args=[issued.invitation.pk])


def delete_comment(ada: Member) -> str:
    paper = make.paper("Commented paper")
    comment = add_comment(subject=paper, body="Said", by=ada, at=NOW)
    return reverse("comment-removal", args=[comment.pk])


def delete_review(ada: Member) -> str:
    review = make.review(make.paper("Reviewed paper"), ada)
    return reverse("review-deletion", args=[review.pk])


def archive(ada: Member) -> str:
    return reverse("paper-archiving", args=[make.paper("Archived paper").pk])


def take_off_agenda(ada: Member) -> str:
    day = NOW + timedelta(days=3)
    meeting = Meeting.objects.create(day=day.date(), starts_at=day, created_at=NOW)
    question = AgendaItem.objects.create(meeting=meeting, title="What generalizes?", presenter=ada)
    paper = make.paper("Gathered paper")
    AgendaItem.objects.create(meeting=meeting, paper=paper, question=question, minutes=0)
    return reverse("meeting-item-removal", args=[question.pk])


def remove_absence(ada: Member) -> str:
    days = {"first_on": date(2026, 12, 7), "last_on": date(2026, 12, 11)}
    absence = Absence.objects.create(member=ada, noted_at=NOW, **days)
    return reverse("meeting-absence-removal", args=[absence.pk])


def find_state() -> object:
    """All that these acts take away."""
    return [
        list(Claim.objects.values_list("member", "due_on", "paper_slot", "ended_at", "ending")),
        list(Listing.objects.order_by("paper").values_list(
            "paper__title", "topic", "position", "note")),
        list(Paper.objects.values_list("title", "archived_at").order_by("title")),
        list(ImportJob.objects.values_list("state")),
        list(Invitation.objects.values_list("token_hash", "revoked_at")),
        list(Comment.objects.values_list("body", "deleted_at")),
        list(Review.objects.values_list("member", "deleted_at")),
        list(AgendaItem.objects.values_list("pk", "paper", "title", "question", "presenter")),
        list(Absence.objects.values_list("pk", "member", "first_on", "last_on")),
    ]  # fmt: skip


ACTS = [
    release, remove, undo_import, revoke, delete_comment, delete_review, archive, take_off_agenda,
    remove_absence,
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_each_is_taken_back_beside_the_act_and_once(lab: Lab, ada: Member, as_ada: Client, act):
    url = act(ada)
    before = find_state()
    page = as_ada.post(url, follow=True).content.decode()
    assert find_state() != before
    undo = find_undo(as_ada)
    assert f'formaction="{undo}"' in page, "beside the act"
    assert as_ada.post(undo).status_code == 302
    assert find_state() == before
    assert as_ada.post(undo).status_code == 404
    assert find_state() == before
    assert "Nothing to undo" in as_ada.get("/activity/undo/").content.decode()


def find_undo(browser: Client) -> str:
    """The one undo of the log."""
    page = browser.get("/activity/undo/").content.decode()
    [undo] = {
        part.split('"')[0] for part in page.split('formaction="')[1:] if "/undo/" in part[:60]
    }
    return undo


@pytest.mark.parametrize("act", ACTS)
def test_after_30_days_it_stays_away(lab: Lab, ada: Member, as_ada: Client, clock, act):
    as_ada.post(act(ada))
    undo = find_undo(as_ada)
    clock.start(NOW + timedelta(days=31))
    assert make.browser(ada).post(undo).status_code == 404


def test_others_are_offered_nothing(lab: Lab, ada: Member, as_ada: Client, as_ben: Client):
    for act in (release, remove, delete_comment, delete_review):
        as_ada.post(act(ada))
    assert "Nothing to undo" in as_ben.get("/activity/undo/").content.decode()


def test_curators_undo_each_others_removals(lab: Lab, ada: Member, as_ada: Client):
    other = make.browser(make.member("eve", role=Member.Role.CURATOR))
    for act in (remove, archive):
        url, before = act(ada), find_state()
        as_ada.post(url)
        other.post(find_undo(other))
        assert find_state() == before


def test_a_claim_whose_place_is_taken_stays_released(lab: Lab, ada: Member, as_ada: Client):
    url = release(ada)
    paper = Paper.objects.get()
    as_ada.post(url)
    undo = find_undo(as_ada)
    for n in range(2):
        make.claim(paper, make.member(f"m{n}"), paper_slot=n + 1)
    page = as_ada.post(undo, follow=True).content.decode()
    assert "All review slots are taken." in page


def test_removed_listings_are_forgotten(lab: Lab, ada: Member, as_ada: Client):
    as_ada.post(remove(ada))
    assert forget_removed_listings(at=NOW + timedelta(days=31)) == 1
    assert not RemovedListing.objects.exists()


def test_a_part_of_a_page_brings_its_undo_along(lab: Lab, ada: Member, as_ada: Client):
    answer = as_ada.post(remove(ada), headers={"HX-Request": "true", "HX-Target": "listings"})
    text = answer.content.decode()
    assert 'hx-swap-oob="true"' in text
    assert find_undo(as_ada) in text
