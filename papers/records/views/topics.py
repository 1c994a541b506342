"""Merging topics, and deleting empty ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from papers import access
from papers.accounts.confirming.views import recent_sign_in
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.models import Event, Topic
from papers.records.forms import TopicMergeForm
from papers.records.queries.alike import group_by_likeness
from papers.text import addresses
from papers.topics.actions.nodes import TopicCycle
from papers.topics.merging.actions import TopicIsGone, TopicNotEmpty, delete_topic, merge_topics
from papers.topics.queries.tree import list_topic_choices
from papers.writing.views import offer_undo, once


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@recent_sign_in
@once
def topic_merge(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose the topic into which this one goes; a POST merges them."""
    lab = get_request_lab(request)
    topics = access.topics_visible_to(request.user, lab)
    topic = get_object_or_404(topics, pk=pk)
    others = list_topic_choices(request.user, lab, outside=topic.path)
    form = TopicMergeForm(request.POST or None, topics=group_by_likeness(topic.name, others))
    if request.method == "POST" and form.is_valid():
        kept = get_object_or_404(topics, pk=form.cleaned_data["into"])
        at = timezone.now()
        try:
            merge_topics(kept=kept, gone=topic, by=request.user, at=at)
        except (TopicCycle, TopicIsGone) as refusal:
            form.add_error("into", str(refusal))
        else:
            said = _("Topics merged. You can undo this for 30 days.")
            offer_undo(request, said, Event.Kind.TOPIC_MERGED, at)
            return redirect_page(request, kept.get_absolute_url())
    context = {
        "topic": topic,
        "form": form,
        "has_others": bool(others),
        "number": topics.under(topic.path).count() - 1,
    }
    status = 422 if form.errors else 200
    return render_page(request, "records/topic_merge.html", context, status=status)


@require_POST
@require_curator
@recent_sign_in
def topic_deletion(request: MemberRequest, pk: int) -> HttpResponse:
    """Delete an empty topic."""
    topic = get_object_or_404(Topic.objects.select_related("parent"), pk=pk)
    at = timezone.now()
    try:
        delete_topic(topic=topic, by=request.user, at=at)
    except TopicNotEmpty as refusal:
        messages.warning(request, str(refusal))
        return redirect_page(request, f"{topic.get_absolute_url()}?edit")
    except TopicIsGone as refusal:
        messages.info(request, str(refusal))
        return redirect_page(request, addresses.TOPICS)
    said = _("Topic deleted. You can undo this for 30 days.")
    offer_undo(request, said, Event.Kind.TOPIC_DELETED, at)
    back = topic.parent.get_absolute_url() if topic.parent else reverse("topic-list")
    return redirect_page(request, back)
