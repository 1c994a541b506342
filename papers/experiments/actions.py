"""The life of a follow-up experiment: proposed, picked up, moved, closed with an outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.events import find_mentioned, record
from papers.models import (
    CritiqueQuestion,
    Event,
    Experiment,
    ExperimentLink,
    Meeting,
    Member,
    Paper,
    Prediction,
    Review,
)
from papers.search.index.actions import refresh
from papers.text.markdown import RENDERER_VERSION, render


@dataclass(frozen=True, slots=True)
class Idea:
    """What an experiment is to be, as written in a review, a meeting or by hand."""

    title: str
    hypothesis: str = ""
    plan: str = ""
    cost: str = ""
    risk: str = ""


class OutcomeNeeded(Exception):
    """An experiment closes with words: what came out, or why it was dropped."""


class PredictionTooLate(Exception):
    """The outcome is known."""


def propose_experiments(
    *,
    ideas: Iterable[Idea],
    by: Member,
    at: datetime,
    paper: Paper | None = None,
    review: Review | None = None,
    meeting: Meeting | None = None,
) -> list[Experiment]:
    """Put ideas on the board. An idea whose title already came from the review is not doubled."""
    with transaction.atomic():
        known = set(review.experiments.values_list("title", flat=True)) if review else set()
        made = []
        for idea in ideas:
            if idea.title in known:
                continue
            known.add(idea.title)
            experiment = Experiment(
                paper=paper, review=review, meeting=meeting, proposed_by=by, created_at=at,
                moved_at=at,
            )  # fmt: skip
            _write(experiment, idea)
            experiment.save()
            mentioned = find_mentioned(_list_texts(idea))
            record(Event.Kind.EXPERIMENT_PROPOSED, experiment, by=by, at=at, data=mentioned)
            made.append(experiment)
        _index(made)
    return made


def change_experiment(*, experiment: Experiment, idea: Idea, by: Member, at: datetime) -> None:
    """Mend the words of an experiment. An event only for those whom they newly mention."""
    with transaction.atomic():
        experiment = _lock(experiment)
        mentioned = find_mentioned(_list_texts(idea), _list_texts(experiment))
        _write(experiment, idea)
        experiment.save()
        if mentioned:
            states = {"before": experiment.state, "after": experiment.state}
            kind = Event.Kind.EXPERIMENT_MOVED
            record(kind, experiment, by=by, at=at, data=states | mentioned)
        _index([experiment])


def move_experiment(*, experiment: Experiment, state: str, by: Member, at: datetime) -> Experiment:
    """Move an experiment that goes on to another column; moving it there twice is once.

    Raises OutcomeNeeded for the closing states: those go through `close_experiment`.
    """
    if state in Experiment.CLOSED:
        raise OutcomeNeeded(_("Enter what happened, or why it was dropped."))
    with transaction.atomic():
        experiment = _lock(experiment)
        before = experiment.state
        if before == state:
            return experiment
        experiment.state, experiment.moved_at, experiment.closed_at = state, at, None
        experiment.save()
        states = {"before": before, "after": state}
        record(Event.Kind.EXPERIMENT_MOVED, experiment, by=by, at=at, data=states)
        _index([experiment])
    return experiment


def close_experiment(
    *, experiment: Experiment, state: str, outcome: str, by: Member, at: datetime
) -> Experiment:
    """Record what came out. The event names the reviewer whose review it came from, and her
    critique is put to her once. Raises OutcomeNeeded without words."""
    if state not in Experiment.CLOSED or not outcome.strip():
        raise OutcomeNeeded(_("Enter what happened, or why it was dropped."))
    with transaction.atomic():
        experiment = _lock(experiment)
        before = experiment.state
        if before == state and experiment.outcome == outcome:
            return experiment
        mentioned = find_mentioned([outcome], [experiment.outcome])
        experiment.state, experiment.outcome = state, outcome
        experiment.outcome_html, experiment.renderer = render(outcome), RENDERER_VERSION
        experiment.moved_at = experiment.closed_at = at
        experiment.save()
        states = {"before": before, "after": state}
        record(Event.Kind.EXPERIMENT_CLOSED, experiment, by=by, at=at, data=states | mentioned)
        _ask_reviewer(experiment, at)
        _index([experiment])
    return experiment


def hand_experiment(
    *, experiment: Experiment, to: Member | None, by: Member, at: datetime
) -> Experiment:
    """Pick up, hand over, or put down (`to=None`); an idea that is picked up becomes planned."""
    with transaction.atomic():
        experiment = _lock(experiment)
        if experiment.owner_id == (to.pk if to else None):
            return experiment
        experiment.owner = to
        before = experiment.state
        if to and before == Experiment.State.IDEA:
            experiment.state, experiment.moved_at = Experiment.State.PLANNED, at
        experiment.save()
        handles = {"owner": to.handle if to else "", "told": [to.pk] if to else []}
        kind = Event.Kind.EXPERIMENT_MOVED
        states = {"before": before, "after": experiment.state, **handles}
        record(kind, experiment, by=by, at=at, data=states)
    return experiment


def link_experiment(*, experiment: Experiment, url: str, label: str = "") -> ExperimentLink:
    """Link a run, a repository or a notebook; linking twice is linking once."""
    link, _ = ExperimentLink.objects.get_or_create(
        experiment=experiment, url=url, defaults={"label": label}
    )
    return link


def predict_outcome(
    *, experiment: Experiment, percent: int, by: Member, at: datetime
) -> Prediction:
    """Say how likely the hypothesis is to hold, in percent; it can be changed until the outcome.

    Raises PredictionTooLate once the experiment is closed.
    """
    with transaction.atomic():
        if _lock(experiment).closed_at:
            raise PredictionTooLate(_("Predictions closed: the outcome is known."))
        prediction, _is_new = Prediction.objects.update_or_create(
            experiment=experiment, member=by, defaults={"percent": percent, "made_at": at}
        )
    return prediction


def _lock(experiment: Experiment) -> Experiment:
    return Experiment.objects.select_for_update().get(pk=experiment.pk)


def _write(experiment: Experiment, idea: Idea) -> None:
    for name in ("title", "hypothesis", "plan", "cost", "risk"):
        setattr(experiment, name, getattr(idea, name))
    experiment.plan_html, experiment.renderer = render(idea.plan), RENDERER_VERSION


def _list_texts(row: Idea | Experiment) -> list[str]:
    return [row.hypothesis, row.plan]


def _ask_reviewer(experiment: Experiment, at: datetime) -> None:
    if experiment.review_id:
        CritiqueQuestion.objects.get_or_create(
            review_id=experiment.review_id, experiment=experiment, defaults={"asked_at": at}
        )


def _index(experiments: Iterable[Experiment]) -> None:
    refresh({one.paper_id for one in experiments if one.paper_id})
