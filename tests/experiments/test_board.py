"""The board: from idea to outcome, what was tried before, predictions, and 2,000 experiments."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.experiments.actions import (
    Idea,
    OutcomeNeeded,
    PredictionTooLate,
    close_experiment,
    hand_experiment,
    move_experiment,
    predict_outcome,
    propose_experiments,
)
from papers.experiments.queries import get_calibration
from papers.experiments.similarity import Candidate, rank_similar
from papers.models import Event, Experiment, Member, Prediction
from papers.reviews.actions.publishing import publish_review
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.make import NOW


def test_publishing_a_review_puts_its_follow_ups_on_the_board_once(ben: Member):
    paper = make.paper()
    items = [{"title": "Ten seeds", "plan": "Run ten.", "hypothesis": "", "cost": "", "risk": ""}]
    content = ReviewContent(summary="It works.", items=items)
    for _ in range(2):
        publish_review(paper=paper, by=ben, at=NOW, content=content, stamp=Stamp(0, 0))
    experiment = Experiment.objects.get()
    assert (experiment.title, experiment.state, experiment.proposed_by) == (
        "Ten seeds",
        "idea",
        ben,
    )
    assert experiment.review.member == ben


def test_an_experiment_closes_with_words_only(ben: Member):
    experiment = make.experiment()
    with pytest.raises(OutcomeNeeded):
        move_experiment(experiment=experiment, state="dropped", by=ben, at=NOW)
    with pytest.raises(OutcomeNeeded):
        close_experiment(experiment=experiment, state="dropped", outcome=" ", by=ben, at=NOW)


def test_the_outcome_is_an_event_that_names_the_reviewer(ben: Member, cy: Member):
    paper = make.paper()
    review = make.review(paper, ben)
    [experiment] = propose_experiments(
        ideas=[Idea("Ten seeds")], by=ben, at=NOW, paper=paper, review=review
    )
    close_experiment(experiment=experiment, state="refuted", outcome="No.", by=cy, at=NOW)
    event = Event.objects.get(kind=Event.Kind.EXPERIMENT_CLOSED)
    assert (event.member, event.data) == (ben, {"before": "idea", "after": "refuted"})


def test_picking_up_an_idea_plans_it(ben: Member):
    experiment = hand_experiment(experiment=make.experiment(), to=ben, by=ben, at=NOW)
    assert (experiment.owner, experiment.state) == (ben, "planned")


def test_moving_twice_is_moving_once(ben: Member):
    experiment = make.experiment()
    for _ in range(2):
        move_experiment(experiment=experiment, state="running", by=ben, at=NOW)
    assert Event.objects.count() == 1


def test_what_was_tried_is_found_by_common_words():
    earlier = [
        Candidate(1, "Train with ten random seeds", ""),
        Candidate(2, "Measure sharpness with SAM", "large batches"),
        Candidate(3, "大きなバッチで鋭さを測る", ""),
    ]
    assert rank_similar("More seeds for training", earlier) == [1]
    assert rank_similar("バッチの鋭さ", earlier) == [3]
    assert rank_similar("the of and", earlier) == []


def test_a_prediction_is_made_before_the_outcome_and_may_change(ben: Member):
    experiment = make.experiment()
    predict_outcome(experiment=experiment, percent=20, by=ben, at=NOW)
    predict_outcome(experiment=experiment, percent=80, by=ben, at=NOW)
    close_experiment(experiment=experiment, state="confirmed", outcome="Yes.", by=ben, at=NOW)
    with pytest.raises(PredictionTooLate):
        predict_outcome(experiment=experiment, percent=100, by=ben, at=NOW)
    figures = get_calibration(Prediction.objects.all())
    assert figures is not None
    assert (figures.count, figures.brier, figures.bins[0].share) == (1, 0.04, 100)


def test_others_predictions_stay_closed_until_the_outcome(as_cy: Client, ben: Member):
    experiment = make.experiment()
    predict_outcome(experiment=experiment, percent=73, by=ben, at=NOW)
    assert "73 %" not in as_cy.get(f"/experiments/{experiment.pk}/").content.decode()
    close_experiment(experiment=experiment, state="confirmed", outcome="Yes.", by=ben, at=NOW)
    assert "73 %" in as_cy.get(f"/experiments/{experiment.pk}/").content.decode()


def test_the_board_costs_the_same_for_two_thousand_experiments(as_ben: Client, ben: Member):
    def count() -> tuple[int, int]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = as_ben.get("/experiments/")
        return len(queries), len(page.content)

    paper = make.paper(topics=[make.topic()])
    make.experiment(paper=paper, owner=ben)
    make.experiment(paper=paper, owner=ben)
    few, _ = count()
    common = {"paper": paper, "owner": ben, "created_at": NOW, "moved_at": NOW}
    states = ["idea", "planned", "running"]
    rows = [Experiment(title=f"Try {n}", state=states[n % 3], **common) for n in range(2000)]
    Experiment.objects.bulk_create(rows)
    many, size = count()
    assert many == few
    assert many <= 8
    assert size < 150_000


def test_more_cards_of_a_column_come_on_request(as_ben: Client):
    for n in range(25):
        make.experiment(f"Idea {n:02}")
    first = as_ben.get("/experiments/").content.decode()
    rest = as_ben.get("/experiments/?state=idea&start=20").content.decode()
    shown = {n for n in range(25) if f"Idea {n:02}" in first}
    assert len(shown) == 20
    assert {n for n in range(25) if f"Idea {n:02}" in rest} == set(range(25)) - shown


def test_a_card_moves_without_javascript(as_ben: Client):
    experiment = make.experiment()
    answer = as_ben.post(f"/experiments/{experiment.pk}/state/?state=running")
    experiment.refresh_from_db()
    assert (answer.status_code, experiment.state) == (302, "running")


def test_closing_leads_to_the_form_for_the_outcome(as_ben: Client):
    experiment = make.experiment()
    answer = as_ben.post(f"/experiments/{experiment.pk}/state/?state=refuted")
    assert answer["Location"].endswith("?outcome=refuted#outcome")


def test_an_outcome_without_words_is_refused_and_keeps_the_choice(as_ben: Client):
    experiment = make.experiment()
    url = f"/experiments/{experiment.pk}/outcome/"
    answer = as_ben.post(url, {"state": "refuted", "outcome": ""})
    assert answer.status_code == 422
    as_ben.post(url, {"state": "refuted", "outcome": "It did not hold."})
    experiment.refresh_from_db()
    assert (experiment.state, experiment.closed_at is not None) == ("refuted", True)


def test_a_reader_may_not_move(as_rea: Client):
    url = f"/experiments/{make.experiment().pk}/state/?state=running"
    assert as_rea.post(url).status_code == 403


def test_everybody_but_strangers_may_predict(as_rea: Client):
    experiment = make.experiment()
    as_rea.post(f"/experiments/{experiment.pk}/prediction/", {"percent": 60})
    assert Prediction.objects.get().percent == 60


def test_the_board_is_narrowed_by_topic_owner_origin_and_age(as_ben: Client, ben: Member):
    topic = make.topic("Sharpness")
    paper = make.paper(topics=[topic])
    make.experiment("Mine here", owner=ben, paper=paper, review=make.review(paper, ben))
    make.experiment("Elsewhere")
    for query in ("topic=sharpness", "owner=ben", "origin=review"):
        page = as_ben.get(f"/experiments/?{query}").content.decode()
        assert "Mine here" in page, query
        assert "Elsewhere" not in page, query


def test_the_form_for_the_outcome_is_folded_once_there_is_one(as_ben: Client, ben: Member) -> None:
    for state, is_open in (("running", True), ("confirmed", False)):
        closed_at = None if is_open else make.NOW
        experiment = make.experiment(owner=ben, state=state, outcome="Yes.", closed_at=closed_at)
        page = as_ben.get(experiment.get_absolute_url()).content.decode()
        assert ('<details class="folded" open>' in page) is is_open
        assert ('<details class="folded">' in page) is not is_open
