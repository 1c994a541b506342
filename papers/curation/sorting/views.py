"""Acts on many papers at once: what is meant is shown before it is done, and can be taken back."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access
from papers.catalogue.actions.bulk_edits import AlreadyUndone, find_undoing
from papers.catalogue.paper_list.queries.catalogue_page import CatalogueRequest
from papers.curation.sorting.actions import (
    ACTS,
    MOST_LISTED,
    Meant,
    NothingSelected,
    Selection,
    TooManyPapers,
    find_selection,
    list_listed,
    list_shown,
    list_topics,
    list_venues,
    say_done,
    say_left,
    sort_papers,
    undo_sorting,
)
from papers.curation.sorting.forms import SortingForm
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.meetings.agenda.actions.bulk_nominations import TooManyNominations
from papers.models import Event, Topic
from papers.search.display import say_remark
from papers.search.queries import SearchTooLong
from papers.topics.actions.nodes import TopicExists, TopicTooDeep
from papers.topics.merging.actions import TopicIsGone
from papers.topics.queries.tree import list_topic_choices
from papers.writing.views import once

KEY = re.compile("[0-9]{1,18}")
NOT_SELECTED = (NothingSelected, TooManyPapers)


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@once
def selection(request: MemberRequest) -> HttpResponse:
    """Which papers, and what will be done with them; a POST does it."""
    lab, asked = get_request_lab(request), request.POST or request.GET
    try:
        chosen = find_selection(_read(asked), request.user, lab, timezone.localdate())
    except NOT_SELECTED as refusal:
        return _refuse(request, str(refusal), _find_split(asked) or reverse("paper-list"))
    except SearchTooLong:
        too_slow = _("This search is too slow to select all results. Try a filter.")
        return _refuse(request, too_slow, reverse("paper-list"))
    act = asked.get("act", "")
    act = act if act in ACTS else next(iter(ACTS))
    topics = list_topics(act, chosen, request.user, lab)
    form = SortingForm(
        request.POST or None,
        act=act,
        topics=topics,
        parents=list_topic_choices(request.user, lab) if act == "split" else [],
        venues=list_venues(chosen) if act == "venue" else [],
        initial=_read_source(asked),
    )
    is_other = request.method == "POST" and _has_changed(request.POST, chosen)
    if request.method == "POST" and not is_other and form.is_valid():
        try:
            return _sort(request, act, chosen, form)
        except TooManyNominations as refusal:
            form.add_error(None, str(refusal))
        except TopicExists as refusal:
            form.add_error("name", str(refusal))
        except TopicTooDeep as refusal:
            form.add_error("parent", str(refusal))
    context = {
        "act": act, "acts": ACTS, "selection": chosen, "form": form,
        "remarks": [say_remark(one) for one in chosen.remarks],
        "shown": list_shown(chosen), "is_other": is_other,
        "cancel_url": _find_split(asked) or chosen.meant.back,
    }  # fmt: skip
    status = 409 if is_other else 422 if form.errors else 200
    return render_page(request, "curation/selection.html", context, status=status)


@require_safe
@require_curator
def topic_split(request: MemberRequest, pk: int) -> HttpResponse:
    """The papers of a topic, to choose those that move to a new one."""
    topics = access.topics_visible_to(request.user, get_request_lab(request))
    topic = get_object_or_404(topics, pk=pk)
    papers = list_listed(topic)
    context = {
        "topic": topic,
        "papers": papers[:MOST_LISTED],
        "has_more": len(papers) > MOST_LISTED,
    }
    return render_page(request, "curation/topic_split.html", context)


@require_safe
@require_curator
def sorting_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """What an act on many papers did, and the way to take it back."""
    event = _get_act(request, pk)
    context = {
        "event": event,
        "new": Topic.objects.filter(pk=event.data.get("into")).first(),
        "done": say_done(event),
        "undoing": find_undoing(event),
        "can_be_undone": "undoes" not in event.data,
    }
    return render_page(request, "curation/sorting.html", context)


@require_POST
@require_curator
def sorting_undoing(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an act back."""
    event = _get_act(request, pk)
    if "undoes" in event.data:
        return redirect_page(request, reverse("sorting", args=[pk]))
    try:
        undoing = undo_sorting(event=event, by=request.user, at=timezone.now())
    except (AlreadyUndone, TopicIsGone) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, say_done(undoing))
    return redirect_page(request, reverse("sorting", args=[pk]))


def _sort(request: MemberRequest, act: str, chosen: Selection, form: SortingForm) -> HttpResponse:
    event = sort_papers(
        act=act,
        papers=chosen.papers,
        by=request.user,
        at=timezone.now(),
        topic=form.cleaned_data.get("topic"),
        slots=form.cleaned_data.get("slots"),
        venue=form.cleaned_data.get("venue", ""),
        name=form.cleaned_data.get("name", ""),
        parent=form.cleaned_data.get("parent"),
    )
    left = say_left(act, chosen, event)
    if event is None:
        messages.warning(request, f"{_('No changes.')} {left}")
        return redirect_page(request, chosen.meant.back)
    if left:
        messages.info(request, left)
    return redirect_page(request, reverse("sorting", args=[event.pk]))


def _has_changed(post: QueryDict, chosen: Selection) -> bool:
    """Whether the whole result is another than the one that was shown."""
    return chosen.meant.is_whole and post.get("expected", "") != str(chosen.number)


def _read(asked: QueryDict) -> Meant:
    """Keys come as the boxes send them: one each, or all of a page with commas between."""
    parts = ",".join(asked.getlist("paper")).split(",")
    keys = dict.fromkeys(int(key) for key in parts if KEY.fullmatch(key))
    is_whole, typing = bool(asked.get("whole")), bool(asked.get("typing"))
    return Meant(list(keys), is_whole, typing, CatalogueRequest.read(asked))


def _read_source(asked: QueryDict) -> dict[str, int | None]:
    """The topic that is split, where the address names it: the new one stands beside it."""
    pk = asked.get("topic", "")
    topic = Topic.objects.filter(pk=pk).first() if KEY.fullmatch(pk) else None
    return {"topic": topic.pk, "parent": topic.parent_id} if topic else {}


def _find_split(asked: QueryDict) -> str:
    """The page on which the papers of a topic were chosen, if its form asks."""
    pk = asked.get("topic", "") if asked.get("act") == "split" else ""
    return reverse("topic-split", args=[pk]) if KEY.fullmatch(pk) else ""


def _get_act(request: MemberRequest, pk: int) -> Event:
    events = access.events_visible_to(request.user, get_request_lab(request))
    acts = events.filter(kind=Event.Kind.PAPERS_SORTED).select_related("topic", "by")
    return get_object_or_404(acts, pk=pk)


def _refuse(request: MemberRequest, sentence: str, url: str) -> HttpResponse:
    messages.warning(request, sentence)
    return redirect_page(request, url)
