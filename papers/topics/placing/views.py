"""Places of topics over the web: one step by a button, or anywhere by dragging."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, require_curator
from papers.models import Event, Topic
from papers.text import addresses
from papers.topics.forms import PlaceForm
from papers.topics.placing.actions import Drop, Side, TreeChanged, place_topic
from papers.topics.placing.forms import DropForm
from papers.topics.views import REFUSALS, reorder, show_tree
from papers.ways_back import find_own_page
from papers.writing.views import offer_undo


@require_POST
@require_curator
def topic_place(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a topic where it was dropped."""
    topics = access.topics_visible_to(request.user, get_request_lab(request))
    topic = get_object_or_404(topics, pk=pk)
    form = DropForm(request.POST)
    return _place(request, topic, form.get_drop() if form.is_valid() else None)


@require_POST
@require_curator
def topic_position(request: MemberRequest, pk: int) -> HttpResponse:
    """Move a topic among its siblings, as if it were dropped before or behind one of them."""
    topics = access.topics_visible_to(request.user, get_request_lab(request))
    topic = get_object_or_404(topics, pk=pk)
    keys = list(topics.filter(parent=topic.parent_id).values_list("pk", flat=True))
    order = reorder(keys, pk, PlaceForm(request.POST))
    place = order.index(pk)
    behind = order[place + 1] if place + 1 < len(order) else None
    target, side = (behind, Side.BEFORE) if behind else (order[place - 1], Side.AFTER)
    drop = Drop(target, side, topic.parent_id, topic.parent_id)
    return _place(request, topic, drop if order != keys else None)


def _place(request: MemberRequest, topic: Topic, drop: Drop | None) -> HttpResponse:
    """The tree as it is now comes back, whatever became of it, with its undo; or the page on which
    the button was."""
    at = timezone.now()
    try:
        is_moved = drop and place_topic(topic=topic, drop=drop, by=request.user, at=at)
    except (TreeChanged, *REFUSALS) as refusal:
        messages.warning(request, str(refusal))
    else:
        if is_moved:
            said = _("Moved “%(name)s”.") % {"name": topic.name}
            offer_undo(request, said, Event.Kind.TOPIC_CHANGED, at)
    if request.htmx.target == "topic-tree":
        return show_tree(request, is_editing=True, moved=topic.pk)
    back = request.headers.get("Referer", "")
    return redirect_page(
        request, find_own_page(request, back, otherwise=f"{addresses.TOPICS}?edit")
    )
