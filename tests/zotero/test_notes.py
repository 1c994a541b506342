"""Reviews as notes of their items, and nothing else of the lab."""

from __future__ import annotations

from typing import Any

import pytest

from papers.models import (
    Member,
    Paper,
    ReviewDraft,
    ZoteroLibrary,
    ZoteroNote,
)
from tests import make
from tests.zotero.acts import fill, free_turn, sync
from tests.zotero.stub import Zotero

pytestmark = pytest.mark.django_db


def test_reviews_go_out_as_notes_and_follow(zotero: Zotero, library: ZoteroLibrary, ben: Member):
    ZoteroLibrary.objects.update(sends_reviews=True)
    fill(zotero)
    sync(library)
    paper = Paper.objects.get(title="On Graphs")
    review = make.review(paper, ben, summary_html="<p>It <strong>holds</strong>.</p>")
    ReviewDraft.objects.create(
        paper=paper, member=make.member("cid"), summary="Unpublished words",
        started_at=make.NOW, saved_at=make.NOW,
    )  # fmt: skip
    sync(library)
    sync(library)
    note = zotero.list_notes()
    assert len(note) == 1
    assert note[0]["parentItem"] == "AAAAAAA2"
    assert "<strong>holds</strong>" in note[0]["note"]
    assert "Unpublished" not in str(zotero.items)
    type(review).objects.filter(pk=review.pk).update(summary_html="<p>It fails.</p>")
    sync(library)
    assert "It fails" in zotero.list_notes()[0]["note"]
    type(review).objects.filter(pk=review.pk).update(deleted_at=make.NOW)
    sync(library)
    assert zotero.list_notes() == []
    assert not ZoteroNote.objects.exists()


def test_no_review_leaves_while_a_member_reviews_independently(
    zotero: Zotero, library: ZoteroLibrary, ben: Member, lab: Any
):
    type(lab).objects.update(independent_reviews=True)
    ZoteroLibrary.objects.update(sends_reviews=True)
    fill(zotero)
    sync(library)
    paper = Paper.objects.get(title="On Graphs")
    make.review(paper, ben)
    claim = make.claim(paper, make.member("cid"))
    sync(library)
    assert zotero.list_notes() == []
    claim.delete()
    sync(library)
    assert len(zotero.list_notes()) == 1


def test_a_note_whose_answer_was_lost_is_one_note(
    zotero: Zotero, library: ZoteroLibrary, ben: Member
):
    ZoteroLibrary.objects.update(sends_reviews=True)
    fill(zotero)
    sync(library)
    make.review(Paper.objects.get(title="On Graphs"), ben)
    zotero.lose_answers = 1
    assert sync(library).problem
    assert len(zotero.list_notes()) == 1
    for _ in range(3):
        free_turn()
        assert sync(library).problem == ""
    assert len(zotero.list_notes()) == 1
    assert ZoteroNote.objects.get().version == zotero.list_notes()[0]["version"]


def test_a_note_edited_there_is_left_alone(zotero: Zotero, library: ZoteroLibrary, ben: Member):
    ZoteroLibrary.objects.update(sends_reviews=True)
    fill(zotero)
    sync(library)
    review = make.review(Paper.objects.get(title="On Graphs"), ben)
    sync(library)
    key = zotero.list_notes()[0]["key"]
    zotero.put(key, note="<p>Edited in Zotero</p>")
    type(review).objects.filter(pk=review.pk).update(summary_html="<p>New.</p>")
    for _ in range(2):
        sync(library)
    assert zotero.items[key]["note"] == "<p>Edited in Zotero</p>"
    type(review).objects.filter(pk=review.pk).update(deleted_at=make.NOW)
    sync(library)
    assert zotero.items[key]["note"] == "<p>Edited in Zotero</p>"
