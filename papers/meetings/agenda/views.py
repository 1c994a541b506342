"""One meeting: its agenda before, its minutes and verdicts afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.meetings.agenda.actions.items import (
    ItemFacts,
    OnAgendaAlready,
    add_item,
    assign_presenters,
    change_item,
    move_item,
    order_items,
    pack_agenda,
    remove_item,
    send_agenda,
)
from papers.meetings.agenda.queries.agenda_page import (
    AgendaRow,
    find_named_papers,
    get_end,
    list_agreed,
    list_offers,
    list_rows,
)
from papers.meetings.forms import ItemForm, SubjectForm
from papers.meetings.series.actions.rota import SwapTooLate, request_swap
from papers.meetings.series.queries import Rota, read_rota
from papers.models import AgendaItem, Experiment, Meeting, Member, Paper
from papers.text import addresses
from papers.text.numbers import read_number
from papers.writing.views import once

PAGE = "meetings/meeting_detail.html"


@require_safe
def meeting_detail(request: MemberRequest, day: date) -> HttpResponse:
    """The agenda; afterwards what was said and agreed on."""
    return _show(request, get_meeting(request, day))


@require_POST
@once
def meeting_items(request: MemberRequest, day: date) -> HttpResponse:
    """Put a suggestion, a paper by its name, or a point of another kind on the agenda."""
    meeting = _get_run(request, day)
    form = SubjectForm(request.POST)
    facts, found = _read_suggestion(request), list[Paper]()
    if facts is None:
        facts, found = _read_named(request, form)
    if facts is None:
        return _show(request, meeting, status=422, subject_form=form, found=found)
    try:
        add_item(meeting=meeting, facts=facts, by=request.user, at=timezone.now())
    except OnAgendaAlready as reason:
        return _show(request, meeting, status=422, note=str(reason))
    return _answer(request, meeting)


@require_POST
def meeting_order(request: MemberRequest, day: date) -> HttpResponse:
    """Bring the items into the order to which they were dragged."""
    meeting = _get_run(request, day)
    sent = map(read_number, request.POST.getlist("item"))
    order = [key for key in sent if key is not None]
    order_items(meeting=meeting, order=order, by=request.user, at=timezone.now())
    return _answer(request, meeting)


@require_POST
@once
def meeting_filling(request: MemberRequest, day: date) -> HttpResponse:
    """Fill the minutes that are free."""
    meeting = _get_run(request, day)
    made = pack_agenda(meeting=meeting, by=request.user, at=timezone.now())
    note = _("Nothing to suggest: no votes, new reviews or finished experiments.")
    return _answer(request, meeting, "" if made else note)


@require_POST
def meeting_presenters(request: MemberRequest, day: date) -> HttpResponse:
    """Give a presenter to every item without one, by the rota."""
    meeting = _get_run(request, day)
    given = assign_presenters(meeting=meeting, by=request.user, at=timezone.now())
    return _answer(request, meeting, "" if given else _("No one is available to present that day."))


@require_POST
@once
def meeting_mailing(request: MemberRequest, day: date) -> HttpResponse:
    """Mail the agenda to everybody, once."""
    meeting = _get_run(request, day)
    written = send_agenda(meeting=meeting, by=request.user, at=timezone.now())
    said = _("Everyone already has it.")
    if written:
        said = ngettext(
            "Agenda emailed to %(n)s member.", "Agenda emailed to %(n)s members.", written
        ) % {"n": written}
    messages.success(request, said)
    return redirect_page(request, meeting.get_absolute_url())


@require_POST
def meeting_item(request: MemberRequest, pk: int) -> HttpResponse:
    """Change an item's minutes and presenter."""
    item = _get_item(request, pk)
    people = [*access.members_visible_to(request.user).active()]
    form = ItemForm(request.POST, people)
    if not form.is_valid():
        return _show(request, item.meeting, status=422, item_form=form, wrong=item.pk)
    change_item(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
    return _answer(request, item.meeting)


@require_POST
def meeting_item_place(request: MemberRequest, pk: int) -> HttpResponse:
    """Move an item up or down."""
    item = _get_item(request, pk)
    step = -1 if request.POST.get("step") == "up" else 1
    move_item(item=item, step=step, by=request.user, at=timezone.now())
    return _answer(request, item.meeting)


@require_POST
def meeting_item_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda; the second click finds it gone already."""
    item = access.agenda_items_run_by(request.user).filter(pk=pk).first()
    if item is None:
        if AgendaItem.objects.filter(pk=pk).exists():
            raise Http404
        return redirect_page(request, addresses.MEETINGS)
    remove_item(item=item, by=request.user, at=timezone.now())
    return _answer(request, item.meeting)


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


def get_meeting(request: MemberRequest, day: date) -> Meeting:
    """The meeting of a day, for whoever may see it."""
    rows = access.meetings_visible_to(request.user).select_related("lead")
    return get_object_or_404(rows, day=day)


def _get_run(request: MemberRequest, day: date) -> Meeting:
    rows = access.meetings_run_by(request.user).select_related("lead")
    return get_object_or_404(rows, day=day)


def _get_item(request: MemberRequest, pk: int) -> AgendaItem:
    rows = access.agenda_items_run_by(request.user).select_related("meeting__lead")
    return get_object_or_404(rows, pk=pk)


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


def _answer(request: MemberRequest, meeting: Meeting, note: str = "") -> HttpResponse:
    """After a write: the agenda where it was asked for, else the page."""
    if request.htmx:
        return _show(request, meeting, note=note)
    if note:
        messages.warning(request, note)
    return redirect_page(request, f"{meeting.get_absolute_url()}#agenda")


def _show(
    request: MemberRequest,
    meeting: Meeting,
    *,
    status: int = 200,
    subject_form: SubjectForm | None = None,
    **context: Any,
) -> HttpResponse:
    viewer, lab = request.user, get_request_lab(request)
    rows = list_rows(meeting, viewer, lab)
    may_run = access.can_run_meeting(viewer, meeting)
    context |= {
        "meeting": meeting,
        "ends_at": get_end(meeting),
        "rows": rows,
        "planned": sum(row.minutes for row in rows),
        "free": meeting.minutes - sum(row.minutes for row in rows),
        "over": sum(row.minutes for row in rows) - meeting.minutes,
        "may_run": may_run,
        "may_change": may_run and not meeting.is_over,
        "subject_form": subject_form or SubjectForm(),
    }
    if meeting.is_over:
        context["agreed"] = list_agreed(meeting, viewer, lab)
    else:
        rota = read_rota(viewer, lab, meeting.day)
        context |= {"rota": rota, "partners": _list_partners(viewer, rota, rows)}
        if context["may_change"]:
            context["offers"] = list_offers(viewer, lab, rota, timezone.now())
    return render_page(request, PAGE, context, fragments=["agenda"], status=status)


def _list_partners(me: Member, rota: Rota, rows: list[AgendaRow]) -> list[tuple[str, str]]:
    """Whom one can ask to take a turn: those present, with their own turn in this meeting."""
    partners = []
    for line in rota.lines:
        if line.person.id == me.pk or line.turn.is_away:
            continue
        partners.append((line.person.handle, line.person.name))
        for row in rows:
            if row.presenter and row.presenter.id == line.person.id:
                word = _("%(name)s, in exchange for “%(title)s”")
                word %= {"name": line.person.name, "title": row.title[:40]}
                partners.append((f"{line.person.handle}:{row.id}", word))
    return partners
