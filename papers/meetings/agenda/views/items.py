"""Changing an agenda: items, their order, presenters, and papers under a question."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page
from papers.meetings.agenda.actions.items import (
    ItemFacts,
    OnAgendaAlready,
    add_item,
    assign_presenters,
    change_item,
    move_item,
    order_items,
    pack_agenda,
)
from papers.meetings.agenda.actions.questions import NoQuestion, gather_paper
from papers.meetings.agenda.queries.agenda_page import find_named_papers
from papers.meetings.agenda.removals.actions import remove_item
from papers.meetings.agenda.views.page import answer_agenda, get_run_meeting, show_meeting
from papers.meetings.forms import ItemForm, SubjectForm
from papers.meetings.series.actions.rota import SwapTooLate, request_swap
from papers.models import AgendaItem, Event, Experiment, Paper
from papers.text import addresses
from papers.text.numbers import read_number
from papers.text.slots import Slot
from papers.writing.views import offer_undo, once


@require_POST
@once
def meeting_items(request: MemberRequest, day: Slot) -> HttpResponse:
    """Put a suggestion, a paper by its name, or a point of another kind on the agenda."""
    meeting = get_run_meeting(request, day)
    form = SubjectForm(request.POST)
    facts, found = _read_facts(request, form)
    if facts is None:
        return show_meeting(request, meeting, status=422, subject_form=form, found=found)
    try:
        add_item(meeting=meeting, facts=facts, by=request.user, at=timezone.now())
    except OnAgendaAlready as reason:
        return show_meeting(request, meeting, status=422, note=str(reason))
    return answer_agenda(request, meeting)


@require_POST
def meeting_order(request: MemberRequest, day: Slot) -> HttpResponse:
    """Bring the items into the order to which they were dragged."""
    meeting = get_run_meeting(request, day)
    sent = map(read_number, request.POST.getlist("item"))
    order = [key for key in sent if key is not None]
    order_items(meeting=meeting, order=order, by=request.user, at=timezone.now())
    return answer_agenda(request, meeting)


@require_POST
@once
def meeting_filling(request: MemberRequest, day: Slot) -> HttpResponse:
    """Fill the minutes that are free."""
    meeting = get_run_meeting(request, day)
    made = pack_agenda(meeting=meeting, by=request.user, at=timezone.now())
    note = _("Nothing to suggest: no votes, new reviews or finished experiments.")
    return answer_agenda(request, meeting, "" if made else note)


@require_POST
def meeting_presenters(request: MemberRequest, day: Slot) -> HttpResponse:
    """Give a presenter to every item without one, by the rota."""
    meeting = get_run_meeting(request, day)
    given = assign_presenters(meeting=meeting, by=request.user, at=timezone.now())
    note = _("No one to assign: each item has a presenter, or no one is available that day.")
    return answer_agenda(request, meeting, "" if given else note)


@require_POST
def meeting_item(request: MemberRequest, pk: int) -> HttpResponse:
    """Change an item's minutes and presenter."""
    item = _get_item(request, pk)
    people = [*access.members_visible_to(request.user).active()]
    form = ItemForm(request.POST, people)
    if not form.is_valid():
        return show_meeting(request, item.meeting, status=422, item_form=form, wrong=item.pk)
    change_item(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
    return answer_agenda(request, item.meeting)


@require_POST
def meeting_item_place(request: MemberRequest, pk: int) -> HttpResponse:
    """Move an item up or down."""
    item = _get_item(request, pk)
    step = -1 if request.POST.get("step") == "up" else 1
    move_item(item=item, step=step, by=request.user, at=timezone.now())
    return answer_agenda(request, item.meeting)


@require_POST
def meeting_item_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda; the second click finds it gone already."""
    item = access.agenda_items_run_by(request.user).filter(pk=pk).first()
    if item is None:
        if AgendaItem.objects.filter(pk=pk).exists():
            raise Http404
        return redirect_page(request, addresses.MEETINGS)
    at = timezone.now()
    if remove_item(item=item, by=request.user, at=at):
        offer_undo(request, _("Removed from the agenda."), Event.Kind.MEETING_CHANGED, at)
    return answer_agenda(request, item.meeting)


@require_POST
@once
def meeting_gathering(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a paper under a question, by its name or number."""
    item = _get_item(request, pk)
    form = SubjectForm(request.POST)
    facts, found = _read_facts(request, form)
    if facts is None or facts.paper is None:
        wrong: dict[str, Any] = {"gather_form": form, "gathering": item.pk, "gather_found": found}
        return show_meeting(request, item.meeting, status=422, **wrong)
    by, at = request.user, timezone.now()
    try:
        gather_paper(question=item, paper=facts.paper, by=by, at=at)
    except (OnAgendaAlready, NoQuestion) as reason:
        return show_meeting(request, item.meeting, status=422, note=str(reason))
    return answer_agenda(request, item.meeting)


@require_POST
@once
def meeting_item_swap(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask somebody else to take one's turn; `to` is a handle, with an item to get for it."""
    item = get_object_or_404(access.agenda_items_presented_by(request.user), pk=pk)
    handle, _sep, key = request.POST.get("to", "").partition(":")
    people = access.members_visible_to(request.user).active()
    to = get_object_or_404(people, handle=handle)
    theirs = read_number(key)
    given = get_object_or_404(AgendaItem, pk=theirs, presenter=to) if theirs is not None else None
    try:
        request_swap(item=item, to=to, by=request.user, at=timezone.now(), given=given)
        said = _("Request sent to %(name)s. It's your turn until they accept.")
        messages.success(request, said % {"name": to})
    except SwapTooLate as reason:
        messages.warning(request, str(reason))
    return redirect_page(request, item.meeting.get_absolute_url())


def _get_item(request: MemberRequest, pk: int) -> AgendaItem:
    rows = access.agenda_items_run_by(request.user).select_related("meeting__lead")
    return get_object_or_404(rows, pk=pk)


def _read_facts(request: MemberRequest, form: SubjectForm) -> tuple[ItemFacts | None, list[Paper]]:
    """What a button of the suggestions names, else what was typed; and papers it may mean."""
    suggested = _read_suggestion(request)
    return (suggested, []) if suggested else _read_named(request, form)


def _read_suggestion(request: MemberRequest) -> ItemFacts | None:
    """`paper=7` or `experiment=3`, as the buttons of the suggestions say."""
    lab = get_request_lab(request)
    length = read_number(request.POST.get("minutes", ""), most=600) or 20
    kind, _, named = request.POST.get("add", "").partition(":")
    key = read_number(named)
    if key is None:
        return None
    if kind == "paper":
        papers = access.papers_visible_to(request.user, lab)
        return ItemFacts(paper=get_object_or_404(papers, pk=key), minutes=length)
    seen = access.experiments_visible_to(request.user, lab)
    experiment: Experiment = get_object_or_404(seen, pk=key)
    return ItemFacts(experiment=experiment, minutes=10, presenter=experiment.owner)


def _read_named(request: MemberRequest, form: SubjectForm) -> tuple[ItemFacts | None, list[Paper]]:
    """What was typed: a paper by its name, or a point of another kind; else papers it may mean."""
    if not form.is_valid():
        return None, []
    text = form.cleaned_data["subject"]
    if "as_point" in request.POST:
        return ItemFacts(title=text, minutes=10), []
    lab = get_request_lab(request)
    found = find_named_papers(text, request.user, lab, timezone.localdate())
    if found.only:
        return ItemFacts(paper=found.only), found.papers
    _say_found(form, found.papers)
    return None, found.papers


def _say_found(form: SubjectForm, found: list[Paper]) -> None:
    if found:
        form.add_error("subject", _("No paper has exactly that title. Choose one below."))
    else:
        form.add_error(
            "subject", _("No paper with that title. Add it as a discussion item instead?")
        )
