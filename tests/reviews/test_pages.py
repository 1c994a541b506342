"""Pages of reviews: side by side, versions, file, deletion, and what strangers see."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.experiments.actions import Idea, propose_experiments
from papers.models import Member, Review, ReviewDraft
from papers.reviews.actions.publishing import publish_review
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import MOST_ITEMS, ReviewContent, Stamp
from papers.reviews.drafts.offline_file import read_review, write_review
from tests import make
from tests.make import NOW


def publish(paper, by: Member, summary: str, number: int = 0, **fields) -> Review:
    content = ReviewContent(summary=summary, **fields)
    stamp = Stamp(number, 0)
    return publish_review(paper=paper, by=by, at=NOW, content=content, stamp=stamp)


def test_reviews_stand_side_by_side_and_disagreement_is_said(
    as_cy: Client, ada: Member, ben: Member
):
    paper = make.paper()
    publish(paper, ada, "Yes.", verdict="adopt")
    publish(paper, ben, "No.", verdict="skip")
    page = as_cy.get(f"/papers/{paper.pk}/reviews/").content.decode()
    assert "Ada Curator says adopt, Ben Member says skip" in page


def test_two_who_agree_and_one_who_does_not_are_a_disagreement(
    as_cy: Client, ada: Member, ben: Member, cy: Member
):
    paper = make.paper()
    for member, verdict in ((ada, "skip"), (ben, "skip"), (cy, "adopt")):
        make.review(paper, member, verdict=verdict)
    for page in (paper.get_absolute_url(), f"/papers/{paper.pk}/reviews/"):
        assert "The reviewers disagree" in as_cy.get(page).content.decode()


def test_a_step_apart_is_no_disagreement(as_cy: Client, ada: Member, ben: Member):
    paper = make.paper()
    publish(paper, ada, "Yes.", verdict="adopt")
    publish(paper, ben, "Perhaps.", verdict="try")
    assert "disagree" not in as_cy.get(f"/papers/{paper.pk}/reviews/").content.decode()


def test_two_versions_show_the_words_that_changed(as_cy: Client, ben: Member):
    paper = make.paper()
    publish(paper, ben, "It works well.")
    review = publish(paper, ben, "It works badly.", number=1)
    page = as_cy.get(f"/reviews/{review.pk}/versions/").content.decode()
    assert "<del>well</del>" in page
    assert "<ins>badly</ins>" in page
    assert "Publish version 1 again" not in page
    assert as_cy.get(f"/reviews/{review.pk}/versions/?old=7&new=9").status_code == 200


def test_only_the_author_brings_a_version_back(as_ben: Client, as_cy: Client, ben: Member):
    paper = make.paper()
    publish(paper, ben, "First.")
    review = publish(paper, ben, "Second.", number=1)
    where = f"/reviews/{review.pk}/versions/return/"
    assert as_cy.post(where, {"number": 1}).status_code == 404
    assert as_ben.post(where, {"number": 1}).status_code == 302
    review.refresh_from_db()
    assert (review.number, review.summary) == (3, "First.")


def test_deleting_and_bringing_back(as_ben: Client, as_cy: Client, ben: Member):
    review = publish(make.paper(), ben, "It works.")
    assert as_cy.post(f"/reviews/{review.pk}/deletion/").status_code == 404
    as_ben.post(f"/reviews/{review.pk}/deletion/")
    page = as_cy.get(review.paper.get_absolute_url()).content.decode()
    assert "It works." not in page
    as_ben.post(f"/reviews/{review.pk}/return/")
    assert "It works." in as_cy.get(review.paper.get_absolute_url()).content.decode()


def test_a_draft_put_away_comes_back(as_ben: Client, ben: Member):
    paper = make.paper()
    content = ReviewContent(summary="Half a thought")
    save_draft(paper=paper, by=ben, at=NOW, content=content, stamp=Stamp())
    as_ben.post(f"/papers/{paper.pk}/review/discard/")
    assert not ReviewDraft.objects.current().exists()
    as_ben.post(f"/papers/{paper.pk}/review/return/")
    assert "Half a thought" in as_ben.get(f"/papers/{paper.pk}/review/").content.decode()


@pytest.mark.parametrize(
    "summary", ["Plain.", "## Critique\n\nnot a heading of ours", "日本語\n\n- 一\n- 二", "\n\nx\n"]
)
def test_a_file_written_away_from_the_web_is_read_back_whole(summary: str):
    content = ReviewContent(summary=summary, critique="Why?", verdict="try", depth="worked through")
    again, stamp = read_review(write_review("A title", content, Stamp(2, 5)))
    assert again.is_same_as(content)
    assert stamp == Stamp(2, 5)


def test_a_file_of_somebody_elses_making_is_a_summary():
    content, _ = read_review("Just text\nof mine.")
    assert content.summary == "Just text\nof mine."


def test_what_is_written_above_the_first_section_of_a_file_goes_to_the_summary():
    file = write_review("A title", ReviewContent(summary="The text."), Stamp())
    title, rest = file.split("\n", 1)
    content, _ = read_review(f"{title}\n\nA thought on the train.\n{rest}")
    assert content.summary == "A thought on the train.\n\nThe text."
    assert read_review(f"First of all.\n{rest}")[0].summary == "First of all.\n\nThe text."


def test_a_file_leaves_the_follow_ups_of_the_draft(as_ben: Client, ben: Member):
    paper = make.paper()
    item = {"title": "Try it", "hypothesis": "", "plan": "", "cost": "", "risk": ""}
    content = ReviewContent(summary="Here.", items=[item])
    save_draft(paper=paper, by=ben, at=NOW, content=content, stamp=Stamp())
    file = as_ben.get(f"/papers/{paper.pk}/review/file/").content.decode()
    upload = io.BytesIO(file.replace("Here.", "There.").encode())
    upload.name = "review.md"
    as_ben.post(f"/papers/{paper.pk}/review/file/", {"file": upload})
    draft = ReviewDraft.objects.get()
    assert (draft.summary, draft.items) == ("There.", [item])


def test_an_older_file_is_refused_and_both_texts_are_shown(as_ben: Client, ben: Member):
    paper = make.paper()
    file = as_ben.get(f"/papers/{paper.pk}/review/file/").content.decode()
    content = ReviewContent(summary="Written on the web.")
    save_draft(paper=paper, by=ben, at=NOW, content=content, stamp=Stamp())
    mine = file.replace("## Summary\n", "## Summary\n\nWritten on the train.")
    upload = io.BytesIO(mine.encode())
    upload.name = "review.md"
    answer = as_ben.post(f"/papers/{paper.pk}/review/file/", {"file": upload})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Written on the train." in page
    assert "Written on the web." in page
    assert ReviewDraft.objects.get().summary == "Written on the web."


def test_a_file_that_is_no_text_names_its_line(as_ben: Client):
    paper = make.paper()
    upload = io.BytesIO(b"fine\n\xff\xfe\x00")
    upload.name = "review.md"
    answer = as_ben.post(f"/papers/{paper.pk}/review/file/", {"file": upload}, follow=True)
    assert "Line 2 isn&#x27;t UTF-8" in answer.content.decode()


def test_a_wrong_submit_keeps_all_text(as_ben: Client):
    paper = make.paper()
    answer = as_ben.post(
        f"/papers/{paper.pk}/review/", {"critique": "But is it true?", "stamp": "0.0"}
    )
    assert answer.status_code == 422
    assert "But is it true?" in answer.content.decode()
    assert ReviewDraft.objects.get().critique == "But is it true?"


def test_after_the_session_a_form_without_javascript_gets_its_text_back(stranger: Client):
    paper = make.paper()
    answer = stranger.post(
        f"/papers/{paper.pk}/review/", {"summary": "A long thought, typed after midnight."}
    )
    assert answer.status_code == 401
    assert "A long thought, typed after midnight." in answer.content.decode()


def test_no_place_is_offered_for_a_follow_up_that_would_not_be_kept(as_ben: Client, ben: Member):
    paper = make.paper()
    items = [{"title": f"Try {n}"} for n in range(MOST_ITEMS)]
    content = ReviewContent(summary="Here.", items=items)
    save_draft(paper=paper, by=ben, at=NOW, content=content, stamp=Stamp())
    page = as_ben.get(f"/papers/{paper.pk}/review/").content.decode()
    assert page.count("data-item=") == MOST_ITEMS


def test_a_reader_may_not_write(as_rea: Client):
    assert as_rea.get(f"/papers/{make.paper().pk}/review/").status_code == 403


def test_strangers_read_reviews_and_not_the_experiments_behind_them(stranger: Client, ben: Member):
    make.lab(public_reading=True)
    paper = make.paper()
    review = publish(paper, ben, "Readable by all.")
    propose_experiments(ideas=[Idea("A private trial")], by=ben, at=NOW, paper=paper, review=review)
    page = stranger.get(paper.get_absolute_url()).content.decode()
    assert "Readable by all." in page
    assert "A private trial" not in page


def test_the_side_by_side_page_costs_the_same_for_two_and_for_fifty_reviews(as_ben: Client):
    paper = make.paper()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_ben.get(f"/papers/{paper.pk}/reviews/")
        return len(queries)

    for _ in range(2):
        make.review(paper, make.member())
    few = count()
    for _ in range(48):
        make.review(paper, make.member())
    assert count() == few
    assert few <= 8


def test_the_editor_says_one_thing_about_saving_before_a_script_runs(as_ben: Client) -> None:
    page = as_ben.get(f"/papers/{make.paper().pk}/review/").content.decode()
    assert page.count("Select Save draft to keep your text") == 1
    assert "automatically" not in page
    assert "as you type" not in page
