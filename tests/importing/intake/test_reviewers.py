"""Reviews that name no author: mine, as drafts, a member's, or somebody's who is not here yet."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.undoing.actions.undo_imports import undo_import
from papers.models import ImportJob, Lab, Member, Review, ReviewDraft
from tests import make

NOTES = b"""# FOLDING FLAT MAPS

- They prove that any map can be folded flat.
- The proof does not cover maps with holes.
- Try it on maps with holes.
"""


@pytest.fixture
def job(lab: Lab, ada: Member) -> ImportJob:
    return preview_import(data=NOTES, name="notes.md", by=ada, at=make.NOW)


def apply(browser: Client, job: ImportJob, **chosen: str) -> str:
    return browser.post(f"/import/{job.pk}/apply/", chosen, follow=True).text


def test_the_preview_asks_whose_they_are(as_ada: Client, ben: Member, job: ImportJob) -> None:
    page = as_ada.get(job.get_absolute_url()).text
    assert "1 review doesn't name its author" in page
    assert '<option value="ben">' in page
    assert '<option value="ada">' not in page


@pytest.mark.parametrize(
    ("chosen", "handle"),
    [({}, "ada"), ({"reviewer": "ben"}, "ben"), ({"new_reviewer": "Zoe Zander"}, "zoe-zander"),
     ({"new_reviewer": "Ben Member"}, "ben")],
)  # fmt: skip
def test_they_are_published_as_the_one_who_was_chosen(
    as_ada: Client, ben: Member, job: ImportJob, chosen: dict[str, str], handle: str
) -> None:
    page = apply(as_ada, job, **chosen)
    review = Review.objects.get()
    assert review.member.handle == handle
    assert "holes" in review.follow_up
    assert not ReviewDraft.objects.exists()
    assert "doesn't name" not in page
    undo_import(job=job, by=ben, at=make.NOW)
    assert not Review.objects.exists()
    assert set(Member.objects.values_list("handle", flat=True)) == {"ada", "ben"}


def test_they_become_drafts_of_whoever_imports(as_ada: Client, job: ImportJob) -> None:
    page = apply(as_ada, job, drafts="1")
    draft = ReviewDraft.objects.get()
    assert (draft.member.handle, Review.objects.count()) == ("ada", 0)
    assert "folded flat" in draft.summary
    assert "Try it" in draft.follow_up
    assert "<dt>Drafts</dt><dd>1</dd>" in page
    undo_import(job=job, by=draft.member, at=make.NOW)
    assert not ReviewDraft.objects.exists()


@pytest.mark.parametrize(
    "chosen",
    [{"reviewer": "nobody"}, {"reviewer": "ben", "new_reviewer": "Zoe"}, {"new_reviewer": "y" * 201},
     {"reviewer": "ben", "drafts": "1"}, {"new_reviewer": "Zoe", "drafts": "1"}],
)  # fmt: skip
def test_an_unclear_choice_is_refused_and_nothing_comes_in(
    as_ada: Client, ben: Member, job: ImportJob, chosen: dict[str, str]
) -> None:
    answer = as_ada.post(f"/import/{job.pk}/apply/", chosen)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not Review.objects.exists()


def test_reviews_that_name_their_author_are_not_asked_about(as_ada: Client, ada: Member) -> None:
    data = b"### @Ben\n\n- [Folding](https://arxiv.org/abs/2101.00001)\n"
    job = preview_import(data=data, name="list.md", by=ada, at=make.NOW)
    assert "Whose" not in as_ada.get(job.get_absolute_url()).text
