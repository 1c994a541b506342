"""The board of follow-up experiments, and one experiment from idea to outcome."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from papers import access
from papers.discussion.queries import list_threads
from papers.experiments import actions, queries
from papers.experiments.forms import (
    FilterForm,
    IdeaEditForm,
    IdeaForm,
    LinkForm,
    OutcomeForm,
    PredictionForm,
)
from papers.http import MemberRequest, get_request_lab, render_page, require_reviewer
from papers.models import Experiment, Prediction
from papers.text.numbers import read_number
from papers.writing.views import in_turn, once

BOARD = "experiments/experiment_list.html"
PAGE = "experiments/experiment_detail.html"
LAST_CARD = 999_999


@require_GET
def experiment_list(request: MemberRequest) -> HttpResponse:
    """The board; `state` with `start` gives more cards of one column."""
    if request.GET.get("state") in Experiment.State.values:
        return _show_more(request, request.GET["state"])
    return _show_board(request, request.GET)


@require_reviewer
@once
def experiment_new(request: MemberRequest) -> HttpResponse:
    """Propose one by hand."""
    form = IdeaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ideas = [form.get_idea()]
        made = actions.propose_experiments(ideas=ideas, by=request.user, at=timezone.now())
        return redirect(made[0])
    status = 422 if form.is_bound else 200
    return render_page(request, "experiments/experiment_new.html", {"form": form}, status=status)


@require_GET
def experiment_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One experiment: hypothesis, plan, owner, predictions, outcome, discussion."""
    return _show_experiment(request, pk)


@require_reviewer
@in_turn
def experiment_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Mend its words."""
    experiment = get_object_or_404(access.experiments_changeable_by(request.user), pk=pk)
    names = ("title", "hypothesis", "plan", "cost", "risk")
    initial = {name: getattr(experiment, name) for name in names}
    form = IdeaEditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        idea = form.get_idea()
        actions.change_experiment(
            experiment=experiment, idea=idea, by=request.user, at=timezone.now()
        )
        return redirect(experiment)
    context = {"form": form, "experiment": experiment}
    status = 422 if form.is_bound else 200
    return render_page(request, "experiments/experiment_new.html", context, status=status)


@require_GET
def experiment_similar(request: MemberRequest) -> HttpResponse:
    """Earlier experiments like the title being typed: "we tried that"."""
    title = next((str(v) for k, v in request.GET.items() if k.endswith("title")), "")[:300]
    lab = get_request_lab(request)
    near = queries.find_similar(title, request.user, lab) if len(title.strip()) > 1 else []
    return render_page(request, "experiments/_similar.html", {"similar": near, "title": title})


@require_POST
@require_reviewer
def experiment_state(request: MemberRequest, pk: int) -> HttpResponse:
    """Move to another column; closing states lead to the outcome's form."""
    experiment = get_object_or_404(access.experiments_changeable_by(request.user), pk=pk)
    state = request.POST.get("state") or request.GET.get("state", "")
    if state not in Experiment.State.values:
        return HttpResponse("There is no such column.", status=400, content_type="text/plain")
    try:
        actions.move_experiment(
            experiment=experiment, state=state, by=request.user, at=timezone.now()
        )
    except actions.OutcomeNeeded as reason:
        messages.info(request, str(reason))
        return redirect(f"{experiment.get_absolute_url()}?outcome={state}#outcome")
    if request.htmx.target == "board":
        return _show_board(request, request.POST)
    return redirect("experiment-list" if request.POST.get("next") == "board" else experiment)


@require_POST
@require_reviewer
def experiment_owner(request: MemberRequest, pk: int) -> HttpResponse:
    """Pick up (no handle), hand over (a handle), or put down (`-`)."""
    experiment = get_object_or_404(access.experiments_changeable_by(request.user), pk=pk)
    handle = request.POST.get("owner", "")
    to = request.user if not handle else None
    if handle and handle != "-":
        people = access.members_visible_to(request.user).active()
        to = get_object_or_404(people, handle__iexact=handle)
    actions.hand_experiment(experiment=experiment, to=to, by=request.user, at=timezone.now())
    return redirect(experiment)


@require_POST
@require_reviewer
@once
@in_turn
def experiment_outcome(request: MemberRequest, pk: int) -> HttpResponse:
    """Record what came out."""
    experiment = get_object_or_404(access.experiments_changeable_by(request.user), pk=pk)
    form = OutcomeForm(request.POST, initial={"outcome": experiment.outcome})
    if not form.is_valid():
        return _show_experiment(request, pk, outcome_form=form, status=422)
    actions.close_experiment(
        experiment=experiment, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("Outcome recorded. It now appears on the paper and the review."))
    return redirect(experiment)


@require_POST
@require_reviewer
@once
def experiment_link(request: MemberRequest, pk: int) -> HttpResponse:
    """Link a run or a repository."""
    experiment = get_object_or_404(access.experiments_changeable_by(request.user), pk=pk)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _show_experiment(request, pk, link_form=form, status=422)
    actions.link_experiment(experiment=experiment, **form.cleaned_data)
    return redirect(experiment)


@require_POST
def experiment_prediction(request: MemberRequest, pk: int) -> HttpResponse:
    """Say how likely the hypothesis is to hold; any member may."""
    visible = access.experiments_visible_to(request.user, get_request_lab(request))
    experiment = get_object_or_404(visible, pk=pk)
    form = PredictionForm(request.POST)
    if not form.is_valid():
        return _show_experiment(request, pk, prediction_form=form, status=422)
    percent = form.cleaned_data["percent"]
    try:
        actions.predict_outcome(
            experiment=experiment, percent=percent, by=request.user, at=timezone.now()
        )
    except actions.PredictionTooLate as reason:
        messages.warning(request, str(reason))
    return redirect(experiment)


@require_GET
def calibration(request: MemberRequest) -> HttpResponse:
    """How well predictions met outcomes: one's own first, then the lab's as a whole."""
    everything = Prediction.objects.filter(
        experiment__in=access.experiments_visible_to(request.user, get_request_lab(request))
    )
    context = {
        "own": queries.get_calibration(everything.filter(member=request.user)),
        "whole": queries.get_calibration(everything),
    }
    return render_page(request, "experiments/calibration.html", context)


def _make_filter(request: MemberRequest, data: QueryDict) -> FilterForm:
    lab = get_request_lab(request)
    topics = access.topics_visible_to(request.user, lab).order_by("path")
    choices = [(t.path, "\u2003" * t.depth + t.name) for t in topics.only("path", "name", "depth")]
    return FilterForm(data, queries.list_owners(request.user, lab), choices)


def _show_board(request: MemberRequest, data: QueryDict) -> HttpResponse:
    form = _make_filter(request, data)
    chosen = form.get_filter()
    lab = get_request_lab(request)
    columns = queries.list_board(request.user, lab, chosen, timezone.now())
    closed = [column for column in columns if column.state in Experiment.CLOSED]
    context = {
        "columns": [column for column in columns if column not in closed],
        "closed": closed,
        "closed_count": sum(column.count for column in closed),
        "form": form,
        "chosen": chosen,
    }
    return render_page(request, BOARD, context, fragments=["board"])


def _show_more(request: MemberRequest, state: str) -> HttpResponse:
    form = _make_filter(request, request.GET)
    number = read_number(request.GET.get("start", ""), most=LAST_CARD) or 0
    lab = get_request_lab(request)
    cards, has_more = queries.list_column(
        request.user, lab, form.get_filter(), timezone.now(), state, number
    )
    context = {
        "cards": cards,
        "state": state,
        "word": Experiment.State(state).label,
        "next": number + len(cards) if has_more else None,
    }
    is_part = request.htmx.target == f"more-{state}"
    template = "experiments/_more.html" if is_part else "experiments/column.html"
    return render_page(request, template, context)


def _show_experiment(
    request: MemberRequest,
    pk: int,
    *,
    outcome_form: OutcomeForm | None = None,
    link_form: LinkForm | None = None,
    prediction_form: PredictionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    lab = get_request_lab(request)
    rows = access.experiments_visible_to(request.user, lab)
    rows = rows.select_related("paper", "review__member", "owner", "proposed_by", "meeting")
    experiment = get_object_or_404(rows.prefetch_related("links"), pk=pk)
    predictions = experiment.predictions.select_related("member")
    mine = next((p for p in predictions if p.member_id == request.user.pk), None)
    asked = request.GET.get("outcome", experiment.state)
    context = {
        "experiment": experiment,
        "predictions": predictions,
        "mine": mine,
        "outcome_form": outcome_form
        or OutcomeForm(initial={"state": asked, "outcome": experiment.outcome}),
        "link_form": link_form or LinkForm(),
        "prediction_form": prediction_form
        or PredictionForm(initial={"percent": mine.percent if mine else None}),
        "discussion": list_threads(experiment, request.user, lab),
        "similar": queries.find_similar(experiment.title, request.user, lab, but=pk),
        "people": access.members_visible_to(request.user).active(),
        "states": [s for s in Experiment.State if s not in Experiment.CLOSED],
    }
    return render_page(request, PAGE, context, status=status)
