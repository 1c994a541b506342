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
from papers.models import Event
from papers.text import addresses
from papers.topics.actions.nodes import order_topics
from papers.topics.forms import PlaceForm
from papers.topics.placing.actions import TreeChanged, place_topic
from papers.topics.placing.forms import DropForm
from papers.topics.views import REFUSALS, reorder, show_tree
from papers.writing.views import offer_undo


@require_POST
@require_curator
def topic_place(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a topic where it was dropped; the tree as it is now comes back, whatever became of it."""
    topics = access.topics_visible_to(request.user, get_request_lab(request))
    topic = get_object_or_404(topics, pk=pk)
    form, at = DropForm(request.POST), timezone.now()
    if form.is_valid():
        try:
            is_moved = place_topic(topic=topic, drop=form.get_drop(), by=request.user, at=at)
        except (TreeChanged, *REFUSALS) as refusal:
            messages.warning(request, str(refusal))
        else:
            if is_moved:
                said = _("Moved “%(name)s”.") % {"name": topic.name}
                offer_undo(request, said, Event.Kind.TOPIC_CHANGED, at)
    if request.htmx.target != "topic-tree":
        return redirect_page(request, f"{addresses.TOPICS}?edit")
    return show_tree(request, is_editing=True)


@require_POST
@require_curator
def topic_position(request: MemberRequest, pk: int) -> HttpResponse:
    """Move a topic among its siblings."""
    topics = access.topics_visible_to(request.user, get_request_lab(request))
    topic = get_object_or_404(topics.select_related("parent"), pk=pk)
    keys = list(topics.filter(parent=topic.parent).values_list("pk", flat=True))
    order = reorder(keys, pk, PlaceForm(request.POST))
    order_topics(parent=topic.parent, topics=order, by=request.user, at=timezone.now())
    back = topic.parent.get_absolute_url() if topic.parent else addresses.TOPICS
    return redirect_page(request, f"{back}?edit")
