"""Living critique: points keep their state, and their author is asked once."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.experiments.actions import Idea, close_experiment, propose_experiments
from papers.models import CritiqueQuestion, Member, Review
from papers.reviews.actions.critique import mark_points, note_paper_version
from papers.reviews.actions.publishing import publish_review
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.text.sandboxed import split_points
from tests import make
from tests.make import NOW


def publish(paper, by: Member, critique: str, number: int = 0) -> Review:
    content = ReviewContent(summary="It works.", critique=critique)
    stamp = Stamp(number, 0)
    return publish_review(paper=paper, by=by, at=NOW, content=content, stamp=stamp)


def test_each_item_and_paragraph_is_a_point():
    text = "# Doubts\n\nOne paragraph\nof two lines.\n\n- first\n  - with detail\n- second"
    text += "\n\n1. 日本語"
    assert split_points(text) == [
        "One paragraph\nof two lines.",
        "first\n  - with detail",
        "second",
        "日本語",
    ]


def test_a_point_keeps_its_state_while_its_words_stand(ben: Member):
    paper = make.paper()
    review = publish(paper, ben, "- too few seeds\n- no ablation")
    first = review.points.get(text="too few seeds")
    mark_points(review=review, states={first.pk: "answered"}, by=ben, at=NOW)
    publish(paper, ben, "- no code\n- too few seeds", number=1)
    assert list(review.points.values_list("text", "state")) == [
        ("no code", "standing"),
        ("too few seeds", "answered"),
    ]


def test_a_new_version_of_the_paper_asks_each_reviewer_once(ben: Member, cy: Member):
    paper = make.paper()
    publish(paper, ben, "- too few seeds")
    publish(paper, cy, "")
    assert note_paper_version(paper=paper, version="v2", by=cy, at=NOW) == 1
    assert note_paper_version(paper=paper, version="v2", by=cy, at=NOW) == 0
    assert CritiqueQuestion.objects.get().review.member == ben


def test_a_closed_experiment_asks_the_reviewer_it_came_from_once(ben: Member, cy: Member):
    paper = make.paper()
    review = publish(paper, ben, "- too few seeds")
    [experiment] = propose_experiments(
        ideas=[Idea("Ten seeds")], by=ben, at=NOW, paper=paper, review=review
    )
    for words in ("It held.", "It held, twice."):
        close_experiment(experiment=experiment, state="confirmed", outcome=words, by=cy, at=NOW)
    question = CritiqueQuestion.objects.get()
    assert question.experiment == experiment
    mark_points(review=review, states={}, by=ben, at=NOW)
    question.refresh_from_db()
    assert question.answered_at == NOW


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_author_marks_her_points(as_cy: Client, ben: Member, method: str):
    review = publish(make.paper(), ben, "- too few seeds")
    assert getattr(as_cy, method)(f"/reviews/{review.pk}/critique/").status_code == 404


def test_the_author_marks_a_point_on_its_page(as_ben: Client, ben: Member):
    review = publish(make.paper(), ben, "- too few seeds")
    point = review.points.get()
    page = as_ben.get(f"/reviews/{review.pk}/critique/")
    assert "too few seeds" in page.content.decode()
    as_ben.post(f"/reviews/{review.pk}/critique/", {f"point-{point.pk}": "withdrawn"})
    point.refresh_from_db()
    assert point.state == "withdrawn"


def test_the_author_is_asked_on_her_review_and_desk_until_she_answers(
    as_ben: Client, as_cy: Client, ben: Member, cy: Member
):
    paper = make.paper()
    review = publish(paper, ben, "- too few seeds")
    note_paper_version(paper=paper, version="v2", by=cy, at=NOW)
    asked = "Does it still hold?"
    assert asked in as_ben.get(paper.get_absolute_url()).content.decode()
    assert asked not in as_cy.get(paper.get_absolute_url()).content.decode()
    assert "version v2 is out" in as_ben.get("/reviews/questions/").content.decode()
    assert "No questions right now" in as_cy.get("/reviews/questions/").content.decode()
    as_ben.post(f"/reviews/{review.pk}/critique/", {})
    assert asked not in as_ben.get(paper.get_absolute_url()).content.decode()
